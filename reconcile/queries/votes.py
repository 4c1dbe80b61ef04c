"""After the vote: who voted, who was left out and why, what became of the ballots. Every table adds up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from reconcile.models import BallotCount, NotVoted, Place, StoredRow, StoredVersion, VersionStatus, VoteEntry, VoteKind
from reconcile.queries.versions import version_of
from reconcile.queries.zones import day_in
from reconcile.records import Outcome
from reconcile.versions import VOTING, ListVersion, VersionRow

IN, OUT = ("received", "borrowed"), ("used", "spoilt", "lent", "returned", "unused")
ATTENDANCE = (VoteKind.PERSONS, VoteKind.COUNTS)
UNENTERED = "unentered"  # in the place of a reason: nobody has said yet whether they voted
VOTED = "voted"  # in the place of a reason: who did vote
SAID, BY_OUTCOME = "said", "by_outcome"  # in the place of a reason: any that was entered; the outcome alone


def list_voted_by(place: Place) -> StoredVersion | None:
    """Return the approved version of a place, else the one approved last and not recalled: the vote was held by it."""
    versions = StoredVersion.objects.filter(place=place, approval__isnull=False).exclude(status=VersionStatus.RECALLED)
    versions = versions.select_related("place__election", "approval__officer").order_by("-number")
    return versions.filter(status=VersionStatus.APPROVED).first() or versions.first()


def is_before_the_vote(place: Place) -> bool:
    """Say whether voting day has not begun yet where the place is: nobody can have voted."""
    rules = place.election.rules
    return day_in(rules.time_zone, timezone.now()) < rules.voting_day


def entries_of(place: Place, kinds: Sequence[str]) -> list[VoteEntry]:
    """Return what counts, newest first. Ballots belong to the TPS, whichever of its places entered them."""
    found = VoteEntry.objects.filter(undone_at__isnull=True, kind__in=kinds).select_related("by", "place")
    return list(found.filter(place__in=_places(place, kinds)))


def _places(place: Place, kinds: Sequence[str]) -> list[Place]:
    if VoteKind.BALLOTS not in kinds:
        return [place]
    same = {"election": place.election_id, "tps_region": place.tps_region, "tps_number": place.tps_number}
    return list(Place.objects.filter(**same))


@dataclass(frozen=True)
class Mark:
    """Whether somebody voted, and why not. `reason` "" for who has not been entered."""

    voted: bool
    reason: str = ""


@dataclass(frozen=True)
class OutcomeTurnout:
    """The people of one outcome: `people` = `voted` + those who did not, by reason + not entered yet.

    Of outcomes that do not vote here, who did not vote is left out for the outcome itself.
    """

    outcome: Outcome
    people: int
    voted: int
    reasons: Mapping[str, int]
    unentered: int

    @property
    def votes_here(self) -> bool:
        return self.outcome in VOTING

    @property
    def with_reason(self) -> int:
        return sum(self.reasons.values())

    @property
    def by_outcome(self) -> int:
        return self.people - self.voted - self.with_reason - self.unentered


@dataclass(frozen=True)
class Turnout:
    """Attendance of one place. `people` = `voted` + `left_out` + `unentered`."""

    version: StoredVersion
    kind: str  # of the newest entry, "" where there is none
    rows: tuple[OutcomeTurnout, ...]

    @property
    def people(self) -> int:
        return sum(row.people for row in self.rows)

    @property
    def voted(self) -> int:
        return sum(row.voted for row in self.rows)

    @property
    def unentered(self) -> int:
        return sum(row.unentered for row in self.rows)

    @property
    def left_out(self) -> int:
        return self.people - self.voted - self.unentered

    @property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Return how many people did not vote for each reason given, in the order of the reasons."""
        sums: Counter[str] = Counter()
        for row in self.rows:
            sums.update(row.reasons)
        return tuple((reason, sums[reason]) for reason in NotVoted.values if sums[reason])

    @property
    def with_reason(self) -> int:
        return sum(row.with_reason for row in self.rows)

    @property
    def by_outcome(self) -> int:
        return sum(row.by_outcome for row in self.rows)

    @property
    def by_outcomes(self) -> tuple[OutcomeTurnout, ...]:
        """Return the outcomes that left people out by themselves."""
        return tuple(row for row in self.rows if row.by_outcome)


def marks_of(stored: StoredVersion) -> dict[int, Mark]:
    """Return by row number what was entered of each person: of several marks the newest that counts."""
    entries = VoteEntry.objects.filter(version=stored, kind=VoteKind.PERSONS, undone_at__isnull=True).order_by("pk")
    found = entries.values_list("marks__row__number", "marks__voted", "marks__reason")
    return {number: Mark(voted, reason) for number, voted, reason in found if number is not None}


def turnout(stored: StoredVersion, version: ListVersion) -> Turnout:
    """Return the attendance of a place by outcome, from whatever was entered last: people, or figures."""
    newest = next(iter(entries_of(stored.place, ATTENDANCE)), None)
    if newest and newest.kind == VoteKind.COUNTS:
        counts = {(one.outcome, one.reason): one.people for one in newest.counts.all()}
        rows = tuple(_counted(outcome, n, counts) for outcome, n in _by_outcome(version))
        return Turnout(stored, newest.kind, rows)
    marks = marks_of(stored)
    kind = newest.kind if newest else ""
    return Turnout(stored, kind, tuple(_marked(outcome, version, marks) for outcome, _n in _by_outcome(version)))


def _by_outcome(version: ListVersion) -> list[tuple[Outcome, int]]:
    people = Counter(row.outcome for row in version.rows)
    return [(outcome, people[outcome.value]) for outcome in Outcome if people[outcome.value]]


def _counted(outcome: Outcome, people: int, counts: Mapping[tuple[str, str], int]) -> OutcomeTurnout:
    reasons = {reason: n for reason in NotVoted.values if (n := counts.get((outcome.value, reason), 0))}
    return OutcomeTurnout(outcome, people, counts.get((outcome.value, ""), 0), reasons, 0)


def _marked(outcome: Outcome, version: ListVersion, marks: Mapping[int, Mark]) -> OutcomeTurnout:
    rows = version.with_outcome(outcome)
    its = [marks[row.number] for row in rows if row.number in marks]
    unentered = len(rows) - len(its) if outcome in VOTING else 0
    reasons = Counter(one.reason for one in its if not one.voted)
    return OutcomeTurnout(outcome, len(rows), sum(one.voted for one in its), reasons, unentered)


def attended(
    version: ListVersion, marks: Mapping[int, Mark], reason: str = "", outcome: str = ""
) -> list[tuple[VersionRow, str]]:
    """Return the people a figure of the attendance counts, each with the reason: as entered, else the outcome.

    `reason` narrows: VOTED, UNENTERED, SAID, BY_OUTCOME or one reason; "": whoever did not vote. So does `outcome`.
    """
    rows = version.with_outcome(Outcome(outcome)) if outcome else version.rows
    whys = [(row, _why(row, marks.get(row.number))) for row in rows]
    return [(row, why) for row, why in whys if _counts(why, reason, is_marked=row.number in marks)]


def _why(row: VersionRow, mark: Mark | None) -> str:
    if mark:
        return VOTED if mark.voted else mark.reason
    return UNENTERED if row.outcome in VOTING else row.outcome


def _counts(why: str, reason: str, *, is_marked: bool) -> bool:
    if reason in ("", SAID, BY_OUTCOME):
        return why not in (VOTED, UNENTERED) and (not reason or is_marked == (reason == SAID))
    return why == reason


# --- ballots ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BallotLine:
    """What became of the ballots of one type. `expected`: people who voted and were to get one, as entered."""

    code: str
    name: Mapping[str, str]
    count: BallotCount | None
    expected: int | None

    @property
    def cells(self) -> tuple[tuple[str, int | None], ...]:
        return tuple((name, getattr(self.count, name) if self.count else None) for name in (*IN, *OUT))

    @property
    def off(self) -> int:
        """Return by how much the ballots used differ from the people who voted."""
        return 0 if self.count is None or self.expected is None else self.count.used - self.expected


def ballot_lines(place: Place) -> tuple[BallotLine, ...]:
    """Return the account of each type the election has, in its order."""
    entry = next(iter(entries_of(place, [VoteKind.BALLOTS])), None)
    counts = {one.ballot: one for one in entry.ballots.all()} if entry else {}
    expected = _expected(place)
    return tuple(
        BallotLine(one.code, one.name, counts.get(one.code), None if expected is None else expected[one.code])
        for one in place.election.rules.ballots
    )


def _expected(place: Place) -> Counter[str] | None:
    """Count the ballots of everybody who voted at the TPS; None where a place has not entered it by person."""
    found: Counter[str] = Counter()
    for each in _places(place, [VoteKind.BALLOTS]):
        stored = list_voted_by(each)
        newest = next(iter(entries_of(each, ATTENDANCE)), None)
        if stored is None:
            continue
        version = version_of(stored)
        if newest is None and not version.voters:
            continue
        if newest is None or newest.kind != VoteKind.PERSONS:
            return None
        marks = marks_of(stored)
        for row in version.rows:
            if row.number in marks and marks[row.number].voted:
                found.update(row.ballots or ())
    return found


def imbalance(cells: Mapping[str, int]) -> int:
    """Return by how much more ballots came in than are accounted for; 0 where they balance."""
    return sum(cells[name] for name in IN) - sum(cells[name] for name in OUT)


def rows_by_number(stored: StoredVersion) -> dict[int, StoredRow]:
    return {row.number: row for row in stored.rows.only("pk", "number")}
