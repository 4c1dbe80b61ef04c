"""Dates as offices write them -> a date, a year or an age, and what is doubtful about it (domain 4.5, 5.2)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from reconcile.reading.problems import ProblemCode
from reconcile.records import DateQuality

_MONTH_WORDS = {
    1: "JANUARI JAN JANUARY", 2: "FEBRUARI PEBRUARI FEB PEB FEBRUARY", 3: "MARET MAR MRT MARCH", 4: "APRIL APR",
    5: "MEI MAY", 6: "JUNI JUN JUNE", 7: "JULI JUL JULY", 8: "AGUSTUS AGT AGU AGS AGST AUG AUGUST",
    9: "SEPTEMBER SEPT SEP", 10: "OKTOBER OKT OCT OCTOBER", 11: "NOVEMBER NOPEMBER NOV NOP",
    12: "DESEMBER DES DEC DECEMBER",
}  # fmt: skip
MONTHS = {word: number for number, words in _MONTH_WORDS.items() for word in words.split()}

_DAY_FIRST = re.compile(r"^(\d{1,2})\s*[-/.|\s]\s*(\d{1,2})\s*[-/.|\s]\s*(\d{4}|\d{2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})\s*[-/.|]\s*(\d{1,2})\s*[-/.|]\s*(\d{1,2})$")
_MONTH_WORD = re.compile(r"^(\d{1,2})\s*[-/.\s]?\s*([A-Z]{3,9})\.?\s*[-/.,\s]?\s*(\d{4}|\d{2})$")
_YEAR_ONLY = re.compile(r"^(?:TAHUN |TH\.? )?(1[89]\d\d|20\d\d)$")
_AGE = re.compile(r"^(?:UMUR|USIA|±|KURANG LEBIH|\+/-|\s)*(\d{1,3})\s*(?:TAHUN|THN|TH|T)?\.?$")
_AGE_SAID = re.compile(r"(?:UMUR|USIA)\s*[:±]?\s*\d{1,3}|\b\d{1,3}\s*(?:TAHUN|THN|TH)\b")
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_NOTHING = frozenset({"", "-", "--", "?", "0", "N/A", "NA", "NIHIL"})

# Excel counts days from 1899-12-30 (its 1900 is wrongly a leap year, so earlier dates are off by one anyway).
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(3000, 60000)  # 1908 to 2064
_OLDEST_YEAR = 1900
# A two-digit year up to this one is read as 20xx: who is 17 in 2029 was born in 2012 at the latest.
_CENTURY_TURN = 24


@dataclass(frozen=True)
class Birth:
    """A birth date as far as it is known; `year` is set whenever the year is."""

    day: date | None = None
    year: int | None = None
    age: int | None = None
    quality: DateQuality = DateQuality.MISSING
    problem: ProblemCode | None = None


def read_date(written: str, *, is_number: bool = False) -> Birth:
    """Judge one cell. Slashes, dashes, dots, bars, month words, ISO, serial numbers, a year or an age."""
    text = _TIME_OF_DAY.sub("", re.sub(r"[\s\u00a0]+", " ", written).strip().upper()).strip(" ,;")
    if text in _NOTHING:
        return Birth()
    if is_number or (len(text) == 5 and text.isdecimal()):  # a serial number also survives as text in a CSV
        return _read_number(text)
    for pattern, order in ((_YEAR_FIRST, (2, 1, 0)), (_DAY_FIRST, (0, 1, 2))):
        found = pattern.match(text)
        if found:
            parts = [found.groups()[place] for place in order]
            return _from_parts(int(parts[0]), int(parts[1]), parts[2])
    found = _MONTH_WORD.match(text)
    if found and found[2] in MONTHS:
        return _from_parts(int(found[1]), MONTHS[found[2]], found[3])
    return _read_year_or_age(text)


def _read_year_or_age(text: str) -> Birth:
    found = _YEAR_ONLY.match(text)
    if found:
        return Birth(year=int(found[1]), quality=DateQuality.YEAR)
    found = _AGE.match(text)
    if found and 1 <= int(found[1]) <= 120:
        return Birth(age=int(found[1]), quality=DateQuality.AGE)
    parts = [part.strip() for part in re.split(r"[/()]|,\s*(?=UMUR|USIA|\d)", text) if part.strip()]
    if len(parts) > 1:  # "34 tahun / 12 Agustus 1989": the date says more than the age
        readings = [read_date(part) for part in parts if part != text]
        best = [r for r in readings if r.day] or [r for r in readings if r.quality is not DateQuality.MISSING]
        if best:
            return best[0]
    return Birth(problem=ProblemCode.DATE_UNREADABLE)


def _read_number(text: str) -> Birth:
    try:
        number = int(float(text))
    except ValueError:
        return Birth(problem=ProblemCode.DATE_UNREADABLE)
    if _OLDEST_YEAR <= number <= 2030:
        return Birth(year=number, quality=DateQuality.YEAR)
    if number in _EXCEL_SERIALS:
        return _known(_EXCEL_EPOCH + timedelta(days=number))
    if 1 <= number <= 120:
        return Birth(age=number, quality=DateQuality.AGE)
    return Birth(problem=ProblemCode.DATE_UNREADABLE)


def _known(day: date, problem: ProblemCode | None = None) -> Birth:
    filler = day.day == 1 and day.month == 1
    return Birth(day, day.year, None, DateQuality.FILLER if filler else DateQuality.EXACT, problem)


def _from_parts(day: int, month: int, year_text: str) -> Birth:
    year, problem = int(year_text), None
    if len(year_text) == 2:
        year += 2000 if year <= _CENTURY_TURN else 1900
        problem = ProblemCode.DATE_TWO_DIGIT_YEAR
    if month > 12 >= day >= 1:
        # 12/25/1990 can only be read month first; said, so that someone looks at the whole column.
        day, month, problem = month, day, ProblemCode.DATE_MONTH_FIRST
    try:
        return _known(date(year, month, day), problem)
    except ValueError:
        sane = _OLDEST_YEAR <= year <= 2030
        quality = DateQuality.YEAR if sane else DateQuality.MISSING
        return Birth(year=year if sane else None, quality=quality, problem=ProblemCode.DATE_IMPOSSIBLE)


def split_place_and_date(written: str) -> tuple[str, str]:
    """Split "BLORA, 12-08-1987" or "Blora, 35 TH" into place and date; either may be empty."""
    text = re.sub(r"[\s\u00a0]+", " ", written).strip()
    said = _AGE_SAID.search(text.upper())
    first_digit = re.search(r"\d", text)
    cut = min(found.start() for found in (said, first_digit) if found) if (said or first_digit) else len(text)
    place = text[:cut].strip(" ,;:/-.±(")
    if place.upper() in {"UMUR", "USIA"}:
        return "", text
    return place, text[cut:].strip(" ,;:()")
