"""What a comparison of two stages of a roll is made of, and what it answers with."""

from dataclasses import dataclass
from enum import IntFlag, StrEnum

import pyarrow as pa

from reconcile.records import Sex

NEW_MARK, CHANGE_MARK = "B", "U"  # new entry; changed data: the same in all elections (domain 4.3)
# What a correction can change. Where somebody votes is told as a move.
COMPARED = (
    "name", "nik", "nkk", "birth_place", "birth_date", "sex", "marital", "address", "rt", "rw", "ektp", "disability",
)  # fmt: skip


class Group(StrEnum):
    """What became of a row. The order is the order on screens."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"  # to another TPS
    STRUCK = "struck"  # with a code
    GONE = "gone"  # without one
    NEW = "new"
    STRUCK_BEFORE = "struck_before"  # a row of the first stage that was no voter there already
    STRUCK_UNKNOWN = "struck_unknown"  # a struck row of the second stage whose voter the first does not hold


GROUPS = tuple(Group)
FIRST = (Group.SAME, Group.CHANGED, Group.MOVED, Group.STRUCK, Group.GONE)  # make up the voters of the first stage
SECOND = (Group.SAME, Group.CHANGED, Group.MOVED, Group.NEW)


class Fault(IntFlag):
    """What somebody must explain; several may hold for one row."""

    GONE = 1  # not there any more, and no code says why
    NO_NEW_ENTRY = 2  # struck to be moved, and nowhere entered anew ("8 tanpa padanan B")
    NO_STRIKE = 4  # stands at another TPS, and is not struck at the old one ("B tanpa padanan 8")
    NOT_NEW = 8  # marked new, though the first stage holds this voter at the same TPS
    RETURNED = 16  # struck in the first stage, a voter again in the second
    STRUCK_UNKNOWN = 32  # struck, though the first stage does not hold this voter
    NEW_UNMARKED = 64  # new without B, on a list that uses marks
    CHANGE_UNMARKED = 128  # changed without U, on a list that uses marks
    NO_CHANGE = 256  # marked U, and nothing has changed
    UNKNOWN_CODE = 512  # a number that is no code of this stage

    @property
    def code(self) -> str:
        """The name by which labels and addresses know it."""
        return str(self.name).lower()


FAULTS = {fault.code: fault for fault in Fault}


@dataclass(frozen=True)
class Stage:
    """One stage of a roll: its code in the election's definition, and its rows with any of `records.COLUMNS`."""

    code: str
    table: pa.Table


SEXES = (Sex.MALE.value, Sex.FEMALE.value, "")  # "": not stated; counted by itself, never left out

_PLACE = pa.dictionary(pa.int32(), pa.string())
# One row of the answer: a voter, or a struck row by itself. Row numbers are -1 where there is none.
EVENTS = pa.schema(
    [
        ("group", pa.int8()),  # place in GROUPS
        ("before", pa.int32()),  # row of the first stage
        ("after", pa.int32()),  # row of the second stage that is a voter
        ("struck", pa.int32()),  # row of the second stage that is none
        ("code", _PLACE),  # the remark of the struck row, else of the voter
        ("faults", pa.int16()),  # bits of Fault
        ("fields", pa.int16()),  # bits by place in COMPARED
        ("tps_before", _PLACE),  # "3316091015-001"; "" where there is none
        ("tps_after", _PLACE),
        ("sex_before", pa.int8()),  # place in SEXES; -1 where there is no row
        ("sex_after", pa.int8()),
    ]
)
