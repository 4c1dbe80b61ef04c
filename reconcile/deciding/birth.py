"""When somebody was born, as far as a list says so: a first and a last possible day."""

from dataclasses import dataclass
from datetime import date, timedelta

from reconcile.deciding.cases import Row
from reconcile.records import DateQuality

_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class BirthRange:
    """The first and the last day on which a person can have been born, both included."""

    earliest: date
    latest: date
    from_age: bool = False  # computed from an age at a date that is itself only about right

    def contradicts(self, other: "BirthRange") -> bool:
        """Say whether no day fits both. An age is given a year's leave on either side."""
        leave = _YEAR if self.from_age or other.from_age else timedelta(0)
        return self.earliest > other.latest + leave or other.earliest > self.latest + leave


def birth_range(row: Row, as_of: date) -> BirthRange | None:
    """Return what a row says of the birth, None where it says nothing.

    1 January typed for want of the day (FILLER) is no more than a year. An age counts from `as_of`: rows do
    not carry their list's own date.
    """
    born = row.get("birth_date")
    if born is not None and row.get("birth_quality") != DateQuality.FILLER:
        return BirthRange(born, born)
    year = born.year if born is not None else row.get("birth_year")
    if year is not None:
        return BirthRange(date(year, 1, 1), date(year, 12, 31))
    age = row.get("age")
    if age is None:
        return None
    return BirthRange(_years_before(as_of, age + 1) + timedelta(days=1), _years_before(as_of, age), True)


def nik_birth(nik: str, stated: BirthRange | None, as_of: date) -> BirthRange | None:
    """Return the birth date a 16-digit NIK carries; None where it is no date, or clearly another birthday.

    Digits 7 to 12 are day, month and year without the century, a woman's day plus 40. Of the two centuries
    the one nearer to what is `stated` is meant, else the later. Against an exact date the NIK is heard on the
    year only: where day and month differ too, it tells nothing of this person.
    """
    day, month, year = (int(nik[i : i + 2]) for i in (6, 8, 10))
    dates = (_date_or_none(century + year, month, day - 40 if day > 40 else day) for century in (1900, 2000))
    births = [born for born in dates if born is not None and born <= as_of]
    if not births:
        return None
    if stated is None:
        return BirthRange(births[-1], births[-1])
    born = min(births, key=lambda one: abs(one - stated.earliest))
    is_exact = stated.earliest == stated.latest
    if is_exact and (born.day, born.month) != (stated.earliest.day, stated.earliest.month):
        return None
    return BirthRange(born, born)


def is_under(born: BirthRange | None, age: int, day: date) -> bool | None:
    """Say whether a person is younger than `age` on `day`; None where the birth is not known well enough."""
    if born is None:
        return None
    if age_on(born.earliest, day) < age:
        return True
    return False if age_on(born.latest, day) >= age else None


def age_on(born: date, day: date) -> int:
    """Return the age in whole years. Born on 29 February: a year older on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
