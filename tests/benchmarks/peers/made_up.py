"""Made-up registers and rolls from `reconcile.generating`, read and cleaned by `reconcile.reading`."""

import csv
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.generating import generate_case, write_case
from reconcile.matching.encoding import street_of
from reconcile.reading import ReadResult, read_list
from tests.benchmarks.peers.case import REGISTER, Case

# What the tools are given: all that speaks of the person, nothing of the list it stands in.
COLUMNS = (
    "source_file", "sheet", "row", "kind", "name", "alias", "father", "nik", "nik_digits", "nik_quality", "nkk", "sex",
    "birth_place", "birth_date", "birth_year", "age", "birth_quality", "address", "rt", "rw", "region_code",
)  # fmt: skip
FEW = 0.05
# Person and places on the fixed roll, by register and row.
Truth = dict[tuple[str, int], tuple[str, list[tuple[str, int]]]]


def make(*, seed: int, voters: int, held: int, strength: float = 1.0, few: bool = False) -> Case:
    """Return a register of `held` and some in police cells against a roll; with `few`, 5 % of them are on it."""
    cells = max(20, held // 25)
    people = generate_case(seed=seed, voters=min(voters, 24_000), held=held, cells=cells, strength=strength)
    with tempfile.TemporaryDirectory() as place:
        files = write_case(people, Path(place), "sidalih", voters=voters)
        left = _tables([read_list(path) for path in (files.rutan, files.polres)])
        right = _tables([read_list(path) for path in files.roll])
        truth = _people(files.truth)
    return _case(left, right, truth, few, Random(seed))


def _tables(read: list[ReadResult]) -> pa.Table:
    tables = [one.table.select([name for name in COLUMNS if name in one.table.schema.names]) for one in read]
    table = pa.concat_tables(tables, promote_options="default").unify_dictionaries().combine_chunks()
    plain = {name: _plain(table[name].combine_chunks()) for name in table.schema.names}
    # What our matcher cuts out of an address by itself, the peers are given.
    return pa.table({**plain, "street": _plain(street_of(plain["address"]))})


def _plain(column: pa.Array) -> pa.Array:
    """Return texts as texts, and nothing where nothing is written: peers take "" for a value."""
    if not (pa.types.is_dictionary(column.type) or pa.types.is_string(column.type)):
        return column
    texts = column.cast(pa.string())
    return pc.if_else(pc.equal(texts, ""), None, texts)


def _people(path: Path) -> Truth:
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["source"], int(row["row"])): (row["pid"], [_place(one) for one in row["dpt"].split(";") if one])
            for row in csv.DictReader(lines)
        }


def _place(written: str) -> tuple[str, int]:
    file, _, row = written.split("|")
    return file, int(row)


def _case(left: pa.Table, right: pa.Table, truth: Truth, few: bool, rng: Random) -> Case:
    """Keep one row of each person on either side, and of the partners all or a few."""
    row_of_place = {place: row for row, place in enumerate(_places(right))}
    rows: dict[str, int] = {}
    entries: dict[str, list[int]] = {}
    for row, (file, number) in enumerate(_places(left)):
        pid, places = truth[Path(file).stem, number]
        if pid not in rows:
            rows[pid] = row
            entries[pid] = [row_of_place[place] for place in places]
    partner = {pid: found[0] for pid, found in entries.items() if found}
    if few:
        kept = rng.sample(sorted(partner), round(FEW * len(rows)))
        partner = {pid: partner[pid] for pid in kept}
    dropped = {entry for found in entries.values() for entry in found} - set(partner.values())
    staying = np.setdiff1d(np.arange(len(right)), np.asarray(sorted(dropped), np.int64))
    pairs = [(place, partner[pid]) for place, pid in enumerate(rows) if pid in partner]
    ours, theirs = (np.asarray(side, np.int64) for side in zip(*pairs, strict=True))
    found = pa.table({"left": ours, "right": np.searchsorted(staying, theirs)})
    return Case(REGISTER, _taken(left, list(rows.values())), _taken(right, staying), found)


def _places(table: pa.Table) -> Iterable[tuple[str, int]]:
    return zip(table["source_file"].to_pylist(), table["row"].to_pylist(), strict=True)


def _taken(table: pa.Table, rows: Sequence[int] | npt.NDArray[np.int64]) -> pa.Table:
    return table.take(pa.array(rows)).append_column("id", pa.array(range(len(rows)), pa.int64()))
