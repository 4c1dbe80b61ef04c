"""Who will be there on voting day: what dates forecast, what officers say, who came and left; each with its ballots."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet

from reconcile.deciding import TpsRef
from reconcile.deciding.custody import UNCERTAIN, Forecast, end_of, forecast
from reconcile.deciding.election_parts import BallotType, Label
from reconcile.models import Election, HeldEntry, PersonOutcome, Place, SaidStay, StayKind
from reconcile.queries.ballots import VOTING_HERE

UNSAID = "unsaid"  # nobody has said where somebody will be who stands in the registers of two places


@dataclass(frozen=True)
class Body:
    """One person of a comparison. `others`: other places whose registers hold the person too.

    `until`: the date the forecast rests on. `own`: the places whose ballots the officer sees counted.
    """

    outcome: PersonOutcome
    entry: HeldEntry
    forecast: Forecast
    until: date | None
    stay: SaidStay | None
    others: tuple[str, ...]
    own: frozenset[int]

    @property
    def stay_code(self) -> str:
        """Return where the person will be, UNSAID where that must be asked, "" where nothing gives cause to."""
        if self.stay:
            return self.stay.kind
        return UNSAID if self.others else ""

    @property
    def ballots(self) -> tuple[str, ...]:
        """Return the ballots due here and now; () for who does not vote here, or whose home is unknown."""
        voting = self.outcome.category in VOTING_HERE
        return tuple(self.outcome.ballots or ()) if voting else ()

    @property
    def is_counted(self) -> bool:
        """Say whether ballots of this person are counted at a place of the officer: elsewhere others count them."""
        return bool(self.ballots) and self.outcome.place_id in self.own

    @property
    def part(self) -> str:
        """Return why a ballot for this person is in doubt: "unsaid", "uncertain", else "sure"."""
        if self.stay_code == UNSAID:
            return UNSAID
        return "uncertain" if not self.stay and self.forecast in UNCERTAIN else "sure"


def bodies(outcomes: QuerySet[PersonOutcome], election: Election, places: Iterable[Place]) -> list[Body]:
    """Return everybody among `outcomes`, by name, for an officer of these places. Three queries."""
    own = frozenset(place.pk for place in places)
    found = list(outcomes.select_related("place").order_by("pk"))
    keys = {key for one in found for key in (one.entry_id, *one.also_listed)}
    entries = {one.pk: one for one in _entries(HeldEntry.objects.filter(pk__in=keys))}
    stays = SaidStay.objects.filter(election=election, is_open=True).select_related("place", "by")
    stay_of = {stay.person_id: stay for stay in stays}
    made = [_body(one, entries, stay_of.get(one.person_id), election.voting_day, own) for one in found]
    return sorted(made, key=lambda body: (body.entry.name, body.outcome.person_id))


def _entries(entries: QuerySet[HeldEntry]) -> QuerySet[HeldEntry]:
    names = ("name", "name_raw", "register_class", "entry_date", "release_date", "source_list__place")
    place = (f"source_list__place__{name}" for name in ("name", "tps_region", "tps_number"))
    return entries.select_related("source_list__place").only(*names, *place)


def _body(
    one: PersonOutcome, entries: Mapping[int, HeldEntry], stay: SaidStay | None, voting_day: date, own: frozenset[int]
) -> Body:
    its = [entries[key] for key in (one.entry_id, *one.also_listed) if key in entries]
    rows = tuple(
        {"register_class": e.register_class, "entry_date": e.entry_date, "release_date": e.release_date} for e in its
    )
    home = its[0].source_list.place
    others = dict.fromkeys(
        e.source_list.place.name for e in its[1:] if e.source_list.place and e.source_list.place != home
    )
    return Body(one, its[0], forecast(rows, voting_day), end_of(rows), stay, tuple(others), own)


def body_of(outcome: PersonOutcome, entries: Iterable[HeldEntry]) -> Body:
    """Return one person, for the person's own page, which has the register rows already."""
    stay = SaidStay.objects.filter(person=outcome.person_id, is_open=True).select_related("place", "by").first()
    known = {one.pk: one for one in (*entries, outcome.entry)}
    return _body(outcome, known, stay, outcome.run.election.voting_day, frozenset())


# --- what the page counts ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A code, how many people have it, and how many of them a ballot is counted for here."""

    code: str
    people: int
    voting: int


@dataclass(frozen=True)
class Effect:
    """Ballots of one type at one TPS. needed = sure + uncertain + unsaid.

    `gone` and `come`: people whom what officers said has taken from here, or brought here, for this ballot.
    """

    tps: TpsRef
    code: str
    name: Label
    sure: int
    uncertain: int
    unsaid: int
    gone: int
    come: int

    @property
    def needed(self) -> int:
        return self.sure + self.uncertain + self.unsaid


@dataclass(frozen=True)
class Turnover:
    """All the page shows; each table of people adds up to `people`."""

    people: int
    forecasts: tuple[Row, ...]
    stays: tuple[Row, ...]
    unnamed: int  # of whom nothing gives cause to ask, and nobody has said anything
    effects: tuple[Effect, ...]

    @property
    def voting(self) -> int:
        return sum(row.voting for row in self.forecasts)


def turnover(found: Sequence[Body], election: Election) -> Turnover:
    """Count people by forecast and by what is said, and ballots by how sure they are."""
    return Turnover(
        people=len(found),
        forecasts=_rows(found, Forecast, lambda body: body.forecast),
        stays=_rows(found, (*StayKind.values, UNSAID), lambda body: body.stay_code),
        unnamed=sum(body.stay_code == "" for body in found),
        effects=_effects(found, election.rules.ballots),
    )


def _rows(found: Iterable[Body], codes: Iterable[str], code_of: Callable[[Body], str]) -> tuple[Row, ...]:
    people: Counter[str] = Counter()
    voting: Counter[str] = Counter()
    for body in found:
        people[code_of(body)] += 1
        voting[code_of(body)] += body.is_counted
    return tuple(Row(str(code), people[code], voting[code]) for code in codes if people[code])


def _effects(found: Iterable[Body], types: Sequence[BallotType]) -> tuple[Effect, ...]:
    n: Counter[tuple[TpsRef, str, str]] = Counter()
    for body in found:
        for part, tps, ballots in _parts(body):
            n.update((tps, ballot, part) for ballot in ballots)
    return tuple(
        Effect(tps, one.code, one.name, *(n[tps, one.code, part] for part in PARTS))
        for tps in sorted({tps for tps, _ballot, _part in n})
        for one in types
    )


PARTS = ("sure", "uncertain", UNSAID, "gone", "come")


def _parts(body: Body) -> list[tuple[str, TpsRef, tuple[str, ...]]]:
    """Return in which columns a person stands, at which TPS and with which ballots."""
    here = body.outcome.place
    parts = [(body.part, here, body.ballots)]
    if body.stay and body.outcome.matched:
        was, before = _before(body)
        same = was.tps == here.tps
        parts.append(("gone", was, tuple(one for one in before if not same or one not in body.ballots)))
        parts.append(("come", here, tuple(one for one in body.ballots if not same or one not in before)))
    return [(part, place.tps, ballots) for part, place, ballots in parts if place.pk in body.own]


def _before(body: Body) -> tuple[Place, tuple[str, ...]]:
    """Return place and ballots as the comparison itself had them, before anybody said where the person will be."""
    own, place = body.outcome.matched, body.entry.source_list.place
    assert place is not None, "a register has a place"
    return place, tuple(own["ballots"] or ()) if own["category"] in VOTING_HERE else ()


# --- the people behind a number ------------------------------------------------------------------------------


@dataclass(frozen=True)
class At:
    """Which people a number counts: codes only, so that the address carries nothing personal."""

    forecast: str = ""
    stay: str = ""
    part: str = ""
    tps: str = ""
    ballot: str = ""
    place: str = ""
    change: str = ""

    def query(self, **changes: str) -> str:
        codes = {name: code for name, code in vars(replace(self, **changes)).items() if code}
        return f"?{urlencode(codes)}" if codes else "?"


def at_from(asked: Mapping[str, str]) -> At:
    return At(**{name: asked.get(name, "")[:40] for name in At.__dataclass_fields__})


def narrowed(found: Iterable[Body], at: At) -> list[Body]:
    """Return the people a number of the page counts."""
    return [body for body in found if _passes(body, at)]


def _passes(body: Body, at: At) -> bool:
    if at.forecast and body.forecast != at.forecast:
        return False
    if at.stay and body.stay_code != ("" if at.stay == "none" else at.stay):
        return False
    if not (at.part or at.tps or at.ballot):
        return True
    return any(
        (not at.part or at.part == part or (at.part == "needed" and part not in ("gone", "come")))
        and (not at.tps or at.tps == f"{tps.region}-{tps.number}")
        and (at.ballot in ballots if at.ballot else bool(ballots))
        for part, tps, ballots in _parts(body)
    )
