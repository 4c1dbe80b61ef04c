"""What all stages speak: the columns of a record, and the words for kinds, outcomes and levels.

Records travel as Arrow tables, one row a person as written in one row of one office's file. A table
may hold a subset of the columns; a missing column means "not stated" for every row.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import pyarrow as pa


class ListKind(StrEnum):
    """What a file is, recognised by its content."""

    ROLL = "roll"  # fixed voters (DPT) or an earlier stage of the same roll
    MOVED = "moved"  # voters moved to another TPS
    RUTAN = "rutan"  # the Rutan's register of inmates
    POLRES = "polres"  # the Polres's register of people in its cells


ROLL_KINDS = frozenset({ListKind.ROLL, ListKind.MOVED})
HELD_KINDS = frozenset({ListKind.RUTAN, ListKind.POLRES})


class VoterCategory(StrEnum):
    """Neutral names; the labels (DPT, DPTb, DPK) belong to the election."""

    FIXED = "fixed"
    MOVED = "moved"
    UNREGISTERED = "unregistered"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class Marital(StrEnum):
    SINGLE = "single"
    MARRIED = "married"
    WIDOWED = "widowed"  # "pernah kawin": once married


class NikQuality(StrEnum):
    """How far a NIK as written can be believed (domain 5.5)."""

    OK = "ok"
    MISSING = "missing"
    SHORT = "short"  # fewer than 16 digits: a digit was lost
    LONG = "long"
    ROUNDED = "rounded"  # kept as a number: Excel has lost the last digit
    LOST = "lost"  # "3.31609E+15": only the first digits survive
    LETTERS = "letters"  # O for 0, l for 1: not repaired
    JUNK = "junk"  # all digits the same, serial 0000, region 000000


class DateQuality(StrEnum):
    EXACT = "exact"
    YEAR = "year"  # only the year is known
    AGE = "age"  # only the age on the list's date is known
    FILLER = "filler"  # 1 January: often typed where only the year is known
    MISSING = "missing"


class MatchStatus(StrEnum):
    AUTO = "auto"
    REVIEW = "review"
    NONE = "none"


class Outcome(StrEnum):
    """Exactly one per held person, election and as-of date, in this order of precedence."""

    NEEDS_REVIEW = "needs_review"
    INELIGIBLE = "ineligible"
    DUPLICATE = "duplicate"
    LEAVING = "leaving"
    LEFT = "left"
    FIXED_HERE = "fixed_here"
    MOVED_HERE = "moved_here"
    NEEDS_TRANSFER = "needs_transfer"
    TOO_LATE = "too_late"
    NEEDS_IDENTITY = "needs_identity"
    OTHER_REGENCY = "other_regency"
    NOT_ON_ROLL = "not_on_roll"


# Not on any roll, so far as is known.
NOT_FOUND = frozenset({Outcome.NEEDS_IDENTITY, Outcome.OTHER_REGENCY, Outcome.NOT_ON_ROLL})


_TEXT = pa.string()
_WORD = pa.dictionary(pa.int32(), pa.string())

# Every column a record can have. "raw" columns hold the cell as the office wrote it.
COLUMNS: dict[str, pa.DataType] = {
    # where it stands: the file's name, the sheet's name ("" for text files), the row as the office sees it
    "source_file": _WORD,
    "sheet": _WORD,
    "row": pa.int32(),
    "kind": _WORD,
    # who
    "name_raw": _TEXT,
    "name": _TEXT,  # upper case, without titles, alias and father's name
    "alias": _TEXT,  # several joined by "; "
    "father": _TEXT,  # after bin/binti: evidence, never part of the name
    "nik_raw": _TEXT,
    "nik": _TEXT,  # 16 digits, or null where nik_quality is not ok
    "nik_digits": _TEXT,  # the digits that can be believed of a damaged NIK (15 of a rounded one)
    "nik_quality": _WORD,
    "nkk": _TEXT,
    "sex": _WORD,
    "birth_place": _TEXT,
    "birth_raw": _TEXT,
    "birth_date": pa.date32(),
    "birth_year": pa.int16(),  # also set where only the year is known
    "age": pa.int16(),  # years on the list's date, where only the age is known
    "birth_quality": _WORD,
    "marital": _WORD,
    "nationality": _WORD,
    "occupation": _WORD,
    # home (for a voter of a moved list: where that voter comes from)
    "address": _TEXT,
    "rt": _WORD,
    "rw": _WORD,
    "village": _WORD,
    "district": _WORD,
    "regency": _WORD,
    "province": _WORD,
    "region_code": _WORD,  # deepest known code of the home: 2, 4, 6 or 10 digits
    # on a roll
    "tps": _WORD,  # number as text; on a moved list the TPS the voter leaves
    "tps_region": _WORD,  # code of the village in which that TPS lies
    "to_tps": _WORD,  # moved list: the TPS the voter goes to
    "to_region": _WORD,
    "ektp": _WORD,  # "recorded" or "unrecorded"
    "disability": _WORD,
    "remark": _WORD,
    # in custody
    "registration_number": _TEXT,
    "register_class": _WORD,  # "A.I" ... "B.III"
    "entry_date": pa.date32(),
    "release_date": pa.date32(),
    "block": _WORD,
    "unit": _WORD,
}

SCHEMA = pa.schema(list(COLUMNS.items()))


@dataclass(frozen=True)
class Source:
    """Where a record stands, in the words the office uses."""

    file: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}|{self.sheet}|{self.row}"


@dataclass(frozen=True)
class Reason:
    """One part of a pair's weight. `weight` is in thousandths of a bit, so that sums are exact."""

    field: str
    level: str
    weight: int


@dataclass(frozen=True)
class Discrepancy:
    """One difference a person must know of. `field` and the two values are for the screen."""

    code: str
    held: str = ""
    roll: str = ""


@dataclass(frozen=True)
class Decided:
    """The answer for one held person; what a screen, a list and a letter are made of."""

    outcome: Outcome
    provisional: bool
    category: VoterCategory | None
    ballots: tuple[str, ...] | None  # None: cannot be determined (home unknown)
    action: str
    actor: str
    due: date | None
    discrepancies: tuple[Discrepancy, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
