"""Ballots a TPS lacks, borrowed from the TPS around it: first what they hold in reserve, then what hurts them least.

No ballots are printed for moved voters where the rule says so (domain 3.5): a special TPS can need three times what it
was given, as in Blora in 2024 (domain 2.6). The plan is a proposal; KPU decides, and each loan needs its minutes.
"""

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reconcile.deciding.ballots import reserve
from reconcile.deciding.constituencies import shares_constituency
from reconcile.deciding.election_parts import BallotType, Election, ReserveRule
from reconcile.deciding.tps import TpsRef

EARTH = 6371.0  # km, mean radius
Point = tuple[float, float]  # latitude and longitude in degrees


@dataclass(frozen=True)
class Lender:
    """A TPS that may lend. `fixed`: voters on its own fixed roll; `point`: None where nobody noted where it stands.

    `lent`: ballots of each kind it has been chosen to lend already.
    """

    tps: TpsRef
    fixed: int
    point: Point | None = None
    lent: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Loan:
    """Ballots of one kind from one TPS. `own`: those of them printed for its own voters, beyond its reserve."""

    lender: TpsRef
    ballot: str
    from_reserve: int
    own: int
    km: float | None  # None: unknown

    @property
    def count(self) -> int:
        return self.from_reserve + self.own


@dataclass(frozen=True)
class LoanPlan:
    """Loans by ballot and distance. `lacking` is what each ballot lacks, `short` what no TPS can lend of it.

    lacking = loans + short, for each ballot. `undetermined`: TPS that could not be asked for a ballot, as nobody can
    tell whether it is the same constituency's.
    """

    lacking: Mapping[str, int]
    loans: tuple[Loan, ...]
    short: Mapping[str, int]
    undetermined: tuple[tuple[TpsRef, str], ...]

    def loans_of(self, ballot: str) -> tuple[Loan, ...]:
        return tuple(loan for loan in self.loans if loan.ballot == ballot)

    def from_reserves(self, ballot: str) -> int:
        return sum(loan.from_reserve for loan in self.loans_of(ballot))

    def beyond_reserves(self, ballot: str) -> int:
        """Return how many ballots of a kind the lenders would miss for their own voters."""
        return sum(loan.own for loan in self.loans_of(ballot))


def plan_loans(
    lacking: Mapping[str, int], borrower: TpsRef, point: Point | None, lenders: Sequence[Lender], election: Election
) -> LoanPlan:
    """Propose from where to borrow what is lacking, by ballot code; the same lists give the same plan.

    Reserves first, the nearest TPS's before the next one's (unknown distances last). What is then still lacking is
    taken ballot by ballot where it is the smallest part of the TPS's own voters, up to `election.lending`'s share.
    """
    others = sorted(
        {one.tps: one for one in lenders if one.tps != borrower}.values(), key=lambda one: _order(one, point)
    )
    loans: list[Loan] = []
    short: dict[str, int] = {}
    undetermined: list[tuple[TpsRef, str]] = []
    for ballot in election.ballots:
        wanted = lacking.get(ballot.code, 0)
        if wanted <= 0:
            continue
        able = []
        for one in others:
            shares = _lends(ballot, one.tps, borrower, election)
            able += [one] if shares else []
            undetermined += [(one.tps, ballot.code)] if shares is None else []
        given = _share_out(wanted, ballot.code, able, election)
        for one, (spare, own) in zip(able, given, strict=True):
            if spare + own:
                loans.append(Loan(one.tps, ballot.code, spare, own, distance(one.point, point)))
        short[ballot.code] = wanted - sum(map(sum, given))
    return LoanPlan({code: n for code, n in lacking.items() if n > 0}, tuple(loans), short, tuple(undetermined))


def parts(count: int, lent: int, fixed: int, rule: ReserveRule) -> tuple[int, int]:
    """Return how many of `count` ballots are of the lender's reserve, and how many of its own voters.

    `lent`: ballots of this kind it lent before, which have used the reserve first.
    """
    spare = min(count, max(0, reserve(fixed, rule) - lent))
    return spare, count - spare


def distance(one: Point | None, other: Point | None) -> float | None:
    """Return kilometres as the crow flies (haversine); None where a point is unknown."""
    if one is None or other is None:
        return None
    (lat, lon), (other_lat, other_lon) = (tuple(map(math.radians, point)) for point in (one, other))
    half = (
        math.sin((lat - other_lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((lon - other_lon) / 2) ** 2
    )
    return 2 * EARTH * math.asin(math.sqrt(half))


def _order(one: Lender, point: Point | None) -> tuple[float, TpsRef]:
    km = distance(one.point, point)
    return (math.inf if km is None else round(km, 3), one.tps)


def _lends(ballot: BallotType, lender: TpsRef, borrower: TpsRef, election: Election) -> bool | None:
    return shares_constituency(ballot.constituency, lender.region, borrower.region, election.districts)


def _share_out(wanted: int, ballot: str, able: Sequence[Lender], election: Election) -> list[tuple[int, int]]:
    """Return (of the reserve, of the own voters' ballots) for each TPS, in their order."""
    rule, share = election.reserve, election.lending
    spare, given = [], []  # `given`: of its own voters' ballots, by earlier loans
    for one in able:
        kept, lent = reserve(one.fixed, rule), one.lent.get(ballot, 0)
        spare.append(min(wanted, max(0, kept - lent)))
        given.append(max(0, lent - kept))
        wanted -= spare[-1]
    own = [0] * len(able)
    most = [one.fixed * share.numerator // share.denominator for one in able]
    # The next ballot costs a TPS (given + own + 1) / fixed of its voters; of equals the nearer one gives.
    waiting = [((given[at] + 1) / one.fixed, at) for at, one in enumerate(able) if most[at] > given[at]]
    heapq.heapify(waiting)
    while wanted and waiting:
        _, at = heapq.heappop(waiting)
        own[at] += 1
        wanted -= 1
        if given[at] + own[at] < most[at]:
            heapq.heappush(waiting, ((given[at] + own[at] + 1) / able[at].fixed, at))
    return list(zip(spare, own, strict=True))
