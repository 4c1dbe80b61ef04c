"""Time and memory of comparing two stages of one roll, start of Python included.

    python -m tests.benchmarks.stages_speed [--voters 700000] [--runs 5] [--folder DIR]

The first stage is a made-up roll as an upload stores it (Parquet); the second one the same after the door-to-door
check: 3 % struck by codes 1 to 7, 1 % moved by code 8 with their new entries, 2 % changed, 1 % new, .1 % gone without
a code. A run reads both, compares, counts the recapitulation and writes the answer. Figures are of this machine.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "tests.benchmarks.stages_speed"]
FIRST, SECOND, ANSWER = "first.parquet", "second.parquet", "answer.parquet"
SHARES = {"struck": 0.03, "moved": 0.01, "changed": 0.02, "new": 0.01, "gone": 0.001}


def make(folder: Path, voters: int) -> None:
    from reconcile.generating import write_text_roll
    from reconcile.reading import read_list

    if (folder / SECOND).exists():
        return
    path = folder / "roll.csv"
    write_text_roll(path, seed=1, voters=round(voters * (1 + SHARES["new"])))
    table = read_list(path).table
    table = table.set_column(table.column_names.index("remark"), "remark", pa.array(["0"] * table.num_rows))
    rng = np.random.default_rng(1)
    row = rng.permutation(table.num_rows)
    new, row = row[: table.num_rows - voters], row[table.num_rows - voters :]
    pq.write_table(table.take(pa.array(np.sort(row))), folder / FIRST)
    cuts = np.cumsum([round(voters * SHARES[name]) for name in ("struck", "moved", "changed", "gone")])
    struck, moved, changed, gone, _ = np.split(row, cuts)
    remark = np.full(table.num_rows, "0", object)
    remark[struck] = rng.choice(list("1234567"), len(struck))
    remark[moved], remark[changed], remark[new] = "8", "U", "B"
    street = table["address"].to_numpy(zero_copy_only=False).copy()
    street[changed] = "JL PERUBAHAN"
    parts = {"remark": pa.array(remark), "address": pa.array(street)}
    later = table
    for name, column in parts.items():
        later = later.set_column(later.column_names.index(name), name, column)
    entered = later.take(pa.array(np.sort(moved)))
    entered = entered.set_column(entered.column_names.index("tps"), "tps", pa.array(["088"] * len(moved)))
    entered = entered.set_column(entered.column_names.index("remark"), "remark", pa.array(["B"] * len(moved)))
    stays = np.ones(table.num_rows, bool)
    stays[gone] = False
    tables = [_plain(later.filter(pa.array(stays))), _plain(entered)]
    pq.write_table(pa.concat_tables(tables), folder / SECOND)


def _plain(table: pa.Table) -> pa.Table:
    """Return a table without dictionaries."""
    columns = [
        column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column for column in table.itercolumns()
    ]
    return pa.table(columns, names=table.column_names)


def once(folder: Path) -> None:
    """What a comparison does, and nothing else; prints what was found."""
    from reconcile.deciding import load_election
    from reconcile.diffing import GROUPS, Stage, compare_stages, recap_of

    first, second = (pq.read_table(folder / name) for name in (FIRST, SECOND))
    events = compare_stages(Stage("DP4", first), Stage("DPHP", second), load_election("pilkada-2024"))
    recap = recap_of(events)
    pq.write_table(events, folder / ANSWER, compression="zstd")
    counts = {GROUPS[one["values"]].value: one["counts"] for one in pc.value_counts(events["group"]).to_pylist()}
    faults = int(np.count_nonzero(events["faults"].to_numpy()))
    print(f"{counts}, {faults} with a fault, {len(recap.stations)} TPS")  # noqa: T201


def run(folder: Path) -> tuple[float, float, str]:
    begun = time.perf_counter()
    process = subprocess.Popen([*COMMAND, "--once", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the run failed with status {status}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024, said.strip()


def report(folder: Path, runs: int) -> Iterator[str]:
    yield run(folder)[2]  # warm-up: bytecode and file cache
    measured = [run(folder) for _ in range(runs)]
    seconds = [each[0] for each in measured]
    yield f"{statistics.median(seconds):.1f} s median of {runs} ({min(seconds):.1f} to {max(seconds):.1f})"
    yield f"peak memory {max(each[1] for each in measured):,.0f} MB"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--voters", type=int, default=700_000)
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--folder", type=Path)
    words.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    words.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    chosen = words.parse_args()
    if chosen.once:
        once(chosen.once)
        return
    if chosen.make:
        make(chosen.make, chosen.voters)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = chosen.folder or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        # In a process of its own: a child's peak memory counts from its parent's.
        subprocess.run([*COMMAND, "--make", str(folder), "--voters", str(chosen.voters)], cwd=ROOT, check=True)
        for line in report(folder, chosen.runs):
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
