"""KPU's lists: sheets of at most 300 voters a TPS, the special TPS's roll, the moved-voter list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from random import Random

from reconcile.generating.casting import Cast
from reconcile.generating.people import Person

LARGEST_TPS = 300
USUAL_TPS = 285

DETAINED, ON_DUTY = "5", "1"  # reasons for moving, as numbered by the election's rules


@dataclass(frozen=True)
class RollSheet:
    """The voters of one TPS in the printed order: by RW, RT, family card and name."""

    village: str
    tps: str
    voters: tuple[Person, ...]


@dataclass(frozen=True)
class MovedVoter:
    """A row of the moved-voter list: who, from which TPS, and why."""

    person: Person
    village: str
    tps: str
    reason: str


Key = tuple[int, str, str]  # pid, village, TPS: one entry on a roll


def order(person: Person) -> tuple[int, int, str, str]:
    """Return the order of the printed form (domain 4.5)."""
    home = person.home
    return home.rw, home.rt, person.nkk, person.name


def make_sheets(people: Iterable[Person], special: tuple[str, str], parts: Cast) -> tuple[RollSheet, ...]:
    """Return all sheets: villages in the order of their codes, the special TPS's roll last."""
    by_village: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.pid not in parts.struck:
            by_village[person.home.village].append(person)
    sheets = [sheet for village in sorted(by_village) for sheet in _split(village, by_village[village])]
    return (*sheets, RollSheet(*special, tuple(parts.special)))


def _split(village: str, people: list[Person]) -> list[RollSheet]:
    """Cut a village into TPS of about equal size; families stay together."""
    people = sorted(people, key=order)
    size = len(people) / -(-len(people) // USUAL_TPS)
    sheets: list[list[Person]] = [[]]
    done = 0
    for _, family in groupby(people, key=lambda person: person.nkk):
        members = list(family)
        full = done >= size * len(sheets) or len(sheets[-1]) + len(members) > LARGEST_TPS
        if full and sheets[-1]:
            sheets.append([])
        sheets[-1] += members
        done += len(members)
    return [RollSheet(village, f"{number:03}", tuple(rows)) for number, rows in enumerate(sheets, 1)]


def make_moved(rng: Random, sheets: Iterable[RollSheet], parts: Cast) -> tuple[MovedVoter, ...]:
    """Return the moved-voter list of the special TPS, in the order of application."""
    stands: Mapping[int, tuple[str, str]] = {
        voter.pid: (sheet.village, sheet.tps) for sheet in sheets for voter in sheet.voters
    }
    rows = []
    for person, reason in [(p, DETAINED) for p in parts.moved] + [(p, ON_DUTY) for p in parts.staff]:
        elsewhere = person.home.village, f"{rng.randint(1, 12):03}"
        rows.append(MovedVoter(person, *stands.get(person.pid, elsewhere), reason))
    rng.shuffle(rows)
    return tuple(rows)
