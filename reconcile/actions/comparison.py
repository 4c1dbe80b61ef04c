"""What comparing an upload finds, before it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

import numpy as np
import pyarrow as pa

from reconcile import diffing
from reconcile.models import RowChange, SourceList


@dataclass
class Read:
    """A list of the upload, read: `table` has the stored columns. Counts and links are filled by comparing.

    `known` is the person of each line, None for somebody new; `doubts` are [line, person, probability].
    """

    source_list: SourceList
    table: pa.Table
    changed: int = 0
    same: int = 0
    known: Sequence[int | None] = ()
    doubts: list[list[float]] = field(default_factory=list)

    @property
    def new(self) -> int:
        return int(self.table.num_rows) - self.changed - self.same


@dataclass
class Comparison:
    """`before` people counted until now where the upload speaks, `gone` of them afterwards no more.

    `doubles`: lists with the same people; `older_than`: the date of the snapshot in force, where the upload's
    own is older and therefore only history.
    """

    before: int = 0
    gone: int = 0
    doubles: list[dict[str, int]] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    older_than: date | None = None


def share_out(reads: Sequence[Read], of: diffing.Ints, fields: Mapping[str, diffing.Mask]) -> diffing.Ints:
    """Count changed and unchanged rows of each list; returns the changed rows of all of them together."""
    changed = np.logical_or.reduce([np.zeros(len(of), bool), *fields.values()])
    starts = list(accumulate((int(read.table.num_rows) for read in reads), initial=0))
    for read, start, end in zip(reads, starts, starts[1:], strict=False):
        read.changed = int(changed[start:end].sum())
        read.same = int((of[start:end] != diffing.NOBODY).sum()) - read.changed
    return np.flatnonzero(changed)
