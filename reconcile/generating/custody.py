"""What a register says of the custody itself: numbers, classes and dates that fit together (domain 5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from reconcile.generating.groups import Group

# Share of each register class, days already spent in it, and days still to go. A detainee's end (A) is
# that of one stage and may lie before voting day, even before the register's date; a convict's is not.
_CLASSES: dict[str, tuple[float, tuple[int, int], tuple[int, int]]] = {
    "A.I": (0.08, (2, 55), (2, 55)),
    "A.II": (0.14, (20, 110), (1, 45)),
    "A.III": (0.25, (40, 190), (-3, 80)),
    "A.IV": (0.03, (120, 260), (1, 80)),
    "A.V": (0.02, (200, 350), (5, 100)),
    "B.I": (0.23, (150, 1500), (40, 1800)),
    "B.IIa": (0.13, (60, 250), (5, 200)),
    "B.IIb": (0.10, (20, 80), (3, 60)),
    "B.III": (0.02, (20, 400), (3, 60)),
}
_DETAINEE = tuple(name for name in _CLASSES if name.startswith("A"))
_CONVICT = tuple(name for name in _CLASSES if name.startswith("B"))
_UNITS = ("RESKRIM", "RESKRIM", "RESNARKOBA", "RESNARKOBA", "LANTAS", "PPA")


@dataclass(frozen=True, slots=True)
class Custody:
    """`number`, `register_class` and `block` (a room) are the Rutan's, `unit` is the Polres's."""

    number: str
    register_class: str
    entry: date
    release: date
    block: str = ""
    unit: str = ""


def rutan_custody(rng: Random, group: Group, second: bool, serial: int, as_of: date, voting_day: date) -> Custody:
    """Return the custody of one row of the Rutan's register; `serial` is the running number in the book."""
    names = _classes_for(group, second)
    name = rng.choices(names, weights=[_CLASSES[name][0] for name in names])[0]
    _, spent, left = _CLASSES[name]
    entry = as_of - timedelta(days=rng.randint(*spent))
    release = as_of + timedelta(days=rng.randint(*left))
    if name.startswith("B"):
        release = voting_day + timedelta(days=rng.randint(*left))
    if group is Group.LEAVING:
        release = as_of + timedelta(days=rng.randint(1, (voting_day - as_of).days - 1))
    number = _register_number(rng, name, serial, entry.year)
    return Custody(number, name, entry, release, block=f"{rng.choice('ABCD')}{rng.randint(1, 9)}")


def cell_custody(rng: Random, as_of: date) -> Custody:
    """Return the custody of one row of the Polres's register: in since days, up to 60 days in all."""
    entry = as_of - timedelta(days=rng.randint(1, 18))
    days = rng.choices((20, 60), weights=(0.25, 0.75))[0]
    release = max(entry + timedelta(days=days), as_of)
    return Custody("", "", entry, release, unit=rng.choice(_UNITS))


def _classes_for(group: Group, second: bool) -> tuple[str, ...]:
    if group is Group.LEAVING:
        return "B.I", "B.IIa", "B.IIb"
    if group is Group.DUP_REGISTER:
        return _CONVICT if second else _DETAINEE
    return tuple(_CLASSES)


def _register_number(rng: Random, name: str, serial: int, year: int) -> str:
    """Return the number in one of the spellings offices use: "A.III-123/2023", "AIII 45/2024"."""
    plain = name.replace(".", "")
    return rng.choice(
        (
            f"{name}-{serial}/{year}",
            f"{name}.{serial}/{year}",
            f"{name} {serial}/{year}",
            f"{plain} {serial}/{year}",
            f"{plain}.{serial}/{year}",
            f"{name}-{serial:03}/{year}",
        )
    )
