"""Whole rolls in Chromium: two stages compared and one inspected, figures open their voters; main pages in one line."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from views.office import Office, make_office
from views.rolls import a_comparison, an_inspection

from browser.conftest import PHONE
from reconcile.models import RollInspection, StageComparison

pytestmark = pytest.mark.django_db(transaction=True)

ONE_LINE = 60  # pixels; the header of two lines is higher


@pytest.fixture
def office(election: Any, rutan: Any, polres: Any, officers: Any) -> Office:
    return make_office(election, rutan, polres, officers["admin"])


def fits(page: Page) -> bool:
    """Say whether nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_screens_are_accessible(open_page: Any, office: Office, assert_accessible: Any) -> None:
    compared = f"/rolls/stages/{a_comparison(office.election, office.roll).pk}/"
    inspected = f"/rolls/inspections/{an_inspection(office.election, office.roll).pk}/"
    voters = (f"{compared}voters/?of=same", f"{inspected}voters/?check=nik_unusable")
    desk, phone = open_page("commissioner"), open_page("commissioner", viewport=PHONE)
    for path in ("/rolls/", compared, f"{compared}?area=331609", inspected, *voters):
        desk.goto(path)
        assert_accessible(desk)
        phone.goto(path)
        assert fits(phone), path


def test_two_stages_are_compared(open_page: Any, office: Office, work: Callable[[], None]) -> None:
    a_comparison(office.election, office.roll)
    page = open_page("commissioner")
    page.goto("/rolls/")
    page.get_by_label("Tahapan awal").select_option("DPS")
    page.get_by_role("button", name="Bandingkan", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Menunggu giliran")).to_be_visible()
    work()
    expect(page.get_by_role("heading", level=1, name="Dari DPS ke DPT")).to_be_visible()  # the page asks by itself
    assert StageComparison.objects.count() == 2
    n = office.roll.voters.count()
    page.locator("tfoot").first.get_by_role("link", name=str(n), exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(n)


def test_a_roll_is_inspected_without_script(open_page: Any, office: Office, work: Callable[[], None]) -> None:
    an_inspection(office.election, office.roll)
    page = open_page("commissioner", java_script_enabled=False)
    page.goto("/rolls/")
    page.get_by_role("button", name="Periksa", exact=True).click()
    work()
    page.reload()
    expect(page.get_by_role("heading", level=1, name="DPT diperiksa")).to_be_visible()
    assert RollInspection.objects.count() == 2
    figure = page.locator("td a").first
    rows = int(figure.inner_text())
    figure.click()
    expect(page.locator("tbody tr")).to_have_count(rows)


@pytest.mark.parametrize("role", ["kpps", "commissioner"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_main_pages_stand_in_one_line(open_page: Any, office: Office, role: str, language: str) -> None:
    """The pages of voting day are behind one word, which opens without script and by the keyboard."""
    page = open_page(role, java_script_enabled=False)
    page.goto("/")
    page.locator(f"button[value={language}]").click()
    assert page.locator(".top").bounding_box()["height"] < ONE_LINE
    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Kunjungan" if language == "id" else "Visits", exact=True).click()
    expect(page.locator(".menu > .current")).to_be_visible()
    assert page.url.endswith("/visits/")
