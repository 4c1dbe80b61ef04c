"""Dates as offices write them -> a date, a year or an age, and what is doubtful (domain 4.5, 5.2)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from reconcile.reading.problems import ProblemCode
from reconcile.records import DateQuality

_MONTH_WORDS = {
    1: "JANUARI JAN JANUARY", 2: "FEBRUARI PEBRUARI FEB PEB FEBRUARY", 3: "MARET MAR MRT MARCH",
    4: "APRIL APR", 5: "MEI MAY", 6: "JUNI JUN JUNE", 7: "JULI JUL JULY",
    8: "AGUSTUS AGT AGU AGS AGST AUG AUGUST",
    9: "SEPTEMBER SEPT SEP", 10: "OKTOBER OKT OCT OCTOBER", 11: "NOVEMBER NOPEMBER NOV NOP",
    12: "DESEMBER DES DEC DECEMBER",
}  # fmt: skip
MONTHS = {word: number for number, words in _MONTH_WORDS.items() for word in words.split()}
_ANY_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

_USUAL = re.compile(r"(\d\d)[-/|.](\d\d)[-/|.](\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.|\s]\s*(\d{1,2})\s*[-/.|\s]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.|]\s*(\d{1,2})\s*[-/.|]\s*(\d{1,2})")
_MONTH_WORD = re.compile(rf"(\d{{1,2}})\s*[-/.\s]?\s*({_ANY_MONTH})\.?\s*[-/.,\s]?\s*(\d{{4}}|\d{{2}})")
_COMPACT = re.compile(r"(\d{1,2})(\d\d)((?:19|20)\d\d)|((?:19|20)\d\d)(\d\d)(\d\d)")
# A year with words, signs or a month before it: "TAHUN 1987", "??-??-1987", "AGUSTUS 1987", "08/1987"
_YEAR_ONLY = re.compile(rf"(?:TAHUN|THN|TH|LAHIR|{_ANY_MONTH}|\d\d(?=[-/])|X(?![A-Z])|[\s?.±:_/-])*((?:1[89]|20)\d\d)")
_AGE = re.compile(
    r"(?:UMUR|USIA|±|KURANG LEBIH|\+/-|[\s:])*(\d{1,3})\s*(?P<said>TAHUN|THN|TH|T)?\.?"
    r"(?:\s*\d{1,2}\s*(?:BULAN|BLN)\.?)?"
)
_AGE_SAID = re.compile(r"(?:UMUR|USIA)\s*[:±]?\s*\d{1,3}|\b\d{1,3}\s*(?:TAHUN|THN|TH)\b")
_MONTH_AHEAD = re.compile(rf"\b(?:{_ANY_MONTH})\b\W*\d{{2,4}}")
_DIGIT = re.compile(r"\d")
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_NOTHING = frozenset({"", "-", "--", "---", "?", "0", "N/A", "NA", "NIHIL", "TIDAK TAHU", "TIDAK DIKETAHUI"})
_NO_END = frozenset({"SEUMUR HIDUP", "SH", "MATI", "PIDANA MATI", "HUKUMAN MATI"})  # sentences without a last day

# Excel counts days from 1899-12-30 (its 1900 is wrongly a leap year, so earlier dates are off by one anyway).
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(3000, 60000)  # 1908 to 2064
BIRTH_YEARS = range(1900, 2031)
_CUSTODY_YEARS = range(1950, 2101)
# A two-digit year of birth up to this one is read as 20xx: who is 17 in 2029 was born in 2012 at the latest.
_CENTURY_TURN = 24


@dataclass(frozen=True)
class Birth:
    """A birth date as far as it is known; `year` is set whenever the year is."""

    day: date | None = None
    year: int | None = None
    age: int | None = None
    quality: DateQuality = DateQuality.MISSING
    problem: ProblemCode | None = None


_UNREADABLE = Birth(problem=ProblemCode.DATE_UNREADABLE)


@lru_cache(maxsize=65536)  # a roll has some 25,000 dates in all
def read_birth(written: str, *, is_number: bool = False) -> Birth:
    """Judge one cell. Slashes, dashes, dots, bars, month words, ISO, serial numbers, a year or an age."""
    usual = _USUAL.fullmatch(written)
    if usual:
        return _birth(*_day_of(int(usual[1]), int(usual[2]), usual[3], _CENTURY_TURN))
    text = _tidy(written)
    if text in _NOTHING:
        return Birth()
    if is_number or (len(text) == 5 and text.isdecimal()):  # a serial number also survives as text in a CSV
        return _from_number(text)
    parts = _parts_of(text)
    if parts:
        return _birth(*_day_of(*parts, _CENTURY_TURN))
    return _year_or_age(text)


def read_day(written: str, *, is_number: bool = False) -> tuple[date | None, ProblemCode | None]:
    """Judge a date of arrest or release. It may lie in the future; nothing but a whole date counts."""
    text = _tidy(written)
    if text in _NOTHING | _NO_END:
        return None, None
    if is_number or (len(text) == 5 and text.isdecimal()):
        day = _from_number(text).day
        return day, None if day else ProblemCode.DATE_UNREADABLE
    parts = _parts_of(text)
    if not parts:
        return None, ProblemCode.DATE_UNREADABLE
    day, _, problem = _day_of(*parts, century_turn=99)
    if day and day.year not in _CUSTODY_YEARS:
        return None, ProblemCode.DATE_IMPOSSIBLE
    return day, problem


def _tidy(written: str) -> str:
    text = re.sub(r"[\s\u00a0\u200b-\u200f\u2060\ufeff]+", " ", written).strip().upper()
    return _TIME_OF_DAY.sub("", text).strip(" ,;'`")


def _parts_of(text: str) -> tuple[int, int, str] | None:
    """Take a whole date apart into day, month and the year as written."""
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return int(found[3]), int(found[2]), found[1]
    found = _DAY_FIRST.fullmatch(text)
    if found:
        return int(found[1]), int(found[2]), found[3]
    found = _MONTH_WORD.fullmatch(text)
    if found:
        return int(found[1]), MONTHS[found[2]], found[3]
    found = _COMPACT.fullmatch(text)
    if found:  # "12081987", or "19870812"
        return (int(found[1]), int(found[2]), found[3]) if found[3] else (int(found[6]), int(found[5]), found[4])
    return None


def _day_of(day: int, month: int, year_text: str, century_turn: int) -> tuple[date | None, int, ProblemCode | None]:
    """Return the date, or None where there is no such date, its year, and what is doubtful."""
    year, problem = int(year_text), None
    if len(year_text) == 2:
        year += 2000 if year <= century_turn else 1900
        problem = ProblemCode.DATE_TWO_DIGIT_YEAR
    if month > 12 >= day >= 1:
        # 12/25/1990 can only be read month first; said, so that someone looks at the whole column.
        day, month, problem = month, day, ProblemCode.DATE_MONTH_FIRST
    try:
        return date(year, month, day), year, problem
    except ValueError:
        return None, year, ProblemCode.DATE_IMPOSSIBLE


def _birth(day: date | None, year: int, problem: ProblemCode | None) -> Birth:
    if year not in BIRTH_YEARS:
        return Birth(problem=ProblemCode.DATE_IMPOSSIBLE)
    if day is None:
        return Birth(year=year, quality=DateQuality.YEAR, problem=problem)
    filler = day.day == 1 and day.month == 1
    return Birth(day, year, None, DateQuality.FILLER if filler else DateQuality.EXACT, problem)


def _year_or_age(text: str) -> Birth:
    found = _YEAR_ONLY.fullmatch(text)
    if found:
        is_sane = int(found[1]) in BIRTH_YEARS
        return Birth(year=int(found[1]), quality=DateQuality.YEAR) if is_sane else _UNREADABLE
    found = _AGE.fullmatch(text)
    if found and 1 <= int(found[1]) <= 120:
        return Birth(age=int(found[1]), quality=DateQuality.AGE)
    # "34 tahun / 12 Agustus 1989", "12-08-1989 (34 th)": the date says more than the age
    parts = [part.strip() for part in re.split(r"[/()]|,\s*(?=UMUR|USIA|\d)", text) if part.strip()]
    readings = [read_birth(part) for part in parts if part != text and not part.isdecimal()]
    best = [found for found in readings if found.day] or [found for found in readings if found.year or found.age]
    return best[0] if best else _UNREADABLE


def _from_number(text: str) -> Birth:
    """Read a number: a year, a serial number of Excel, an age, or a date typed without separators."""
    if not re.fullmatch(r"\d+(?:\.\d+)?", text):
        return _UNREADABLE
    number = int(text.partition(".")[0])
    if number in BIRTH_YEARS:
        return Birth(year=number, quality=DateQuality.YEAR)
    if number in _EXCEL_SERIALS:
        day = _EXCEL_EPOCH + timedelta(days=number)
        return _birth(day, day.year, None) if day.year in BIRTH_YEARS else Birth(day, day.year)
    if 1 <= number <= 120:
        return Birth(age=number, quality=DateQuality.AGE)
    parts = _parts_of(text)
    return _birth(*_day_of(*parts, _CENTURY_TURN)) if parts else _UNREADABLE


def split_place_and_date(written: str) -> tuple[str, str]:
    """Split "BLORA, 12-08-1987" or "Blora, 35 TH" into place and date; either may be empty."""
    text = re.sub(r"[\s\u00a0]+", " ", written).strip()
    said = text.upper()
    starts = [found.start() for mark in (_AGE_SAID, _MONTH_AHEAD, _DIGIT) if (found := mark.search(said))]
    cut = min(starts, default=len(text))
    place = text[:cut].strip(" ,;:/-.±(")
    if place.upper() in {"UMUR", "USIA"}:
        return "", text
    return place, text[cut:].strip(" ,;:()")
