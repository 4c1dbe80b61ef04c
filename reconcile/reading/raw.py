"""Sheets as written: columns of text with the kind of each cell, before anybody knows what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from reconcile.reading.problems import Refused

TEXT, NUMBER, DAY = 0, 1, 2  # kinds of cells
FORMAT_ENDS = frozenset({65_536, 1_048_576})  # a list that ends on its format's last row may have lost the rest
LONGEST_CELL = 32_767  # characters a spreadsheet's cell can hold


@dataclass(frozen=True)
class RawSheet:
    """One sheet as written. Column arrays have one text a row; `kinds[i]` is None for a column of texts only.

    Row `i` of the arrays is row `i + 1` in the office's own program, and so with columns. `uncomputed` rows
    have a formula without a result; `ragged` rows of a text file have more or fewer fields than its heading.
    `hidden_rows` and `uncomputed` count from 1, `hidden_columns` and `ragged` from 0.
    """

    name: str
    hidden: bool
    columns: tuple[pa.Array, ...]
    kinds: tuple[npt.NDArray[np.int8] | None, ...]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    uncomputed: tuple[int, ...] = ()
    ragged: frozenset[int] = frozenset()

    @property
    def rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def cells(self, rows: Sequence[int] | npt.NDArray[np.int64]) -> list[tuple[str, ...]]:
        """Return the texts of some rows, one tuple a row."""
        wanted = pa.array(np.asarray(rows, np.int64))
        return list(zip(*(column.take(wanted).to_pylist() for column in self.columns), strict=True))

    def values(self, column: int | None, rows: Sequence[int] | npt.NDArray[np.int64]) -> list[str]:
        """Return the texts of one column in some rows; "" where there is no such column."""
        if column is None:
            return [""] * len(rows)
        return self.columns[column].take(pa.array(np.asarray(rows, np.int64))).to_pylist()


Raw = list[RawSheet] | Refused  # one file
