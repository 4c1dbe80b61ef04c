"""Runs in a process of its own: opens workbooks that may be hostile and writes their cells to standard output.

    python -m reconcile.reading.child   < {"paths": [...]}

Sees no database, no settings and no keys. Killed from outside when it is slow; a fault in here is
one refused file. Frames: one letter, eight bytes of length, then JSON or an Arrow stream.
    F file begins · S sheet begins · B a block of rows · E sheet ends · X file refused · D file done
"""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from reconcile.reading.packages import check_package, count_rows
from reconcile.reading.problems import Refusal, Refused

BLOCK = 20_000  # rows a frame
MEMORY = 3 << 30  # bytes: a million rows take 1.4 GB in the reader
PROCESSOR_SECONDS = 600
TEXT, NUMBER, DAY = 0, 1, 2
FORMAT_ENDS = {65_536, 1_048_576}  # a list that ends on its format's last row may have lost the rest


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
    package = check_package(path)
    workbook = CalamineWorkbook.from_path(str(path))
    for place, meta in enumerate(workbook.sheets_metadata):
        if "WorkSheet" not in str(meta.typ):
            continue
        sheet = workbook.get_sheet_by_index(place)
        hidden = meta.visible != SheetVisibleEnum.Visible
        send(out, "S", {"name": meta.name, "hidden": hidden})
        filled = send_rows(out, sheet)
        end = sheet.end[0] + 1 if sheet.end else 0
        if end in FORMAT_ENDS:
            raise Refused(Refusal.AT_FORMAT_LIMIT, detail=meta.name)
        rows = count_rows(path, package, meta.name) if package else None
        if rows is not None and rows.filled != filled:
            raise Refused(Refusal.ROWS_DISAGREE, detail=meta.name)
        send(out, "E", {"hidden_rows": rows.hidden if rows else []})


def send_rows(out: BinaryIO, sheet: CalamineSheet) -> int:
    """Send all rows from the sheet's first; return how many have anything in them."""
    filled = 0
    if sheet.start is None:
        return filled
    rows = iter(sheet.iter_rows())
    while block := list(islice(rows, BLOCK)):
        filled += sum(any(cell != "" for cell in row) for row in block)
        send(out, "B", pack(block))
    return filled


def pack(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return rows as an Arrow stream: text columns c0, c1, ...; k0, ... where a column holds other than text."""
    arrays: dict[str, pa.Array] = {}
    for place, cells in enumerate(zip(*rows, strict=True)):
        kinds = set(map(type, cells))
        if kinds == {str}:
            arrays[f"c{place}"] = pa.array(cells, pa.string())
        else:
            texts = [as_text(cell) for cell in cells]
            arrays[f"c{place}"] = pa.array([text for text, _ in texts], pa.string())
            arrays[f"k{place}"] = pa.array([kind for _, kind in texts], pa.int8())
    batch = pa.record_batch(arrays)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())


def as_text(cell: Any) -> tuple[str, int]:
    """Return a cell's text and kind. A whole number loses its ".0", never a digit."""
    if isinstance(cell, str):
        return cell, TEXT
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


def paths_of(source: BinaryIO) -> Iterator[Path]:
    yield from map(Path, json.loads(source.read())["paths"])


def main() -> None:
    limit_resources()
    out = sys.stdout.buffer
    for place, path in enumerate(paths_of(sys.stdin.buffer)):
        send(out, "F", {"place": place})
        try:
            send_workbook(out, path)
        # calamine's PanicException is no Exception; whatever a hostile file raises is that file's refusal.
        except (Refused, CalamineError, OSError, Exception) as error:  # noqa: B014
            send(out, "X", refusal_of(error))
        else:
            send(out, "D", {})


if __name__ == "__main__":
    main()
