"""A large worksheet is read portion by portion: the same cells as in one go, and the same account of its rows."""

from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from openpyxl import Workbook

from reconcile.reading.child import Sender, send
from reconcile.reading.lists import read_cells
from reconcile.reading.problems import Refusal, Refused
from reconcile.reading.raw import RawSheet
from reconcile.reading.workbook import sheets_from
from tests.reading.builders import sheet_xml, write_parts
from tests.reading.faults import GOOD

ROWS = 2_000
SMALL = 20_000  # bytes: a tenth of the sheet


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts, numbers and dates from the third column on; gaps, a hidden row and column, a formula without result."""
    path: Path = tmp_path_factory.mktemp("portions") / "large.xlsx"
    book = Workbook()
    first, second = book.active, book.create_sheet("KEDUA")
    assert first is not None
    for row in range(5, ROWS):
        if row % 300 < 20:
            continue  # rows that are not there at all
        first.cell(row, 3, f"ORANG {row}")
        first.cell(row, 4, row)
        first.cell(row, 5, date(1980, 1, 1 + row % 28))
        first.cell(row, 6, None if row < ROWS - 50 else "KANAN")
    first.cell(1_000, 7, "=1+1")
    first.row_dimensions[1_001].hidden = True
    first.column_dimensions["D"].hidden = True
    second["B2"] = "lain"
    book.save(path)
    return path


def sheets(path: Path, folder: Path, rows: int | None = None, portion: int = 1 << 30) -> list[RawSheet]:
    folder.mkdir()
    out = BytesIO()
    Sender(out, folder, rows, portion).send_workbook(path)
    send(out, "D", {})
    out.seek(0)
    found = sheets_from(out)
    assert isinstance(found, list)
    assert list(folder.iterdir()) == []
    return found


def cells(sheet: RawSheet) -> pa.Table:
    return pa.table(list(sheet.columns), names=[str(place) for place in range(len(sheet.columns))])


def test_portions_are_the_whole(book: Path, tmp_path: Path) -> None:
    whole, parted = sheets(book, tmp_path / "a"), sheets(book, tmp_path / "b", portion=SMALL)
    assert [sheet.name for sheet in parted] == ["Sheet", "KEDUA"]
    for one, other in zip(whole, parted, strict=True):
        assert cells(one).equals(cells(other))
        assert (one.hidden_rows, one.hidden_columns, one.uncomputed) == (
            other.hidden_rows, other.hidden_columns, other.uncomputed,
        )  # fmt: skip
        for kinds, others in zip(one.kinds, other.kinds, strict=True):
            assert (kinds is None and others is None) or list(kinds) == list(others)  # type: ignore[arg-type]


def test_of_rows_nobody_wants_only_the_number_stays(book: Path) -> None:
    whole = read_cells(book)
    first, second = read_cells(book, wanted={"Sheet": np.array([4, 998, 1_549])})
    assert (first.rows, len(first.columns)) == (whole[0].rows, len(whole[0].columns))
    for row in (4, 998, 1_549):
        assert first.cells([row]) == whole[0].cells([row])
    assert {"".join(texts) for texts in first.cells(range(5, 998))} == {""}
    assert second.cells([1]) == [("", "")]  # nothing is wanted of a sheet that is not named


def test_rows_and_columns_are_the_ones_of_the_office(book: Path, tmp_path: Path) -> None:
    first, second = sheets(book, tmp_path / "a", portion=SMALL)
    assert first.columns[2][1_549].as_py() == "ORANG 1550"
    assert (first.rows, len(first.columns)) == (ROWS - 1, 6)
    assert (first.hidden_rows, first.hidden_columns, first.uncomputed) == ((1_001,), (3,), (1_000,))
    assert second.cells([1]) == [("", "lain")]


def test_only_the_first_rows_when_asked(book: Path, tmp_path: Path) -> None:
    for folder, portion in (("a", 1 << 30), ("b", SMALL)):
        first, second = sheets(book, tmp_path / folder, rows=100, portion=portion)
        assert (first.rows, second.rows) == (100, 2)
        assert first.columns[2][99].as_py() == "ORANG 100"


def test_rows_of_a_later_portion_that_belong_above_are_refused(tmp_path: Path) -> None:
    numbered = [(row, GOOD[3]) for row in (*range(101, 201), *range(1, 101))]
    path = write_parts(tmp_path / "disorder.xlsx", sheet_xml(numbered))
    assert sheets(path, tmp_path / "a")[0].rows == 200
    with pytest.raises(Refused) as refused:
        sheets(path, tmp_path / "b", portion=5_000)
    assert refused.value.code is Refusal.ROWS_DISAGREE


def test_rows_without_numbers_are_not_cut_apart(tmp_path: Path) -> None:
    import re

    xml = re.sub(r' r="[A-Z]*\d+"', "", sheet_xml([(row, GOOD[3]) for row in range(1, 101)]))
    path = write_parts(tmp_path / "bare.xlsx", xml)
    assert sheets(path, tmp_path / "a", portion=5_000)[0].rows == 100
