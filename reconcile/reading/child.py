"""Runs in a process of its own: opens workbooks that may be hostile, writes their cells to standard output.

    python -m reconcile.reading.child   < {"paths": [...]}

Sees no database, no settings and no keys. Killed from outside when it is slow; a fault in here is
one refused file. Frames: one letter, eight bytes of length, then JSON or an Arrow stream.
    F file begins · S sheet begins · B a block of rows · E sheet ends · X file refused · D file done
"""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from reconcile.reading.packages import Package, open_package
from reconcile.reading.problems import Refusal, Refused
from reconcile.reading.raw import DAY, FORMAT_ENDS, LONGEST_CELL, NUMBER, TEXT

MEMORY = 3 << 30  # bytes: a million rows take 1.4 GB in the reader
PROCESSOR_SECONDS = 600
MAX_SENT = 1 << 30  # bytes of one file's cells; the process that asked keeps them all
MAX_COLUMNS = 1_000
BLOCK_ROWS, BLOCK_CELLS = 20_000, 1_000_000  # a frame holds no more of either


def limit_resources() -> None:
    """Bound memory and processor time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def send(out: BinaryIO, letter: str, payload: bytes | dict[str, Any]) -> None:
    content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    out.write(letter.encode() + len(content).to_bytes(8, "little") + content)
    out.flush()


def send_workbook(out: BinaryIO, path: Path) -> None:
    sent = 0
    with path.open("rb") as file, open_package(path) as package:
        workbook = CalamineWorkbook.from_filelike(file)  # given a path, it would believe the name's ending
        for place, meta in enumerate(workbook.sheets_metadata):
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            send(out, "S", {"name": meta.name, "hidden": meta.visible != SheetVisibleEnum.Visible})
            sent += send_sheet(out, workbook.get_sheet_by_index(place), package)
            if sent > MAX_SENT:
                raise Refused(Refusal.TOO_LARGE)


def send_sheet(out: BinaryIO, sheet: CalamineSheet, package: Package | None) -> int:
    """Send all rows from the sheet's first, and what its XML says of them; return the bytes sent."""
    last_row, width = (place + 1 for place in sheet.end or (-1, -1))
    if last_row in FORMAT_ENDS:
        raise Refused(Refusal.AT_FORMAT_LIMIT, detail=sheet.name)
    if width > MAX_COLUMNS:
        raise Refused(Refusal.DANGEROUS, detail=sheet.name)
    filled = sent = 0
    rows = iter(sheet.iter_rows() if sheet.start else ())
    while block := list(islice(rows, min(BLOCK_ROWS, BLOCK_CELLS // max(width, 1)))):
        filled += sum(any(cell != "" for cell in row) for row in block)
        content = pack(block)
        sent += len(content)
        send(out, "B", content)
    counted = package.count_rows(sheet.name) if package else None
    if counted and counted.filled != filled:
        raise Refused(Refusal.ROWS_DISAGREE, detail=sheet.name)
    send(out, "E", {"hidden_rows": counted.hidden if counted else []})
    return sent


def pack(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return rows as an Arrow stream: text columns c0, c1, ...; k0, ... where a column is not text alone."""
    arrays: dict[str, pa.Array] = {}
    for place, cells in enumerate(zip(*rows, strict=True)):
        if set(map(type, cells)) == {str}:
            arrays[f"c{place}"] = pa.array(cells, pa.string())
        else:
            texts = [(cell, TEXT) if type(cell) is str else as_text(cell) for cell in cells]
            arrays[f"c{place}"] = pa.array([text for text, _ in texts], pa.string())
            arrays[f"k{place}"] = pa.array([kind for _, kind in texts], pa.int8())
        if pc.max(pc.utf8_length(arrays[f"c{place}"])).as_py() > LONGEST_CELL:
            raise Refused(Refusal.DANGEROUS)
    batch = pa.record_batch(arrays)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())


def as_text(cell: Any) -> tuple[str, int]:
    """Return a cell's text and kind. A whole number loses its ".0", never a digit."""
    if isinstance(cell, bool):
        return str(cell).upper(), TEXT
    if isinstance(cell, float):
        return (str(int(cell)) if cell.is_integer() else repr(cell)), NUMBER
    if isinstance(cell, int):
        return str(cell), NUMBER
    if isinstance(cell, datetime):
        return cell.date().isoformat(), DAY
    if isinstance(cell, date):
        return cell.isoformat(), DAY
    return str(cell), TEXT


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
    for place, path in enumerate(json.loads(sys.stdin.buffer.read())["paths"]):
        send(out, "F", {"place": place})
        try:
            send_workbook(out, Path(path))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # the reader's panics are no Exceptions; each is this file's refusal
            send(out, "X", refusal_of(error))
        else:
            send(out, "D", {})


if __name__ == "__main__":
    main()
