"""Wall time and peak memory of whole `reconcile` runs, start of Python included.

    python -m tests.benchmarks.reconcile_speed [--runs 5] [--voters 700000] [--folder DIR]

Makes its own cases (seed 1): the official layout with 24,600 voters in 12 workbooks, and one `#` text of
700,000 voters. With --folder a case in the samples' layout (kpu/, rutan.xlsx, polres.xlsx) is run as well.
Prints one line a case: median and range of the runs. Figures are of this machine; quote the medians.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reconcile.generating import CaseFiles, generate_case, write_case

ROOT = Path(__file__).resolve().parents[2]


def run_once(files: dict[str, list[Path]], out: Path) -> tuple[float, float]:
    """Run the command once; return wall seconds and the peak memory of its largest process in MB."""
    words = [sys.executable, str(ROOT / "manage.py"), "reconcile", "--election", "pilkada-2024"]
    words += ["--tps", "33.16.09.1015/901", "--as-of", "2024-11-01", "--out", str(out)]
    for option, paths in files.items():
        words += [f"--{option}", *map(str, paths)]
    begun = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the run failed with status {status}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def report(name: str, files: dict[str, list[Path]], runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run_once(files, Path(folder))  # warm-up: bytecode and file cache
        measured = [run_once(files, Path(folder)) for _ in range(runs)]
    seconds, memory = [s for s, _ in measured], max(m for _, m in measured)
    middle = statistics.median(seconds)
    print(f"{name}: {middle:.2f} s median of {runs} ({min(seconds):.2f} to {max(seconds):.2f}), {memory:.0f} MB")  # noqa: T201


def as_options(made: CaseFiles) -> dict[str, list[Path]]:
    return {"roll": list(made.roll), "moved": [made.moved], "rutan": [made.rutan], "polres": [made.polres]}


def of_folder(folder: Path) -> dict[str, list[Path]]:
    lists = sorted((folder / "kpu").iterdir())
    return {
        "roll": [path for path in lists if "DPTb" not in path.name],
        "moved": [path for path in lists if "DPTb" in path.name],
        "rutan": [folder / "rutan.xlsx"],
        "polres": [folder / "polres.xlsx"],
    }


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--voters", type=int, default=700_000)
    words.add_argument("--folder", type=Path, action="append", default=[])
    chosen = words.parse_args()
    for folder in chosen.folder:
        report(folder.name, of_folder(folder), chosen.runs)
    with tempfile.TemporaryDirectory() as place:
        official = write_case(generate_case(seed=1, voters=24_600), Path(place, "official"), "official")
        report("official, 24,600 voters", as_options(official), chosen.runs)
        text = write_case(generate_case(seed=1), Path(place, "text"), "sidalih", voters=chosen.voters)
        report(f"text, {chosen.voters:,} voters", as_options(text), chosen.runs)


if __name__ == "__main__":
    main()
