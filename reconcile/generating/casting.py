"""Who is held, and where else they stand: the truth that registers and rolls then tell in their own ways."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from random import Random

from reconcile.generating.families import World, make_minor, make_outsider
from reconcile.generating.groups import (
    GONE_SHARE,
    LOKSUS_OUTSIDE_SHARE,
    STAFF_SHARE,
    Group,
    cell_counts,
    rutan_counts,
)
from reconcile.generating.people import Person, age_on
from reconcile.generating.traps import Traps
from reconcile.records import Sex

WOMEN_SHARE = 0.06  # of people in custody
TRAPS_HELD = ("twins", "father_and_son", "namesakes")


@dataclass(frozen=True, slots=True)
class Held:
    """One row of a register to be. `second` marks the later row of somebody who is in that register twice."""

    person: Person
    group: Group
    second: bool = False


@dataclass
class Cast:
    """The parts people play. `inside` lists everybody who lives in the regency, by pid."""

    inside: dict[int, Person]
    rutan: list[Held] = field(default_factory=list)
    polres: list[Held] = field(default_factory=list)
    special: list[Person] = field(default_factory=list)  # on the special TPS's roll
    struck: set[int] = field(default_factory=set)  # live in the regency, on no home roll
    moved: list[Person] = field(default_factory=list)  # on the moved-voter list, from custody
    staff: list[Person] = field(default_factory=list)  # on it for duty
    gone: list[Person] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """How many of each part, known before anybody is made."""

    rutan: dict[Group, int]
    cells: dict[Group, int]
    gone: int
    staff: int
    special_outside: int

    @property
    def special(self) -> int:
        return self.rutan[Group.LOKSUS_IN] + self.rutan[Group.LOKSUS_DOUBLE] + self.gone

    @property
    def struck(self) -> int:
        unregistered = self.rutan[Group.UNREGISTERED] + self.cells[Group.CELL_UNREG]
        return self.rutan[Group.LOKSUS_IN] - self.special_outside + self.gone + unregistered


def make_plan(held: int, cells: int) -> Plan:
    rutan = rutan_counts(held)
    return Plan(
        rutan=rutan,
        cells=cell_counts(cells, rutan[Group.BOTH]),
        gone=max(1, round(GONE_SHARE * held)),
        staff=max(1, round(STAFF_SHARE * held)),
        special_outside=int(LOKSUS_OUTSIDE_SHARE * rutan[Group.LOKSUS_IN]),
    )


class Draw:
    """Gives out people who may be in custody, nobody twice: grown up and mostly men."""

    def __init__(self, world: World, people: Iterable[Person], traps: Traps) -> None:
        self._rng: Random = world.rng
        fit = [person for person in people if 18 <= age_on(person.birth, world.voting_day) <= 72]
        fit = [person for person in fit if person.recorded and person.birth.year <= world.voting_day.year - 18]
        self._rng.shuffle(fit)
        self._men = [person for person in fit if person.sex is Sex.MALE]
        self._women = [person for person in fit if person.sex is Sex.FEMALE]
        first = {pids[-1] for kind in TRAPS_HELD for pids in traps.get(kind, ())[:2]}
        self._traps = [person for person in self._men if person.pid in first]
        self._men = [person for person in self._men if person.pid not in first]

    def trap_or_one(self) -> Person:
        return self._traps.pop() if self._traps else self.one()

    def one(self) -> Person:
        source = self._women if self._rng.random() < WOMEN_SHARE else self._men
        if not source:
            raise ValueError("too few voters for so many people in custody")
        return source.pop()


def cast(world: World, plan: Plan, inside: dict[int, Person], traps: Traps) -> Cast:
    """Give every part to somebody; the order of registers and rolls is settled later."""
    parts = Cast(inside)
    draw = Draw(world, inside.values(), traps)
    _cast_special(world, plan, parts, draw)
    _cast_rutan(world, plan, parts, draw)
    _cast_cells(world, plan, parts, draw)
    parts.staff = [draw.one() for _ in range(plan.staff)]
    return parts


def _cast_special(world: World, plan: Plan, parts: Cast, draw: Draw) -> None:
    """Fill the special TPS's roll: held, held and double, gone."""
    for place in range(plan.rutan[Group.LOKSUS_IN]):
        outside = place < plan.special_outside
        person = _outsider(world, same_province=True) if outside else draw.one()
        parts.rutan.append(Held(person, Group.LOKSUS_IN))
        parts.special.append(person)
        if not outside:
            parts.struck.add(person.pid)
    for _ in range(plan.rutan[Group.LOKSUS_DOUBLE]):
        person = draw.one()
        parts.rutan.append(Held(person, Group.LOKSUS_DOUBLE))
        parts.special.append(person)
    parts.gone = [draw.one() for _ in range(plan.gone)]
    parts.special += parts.gone
    parts.struck |= {person.pid for person in parts.gone}
    world.rng.shuffle(parts.special)


def _cast_rutan(world: World, plan: Plan, parts: Cast, draw: Draw) -> None:
    """Fill the rest of the Rutan's register; people of BOTH go to the Polres's as well."""
    counts = plan.rutan
    parts.rutan += [Held(draw.trap_or_one(), Group.REGULAR) for _ in range(counts[Group.REGULAR])]
    for group in (Group.DPTB, Group.UNREGISTERED, Group.NO_EKTP, Group.LEAVING):
        parts.rutan += [Held(_prepared(parts, draw.one(), group), group) for _ in range(counts[group])]
    for _ in range(counts[Group.DUP_REGISTER]):
        person = draw.one()
        parts.rutan.append(Held(person, Group.DUP_REGISTER))
        parts.rutan.append(Held(person, Group.DUP_REGISTER, second=True))
    both = [Held(draw.one(), Group.BOTH) for _ in range(counts[Group.BOTH])]
    parts.rutan += both
    parts.polres += both
    parts.rutan += [Held(_outsider(world), Group.OUTSIDE) for _ in range(counts[Group.OUTSIDE])]
    moved = [_outsider(world) for _ in range(counts[Group.OUTSIDE_DPTB])]
    parts.moved += moved
    parts.rutan += [Held(person, Group.OUTSIDE_DPTB) for person in moved]
    parts.rutan += [Held(make_minor(world, draw.one().home), Group.MINOR) for _ in range(counts[Group.MINOR])]


def _cast_cells(world: World, plan: Plan, parts: Cast, draw: Draw) -> None:
    for _ in range(plan.cells[Group.CELL_REGULAR]):
        parts.polres.append(Held(draw.one(), Group.CELL_REGULAR))
    for _ in range(plan.cells[Group.CELL_UNREG]):
        person = _prepared(parts, draw.one(), Group.CELL_UNREG)
        parts.polres.append(Held(person, Group.CELL_UNREG))
    for _ in range(plan.cells[Group.CELL_OUTSIDE]):
        parts.polres.append(Held(_outsider(world), Group.CELL_OUTSIDE))
    for _ in range(plan.cells[Group.CELL_MINOR]):
        parts.polres.append(Held(make_minor(world, draw.one().home), Group.CELL_MINOR))


def _prepared(parts: Cast, person: Person, group: Group) -> Person:
    """Make true elsewhere what the group says: struck from the roll, moved, or not recorded."""
    if group in (Group.UNREGISTERED, Group.CELL_UNREG):
        parts.struck.add(person.pid)
    elif group is Group.DPTB:
        parts.moved.append(person)
    elif group is Group.NO_EKTP:
        person = replace(person, recorded=False)
        parts.inside[person.pid] = person
    return person


def _outsider(world: World, same_province: bool = False) -> Person:
    sex = Sex.FEMALE if world.rng.random() < WOMEN_SHARE else Sex.MALE
    return make_outsider(world, round(world.rng.triangular(19, 68, 33)), sex, same_province)
