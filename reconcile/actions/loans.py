"""Loans of ballots: KPU chooses, changes and withdraws them, and records the hand-over. Nothing happens by itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused, store_or_refuse
from reconcile.deciding import TpsRef, printed
from reconcile.deciding.constituencies import shares_constituency
from reconcile.models import CHANGEABLE_LOANS, BallotLoan, CountedAt, Election, LoanStatus, Officer, Tps


@dataclass(frozen=True)
class HandOver:
    """What the minute says besides the numbers. `handed_at`: a moment with its time zone."""

    minute_number: str
    carrier: str
    receiver: str
    seal: str
    handed_at: datetime
    counted_at: CountedAt


@transaction.atomic
def choose_loan(
    *, election: Election, borrower: TpsRef, lender: TpsRef, counts: Mapping[str, int], by: Officer
) -> BallotLoan:
    """Let one TPS lend another so many ballots of each kind.

    Refused ("faulty", "other_constituency", "too_many"; "exists" where these two have a loan in force).
    """
    loan = BallotLoan(
        election=election, borrower_region=borrower.region, borrower_number=borrower.number,
        lender_region=lender.region, lender_number=lender.number, chosen_by=by,
    )  # fmt: skip
    loan.counts = _checked(loan, counts)
    with store_or_refuse("exists", _("This TPS lends to that one already. Change the number there.")):
        loan.save()
    _record("choose_loan", loan, by)
    return loan


@transaction.atomic
def adjust_loan(*, loan: BallotLoan, version: int, counts: Mapping[str, int], by: Officer) -> None:
    """Change how many ballots are lent. Refused ("faulty", "other_constituency", "too_many", "changed")."""
    _change(loan, version, "adjust_loan", by, counts=_checked(loan, counts))


@transaction.atomic
def hand_over(*, loan: BallotLoan, version: int, told: HandOver, by: Officer) -> None:
    """Record who carried the ballots, under which seal, when, and which TPS counts them; also to correct it.

    Refused ("incomplete", "changed").
    """
    if not (told.carrier.strip() and told.receiver.strip() and told.seal.strip()):
        sentence = _("A hand-over needs who carried, who received, and the number of the seal. Enter all three.")
        raise ActionRefused("incomplete", sentence)
    _change(loan, version, "hand_over", by, status=LoanStatus.HANDED_OVER, **asdict(told))


@transaction.atomic
def withdraw_loan(*, loan: BallotLoan, version: int, reason: str, by: Officer) -> None:
    """Let the loan not count any more; it stays on record with its reason. Refused ("no_reason", "changed")."""
    if not reason.strip():
        raise ActionRefused("no_reason", _("Say why the loan is withdrawn."))
    _change(loan, version, "withdraw_loan", by, status=LoanStatus.WITHDRAWN, reason=reason.strip())


def _change(loan: BallotLoan, version: int, what: str, by: Officer, **changes: Any) -> None:
    mine = BallotLoan.objects.filter(pk=loan.pk, version=version, status__in=sorted(CHANGEABLE_LOANS))
    if not mine.update(**changes, version=F("version") + 1):
        sentence = _("Another officer has changed this loan since you opened the page. Here is how it stands.")
        raise ActionRefused("changed", sentence)
    loan.refresh_from_db()
    _record(what, loan, by)


def _record(what: str, loan: BallotLoan, by: Officer) -> None:
    facts = {"borrower": str(loan.borrower), "lender": str(loan.lender), "counts": loan.counts, "status": loan.status}
    record(f"loans.{what}", by=by, election=loan.election, subject=loan, **facts)


def _checked(loan: BallotLoan, counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts above 0, in the order of the election's ballots; refuse what cannot be lent."""
    rules = loan.election.rules
    kept = {one.code: counts[one.code] for one in rules.ballots if counts.get(one.code)}
    if not kept or set(counts) - {one.code for one in rules.ballots} or min(kept.values()) < 0:
        raise ActionRefused("faulty", _("Enter how many ballots of each type are lent, at least one of one type."))
    if loan.borrower == loan.lender:
        raise ActionRefused("faulty", _("A TPS cannot lend to itself. Choose another one."))
    for one in rules.ballots:
        apart = (
            shares_constituency(one.constituency, loan.lender.region, loan.borrower.region, rules.districts) is False
        )
        if one.code in kept and apart:
            sentence = _("These two TPS have different ballots of the type %(type)s. Enter 0 there.")
            raise ActionRefused("other_constituency", sentence, type=one.name["id"])
    _check_supply(loan, kept)
    return kept


def _check_supply(loan: BallotLoan, counts: Mapping[str, int]) -> None:
    """Refuse more than the lender was given, less what it lends to others; unknown where nobody counted its voters."""
    lender = Tps.objects.filter(
        election=loan.election, region_code=loan.lender_region, number=loan.lender_number
    ).first()
    if lender is None or not lender.voters:
        return
    others = BallotLoan.objects.filter(
        election=loan.election, lender_region=loan.lender_region, lender_number=loan.lender_number
    ).exclude(status=LoanStatus.WITHDRAWN)
    supply = printed(lender.voters, loan.election.rules.reserve)
    for code, count in counts.items():
        left = supply - sum(one.counts.get(code, 0) for one in others.exclude(pk=loan.pk))
        if count > left:
            sentence = _("This TPS was given fewer ballots: at most %(left)s can be lent. Enter fewer.")
            raise ActionRefused("too_many", sentence, left=max(0, left))
