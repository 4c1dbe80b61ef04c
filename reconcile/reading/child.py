"""Runs in a process of its own: opens workbooks that may be hostile, writes their cells to standard output.

    python -m reconcile.reading.child   < {"paths": [...], "folder": "...", "rows": null, "frugal": false}

`folder` is empty and ours; `rows`: read no more of each sheet than its first so many rows; `frugal`: take less
memory and more time. Sees no database, no settings and no keys. Killed from outside when it is slow; a fault in
here is one refused file.
Frames: one letter, eight bytes of length, then JSON or an Arrow stream.
    F file begins · S sheet begins · B a block of rows · N long numbers as written · P share of the file done
    E sheet ends · X file refused · D file done
"""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from reconcile.reading.packages import Package, open_package
from reconcile.reading.packing import pack
from reconcile.reading.parts import SheetPart
from reconcile.reading.problems import Refusal, Refused
from reconcile.reading.raw import FORMAT_ENDS

MEMORY = 3 << 30  # bytes of addresses
PORTION = 96 << 20  # bytes of a worksheet's XML that the reader is given at once: it needs four times as many
FRUGAL = 48 << 20  # the same where memory matters more than time
BLOCK = 4 << 20  # bytes of XML looked at at once
PROCESSOR_SECONDS = 600
MAX_SENT = 1 << 30  # bytes of one file's cells; the process that asked keeps them all
MAX_COLUMNS = 1_000
BLOCK_ROWS, BLOCK_CELLS = 20_000, 1_000_000  # a frame holds no more of either
T = TypeVar("T")


def limit_resources() -> None:
    """Bound memory and processor time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def send(out: BinaryIO, letter: str, payload: bytes | memoryview | dict[str, Any]) -> None:
    content = json.dumps(payload).encode() if isinstance(payload, dict) else payload
    out.write(letter.encode() + len(content).to_bytes(8, "little"))
    out.write(content)
    out.flush()


class Sender:
    """Sends one file's worksheets, all rows from the first, or the first `most_rows` of each."""

    def __init__(self, out: BinaryIO, folder: Path, most_rows: int | None = None, portion: int = PORTION) -> None:
        self.out, self.folder, self.most_rows, self.portion = out, folder, most_rows, portion
        self.bytes = 0
        self.inexact = False
        self.whole = self.done = 0  # bytes of the worksheets' XML: all of it, and of the sheets before this one

    def send_workbook(self, path: Path) -> None:
        # The reader is given a name without an ending: it believes the content then.
        nameless = self.folder / "workbook"
        nameless.symlink_to(path)
        try:
            with open_package(path) as package, CalamineWorkbook.from_path(nameless) as workbook:
                self.whole = package.rows_size if package else 0
                for place, meta in enumerate(workbook.sheets_metadata):
                    if meta.typ == SheetTypeEnum.WorkSheet:
                        hidden = meta.visible != SheetVisibleEnum.Visible
                        send(self.out, "S", {"name": meta.name, "hidden": hidden})
                        self.send_sheet(workbook, place, package)
        finally:
            nameless.unlink()

    def send_sheet(self, workbook: CalamineWorkbook, place: int, package: Package | None) -> None:
        name = workbook.sheet_names[place]
        if package is None:
            self._send_ranges(iter([workbook.get_sheet_by_index(place)]), name)
            send(self.out, "E", {})
            return
        size = package.size_of(name)
        part = package.part_of(name, block=min(BLOCK, self.portion))
        if size <= self.portion:
            ranges: Iterator[CalamineSheet] = iter([workbook.get_sheet_by_index(place)])
        elif self.most_rows is None:
            ranges = ahead(portions(package, part, name, self.folder, self.portion))
        else:
            ranges = islice(portions(package, part, name, self.folder, 1), 1)
        filled = self._send_ranges(self._told(ranges, part), name)
        if self.most_rows is None:
            part.count()
            if part.filled != filled and filled != recount(package, name):
                raise Refused(Refusal.ROWS_DISAGREE, detail=name)
        if self.inexact:  # a number of 16 digits may be a NIK: its digits are taken as they were written
            send(self.out, "N", {"cells": list(package.part_of(name).long_numbers())})
            self.inexact = False
        self.done += size
        seen = {"hidden_rows": part.hidden, "hidden_columns": part.hidden_columns, "uncomputed": part.uncomputed}
        send(self.out, "E", seen)

    def _told(self, ranges: Iterator[CalamineSheet], part: SheetPart) -> Iterator[CalamineSheet]:
        """Say after each range how much of the file is read."""
        for cells in ranges:
            yield cells
            send(self.out, "P", {"share": min(1.0, (self.done + part.read) / max(self.whole, 1))})

    def _send_ranges(self, ranges: Iterator[CalamineSheet], name: str) -> int:
        """Send the cells of one sheet, part after part of its rows; return how many rows have anything in them."""
        done = filled = 0
        for cells in ranges:
            (first, left), (last, right) = cells.start or (0, 0), cells.end or (-1, -1)
            if last + 1 in FORMAT_ENDS:
                raise Refused(Refusal.AT_FORMAT_LIMIT, detail=name)
            if right >= MAX_COLUMNS:
                raise Refused(Refusal.DANGEROUS, detail=name)
            if last >= 0 and first < done:
                raise Refused(Refusal.ROWS_DISAGREE, detail=name)
            rows = islice(cells.iter_rows() if cells.start else (), done, self.most_rows)
            most = min(BLOCK_ROWS, BLOCK_CELLS // (right - left + 1 or 1))
            while block := list(islice(rows, most)):
                packed = pack(block, left)
                self.bytes += packed.content.size
                if self.bytes > MAX_SENT:
                    raise Refused(Refusal.TOO_LARGE)
                send(self.out, "B", memoryview(packed.content))
                filled += packed.filled
                self.inexact = self.inexact or packed.inexact
            done = max(done, last + 1)
        return filled


def recount(package: Package, name: str) -> int:
    """Count the rows of a sheet without those that hold errors and empty texts only, as the reader does."""
    part = package.part_of(name, closely=True)
    part.count()
    return part.filled


def portions(package: Package, part: SheetPart, name: str, folder: Path, size: int) -> Iterator[CalamineSheet]:
    """Open a large worksheet part by part: the reader holds all cells of what it opens."""
    target = folder / "portion"
    for content in part.portions(size):
        package.write_with(name, content, target)
        with CalamineWorkbook.from_path(target) as workbook:
            sheet = workbook.get_sheet_by_name(name)
        target.unlink()
        yield sheet


def ahead(items: Iterator[T]) -> Iterator[T]:
    """Make each item while the one before is in use: the reader works outside Python's lock."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item


def refusal_of(error: BaseException) -> dict[str, str]:
    if isinstance(error, Refused):
        return {"code": error.code.value, "detail": error.detail}
    if isinstance(error, PasswordError):
        return {"code": Refusal.ENCRYPTED.value, "detail": ""}
    if isinstance(error, MemoryError):
        return {"code": Refusal.TOO_LARGE.value, "detail": ""}
    return {"code": Refusal.BROKEN.value, "detail": ""}


def main() -> None:
    limit_resources()
    out = sys.stdout.buffer
    asked = json.loads(sys.stdin.buffer.read())
    for place, path in enumerate(asked["paths"]):
        send(out, "F", {"place": place})
        try:
            portion = FRUGAL if asked["frugal"] else PORTION
            Sender(out, Path(asked["folder"]), asked["rows"], portion).send_workbook(Path(path))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # the reader's panics are no Exceptions; each is this file's refusal
            send(out, "X", refusal_of(error))
        else:
            send(out, "D", {})


if __name__ == "__main__":
    main()
