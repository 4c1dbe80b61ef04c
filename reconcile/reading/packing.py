"""Rows of a reader's cells -> Arrow columns of text, with the kind of each cell where a column is not text alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.reading.problems import Refusal, Refused
from reconcile.reading.raw import DAY, LONGEST_CELL, NUMBER, TEXT

Cells = Sequence[Any]
EXACT = 1 << 53  # whole numbers from here on may not be the ones that were written


@dataclass(frozen=True)
class Packed:
    """Rows as an Arrow stream; how many have anything in them; whether a number may not be the one written."""

    content: pa.Buffer
    filled: int
    inexact: bool


def pack(rows: Sequence[Cells], left: int = 0) -> Packed:
    """Pack rows of cells.

    Columns are called c0, c1, ... from column `left` on; k0, ... stand beside those with other cells than text.
    """
    arrays: dict[str, pa.Array] = {}
    filled, inexact = np.zeros(len(rows), bool), False
    for place, cells in enumerate(zip(*rows, strict=True), start=left):
        texts, kinds = as_column(cells)
        lengths = pc.binary_length(texts)
        filled |= np.asarray(lengths) > 0
        if pc.max(lengths).as_py() > LONGEST_CELL and pc.max(pc.utf8_length(texts)).as_py() > LONGEST_CELL:
            raise Refused(Refusal.DANGEROUS)
        arrays[f"c{place}"] = texts
        if kinds is not None:
            arrays[f"k{place}"] = kinds
            inexact = inexact or any(type(cell) is float and abs(cell) >= EXACT for cell in cells)
    batch = pa.record_batch(arrays)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return Packed(sink.getvalue(), int(filled.sum()), inexact)


def as_column(cells: Cells) -> tuple[pa.Array, pa.Array | None]:
    """Return a column's texts, and the kinds of its cells; None where all are texts."""
    types = set(map(type, cells))
    if types == {str}:
        return pa.array(cells, pa.string()), None
    if types == {float}:
        numbers = np.array(cells)
        if np.all(np.abs(numbers) < EXACT) and np.all(numbers == np.trunc(numbers)):
            return pa.array(numbers.astype(np.int64)).cast(pa.string()), _same(NUMBER, len(cells))
    if types == {date}:
        return pa.array(cells, pa.date32()).cast(pa.string()), _same(DAY, len(cells))
    # Equal cells of different types (1, 1.0 and True) are different texts.
    kept = list(zip(map(type, cells), cells, strict=True))
    told = {one: as_text(one[1]) for one in set(kept)}
    pairs = [told[one] for one in kept]
    return pa.array([text for text, _ in pairs], pa.string()), pa.array([kind for _, kind in pairs], pa.int8())


def _same(kind: int, count: int) -> pa.Array:
    return pa.array(np.full(count, kind, np.int8))


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
