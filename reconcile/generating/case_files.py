"""Writes a case to a folder: rolls, registers and truth, in the layout asked for."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reconcile.generating.cases import GeneratedCase
from reconcile.generating.official_rolls import Stands, write_official_rolls
from reconcile.generating.register_books import write_polres, write_rutan
from reconcile.generating.registers import RegisterRow
from reconcile.generating.table_rolls import write_flat_roll, write_moved
from reconcile.generating.text_rolls import write_text_roll

TRUTH_HEADER = ("source", "row", "pid", "group", "nik_kind", "dpt", "dptb", "damage")


class Layout(StrEnum):
    OFFICIAL = "official"  # as KPU prints it; the Rutan keeps birth place and date apart
    SIDALIH = "sidalih"  # `#`-separated text; the Rutan keeps them in one text
    FLAT = "flat"  # one sheet with the places in columns; the Rutan keeps them apart


@dataclass(frozen=True)
class CaseFiles:
    """Where everything was written. `roll` holds the fixed roll's files."""

    roll: tuple[Path, ...]
    moved: Path
    rutan: Path
    polres: Path
    truth: Path
    gone: Path


def write_case(
    case: GeneratedCase, folder: Path, layout: str = Layout.OFFICIAL, *, voters: int | None = None
) -> CaseFiles:
    """Write all files of a case into `folder` (made if missing; KPU's lists below `kpu/`).

    `voters` (Sidalih's layout only) fills the text roll with other people of the regency up to that many.
    """
    layout = Layout(layout)
    if voters is not None and layout is not Layout.SIDALIH:
        raise ValueError("only the text roll can be filled with other people")
    kpu = folder / "kpu"
    kpu.mkdir(parents=True, exist_ok=True)
    roll, stands = _write_roll(case, kpu, layout, voters)
    moved, moved_stands = write_moved(case, kpu)
    files = CaseFiles(
        roll=roll,
        moved=moved,
        rutan=folder / "rutan.xlsx",
        polres=folder / "polres.xlsx",
        truth=folder / "truth.csv",
        gone=folder / "loksus_gone.csv",
    )
    rutan_rows = write_rutan(case, files.rutan, together=layout is Layout.SIDALIH)
    polres_rows = write_polres(case, files.polres)
    truth = _Truth(stands, moved_stands)
    rows = [*truth.rows("rutan", rutan_rows, case.rutan), *truth.rows("polres", polres_rows, case.polres)]
    _write_csv(files.truth, TRUTH_HEADER, rows)
    gone = [(person.name, person.nik, truth.dpt(person.pid)) for person in case.gone]
    _write_csv(files.gone, ("name", "nik", "dpt"), gone)
    return files


def _write_roll(
    case: GeneratedCase, folder: Path, layout: Layout, voters: int | None
) -> tuple[tuple[Path, ...], Stands]:
    if layout is Layout.OFFICIAL:
        return write_official_rolls(case, folder)
    if layout is Layout.FLAT:
        path, stands = write_flat_roll(case, folder)
        return (path,), stands
    path = folder / f"DPT_SIDALIH_{case.regency}.csv"
    stands = write_text_roll(path, seed=case.seed, voters=voters or case.roll_rows, case=case)
    return (path,), stands


class _Truth:
    """Answers where a person stands on KPU's lists, as written."""

    def __init__(self, stands: Stands, moved: dict[int, str]) -> None:
        self._moved = moved
        self._places: dict[int, list[str]] = {}
        for (pid, _, _), place in stands.items():
            self._places.setdefault(pid, []).append(place)

    def dpt(self, pid: int) -> str:
        return ";".join(self._places.get(pid, ()))

    def rows(self, source: str, numbers: list[int], entries: Sequence[RegisterRow]) -> Iterator[Sequence[object]]:
        for number, entry in zip(numbers, entries, strict=True):
            damage = "+".join(entry.damage)
            dptb = self._moved.get(entry.pid, "")
            yield source, number, entry.pid, entry.group, entry.nik_kind, self.dpt(entry.pid), dptb, damage


def _write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
