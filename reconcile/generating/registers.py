"""Register rows: each held person as the Rutan or the Polres wrote them down, with what is wrong noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from reconcile.generating.address_writing import write_address
from reconcile.generating.birth_damage import Birth, write_birth, write_place, write_sex
from reconcile.generating.casting import Held
from reconcile.generating.custody import Custody, cell_custody, rutan_custody
from reconcile.generating.damage import Damage, Dice
from reconcile.generating.groups import TOO_YOUNG, Group
from reconcile.generating.name_damage import write_name
from reconcile.generating.nik_damage import write_nik
from reconcile.generating.people import Person
from reconcile.records import Sex


@dataclass(frozen=True)
class RegisterRow:
    """One row as written. Texts are in capitals (or the name's own case); layouts choose the rest.

    `style` (0 to 99) settles small choices of form, such as how a date is spelt out. `nik_kind` and
    `damage` are truth: what happened to the NIK, and every kind of damage done.
    """

    pid: int
    group: Group
    name: str
    nik: str | int
    nik_kind: str
    sex: Sex
    birth_place: str
    birth: Birth
    address: str
    custody: Custody
    style: int
    damage: tuple[Damage, ...]


@dataclass(frozen=True)
class Office:
    """What all rows of a case's registers share."""

    seed: int
    strength: float
    regency: str
    as_of: date
    voting_day: date
    kin: Mapping[str, Sequence[Person]]  # members of a family by the number of its card


def write_register(held: Sequence[Held], office: Office, cell: bool) -> tuple[RegisterRow, ...]:
    """Return the rows in a shuffled order; each row has its own dice, so one row's luck moves no other."""
    which = "polres" if cell else "rutan"
    rng = Random(f"{office.seed}/{which}")
    order = rng.sample(held, len(held))
    serials = rng.sample(range(1, 3 * len(held) + 1), len(held))
    return tuple(
        _row(one, serial, office, cell, Random(f"{office.seed}/{which}/{place}"))
        for place, (one, serial) in enumerate(zip(order, serials, strict=True))
    )


def _row(held: Held, serial: int, office: Office, cell: bool, rng: Random) -> RegisterRow:
    person, group = held.person, held.group
    dice = Dice(rng, office.strength)
    kin = [one for one in office.kin.get(person.nkk, ()) if one.pid != person.pid]
    nik, nik_kind = write_nik(person.nik, kin, dice)
    if cell:
        custody = cell_custody(rng, office.as_of)
    else:
        custody = rutan_custody(rng, group, held.second, serial, office.as_of, office.voting_day)
    return RegisterRow(
        pid=person.pid,
        group=group,
        name=write_name(person, dice),
        nik=nik,
        nik_kind=nik_kind,
        sex=write_sex(person, dice),
        birth_place=write_place(person, dice),
        birth=write_birth(person, group in TOO_YOUNG, office.as_of, dice),
        address=write_address(person.home, group, office.regency, cell, dice),
        custody=custody,
        style=rng.randrange(100),
        damage=tuple(dice.fallen),
    )
