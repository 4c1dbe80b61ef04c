"""`python -m tests.benchmarks.peers.quality CASE OUT`: scored pairs beside the truth -> quality.json.

A true pair that a tool never scored counts as missed. The best F1 takes the truth to pick the cut: a ceiling, the
same for all; the F1 at the tool's own cut is what a user gets.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tests.benchmarks.peers.case import Case

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Cut:
    """Linking all pairs from some score on."""

    f1: float
    precision: float
    recall: float

    @classmethod
    def of(cls, right: int, linked: int, true: int) -> "Cut":
        return cls(2 * right / max(1, linked + true), right / max(1, linked), right / max(1, true))


def best_cut(right: Bools, true: int, steps: Bools) -> Cut:
    """Return the cut of best F1. `right`: pairs, best first; `steps`: where the next pair has another score."""
    if not len(right):
        return Cut(0.0, 0.0, 0.0)
    found, linked = np.cumsum(right), np.arange(1, len(right) + 1)
    f1 = np.where(steps, 2 * found / (linked + true), -1.0)
    at = int(f1.argmax())
    return Cut.of(int(found[at]), int(linked[at]), true)


def ordered(pairs: pa.Table) -> tuple[Ints, Bools]:
    """Return the pairs' order, best first, and where a run of equally good ones ends."""
    score, tie = (np.asarray(pairs[name], float) for name in ("score", "tie"))
    left, right = (np.asarray(pairs[name]) for name in ("left", "right"))
    order = np.lexsort((right, left, -tie, -score))
    steps = np.ones(len(order), bool)
    steps[:-1] = (np.diff(score[order]) != 0) | (np.diff(tie[order]) != 0)
    return order, steps


def one_to_one(left: Ints, right: Ints) -> Bools:
    """Return which pairs, taken in the order given, find both their records still free."""
    kept = np.zeros(len(left), bool)
    ours: set[int] = set()
    theirs: set[int] = set()
    for at, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        if one not in ours and other not in theirs:
            kept[at] = True
            ours.add(one)
            theirs.add(other)
    return kept


def judge(pairs: pa.Table, truth: pa.Table) -> dict[str, Any]:
    """Return all figures of one run."""
    true = len(truth)
    wide = int(max([0, *pairs["right"].to_pylist(), *truth["right"].to_pylist()])) + 1
    code = np.asarray(pairs["left"]) * wide + np.asarray(pairs["right"])
    is_right = np.isin(code, np.asarray(truth["left"]) * wide + np.asarray(truth["right"]))
    order, steps = ordered(pairs)
    left, right = np.asarray(pairs["left"])[order], np.asarray(pairs["right"])[order]
    chosen = pairs["chosen"]
    kept = one_to_one(left, right) if chosen.null_count else np.asarray(chosen)[order]
    own = np.asarray(pairs["own"])
    stated = pairs["probability"].filter(pairs["own"])
    return {
        "pairs": len(pairs),
        "reached": int(is_right.sum()) / max(1, true),
        "best": asdict(best_cut(is_right[order], true, steps)),
        "own": asdict(Cut.of(int((is_right & own).sum()), int(own.sum()), true)),
        "one_to_one": asdict(best_cut(is_right[order][kept], true, np.ones(int(kept.sum()), bool))),
        "false_stated": None if stated.null_count else float(1.0 - np.mean(np.asarray(stated))) if len(stated) else 0.0,
        "false_true": 1.0 - int((is_right & own).sum()) / max(1, int(own.sum())) if own.any() else 0.0,
    }


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    found = judge(pq.read_table(out / "pairs.parquet"), Case.read(folder, "truth").truth)
    (out / "quality.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
