"""Officers who carry a box to places without a TPS of their own: which TPS is near, and which plans cannot hold.

Two KPPS members of the nearest TPS come with its supervisor and witnesses, after permission of who holds the people
(PKPU 9/2019 Pasal 220 and 223(2); the articles of 2023 and 2024 were not found, the offices did the same). Nothing is
decided here: the program proposes, KPU chooses.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import combinations

from reconcile.deciding.election_parts import Election
from reconcile.deciding.lending import Point, distance
from reconcile.deciding.tps import TpsRef

OFFICERS = 2  # members of the KPPS who come


@dataclass(frozen=True)
class Near:
    """A TPS that could serve a place, and how far it is in a straight line."""

    tps: TpsRef
    km: float


def nearest(
    point: Point | None, stations: Mapping[TpsRef, Point | None], election: Election, most: int = 5
) -> tuple[Near, ...]:
    """Return the TPS nearest to a place, at most so many; () where nobody noted where the place stands.

    TPS of special locations are left out: their officers work inside, and their ballots are scarce.
    """
    found = [
        Near(tps, km)
        for tps, its in stations.items()
        if not election.is_special_tps(tps.number) and (km := distance(its, point)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (round(one.km, 3), one.tps))[:most])


@dataclass(frozen=True)
class Stop:
    """What is planned for one place on voting day. `undetermined`: its voters whose ballots nobody can tell."""

    place: int
    tps: TpsRef
    is_chosen: bool  # KPU has chosen the TPS
    begins: time | None
    ends: time | None
    officers: tuple[str, ...]
    supervisor: str
    witnesses: tuple[str, ...]
    permit: str  # its number; "": there is none
    permit_date: date | None
    voters: int
    undetermined: int

    @property
    def is_timed(self) -> bool:
        return self.begins is not None and self.ends is not None


class ConflictCode(StrEnum):
    """Why a plan cannot hold, or is not complete."""

    TPS_NOT_CHOSEN = "tps_not_chosen"
    TPS_TWICE = "tps_twice"  # at two places in the same hour
    PERSON_TWICE = "person_twice"  # somebody named for two places in the same hour, or in two roles at one
    NO_WINDOW = "no_window"
    OUTSIDE_HOURS = "outside_hours"
    FEW_OFFICERS = "few_officers"
    NO_SUPERVISOR = "no_supervisor"
    NO_WITNESS = "no_witness"
    NO_PERMIT = "no_permit"
    PERMIT_LATE = "permit_late"  # dated after voting day
    NO_BALLOTS = "no_ballots"  # there are voters whose ballots cannot be determined


@dataclass(frozen=True)
class Conflict:
    """`other`: the place it is shared with, None where it is the plan's own. `name`: of the person named twice."""

    code: ConflictCode
    place: int
    other: int | None = None
    name: str = ""
    people: int = 0


def conflicts(stops: Sequence[Stop], election: Election) -> tuple[Conflict, ...]:
    """Return all that keeps these visits from taking place as planned; what two places share is told for both."""
    found = [conflict for stop in stops for conflict in _own(stop, election)]
    for one, other in combinations(stops, 2):
        if _overlap(one, other):
            found += [*_shared(one, other), *_shared(other, one)]
    order = list(ConflictCode)
    return tuple(sorted(found, key=lambda each: (each.place, order.index(each.code), each.other or 0, each.name)))


def route(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    """Return the stops of one TPS in the order in which its officers go; without a time comes last."""
    return tuple(sorted(stops, key=lambda one: (one.begins is None, one.begins or time.max, one.place)))


def _own(stop: Stop, election: Election) -> Iterator[Conflict]:
    checks = {
        ConflictCode.TPS_NOT_CHOSEN: not stop.is_chosen,
        ConflictCode.NO_WINDOW: not stop.is_timed,
        ConflictCode.OUTSIDE_HOURS: _is_outside(stop, election),
        ConflictCode.FEW_OFFICERS: len(set(map(_folded, stop.officers))) < OFFICERS,
        ConflictCode.NO_SUPERVISOR: not stop.supervisor,
        ConflictCode.NO_WITNESS: not stop.witnesses,
        ConflictCode.NO_PERMIT: not stop.permit or stop.permit_date is None,
        ConflictCode.PERMIT_LATE: stop.permit_date is not None and stop.permit_date > election.voting_day,
    }
    yield from (Conflict(code, stop.place) for code, is_so in checks.items() if is_so)
    if stop.undetermined:
        yield Conflict(ConflictCode.NO_BALLOTS, stop.place, people=stop.undetermined)
    seen: set[str] = set()
    for name in _everybody(stop):
        if _folded(name) in seen:
            yield Conflict(ConflictCode.PERSON_TWICE, stop.place, name=name)
        seen.add(_folded(name))


def _shared(one: Stop, other: Stop) -> Iterator[Conflict]:
    if one.tps == other.tps:
        yield Conflict(ConflictCode.TPS_TWICE, one.place, other.place)
    there = set(map(_folded, _everybody(other)))
    for name in dict.fromkeys(_everybody(one)):
        if _folded(name) in there:
            yield Conflict(ConflictCode.PERSON_TWICE, one.place, other.place, name)


def _everybody(stop: Stop) -> tuple[str, ...]:
    return (*stop.officers, *([stop.supervisor] if stop.supervisor else []), *stop.witnesses)


def _is_outside(stop: Stop, election: Election) -> bool:
    begins_early = stop.begins is not None and stop.begins < election.opens
    return begins_early or (stop.ends is not None and stop.ends > election.closes)


def _overlap(one: Stop, other: Stop) -> bool:
    """Say whether two stops share a minute; one that begins as the other ends does not."""
    if one.begins is None or one.ends is None or other.begins is None or other.ends is None:
        return False
    return one.begins < other.ends and other.begins < one.ends


def _folded(name: str) -> str:
    return " ".join(name.upper().split())
