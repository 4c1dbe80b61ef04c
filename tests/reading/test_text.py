"""Text tables: delimiters, encodings, quotes, and lines that do not fit."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.reading import Ending, ProblemCode, ReadResult, Refusal, Refused, read_list
from reconcile.reading.text import _split, _split_block, read_text
from tests.reading.builders import (
    POLRES_HEADING,
    TEXT_HEADING,
    assert_adds_up,
    endings,
    nik,
    problems,
)

Write = Callable[[bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def save(content: bytes | str) -> Path:
        path = tmp_path / "daftar.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return save


def line(number: int, name: str = "WAGIYO LEGAWA") -> str:
    return (
        f"331609#3316091015#001#33-{number}#{nik(number, born='010110')}#{nik(number)}#{name}#L#BLORA#14|03|1980#S"
        "#DK SUMBERJO#1#2#0#S#DP4#0"
    )


def read(path: Path) -> ReadResult:
    result = read_list(path, near="3316")
    assert_adds_up(result)
    return result


def test_the_export_of_sidalih(write: Write) -> None:
    result = read(write("\n".join([TEXT_HEADING, line(1), line(2), ""])))
    assert result.kind == "roll"
    assert result.table.select(["sheet", "row", "name", "nik", "tps", "tps_region"]).to_pylist() == [
        {"sheet": "", "row": row, "name": "WAGIYO LEGAWA", "nik": nik(row - 1)}
        | {"tps": "001", "tps_region": "3316091015"}
        for row in (2, 3)
    ]
    assert result.table["birth_date"].to_pylist()[0].isoformat() == "1980-03-14"
    assert result.table["village"].to_pylist() == ["KUNDEN", "KUNDEN"]
    assert result.problems == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_line_ends(write: Write, end: str, mark: str) -> None:
    text = end.join([TEXT_HEADING, line(1, "MUSTA’IN ANDRÉ"), line(2)]) + end
    assert read(write(text.encode(mark))).table["name"].to_pylist() == ["MUSTA'IN ANDRE", "WAGIYO LEGAWA"]


@pytest.mark.parametrize("delimiter", ["#", ";", ",", "\t", "|"])
def test_delimiters(write: Write, delimiter: str) -> None:
    rows = ["NO#NIK#NAMA#TGL_LHR#TPS#KEL_ID", f"1#{nik(1)}#WAGIYO#14-03-1980#1#3316091015"]
    result = read(write("\n".join(rows).replace("#", delimiter)))
    assert result.table["nik"].to_pylist() == [nik(1)]


def test_quoted_cells_may_hold_delimiters_and_line_breaks(write: Write) -> None:
    heading = ";".join(POLRES_HEADING).replace("TTL / UMUR", '"TTL\n/ UMUR"')
    people = [f'{number};WAGIYO;"Blora; 14-03-1980";"DK A\nKUNDEN ""B""";{nik(number)};RESKRIM;;;' for number in (1, 2)]
    result = read(write("\r\n".join(["DAFTAR TAHANAN POLRES;;;;;;;;", heading, *people])))
    assert result.table["row"].to_pylist() == [3, 4]  # a line break in a cell is no new row in the office's program
    assert result.table["address"].to_pylist() == ['DK A KUNDEN "B"'] * 2
    assert {str(day) for day in result.table["birth_date"].to_pylist()} == {"1980-03-14"}


@pytest.mark.parametrize("name", ['"BEDUL WAGIYO', '"BEDUL" WAGIYO', 'WAGIYO "BEDUL"', '""BEDUL'])
def test_a_stray_quote_swallows_nobody(write: Write, name: str) -> None:
    heading = ";".join(POLRES_HEADING)
    names = ["SUTRIMO", name, "KADARISMAN", "TEGUH"]
    people = [f"{number};{name};;KUNDEN;{nik(number)};RESKRIM;;;" for number, name in enumerate(names, start=1)]
    result = read(write("\n".join([heading, *people])))
    assert result.table["nik"].to_pylist() == [nik(number) for number in (1, 2, 3, 4)]


def test_lines_that_do_not_fit_are_rejected(write: Write) -> None:
    short, long = line(2).replace("#DK SUMBERJO", ""), line(3) + "#MORE"
    padded = line(4) + "# "
    result = read(write("\n".join([TEXT_HEADING, line(1), short, long, padded, "", line(5)])))
    assert endings(result) == {1: Ending.HEADER, 3: Ending.BAD_COLUMNS, 4: Ending.BAD_COLUMNS, 6: Ending.BLANK}
    assert problems(result) == [(ProblemCode.BAD_COLUMNS, 3), (ProblemCode.BAD_COLUMNS, 4)]
    assert (result.records, result.rejected, result.skipped) == (3, 2, 2)


def test_titles_above_the_heading(write: Write) -> None:
    result = read(write("\n".join(["DAFTAR PEMILIH TETAP", "", TEXT_HEADING, line(1)])))
    assert endings(result) == {1: Ending.TITLE, 2: Ending.BLANK, 3: Ending.HEADER}
    assert result.stage == "DPT"


def test_trailing_blank_lines_are_no_rows(write: Write) -> None:
    assert read(write(f"{TEXT_HEADING}\n{line(1)}\n\n \n")).rows == 2


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", Refusal.EMPTY),
        (b"\n \n\t\n", Refusal.EMPTY),
        (b"Yth. Bapak Kepala Rutan,\nbersama ini kami kirimkan daftar.\nTerima kasih.\n", Refusal.NOT_A_LIST),
        (b"harga;jumlah\n1000;3\n2000;4\n", Refusal.NOT_A_LIST),
        (f"{nik(1)};WAGIYO;BLORA\n{nik(2)};SUTRIMO;BLORA\n".encode(), Refusal.NO_HEADER),
        (TEXT_HEADING.encode(), Refusal.NO_PEOPLE),
        (b"\xef\xbb\xbf <html><table><tr><td>NAMA</td></tr></table>", Refusal.HTML),
        (b"<!DOCTYPE html><p>NAMA;NIK;TPS", Refusal.HTML),
        (b'<?xml version="1.0"?><Workbook></Workbook>', Refusal.HTML),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n", Refusal.HTML),
        (b"%PDF-1.7\n1 0 obj # NAMA;NIK;TPS", Refusal.NOT_A_LIST),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Refusal.NOT_A_LIST),
        (b"\x00" * 4000, Refusal.NOT_A_LIST),
        ("NAMA;NIK;TPS\n".encode("utf-16-le"), Refusal.NOT_A_LIST),
    ],
)
def test_text_that_is_no_list(write: Write, content: bytes, code: Refusal) -> None:
    with pytest.raises(Refused) as refusal:
        read_list(write(content))
    assert (refusal.value.code, refusal.value.file) == (code, "daftar.csv")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        read_list(tmp_path / "tidak-ada.csv")
    assert refusal.value.code is Refusal.MISSING
    with pytest.raises(Refused):
        read_list(tmp_path)


@pytest.mark.parametrize("rows, refused", [(65_535, False), (65_536, True)])
def test_a_text_that_ends_where_an_old_workbook_ends(write: Write, rows: int, refused: bool) -> None:
    path = write("NIK;NAMA;TPS;KEL_ID\n" + f"{nik(1)};WAGIYO;1;3316091015\n" * (rows - 1))
    if not refused:
        assert read_text(path).rows == rows
        return
    with pytest.raises(Refused) as refusal:
        read_text(path)
    assert refusal.value.code is Refusal.AT_FORMAT_LIMIT


_CELLS = st.text(alphabet="AÉ1 .|", max_size=3)


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=1, max_size=5), min_size=1, max_size=8))
def test_splitting_at_once_is_splitting_line_by_line(rows: list[list[str]]) -> None:
    width = 3
    columns, odd = _split_block("\n".join("#".join(row) for row in rows).encode(), ord("#"), width)
    expected = [(row + [""] * width)[:width] for row in rows]
    assert [list(row) for row in zip(*(column.to_pylist() for column in columns), strict=True)] == expected
    assert odd == [
        place for place, row in enumerate(rows) if len(row) < width or any(cell.strip() for cell in row[width:])
    ]


def test_blocks_are_cut_at_line_ends() -> None:
    content = "\n".join(f"{number}#b#c" for number in range(50)).encode()
    whole, _ = _split(content, "#", 3)
    parts, ragged = _split(content + b"\nx", "#", 3, block_size=7)
    assert parts[0].to_pylist() == [*whole[0].to_pylist(), "x"]
    assert ragged == {50}
