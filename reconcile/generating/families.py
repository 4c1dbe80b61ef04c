"""Families: who lives in one home, with ages, names and marriages that fit together."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from reconcile.generating import naming, places
from reconcile.generating.identity_numbers import Numbers
from reconcile.generating.people import Family, Home, Person, years_before
from reconcile.records import Marital, Sex

VOTING_AGE = 17
OLDEST = 92
UNRECORDED_SHARE = 0.012  # voters not yet recorded for the electronic card
DISABLED_SHARE = 0.012


@dataclass
class World:
    """What all makers of people share. The order of calls decides the people, so it never varies."""

    rng: Random
    regency: str
    voting_day: date
    numbers: Numbers = field(default_factory=Numbers)
    pids: Iterator[int] = field(default_factory=lambda: count(1))


@dataclass(frozen=True)
class Role:
    """One member of a family to be: sex, age on voting day, marriage, and whether a child of the head."""

    sex: Sex
    age: int
    marital: Marital
    child: bool = False


def birth_at(world: World, age: int) -> date:
    """Return a birth date of somebody who is `age` on voting day; older people often got 1 January."""
    birth = years_before(world.voting_day, age) - timedelta(days=world.rng.randrange(365))
    if age >= 50 and world.rng.random() < 0.04:
        return date(birth.year, 1, 1)
    return birth


def make_person(world: World, role: Role, home: Home, nkk: str, father: str = "") -> Person:
    """Return somebody without a NIK yet; `father` is made up when not given."""
    rng = world.rng
    birth = birth_at(world, role.age)
    return Person(
        pid=next(world.pids),
        name=naming.compose(rng, role.sex, birth.year),
        sex=role.sex,
        birth=birth,
        birth_place=places.birth_place(rng, home.regency),
        marital=role.marital,
        father=father or naming.compose(rng, Sex.MALE, birth.year - 27),
        home=home,
        nik_district=places.nik_district(rng, home.village),
        nkk=nkk,
        recorded=rng.random() >= UNRECORDED_SHARE,
        disability=rng.randint(1, 6) if rng.random() < DISABLED_SHARE else 0,
    )


def make_family(world: World, village: str) -> Family:
    """Return the voters of one home; the first is the head."""
    home = places.make_home(world.rng, village)
    nkk = world.numbers.nkk(home.district, world.rng)
    head, *others = _roles(world.rng)
    family = [make_person(world, head, home, nkk)]
    for role in others:
        father = family[0].name if role.child and head.sex is Sex.MALE else ""
        family.append(make_person(world, role, home, nkk, father))
    return family


def make_families(world: World, village: str, people: int) -> list[Family]:
    """Return families of exactly `people` people in all."""
    families: list[Family] = []
    made = 0
    while made < people:
        family = make_family(world, village)[: people - made]
        made += len(family)
        families.append(family)
    return families


def _roles(rng: Random) -> list[Role]:
    """Return who lives in one home: a couple, a widow or widower, or somebody alone; children; an elder."""
    age = round(rng.triangular(20, 86, 44))
    lot = rng.random()
    if lot < 0.14:
        alone = Marital.SINGLE if age < 30 else rng.choice((Marital.WIDOWED, Marital.MARRIED))
        return [Role(rng.choice((Sex.MALE, Sex.FEMALE)), age, alone)]
    if lot < 0.26:
        mother = rng.random() < 0.8
        head = Role(Sex.FEMALE if mother else Sex.MALE, age, Marital.WIDOWED)
        return [head, *_children(rng, age)]
    wife = min(OLDEST, max(18, age - round(rng.gauss(4, 3))))
    couple = [Role(Sex.MALE, age, Marital.MARRIED), Role(Sex.FEMALE, wife, Marital.MARRIED)]
    elder = [Role(Sex.FEMALE, min(OLDEST, age + rng.randint(19, 32)), Marital.WIDOWED)]
    return couple + _children(rng, wife) + (elder if age < 60 and rng.random() < 0.1 else [])


def _children(rng: Random, mother_age: int) -> list[Role]:
    """Return children of voting age who still live at home."""
    roles = []
    for _ in range(rng.choices((0, 1, 2, 3), weights=(34, 34, 23, 9))[0]):
        age = mother_age - rng.randint(19, 38)
        if age >= VOTING_AGE:
            married = age >= 21 and rng.random() < 0.35
            sex = Sex.MALE if rng.random() < 0.55 else Sex.FEMALE
            roles.append(Role(sex, age, Marital.MARRIED if married else Marital.SINGLE, child=True))
    return roles


def numbered(world: World, person: Person) -> Person:
    """Return the person with a NIK that fits birth date, sex and district."""
    return replace(person, nik=world.numbers.nik(person.nik_district, person.birth, person.sex))


def make_outsider(world: World, age: int, sex: Sex, same_province: bool = False) -> Person:
    """Return somebody whose home is in another regency, numbered."""
    rng = world.rng
    regency = places.origins(world.regency, same_province).draw(rng)
    home = places.make_home(rng, rng.choice(places.villages_of(regency)))
    role = Role(sex, age, Marital.MARRIED if age > 26 else Marital.SINGLE)
    return numbered(world, make_person(world, role, home, world.numbers.nkk(home.district, rng)))


def make_minor(world: World, home: Home) -> Person:
    """Return somebody who turns 14 to 16 in the voting year and was never married: always too young."""
    rng = world.rng
    person = make_person(world, Role(Sex.MALE, 17, Marital.SINGLE), home, world.numbers.nkk(home.district, rng))
    birth = date(world.voting_day.year - rng.choice((14, 15, 16)), rng.randint(1, 12), rng.randint(1, 28))
    return numbered(world, replace(person, birth=birth, recorded=False))
