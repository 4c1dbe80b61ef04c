"""Doubts settled in a real browser: by keys alone, without script, on a phone, by two at once, on a broken line."""

from typing import Any

import pytest
from conftest import PASSWORD
from django.core.management import call_command
from django.utils import timezone
from doubts import Doubts, answer
from playwright.sync_api import Page, expect

from browser.conftest import PHONE
from browser.reviewer import Reviewer, page_for
from reconcile.actions import demo
from reconcile.actions.columns import columns_of
from reconcile.actions.rolls import prepared_roll
from reconcile.models import OPEN_CASES, Case, Decision, Officer, SourceList

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def doubts(election: Any, rutan: Any, officers: Any) -> Doubts:
    Officer.objects.update(practised=timezone.now())
    return Doubts(election, rutan, officers["admin"])


@pytest.fixture
def six(doubts: Doubts) -> list[Case]:
    return [
        doubts.case(f"KADARISMAN {n}", (doubts.voter(f"KADARSIMAN {n}"), 0.9), (doubts.voter(f"KADARI {n}"), 0.05))
        for n in "ABCDEF"
    ]


@pytest.fixture
def kpps(open_page: Any, six: list[Case]) -> Reviewer:
    hand = Reviewer(open_page("kpps"))
    hand.begin()
    return hand


def fits(page: Page) -> bool:
    """Say whether nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.slow
def test_the_whole_queue_of_the_demo_by_keys_alone(open_page: Any, live_server: Any) -> None:
    call_command("flush", interactive=False, verbosity=0)  # the demo brings its own election and officers
    demo.build_demo(seed=7, voters=600, password=PASSWORD, progress=lambda step, done, total: None)
    Officer.objects.update(practised=timezone.now())
    made = Decision.objects.count()
    hands = []
    for name in ("kpps", "kpps2", "kpps3", "kppspolres", "kppspolres2"):
        hand = Reviewer(page_for(open_page, live_server, Officer.objects.get(username=name)))
        hands.append(hand)
    for _round in range(4):
        for hand in hands:
            work_through(hand)
    waiting = Case.objects.filter(status__in=OPEN_CASES)
    assert list(waiting.values_list("place__name", "status")) == []
    assert Decision.objects.count() - made == sum(hand.presses for hand in hands)
    assert Case.objects.exclude(status="lapsed").count() >= 10


def work_through(hand: Reviewer) -> None:
    """Answer whatever waits: mostly yes, now and then no, or unsure."""
    hand.begin()
    for _case in range(60):
        if hand.page.locator("#settle").count():
            hand.settle_difference()
        elif not hand.has_case():
            return
        elif hand.page.locator("#decide input[value=same]").is_disabled() or hand.presses % 5 == 3:
            hand.no("3")
        elif hand.presses % 7 == 6:
            hand.unsure("1234 tanya Rutan")
        else:
            hand.same()


def test_keys_decide_and_the_next_case_is_told(kpps: Reviewer) -> None:
    page = kpps.page
    expect(page.locator("#decide .answers")).to_be_focused()
    kpps.same()
    expect(page.get_by_text("1 dari 6 diputus · sisa 5")).to_be_visible()
    expect(page.locator("#announce")).to_contain_text("beda:")
    expect(page.locator("#decide .answers")).to_be_focused()
    kpps.no("2")
    kpps.no("3")
    kpps.unsure("lihat KTP 1 2 3")
    assert list(Decision.objects.order_by("pk").values_list("answer", flat=True)) == [
        "same", "not_this", "no_list", "unsure",
    ]  # fmt: skip
    assert Decision.objects.get(answer="unsure").note == "lihat KTP 1 2 3"


def test_keys_move_without_deciding(kpps: Reviewer) -> None:
    page = kpps.page
    first = page.url
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("p")
    page.wait_for_url(first)
    page.keyboard.press("j")
    expect(page.get_by_text("kandidat 2 dari 2")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_text("kandidat 1 dari 2")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Jenis kelamin")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("1")  # a key while a dialog is open
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Control+1")
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type("u1n")
    assert page.url.startswith(first)
    assert not Decision.objects.exists()


def test_a_key_held_down_and_a_double_click_decide_once(kpps: Reviewer) -> None:
    page = kpps.page
    page.keyboard.down("1")
    for _repeat in range(5):
        page.keyboard.down("1")  # what the keyboard sends by itself
    page.keyboard.up("1")
    expect(page.get_by_text("1 dari 6 diputus")).to_be_visible()
    page.locator("#decide .answers label").first.dblclick()
    expect(page.get_by_text("2 dari 6 diputus")).to_be_visible()
    page.wait_for_timeout(500)
    assert Decision.objects.count() == 2


def test_a_voter_who_was_no_candidate_is_searched_picked_and_decided(
    open_page: Any, doubts: Doubts, assert_accessible: Any
) -> None:
    wrong, right = doubts.voter("WAGIMIN"), doubts.voter("TRIMURCAHYONO")
    case = doubts.case("TRI MUR CAHYONO", (wrong, 0.4))
    voters = doubts.roll.voters.count()
    SourceList.objects.filter(pk=doubts.roll.pk).update(rows=voters, records=voters, new=voters, skipped=0)
    doubts.roll.refresh_from_db()
    prepared_roll(doubts.election, [doubts.roll], columns_of(doubts.roll))
    hand = Reviewer(open_page("kpps"))
    hand.begin()
    page = hand.page
    page.keyboard.press("/")
    expect(page.locator("[name=name]")).to_be_focused()
    page.keyboard.type("tri murcahyono 1")  # digits typed into a search decide nothing
    for _digit in range(2):
        page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 dari 2 pemilih")).to_be_visible()
    assert_accessible(page)
    assert "tri" not in page.url.lower()
    hand.tab_to("a[href*='voter=']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="TRIMURCAHYONO").first).to_be_visible()
    assert not Decision.objects.exists()
    page.keyboard.press("1")
    expect(page.get_by_role("heading", name="Semua 1 kasus sudah diputus")).to_be_visible()
    assert list(Decision.objects.values_list("case", "answer", "voter")) == [(case.pk, "same", right.pk)]


def test_switched_off_keys_do_nothing(kpps: Reviewer, officers: Any) -> None:
    page = kpps.page
    page.goto("/review/keys/")
    page.get_by_role("button", name="Matikan").click()
    kpps.begin()
    page.keyboard.press("1")
    page.wait_for_timeout(300)
    assert not Decision.objects.exists()
    page.locator("#decide .answers label").first.click()
    expect(page.get_by_text("1 dari 6 diputus")).to_be_visible()


def test_without_script(open_page: Any, six: list[Case]) -> None:
    page = open_page("kpps", java_script_enabled=False)
    page.goto("/review/")
    page.get_by_role("radio", name="Tidak ada di daftar").check()
    page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_text("Pilih alasannya dari daftar")).to_be_visible()
    assert page.get_by_role("radio", name="Tidak ada di daftar").is_checked()
    page.get_by_role("radio", name="sudah dicari di daftar").check()
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.get_by_role("radio", name="Orang yang sama").check()
    page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_text("1 dari 6 diputus · sisa 4")).to_be_visible()
    page.get_by_role("button", name="urungkan").click()
    expect(page.get_by_text("Sudah diurungkan")).to_be_visible()
    page.get_by_role("link", name="kasus berikutnya").click()
    page.get_by_role("link", name="Hanya beda").click()
    expect(page.get_by_role("link", name="Semua data")).to_be_visible()
    assert Decision.objects.filter(is_open=True).count() == 1


def test_on_a_phone(open_page: Any, six: list[Case], assert_accessible: Any) -> None:
    page = open_page("kpps", viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/review/")
    assert fits(page)
    assert_accessible(page)
    expect(page.locator("#decide .answers label").first).to_be_in_viewport()
    page.locator("#decide .answers label").nth(1).tap()
    page.get_by_label("kerabat atau kembar").check()
    page.get_by_role("button", name="Simpan dan lanjut").tap()
    expect(page.get_by_text("0 dari 6 diputus · sisa 5")).to_be_visible()
    page.locator("#decide .answers label").first.tap()
    expect(page.get_by_text("1 dari 6 diputus · sisa 4")).to_be_visible()
    assert Decision.objects.count() == 2


def test_practice_fits_on_a_phone(open_page: Any, six: list[Case]) -> None:
    Officer.objects.update(practised=None)
    page = open_page("kpps", viewport=PHONE)
    page.goto("/review/")
    expect(page.get_by_role("heading", name="Kasus latihan 1 dari 3")).to_be_visible()
    assert fits(page)


def test_the_bar_is_on_the_screen_whatever_the_case(open_page: Any, six: list[Case]) -> None:
    page = open_page("kpps")
    page.goto("/review/")
    assert fits(page)
    for label in page.locator("#decide .answers label").all():
        expect(label).to_be_in_viewport(ratio=1)


class TestTwoBrowsers:
    def test_the_second_does_not_get_the_same_case(self, open_page: Any, six: list[Case]) -> None:
        pages = [open_page(role) for role in ("kpps", "second")]
        for _turn in range(3):
            urls = []
            for page in pages:
                page.goto("/review/")
                urls.append(page.url)
            assert len(set(urls)) == 2
            pages[0].keyboard.press("1")
            pages[0].wait_for_url(lambda url, old=urls[0]: url != old)

    def test_who_is_overtaken_keeps_the_note_and_objects(
        self, open_page: Any, six: list[Case], officers: Any, assert_accessible: Any
    ) -> None:
        page = open_page("kpps")
        page.goto(f"/review/cases/{six[0].pk}/")
        Case.objects.update(holder=None, held_until=None)
        answer(six[0], officers["second"], "same", six[0].outcome.voter)
        page.keyboard.press("c")
        page.keyboard.type("catatan panjang saya")
        page.keyboard.press("Escape")
        page.keyboard.press("3")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("3")
        expect(page.get_by_role("alert").filter(has_text="Second sudah memutus kasus ini pukul")).to_be_visible()
        expect(page.locator("#note")).to_have_value("catatan panjang saya")
        assert_accessible(page)
        with page.expect_navigation():
            page.get_by_role("button", name="Ajukan keberatan").click()
        assert Case.objects.get(pk=six[0].pk).status == "differs"

    def test_a_third_settles_it_with_both_answers_before_him(
        self, open_page: Any, live_server: Any, six: list[Case], officers: Any, outsider: Any, assert_accessible: Any
    ) -> None:
        answer(six[0], officers["kpps"], "no_list", note="tidak ketemu")
        answer(six[0], officers["second"], "same", six[0].outcome.voter)
        Officer.objects.filter(pk=outsider.pk).update(place=six[0].place, practised=timezone.now())
        page = page_for(open_page, live_server, outsider)
        page.goto("/review/?turn=third")
        assert_accessible(page)
        assert fits(page)
        page.get_by_label("B: Orang yang sama").check()
        page.get_by_label("Dikesampingkan").check()
        with page.expect_navigation():
            page.get_by_role("button", name="Selesaikan dan lanjut").click()
        assert Case.objects.get(pk=six[0].pk).status == "agreed"


class TestTheLine:
    def test_a_decision_waits_for_the_network_and_is_stored_once(self, kpps: Reviewer) -> None:
        page = kpps.page
        page.context.set_offline(True)
        page.keyboard.press("1")
        expect(page.get_by_text("Belum tersimpan – jaringan putus.")).to_be_visible()
        page.keyboard.press("1")
        page.keyboard.press("n")
        assert not Decision.objects.exists()
        page.context.set_offline(False)
        expect(page.get_by_text("1 dari 6 diputus")).to_be_visible(timeout=20_000)
        expect(page.get_by_text("Belum tersimpan")).to_be_hidden()
        assert Decision.objects.count() == 1

    def test_an_answer_that_got_lost_on_the_way_back_is_stored_once(self, kpps: Reviewer) -> None:
        page, lost, told = kpps.page, [], []

        def swallow(route: Any) -> None:
            if not lost:
                lost.append(route.fetch(max_redirects=0).status)  # the server has stored it; the page never hears
            if told:
                route.continue_()
            else:
                route.abort()  # the page tries again by itself: not before it was seen to say so

        page.route("**/decide/", swallow)
        page.keyboard.press("1")
        expect(page.get_by_text("Belum tersimpan")).to_be_visible(timeout=20_000)
        told.append(True)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.get_by_text("1 dari 6 diputus")).to_be_visible(timeout=20_000)
        assert (lost, Decision.objects.count()) == ([302], 1)


def test_undo_by_key_and_reopening_from_the_strip(kpps: Reviewer) -> None:
    page = kpps.page
    first = page.url
    kpps.same()
    page.keyboard.press("u")
    expect(page.get_by_text("Sudah diurungkan")).to_be_visible()
    assert page.url == first
    kpps.same()
    kpps.same()
    page.get_by_text("Sepuluh terakhir saya").click()
    page.locator(".strip").get_by_role("button", name="Buka lagi").last.click()
    page.wait_for_url(first)
    assert sorted(Decision.objects.values_list("end", flat=True)) == ["", "reopened", "undone"]


def test_many_by_a_rule(open_page: Any, six: list[Case], assert_accessible: Any) -> None:
    page = open_page("kpps")
    page.goto("/review/many/")
    assert_accessible(page)
    page.get_by_role("button", name="Siapkan").first.click()
    address = page.url
    assert_accessible(page)
    for link in page.locator("tr:has-text('buka yang ini') a").all():
        other = open_page("kpps")
        other.goto(link.get_attribute("href") or "")
        other.context.close()
    page.goto(address)
    page.get_by_role("button", name="Orang yang sama untuk 6 kasus").click()
    expect(page.get_by_role("heading", name="6 dari 6 kasus diputus")).to_be_visible()
    page.get_by_role("button", name="Urungkan semua ini").click()
    expect(page.get_by_role("heading", name="Diurungkan")).to_be_visible()
    assert {one.status for one in Case.objects.all()} == {"new"}


def test_three_practice_cases_at_the_first_sign_in(open_page: Any, six: list[Case], assert_accessible: Any) -> None:
    Officer.objects.update(practised=None)
    page = open_page("kpps")
    page.goto("/review/")
    expect(page.get_by_role("heading", name="Kasus latihan 1 dari 3")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("1")
    expect(page.get_by_text("Keputusan tepat.")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Kasus latihan 2 dari 3")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    expect(page.get_by_text("Keputusan tepat.")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Kasus latihan 3 dari 3")).to_be_visible()
    page.keyboard.press("4")
    page.keyboard.type("tanya")
    page.keyboard.press("Escape")
    page.keyboard.press("4")
    expect(page.get_by_text("Keputusan tepat.")).to_be_visible()
    page.keyboard.press("n")
    page.wait_for_url("**/review/cases/*/")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("path", ["/review/", "/review/keys/", "/review/?turn=second"])
def test_screens_are_accessible(path: str, open_page: Any, six: list[Case], assert_accessible: Any) -> None:
    page = open_page("kpps")
    page.goto(path)
    assert_accessible(page)
    page = open_page("kpps", viewport=PHONE)
    page.goto(path)
    assert fits(page)
