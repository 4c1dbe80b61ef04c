"""A folder -> a labelled case: KPU's lists below `kpu/`, registers, `truth.csv`, `loksus_gone.csv`."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reconcile.evaluating.truth import COLUMNS, Place, TruthRow, places


class CaseFault(StrEnum):
    """Why a folder is no labelled case."""

    NO_FOLDER = "no_folder"
    NO_TRUTH = "no_truth"
    TRUTH_UNREADABLE = "truth_unreadable"
    NO_ROLLS = "no_rolls"
    NO_REGISTER = "no_register"
    WRONG_SIDE = "wrong_side"  # a register among the rolls, or the reverse


class NotACase(Exception):
    """`detail` is a file's or a column's name, never a cell's content."""

    def __init__(self, code: CaseFault, folder: Path, detail: str = "") -> None:
        super().__init__(code.value)
        self.code, self.folder, self.detail = code, folder, detail


@dataclass(frozen=True)
class LabelledCase:
    """Files and truth of one case. `gone` stand on the special TPS's roll and are in custody no more."""

    folder: Path
    rolls: tuple[Path, ...]
    registers: tuple[Path, ...]
    truth: tuple[TruthRow, ...]
    gone: frozenset[Place]


def read_case(folder: Path) -> LabelledCase:
    """Find a case's files and read its truth; the lists themselves stay closed. Raises NotACase."""
    if not folder.is_dir():
        raise NotACase(CaseFault.NO_FOLDER, folder)
    truth = _read_truth(folder)
    lists = folder / "kpu"
    rolls = sorted(path for path in lists.iterdir() if path.is_file()) if lists.is_dir() else []
    if not rolls:
        raise NotACase(CaseFault.NO_ROLLS, folder)
    return LabelledCase(folder, tuple(rolls), _find_registers(folder, truth), truth, _read_gone(folder))


def _read_truth(folder: Path) -> tuple[TruthRow, ...]:
    path = folder / "truth.csv"
    if not path.is_file():
        raise NotACase(CaseFault.NO_TRUTH, folder)
    header, rows = _read_rows(folder, path)
    for column in COLUMNS:
        if column not in header:
            raise NotACase(CaseFault.TRUTH_UNREADABLE, folder, column)
    try:
        truth = tuple(TruthRow.of(row) for row in rows)
    except ValueError as fault:
        raise NotACase(CaseFault.TRUTH_UNREADABLE, folder, path.name) from fault
    if not truth:
        raise NotACase(CaseFault.TRUTH_UNREADABLE, folder, path.name)
    return truth


def _read_gone(folder: Path) -> frozenset[Place]:
    path = folder / "loksus_gone.csv"
    if not path.is_file():
        return frozenset()
    try:
        return frozenset(place for row in _read_rows(folder, path)[1] for place in places(row["dpt"]))
    except (KeyError, ValueError) as fault:
        raise NotACase(CaseFault.TRUTH_UNREADABLE, folder, path.name) from fault


def _read_rows(folder: Path, path: Path) -> tuple[list[str], list[dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restval="")
            return list(reader.fieldnames or ()), list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise NotACase(CaseFault.TRUTH_UNREADABLE, folder, path.name) from fault


def _find_registers(folder: Path, truth: tuple[TruthRow, ...]) -> tuple[Path, ...]:
    """Return the files the truth speaks of: `rutan` is rutan.xlsx, rutan.csv or another of that name."""
    by_stem = {path.stem: path for path in sorted(folder.iterdir()) if path.is_file()}
    sources = sorted({row.source for row in truth})
    for source in sources:
        if source not in by_stem:
            raise NotACase(CaseFault.NO_REGISTER, folder, source)
    return tuple(by_stem[source] for source in sources)
