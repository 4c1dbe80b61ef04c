"""Who lives in the made-up regency: people and homes as they truly are, before any office writes."""

from dataclasses import dataclass
from datetime import date

from reconcile.records import Marital, Sex


@dataclass(frozen=True, slots=True)
class Home:
    """The address of the family card. `village` is a 10-digit code, `street` is in capitals."""

    village: str
    street: str
    rt: int
    rw: int

    @property
    def district(self) -> str:
        return self.village[:6]

    @property
    def regency(self) -> str:
        return self.village[:4]


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person. NIK and NKK carry a serial from 9001 on, which no civil registry has reached."""

    pid: int
    name: str
    sex: Sex
    birth: date
    birth_place: str
    marital: Marital
    father: str
    home: Home
    nik_district: str  # six digits: the district of first registration, not always that of the home
    nkk: str
    nik: str = ""
    recorded: bool = True  # has been recorded for the electronic identity card
    disability: int = 0


Family = list[Person]


def years_before(day: date, years: int) -> date:
    """Return the same day `years` earlier (28 February for a leap day)."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - years, 2, 28)
    return day.replace(year=day.year - years)


def age_on(birth: date, day: date) -> int:
    """Return full years on `day`."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
