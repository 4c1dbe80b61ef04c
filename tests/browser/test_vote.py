"""The screens of voting day in Chromium: accessible, as wide as the window, and planned without script."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from views.office import Office, make_office

from browser.conftest import PHONE
from reconcile.models import BallotLoan, Tps, Visit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(election: Any, rutan: Any, polres: Any, officers: Any) -> Office:
    made = make_office(election, rutan, polres, officers["admin"])
    for number, voters in (("901", 1), ("002", 100)):
        where = {"region_code": "3316091015", "latitude": "-6.970000", "longitude": "111.420000"}
        Tps.objects.create(election=election, number=number, voters_male=voters, **where)
    return made


def fits(page: Page) -> bool:
    """Say whether nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_screens_are_accessible(open_page: Any, office: Office, assert_accessible: Any) -> None:
    loan = BallotLoan.objects.create(
        election=office.election, borrower_region="3316091015", borrower_number="901", lender_region="3316091015",
        lender_number="003", counts={"governor": 1}, chosen_by=office.run.started_by,
    )  # fmt: skip
    visit, lent = f"/visits/{office.polres.pk}/", f"/loans/{loan.pk}/"
    desk, phone = open_page("commissioner"), open_page("commissioner", viewport=PHONE)
    supposed = "/deadlines/?as_of=2024-11-21"
    papers = (f"{visit}sheet/", f"{lent}minute/")
    for path in ("/ballots/", "/visits/", visit, lent, supposed, "/deadlines/people/?as_of=2024-11-21", *papers):
        desk.goto(path)
        assert_accessible(desk)
        phone.goto(path)
        assert fits(phone), path


def test_a_visit_is_planned_without_script(open_page: Any, office: Office) -> None:
    page = open_page("commissioner", java_script_enabled=False)
    page.goto("/visits/")
    page.get_by_role("link", name=office.polres.name).first.click()
    page.get_by_role("button", name="Pilih", exact=True).click()
    expect(page.get_by_text("dipilih oleh KPU")).to_be_visible()
    page.get_by_label("Mulai").fill("11:00")
    page.get_by_label("Sampai").fill("12:30")
    page.get_by_label("Anggota KPPS pertama").fill("Siti Satu")
    page.get_by_label("Anggota KPPS kedua").fill("Budi Dua")
    page.get_by_label("Pengawas TPS (PTPS)").fill("Ratna Tiga")
    page.get_by_label("Saksi").fill("Slamet Empat")
    page.get_by_label("Nomor surat izin").fill("B/417")
    page.get_by_label("Tanggal surat izin").fill("2024-11-20")
    page.get_by_role("button", name="Simpan rencana").click()
    expect(page.get_by_text("Kunjungan ini siap dilaksanakan.")).to_be_visible()
    assert Visit.objects.get().officers == ("Siti Satu", "Budi Dua")


def test_a_loan_is_chosen_and_its_hand_over_recorded(open_page: Any, office: Office) -> None:
    page = open_page("commissioner")
    page.goto("/ballots/")
    page.get_by_role("button", name="Pilih pinjaman ini").click()
    page.get_by_role("link", name="TPS 002 Kunden").click()
    page.get_by_label("Dibawa oleh").fill("Budi")
    page.get_by_label("Diterima oleh").fill("Wati")
    page.get_by_label("Nomor segel").fill("A-0417")
    page.get_by_label("Waktu").fill("09:30")
    page.get_by_role("button", name="Catat", exact=True).click()
    expect(page.get_by_text("27 November 2024, 09.30 WIB")).to_be_visible()
    assert BallotLoan.objects.get().status == "handed_over"
