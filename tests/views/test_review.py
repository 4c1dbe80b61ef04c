"""The screen on which doubts are settled: one case after the other, nothing lost, sums that tie."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from doubts import Doubts, answer, key, let_leases_run_out, outcome_of

from reconcile.actions import cases
from reconcile.models import Case, Decision, KnownPair, Officer, PersonOutcome
from views.test_home import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubts(election: Any, rutan: Any, officers: Any) -> Doubts:
    Officer.objects.update(practised=timezone.now())
    return Doubts(election, rutan, officers["admin"])


@pytest.fixture
def four(doubts: Doubts) -> list[Case]:
    """Four cases, each with a likely voter and an unlikely one."""
    return [
        doubts.case(f"KADARISMAN {n}", (doubts.voter(f"KADARSIMAN {n}"), 0.9), (doubts.voter(f"KADARI {n}"), 0.05))
        for n in "ABCD"
    ]


def form_of(page: Any) -> dict[str, str]:
    """Return what the decision form of a page would send, but for the answer."""
    bar = page.content.decode().split('id="decide"')[1].split("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', bar))


def press(browser: Any, case: Case, what: str, **more: str) -> Any:
    page = browser.get(f"/review/cases/{case.pk}/")
    given = {"answer": what, "reason": "relative" if what in ("not_this", "no_list") else "", "note": ""}
    return browser.post(f"/review/cases/{case.pk}/decide/", {**form_of(page), **given, **more})


def numbers(page: Any) -> dict[str, int]:
    """Return the counts of the side bar by their words."""
    side = page.content.decode().split('class="side"')[1].split("</nav>")[0]
    found = re.findall(r"<span>([^<]+)</span><span>([\d.]+)</span>", side)
    return {words: int(n) for words, n in found}


class TestQueue:
    def test_counts_add_up(self, four: list[Case], as_: Any, officers: Any) -> None:
        answer(four[0], officers["kpps"], "same", four[0].outcome.voter)
        answer(four[1], officers["kpps"], "no_list")
        cases.lease(case=four[2], by=officers["second"])
        for role, waiting, not_mine in (("kpps", 1, 2), ("second", 3, 0)):
            found = numbers(as_(role).get("/review/keys/") and as_(role).get("/review/many/"))
            assert (found["Diputus"], found["Menunggu"], found["Bukan giliran saya"]) == (1, waiting, not_mine)
            assert found["Jumlah"] == 4 == found["Diputus"] + found["Menunggu"] + found["Bukan giliran saya"]
            assert found["NIK beda"] == waiting
            assert sum(found[turn] for turn in ("Jawaban pertama", "Perlu orang kedua", "Berbeda pendapat")) == waiting

    def test_home_counts_as_many_to_be_checked_as_wait(self, four: list[Case], as_: Any) -> None:
        press(as_("kpps"), four[0], "same")
        check = PersonOutcome.objects.filter(provisional=True).count()
        assert check == 3 == Case.objects.filter(status__in=["new", "second", "differs", "reopened"]).count()
        home = as_("kpps").get("/").content.decode()
        assert '<a class="tile check" href="/people/?group=check" data-count="3"><b>3</b>' in home

    def test_every_officer_has_an_order_of_their_own_that_stays(self, doubts: Doubts, as_: Any) -> None:
        for n in range(12):
            doubts.case(f"BUDI {n}", (doubts.voter(f"BUDI {n}"), 0.9))
        orders = {}
        for role in ("kpps", "second", "kpps"):
            browser, order = as_(role), []
            address = browser.get("/review/").headers["Location"]
            for _n in range(12):
                pk = int(re.findall(r"cases/(\d+)/", address)[0])
                order.append(pk)
                browser.get(address)
                address = browser.get(f"/review/?after={pk}").headers["Location"]
            assert sorted(order) == sorted(Case.objects.values_list("pk", flat=True))
            assert orders.setdefault(role, order) == order
        assert orders["kpps"] != orders["second"]

    def test_filters_by_reason_and_says_what_is_hidden(self, four: list[Case], doubts: Doubts, as_: Any) -> None:
        other = doubts.case("SUTRIMO", (doubts.voter("SUTRIMO"), 0.9), cautions=["thin"])
        browser = as_("kpps")
        assert browser.get("/review/?reason=no_nik").headers["Location"] == f"/review/cases/{other.pk}/?reason=no_nik"
        shown = text(browser.get("/review/?turn=second").content)
        assert "Tidak ada kasus dengan saringan ini" in shown and "5 kasus tersembunyi" in shown

    def test_says_that_all_is_decided_but_not_sent(self, doubts: Doubts, as_: Any) -> None:
        case = doubts.case("BUDI", (doubts.voter("BUDI"), 0.9))
        shown = press(as_("kpps"), case, "same")
        assert shown.headers["Location"] == "/review/"
        page = text(as_("kpps").get("/review/").content)
        assert "Semua 1 kasus sudah diputus" in page or "1 kasus sudah diputus" in page
        assert "Daftar ini belum dikirim." in page

    def test_says_when_others_give_back_what_they_hold(self, doubts: Doubts, as_: Any, officers: Any) -> None:
        cases.lease(case=doubts.case("BUDI", (doubts.voter("BUDI"), 0.9)), by=officers["second"])
        page = text(as_("kpps").get("/review/").content)
        assert "Belum ada kasus untuk Anda" in page
        assert re.search(r"1 kasus sedang dipegang orang lain; coba lagi pukul \d\d\.\d\d", page)


class TestCase:
    def test_goes_on_to_the_next_case_and_takes_it_in_hand(self, four: list[Case], as_: Any, officers: Any) -> None:
        browser = as_("kpps")
        gone = press(browser, four[0], "same")
        assert gone.status_code == 302
        following = int(re.findall(r"cases/(\d+)/", gone.headers["Location"])[0])
        page = browser.get(gone.headers["Location"])
        assert Case.objects.get(pk=following).holder == officers["kpps"]
        assert "1 dari 4 diputus · sisa 3" in text(page.content)
        assert re.search(r"Tersimpan \d\d\.\d\d", text(page.content))

    def test_opens_in_at_most_twelve_queries_and_is_small(
        self, four: list[Case], as_: Any, django_assert_max_num_queries: Any
    ) -> None:
        browser = as_("kpps")
        press(browser, four[0], "same")
        with django_assert_max_num_queries(12):
            page = browser.get(f"/review/cases/{four[1].pk}/")
        press(browser, four[1], "no_list")
        second = as_("second")
        with django_assert_max_num_queries(12):
            assert b"jawaban kedua" in second.get(f"/review/cases/{four[1].pk}/").content
        assert len(gzip.compress(page.content)) < 20_000

    def test_travels_compressed_and_the_first_page_is_small(self, four: list[Case], as_: Any) -> None:
        page = as_("kpps").get(f"/review/cases/{four[0].pk}/", headers={"accept-encoding": "gzip"})
        assert page.headers["Content-Encoding"] == "gzip"
        assert len(page.content) < 20_000
        wanted = set(re.findall(r'(?:src|href)="/static/([^"]+)"', gzip.decompress(page.content).decode()))
        assert {"rutanvote.css", "review.js"} <= wanted
        files = [Path(str(finders.find(name))) for name in wanted]
        assert len(page.content) + sum(len(gzip.compress(file.read_bytes())) for file in files) < 60_000

    def test_keeps_what_was_filled_in_when_something_is_missing(self, four: list[Case], as_: Any) -> None:
        shown = press(as_("kpps"), four[0], "not_this", reason="", note="catatan panjang").content.decode()
        assert "Pilih alasannya dari daftar" in shown
        assert "catatan panjang</textarea>" in shown
        assert 'value="not_this" checked' in shown
        assert not Decision.objects.exists()

    def test_the_second_officer_reads_neither_answer_nor_reason(self, four: list[Case], as_: Any) -> None:
        press(as_("kpps"), four[0], "no_list", note="rahasia pertama")
        page = as_("second").get(f"/review/cases/{four[0].pk}/").content.decode()
        assert "sudah menjawab; jawabannya terlihat setelah Anda menjawab" in page
        main = page.split("<main")[1].split('id="decide"')[0]
        assert "rahasia pertama" not in page and "Tidak ada di daftar" not in main
        person = as_("second").get(f"/people/{four[0].person_id}/").content.decode()
        assert "perlu surat pindah" in person  # what the comparison proposed, not what was answered

    def test_the_second_officer_reads_what_the_first_is_unsure_of(self, four: list[Case], as_: Any) -> None:
        press(as_("kpps"), four[0], "unsure", note="cocokkan foto")
        assert "cocokkan foto" in as_("second").get(f"/review/cases/{four[0].pk}/").content.decode()

    def test_who_waits_for_another_officer_is_told(self, four: list[Case], as_: Any) -> None:
        press(as_("kpps"), four[0], "no_list")
        page = as_("kpps").get(f"/review/cases/{four[0].pk}/")
        assert "Anda sudah menjawab. Petugas lain harus menjawab" in text(page.content)
        assert b'id="decide"' not in page.content

    def test_a_case_in_another_hand_cannot_be_answered(self, four: list[Case], as_: Any, officers: Any) -> None:
        cases.lease(case=four[0], by=officers["second"])
        page = as_("kpps").get(f"/review/cases/{four[0].pk}/")
        assert re.search(r"Second memegang kasus ini sampai \d\d\.\d\d", text(page.content))
        assert b'id="decide"' not in page.content

    def test_renewing_tells_who_took_it(self, four: list[Case], as_: Any, officers: Any) -> None:
        browser = as_("kpps")
        browser.get(f"/review/cases/{four[0].pk}/")
        assert browser.post(f"/review/cases/{four[0].pk}/renew/").status_code == 200
        let_leases_run_out()
        cases.lease(case=four[0], by=officers["second"])
        told = browser.post(f"/review/cases/{four[0].pk}/renew/")
        assert (told.status_code, told.json()["code"]) == (409, "lease_lost")
        assert told.json()["sentence"].startswith("Kasus ini dialihkan ke Second")

    def test_names_and_numbers_stay_out_of_title_and_address(self, four: list[Case], as_: Any) -> None:
        page = as_("kpps").get(f"/review/cases/{four[0].pk}/").content.decode()
        assert "KADAR" not in page.split("</title>")[0].upper()
        assert not re.search(r"\b\d{16}\b", page)


class TestConflict:
    def late(self, browser: Any, case: Case, officers: Any, what: str = "no_list") -> Any:
        """Let another officer answer while this one's page is open, then send this one's answer."""
        page = browser.get(f"/review/cases/{case.pk}/")
        let_leases_run_out()
        voter = case.outcome.voter if what == "same" else None
        answer(case, officers["second"], what, voter, note="dari Second")
        given = {**form_of(page), "answer": "no_list", "reason": "searched", "note": "catatan saya"}
        return browser.post(f"/review/cases/{case.pk}/decide/", given)

    def test_keeps_the_note_and_shows_both(self, four: list[Case], as_: Any, officers: Any) -> None:
        shown = self.late(as_("kpps"), four[0], officers, "same")
        words = text(shown.content)
        assert re.search(r"Second sudah memutus kasus ini pukul \d\d\.\d\d: Orang yang sama\. Catatan Anda", words)
        assert "catatan saya</textarea>" in shown.content.decode()
        assert "Terima keputusan itu" in words and "Ajukan keberatan" in words
        assert Decision.objects.count() == 1

    def test_an_objection_goes_to_a_third(self, four: list[Case], as_: Any, officers: Any) -> None:
        browser = as_("kpps")
        page = self.late(browser, four[0], officers, "same").content.decode()
        kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split('id="keep"')[1]))
        browser.post(f"/review/cases/{four[0].pk}/object/", {**kept, "note": "catatan saya"})
        four[0].refresh_from_db()
        assert four[0].status == "differs"
        assert Decision.objects.latest("pk").note == "catatan saya"

    def test_accepting_leaves_it_and_goes_on(self, four: list[Case], as_: Any, officers: Any) -> None:
        browser = as_("kpps")
        self.late(browser, four[0], officers, "same")
        assert browser.post(f"/review/cases/{four[0].pk}/accept/").status_code == 302
        four[0].refresh_from_db()
        assert four[0].status == "decided"

    def test_a_late_answer_can_be_the_second_one_unseen(self, four: list[Case], as_: Any, officers: Any) -> None:
        browser = as_("kpps")
        shown = self.late(browser, four[0], officers, "no_list")
        page = shown.content.decode()
        assert "dari Second" not in page
        assert "jawaban Anda dapat menjadi yang kedua" in text(shown.content)
        kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split('id="keep"')[1]))
        browser.post(f"/review/cases/{four[0].pk}/decide/", {**kept, "note": "catatan saya"})
        four[0].refresh_from_db()
        assert four[0].status == "agreed"


class TestUndo:
    def test_undoes_the_last_and_shows_it_again(self, four: list[Case], as_: Any) -> None:
        browser = as_("kpps")
        press(browser, four[0], "same")
        back = browser.post("/review/undo/")
        assert back.headers["Location"] == f"/review/cases/{four[0].pk}/"
        assert not KnownPair.objects.filter(is_active=True).exists()
        assert "Sudah diurungkan" in text(browser.get(back.headers["Location"]).content)

    def test_the_strip_reopens_one_of_the_last_ten(self, four: list[Case], as_: Any) -> None:
        browser = as_("kpps")
        for case in four[:2]:
            press(browser, case, "same")
        page = browser.get("/review/many/").content.decode()
        strip = page.split('class="strip"')[1].split("</ol>")[0]
        assert strip.index("Kadarisman B") < strip.index("Kadarisman A")
        forms = re.findall(r'action="(/review/cases/\d+/reopen/)".*?name="version" value="(\d+)"', strip, re.S)
        assert len(forms) == 2
        browser.post(forms[1][0], {"version": forms[1][1]})
        four[0].refresh_from_db()
        assert (four[0].status, outcome_of(four[0]).provisional) == ("reopened", True)


class TestDifference:
    @pytest.fixture
    def differing(self, four: list[Case], officers: Any) -> Case:
        answer(four[0], officers["kpps"], "no_list", note="tidak ketemu")
        answer(four[0], officers["second"], "same", four[0].outcome.voter)
        return four[0]

    @pytest.fixture
    def third(self, outsider: Any, rutan: Any) -> Any:
        from django.test import Client

        Officer.objects.filter(pk=outsider.pk).update(place=rutan, practised=timezone.now())
        browser = Client()
        browser.force_login(outsider, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    def test_shows_both_answers_and_only_what_differs(self, differing: Case, third: Any) -> None:
        assert third.get(f"/review/cases/{differing.pk}/").headers["Location"].endswith("/difference/")
        shown = text(third.get(f"/review/cases/{differing.pk}/difference/").content)
        for part in (
            "A: Tidak ada di daftar",
            "tidak ketemu",
            "B: Orang yang sama",
            "Bukan keduanya",
            "Kpps",
            "Second",
        ):
            assert part in shown, part
        assert "Jenis kelamin" not in shown  # the same on both sides

    def test_asks_both_questions(self, differing: Case, third: Any) -> None:
        address = f"/review/cases/{differing.pk}/difference/"
        differing.refresh_from_db()
        upheld = differing.decisions.get(turn=2)
        given = {"version": differing.version, "key": key(), "note": ""}
        assert "Pilih jawaban yang benar" in text(third.post(address, {**given, "wrong_one": "set_aside"}).content)
        missing = third.post(address, {**given, "upheld": upheld.pk})
        assert "Tentukan apa yang terjadi" in text(missing.content)
        done = third.post(address, {**given, "upheld": upheld.pk, "wrong_one": "sent_back"})
        assert done.status_code == 302
        differing.refresh_from_db()
        assert (differing.status, outcome_of(differing).voter) == ("agreed", upheld.voter)

    def test_who_was_wrong_finds_it_sent_back(self, differing: Case, third: Any, as_: Any) -> None:
        self.test_asks_both_questions(differing, third)
        assert "dikembalikan: lihat lagi" in text(as_("kpps").get("/review/many/").content)

    def test_the_two_wait(self, differing: Case, as_: Any) -> None:
        page = text(as_("kpps").get(f"/review/cases/{differing.pk}/difference/").content)
        assert "Anda sudah menjawab" in page


class TestPreferences:
    def test_only_differences_and_keys_are_remembered(self, four: list[Case], as_: Any, officers: Any) -> None:
        browser = as_("kpps")
        all_data = browser.get(f"/review/cases/{four[0].pk}/").content.count(b'<th scope="row"')
        few = browser.get(f"/review/cases/{four[0].pk}/?show=differences").content.count(b'<th scope="row"')
        assert few < all_data
        assert browser.get(f"/review/cases/{four[1].pk}/").content.count(b'<th scope="row"') == few
        browser.post("/review/prefer/", {"on": "0"})
        assert b'data-keys="off"' in browser.get(f"/review/cases/{four[0].pk}/").content

    def test_practice_comes_first_and_once(self, four: list[Case], as_: Any) -> None:
        Officer.objects.update(practised=None)
        browser = as_("kpps")
        assert browser.get("/review/").headers["Location"] == "/review/practice/1/"
        told = browser.post("/review/practice/1/", {"answer": "same"})
        assert "Keputusan tepat." in text(told.content)
        assert "memutus lain" in text(browser.post("/review/practice/2/", {"answer": "same"}).content)
        browser.post("/review/practice/3/", {"answer": "enough"})
        assert "/review/cases/" in browser.get("/review/").headers["Location"]
        assert not Decision.objects.exists()


def test_an_officer_may_doubt_a_certain_answer(doubts: Doubts, as_: Any) -> None:
    sure = doubts.person("BUDI", (doubts.voter("BUDI"), 0.99), match_status="auto", provisional=False, cautions=[])
    browser = as_("kpps")
    assert f"/people/{sure.person_id}/doubt/" in browser.get(f"/people/{sure.person_id}/").content.decode()
    opened = browser.post(f"/people/{sure.person_id}/doubt/")
    page = text(browser.get(opened.headers["Location"]).content)
    assert "Seorang petugas meragukan jawaban pencocokan. Diajukan oleh Kpps." in page
    assert "/doubt/" not in as_("commissioner").get(f"/people/{sure.person_id}/").content.decode()


class TestMany:
    def test_from_the_rule_to_undone(self, doubts: Doubts, as_: Any) -> None:
        made = [doubts.case(f"BUDI {n}", (doubts.voter(f"BUDI {n}"), 0.9)) for n in range(11)]
        browser = as_("kpps")
        assert "NIK, nama, dan tanggal lahir sama setelah dirapikan 11" in text(browser.get("/review/many/").content)
        address = browser.post("/review/many/", {"rule": "all_equal"}).headers["Location"]
        page = browser.get(address)
        assert "11 kasus cocok dengan aturan ini" in text(page.content)
        assert "Orang yang sama untuk semua (buka dulu 10 lagi)" in text(page.content)
        browser.post(address)
        assert "Buka dulu setiap kasus contoh" in text(browser.get(address).content)
        for link in re.findall(r'href="(/review/cases/\d+/\?bulk=\d+)"', page.content.decode()):
            assert browser.get(link).status_code == 200
        browser.post(address)
        assert "11 dari 11 kasus diputus" in text(browser.get(address).content)
        browser.post(address + "undo/")
        assert "Diurungkan" in text(browser.get(address).content)
        assert {one.status for one in Case.objects.filter(pk__in=[one.pk for one in made])} == {"new"}
        assert as_("second").get(address).status_code == 404
