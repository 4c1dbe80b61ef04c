"""Counts of a version that stand on its papers. Every sum is of the rows, so that the papers tie."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reconcile.deciding import Loan, printed, shortage
from reconcile.deciding.election_parts import BallotType
from reconcile.records import Outcome, VoterCategory
from reconcile.versions import VersionRow
from reconcile.writing.papers.matter import Matter
from reconcile.writing.papers.people import needing_ballots

_CERTAIN = frozenset({Outcome.FIXED_HERE, Outcome.MOVED_HERE})


@dataclass(frozen=True)
class BallotNeed:
    """Ballots of one type. certain + expected = needed; `given` None: the size of the roll is not known."""

    ballot: BallotType
    fixed: int
    moved: int
    expected: int  # of people for whom something has still to be done
    given: int | None
    loans: tuple[Loan, ...]

    @property
    def needed(self) -> int:
        return self.fixed + self.moved + self.expected

    @property
    def lacking(self) -> int | None:
        return None if self.given is None else shortage(self.needed, self.given)


def ballot_needs(matter: Matter) -> tuple[BallotNeed, ...]:
    """Return what the TPS needs of each ballot for the people of the version, in the order of the election."""
    rows, supply, rules = needing_ballots(matter), matter.supply, matter.election
    given = None
    if supply and supply.fixed is not None:
        given = printed(supply.fixed, rules.reserve, supply.moved)
    found = []
    for ballot in rules.ballots:
        due = [row for row in rows if row.ballots and ballot.code in row.ballots]
        sure = Counter(row.category for row in due if row.outcome in _CERTAIN)
        loans = tuple(loan for loan in supply.loans if loan.ballot == ballot.code) if supply else ()
        fixed, moved = sure[VoterCategory.FIXED], sure[VoterCategory.MOVED]
        found.append(BallotNeed(ballot, fixed, moved, len(due) - fixed - moved, given, loans))
    return tuple(found)


def undetermined(matter: Matter) -> tuple[VersionRow, ...]:
    """Return the voters of whose ballots nothing can be said; they are in none of the needs."""
    return tuple(row for row in needing_ballots(matter) if row.ballots is None)


@dataclass(frozen=True)
class SexCount:
    """People by sex: men + women + unstated = whole."""

    men: int
    women: int
    unstated: int

    @property
    def whole(self) -> int:
        return self.men + self.women + self.unstated


def by_sex(matter: Matter, rows: Iterable[VersionRow]) -> SexCount:
    return SexCount(*matter.version.by_sex(tuple(rows)))


@dataclass(frozen=True)
class Task:
    """What one office has to do for how many people, and until when."""

    actor: str
    action: str
    due: date | None
    people: int


def tasks(matter: Matter) -> tuple[Task, ...]:
    """Return what is still to be done, by office; every person of the version is in exactly one task."""
    found = Counter((row.actor, row.action, row.due) for row in matter.version.rows)
    order = sorted(found.items(), key=lambda one: (one[0][0], one[0][2] or date.max, one[0][1]))
    return tuple(Task(actor, action, due, people) for (actor, action, due), people in order)
