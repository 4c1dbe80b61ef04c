"""The truth about one row of a register: where that person stands on KPU's lists, and what is right to say."""

from collections.abc import Mapping
from dataclasses import dataclass

from reconcile.generating import Group
from reconcile.records import Outcome

Place = tuple[str, str, int]  # file, sheet and row as the office sees them

COLUMNS = ("source", "row", "group", "nik_kind", "dpt", "dptb")

# What is right for each group; several where a person of sense could say either.
RIGHT: dict[Group, frozenset[Outcome]] = {
    Group.LOKSUS_IN: frozenset({Outcome.FIXED_HERE}),
    Group.LOKSUS_DOUBLE: frozenset({Outcome.DUPLICATE}),
    Group.REGULAR: frozenset({Outcome.NEEDS_TRANSFER}),
    Group.DPTB: frozenset({Outcome.MOVED_HERE}),
    Group.UNREGISTERED: frozenset({Outcome.NOT_ON_ROLL}),
    Group.NO_EKTP: frozenset({Outcome.NEEDS_IDENTITY, Outcome.NEEDS_TRANSFER}),
    Group.LEAVING: frozenset({Outcome.LEAVING}),
    Group.DUP_REGISTER: frozenset({Outcome.NEEDS_TRANSFER, Outcome.DUPLICATE}),
    Group.BOTH: frozenset({Outcome.NEEDS_TRANSFER, Outcome.DUPLICATE}),
    Group.OUTSIDE: frozenset({Outcome.OTHER_REGENCY}),
    Group.OUTSIDE_DPTB: frozenset({Outcome.MOVED_HERE}),
    Group.MINOR: frozenset({Outcome.INELIGIBLE}),
    Group.CELL_REGULAR: frozenset({Outcome.NEEDS_TRANSFER}),
    Group.CELL_UNREG: frozenset({Outcome.NOT_ON_ROLL}),
    Group.CELL_OUTSIDE: frozenset({Outcome.OTHER_REGENCY}),
    Group.CELL_MINOR: frozenset({Outcome.INELIGIBLE}),
}
# Who is on no roll and shows no whole NIK may first be sent to have the identity found.
NO_USABLE_NIK = frozenset({"missing", "short", "float"})


@dataclass(frozen=True)
class TruthRow:
    """One row of `truth.csv`. `source` is the register's file name without its ending.

    `stands` are all places where the person is listed; `right` is empty where the group is not one of ours;
    `damage` is None where the truth does not say what was done to the row.
    """

    source: str
    row: int
    group: str
    nik_kind: str
    stands: frozenset[Place]
    right: frozenset[Outcome]
    damage: tuple[str, ...] | None

    @classmethod
    def of(cls, written: Mapping[str, str]) -> "TruthRow":
        """Understand one row of the file. Raises ValueError or KeyError when it cannot be."""
        damage = written.get("damage")
        return cls(
            source=written["source"],
            row=int(written["row"]),
            group=written["group"],
            nik_kind=written["nik_kind"],
            stands=frozenset(places(written["dpt"]) + places(written["dptb"])),
            right=right_outcomes(written),
            damage=None if damage is None else tuple(kind for kind in damage.split("+") if kind),
        )


def places(written: str) -> list[Place]:
    """Return the places of `file|sheet|row;file|sheet|row`. Raises ValueError when one is none."""
    found = []
    for place in filter(None, written.split(";")):
        file, sheet, row = place.split("|")
        found.append((file, sheet, int(row)))
    return found


def right_outcomes(written: Mapping[str, str]) -> frozenset[Outcome]:
    """Return what may be said of one row: its group's outcome, and what its own damage adds."""
    group = written["group"]
    if group not in set(Group):
        return frozenset()
    right = RIGHT[Group(group)]
    if written["nik_kind"] in NO_USABLE_NIK and not written["dpt"]:
        right |= {Outcome.NEEDS_IDENTITY}
    if ";" in written["dpt"]:
        right |= {Outcome.DUPLICATE}
    return right
