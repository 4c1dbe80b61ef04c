"""Ballots: how many of each type a TPS needs, how many it is given, and from where the rest could be borrowed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet

from reconcile.deciding import Lender, Loan, LoanPlan, TpsRef, plan_loans, printed, shortage
from reconcile.deciding.election_parts import BallotType, Label
from reconcile.deciding.lending import Point
from reconcile.models import MatchRun, PersonOutcome, Place, Tps, Voter
from reconcile.queries.groups import Group, group_of
from reconcile.records import ListKind, Outcome, VoterCategory


@dataclass(frozen=True)
class BallotRow:
    """Ballots of one type for one TPS: for people who vote there for certain, and for those who may."""

    tps: TpsRef
    code: str
    name: Label
    certain: int
    expected: int

    @property
    def needed(self) -> int:
        return self.certain + self.expected


# Their ballots add up to what a TPS needs once every step is done (`deciding.decide`).
VOTING_HERE = (VoterCategory.FIXED, VoterCategory.MOVED)

# In the place of a ballot's code: people of whose ballots nothing can be said, who get any here, who get none.
UNKNOWN, ANY, NONE = "unknown", "any", "none"


@dataclass(frozen=True)
class TypeRow:
    """One type of ballot at a TPS. `now` and `later`: lacking for who is certain, and once every step is done."""

    need: BallotRow
    now: int
    later: int
    loans: tuple[Loan, ...]
    short: int  # what nobody around can lend

    @property
    def beyond(self) -> int:
        return sum(loan.own for loan in self.loans)

    @property
    def from_reserves(self) -> int:
        return sum(loan.from_reserve for loan in self.loans)


@dataclass(frozen=True)
class TpsNeeds:
    """What one TPS is given and needs. `fixed` None: no roll and no table says how many voters it has."""

    tps: TpsRef
    fixed: int | None
    by_table: bool  # the number is that of the table of TPS; else counted on the roll
    moved: int
    undetermined: int
    printed: int | None
    types: tuple[TypeRow, ...]
    lenders: int
    is_placed: bool  # its coordinates are known

    @property
    def lacking(self) -> int:
        """Return the most that any type lacks: what the meeting speaks of."""
        return max((row.later for row in self.types), default=0)


def needs(outcomes: QuerySet[PersonOutcome], run: MatchRun, places: Sequence[Place]) -> tuple[TpsNeeds, ...]:
    """Return what the TPS of these places need, in the order of their codes."""
    rules = run.election.rules
    rows, _ = ballots_needed(outcomes, places, rules.ballots)
    known = {TpsRef(one.region_code, one.number): one for one in Tps.objects.filter(election=run.election)}
    lenders = [Lender(tps, _voters(one), _point(one)) for tps, one in known.items()]
    found = []
    for tps in sorted({place.tps for place in places}):
        its = [row for row in rows if row.tps == tps]
        here = outcomes.filter(place__in=[place for place in places if place.tps == tps])
        found.append(_needs(tps, its, here, run, known.get(tps), lenders))
    return tuple(found)


def _needs(
    tps: TpsRef,
    rows: Sequence[BallotRow],
    here: QuerySet[PersonOutcome],
    run: MatchRun,
    known: Tps | None,
    lenders: Sequence[Lender],
) -> TpsNeeds:
    rules = run.election.rules
    fixed = _voters(known) if known and _voters(known) else _on_roll(tps, run)
    # Ballots are printed for who stands on the moved-voter list, not for who could.
    moved = here.filter(outcome=Outcome.MOVED_HERE, provisional=False).count()
    supply = None if fixed is None else printed(fixed, rules.reserve, moved)
    lacking = {row.code: shortage(row.needed, supply) for row in rows} if supply is not None else {}
    plan = plan_loans(lacking, tps, _point(known) if known else None, lenders, rules)
    return TpsNeeds(
        tps=tps,
        fixed=fixed,
        by_table=bool(known and _voters(known)),
        moved=moved,
        undetermined=here.filter(asks_for(UNKNOWN)).count(),
        printed=supply,
        types=tuple(_type(row, supply, plan) for row in rows),
        lenders=sum(one.tps != tps for one in lenders),
        is_placed=bool(known and _point(known)),
    )


def _type(row: BallotRow, supply: int | None, plan: LoanPlan) -> TypeRow:
    now, later = (0 if supply is None else shortage(need, supply) for need in (row.certain, row.needed))
    loans = tuple(loan for loan in plan.loans if loan.ballot == row.code)
    return TypeRow(row, now, later, loans, plan.short.get(row.code, 0))


def _voters(tps: Tps) -> int:
    return tps.voters_male + tps.voters_female


def _point(tps: Tps) -> Point | None:
    if tps.latitude is None or tps.longitude is None:
        return None
    return float(tps.latitude), float(tps.longitude)


def _on_roll(tps: TpsRef, run: MatchRun) -> int | None:
    """Count the voters of a TPS on the fixed roll of a comparison; None where nobody stands there."""
    rolls = run.lists.filter(kind=ListKind.ROLL)
    numbers = {tps.number, tps.number.lstrip("0")}
    return Voter.objects.filter(source_list__in=rolls, tps__in=numbers, tps_region=tps.region).count() or None


def asks_for(ballot: str) -> Q:
    """Return the condition for people who vote here and get this ballot, or for UNKNOWN, ANY, NONE in its place.

    The query must have the ballots as text in `given`.
    """
    voting = Q(category__in=VOTING_HERE)
    of = {UNKNOWN: voting & Q(ballots__isnull=True), ANY: voting, NONE: ~voting}
    return of[ballot] if ballot in of else voting & Q(given__contains=f'"{ballot}"')


def ballots_needed(
    outcomes: QuerySet[PersonOutcome], places: Iterable[Place], types: Iterable[BallotType]
) -> tuple[tuple[BallotRow, ...], int]:
    """Return ballots by TPS and type, and the people whose ballots cannot be determined."""
    tps_by_place = {place.pk: place.tps for place in places}
    certain: Counter[tuple[TpsRef, str]] = Counter()
    expected: Counter[tuple[TpsRef, str]] = Counter()
    undetermined = 0
    voting = outcomes.order_by().filter(category__in=VOTING_HERE)
    for cell in voting.values("place", "outcome", "provisional", "ballots").annotate(people=CountOf("pk")):
        sure = group_of(cell["outcome"], cell["provisional"]) is Group.HERE
        if cell["ballots"] is None:
            undetermined += cell["people"]
        for ballot in cell["ballots"] or ():
            (certain if sure else expected)[tps_by_place[cell["place"]], ballot] += cell["people"]
    rows = (
        BallotRow(tps, one.code, one.name, certain[tps, one.code], expected[tps, one.code])
        for tps in sorted(set(tps_by_place.values()))
        for one in types
    )
    return tuple(row for row in rows if row.needed), undetermined
