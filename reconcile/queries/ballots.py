"""Ballots: how many of each type a TPS needs, how many it is given, and from where the rest could be borrowed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet

from reconcile.deciding import Lender, Loan, LoanPlan, TpsRef, plan_loans, printed, shortage
from reconcile.deciding.election_parts import BallotType, Label
from reconcile.models import BallotLoan, MatchRun, PersonOutcome, Place, Tps, Voter
from reconcile.queries.gaps import Gap, gaps_of
from reconcile.queries.groups import Group, group_of
from reconcile.queries.loans import as_planned, loans_in_force, sums
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
    """One type of ballot at a TPS. `now` and `later`: lacking for who is certain, and once every step is done.

    `chosen`: loans KPU has chosen, `loans`: those proposed besides. What is lacking beyond the chosen ones =
    from_reserves + beyond + short, the proposal. `undetermined`: TPS of which nobody can tell whether their ballots
    of this type are the same.
    """

    need: BallotRow
    now: int
    later: int
    chosen: tuple[Loan, ...]
    loans: tuple[Loan, ...]
    from_reserves: int
    beyond: int
    short: int  # what nobody around can lend
    undetermined: tuple[TpsRef, ...]

    @property
    def borrowed(self) -> int:
        return sum(loan.count for loan in self.chosen)

    @property
    def open(self) -> int:
        return max(0, self.later - self.borrowed)

    @property
    def proposed(self) -> int:
        return self.from_reserves + self.beyond


@dataclass(frozen=True)
class Proposal:
    """What one TPS is proposed to lend: name, code and count of each type of the election, in its order."""

    lender: TpsRef
    km: float | None
    counts: tuple[tuple[Label, str, int], ...]

    @property
    def by_code(self) -> dict[str, int]:
        return {code: count for _name, code, count in self.counts}


@dataclass(frozen=True)
class TpsNeeds:
    """What one TPS is given and needs. `fixed` None: no roll and no table says how many voters it has.

    `free`: voters on its fixed roll who are not held and vote there too. Those of a special TPS are held or gone.
    """

    tps: TpsRef
    fixed: int | None
    free: int
    by_table: bool  # the number is that of the table of TPS; else counted on the roll
    moved: int
    undetermined: int
    gaps: tuple[Gap, ...]  # why; they add up to `undetermined`
    printed: int | None
    types: tuple[TypeRow, ...]
    proposals: tuple[Proposal, ...]
    loans: tuple[BallotLoan, ...]  # in force, from others
    lenders: int
    is_placed: bool  # its coordinates are known

    @property
    def lacking(self) -> int:
        """Return the most that any type lacks: what the meeting speaks of."""
        return max((row.later for row in self.types), default=0)

    @property
    def open(self) -> int:
        """Return the most that any type lacks beyond the loans KPU has chosen."""
        return max((row.open for row in self.types), default=0)


def needs(outcomes: QuerySet[PersonOutcome], run: MatchRun, places: Sequence[Place]) -> tuple[TpsNeeds, ...]:
    """Return what the TPS of these places need, in the order of their codes."""
    rules = run.election.rules
    rows, _ = ballots_needed(outcomes, places, rules.ballots)
    known = {one.tps: one for one in Tps.objects.filter(election=run.election)}
    loans = loans_in_force(run.election)
    lenders = [
        Lender(tps, one.voters, one.point, sums(loan for loan in loans if loan.lender == tps))
        for tps, one in known.items()
    ]
    found = []
    # The TPS of a place that is visited matters once somebody there votes.
    inside = {place.tps for place in places if not place.visited}
    for tps in sorted(inside | {row.tps for row in rows}):
        its = [row for row in rows if row.tps == tps]
        here = outcomes.filter(place__in=[place for place in places if place.tps == tps])
        borrowed = {loan: as_planned(loan, loans, known, rules) for loan in loans if loan.borrower == tps}
        found.append(_needs(tps, its, here, run, known.get(tps), lenders, borrowed))
    return tuple(found)


def _needs(
    tps: TpsRef,
    rows: Sequence[BallotRow],
    here: QuerySet[PersonOutcome],
    run: MatchRun,
    known: Tps | None,
    lenders: Sequence[Lender],
    loans: Mapping[BallotLoan, tuple[Loan, ...]],
) -> TpsNeeds:
    rules = run.election.rules
    fixed = known.voters if known and known.voters else _on_roll(tps, run)
    # Ballots are printed for who stands on the moved-voter list, not for who could.
    moved = here.filter(outcome=Outcome.MOVED_HERE, provisional=False).count()
    gaps = gaps_of(here.filter(asks_for(UNKNOWN)))
    supply = None if fixed is None else printed(fixed, rules.reserve, moved)
    inside = here.filter(outcome=Outcome.FIXED_HERE).count()
    free = 0 if fixed is None or rules.is_special_tps(tps.number) else max(0, fixed - inside)
    borrowed = sums(loans)
    left = None if supply is None else max(0, supply - free)
    lacking = {} if left is None else {row.code: shortage(row.needed, left + borrowed[row.code]) for row in rows}
    plan = plan_loans(lacking, tps, known.point if known else None, lenders, rules)
    return TpsNeeds(
        tps=tps,
        fixed=fixed,
        free=free,
        by_table=bool(known and known.voters),
        moved=moved,
        undetermined=sum(gap.people for gap in gaps),
        gaps=gaps,
        printed=supply,
        types=tuple(_type(row, left, [one for its in loans.values() for one in its], plan) for row in rows),
        proposals=_proposals(plan, rules.ballots),
        loans=tuple(loans),
        lenders=sum(one.tps != tps for one in lenders),
        is_placed=bool(known and known.point),
    )


def _type(row: BallotRow, left: int | None, chosen: Iterable[Loan], plan: LoanPlan) -> TypeRow:
    """Return the row of a type; `left`: what is printed and not for voters who are not held."""
    now, later = (0 if left is None else shortage(need, left) for need in (row.certain, row.needed))
    return TypeRow(
        need=row,
        now=now,
        later=later,
        chosen=tuple(loan for loan in chosen if loan.ballot == row.code),
        loans=plan.loans_of(row.code),
        from_reserves=plan.from_reserves(row.code),
        beyond=plan.beyond_reserves(row.code),
        short=plan.short.get(row.code, 0),
        undetermined=tuple(tps for tps, code in plan.undetermined if code == row.code),
    )


def _proposals(plan: LoanPlan, types: Sequence[BallotType]) -> tuple[Proposal, ...]:
    """Return the loans of a plan by lender, in the order in which the plan asks them."""
    counts: dict[TpsRef, Counter[str]] = {}
    km = {loan.lender: loan.km for loan in plan.loans}
    for loan in plan.loans:
        counts.setdefault(loan.lender, Counter())[loan.ballot] += loan.count
    found = []
    for tps, its in counts.items():
        found.append(Proposal(tps, km[tps], tuple((one.name, one.code, its[one.code]) for one in types)))
    return tuple(sorted(found, key=lambda one: (one.km is None, round(one.km or 0.0, 3), one.lender)))


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
