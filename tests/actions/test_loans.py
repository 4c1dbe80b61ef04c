"""Loans of ballots: chosen, changed, handed over, withdrawn; what two officers do at once, and what cannot be lent."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from refusals import refused

from reconcile.actions import loans
from reconcile.actions.elections import add_election
from reconcile.actions.loans import HandOver
from reconcile.deciding import TpsRef
from reconcile.deciding.election import load_election
from reconcile.models import AuditEntry, BallotLoan, CountedAt, LoanStatus, Tps
from reconcile.queries.sheets import loan_minute

pytestmark = pytest.mark.django_db

RUTAN, NEAR, FAR = (TpsRef("3316091015", number) for number in ("901", "003", "004"))
TOLD = HandOver(
    minute_number="12/BA/XI/2024", carrier="Budi, KPPS 003", receiver="Wati, KPPS 901", seal="A-0417",
    handed_at=datetime(2024, 11, 27, 9, 30, tzinfo=ZoneInfo("Asia/Jakarta")), counted_at=CountedAt.LENDER,
)  # fmt: skip


@pytest.fixture
def loan(election: Any, officers: Any) -> BallotLoan:
    return loans.choose_loan(
        election=election, borrower=RUTAN, lender=NEAR, counts={"regent": 5, "governor": 7}, by=officers["commissioner"]
    )


def station(election: Any, tps: TpsRef, voters: int) -> None:
    Tps.objects.create(election=election, region_code=tps.region, number=tps.number, voters_male=voters)


def test_a_loan_is_what_kpu_has_chosen(loan: BallotLoan, officers: Any) -> None:
    assert (loan.lender, loan.borrower, loan.status, loan.total) == (NEAR, RUTAN, "chosen", 12)
    assert list(loan.counts.items()) == [("governor", 7), ("regent", 5)]  # in the order of the election
    entry = AuditEntry.objects.get(what="loans.choose_loan")
    assert entry.facts["counts"] == {"governor": 7, "regent": 5}
    assert entry.by == officers["commissioner"]


@pytest.mark.parametrize("counts", [{}, {"governor": 0}, {"governor": -1}, {"governor": 1, "ppwp": 1}])
def test_refuses_numbers_that_are_no_loan(election: Any, officers: Any, counts: dict[str, int]) -> None:
    with refused("faulty"):
        loans.choose_loan(election=election, borrower=RUTAN, lender=NEAR, counts=counts, by=officers["admin"])
    with refused("faulty"):
        loans.choose_loan(election=election, borrower=RUTAN, lender=RUTAN, counts={"regent": 1}, by=officers["admin"])


def test_two_tps_have_one_loan_in_force(election: Any, loan: BallotLoan, officers: Any) -> None:
    by = officers["commissioner"]
    again = {"election": election, "borrower": RUTAN, "lender": NEAR, "counts": {"regent": 1}, "by": by}
    with refused("exists"):
        loans.choose_loan(**again)
    loans.withdraw_loan(loan=loan, version=1, reason="TPS 003 kekurangan sendiri", by=by)
    assert loans.choose_loan(**again).pk != loan.pk


def test_a_ballot_of_another_electoral_district_cannot_be_lent(officers: Any, election: Any) -> None:
    pemilu = add_election(definition=load_election("pemilu-2024").to_dict(), as_of=election.as_of, by=None)
    cepu = TpsRef("3316041011", "001")
    with refused("other_constituency"):
        loans.choose_loan(
            election=pemilu, borrower=RUTAN, lender=cepu, counts={"dprd_regency": 1}, by=officers["admin"]
        )
    lent = loans.choose_loan(election=pemilu, borrower=RUTAN, lender=cepu, counts={"dpd": 1}, by=officers["admin"])
    assert lent.counts == {"dpd": 1}


def test_nobody_lends_more_than_it_was_given(election: Any, officers: Any) -> None:
    """100 voters and a reserve of 3 in a regional election: 103 ballots of each type."""
    station(election, NEAR, 100)
    by = officers["admin"]
    lend = {"election": election, "lender": NEAR, "by": by}
    with refused("too_many"):
        loans.choose_loan(borrower=RUTAN, counts={"governor": 104}, **lend)
    first = loans.choose_loan(borrower=RUTAN, counts={"governor": 100}, **lend)
    with refused("too_many") as refusal:
        loans.choose_loan(borrower=FAR, counts={"governor": 4}, **lend)
    assert "3" in str(refusal.value)
    loans.choose_loan(borrower=FAR, counts={"governor": 3, "regent": 50}, **lend)
    with refused("too_many"):
        loans.adjust_loan(loan=first, version=1, counts={"governor": 101}, by=by)
    loans.adjust_loan(loan=first, version=1, counts={"governor": 99}, by=by)
    assert (first.counts, first.version) == ({"governor": 99}, 2)


def test_who_saw_an_older_state_is_refused(loan: BallotLoan, officers: Any) -> None:
    by, stale = officers["admin"], BallotLoan.objects.get(pk=loan.pk)
    loans.adjust_loan(loan=loan, version=1, counts={"governor": 2}, by=by)
    for attempt in (
        lambda: loans.adjust_loan(loan=stale, version=1, counts={"governor": 9}, by=by),
        lambda: loans.hand_over(loan=stale, version=1, told=TOLD, by=by),
        lambda: loans.withdraw_loan(loan=stale, version=1, reason="salah", by=by),
    ):
        with refused("changed"):
            attempt()
    loan.refresh_from_db()
    assert (loan.counts, loan.status, loan.version) == ({"governor": 2}, "chosen", 2)
    assert AuditEntry.objects.filter(what__startswith="loans.").count() == 2


def test_the_hand_over_fills_the_minute(loan: BallotLoan, election: Any, officers: Any) -> None:
    station(election, NEAR, 200)  # a reserve of 5
    loans.hand_over(loan=loan, version=1, told=TOLD, by=officers["commissioner"])
    minute = loan_minute(loan)
    assert (minute.handed_time, minute.zone, minute.counted) == (time(9, 30), "WIB", NEAR)
    assert (minute.number, minute.carrier, minute.receiver, minute.seal) == (
        "12/BA/XI/2024", "Budi, KPPS 003", "Wati, KPPS 901", "A-0417",
    )  # fmt: skip
    assert [(row.code, row.from_reserve, row.own, row.count) for row in minute.rows] == [
        ("governor", 5, 2, 7),
        ("regent", 5, 0, 5),
    ]
    assert minute.total == 12
    loans.hand_over(loan=loan, version=2, told=TOLD, by=officers["commissioner"])  # corrected
    loans.withdraw_loan(loan=loan, version=3, reason="dikembalikan", by=officers["commissioner"])
    with refused("changed"):
        loans.hand_over(loan=loan, version=4, told=TOLD, by=officers["commissioner"])


def test_an_earlier_loan_has_used_the_reserve(loan: BallotLoan, election: Any, officers: Any) -> None:
    station(election, NEAR, 200)
    second = loans.choose_loan(
        election=election, borrower=FAR, lender=NEAR, counts={"governor": 2}, by=officers["admin"]
    )
    assert [(row.from_reserve, row.own) for row in loan_minute(second).rows] == [(0, 2)]
    loans.withdraw_loan(loan=loan, version=1, reason="salah pilih", by=officers["admin"])
    assert [(row.from_reserve, row.own) for row in loan_minute(second).rows] == [(2, 0)]


def test_of_a_lender_nobody_counted_the_reserve_is_not_known(loan: BallotLoan) -> None:
    minute = loan_minute(loan)
    assert [(row.from_reserve, row.own) for row in minute.rows] == [(None, None), (None, None)]
    assert (minute.handed_on, minute.seal, minute.counted) == (None, "", RUTAN)


@pytest.mark.parametrize("missing", ["carrier", "receiver", "seal"])
def test_a_hand_over_needs_carrier_receiver_and_seal(missing: str, loan: BallotLoan, officers: Any) -> None:
    told = HandOver(**{**TOLD.__dict__, missing: " "})
    with refused("incomplete"):
        loans.hand_over(loan=loan, version=1, told=told, by=officers["admin"])


def test_a_withdrawal_says_why(loan: BallotLoan, officers: Any) -> None:
    with refused("no_reason"):
        loans.withdraw_loan(loan=loan, version=1, reason=" ", by=officers["admin"])


def test_the_database_keeps_a_hand_over_with_its_time(loan: BallotLoan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotLoan.objects.filter(pk=loan.pk).update(status=LoanStatus.HANDED_OVER)
