"""The screens of whole rolls: what is asked for, what came of it, and the voters behind every figure."""

import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from stage_files import FILLER, book, line, two_stages
from walking import applied

from reconcile.actions import inspecting, stages
from reconcile.models import AuditEntry, RollInspection, StageComparison

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(election: Any, officers: Any) -> Any:
    for content in two_stages():
        applied(election, officers["admin"], content, other=officers["admin2"])
    return election


@pytest.fixture
def compared(loaded: Any, officers: Any) -> StageComparison:
    made = stages.queue_comparison(
        election=loaded, first="DP4", second="DPHP", by=officers["admin"], in_background=False
    )
    return stages.execute_comparison(comparison=made)


def page(browser: Any, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", answer.content.decode())


class TestAsking:
    def test_without_a_roll_the_page_says_what_is_missing(self, election: Any, as_: Any) -> None:
        shown = page(as_("commissioner"), "/rolls/")
        assert "Belum ada daftar pemilih yang diunggah" in shown and "<form method" in shown
        assert "/rolls/compare/" not in shown and "/rolls/inspect/" not in shown

    def test_with_one_stage_there_is_nothing_to_compare(self, election: Any, officers: Any, as_: Any) -> None:
        applied(election, officers["admin"], book("DP4", line(1), line(2)))
        shown = page(as_("commissioner"), "/rolls/")
        assert "Baru DP4 yang dimuat" in shown and "/rolls/inspect/" in shown and "/rolls/compare/" not in shown

    def test_two_stages_are_asked_for_and_waited_for(self, loaded: Any, as_: Any) -> None:
        browser = as_("commissioner")
        assert "/rolls/compare/" in page(browser, "/rolls/")
        answer = browser.post("/rolls/compare/", {"first": "DP4", "second": "DPHP"})
        made = StageComparison.objects.get()
        assert answer.headers["Location"] == f"/rolls/stages/{made.pk}/"
        waiting = page(browser, answer.headers["Location"])
        assert "menunggu giliran" in waiting and f'hx-get="/rolls/stages/{made.pk}/"' in waiting
        assert browser.get(f"/rolls/stages/{made.pk}/voters/").status_code == 404

    @pytest.mark.parametrize(
        ("first", "second"), [("DP4", "DP4"), ("DPHP", "DP4"), ("DP4", "DPT"), ("", "DPHP"), ("X", "DPHP")]
    )
    def test_what_cannot_be_compared_is_refused(self, first: str, second: str, loaded: Any, as_: Any) -> None:
        answer = as_("commissioner").post("/rolls/compare/", {"first": first, "second": second}, follow=True)
        assert "messages" in answer.content.decode() and not StageComparison.objects.exists()

    def test_one_at_a_time(self, loaded: Any, as_: Any) -> None:
        browser = as_("commissioner")
        for _ in range(2):
            browser.post("/rolls/compare/", {"first": "DP4", "second": "DPHP"})
            browser.post("/rolls/inspect/", {"stage": "DPHP"})
        assert (StageComparison.objects.count(), RollInspection.objects.count()) == (1, 1)

    def test_an_observer_sees_but_does_not_ask(self, compared: StageComparison, as_: Any) -> None:
        browser = as_("observer")
        shown = page(browser, "/rolls/")
        assert "/rolls/compare/" not in shown and f"/rolls/stages/{compared.pk}/" in shown


class TestStages:
    def test_faults_come_first_and_every_figure_opens_its_rows(self, compared: StageComparison, as_: Any) -> None:
        browser = as_("commissioner")
        shown = page(browser, f"/rolls/stages/{compared.pk}/")
        assert shown.index("8 tanpa padanan B") < shown.index("pemilih DP4")
        link = rf'href="(/rolls/stages/{compared.pk}/voters/\?[^"]+)"[^>]*>(?:[^<]*?: )?([\d.]+)[^<]*</a>'
        links = set(re.findall(link, shown))
        assert len(links) > 15
        for path, figure in links:
            rows = page(browser, path.replace("&amp;", "&"))
            told = re.search(r"<h1[^>]*>[^<]*: ([\d.]+)</h1>", rows)
            assert told and told[1] == figure, path
            assert rows.count("<tr>") == int(figure) + 1, path

    def test_sums_tie(self, compared: StageComparison) -> None:
        counts = compared.counts
        stay = counts["same"] + counts["changed"] + counts["moved"]
        assert stay + counts["struck"] + counts["gone"] == FILLER + 5 == counts["rows_first"]
        assert stay + counts["new"] == FILLER + 3
        assert counts["faults"] == {"gone": 1, "no_new_entry": 1}
        assert counts["codes"] == {"1": 1, "8": 1}

    def test_an_area_opens_to_its_tps(self, compared: StageComparison, as_: Any) -> None:
        browser = as_("commissioner")
        path = f"/rolls/stages/{compared.pk}/"
        assert "?area=331609#recap" in page(browser, path)
        assert "?area=3316091015#recap" in page(browser, f"{path}?area=331609")
        village = page(browser, f"{path}?area=3316091015")
        assert "TPS 001 Kunden" in village and "TPS 002 Kunden" in village
        assert "area=3316091015-002" in village

    @pytest.mark.parametrize("area", ["x", "33", "999999", "3316091015001"])
    def test_an_area_that_is_none_shows_something_true(self, area: str, compared: StageComparison, as_: Any) -> None:
        assert "Rekapitulasi" in page(as_("commissioner"), f"/rolls/stages/{compared.pk}/?area={area}")

    def test_changed_fields_are_told_and_numbers_are_masked(self, compared: StageComparison, as_: Any) -> None:
        shown = page(as_("commissioner"), f"/rolls/stages/{compared.pk}/voters/?of=changed")
        assert "DK KRAJAN" in shown and "JL MAWAR 5" in shown
        assert not re.search(r"\d{16}", shown) and "331609••••••••••" in shown
        assert "daftar-2" not in shown and "baris " in shown

    def test_an_observer_sees_no_number_no_birth_date_and_no_source(self, compared: StageComparison, as_: Any) -> None:
        shown = page(as_("observer"), f"/rolls/stages/{compared.pk}/voters/?of=changed")
        assert "331609" not in shown and "-03-1980" not in shown and "tahun" in shown and "baris " not in shown

    def test_a_lost_answer_says_so(self, compared: StageComparison, as_: Any) -> None:
        (compared.folder / "recap.parquet").unlink()
        assert "Hasilnya sudah tidak ada" in page(as_("commissioner"), f"/rolls/stages/{compared.pk}/")

    def test_another_elections_comparison_is_not_found(self, compared: StageComparison, as_: Any) -> None:
        assert as_("commissioner").get(f"/rolls/stages/{compared.pk + 1}/").status_code == 404

    def test_queries_do_not_grow_with_the_rows(
        self, compared: StageComparison, as_: Any, django_assert_max_num_queries: Any
    ) -> None:
        browser = as_("commissioner")
        with django_assert_max_num_queries(14):
            browser.get(f"/rolls/stages/{compared.pk}/voters/?of=first")


class TestForms:
    def sheets(self, browser: Any, path: str) -> dict[str, list[list[Any]]]:
        answer = browser.get(path)
        assert answer.status_code == 200
        workbook = load_workbook(BytesIO(b"".join(answer.streaming_content)))
        return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in workbook}

    def test_both_forms_of_a_village(self, compared: StageComparison, as_: Any) -> None:
        sheets = self.sheets(as_("commissioner"), f"/rolls/stages/{compared.pk}/recap/?area=3316091015")
        form, changes = sheets["A-REKAP PPS"], sheets["PERUBAHAN"]
        assert form[5][:6] == ["NO", "NOMOR TPS", "L", "P", "L+P", "KETERANGAN"]
        assert [row[1:5] for row in form[6:]] == [
            ["TPS 001 Kunden", FILLER + 1, 1, FILLER + 2], ["TPS 002 Kunden", 1, 0, 1],
            ["JUMLAH", FILLER + 2, 1, FILLER + 3],
        ]  # fmt: skip
        assert [cell for cell in changes[5] if cell] == ["PEMILIH BARU", "TMS", "PERBAIKAN"]
        assert changes[6] == ["NOMOR TPS", *["L", "P", "L+P"] * 3, "TOTAL", "KETERANGAN"]
        assert changes[7][:11] == ["TPS 001 Kunden", 0, 1, 1, 3, 0, 3, 1, 0, 1, 5]
        assert changes[7][11] == "pindah keluar 1, hilang tanpa kode 1"
        assert changes[9][:11] == ["JUMLAH", 1, 1, 2, 3, 0, 3, 1, 0, 1, 6]
        tie = [row[:2] for row in changes[11:]]
        assert [figure for _, figure in tie] == [FILLER + 5, 2, 3, 1, FILLER + 3]
        assert tie[0][1] + tie[1][1] - tie[2][1] - tie[3][1] == tie[4][1]

    def test_it_is_logged(self, compared: StageComparison, as_: Any) -> None:
        as_("commissioner").get(f"/rolls/stages/{compared.pk}/recap/")
        entry = AuditEntry.objects.get(what="exports.export_recap")
        assert entry.facts == {"area": "", "rows": 1}


class TestInspection:
    @pytest.fixture
    def inspected(self, election: Any, officers: Any) -> RollInspection:
        same = [line(number) for number in range(10, 10 + FILLER)]
        rows = [line(1), line(1, tps="002"), line(2, day="28-11-2007"), *same]
        applied(election, officers["admin"], book("DPHP", *rows), other=officers["admin2"])
        made = inspecting.queue_inspection(election=election, stage="DPHP", by=officers["admin"], in_background=False)
        return inspecting.execute_inspection(inspection=made)

    def test_faults_and_warnings_with_their_rows(self, inspected: RollInspection, as_: Any) -> None:
        browser = as_("commissioner")
        shown = page(browser, f"/rolls/inspections/{inspected.pk}/")
        assert shown.index("NIK yang sama dua kali") < shown.index("Peringatan")
        links = re.findall(rf'href="(/rolls/inspections/{inspected.pk}/voters/\?check=\w+)"[^>]*>([\d.]+)', shown)
        assert dict(links)[f"/rolls/inspections/{inspected.pk}/voters/?check=nik_twice"] == "2"
        assert dict(links)[f"/rolls/inspections/{inspected.pk}/voters/?check=under_age"] == "1"
        for path, figure in links:
            rows = page(browser, path)
            assert rows.count("<tr>") == int(figure) + 1 and not re.search(r"\d{16}", rows)

    def test_it_strikes_nobody(self, inspected: RollInspection) -> None:
        assert sum(one.voters.count() for one in inspected.lists.all()) == FILLER + 3

    def test_a_check_that_is_none_is_not_found(self, inspected: RollInspection, as_: Any) -> None:
        assert as_("commissioner").get(f"/rolls/inspections/{inspected.pk}/voters/?check=x").status_code == 404

    def test_a_stage_that_is_not_loaded_is_refused(self, inspected: RollInspection, as_: Any) -> None:
        answer = as_("commissioner").post("/rolls/inspect/", {"stage": "DPS"}, follow=True)
        assert "Tahapan ini belum dimuat" in answer.content.decode()
