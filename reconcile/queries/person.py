"""One held person: the two records, why they may be one, what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from reconcile import regions
from reconcile.deciding import DiscrepancyCode
from reconcile.models import HeldEntry, PersonOutcome, Place
from reconcile.queries.births import DAY
from reconcile.queries.comparison import Comparison, Wanted, comparison_of
from reconcile.queries.gaps import gap_of
from reconcile.queries.origins import Origin, origin_of
from reconcile.queries.steps import NextStep, review_step
from reconcile.records import NOT_FOUND


@dataclass(frozen=True)
class Difference:
    """A difference between sources; `detail` is left out where the officer may not see it."""

    code: str
    detail: str


@dataclass(frozen=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True)
class Answer:
    """What follows for the person. `first` is the step before `step`, where the answer is provisional."""

    outcome: str
    provisional: bool
    match_status: str
    is_found: bool  # the outcome rests on the voter beside, not on there being none
    first: NextStep | None
    step: NextStep
    ballots: tuple[Mapping[str, str], ...] | None
    cautions: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def gap(self) -> str:
        """Return why the ballots cannot be determined, where they cannot."""
        return gap_of(list(self.notes))


@dataclass(frozen=True)
class PersonPage:
    """All a page shows of one person; nothing the officer may not see reaches its texts."""

    pk: int
    name: str
    place: Place
    answer: Answer
    comparison: Comparison
    differences: tuple[Difference, ...]
    custody: tuple[Fact, ...]
    further: tuple[Origin, ...]
    hidden_entries: int


def person_page(outcome: PersonOutcome, wanted: Wanted) -> PersonPage:
    """Shape one answer, as `access.person_for` gives it, for an officer, as far as `wanted` lets through."""
    comparison = comparison_of(outcome, wanted)
    further, hidden = _further(outcome, comparison.entries, wanted.own_place)
    return PersonPage(
        pk=outcome.person_id,
        name=outcome.entry.name or outcome.entry.name_raw,
        place=outcome.place,
        answer=answer_of(outcome),
        comparison=comparison,
        differences=_differences(outcome, wanted.sight, sources=wanted.sources),
        custody=_custody(outcome.entry, wanted.sight),
        further=further,
        hidden_entries=hidden,
    )


def answer_of(outcome: PersonOutcome) -> Answer:
    """Return what follows for the person; `outcome.run.election` gives the names of ballots."""
    return Answer(
        outcome=outcome.outcome,
        provisional=outcome.provisional,
        match_status=outcome.match_status,
        is_found=outcome.outcome not in NOT_FOUND,
        first=review_step(outcome.run) if outcome.provisional else None,
        step=NextStep(outcome.actor, outcome.action, outcome.due),
        ballots=_ballots(outcome),
        cautions=tuple(outcome.cautions),
        notes=tuple(outcome.notes),
    )


def _ballots(outcome: PersonOutcome) -> tuple[Mapping[str, str], ...] | None:
    """Return the names of the ballots, in the order of the election; None where they cannot be determined."""
    if outcome.ballots is None:
        return None
    return tuple(one.name for one in outcome.run.election.rules.ballots if one.code in outcome.ballots)


def _further(
    outcome: PersonOutcome, entries: Sequence[HeldEntry], own_place: int | None
) -> tuple[tuple[Origin, ...], int]:
    """Return the other register rows of the person, and how many stay hidden from this officer."""
    others = sorted((one for one in entries if one.pk in outcome.also_listed), key=lambda one: one.pk)
    seen = [one for one in others if own_place in (None, one.source_list.place_id)]
    return tuple(map(origin_of, seen)), len(others) - len(seen)


def _differences(outcome: PersonOutcome, sight: Mapping[str, str], *, sources: bool) -> tuple[Difference, ...]:
    """Return the differences between the sources; with values only what the comparison does not show."""
    return tuple(Difference(each["code"], _detail(each, sight, sources)) for each in outcome.discrepancies)


def _detail(each: Mapping[str, str], sight: Mapping[str, str], sources: bool) -> str:
    values = [each["held"], each["roll"]]
    if each["code"] == DiscrepancyCode.PLACE_DIFFERS and sight.get("address") == "full":
        return " ≠ ".join(regions.name_of(code).title() or code for code in values)
    if each["code"] == DiscrepancyCode.LISTED_TWICE_ON_ROLL and sources:
        return "; ".join(_source_text(value) for value in values)
    return ""


def _source_text(source: str) -> str:
    """Return "file|sheet|row" in the words of the office."""
    file, _bar, rest = source.partition("|")
    sheet, _bar, row = rest.rpartition("|")
    return ", ".join(
        [file, *([_("sheet %(sheet)s") % {"sheet": sheet}] if sheet else []), _("row %(row)s") % {"row": row}]
    )


def _custody(held: HeldEntry, sight: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return what the register says about custody, as far as the officer may know."""
    facts: dict[str, tuple[str, Any]] = {
        "registration_number": (_("Registration number"), held.registration_number),
        "register_class": (_("Register class"), held.register_class),
        "entry_date": (_("Taken in"), held.entry_date and held.entry_date.strftime(DAY)),
        "release_date": (
            _("End of detention or sentence"),
            held.release_date and held.release_date.strftime(DAY),
        ),
        "block": (_("Block and room"), held.block),
        "unit": (_("Unit"), held.unit),
    }
    return tuple(
        Fact(name, str(value)) for field, (name, value) in facts.items() if value and sight.get(field) == "full"
    )


@dataclass(frozen=True)
class Neighbours:
    """The people before and after in the list of the same outcome, and where this one stands in it."""

    before: int | None
    after: int | None
    position: int
    people: int


def neighbours(outcomes: QuerySet[PersonOutcome], one: PersonOutcome) -> Neighbours:
    """Return the neighbours of a person among `outcomes`, in the order of the list."""
    name = one.entry.name
    same = outcomes.filter(outcome=one.outcome)
    before = same.filter(Q(entry__name__lt=name) | Q(entry__name=name, pk__lt=one.pk))
    after = same.filter(Q(entry__name__gt=name) | Q(entry__name=name, pk__gt=one.pk))
    return Neighbours(
        before=before.order_by("-entry__name", "-pk").values_list("person", flat=True).first(),
        after=after.order_by("entry__name", "pk").values_list("person", flat=True).first(),
        position=before.count() + 1,
        people=same.count(),
    )
