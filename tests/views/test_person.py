"""One person's page: the two records, the reasons, the answer, and nothing the officer may not see."""

import re
from typing import Any

import pytest

from reconcile.models import Candidate
from views.office import REGISTRATION, ROOM, a_run, born, nik
from views.test_home import text

pytestmark = pytest.mark.django_db


def page(browser: Any, path: str) -> str:
    return text(browser.get(path).content)


def test_says_who_must_do_what_until_when(office: Any, as_: Any) -> None:
    shown = page(as_("kpps"), office.path("letter"))
    for part in (
        "Sutrimo Andayani", "perlu surat pindah", "Terdaftar di TPS lain dan perlu surat pindah memilih.",
        "Terbitkan surat pindah memilih", "KPU", "20-11-2024", "2 (Gubernur dan Wakil Gubernur",
        "rutan.xlsx , lembar DATA WBP , baris 7", "DPT_KUNDEN.xlsx , lembar TPS 004 , baris 11", "TPS 004 Kunden",
    ):  # fmt: skip
        assert part.replace(" ,", ",") in shown.replace(" ,", ","), part


def test_a_doubtful_person_must_be_checked_first(office: Any, as_: Any) -> None:
    shown = page(as_("kpps"), office.path("doubt"))
    assert "Lebih dulu: KPPS: putuskan kasus yang meragukan 13-11" in shown
    assert "Bila orang yang sama: Terdaftar di TPS lain" in shown
    assert "Ada dua pemilih yang sama kuat." in shown
    assert "kandidat 1 dari 2" in shown


def test_only_the_digits_that_differ_are_shown(office: Any, as_: Any) -> None:
    answer = as_("kpps").get(office.path("doubt")).content.decode()
    assert "331609••••••••<mark>0</mark>•" in answer
    assert "331609••••••••<mark>9</mark>•" in answer
    assert "KADARI<mark>S</mark>MAN" in answer
    assert "KADAR<mark>S</mark>IMAN" in answer


def test_another_candidate_can_be_looked_at(office: Any, as_: Any) -> None:
    shown = page(as_("kpps"), office.path("doubt") + "?c=2")
    assert "kandidat 2 dari 2" in shown
    assert "KADARISMAN SAPUTRA" in shown
    assert "01-01-1999" in shown


@pytest.mark.parametrize("query", ["", "?c=2", "?c=9", "?c=x"])
def test_weights_add_up(query: str, office: Any, as_: Any) -> None:
    answer = as_("commissioner").get(office.path("doubt") + query)
    details = answer.content.decode().split("waterfall")[1].split("</table>")[0]
    weights = [int(found.replace("−", "-").replace(",", "")) for found in re.findall(r">([+−]\d+,\d{3})<", details)]
    parts, so_far, total = weights[:-1:2], weights[1::2], weights[-1]
    assert len(parts) >= 2
    assert [sum(parts[: at + 1]) for at in range(len(parts))] == so_far
    assert so_far[-1] == total


class TestWhyNotTheOther:
    """The proposed voter laid beside the other one."""

    def block(self, browser: Any, path: str) -> str:
        """Return the block's HTML, "" where the page has none."""
        sections = browser.get(path).content.decode().split("<section")
        return next((one.partition("</section>")[0] for one in sections if "bukan kandidat" in one), "")

    def test_says_what_decides_for_whom_and_that_it_is_little(self, office: Any, as_: Any) -> None:
        shown = text(self.block(as_("kpps"), office.path("doubt")).encode())
        for part in (
            "Mengapa kandidat 1 dan bukan kandidat 2", "Keduanya hampir sama kuat",
            "Tanggal lahir: sama di sini, beda di sana untuk kandidat 1",
            "NIK: satu angka nomor urut beda di sini, tidak dibandingkan di sana untuk kandidat 1",
            "Nama: dua huruf beda di sini, kurang satu kata di sana untuk kandidat 1",
            "Di sini: kandidat 1, KADARSIMAN, TPS 004 Kunden. Di sana: kandidat 2, KADARISMAN SAPUTRA, TPS 004 Kunden.",
        ):  # fmt: skip
            assert part in shown, part

    def test_says_nothing_of_a_tie_where_there_is_none(self, office: Any, as_: Any) -> None:
        Candidate.objects.filter(run=office.run, rank=2).update(probability=0.01)
        shown = self.block(as_("kpps"), office.path("doubt"))
        assert shown and "hampir sama kuat" not in shown

    def test_says_so_when_the_other_fits_better_by_itself(self, office: Any, as_: Any) -> None:
        reasons = [["name", "equal", 20000], ["birth_date", "equal", 8000], ["sex", "equal", 993]]
        first = Candidate.objects.filter(run=office.run, entry=office.people["doubt"].entry, rank=1)
        first.update(probability=0.01)
        Candidate.objects.filter(run=office.run, rank=2).update(probability=0.99, weight=28993, reasons=reasons)
        shown = text(self.block(as_("kpps"), office.path("doubt")).encode())
        assert "Sebenarnya kandidat 2 lebih cocok" in shown
        assert "sama di sana untuk kandidat 2" in shown
        assert "Sama pada keduanya: tanggal lahir." in shown

    @pytest.mark.parametrize("query", ["", "?c=1", "?c=2", "?c=x"])
    def test_weights_of_all_fields_add_up(self, query: str, office: Any, as_: Any) -> None:
        details = self.block(as_("commissioner"), office.path("doubt") + query).split("<details")[1]
        weights = [int(one.replace("−", "-").replace(",", "")) for one in re.findall(r">([+−]\d+,\d{3})<", details)]
        assert weights == [12000, 4000, 2000, 18000]

    def test_another_candidate_that_is_looked_at_is_the_other(self, office: Any, as_: Any) -> None:
        third = Candidate.objects.get(run=office.run, rank=2)
        third.pk, third.rank, third.voter = None, 3, office.people["here"].voter
        third.save()
        browser = as_("kpps")
        shown = [self.block(browser, office.path("doubt") + query) for query in ("", "?c=2", "?c=3")]
        assert [re.findall(r"bukan kandidat (\d)", one)[0] for one in shown] == ["2", "2", "3"]

    def test_where_nobody_else_was_considered_there_is_no_block(self, office: Any, as_: Any) -> None:
        for who in ("here", "absent"):
            assert self.block(as_("kpps"), office.path(who)) == ""

    @pytest.mark.parametrize("role", ["institution", "observer"])
    def test_who_may_not_see_other_voters_sees_no_block(self, role: str, office: Any, as_: Any) -> None:
        for query in ("", "?c=2"):
            assert self.block(as_(role), office.path("doubt") + query) == ""


def test_who_is_on_no_roll(office: Any, as_: Any) -> None:
    shown = page(as_("kpps"), office.path("absent"))
    assert "Tidak ada pemilih di daftar yang mendekati orang ini." in shown
    assert "Cari di Sidalih" in shown


def test_the_other_row_of_the_same_person(office: Any, as_: Any) -> None:
    assert f"Juga tercatat: {office.polres.name}" in page(as_("admin"), office.path("both"))
    shown = page(as_("institution"), office.path("both"))
    assert "Juga ada di 1 baris register tempat lain." in shown
    assert "polres.xlsx" not in shown


def test_an_institution_sees_the_match_and_no_other_voter(office: Any, as_: Any) -> None:
    shown = page(as_("institution"), office.path("doubt"))
    assert "KADARSIMAN" in shown
    for query in ("", "?c=2"):
        assert "SAPUTRA" not in page(as_("institution"), office.path("doubt") + query)


def test_the_room_is_for_those_who_work_there(office: Any, as_: Any) -> None:
    shown = {role: ROOM in page(as_(role), office.path("here")) for role in ("kpps", "second", "institution")}
    assert all(shown.values())
    for role in ("admin", "commissioner", "observer"):
        assert ROOM not in page(as_(role), office.path("here"))


@pytest.mark.parametrize("role", ["admin", "commissioner", "kpps", "second", "institution", "observer"])
def test_nobody_gets_a_whole_identity_number(role: str, office: Any, as_: Any) -> None:
    browser = as_(role)
    for number, who in enumerate(("here", "letter", "doubt", "absent", "both"), start=1):
        answer = browser.get(office.path(who)).content.decode()
        assert nik(number) not in answer
        assert nik(number)[6:] not in answer


def test_the_address_and_the_title_carry_only_ids(office: Any, as_: Any) -> None:
    answer = as_("kpps").get(office.path("here"))
    assert re.fullmatch(r"/people/\d+/", answer.request["PATH_INFO"])
    title = re.search(r"<title>(.*?)</title>", answer.content.decode())
    assert title and "WAGIYO" not in title[1].upper()
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_neighbours_are_those_of_the_same_outcome(office: Any, as_: Any) -> None:
    at = as_("admin").get(office.path("letter")).context["neighbours"]
    assert (at.position, at.people) == (2, 3)
    assert at.before == office.people["doubt"].person_id
    assert at.after == office.people["cells"].person_id
    assert as_("kpps").get(office.path("letter")).context["neighbours"].after is None


def test_the_newest_finished_run_is_shown(office: Any, as_: Any, officers: Any) -> None:
    a_run(office.election, officers["admin"], status="running")
    assert as_("kpps").get(office.path("here")).status_code == 200
    a_run(office.election, officers["admin"])
    assert as_("kpps").get(office.path("here")).status_code == 404


@pytest.mark.parametrize("who", ["here", "doubt", "both", "absent"])
def test_query_budget(who: str, office: Any, as_: Any, django_assert_max_num_queries: Any) -> None:
    browser = as_("kpps")
    with django_assert_max_num_queries(21):
        browser.get(office.path(who))


class TestObserver:
    """Sees the seven elements: name, sex, age, address, RT, RW, remark. Every link with one filter is followed."""

    def crawl(self, browser: Any, office: Any) -> dict[str, str]:
        seen: dict[str, str] = {}
        waiting = ["/", "/help/", *(office.path(who) for who in office.people)]
        while waiting:
            path = waiting.pop()
            if path in seen:
                continue
            answer = browser.get(path)
            seen[path] = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
            if answer.status_code == 200:
                links = re.findall(r'(?:href|hx-get)="([^"#]+)"', answer.content.decode())
                full = [link if link.startswith("/") else path.partition("?")[0] + link for link in links]
                waiting += [link for link in full if not link.startswith("/static/") and "&" not in link]
        return seen

    def test_never_sees_more(self, office: Any, as_: Any) -> None:
        pages = self.crawl(as_("observer"), office)
        assert len(pages) > 25
        hidden = [ROOM, REGISTRATION, "331609", "SAPUTRA"]
        for number in range(1, 7):
            hidden += [nik(number)[6:], f"{born(number):%d-%m-%Y}", born(number).isoformat(), nik(number)[12:]]
        for path, page in pages.items():
            written = page.replace(office.rutan.tps_region, "")  # the village of the TPS is no part of a NIK
            assert [value for value in hidden if value in written] == [], path

    def test_sees_the_age_instead(self, office: Any, as_: Any) -> None:
        assert "44 tahun = 44 tahun" in page(as_("observer"), office.path("here")).replace(
            "Register Rutan ", ""
        ).replace("sama DPT ", "")
