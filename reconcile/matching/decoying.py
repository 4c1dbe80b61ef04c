"""Decoys: people who are nobody, made of parts of the held persons, to see how many find a voter all the same.

As in the target-decoy estimate of proteomics (Elias and Gygi, 2007): what decoys reach above a threshold, held persons
who are on no roll reach as well, by chance. Made of their own names, homes and dates, decoys are as common as they are.
Relatives of people on no roll are likelier than that; the weights know of them (`relating`), decoys do not.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.matching.encoding import column, ranks, texts
from reconcile.matching.options import MatchOptions
from reconcile.matching.preparing import Roll
from reconcile.matching.wording import NOTHING, Ints
from reconcile.records import COLUMNS, Sex

FEWEST = 8  # held persons below whom parts of different people cannot be put together
_TRIES = 20  # serials looked for one after the other, until no voter has it
_HOME = ("birth_place", "address", "rt", "rw", "village", "district", "regency", "province", "region_code")
_BORN = ("birth_date", "birth_year", "age", "birth_quality")
_WHOSE = ("sex", "alias", "nik_quality", "source_file", "sheet", "row", "kind")


@dataclass(frozen=True)
class _Donors:
    """Rows of the register that give a decoy its parts, one entry a decoy."""

    call_name: Ints
    other_names: Ints
    born: Ints
    home: Ints
    serial: Ints


def make_decoys(held: pa.Table, roll: Roll, options: MatchOptions) -> pa.Table:
    """Return one decoy of each held person, several of each in a small register; none with fewer than FEWEST people.

    One gives the call name (with the sex), others the other names, the birth date, the home and the NIK's serial; who
    gives what depends on the order of file, sheet and row only.
    """
    if held.num_rows < FEWEST:
        return held.slice(0, 0)
    donors = _donors(ranks(held), options)
    parts = {name: _taken(held, name, donors.home) for name in _HOME}
    parts |= {name: _taken(held, name, donors.born) for name in _BORN}
    parts |= {name: _taken(held, name, donors.call_name) for name in _WHOSE}
    parts["name"] = _names(held, donors)
    numbers = _numbers(held, donors, roll)
    parts["nik"], parts["nik_digits"] = numbers, numbers
    return pa.table({name: part for name, part in parts.items() if part is not None})


def _donors(rank: Ints, options: MatchOptions) -> _Donors:
    n = len(rank)
    order = np.argsort(rank, kind="stable")
    chosen = np.linspace(0, n - 1, min(n, options.most_decoys)).astype(np.int64)
    rounds = np.arange(-(-options.fewest_decoys // len(chosen)))
    chosen, again = np.tile(chosen, len(rounds)), np.repeat(rounds, len(chosen))
    # Parts a different stretch of the register apart, in every round another one.
    others = ((chosen + n * part // 7 + again * place) % n for place, part in enumerate((1, 2, 3, 5), 1))
    return _Donors(order[chosen], *(order[other] for other in others))


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _taken(held: pa.Table, name: str, rows: Ints) -> pa.Array | None:
    return column(held, name, _plain(COLUMNS[name])).take(pa.array(rows)) if name in held.schema.names else None


def _names(held: pa.Table, donors: _Donors) -> pa.Array:
    name = texts(held, "name")
    first = pc.replace_substring_regex(name.take(pa.array(donors.call_name)), r"\s.*$", "")
    others = pc.replace_substring_regex(pc.fill_null(name.take(pa.array(donors.other_names)), ""), r"^\S*\s*", "")
    return pc.utf8_trim_whitespace(pc.binary_join_element_wise(first, others, " "))


def _numbers(held: pa.Table, donors: _Donors, roll: Roll) -> pa.Array:
    """Return NIK that no voter has, of district, date and serial of three people; null where one of them has none."""
    nik = pc.fill_null(texts(held, "nik"), "")
    place, date, serial, own = (
        nik.take(pa.array(rows)).to_pylist() for rows in (donors.home, donors.born, donors.serial, donors.call_name)
    )
    sexes = texts(held, "sex").take(pa.array(donors.call_name)).to_pylist()
    found = np.asarray(
        [
            int(a[:6] + _dated(b[6:12], sex) + c[12:]) if all(len(part) == 16 for part in (a, b, c, d)) else NOTHING
            for a, b, c, d, sex in zip(place, date, serial, own, sexes, strict=True)
        ],
        np.int64,
    )
    for _ in range(_TRIES):
        owned = roll.index.nik.spans(found, found)[1] > 0
        found[owned] += 1
    return pa.array([str(number) if number > 0 else None for number in found.tolist()], pa.string())


def _dated(digits: str, sex: str | None) -> str:
    """Return a NIK's six digits of the date for this sex: a woman's day is written plus 40 (domain 6)."""
    day = int(digits[:2]) % 40
    return f"{day + 40 * (sex == Sex.FEMALE):02}{digits[2:]}"
