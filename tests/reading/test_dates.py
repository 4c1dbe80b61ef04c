from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.reading.cleaning import births, with_ages
from reconcile.reading.dates import MONTHS, Birth, read_birth, read_day, split_place_and_date
from reconcile.reading.problems import ProblemCode
from reconcile.records import DateQuality

BORN = Birth(date(1987, 8, 12), 1987, None, DateQuality.EXACT)


@pytest.mark.parametrize(
    "written",
    [
        "12|08|1987", "12/08/1987", "12-08-1987", "1987-08-12", "12.08.1987", "12 08 1987", "12-8-1987", "1987/8/12",
        "12 Agustus 1987", "12 agt 1987", "12-AGT-1987", "12 Ags. 1987", "12Aug1987", "12 - 08 - 1987", " 12-08-1987 ",
        "12\u00a008\u00a01987", "1987-08-12 00:00:00", "1987-08-12T00:00:00", "12/08/1987 0:00", "32001", "'12-08-1987",
        "12081987", "19870812", "12-08-1987 (37 th)", "37 tahun / 12 Agustus 1987", "12-08-1987 / 37 TH",
    ],
)  # fmt: skip
def test_one_date_in_many_forms(written: str) -> None:
    assert read_birth(written) == BORN


@pytest.mark.parametrize("word, month", [("Pebruari", 2), ("Nopember", 11), ("Nop", 11), ("Mei", 5), ("Okt", 10)])
def test_months_as_offices_spell_them(word: str, month: int) -> None:
    assert read_birth(f"3 {word} 1990").day == date(1990, month, 3)
    assert MONTHS[word.upper()] == month


@pytest.mark.parametrize(
    "written, born",
    [
        ("1987", Birth(None, 1987, None, DateQuality.YEAR)),
        ("TAHUN 1987", Birth(None, 1987, None, DateQuality.YEAR)),
        ("Agustus 1987", Birth(None, 1987, None, DateQuality.YEAR)),
        ("08/1987", Birth(None, 1987, None, DateQuality.YEAR)),
        ("??-??-1987", Birth(None, 1987, None, DateQuality.YEAR)),
        ("35 TH", Birth(None, None, 35, DateQuality.AGE)),
        ("Umur 35 tahun", Birth(None, None, 35, DateQuality.AGE)),
        ("± 35 thn", Birth(None, None, 35, DateQuality.AGE)),
        ("35 TAHUN 4 BULAN", Birth(None, None, 35, DateQuality.AGE)),
        ("01-01-1970", Birth(date(1970, 1, 1), 1970, None, DateQuality.FILLER)),
        ("", Birth()),
        ("-", Birth()),
        ("?", Birth()),
    ],
)
def test_less_than_a_date(written: str, born: Birth) -> None:
    assert read_birth(written) == born


@pytest.mark.parametrize(
    "written, problem, day, year",
    [
        ("31-02-1990", ProblemCode.DATE_IMPOSSIBLE, None, 1990),
        ("00-00-1970", ProblemCode.DATE_IMPOSSIBLE, None, 1970),
        ("29-02-1990", ProblemCode.DATE_IMPOSSIBLE, None, 1990),
        ("12-08-2077", ProblemCode.DATE_IMPOSSIBLE, None, None),
        ("12-08-1077", ProblemCode.DATE_IMPOSSIBLE, None, None),
        ("12/25/1990", ProblemCode.DATE_MONTH_FIRST, date(1990, 12, 25), 1990),
        ("12-08-87", ProblemCode.DATE_TWO_DIGIT_YEAR, date(1987, 8, 12), 1987),
        ("12-08-03", ProblemCode.DATE_TWO_DIGIT_YEAR, date(2003, 8, 12), 2003),
        ("BLORA", ProblemCode.DATE_UNREADABLE, None, None),
        ("12-08-", ProblemCode.DATE_UNREADABLE, None, None),
        ("12/13/14/15", ProblemCode.DATE_UNREADABLE, None, None),
        ("198", ProblemCode.DATE_UNREADABLE, None, None),
    ],
)
def test_doubts_are_said_and_never_guessed_away(
    written: str, problem: ProblemCode, day: date | None, year: int | None
) -> None:
    read = read_birth(written)
    assert (read.problem, read.day, read.year) == (problem, day, year)


@pytest.mark.parametrize(
    "number, expected",
    [("32001", date(1987, 8, 12)), ("32001.5", date(1987, 8, 12)), ("1081987", date(1987, 8, 1)), ("7.5E9", None)],
)
def test_a_number_may_be_a_serial_number(number: str, expected: date | None) -> None:
    assert read_birth(number, is_number=True).day == expected


def test_a_number_may_be_a_year_or_an_age() -> None:
    assert read_birth("1987", is_number=True).year == 1987
    assert read_birth("35", is_number=True).age == 35


@pytest.mark.parametrize(
    "written, day, problem",
    [
        ("14/09/2027", date(2027, 9, 14), None),
        ("14/09/2047", date(2047, 9, 14), None),
        ("14 September 2027", date(2027, 9, 14), None),
        ("14-09-27", date(2027, 9, 14), ProblemCode.DATE_TWO_DIGIT_YEAR),
        ("46644", date(2027, 9, 14), None),
        ("31-02-2025", None, ProblemCode.DATE_IMPOSSIBLE),
        ("14-09-1827", None, ProblemCode.DATE_IMPOSSIBLE),
        ("2027", None, ProblemCode.DATE_UNREADABLE),
        ("Seumur Hidup", None, None),
        ("-", None, None),
    ],
)
def test_dates_of_custody_may_lie_ahead(written: str, day: date | None, problem: ProblemCode | None) -> None:
    assert read_day(written) == (day, problem)


@settings(max_examples=150, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)))
def test_a_written_date_reads_as_itself(day: date) -> None:
    month = next(word for word, number in MONTHS.items() if number == day.month)
    forms = [day.isoformat(), f"{day:%d-%m-%Y}", f"{day:%d|%m|%Y}", f"{day.day} {month.title()} {day.year}"]
    assert {read_birth(form).day for form in forms} == {day}
    if day >= date(1910, 1, 1):
        assert read_birth(str((day - date(1899, 12, 30)).days), is_number=True).day == day
    assert read_birth(f"{day:%d-%m-%Y}").quality is (
        DateQuality.FILLER if (day.day, day.month) == (1, 1) else DateQuality.EXACT
    )


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789-/ .|TAHUNagst:(),", max_size=14), st.booleans())
def test_whatever_is_written_is_judged(written: str, is_number: bool) -> None:
    born = read_birth(written, is_number=is_number)
    assert born.day is None or (born.year == born.day.year and date(1900, 1, 1) <= born.day)
    assert (born.quality is DateQuality.MISSING) == (born.day is None and born.year is None and born.age is None)
    day, _ = read_day(written, is_number=is_number)
    assert day is None or day - date(1900, 1, 1) > timedelta(0)


@pytest.mark.parametrize(
    "written, place, rest",
    [
        ("BLORA, 12-08-1987", "BLORA", "12-08-1987"),
        ("Blora, 35 TH", "Blora", "35 TH"),
        ("Blora 12 Agustus 1987", "Blora", "12 Agustus 1987"),
        ("Blora, Agustus 1987", "Blora", "Agustus 1987"),
        ("BLORA/12-08-1987", "BLORA", "12-08-1987"),
        ("Kab. Blora - 12.08.1987", "Kab. Blora", "12.08.1987"),
        ("BLORA,12-08-1987 (37 TH)", "BLORA", "12-08-1987 (37 TH"),
        ("35 tahun", "", "35 tahun"),
        ("Umur 35 tahun", "", "Umur 35 tahun"),
        ("37 tahun / 12 Agustus 1987", "", "37 tahun / 12 Agustus 1987"),
        ("12-08-1987", "", "12-08-1987"),
        ("Blora", "Blora", ""),
        ("Blora, -", "Blora", ""),
        ("", "", ""),
    ],
)
def test_place_and_date_in_one_text(written: str, place: str, rest: str) -> None:
    assert split_place_and_date(written) == (place, rest)


def test_a_column_tells_numbers_from_texts() -> None:
    import numpy as np

    cells = pa.array(["1987", "1987", "12-08-1987", "x", "12-08-1987"])
    columns, problems = births(cells, np.array([True, False, False, False, False]))
    assert columns["birth_year"].to_pylist() == [1987, 1987, 1987, None, 1987]
    assert columns["birth_date"].to_pylist() == [None, None, date(1987, 8, 12), None, date(1987, 8, 12)]
    assert problems.to_pylist() == [None, None, None, ProblemCode.DATE_UNREADABLE, None]


def test_an_age_of_its_own_column_counts_where_no_date_is() -> None:
    columns, _ = births(pa.array(["", "12-08-1987", ""]), None)
    whole = with_ages(columns, pa.array([35, 37, None], pa.int16()))
    assert whole["age"].to_pylist() == [35, None, None]
    assert whole["birth_quality"].to_pylist() == ["age", "exact", "missing"]
