"""A list approved by two people in a real browser, and every way in which it must not be."""

import re
from typing import Any

import pytest
from approved import approve, become_commissioner, sent
from conftest import PASSWORD
from doubts import Doubts, answer
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE
from reconcile.actions import cases
from reconcile.models import Case, Officer, StoredRow, StoredVersion

pytestmark = pytest.mark.django_db(transaction=True)


def press_approve(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Kata sandi Anda, sekali lagi").fill(password)
    page.get_by_role("button", name="Setujui versi").click()


def test_two_people_send_and_approve(open_page: Any, doubts: Doubts, case: Case, officers: Any) -> None:
    kpps, commissioner = open_page("kpps"), open_page("commissioner")
    path = f"/places/{doubts.place.pk}/list/"
    kpps.goto(path)
    expect(kpps.get_by_role("button", name="Kirim (kurang: 1 kasus belum diputus)")).to_be_disabled()
    commissioner.goto(path)
    expect(commissioner.get_by_role("button", name="Setujui (kurang: 1 kasus belum diputus")).to_be_disabled()
    answer(case, officers["kpps"], "same", case.outcome.voter)
    kpps.reload()
    kpps.get_by_role("button", name="Kirim sebagai versi 1").click()
    expect(kpps.get_by_text("Daftar sekarang ada di komisioner")).to_be_visible()
    expect(kpps.get_by_role("button", name="Setujui")).to_have_count(0)
    commissioner.goto("/versions/")
    commissioner.get_by_role("link", name="Versi 1").click()
    press_approve(commissioner, "bukan kata sandinya")
    expect(commissioner.get_by_text("Kata sandi salah")).to_be_visible()
    press_approve(commissioner)
    expect(commissioner.get_by_text("Daftar disetujui.")).to_be_visible()
    assert StoredVersion.objects.get().approval.officer == officers["commissioner"]  # type: ignore[union-attr]


class TestRefusals:
    def test_own_decision(self, open_page: Any, stored: StoredVersion, officers: Any) -> None:
        officers["promoted"] = become_commissioner(officers["kpps"])
        page = open_page("promoted")
        page.goto(f"/versions/{stored.pk}/")
        button = page.get_by_role("button", name="Setujui (Anda ikut menyusun daftar ini: harus komisioner lain)")
        expect(button).to_be_disabled()
        force(page, stored)
        expect(page.get_by_text("Anda memutus kasus dalam daftar ini")).to_be_visible()
        assert StoredVersion.objects.get().status == "sent"

    def test_a_stale_page(self, open_page: Any, stored: StoredVersion, doubts: Doubts) -> None:
        page = open_page("commissioner")
        page.goto(f"/versions/{stored.pk}/")
        doubts.person("BARU", outcome="not_on_roll", provisional=False, match_status="none", voter=None)
        doubts.settle_rows()
        press_approve(page)
        expect(
            page.get_by_text("Daftar berubah sejak Anda membuka halaman ini (1 baris). Periksa lagi.")
        ).to_be_visible()
        expect(
            page.get_by_role("heading", name="Jawaban saat ini berbeda dari versi ini dalam 1 baris")
        ).to_be_visible()
        expect(page.get_by_role("link", name="Baru")).to_be_visible()
        expect(page.get_by_role("button", name="Setujui (kurang: 1 baris berubah")).to_be_disabled()

    def test_an_undecided_case(self, open_page: Any, stored: StoredVersion, doubts: Doubts, officers: Any) -> None:
        page = open_page("commissioner")
        page.goto(f"/versions/{stored.pk}/")
        cases.raise_doubt(outcome=doubts.run.outcomes.get(entry__name="SITI"), by=officers["kpps"])
        press_approve(page)
        expect(page.get_by_text("Daftar belum dapat disetujui: 1 kasus belum diputus")).to_be_visible()
        expect(page.get_by_role("button", name="Setujui (kurang: 1 kasus belum diputus)")).to_be_disabled()
        page.get_by_role("link", name="1 dari 2 kasus belum diputus").click()
        expect(page.get_by_role("link", name="Siti")).to_be_visible()

    def test_a_wrong_role(self, open_page: Any, stored: StoredVersion) -> None:
        for role in ("admin", "second", "observer"):
            page = open_page(role)
            page.goto(f"/versions/{stored.pk}/")
            expect(page.get_by_role("heading", name="Di komisioner", exact=True)).to_be_visible()
            expect(page.get_by_label("Kata sandi Anda, sekali lagi")).to_have_count(0)
            token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
            given = {"csrfmiddlewaretoken": token, "mark": stored.mark, "password": PASSWORD}
            answer = page.request.post(f"/versions/{stored.pk}/approve/", form=given, headers={"referer": page.url})
            assert answer.status == 403
        assert StoredVersion.objects.get().status == "sent"

    def test_an_altered_row(self, open_page: Any, stored: StoredVersion) -> None:
        page = open_page("commissioner")
        page.goto(f"/versions/{stored.pk}/")
        StoredRow.objects.filter(version=stored, number=1).update(nik="9916090101909009")
        press_approve(page)
        expect(page.get_by_role("alert")).to_contain_text("diubah langsung di basis data")
        expect(page.get_by_role("button", name="Setujui")).to_have_count(0)
        assert "Kadarsiman" not in page.content()
        assert StoredVersion.objects.get().status == "sent"


def force(page: Page, stored: StoredVersion) -> None:
    """Send the form a page does not offer."""
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    given = {"csrfmiddlewaretoken": token, "mark": stored.mark, "password": PASSWORD}
    answer = page.request.post(f"/versions/{stored.pk}/approve/", form=given, headers={"referer": page.url})
    page.set_content(answer.text())


def test_an_edit_after_the_approval_is_told_before_and_lapses_it(
    open_page: Any, stored: StoredVersion, doubts: Doubts, officers: Any
) -> None:
    approve(stored, officers["commissioner"])
    page = open_page("kpps")
    page.goto(f"/people/{doubts.run.outcomes.get(entry__name='SITI').person_id}/")
    expect(page.get_by_text("persetujuannya langsung gugur")).to_be_visible()
    Officer.objects.update(practised=stored.sent_at)
    page.get_by_role("button", name="Saya meragukan jawaban ini").click()
    page.goto(f"/versions/{stored.pk}/")
    expect(page.get_by_text("Persetujuan gugur pada")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_fit_and_are_accessible(
    size: Any, open_page: Any, stored: StoredVersion, doubts: Doubts, officers: Any, assert_accessible: Any
) -> None:
    commissioner, kpps = open_page("commissioner", viewport=size), open_page("kpps", viewport=size)
    place = f"/places/{doubts.place.pk}"
    doubts.person("BARU", outcome="not_on_roll", provisional=False, match_status="none", voter=None)
    doubts.settle_rows()
    look(commissioner, assert_accessible, f"/versions/{stored.pk}/", f"/versions/{stored.pk}/return/")
    later = sent(doubts, officers["kpps"])
    look(commissioner, assert_accessible, "/versions/", f"/versions/{later.pk}/", f"/versions/{later.pk}/people/")
    look(kpps, assert_accessible, f"{place}/list/")
    approve(later, officers["commissioner"])
    votes = f"{place}/votes/"
    look(kpps, assert_accessible, votes, f"{votes}people/", f"{votes}figures/", f"{votes}ballots/", f"{votes}left/")
    look(kpps, assert_accessible, "/verify/", f"/versions/{later.pk}/")


def look(page: Page, assert_accessible: Any, *paths: str) -> None:
    for path in paths:
        answer = page.goto(path)
        assert answer and answer.status == 200, path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert_accessible(page)


def test_attendance_by_hand_without_script(
    open_page: Any, stored: StoredVersion, doubts: Doubts, officers: Any
) -> None:
    approve(stored, officers["commissioner"])
    page = open_page("kpps", java_script_enabled=False)
    page.goto(f"/places/{doubts.place.pk}/votes/")
    page.get_by_role("link", name="Isi per orang").click()
    page.get_by_label("Siti").select_option("sakit")
    page.get_by_role("button", name="Simpan halaman ini").click()
    page.goto(f"/places/{doubts.place.pk}/votes/")
    expect(page.get_by_text("0 dari 2 memilih")).to_be_visible()
    page.get_by_role("row", name=re.compile("Sakit")).get_by_role("link").click()
    expect(page.get_by_text("Siti")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="tarik").click()
    expect(page.get_by_text("Kehadiran belum diisi")).to_be_visible()
    expect(page.get_by_text(re.compile("ditarik kembali oleh Kpps"))).to_be_visible()
