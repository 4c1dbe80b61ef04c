"""Runs every tool on every case and prints the table. Imports nothing large: see `Measured`."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.benchmarks.peers import environment

HERE = "tests.benchmarks.peers"
TOOLS: dict[str, list[str]] = {
    "ours": [sys.executable, "-m", f"{HERE}.ours"],
    "splink": [str(environment.PYTHON), "-m", f"{HERE}.with_splink"],
    "recordlinkage-guide": [str(environment.PYTHON), "-m", f"{HERE}.with_recordlinkage"],
    "recordlinkage-ecm": [str(environment.PYTHON), "-m", f"{HERE}.with_recordlinkage"],
}
RECIPES = {"recordlinkage-guide": ["guide"], "recordlinkage-ecm": ["ecm"]}
CASES = ("febrl4", "febrl4-few", "blora", "blora-strong", "blora-few", "blora-large")
HEAD = (
    "case", "tool", "pairs", "reached", "best F1 (P / R)", "F1 at own cut (P / R)", "one-to-one F1 (P / R)",
    "false at own cut: stated / true", "wall s", "linking s", "peak MB",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """One process from start to end: wall seconds and the most memory it held.

    The memory of a new process counts from what its parent held at the fork, so this parent stays small.
    """

    wall: float
    megabytes: float


class Failed(Exception):
    """A process ended with an error; the text is the last line it said."""


def run(words: list[str]) -> Measured:
    with tempfile.TemporaryFile("w+") as said:
        begun = time.perf_counter()
        process = subprocess.Popen(words, cwd=environment.ROOT, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        if status:
            said.seek(0)
            raise Failed(said.read().strip().splitlines()[-1])
    return Measured(wall, usage.ru_maxrss / 1024)


def compare(case: str, tool: str, runs: int) -> list[str]:
    """Link one case by one tool; of several runs the fastest is shown, its quality is the same in all."""
    folder = environment.CASES / case
    with tempfile.TemporaryDirectory() as out:
        words = [*TOOLS[tool], str(folder), out, *RECIPES.get(tool, [])]
        measured, seconds = [], []
        for _ in range(runs):
            measured.append(run(words))
            seconds.append(json.loads(Path(out, "seconds.json").read_text(encoding="utf-8"))["link"])
        run([sys.executable, "-m", f"{HERE}.quality", str(folder), out])
        quality = json.loads(Path(out, "quality.json").read_text(encoding="utf-8"))
    wall, peak = min(one.wall for one in measured), max(one.megabytes for one in measured)
    return [case, tool, *_quality_cells(quality), f"{wall:.1f}", f"{min(seconds):.1f}", f"{peak:,.0f}"]


def _quality_cells(quality: dict[str, Any]) -> list[str]:
    cuts = [_cut(quality[name]) for name in ("best", "own", "one_to_one")]
    stated = "-" if quality["false_stated"] is None else f"{100 * quality['false_stated']:.2f} %"
    return [
        f"{quality['pairs']:,}",
        f"{quality['reached']:.4f}",
        *cuts,
        f"{stated} / {100 * quality['false_true']:.2f} %",
    ]


def _cut(cut: dict[str, float]) -> str:
    return f"{cut['f1']:.4f} ({cut['precision']:.4f} / {cut['recall']:.4f})"


def machine() -> str:
    """Return what the figures were measured on."""
    with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        model = next(
            (line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine()
        )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured {date.today().isoformat()} on {os.cpu_count()} cores ({model}), {memory:.0f} GiB, "
        f"Python {platform.python_version()}; {environment.versions()}."
    )


def main() -> None:
    words = argparse.ArgumentParser(prog=f"python -m {HERE}")
    words.add_argument("--setup", action="store_true", help="install the peers and stop")
    words.add_argument("--case", nargs="+", choices=CASES, default=CASES, metavar="CASE", help=", ".join(CASES))
    words.add_argument("--tool", nargs="+", choices=TOOLS, default=list(TOOLS), metavar="TOOL", help=", ".join(TOOLS))
    words.add_argument("--runs", type=int, default=1, help="of each; the fastest is shown")
    chosen = words.parse_args()
    if chosen.setup:
        return environment.set_up()
    environment.require()
    _say(f"| {' | '.join(HEAD)} |")
    _say(f"|{'---|' * len(HEAD)}")
    for case in chosen.case:
        if not (environment.CASES / case / "case.json").exists():
            run([sys.executable, "-m", f"{HERE}.making", case])
        for tool in chosen.tool:
            try:
                _say(f"| {' | '.join(compare(case, tool, chosen.runs))} |")
            except Failed as failure:
                _say(f"| {case} | {tool} | failed: {failure} |{' |' * (len(HEAD) - 3)}")
    _say("")
    _say(machine())
    return None


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
