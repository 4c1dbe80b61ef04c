"""Files -> raw sheets: columns of text with the kind of each cell, and the row numbers the office sees.

Workbooks are opened in child processes (`child.py`) that can be killed; text files are split here.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

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
    numbers: dict[int, dict[int, str]] = field(default_factory=dict)  # long ones as written, by column and row
    seen: dict[str, list[int]] = field(default_factory=dict)
    wanted: npt.NDArray[np.int64] | None = None  # rows whose texts are kept; None: all
    rows: int = 0

    def add(self, block: pa.RecordBatch) -> None:
        """Take a block of rows; of those nobody wants nothing stays but their number."""
        if self.wanted is not None:
            here = self.wanted[(self.wanted >= self.rows) & (self.wanted < self.rows + block.num_rows)] - self.rows
            kept = np.zeros(block.num_rows, bool)
            kept[here] = True
            mask = pa.array(kept)
            columns = [
                pc.if_else(mask, column, pa.scalar("", column.type)) if pa.types.is_string(column.type) else column
                for column in block.columns
            ]
            block = pa.record_batch(columns, schema=block.schema)
        self.rows += block.num_rows
        self.blocks.append(block)

    def take_numbers(self, cells: Iterable[tuple[int, int, str]]) -> None:
        """Take long numbers as they were written: row from 1, column from 0, digits."""
        wanted = None if self.wanted is None else set((self.wanted + 1).tolist())
        for row, column, digits in cells:
            if wanted is None or row in wanted:
                self.numbers.setdefault(column, {})[row] = digits

    def done(self) -> RawSheet:
        """Put the blocks together; what a block does not hold is empty there, and text (kind 0)."""
        held = [int(name[1:]) for block in self.blocks for name in block.schema.names]
        places = range(max(held, default=-1) + 1)
        columns = tuple(self._exact(place, pa.concat_arrays(list(self._texts(f"c{place}")))) for place in places)
        kinds = tuple(self._kinds(f"k{place}") for place in places)
        rows, hidden_columns, uncomputed = (
            tuple(self.seen.get(name, ())) for name in ("hidden_rows", "hidden_columns", "uncomputed")
        )
        return RawSheet(self.name, self.hidden, columns, kinds, rows, hidden_columns, uncomputed)

    def _exact(self, place: int, column: pa.Array) -> pa.Array:
        """Put the digits of long numbers where the reader has kept only about as many as fit."""
        written = self.numbers.get(place, {})
        where = np.zeros(len(column), bool)
        where[[row - 1 for row in written if row <= len(column)]] = True
        texts = pa.array([written[row + 1] for row in np.flatnonzero(where).tolist()], pa.string())
        return pc.replace_with_mask(column, pa.array(where), texts) if written else column

    def _texts(self, name: str) -> Iterator[pa.Array]:
        for block in self.blocks:
            yield block[name] if name in block.schema.names else pa.repeat("", block.num_rows)

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


Tick = Callable[[int, float], None]  # place of a file, and the share of it that was read
Wanted = Mapping[str, npt.NDArray[np.int64]]  # by sheet the rows (from 0) whose texts are kept, the others are empty


@dataclass(frozen=True)
class Asked:
    """How workbooks are to be read: a file that takes longer than `seconds` and its share for its size is refused.

    `rows`: no more than so many of each sheet. `tick` is called from several threads. `wanted`: of a long list few
    rows are needed, and shall take no more memory than that.
    """

    seconds: float = SECONDS
    rows: int | None = None
    tick: Tick | None = None
    wanted: Wanted | None = None


def read_workbooks(paths: Sequence[Path], each: Callable[[int, Raw], None], asked: Asked | None = None) -> None:
    """Read workbooks in up to two processes; call `each(place, sheets or refusal)` as each one is done.

    `each` is called from several threads, once for every place in `paths`.
    """
    shares: list[list[int]] = [[] for _ in range(min(WORKERS, len(paths)))]
    for place in sorted(range(len(paths)), key=lambda p: -paths[p].stat().st_size):
        min(shares, key=lambda share: sum(paths[p].stat().st_size for p in share)).append(place)
    with ThreadPoolExecutor(max_workers=max(1, len(shares))) as pool:
        for done in [pool.submit(_read_share, paths, share, each, asked or Asked()) for share in shares]:
            done.result()


def _read_share(paths: Sequence[Path], share: list[int], each: Callable[[int, Raw], None], asked: Asked) -> None:
    """Read one process's files; when it dies, the file in hand is refused and a new one takes the rest."""
    while share:
        finished = 0
        for sheets in _run_child(paths, share, asked):
            each(share[finished], sheets)
            finished += 1
        if finished < len(share):
            each(share[finished], Refused(Refusal.NO_READER))
            finished += 1
        share = share[finished:]


def child_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def _run_child(paths: Sequence[Path], share: list[int], asked: Asked) -> Iterator[Raw]:
    """Read files in one process; give it a folder of its own, which goes whatever becomes of the process."""
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "reconcile.reading.child"], cwd=_ROOT, env=child_environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdin is not None and process.stdout is not None
        timer: threading.Timer | None = None
        told = {
            "paths": [str(paths[place].resolve()) for place in share], "folder": folder, "rows": asked.rows,
            "frugal": asked.wanted is not None,
        }  # fmt: skip
        try:
            with suppress(OSError):  # a process that is dead already is noticed below
                process.stdin.write(json.dumps(told).encode())
                process.stdin.close()
            for place in share:
                limit = asked.seconds + SECONDS_PER_MEGABYTE * paths[place].stat().st_size / 1e6
                timer = threading.Timer(limit, process.kill)
                timer.start()
                sheets = sheets_from(process.stdout, place, asked)
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


def sheets_from(source: IO[bytes], place: int = 0, asked: Asked | None = None) -> Raw | None:
    """Read the frames of one file, the one at `place`; None when the process ended before it was done."""
    asked = asked or Asked()
    sheets: list[_Growing] = []
    while frame := _frame(source):
        letter, content = frame
        if letter == b"B":
            with pa.ipc.open_stream(content) as stream:
                for block in stream:
                    sheets[-1].add(block)
            continue
        told: dict[str, Any] = json.loads(content)
        if letter == b"X":
            return Refused(Refusal(told["code"]), detail=told["detail"])
        if letter == b"D":
            return [sheet.done() for sheet in sheets]
        if letter == b"P" and asked.tick:
            asked.tick(place, told["share"])
        _take(letter, told, sheets, asked.wanted)
    return None


def _take(letter: bytes, told: dict[str, Any], sheets: list[_Growing], wanted: Wanted | None) -> None:
    """Take what a frame tells of the sheets."""
    if letter == b"S":
        rows = None if wanted is None else wanted.get(told["name"], np.zeros(0, np.int64))
        sheets.append(_Growing(told["name"], told["hidden"], wanted=rows))
    elif letter == b"E":
        sheets[-1].seen = told
    elif letter == b"N":
        sheets[-1].take_numbers(told["cells"])


def _frame(source: IO[bytes]) -> tuple[bytes, bytes] | None:
    head = source.read(9)
    if len(head) < 9:
        return None
    size = int.from_bytes(head[1:], "little")
    content = source.read(size)
    return (head[:1], content) if len(content) == size else None
