"""Loans of ballots in force, as the plan of loans counts them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reconcile.deciding import Election as Rules
from reconcile.deciding import Loan, TpsRef
from reconcile.deciding.lending import distance, parts
from reconcile.models import BallotLoan, Election, LoanStatus, Tps


def loans_in_force(election: Election) -> list[BallotLoan]:
    """Return the loans KPU has chosen and not withdrawn, oldest first: they use a reserve in that order."""
    return list(BallotLoan.objects.filter(election=election).exclude(status=LoanStatus.WITHDRAWN).order_by("pk"))


def sums(loans: Iterable[BallotLoan]) -> Counter[str]:
    """Return how many ballots of each kind these loans are."""
    found: Counter[str] = Counter()
    for loan in loans:
        found.update(loan.counts)
    return found


def as_planned(
    loan: BallotLoan, in_force: Sequence[BallotLoan], stations: Mapping[TpsRef, Tps], rules: Rules
) -> tuple[Loan, ...]:
    """Return a chosen loan as the plan would put it, one for each kind of ballot in the election's order.

    Of a lender whose voters nobody counted no reserve is known: everything is of its own voters' ballots.
    """
    lender, borrower = stations.get(loan.lender), stations.get(loan.borrower)
    fixed = lender.voters if lender else 0
    km = distance(lender.point if lender else None, borrower.point if borrower else None)
    lent = sums(one for one in in_force if one.lender == loan.lender and one.pk < loan.pk)
    return tuple(
        Loan(loan.lender, one.code, *parts(loan.counts[one.code], lent[one.code], fixed, rules.reserve), km)
        for one in rules.ballots
        if loan.counts.get(one.code)
    )
