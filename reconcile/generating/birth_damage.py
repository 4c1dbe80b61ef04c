"""How a register writes birth date, birth place and sex."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from reconcile.generating import places
from reconcile.generating.damage import Damage, Dice
from reconcile.generating.people import Person, age_on
from reconcile.records import Sex

# What a too young person's date may suffer: none of these can make that person old enough.
HARMLESS_TO_THE_YOUNG = (Damage.BIRTH_SWAPPED, Damage.BIRTH_YEAR, Damage.BIRTH_AGE)
ALL = (
    Damage.BIRTH_SWAPPED,
    Damage.BIRTH_PART,
    Damage.BIRTH_FILLER,
    Damage.BIRTH_YEAR,
    Damage.BIRTH_AGE,
    Damage.BIRTH_MISSING,
)


@dataclass(frozen=True, slots=True)
class Birth:
    """What the register knows of a birth date: a day, else a year, else an age, else nothing."""

    day: date | None = None
    year: int | None = None
    age: int | None = None


def write_birth(person: Person, too_young: bool, as_of: date, dice: Dice) -> Birth:
    """Return the date as written; an adult never becomes a minor by a slip, nor the reverse."""
    kind = dice.one_of(*(HARMLESS_TO_THE_YOUNG if too_young else ALL))
    birth = person.birth
    written = Birth(day=birth)
    if kind is Damage.BIRTH_SWAPPED:
        written = Birth(day=swapped(birth))
    elif kind is Damage.BIRTH_PART:
        written = Birth(day=one_part_wrong(birth, as_of, dice.rng))
    elif kind is Damage.BIRTH_FILLER:
        written = Birth(day=date(birth.year, 1, 1))
    elif kind is Damage.BIRTH_YEAR:
        written = Birth(year=birth.year)
    elif kind is Damage.BIRTH_AGE:
        written = Birth(age=age_on(birth, as_of))
    elif kind is Damage.BIRTH_MISSING:
        written = Birth()
    if kind and written != Birth(day=birth):
        dice.note(kind)
    return written


def swapped(birth: date) -> date:
    """Return the date with day and month exchanged, or the date itself where that is no date."""
    return date(birth.year, birth.day, birth.month) if birth.day <= 12 else birth


def one_part_wrong(birth: date, as_of: date, rng: Random) -> date:
    """Return the date with another day, month or year."""
    part = rng.choice(("day", "month", "year"))
    if part == "day":
        return _shifted(birth, rng)
    if part == "month":
        return _moved(birth, birth.year, rng.choice([month for month in range(1, 13) if month != birth.month]))
    year = birth.year + rng.choice((-10, -2, -1, 1, 2, 10))
    if year > as_of.year - 19:
        year = birth.year - 1
    return _moved(birth, year, birth.month)


def _moved(birth: date, year: int, month: int) -> date:
    """Return the same day of another month, or the last one that month has: one part is wrong, not two."""
    return date(year, month, min(birth.day, monthrange(year, month)[1]))


def _shifted(birth: date, rng: Random) -> date:
    """Return another day of the same month."""
    other = birth + timedelta(days=rng.choice((-10, -3, -1, 1, 2, 10)))
    if other.month == birth.month:
        return other
    return birth.replace(day=15 if birth.day != 15 else 16)


def write_place(person: Person, dice: Dice) -> str:
    kind = dice.one_of(Damage.PLACE_OTHER, Damage.PLACE_MISSING)
    if kind is Damage.PLACE_MISSING:
        dice.note(kind)
        return dice.rng.choice(("", "", "-"))
    if kind is Damage.PLACE_OTHER:
        other = places.short_name(places.origins(person.home.regency).draw(dice.rng))
        if other != person.birth_place:
            dice.note(kind)
            return other
    return person.birth_place


def write_sex(person: Person, dice: Dice) -> Sex:
    if dice.falls(Damage.SEX_WRONG):
        dice.note(Damage.SEX_WRONG)
        return Sex.FEMALE if person.sex is Sex.MALE else Sex.MALE
    return person.sex
