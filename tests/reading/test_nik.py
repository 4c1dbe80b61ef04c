import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.reading.checking import against_rows, twice, unusable_niks, zeros_at_the_end
from reconcile.reading.nik import Nik, birth_of, clean_nik, clean_niks, digit_matrix, female_by_nik
from reconcile.reading.problems import ProblemCode
from reconcile.records import NikQuality

GOOD = "3316091403809001"


@pytest.mark.parametrize(
    "written", [GOOD, f" {GOOD} ", f"'{GOOD}", "331609 140380 9001", "33.16.09.140380.9001", "331609-140380-9001"]
)
def test_decoration_is_taken_off(written: str) -> None:
    assert clean_nik(written) == Nik(GOOD, GOOD, NikQuality.OK)


@pytest.mark.parametrize(
    "written, digits, quality",
    [
        ("", "", NikQuality.MISSING),
        ("-", "", NikQuality.MISSING),
        ("0", "", NikQuality.MISSING),
        ("TIDAK ADA", "", NikQuality.MISSING),
        ("belum punya KTP", "", NikQuality.MISSING),
        ("00000", "", NikQuality.JUNK),
        ("2222222222222222", "", NikQuality.JUNK),
        ("0000001403809001", "", NikQuality.JUNK),
        ("9916091403800000", "991609140380", NikQuality.JUNK),
        ("331609140380900", "331609140380900", NikQuality.SHORT),
        ("33160914038090011", "33160914038090011", NikQuality.LONG),
        ("3316O91403809001", "3316", NikQuality.LETTERS),
        ("331609140380900l", "331609140380900", NikQuality.LETTERS),
        ("331609******9001", "331609", NikQuality.LETTERS),
        ("3.31609E+15", "331609", NikQuality.LOST),
        ("3,31609E+15", "331609", NikQuality.LOST),
        ("3.31609140380900E+15", "331609", NikQuality.LOST),
        ("3316091403809000.0", "331609140380900", NikQuality.ROUNDED),
    ],
)
def test_a_damaged_nik_is_no_key(written: str, digits: str, quality: NikQuality) -> None:
    assert clean_nik(written) == Nik(None, digits, quality)


def test_a_number_has_lost_its_last_digit() -> None:
    assert clean_nik(GOOD, is_number=True) == Nik(None, GOOD[:15], NikQuality.ROUNDED)
    assert clean_nik("9171010203919000", is_number=True).digits == "917101020391900"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([GOOD, "", "-", "123", f"'{GOOD}", "3.31609E+15", "1" * 16, "33160914O"])), st.data())
def test_a_column_reads_as_each_of_its_cells(written: list[str], data: st.DataObject) -> None:
    numbers = data.draw(st.none() | st.lists(st.booleans(), min_size=len(written), max_size=len(written)))
    mask = None if numbers is None else np.array(numbers, bool)
    value, digits, quality = clean_niks(pa.array(written, pa.string()), mask)
    niks = [clean_nik(cell, is_number=bool(numbers and numbers[place])) for place, cell in enumerate(written)]
    assert value.to_pylist() == [nik.value for nik in niks]
    assert digits.to_pylist() == [nik.digits for nik in niks]
    assert quality.to_pylist() == [nik.quality for nik in niks]


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20) | st.from_regex(r"[0-9 .'E+-]{0,20}", fullmatch=True), st.booleans())
def test_a_clean_nik_stays_as_it_is(written: str, is_number: bool) -> None:
    nik = clean_nik(written, is_number=is_number)
    assert (nik.value is not None) == (nik.quality is NikQuality.OK)
    if nik.value is not None:
        assert clean_nik(nik.value) == nik
        assert len(nik.value) == 16 and not is_number


def test_what_a_nik_says() -> None:
    digits = digit_matrix(pa.array([GOOD, None, "3316095409059003", "12"]))
    assert digits.shape == (4, 16)
    assert [part.tolist() for part in birth_of(digits)] == [[14, -1, 14, -1], [3, -1, 9, -1], [80, -1, 5, -1]]
    assert female_by_nik(digits).tolist() == [False, False, True, False]


def test_a_nik_against_its_row_is_a_warning() -> None:
    from datetime import date

    niks = pa.array([GOOD, GOOD, GOOD, None, "3316095403809001", "3316091203809001"])
    born = date(1980, 3, 14)
    dates = pa.array([born, date(1980, 3, 15), None, date(1970, 1, 1), born, date(1980, 12, 3)])
    sexes = pa.array(["male", "female", "male", "male", "female", None])
    found = {code: np.flatnonzero(wrong).tolist() for code, wrong in against_rows(niks, dates, sexes).items()}
    assert found == {
        ProblemCode.NIK_DATE_DIFFERS: [1],
        ProblemCode.DATE_SWAPPED: [5],
        ProblemCode.NIK_SEX_DIFFERS: [1],
    }


def test_the_same_nik_twice() -> None:
    assert twice(pa.chunked_array([["a", None], ["b", "a", None]])).tolist() == [True, False, False, True, False]


def test_damage_by_kind() -> None:
    quality = pa.array(["ok", "short", "missing", "short"]).dictionary_encode()
    found = {code: np.flatnonzero(wrong).tolist() for code, wrong in unusable_niks(quality).items()}
    assert found == {ProblemCode.NIK_MISSING: [2], ProblemCode.NIK_SHORT: [1, 3]}


@pytest.mark.parametrize(
    "ends, is_said, doubted",
    [
        ("0000", False, 0),  # too few to tell
        ("01234", False, 0),
        ("00123", True, 0),  # said, but two of five happen by chance
        ("00000", True, 5),
        ("0000012", True, 5),
        ("0012345678", False, 0),
    ],
)
def test_a_rounded_column_shows_by_its_zeros(ends: str, is_said: bool, doubted: int) -> None:
    niks = pa.array([f"331609140380900{end}" for end in ends])
    said, which = zeros_at_the_end(niks)
    assert (said, int(which.sum())) == (is_said, doubted)
