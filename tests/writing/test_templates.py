"""A template filled in gives its people without a question; an empty one holds nobody."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reconcile.reading import Refusal, Refused, read_list
from reconcile.reading.columns import field_of
from reconcile.records import COLUMNS, ListKind, NikQuality
from reconcile.writing.account import DONE, exit_status
from reconcile.writing.templates import GUIDE, list_template
from tests.reading.builders import assert_adds_up, nik

pytestmark = pytest.mark.slow

HEADING = {ListKind.ROLL: 3, ListKind.MOVED: 3, ListKind.RUTAN: 4, ListKind.POLRES: 4}


@pytest.fixture(params=list(ListKind))
def kind(request: pytest.FixtureRequest) -> ListKind:
    return ListKind(request.param)


def template(kind: ListKind) -> Any:
    target = BytesIO()
    list_template(kind, target)
    return load_workbook(target)


def filled(kind: ListKind, path: Path) -> Path:
    """Fill in three people as the guide says, each with a NIK of their own."""
    book = template(kind)
    sheet = book.worksheets[0]
    for number in (1, 2, 3):
        for place, (_, example, _) in enumerate(list(book[GUIDE].iter_rows(values_only=True))[1:], start=1):
            heading = sheet.cell(HEADING[kind], place).value
            value = {"NO": str(number), "NIK": nik(number), "NO KK": nik(number, born="010110")}.get(heading, example)
            sheet.cell(HEADING[kind] + number, place).value = value
    if HEADING[kind] == 4:
        sheet.cell(2, 3).value = "1 NOVEMBER 2024"
    book.save(path)
    return path


def test_a_filled_template_is_read_without_a_question(kind: ListKind, tmp_path: Path) -> None:
    result = read_list(filled(kind, tmp_path / "daftar.xlsx"), near="3316")
    assert_adds_up(result)
    assert (result.kind, result.records, result.problems) == (kind, 3, ())
    assert exit_status(result) == DONE
    assert result.table["nik"].to_pylist() == [nik(number) for number in (1, 2, 3)]
    assert set(result.table["nik_quality"].to_pylist()) == {NikQuality.OK}
    assert result.table["sex"].to_pylist() == ["male"] * 3
    assert {str(day) for day in result.table["birth_date"].to_pylist()} == {"1980-03-14"}
    assert str(result.as_of) == ("2024-11-01" if HEADING[kind] == 4 else "None")


def test_every_column_goes_where_it_should(kind: ListKind) -> None:
    sheet = template(kind).worksheets[0]
    fields = [field_of(cell.value) for cell in sheet[HEADING[kind]]]
    assert len(set(fields)) == len(fields)
    assert {field.removeprefix("from_").removeprefix("to_") for field in fields} - set(COLUMNS) <= {
        "number", "move_reason",
    }  # fmt: skip


def test_identifiers_are_text_and_choices_are_offered(kind: ListKind) -> None:
    sheet = template(kind).worksheets[0]
    headings = {cell.value: cell.column_letter for cell in sheet[HEADING[kind]]}
    first, last = HEADING[kind] + 1, HEADING[kind] + 500
    for row in (first, last):
        assert sheet[f"{headings['NIK']}{row}"].number_format == "@"
    assert sheet.column_dimensions[headings["NIK"]].number_format == "@"
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered[f"{headings['JENIS KELAMIN']}{first}:{headings['JENIS KELAMIN']}1048576"] == '"L,P"'
    if kind is ListKind.RUTAN:
        assert any('"A.I,A.II,' in choices for choices in offered.values())


def test_an_empty_template_holds_nobody(kind: ListKind, tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as file:
        list_template(kind, file)
    with pytest.raises(Refused) as refused:
        read_list(tmp_path / "a.xlsx")
    assert refused.value.code is Refusal.NO_PEOPLE


def test_the_same_bytes_every_time(kind: ListKind) -> None:
    one, other = BytesIO(), BytesIO()
    list_template(kind, one)
    list_template(kind, other)
    assert one.getvalue() == other.getvalue()
    assert len(one.getvalue()) < 200_000
