"""What somebody says of a file: kept, remembered for the sender, and read by; archives; correction workbooks."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from office_files import PEOPLE, roll_text, rutan_book
from openpyxl import Workbook, load_workbook
from refusals import refused
from walking import applied, checked, put_through, recognised, the_list

from reconcile.actions import corrections, recognising, uploads
from reconcile.actions.checking import check_upload
from reconcile.actions.recognising import Told, recognise_upload
from reconcile.models import (
    HeldEntry,
    KnownHeading,
    ListProblem,
    ListRefusal,
    ListStatus,
    SourceList,
    Upload,
    UploadStatus,
)
from reconcile.queries.recognition import fields_of, obstacles_to_reading, sheets_without
from reconcile.records import ListKind

pytestmark = pytest.mark.django_db

N = len(PEOPLE)


def with_heading(content: bytes, old: str, new: str | None, rename: str = "") -> bytes:
    """Return a workbook with one heading written otherwise, and with `rename` a title of its own."""
    book = load_workbook(io.BytesIO(content))
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new
            elif rename and isinstance(cell.value, str) and cell.value.startswith("KEADAAN"):
                cell.value = rename
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def odd_book(stands: str = "KEADAAN TANGGAL 1 NOVEMBER 2024") -> bytes:
    """Return a Rutan's register whose names stand under a heading nobody knows."""
    return with_heading(rutan_book(), "NAMA", "SIAPA", stands)


def archive(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return packed.getvalue()


class TestColumns:
    def test_a_missing_field_blocks_until_somebody_says_it(self, election: Any, officers: Any, rutan: Any) -> None:
        by = officers["admin"]
        made = recognised(election, by, odd_book(), kind=ListKind.RUTAN)
        one = the_list(made)
        assert [each.code for each in obstacles_to_reading(made, [one])] == ["heading_needed"]
        rows = {"DATA WBP": 5}
        recognising.recognise_again(upload=made, told={one.pk: Told(header_rows=rows)}, by=by, in_background=False)
        recognise_upload(upload=made)
        one = the_list(made)
        assert sheets_without(one) == {"DATA WBP": ["name"]}
        with refused("field_missing"):
            recognising.confirm_recognition(upload=made, told={}, by=by)
        told = {one.pk: Told(kind=ListKind.RUTAN, fields={"SIAPA": "name"})}
        recognising.confirm_recognition(upload=made, told=told, by=by, in_background=False)
        check_upload(upload=made)
        assert the_list(made).records == N
        put_through(made, by)
        assert HeldEntry.objects.filter(name=PEOPLE[0][0]).exists()

    def test_what_was_said_is_remembered_for_the_sender(
        self, election: Any, officers: Any, rutan: Any, polres: Any
    ) -> None:
        by = officers["admin"]
        unknown = with_heading(rutan_book(), "BLOK", "RUANG TIDUR")
        made = recognised(election, by, unknown)
        one = the_list(made)
        assert fields_of(one)["RUANG TIDUR"] == ""
        told = {one.pk: Told(fields={"RUANG TIDUR": "block"})}
        recognising.confirm_recognition(upload=made, told=told, by=by, in_background=False)
        assert KnownHeading.objects.get().sender == f"rutan:{rutan.name}"
        again = with_heading(rutan_book(), "BLOK", "RUANG TIDUR", "KEADAAN TANGGAL 8 NOVEMBER 2024")
        later = recognised(election, by, again)
        assert fields_of(the_list(later))["RUANG TIDUR"] == "block"
        recognising.confirm_recognition(upload=later, told={}, by=by, in_background=False)
        put_through(check_upload(upload=later), by)
        assert HeldEntry.objects.filter(block="A1").count() == N

    def test_a_column_can_be_left_out(self, election: Any, officers: Any, rutan: Any) -> None:
        by = officers["admin"]
        made = recognised(election, by, rutan_book())
        told = {the_list(made).pk: Told(fields={"BLOK": ""})}
        recognising.confirm_recognition(upload=made, told=told, by=by, in_background=False)
        put_through(check_upload(upload=made), by)
        assert not HeldEntry.objects.exclude(block="").exists()


class TestArchives:
    def test_files_of_an_archive_are_files_of_the_upload(self, election: Any, officers: Any, rutan: Any) -> None:
        packed = archive(
            **{"DPT/001.txt": roll_text(), "wbp.xlsx": rutan_book(), "__MACOSX/x": b"x", ".DS_Store": b"y"}
        )
        made = recognised(election, officers["admin"], packed, name="semua.zip")
        assert {one.file_name: one.kind for one in made.lists.all()} == {"001.txt": "roll", "wbp.xlsx": "rutan"}
        assert put_through(check_upload(upload=_confirmed(made, officers)), officers["admin"]).status == "applied"

    def test_what_was_uploaded_before_is_noted(self, election: Any, officers: Any) -> None:
        by = officers["admin"]
        first = the_list(applied(election, by, roll_text()))
        made = recognised(election, by, archive(lama=roll_text(), baru=roll_text(tps="002")))
        assert [one.file_name for one in made.lists.all()] == ["baru"]
        assert made.notes == [{"code": "same_file", "file": "lama", "list": str(first.pk)}]

    @pytest.mark.parametrize(
        ("packed", "why"), [(archive(), "empty"), (archive(**{f"f{n}": b"x" for n in range(61)}), "too_large")]
    )
    def test_an_archive_that_cannot_be_taken(self, election: Any, officers: Any, packed: bytes, why: str) -> None:
        made = recognised(election, officers["admin"], packed)
        assert (the_list(made).status, the_list(made).refusal) == (ListStatus.REFUSED, why)

    def test_an_archive_that_lies_about_its_size(
        self, election: Any, officers: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from reconcile.reading import archives

        monkeypatch.setattr(archives, "MOST_BYTES", 1000)
        made = recognised(election, officers["admin"], archive(besar=b"0" * 2000))
        assert the_list(made).refusal == "dangerous"


def _confirmed(made: Upload, officers: Any) -> Upload:
    recognising.confirm_recognition(upload=made, told={}, by=officers["admin"], in_background=False)
    return made


def faulty_book(stands: str = "1 NOVEMBER 2024") -> bytes:
    """Return a register in which the third person has no name and the fourth a NIK too short."""
    book = load_workbook(io.BytesIO(rutan_book(stands=stands)))
    book.active["C8"] = None
    book.active["D9"] = "33160909"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def mended(one: SourceList, **cells: str) -> bytes:
    """Return the correction workbook of a list with some cells filled in, by heading and row from 0."""
    corrections.make_correction(one=one)
    book = load_workbook(corrections.path_of(one))
    sheet = book.active
    assert isinstance(sheet, type(Workbook().active))
    heading = next(row for row in sheet.iter_rows() if any(cell.value == "NAMA" for cell in row))
    columns = {cell.value: cell.column for cell in heading}
    for place, value in cells.items():
        name, _, number = place.rpartition("_")
        sheet.cell(heading[0].row + 1 + int(number), columns[name], value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class TestCorrections:
    @pytest.fixture
    def faulty(self, election: Any, officers: Any, rutan: Any) -> SourceList:
        return the_list(applied(election, officers["admin"], faulty_book()))

    def test_the_workbook_has_as_many_rows_as_the_screen_says(self, faulty: SourceList) -> None:
        assert (faulty.records, faulty.rejected, faulty.to_correct) == (N - 1, 1, 2)
        assert corrections.make_correction(one=faulty) == 2
        sheet = load_workbook(corrections.path_of(faulty)).active
        assert sheet is not None
        heading = next(row[0].row for row in sheet.iter_rows() if any(cell.value == "NAMA" for cell in row))
        assert sheet.max_row - heading == 2
        assert Path(corrections.path_of(faulty)).stat().st_mode & 0o077 == 0

    def test_uploaded_again_it_completes_the_list(self, faulty: SourceList, election: Any, officers: Any) -> None:
        by = officers["admin"]
        book = mended(faulty, NAMA_0=PEOPLE[2][0], NIK_1="3316090901889004")
        made = checked(election, by, book, name="perbaikan.xlsx")
        whole = the_list(made)
        assert (whole.completes, whole.kind, whole.place, whole.as_of) == (
            faulty, faulty.kind, faulty.place, faulty.as_of,
        )  # fmt: skip
        assert (whole.records, whole.rejected, whole.rows, whole.to_correct) == (N, 0, faulty.rows, 0)
        assert (whole.new, whole.changed, whole.same, made.gone) == (1, 1, N - 2, 0)
        put_through(made, by)
        assert SourceList.objects.current() == [whole]
        rows = HeldEntry.objects.filter(source_list=whole).order_by("line").values_list("row", "name")
        assert list(rows) == [(6 + n, PEOPLE[n][0]) for n in range(N)]
        assert HeldEntry.objects.get(source_list=whole, row=9).nik == "3316090901889004"

    def test_what_is_mended_half_can_be_mended_again(self, faulty: SourceList, election: Any, officers: Any) -> None:
        by = officers["admin"]
        half = the_list(applied(election, by, mended(faulty, NAMA_0=PEOPLE[2][0])))
        assert (half.records, half.rejected, half.to_correct) == (N, 0, 1)
        whole = the_list(applied(election, by, mended(half, NIK_0="3316090901889004")))
        assert (whole.records, whole.to_correct, [one.pk for one in whole.chain]) == (
            N, 0, [faulty.pk, half.pk, whole.pk],
        )  # fmt: skip
        assert not ListProblem.objects.filter(source_list=whole, code="nik_short").exists()

    def test_people_stay_who_they_are(self, faulty: SourceList, election: Any, officers: Any) -> None:
        before = dict(HeldEntry.objects.filter(source_list=faulty).values_list("name", "person"))
        whole = the_list(applied(election, officers["admin"], mended(faulty, NAMA_0=PEOPLE[2][0])))
        after = dict(HeldEntry.objects.filter(source_list=whole).values_list("name", "person"))
        assert before.items() <= after.items()

    def test_undoing_brings_the_faulty_list_back(self, faulty: SourceList, election: Any, officers: Any) -> None:
        from reconcile.actions.undoing import undo_upload

        by = officers["admin"]
        made = applied(election, by, mended(faulty, NAMA_0=PEOPLE[2][0]))
        undo_upload(upload=made, by=by)
        assert SourceList.objects.current() == [faulty]

    def test_rows_of_another_list_complete_nothing(
        self, faulty: SourceList, election: Any, officers: Any, rutan: Any
    ) -> None:
        by = officers["admin"]
        other = the_list(applied(election, by, faulty_book("8 NOVEMBER 2024")))
        made = recognised(election, by, mended(other, NAMA_0="X Y"), completes=faulty)
        assert the_list(made).refusal == ListRefusal.CORRECTS_OTHER

    def test_an_ordinary_file_is_no_correction(self, faulty: SourceList, election: Any, officers: Any) -> None:
        made = recognised(election, officers["admin"], rutan_book(), completes=faulty)
        assert the_list(made).refusal == ListRefusal.CORRECTS_OTHER

    def test_a_list_that_is_not_in_force_is_not_completed(
        self, faulty: SourceList, election: Any, officers: Any
    ) -> None:
        by = officers["admin"]
        book = mended(faulty, NAMA_0=PEOPLE[2][0])
        applied(election, by, rutan_book(), replaces=[faulty])
        made = recognised(election, by, book)
        assert the_list(made).refusal == ListRefusal.CORRECTS_PAST

    def test_a_workbook_that_is_being_made_is_not_made_twice(self, faulty: SourceList) -> None:
        from reconcile import tasks

        corrections.ask_for_correction(faulty)
        assert tasks.make_correction_task.call(faulty.pk) == "2"
        assert tasks.make_correction_task.call(faulty.pk) == "finished before"


def test_a_second_look_is_possible_from_the_page_only(election: Any, officers: Any) -> None:
    made = checked(election, officers["admin"], roll_text())
    with refused("not_now"):
        recognising.recognise_again(upload=made, told={}, by=officers["admin"])
    uploads.look_again(upload=made, by=officers["admin"])
    recognising.recognise_again(upload=made, told={}, by=officers["admin"], in_background=False)
    assert recognise_upload(upload=made).status == UploadStatus.RECOGNISED
