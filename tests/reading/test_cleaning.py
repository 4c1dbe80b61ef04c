from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest

from reconcile.reading import cleaning
from reconcile.records import COLUMNS


@pytest.mark.parametrize(
    "judge, cells",
    [
        (cleaning.sexes, {"L": "male", "Laki-laki": "male", "PRIA": "male", "LK.": "male", "P": "female",
                          "pr": "female", "Perempuan": "female", "WANITA": "female", "X": None, "": None}),
        (cleaning.maritals, {"B": "single", "Belum Kawin": "single", "S": "married", "SUDAH": "married",
                             "KAWIN TERCATAT": "married", "P": "widowed", "Cerai Mati": "widowed", "JANDA": "widowed",
                             "AKTIF": None, "": None}),
        (cleaning.ektps, {"S": "recorded", "SUDAH REKAM": "recorded", "B": "unrecorded", "1": "recorded", "": None}),
        (cleaning.tps_numbers, {"1": "001", "TPS 12": "012", "901": "901", "3316091015007": "007", "12345": "12345",
                                "": None}),
        (cleaning.rts, {"001": "1", "1": "1", "01/02": "1", "0": None, "000": None, "RT 5": "5", "": None}),
        (cleaning.rws_after_rt, {"01/02": "2", "1": None, "001/000": None}),
        (cleaning.words, {" buruh ": "BURUH", "-": None, "": None, "WNI": "WNI"}),
    ],
)  # fmt: skip
def test_cells_by_their_meaning(judge: Callable[[pa.Array], pa.Array], cells: dict[str, str | None]) -> None:
    assert dict(zip(cells, judge(pa.array(list(cells))).to_pylist(), strict=True)) == cells


def test_the_letter_p_is_read_by_its_column() -> None:
    """P is "perempuan" in one column and "pernah kawin" in another (domain 4.3)."""
    cells = pa.array(["P"])
    assert cleaning.sexes(cells).to_pylist() == ["female"]
    assert cleaning.maritals(cells).to_pylist() == ["widowed"]


@pytest.mark.parametrize(
    "written, tidy",
    [
        ("  DK  SUMBERJO ", "DK SUMBERJO"),
        ("DK\u00a0SUMBERJO\u200b", "DK SUMBERJO"),
        ("DK\nSUMBERJO", "DK SUMBERJO"),
        ("DK\t\u2003SUMBERJO", "DK SUMBERJO"),
        ("André", "André"),
        ("", ""),
    ],
)
def test_spaces_nobody_sees(written: str, tidy: str) -> None:
    once = cleaning.tidy(pa.array([written]))
    assert once.to_pylist() == [tidy]
    assert cleaning.tidy(once).to_pylist() == [tidy]


def test_a_family_card_kept_as_a_number_is_no_evidence() -> None:
    cells = pa.array(["3316090101109001", "3316090101109000", "331609 010110 9001", "-", "", "123"])
    is_number = np.array([False, True, False, False, False, False])
    cards, unusable = cleaning.nkks(cells, is_number)
    assert cards.to_pylist() == ["3316090101109001", None, "3316090101109001", None, None, None]
    assert unusable.tolist() == [False, True, False, False, False, True]


def test_each_distinct_cell_is_judged_once() -> None:
    judged: list[str] = []
    column = cleaning.by_unique(pa.array(["a", "b", "a"]), lambda cell: judged.append(cell) or cell, COLUMNS["rt"])
    assert (judged, column.to_pylist()) == (["a", "b"], ["a", "b", "a"])
