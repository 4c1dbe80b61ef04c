"""Tables of a definition -> the parts of an `Election`. What is wrong is noted in the tables' faults."""

from collections.abc import Callable
from typing import TypeVar

from reconcile.deciding.constituencies import districts_of
from reconcile.deciding.election_parts import (
    BallotType,
    CategoryLabel,
    CodeMeaning,
    ConstituencyKind,
    Deadline,
    Doubt,
    Election,
    LendingRule,
    MoveReason,
    Point,
    RemarkCode,
    RemarkEffect,
    ReserveRule,
    SecondOfficer,
    Stage,
    VoterLimit,
)
from reconcile.deciding.fields import Fields
from reconcile.records import Marital, VoterCategory

Part = TypeVar("Part")


def build_election(f: Fields) -> Election:
    """Return an election of whatever `f` holds; it may only be used where `f` has no faults."""
    election = Election(
        code=f.slug("code"),
        kind=f.slug("kind"),
        name=f.label("name"),
        voting_day=f.day("voting_day"),
        opens=f.clock("opens"),
        closes=f.clock("closes"),
        time_zone=f.text("time_zone"),
        districts=districts_of(f.slug("districts", "")),
        minimum_age=f.whole("minimum_age", 1),
        adult_by_marriage=f.some_of("adult_by_marriage", tuple(Marital)),
        detainee_reason=f.text("detainee_reason"),
        lead_days=f.whole("lead_days"),
        special_tps_from=f.whole("special_tps_from", 1),
        letter_form=f.text("letter_form"),
        no_ballot_outside=f.choice("no_ballot_outside", ("", ConstituencyKind.PROVINCE)),
        deadlines=_each(f, "deadlines", _deadline),
        reasons=_each(f, "reasons", _reason),
        ballots=_each(f, "ballots", _ballot),
        reserve=_reserve(f.table("reserve")),
        lending=_lending(f.table("lending")),
        max_voters=_limit(f.table("max_voters")),
        second_officer=f.some_of("second_officer", tuple(SecondOfficer)),
        categories=_categories(f.table("categories")),
        stages=_each(f, "stages", _stage),
        remarks=_each(f, "remarks", _remark),
        disabilities=_each(f, "disabilities", _meaning),
        marital=_each(f, "marital", _meaning),
        ektp=_each(f, "ektp", _meaning),
        doubts=_each(f, "doubts", _doubt, may_be_empty=True),
    )
    f.done()
    return election


def _each(f: Fields, key: str, read: Callable[[Fields], Part], *, may_be_empty: bool = False) -> tuple[Part, ...]:
    parts = []
    for inner in f.tables(key, may_be_empty=may_be_empty):
        parts.append(read(inner))
        inner.done()
    return tuple(parts)


def _deadline(f: Fields) -> Deadline:
    return Deadline(
        code=f.slug("code"),
        days_before=f.whole("days_before"),
        reasons=f.words("reasons"),
        source=f.text("source"),
        doubt=f.either("doubt", may_be_empty=True),
    )


def _reason(f: Fields) -> MoveReason:
    return MoveReason(
        code=f.text("code"),
        name=f.label("name"),
        source=f.text("source"),
        doubt=f.either("doubt", may_be_empty=True),
    )


def _ballot(f: Fields) -> BallotType:
    return BallotType(
        code=f.slug("code", most=20),
        name=f.label("name"),
        colour=f.text("colour", ""),
        constituency=ConstituencyKind(f.choice("constituency", tuple(ConstituencyKind))),
    )


def _reserve(f: Fields) -> ReserveRule:
    rule = ReserveRule(
        numerator=f.whole("numerator"),
        denominator=f.whole("denominator", 1),
        counts_moved=f.flag("counts_moved"),
        source=f.text("source"),
        doubt=f.either("doubt", may_be_empty=True),
    )
    f.done()
    return rule


def _lending(f: Fields) -> LendingRule:
    rule = LendingRule(
        numerator=f.whole("numerator"),
        denominator=f.whole("denominator", 1),
        source=f.text("source"),
        doubt=f.either("doubt", may_be_empty=True),
    )
    f.done()
    return rule


def _limit(f: Fields) -> VoterLimit:
    limit = VoterLimit(
        per_tps=f.whole("per_tps", 1),
        by_law=f.whole("by_law", 1),
        special_may_exceed=f.flag("special_may_exceed"),
        source=f.text("source"),
        doubt=f.either("doubt", may_be_empty=True),
    )
    f.done()
    return limit


def _categories(f: Fields) -> dict[str, CategoryLabel]:
    labels = {}
    for category in VoterCategory:
        inner = f.table(category.value)
        labels[category.value] = CategoryLabel(short=inner.text("short"), name=inner.label("name"))
        inner.done()
    f.done()
    return labels


def _stage(f: Fields) -> Stage:
    return Stage(code=f.text("code", most=20), name=f.label("name"))


def _remark(f: Fields) -> RemarkCode:
    return RemarkCode(
        code=f.text("code", "", most=4),
        words=f.words("words", may_be_empty=True),
        name=f.label("name"),
        effect=RemarkEffect(f.choice("effect", tuple(RemarkEffect))),
        point=f.choice("point", ("", *Point)) if f.has("point") else "",
        stages=f.words("stages"),
        doubt=f.either("doubt", may_be_empty=True),
    )


def _meaning(f: Fields) -> CodeMeaning:
    return CodeMeaning(code=f.text("code"), value=f.text("value", ""), name=f.label("name"))


def _doubt(f: Fields) -> Doubt:
    return Doubt(code=f.slug("code"), text=f.either("text"))
