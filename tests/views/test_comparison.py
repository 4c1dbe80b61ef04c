"""The comparison panel, a search of the rolls beside it, and whole numbers: what is shown to whom, and written down."""

import gzip
import re
from typing import Any

import pytest

from reconcile.actions import looking_up
from reconcile.actions.columns import columns_of
from reconcile.actions.rolls import prepared_roll
from reconcile.models import AuditEntry, Candidate, HeldEntry, SourceList, Voter
from reconcile.queries.comparison import Wanted, comparison_of
from views.office import a_run, nik
from views.test_home import text

pytestmark = pytest.mark.django_db

CASE_BYTES = 20 * 1024  # issue 5, item 6


def panel(browser: Any, path: str) -> str:
    """Return the HTML of the comparison on a page."""
    content: str = browser.get(path).content.decode()
    return content[content.index('id="comparison"') :].partition("</section>")[0]


@pytest.fixture
def searched(office: Any) -> Any:
    """Return the office with its roll prepared, as a comparison leaves it."""
    voters = office.roll.voters.count()
    SourceList.objects.filter(pk=office.roll.pk).update(records=voters, new=voters, rows=voters + office.roll.skipped)
    office.roll.refresh_from_db()
    office.run.lists.set([office.roll, office.rutan_register, office.polres_register])
    prepared_roll(office.election, [office.roll], columns_of(office.roll))
    return office


def find(browser: Any, office: Any, who: str = "absent", **words: str) -> Any:
    return browser.post(office.path(who) + "find/", words)


class TestPanel:
    def test_says_sign_and_word_beside_each_pair(self, office: Any, as_: Any) -> None:
        shown = text(panel(as_("kpps"), office.path("doubt")).encode())
        assert "Kemungkinan orang yang sama: nama dua huruf beda, tanggal lahir sama" in shown
        assert "≠ beda DPT KADARSIMAN KADARISMAN → KADARSIMAN ejaan; dua huruf beda" in shown
        assert "= sama DPT 13-03-1980 sama" in shown
        assert "digit beda; satu angka nomor urut beda" in shown

    def test_is_a_table_to_who_hears_it_at_every_width(self, office: Any, as_: Any) -> None:
        html = panel(as_("kpps"), office.path("doubt"))
        lines = html.count('class="means" role="cell"')
        assert lines == 7
        assert html.count('scope="row" role="rowheader"') == html.count('class="sign" role="cell"') == lines
        assert html.count('scope="col" role="columnheader"') == 5

    def test_keeps_the_held_record_left_and_the_roll_right(self, office: Any, as_: Any) -> None:
        html = panel(as_("kpps"), office.path("doubt"))
        name = html[html.index(">Nama<") :]
        assert name.index("KADARI") < name.index("KADAR<mark>")

    def test_only_differences_leaves_who_somebody_is(self, office: Any, as_: Any) -> None:
        browser = as_("kpps")
        everything, differing = (
            panel(browser, office.path("doubt") + f"?show={show}") for show in ("all", "differences")
        )
        for field in ("Nama", "Tempat lahir", "Tanggal lahir", "Jenis kelamin", "NIK"):
            assert f">{field}</th>" in everything and f">{field}</th>" in differing
        assert ">Alamat</th>" in everything and ">Alamat</th>" not in differing
        assert 'href="?show=differences#comparison"' in everything
        assert 'href="?show=all#comparison"' in differing and "+2" in differing

    def test_remembers_what_an_officer_likes(self, office: Any, as_: Any, officers: Any) -> None:
        officers["kpps"].only_differences = True
        officers["kpps"].save()
        assert ">Alamat</th>" not in panel(as_("kpps"), office.path("doubt"))
        assert ">Alamat</th>" in panel(as_("kpps"), office.path("doubt") + "?show=all")

    def test_links_keep_what_is_shown(self, office: Any, as_: Any) -> None:
        html = panel(as_("kpps"), office.path("doubt") + "?c=2&show=differences")
        assert 'href="?show=all&amp;c=2#comparison"' in html
        assert 'href="?show=differences&amp;c=1#comparison" rel="prev"' in html

    def test_a_name_is_text_whatever_it_holds(self, office: Any, as_: Any) -> None:
        evil = '<script>alert("1")</script> & \' "'
        entry = office.people["doubt"].entry
        HeldEntry.objects.filter(pk=entry.pk).update(name=evil, name_raw=evil, address=evil, alias=evil, father=evil)
        Voter.objects.update(name=evil + "X", name_raw=evil, birth_place=evil, remark=evil, address=evil)
        for path in ("", "?c=2", "find/", "number/"):
            content = as_("kpps").get(office.path("doubt") + path).content.decode()
            assert "<script>a" not in content and 'alert("' not in content
        assert "&lt;" in panel(as_("kpps"), office.path("doubt"))

    def test_a_long_name_and_empty_fields_do_no_harm(self, office: Any, as_: Any) -> None:
        entry = office.people["doubt"].entry
        nothing = {
            "birth_place": "",
            "sex": "",
            "nik": "",
            "nik_digits": "",
            "nik_quality": "missing",
            "birth_date": None,
        }
        HeldEntry.objects.filter(pk=entry.pk).update(name="RADEN " * 60 + "SURYO", **nothing, birth_quality="missing")
        shown = text(panel(as_("kpps"), office.path("doubt")).encode())
        assert "Tanggal lahir Register Rutan — tidak disebut ∅ kosong di satu sisi" in shown
        assert "kosong" in shown

    def test_is_small_enough_for_a_slow_line(self, office: Any, as_: Any) -> None:
        for who in ("doubt", "here", "absent"):
            content = as_("kpps").get(office.path(who)).content
            assert len(gzip.compress(content)) < CASE_BYTES

    def test_carries_no_style_and_no_script_of_its_own(self, office: Any, as_: Any) -> None:
        html = panel(as_("kpps"), office.path("doubt"))
        assert not re.search(r"\sstyle=|<script|\son[a-z]+=", html)

    def test_the_second_officer_sees_no_weight(self, office: Any) -> None:
        sight = {"name": "full", "nik": "masked", "birth_date": "full"}
        outcome = office.people["doubt"]
        assert comparison_of(outcome, Wanted(sight)).waterfall
        blind = comparison_of(outcome, Wanted(sight, is_second=True))
        assert not blind.waterfall and blind.contrast is None
        assert blind.reasons  # in words, as for everybody

    def test_tells_the_history_of_the_person(self, office: Any, as_: Any) -> None:
        shown = text(panel(as_("admin"), office.path("both")).encode())
        assert "Riwayat orang ini (2)" in shown and "pertama kali tercatat di sini" in shown
        assert "1 baris register tempat lain tidak ditampilkan." in text(
            panel(as_("kpps"), office.path("both")).encode()
        )

    def test_tells_what_changed_from_snapshot_to_snapshot(self, office: Any, as_: Any) -> None:
        entry = office.people["letter"].entry
        SourceList.objects.filter(pk=office.polres_register.pk).update(place=office.rutan, as_of="2024-10-01")
        before = HeldEntry.objects.get(pk=entry.pk)
        before.pk, before.source_list, before.name, before.block, before.line = (
            None,
            office.polres_register,
            "SUTRIMA",
            "B9",
            90,
        )
        before.save()
        shown = text(panel(as_("kpps"), office.path("letter")).encode())
        assert "berubah: Nama, Blok" in shown
        assert "SUTRIMA" not in shown

    def test_consequences_are_for_who_decides(self, office: Any, as_: Any) -> None:
        path = office.path("doubt") + "?c=1"
        assert "Bila bukan orang ini:" in panel(as_("kpps"), path)
        for role in ("admin", "commissioner", "observer"):
            assert "Bila bukan orang ini:" not in panel(as_(role), path)


class TestSearch:
    def test_finds_a_voter_and_lays_it_beside_the_person(self, searched: Any, as_: Any) -> None:
        browser = as_("kpps")
        voter = searched.people["cells"].voter
        answer = find(browser, searched, name="prastya teguh").content.decode()
        first = re.findall(r'href="(/people/\d+/\?voter=(\d+)#comparison)"', answer)[0]
        assert int(first[1]) == voter.pk
        assert "331609••••••••••" in answer and voter.nik not in answer
        shown = text(panel(browser, first[0].partition("#")[0]).encode())
        assert "Hasil pencarian:" in shown and "TEGUH PRASTYA" in shown and "DPT · hasil pencarian" in shown
        assert "Rincian bobot" in shown
        assert "pemilih ini sekarang diberikan kepada orang lain" in shown

    @pytest.mark.parametrize(
        "words",
        [
            {"name": "teguh prastya"}, {"nik": nik(6)}, {"nik": nik(6)[6:]}, {"born": "16-03-1980"},
            {"name": "teguh", "village": "kunden"}, {"name": "tegoeh", "born": "1980"},
        ],
    )  # fmt: skip
    def test_by_each_field(self, words: dict[str, str], searched: Any, as_: Any) -> None:
        answer = find(as_("kpps"), searched, **words)
        assert answer.context["search"].hits[0].name == "TEGUH PRASTYA"
        assert answer.context["search"].hits[0].reasons

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            ({}, "Tulis nama, sebagian NIK, tanggal lahir, atau desa, lalu cari."),
            ({"name": "XYZZY"}, "Tidak ada yang mendekati di antara 7 pemilih."),
            ({"nik": "12"}, "NIK: tulis paling sedikit empat dan paling banyak enam belas angka."),
            ({"nik": "1" * 17}, "NIK: tulis paling sedikit empat"),
            ({"born": "31-02-80"}, "Tanggal lahir: tulis seperti 17-08-1980"),
            ({"name": "teguh", "village": "Atlantis"}, "Desa: tidak ada desa atau kecamatan bernama ini"),
            ({"name": "123"}, "Nama: tulis dengan huruf."),
        ],
    )
    def test_says_why_nobody_is_shown(self, words: dict[str, str], sentence: str, searched: Any, as_: Any) -> None:
        answer = find(as_("kpps"), searched, **words)
        assert sentence in text(answer.content)
        assert not answer.context["search"].hits

    def test_says_so_where_no_roll_is_prepared(self, office: Any, as_: Any) -> None:
        assert "Belum ada daftar pemilih yang siap dicari." in text(find(as_("kpps"), office, name="teguh").content)

    def test_what_is_typed_stands_in_no_address_and_no_log(self, searched: Any, as_: Any) -> None:
        browser = as_("kpps")
        assert browser.get(searched.path("absent") + "find/?name=TEGUH").context["search"] is None
        answer = find(browser, searched, name="teguh prastya", nik=nik(6))
        assert all(
            "TEGUH" not in link.upper() and nik(6) not in link
            for link in re.findall(r'href="([^"]+)"', answer.content.decode())
        )
        entry = AuditEntry.objects.get(what="looking_up.note_search")
        person = searched.people["absent"].person_id
        assert entry.facts == {"person": person, "name": True, "nik": True, "born": False, "village": False}
        assert "TEGUH" not in str(dict(browser.session.items()))

    def test_only_whom_the_own_search_brought_up_can_be_looked_at(self, searched: Any, as_: Any) -> None:
        browser, voter = as_("kpps"), searched.people["cells"].voter
        path = searched.path("absent") + f"?voter={voter.pk}"
        assert "TEGUH" not in panel(browser, path)
        find(browser, searched, who="letter", name="teguh prastya")  # beside somebody else
        assert "TEGUH" not in panel(browser, path)
        find(browser, searched, name="teguh prastya")
        assert "TEGUH" in panel(browser, path)
        for wrong in ("x", "", "-1", "999999", "9" * 40):
            assert browser.get(searched.path("absent") + f"?voter={wrong}").status_code == 200

    def test_a_voter_of_another_roll_is_not_shown(self, searched: Any, as_: Any) -> None:
        browser, voter = as_("kpps"), searched.people["cells"].voter
        find(browser, searched, name="teguh prastya")
        searched.run.lists.remove(searched.roll)
        assert "TEGUH" not in panel(browser, searched.path("absent") + f"?voter={voter.pk}")

    def test_without_its_roll_a_voter_found_is_shown_without_weights(
        self, searched: Any, as_: Any, settings: Any, tmp_path: Any
    ) -> None:
        browser, voter = as_("kpps"), searched.people["cells"].voter
        find(browser, searched, name="teguh prastya")
        settings.MEDIA_ROOT = tmp_path / "lost"
        shown = text(panel(browser, searched.path("absent") + f"?voter={voter.pk}").encode())
        assert "TEGUH PRASTYA" in shown and "Tanpa bobot" in shown and "Rincian bobot" not in shown

    def test_is_limited_by_the_hour(self, searched: Any, as_: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(looking_up, "NUMBERS_SEARCHED_AN_HOUR", 2)
        browser = as_("kpps")
        found = [find(browser, searched, nik=nik(6)).context["refused"] for _turn in range(3)]
        assert found[:2] == ["", ""] and "2 kali dengan NIK dalam satu jam" in found[2]
        assert find(browser, searched, name="teguh").context["refused"] == ""
        monkeypatch.setattr(looking_up, "SEARCHES_AN_HOUR", 3)
        assert "3 kali dalam satu jam" in find(browser, searched, name="teguh").context["refused"]

    def test_htmx_gets_the_part_alone(self, searched: Any, as_: Any) -> None:
        answer = as_("kpps").post(searched.path("absent") + "find/", {"name": "teguh"}, headers={"HX-Request": "true"})
        assert answer.content.strip().startswith(b'<div id="search">')


class TestWholeNumber:
    def reveal(self, browser: Any, office: Any, reason: str = "paper", query: str = "") -> Any:
        return browser.post(office.path("doubt") + "number/" + query, {"reason": reason})

    def test_is_shown_after_a_reason_and_written_down(self, office: Any, as_: Any, officers: Any) -> None:
        browser, outcome = as_("kpps"), office.people["doubt"]
        assert nik(3) not in browser.get(office.path("doubt") + "number/").content.decode()
        answer = self.reveal(browser, office)
        shown = text(answer.content).replace(" ", "")
        assert nik(3) in shown and outcome.voter and Voter.objects.get(pk=outcome.voter_id).nik in shown
        entry = AuditEntry.objects.get(what="looking_up.reveal_numbers")
        assert (entry.by, entry.subject) == (officers["kpps"], f"Case:{outcome.person.case.pk}")
        assert entry.facts == {"person": outcome.person_id, "voter": outcome.voter_id, "reason": "paper"}
        assert answer.headers["Refresh"] == f"60; url=/review/cases/{outcome.person.case.pk}/?"
        assert "no-store" in answer.headers["Cache-Control"]

    @pytest.mark.parametrize("reason", ["", "because"])
    def test_without_a_reason_nothing_is_shown(self, reason: str, office: Any, as_: Any) -> None:
        answer = self.reveal(as_("kpps"), office, reason)
        assert nik(3) not in text(answer.content).replace(" ", "")
        assert "Pilih untuk apa nomor itu diperlukan." in text(answer.content)
        assert not AuditEntry.objects.filter(what="looking_up.reveal_numbers").exists()

    def test_is_limited_by_the_hour(self, office: Any, as_: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(looking_up, "REVEALS_AN_HOUR", 1)
        browser = as_("kpps")
        self.reveal(browser, office)
        answer = self.reveal(browser, office)
        assert "Anda sudah meminta 1 nomor dalam satu jam." in text(answer.content)
        assert nik(3) not in text(answer.content).replace(" ", "")
        assert "Refresh" not in answer.headers

    def test_of_the_candidate_that_was_shown(self, office: Any, as_: Any) -> None:
        second = Candidate.objects.get(run=office.run, rank=2).voter
        self.reveal(as_("kpps"), office, query="?c=2")
        assert AuditEntry.objects.get(what="looking_up.reveal_numbers").facts["voter"] == second.pk

    def test_leads_back_to_the_case_or_else_to_the_person(self, office: Any, as_: Any) -> None:
        case = office.people["doubt"].person.case
        for role, back in {"kpps": f"/review/cases/{case.pk}/", "commissioner": office.path("doubt")}.items():
            for page in ("number/", "find/"):
                assert f'href="{back}' in as_(role).get(office.path("doubt") + page).content.decode()

    def test_an_older_run_is_not_reached(self, office: Any, as_: Any, officers: Any) -> None:
        a_run(office.election, officers["admin"])
        assert self.reveal(as_("kpps"), office).status_code == 404
