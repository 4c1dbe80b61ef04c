"""One loan: its page, its buttons, its minute."""

from typing import Any

import pytest

from reconcile.models import BallotLoan

pytestmark = pytest.mark.django_db

RECORD = {
    "version": "1", "minute_number": "12/BA", "carrier": "Budi Pembawa", "receiver": "Wati Penerima", "seal": "A-0417",
    "handed_on": "2024-11-27", "handed_time": "09:30", "counted_at": "lender",
}  # fmt: skip


@pytest.fixture
def loan(office: Any) -> BallotLoan:
    where = {"borrower_region": "3316091015", "borrower_number": "901", "lender_region": "3316091015"}
    given = {**where, "lender_number": "002", "counts": {"governor": 3}, "chosen_by": office.run.started_by}
    return BallotLoan.objects.create(election=office.election, **given)


def test_the_hand_over_is_recorded_and_printed(loan: BallotLoan, as_: Any) -> None:
    browser = as_("commissioner")
    assert "Catat serah terima" in browser.get(f"/loans/{loan.pk}/").content.decode()
    browser.post(f"/loans/{loan.pk}/hand-over/", RECORD)
    loan.refresh_from_db()
    assert (loan.status, loan.seal, loan.handed_at.isoformat()) == (
        "handed_over",
        "A-0417",
        "2024-11-27T02:30:00+00:00",
    )
    paper = browser.get(f"/loans/{loan.pk}/minute/").content.decode()
    for words in (
        "12/BA",
        "Budi Pembawa",
        "Wati Penerima",
        "A-0417",
        "09.30 WIB",
        "TPS 002 Kunden",
        "33.16.09.1015/901",
    ):
        assert words in paper


@pytest.mark.parametrize(
    ("deed", "sent", "words"),
    [
        ("hand-over", {**RECORD, "seal": ""}, "Nomor segel"),
        ("hand-over", {**RECORD, "handed_time": "25:00"}, "Waktu"),
        ("hand-over", {**RECORD, "version": "7"}, "Petugas lain sudah mengubah"),
        ("adjust", {"version": "1", "count_governor": "0"}, "sedikitnya satu"),
        ("adjust", {"version": "1", "count_governor": "-3"}, ""),
        ("withdraw", {"version": "1", "reason": ""}, "Alasan"),
    ],
)
def test_what_cannot_be_recorded_is_told(
    deed: str, sent: dict[str, str], words: str, loan: BallotLoan, as_: Any
) -> None:
    answer = as_("admin").post(f"/loans/{loan.pk}/{deed}/", sent, follow=True)
    assert words in answer.content.decode()
    assert list(answer.context["messages"])
    loan.refresh_from_db()
    assert (loan.version, loan.status, loan.counts) == (1, "chosen", {"governor": 3})


def test_a_loan_is_changed_and_withdrawn(loan: BallotLoan, as_: Any) -> None:
    browser = as_("admin")
    browser.post(f"/loans/{loan.pk}/adjust/", {"version": "1", "count_governor": "5", "count_regent": "2"})
    loan.refresh_from_db()
    assert loan.counts == {"governor": 5, "regent": 2}
    browser.post(f"/loans/{loan.pk}/withdraw/", {"version": "2", "reason": "tidak jadi"})
    page = browser.get(f"/loans/{loan.pk}/").content.decode()
    assert "tidak jadi" in page
    assert "Catat serah terima" not in page
    assert "sudah dibatalkan" in browser.get(f"/loans/{loan.pk}/minute/").content.decode()


def test_who_may_see_a_loan(loan: BallotLoan, as_: Any, stranger: Any) -> None:
    assert as_("kpps").get(f"/loans/{loan.pk}/").status_code == 200
    assert "Catat serah terima" not in as_("kpps").get(f"/loans/{loan.pk}/").content.decode()
    assert stranger.get(f"/loans/{loan.pk}/").status_code == 200  # its cells are served by the same TPS
    BallotLoan.objects.update(borrower_number="005")
    assert as_("kpps").get(f"/loans/{loan.pk}/").status_code == 404
    assert as_("kpps").get("/loans/999999/").status_code == 404
    assert as_("observer").get(f"/loans/{loan.pk}/").status_code == 200
