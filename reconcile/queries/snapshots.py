"""Who came and who left between the last two snapshots of each register, and what that does to the ballots."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reconcile.deciding.election_parts import BallotType, Label
from reconcile.models import Election, HeldEntry, ListStatus, PersonOutcome, Place, RunStatus, SourceList
from reconcile.queries.ballots import VOTING_HERE
from reconcile.records import HELD_KINDS

CAME, LEFT, STAYED = "came", "left", "stayed"
UNKNOWN = "unknown"  # in the place of a ballot's code: people of whose ballots nothing can be said
NO_BALLOT = "none"


@dataclass(frozen=True)
class Moved:
    """One person who came, left or stayed. `answer`: the newest one, None if no comparison had the person yet."""

    kind: str
    entry: HeldEntry
    answer: PersonOutcome | None

    @property
    def ballots(self) -> tuple[str, ...]:
        """Return the ballots of the newest answer; UNKNOWN or NO_BALLOT where there are none to name."""
        if self.answer is None or (self.answer.category in VOTING_HERE and self.answer.ballots is None):
            return (UNKNOWN,)
        given = tuple(self.answer.ballots or ()) if self.answer.category in VOTING_HERE else ()
        return given or (NO_BALLOT,)


@dataclass(frozen=True)
class BallotChange:
    """What coming and going does to one type of ballot; `code` may be UNKNOWN or NO_BALLOT, and `name` is {} then."""

    code: str
    name: Label
    came: int
    left: int

    @property
    def net(self) -> int:
        return self.came - self.left


@dataclass(frozen=True)
class Change:
    """Two snapshots of one register. before = left + stayed, now = came + stayed; `then` None: there is only one."""

    place: Place
    then: date | None
    now: date
    people: tuple[Moved, ...]
    ballots: tuple[BallotChange, ...]

    def of(self, kind: str) -> tuple[Moved, ...]:
        return tuple(one for one in self.people if one.kind == kind)

    @property
    def came(self) -> int:
        return len(self.of(CAME))

    @property
    def left(self) -> int:
        return len(self.of(LEFT))

    @property
    def stayed(self) -> int:
        return len(self.of(STAYED))

    @property
    def before(self) -> int:
        return self.left + self.stayed

    @property
    def after(self) -> int:
        return self.came + self.stayed


def changes(places: Iterable[Place], election: Election) -> tuple[Change, ...]:
    """Return the last change of each place's register; a place whose register nobody has sent is left out."""
    return tuple(change for place in places if (change := _change(place, election)))


def _change(place: Place, election: Election) -> Change | None:
    counted = SourceList.objects.filter(place=place, election=election, kind__in=sorted(HELD_KINDS))
    counted = counted.filter(status__in=[ListStatus.ACCEPTED, ListStatus.REPLACED])
    dates = sorted({one.snapshot_date for one in counted if one.status == ListStatus.ACCEPTED}, reverse=True)
    if not dates:
        return None
    now = [one for one in counted if one.snapshot_date == dates[0] and one.status == ListStatus.ACCEPTED]
    earlier = [one for one in counted if one.snapshot_date < dates[0]]
    then = max((one.snapshot_date for one in earlier), default=None)
    old = _of_day(earlier, then) if then else []
    here, there = _people(now), _people(old)
    kinds = {**dict.fromkeys(there, LEFT), **dict.fromkeys(here, CAME)}
    kinds |= dict.fromkeys(here.keys() & there.keys(), STAYED) if then else {}
    answers = _answers(kinds, election)
    people = [Moved(kind, here.get(key) or there[key], answers.get(key)) for key, kind in kinds.items()]
    people.sort(key=lambda one: (one.entry.name, one.entry.pk))
    return Change(place, then, dates[0], tuple(people), _ballots(people, election.rules.ballots) if then else ())


def _of_day(lists: Sequence[SourceList], day: date) -> list[SourceList]:
    """Return the lists of a day: those that counted until another day's came, where a day was sent more than once."""
    its = [one for one in lists if one.snapshot_date == day]
    accepted = [one for one in its if one.status == ListStatus.ACCEPTED]
    last = max((one.replaced_by_id or 0 for one in its), default=0)
    return accepted or [one for one in its if one.replaced_by_id == last]


def _people(lists: Sequence[SourceList]) -> dict[int, HeldEntry]:
    names = ("name", "name_raw", "register_class", "release_date", "person", "source_list")
    entries = HeldEntry.objects.filter(source_list__in=lists).only(*names).order_by("pk")
    return {entry.person_id: entry for entry in entries}


def _answers(persons: Iterable[int], election: Election) -> dict[int, PersonOutcome]:
    """Return the newest answer about each person, of whatever comparison had the person last."""
    found = PersonOutcome.objects.filter(person__in=list(persons), run__election=election, run__status=RunStatus.READY)
    return {one.person_id: one for one in found.order_by("run_id", "pk")}


def _ballots(people: Iterable[Moved], types: Sequence[BallotType]) -> tuple[BallotChange, ...]:
    n: Counter[tuple[str, str]] = Counter((one.kind, ballot) for one in people for ballot in one.ballots)
    names: Mapping[str, Label] = {**{one.code: one.name for one in types}, UNKNOWN: {}, NO_BALLOT: {}}
    return tuple(BallotChange(code, name, n[CAME, code], n[LEFT, code]) for code, name in names.items())
