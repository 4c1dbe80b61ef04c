"""Likely doubles inside one roll: time, memory, precision and recall, by how somebody came to stand there twice.

    python -m tests.benchmarks.doubles [--voters 700000] [--seeds 1 2 3]

A roll a seed (`generating.doubled_rolls`: doubles in four ways, twins beside them), read as an upload is, then searched
in a process of its own that begins with the Parquet columns. Precision counts every pair shown that is not a double:
twins, namesakes born the same day. Figures are of this machine.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "tests.benchmarks.doubles"]
ROLL, TRUTH, FOUND = "roll.parquet", "truth.json", "found.json"


def make(folder: Path, seed: int, voters: int) -> None:
    """Write the columns of a roll, and its doubles as pairs of rows with their stories."""
    import pyarrow.parquet as pq

    from reconcile.generating.doubled_rolls import write_doubled_roll
    from reconcile.reading import read_list

    doubled = write_doubled_roll(folder / "roll.csv", seed=seed, voters=voters)
    table = read_list(folder / "roll.csv").table
    place = {row: number for number, row in enumerate(table["row"].to_pylist())}
    pq.write_table(table, folder / ROLL)
    truth = [[place[one.first], place[one.second], one.story] for one in doubled]
    (folder / TRUTH).write_text(json.dumps(truth))


def once(folder: Path) -> None:
    """What a search is, and nothing else."""
    import pyarrow.parquet as pq

    from reconcile.matching import find_doubles

    found = find_doubles(pq.read_table(folder / ROLL))
    (folder / FOUND).write_text(json.dumps([[one.left, one.right, one.probability] for one in found]))


def search(folder: Path) -> tuple[float, float, float]:
    """Search in a process of its own; return wall and processor seconds, start of Python included, and peak MB."""
    begun = time.perf_counter()
    process = subprocess.Popen([*COMMAND, "--once", str(folder)], cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the search failed with status {status}")
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def figures(folder: Path) -> str:
    truth = {(min(a, b), max(a, b)): story for a, b, story in json.loads((folder / TRUTH).read_text())}
    found = {(min(a, b), max(a, b)) for a, b, _ in json.loads((folder / FOUND).read_text())}
    right = Counter(story for pair, story in truth.items() if pair in found)
    of = Counter(truth.values())
    stories = ", ".join(f"{story} {right[story]}/{of[story]}" for story in sorted(of))
    hits = sum(right.values())
    said = f"recall {hits / len(truth):.4f} precision {hits / max(1, len(found)):.4f}"
    return f"{said} ({stories}; {len(found)} shown)"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--voters", type=int, default=700_000)
    words.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    words.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    words.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    words.add_argument("--keep", type=Path, help="keep the rolls here")
    chosen = words.parse_args()
    if chosen.once:
        once(chosen.once)
        return
    if chosen.make:
        make(chosen.make, chosen.seeds[0], chosen.voters)
        return
    with tempfile.TemporaryDirectory() as place:
        for seed in chosen.seeds:
            folder = (chosen.keep or Path(place)) / f"{chosen.voters}-{seed}"
            folder.mkdir(parents=True, exist_ok=True)
            # In a process of its own: a child's peak memory counts from its parent's.
            if not (folder / TRUTH).exists():
                sizes = ["--voters", str(chosen.voters), "--seeds", str(seed)]
                subprocess.run([*COMMAND, "--make", str(folder), *sizes], cwd=ROOT, check=True)
            wall, processor, memory = search(folder)
            spent = f"{wall:.1f} s ({processor:.1f} s of processors), {memory:,.0f} MB"
            print(f"seed {seed}: {spent}, {figures(folder)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
