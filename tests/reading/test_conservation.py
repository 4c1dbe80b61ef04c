"""Random sheets from a writer that knows the truth: every row ends where it must, under the office's number."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.reading import Ending, Refused
from reconcile.reading.understanding import understand
from tests.reading.builders import (
    FLAT_HEADING,
    MOVED_HEADING,
    NAMES,
    POLRES_HEADING,
    RUTAN_HEADING,
    Row,
    assert_adds_up,
    nik,
    sheet,
)

pytestmark = pytest.mark.slow

_FIELDS = {
    "NO": lambda number: number,
    "NAMA": lambda number: NAMES[number % len(NAMES)],
    "NIK": nik,
    "NO. REGISTRASI": lambda number: f"B.I-{number}/2024",
    "TTL": lambda number: "BLORA, 14-03-1980",
    "JK": lambda number: "L",
    "ALAMAT": lambda number: "KUNDEN BLORA",
    "AGAMA": lambda number: "ISLAM",
    "BLOK": lambda number: "A1",
}
_OPTIONAL = ("NO", "JK", "ALAMAT", "AGAMA", "BLOK")


@dataclass
class Written:
    """A sheet row by row, each with its ending; None for a person."""

    rows: list[list[Any]]
    truth: list[Ending | None]
    numbered: bool

    def add(self, cells: list[Any], ending: Ending | None) -> None:
        self.rows.append(cells)
        self.truth.append(ending)


@st.composite
def written_sheets(draw: st.DrawFn) -> Written:
    headings = draw(st.permutations([name for name in _FIELDS if name not in _OPTIONAL or draw(st.booleans())]))
    found = Written([], [], "NO" in headings)
    for _ in range(draw(st.integers(0, 3))):
        found.add([], Ending.BLANK)
    found.add(["DATA WBP RUTAN BLORA"], Ending.TITLE)
    found.add(list(headings), Ending.HEADER)
    if draw(st.booleans()):
        found.add(list(range(1, len(headings) + 1)), Ending.NUMBERING)
    for number in range(1, draw(st.integers(1, 12)) + 1):
        for between in draw(st.lists(st.sampled_from(["blank", "heading", "total", "title", "nameless"]), max_size=2)):
            _add_between(found, between, headings, number)
        found.add(_person(draw, headings, number), None)
    _add_tail(draw, found, headings)
    return _shifted(found, draw(st.integers(0, 3)))


def _person(draw: st.DrawFn, headings: list[str], number: int) -> list[Any]:
    lacks = draw(st.sets(st.sampled_from(["NIK", "TTL", "JK", "ALAMAT", "BLOK"]), max_size=3))
    return [None if name in lacks else _FIELDS[name](number) for name in headings]


def _add_between(found: Written, what: str, headings: list[str], number: int) -> None:
    if what == "blank":
        found.add([], Ending.BLANK)
    elif what == "heading":
        found.add(list(headings), Ending.HEADER)
    elif what == "total":
        found.add(["JUMLAH", number - 1], Ending.TOTAL)
    elif what == "title":
        cells = [None if name != "AGAMA" else "TAHANAN DEWASA" for name in headings]
        found.add(cells, Ending.TITLE if any(cells) else Ending.BLANK)
    else:
        cells = [None if name in ("NAMA", "NO") else _FIELDS[name](number) for name in headings]
        found.add(cells, Ending.NO_NAME)


def _add_tail(draw: st.DrawFn, found: Written, headings: list[str]) -> None:
    """A total or a blank row, then signatures: in the column of names, and beside it."""
    if draw(st.booleans()):
        return
    if draw(st.booleans()):
        found.add(["JUMLAH", sum(ending is None for ending in found.truth)], Ending.TOTAL)
    else:
        found.add([], Ending.BLANK)
    signatures = st.sampled_from(["MENGETAHUI", "KEPALA RUTAN", NAMES[0], "NIP. 19700101 199503 1 001"])
    for words in draw(st.lists(signatures)):
        cells: list[Any] = [words if name == "NAMA" else None for name in headings]
        if "ALAMAT" in headings and draw(st.booleans()):
            cells[headings.index("ALAMAT")] = "Blora, 1 November 2024"
        found.add(cells, Ending.SIGNATURE)


def _shifted(found: Written, columns: int) -> Written:
    found.rows = [[None] * columns + cells if cells else [] for cells in found.rows]
    return found


@settings(max_examples=40, deadline=None)
@given(written_sheets())
def test_every_row_ends_where_it_must(written: Written) -> None:
    rows: list[Row] = [tuple(cells) for cells in written.rows]
    result = understand([sheet(rows)], "daftar.xlsx", "3316")
    assert_adds_up(result)
    truth = {row: ending for row, ending in enumerate(written.truth, start=1) if ending}
    assert {end.row: end.why for end in result.ends} == truth
    assert result.records == sum(ending is None for ending in written.truth)


_CELLS = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.integers(-5, 10**17),
    st.floats(),
    st.dates(date(1800, 1, 1), date(2100, 1, 1)),
    st.sampled_from(
        ["JUMLAH", "TPS 002", "KECAMATAN : BLORA", "NAMA", "(1)", "1", nik(1), "3.31609E+15", "31-02-1990", "P", "-",
         "RT 1 RW 2", ",", "DS", "KAB", "BLORA", "NIP. 123", "AL", "BIN", "@", "A.III-1/2024", "9999999999999", "\x00"]
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([RUTAN_HEADING, POLRES_HEADING, MOVED_HEADING, FLAT_HEADING]), st.data())
def test_whatever_stands_in_the_cells_every_row_ends_once(heading: Row, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(_CELLS, max_size=len(heading) + 1), max_size=6))
    with suppress(Refused):
        assert_adds_up(understand([sheet([heading, *rows])], "daftar.xlsx"))
