"""Files -> raw sheets: columns of text with the kind of each cell, and the row numbers the office sees.

Workbooks are opened in child processes (`child.py`) that can be killed; text files are split here.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from reconcile.reading.problems import Refusal, Refused
from reconcile.reading.raw import Raw, RawSheet

WORKERS = 2
SECONDS = 60  # a file may take this long, and
SECONDS_PER_MEGABYTE = 3  # so much more for its size
_ROOT = Path(__file__).resolve().parents[2]
_OLE = b"\xd0\xcf\x11\xe0"  # .xls, and every encrypted .xlsx
_ZIP = b"PK\x03\x04"
# What the reading process may see of our environment: enough to start, no keys, no database address.
_PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LANG", "LD_LIBRARY_PATH")


@dataclass
class _Growing:
    name: str
    hidden: bool
    blocks: list[pa.RecordBatch] = field(default_factory=list)
    hidden_rows: tuple[int, ...] = ()

    def done(self) -> RawSheet:
        """Put the blocks together; a column without kinds in one block is text there (kind 0)."""
        width = sum(name.startswith("c") for name in self.blocks[0].schema.names) if self.blocks else 0
        columns, kinds = [], []
        for place in range(width):
            columns.append(pa.concat_arrays([block[f"c{place}"] for block in self.blocks]))
            kinds.append(self._kinds(f"k{place}"))
        return RawSheet(self.name, self.hidden, tuple(columns), tuple(kinds), self.hidden_rows)

    def _kinds(self, name: str) -> npt.NDArray[np.int8] | None:
        if not any(name in block.schema.names for block in self.blocks):
            return None
        parts = [
            np.asarray(block[name]) if name in block.schema.names else np.zeros(block.num_rows, np.int8)
            for block in self.blocks
        ]
        return np.concatenate(parts)


def is_workbook(path: Path) -> bool:
    """Say whether the first bytes are a workbook's; refuse what is nothing at all."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except FileNotFoundError:
        raise Refused(Refusal.MISSING) from None
    except IsADirectoryError:
        raise Refused(Refusal.NOT_A_LIST) from None
    except OSError:
        raise Refused(Refusal.BROKEN) from None
    if not head:
        raise Refused(Refusal.EMPTY)
    return head.startswith((_OLE, _ZIP))


def read_workbooks(paths: Sequence[Path], each: Callable[[int, Raw], None], seconds: float = SECONDS) -> None:
    """Read workbooks in up to two processes; call `each(place, sheets or refusal)` as each one is done.

    `each` is called from several threads, once for every place in `paths`. A file that takes longer than
    `seconds` and its share for its size is refused.
    """
    shares: list[list[int]] = [[] for _ in range(min(WORKERS, len(paths)))]
    for place in sorted(range(len(paths)), key=lambda p: -paths[p].stat().st_size):
        min(shares, key=lambda share: sum(paths[p].stat().st_size for p in share)).append(place)
    with ThreadPoolExecutor(max_workers=max(1, len(shares))) as pool:
        for done in [pool.submit(_read_share, paths, share, each, seconds) for share in shares]:
            done.result()


def _read_share(paths: Sequence[Path], share: list[int], each: Callable[[int, Raw], None], seconds: float) -> None:
    """Read one process's files; when it dies, the file in hand is refused and a new one takes the rest."""
    while share:
        finished = 0
        for sheets in _run_child([paths[place] for place in share], seconds):
            each(share[finished], sheets)
            finished += 1
        if finished < len(share):
            each(share[finished], Refused(Refusal.NO_READER))
            finished += 1
        share = share[finished:]


def child_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def _run_child(paths: Sequence[Path], seconds: float) -> Iterator[Raw]:
    process = subprocess.Popen(
        [sys.executable, "-m", "reconcile.reading.child"], cwd=_ROOT, env=child_environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    timer: threading.Timer | None = None
    try:
        with suppress(OSError):  # a process that is dead already is noticed below
            process.stdin.write(json.dumps({"paths": [str(path.resolve()) for path in paths]}).encode())
            process.stdin.close()
        for path in paths:
            timer = threading.Timer(seconds + SECONDS_PER_MEGABYTE * path.stat().st_size / 1e6, process.kill)
            timer.start()
            sheets = _read_file(process.stdout)
            timer.cancel()
            if sheets is None:
                return
            yield sheets
    finally:
        if timer:
            timer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def _read_file(source: IO[bytes]) -> Raw | None:
    """Read one file's frames; None when the process ended before it was done."""
    sheets: list[_Growing] = []
    while frame := _frame(source):
        letter, content = frame
        if letter == b"B":
            with pa.ipc.open_stream(content) as stream:
                sheets[-1].blocks.extend(stream)
            continue
        told: dict[str, Any] = json.loads(content)
        if letter == b"X":
            return Refused(Refusal(told["code"]), detail=told["detail"])
        if letter == b"D":
            return [sheet.done() for sheet in sheets]
        if letter == b"S":
            sheets.append(_Growing(told["name"], told["hidden"]))
        elif letter == b"E":
            sheets[-1].hidden_rows = tuple(told["hidden_rows"])
    return None


def _frame(source: IO[bytes]) -> tuple[bytes, bytes] | None:
    head = source.read(9)
    if len(head) < 9:
        return None
    size = int.from_bytes(head[1:], "little")
    content = source.read(size)
    return (head[:1], content) if len(content) == size else None
