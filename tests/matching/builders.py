"""Made-up rows for the tests of matching: one man in the register and on the roll, changed by name, and a crowd."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa

from reconcile.generating.identity_numbers import Numbers
from reconcile.generating.naming import compose
from reconcile.matching import Match, Matches, MatchOptions, match
from reconcile.matching.comparing import compare
from reconcile.matching.encoding import encode
from reconcile.matching.indexing import Index
from reconcile.matching.wording import Vocabularies
from reconcile.records import COLUMNS, MatchStatus, Sex

Row = dict[str, Any]
AS_OF = date(2024, 11, 1)
VILLAGES = ("3316091015", "3316091013", "3316122005")
_HAMLETS = ("SUMBERJO", "KRAJAN", "NGLAWAN", "TEMPEL", "PLUMPUNG", "GREYAGAN")
NUMBER = "3316091403809001"
RELATIVE = "3316095706839001"  # his wife's
CROWD = 160  # voters who make a name common or rare
STRANGERS = "3316090202919501"


def held(**changes: Any) -> Row:
    """Return a man as the Rutan's register has him."""
    row = _man() | {"source_file": "rutan.xlsx", "sheet": "DATA WBP", "row": 6, "kind": "rutan"}
    return _agreeing(row | changes)


def voter(**changes: Any) -> Row:
    """Return the same man on the roll of his village."""
    row = _man() | {
        "source_file": "DPT_KUNDEN.xlsx", "sheet": "TPS 003", "row": 17, "kind": "roll", "nkk": "3316090505059001",
        "tps": "003", "tps_region": VILLAGES[0], "ektp": "recorded", "marital": "married",
    }  # fmt: skip
    return _agreeing(row | changes)


def _man() -> Row:
    return {
        "name": "WAGIYO LEGAWA", "nik": NUMBER, "birth_date": date(1980, 3, 14), "birth_place": "BLORA", "sex": "male",
        "address": "DK SUMBERJO", "rt": "1", "rw": "2", "region_code": VILLAGES[0],
    }  # fmt: skip


def _agreeing(row: Row) -> Row:
    """Fill in what reading derives from other columns, where the test does not say it."""
    born, nik = row.get("birth_date"), row.get("nik")
    derived = {
        "name_raw": row["name"],
        "nik_digits": nik,
        "nik_quality": "ok" if nik else "missing",
        "birth_year": born.year if born else None,
        "birth_quality": "exact" if born else "missing",
    }
    return derived | row


def numbered(rows: Iterable[Row], first: int = 6) -> list[Row]:
    """Return rows as they stand one below the other in one sheet."""
    return [row | {"row": place} for place, row in enumerate(rows, first)]


def table(rows: Sequence[Mapping[str, Any]], without: Iterable[str] = ()) -> pa.Table:
    """Return the Arrow table of these rows with all columns of a record but those in `without`."""
    stated = {name for row in rows for name in row}
    left_out = set(without)
    columns = {
        name: pa.array([row.get(name) for row in rows], kind) if name in stated else pa.nulls(len(rows), kind)
        for name, kind in COLUMNS.items()
        if name not in left_out
    }
    return pa.table(columns)


@cache
def _crowd_table(size: int) -> pa.Table:
    return table(_crowd(size))


@cache
def _crowd(size: int) -> tuple[Row, ...]:
    rng, numbers = Random("crowd"), Numbers()
    rows = []
    for place in range(size):
        sex = Sex.FEMALE if place % 2 else Sex.MALE
        born = date.fromordinal(rng.randint(date(1950, 1, 1).toordinal(), date(2006, 12, 31).toordinal()))
        village = VILLAGES[place % len(VILLAGES)]
        row = voter(
            name=compose(rng, sex, born.year), nik=numbers.nik("331612", born, sex), birth_date=born,
            birth_place=rng.choice(("BLORA", "BLORA", "REMBANG", "PATI")), sex=sex.value,
            address=f"DK {rng.choice(_HAMLETS)}", rt=str(rng.randint(1, 6)), rw=str(rng.randint(1, 4)),
            region_code=village, tps_region=village, nkk=f"331612010105{9001 + place // 3}", sheet="TPS 001",
            source_file=f"DPT_{village}.xlsx",
        )  # fmt: skip
        rows.append(row)
    return tuple(numbered(rows))


def crowd(size: int = CROWD) -> list[Row]:
    """Return other voters, always the same: what makes a name common or rare, a date likely or not."""
    return list(_crowd(size))


def run(
    register: Sequence[Row], roll: Sequence[Row], options: MatchOptions | None = None, *, alone: bool = False
) -> Matches:
    """Match register rows with roll rows that stand before a crowd (`alone`: without it)."""
    voters = table(roll) if alone else pa.concat_tables([table(roll), _crowd_table(CROWD)])
    return match(table(register), voters, options, as_of=AS_OF)


def answers(register: Sequence[Row], roll: Sequence[Row]) -> list[tuple[MatchStatus, int | None]]:
    """Return status and chosen row of the roll for each register row."""
    return [(one.status, one.chosen) for one in run(numbered(register), numbered(roll)).matches]


def only(matches: Matches) -> Match:
    """Return the answer where the register has one row."""
    (found,) = matches.matches
    return found


def reasons(found: Match, voter_row: int = 0) -> dict[str, tuple[str, int]]:
    """Return level and weight by field of one candidate (by its row of the roll)."""
    candidate = next(one for one in found.candidates if one.voter == voter_row)
    return {reason.field: (reason.level, reason.weight) for reason in candidate.reasons}


def levels(field: str, register: Sequence[Row], roll: Sequence[Row]) -> list[str]:
    """Return the level at which a field of each register row agrees with the roll row in the same place."""
    vocabularies = Vocabularies()
    right, left = (encode(table(rows), vocabularies, AS_OF.year) for rows in (roll, register))
    places, word_bits = np.arange(len(register)), np.full(len(vocabularies.words.classes), 8.0)
    compared = compare(left, right, (places, places), Index(right), word_bits)
    return [compared.level(field, pair) for pair in range(len(register))]
