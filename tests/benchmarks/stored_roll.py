"""Time and memory of matching a register with a roll that is stored already, start of Python included.

    python -m tests.benchmarks.stored_roll [--held 200] [--voters 700000] [--runs 5] [--workers 1] [--folder DIR]

Makes the lists (seed 1; kept in --folder when given), prepares and stores the roll, then runs the matching in fresh
processes: register from Parquet, stored roll mapped, one JSON line a person written. Prints the median and the range
of the runs, and the peak memory of the process. Figures are of this machine; quote the medians.

As cores are not equally fast every day, 200 names are compared with all names of the roll by rapidfuzz (two threads,
`token_sort_ratio`) between the runs: the last line says how many of these the matching takes.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "tests.benchmarks.stored_roll"]
NAMES = 200
REGISTER, ROLL, STORED, ANSWERS = "held.parquet", "roll.parquet", "roll", "answers.jsonl"


def once(folder: Path, workers: int) -> None:
    """What a run does, and nothing else; prints the seconds of the matching itself."""
    import pyarrow.parquet as pq

    from reconcile.matching import match, open_roll

    register, roll = pq.read_table(folder / REGISTER), open_roll(folder / STORED)
    begun = time.perf_counter()
    found = match(register, roll, as_of=date(2024, 11, 1), workers=workers)
    took = time.perf_counter() - begun
    with (folder / ANSWERS).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(one)) + "\n" for one in found.matches)
    print(took)  # noqa: T201


def brute(folder: Path) -> None:
    """Compare names with all names of the roll, and nothing else; prints the seconds."""
    import numpy as np
    import pyarrow.parquet as pq
    from rapidfuzz import fuzz, process

    held, voters = (pq.read_table(folder / file, columns=["name"])["name"].to_pylist() for file in (REGISTER, ROLL))
    begun = time.perf_counter()
    process.cdist(held[:NAMES], voters, scorer=fuzz.token_sort_ratio, score_cutoff=85, dtype=np.uint8, workers=2)
    print(time.perf_counter() - begun)  # noqa: T201


def make(folder: Path, held: int, voters: int) -> None:
    """Write a made-up register and roll as Parquet, as reading makes them, unless they are there."""
    if (folder / ROLL).exists():
        return
    import pyarrow as pa
    import pyarrow.parquet as pq

    from reconcile.generating import generate_case, write_case
    from reconcile.reading import read_list

    people = min(voters, max(24_000, 3 * held))
    case = generate_case(seed=1, voters=people, held=held, cells=max(20, held // 25))
    with tempfile.TemporaryDirectory() as place:
        files = write_case(case, Path(place), "sidalih", voters=voters)
        for name, paths in ((REGISTER, [files.rutan, files.polres]), (ROLL, files.roll)):
            tables = [read_list(path).table for path in paths]
            pq.write_table(pa.concat_tables(tables, promote_options="default").unify_dictionaries(), folder / name)


def prepare_roll(folder: Path) -> None:
    """Prepare and store the roll; say how long each takes, and how large it is."""
    import pyarrow.parquet as pq

    from reconcile.matching import prepare

    table = pq.read_table(folder / ROLL)
    begun = time.perf_counter()
    roll = prepare(table)
    prepared = time.perf_counter()
    roll.store(folder / STORED)
    stored = time.perf_counter()
    size = sum(path.stat().st_size for path in (folder / STORED).iterdir()) / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"prepared {table.num_rows:,} voters in {prepared - begun:.1f} s,", end=" ")  # noqa: T201
    print(f"stored {size:.0f} MB in {stored - prepared:.1f} s, peak memory {memory:.0f} MB", flush=True)  # noqa: T201


def run(folder: Path, workers: int) -> tuple[float, float, float, float]:
    """Run once in a process of its own; return wall, matching and processor seconds, and the peak memory in MB."""
    words = [*COMMAND, "--once", str(folder), "--workers", str(workers)]
    begun = time.perf_counter()
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    matching = float(process.stdout.read())
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the run failed with status {status}")
    wall = time.perf_counter() - begun
    return wall, matching, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def yardstick(folder: Path) -> float:
    """Return the seconds of the brute force, in a process of its own."""
    found = subprocess.run([*COMMAND, "--brute", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return float(found.stdout)


def report(folder: Path, runs: int, workers: int) -> Iterator[str]:
    run(folder, workers)  # warm-up: bytecode and file cache
    both = [(*run(folder, workers), yardstick(folder)) for _ in range(runs)]
    measured = list(zip(*both, strict=True))
    for name, seconds in zip(("process", "matching", "processor"), measured, strict=False):
        yield f"{name}: {statistics.median(seconds):.2f} s median of {runs} ({min(seconds):.2f} to {max(seconds):.2f})"
    yield f"peak memory: {max(measured[3]):.0f} MB"
    ratios = [matching / brute_force for _, matching, _, _, brute_force in both]
    ratio, seconds = statistics.median(ratios), statistics.median(measured[4])
    yield f"matching takes {ratio:.2f} of the brute force over {NAMES} names ({seconds:.2f} s)"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--held", type=int, default=200)
    words.add_argument("--voters", type=int, default=700_000)
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--workers", type=int, default=1)
    words.add_argument("--folder", type=Path)
    words.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    words.add_argument("--brute", type=Path, help=argparse.SUPPRESS)
    words.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    chosen = words.parse_args()
    if chosen.once:
        once(chosen.once, chosen.workers)
    elif chosen.brute:
        brute(chosen.brute)
    elif chosen.prepare:
        make(chosen.prepare, chosen.held, chosen.voters)
        prepare_roll(chosen.prepare)
    else:
        measure(chosen)


def measure(chosen: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = chosen.folder or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        # In a process of its own: a child's peak memory counts from its parent's.
        sizes = ["--held", str(chosen.held), "--voters", str(chosen.voters)]
        subprocess.run([*COMMAND, "--prepare", str(folder), *sizes], cwd=ROOT, check=True)
        for line in report(folder, chosen.runs, chosen.workers):
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
