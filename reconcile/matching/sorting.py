"""Sorted keys: which records carry a key, asked for many keys at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.matching.wording import Ints

Keys = npt.NDArray[np.integer[Any]]
Pairs = tuple[Ints, Ints]

_BITS = 63  # of a whole number that is never below zero


@dataclass(frozen=True)
class Sorted:
    """One key of all records in order: `order[i]` is the record whose key is `keys[i]`."""

    keys: Keys
    order: Ints

    @classmethod
    def of(cls, keys: Keys, known: npt.NDArray[np.bool_], rank: Ints | None = None) -> "Sorted":
        """Sort the known keys; `rank` orders records of one key where that order can tell."""
        rows = np.flatnonzero(known)
        if rank is not None:
            rows = rows[np.argsort(rank[rows])]
        order = rows[np.argsort(keys[rows], kind="stable")]
        return cls(np.ascontiguousarray(keys[order]), order.astype(np.int32))

    def spans(self, low: Keys, high: Keys) -> Pairs:
        """Return where the records with low <= key <= high begin, and how many they are."""
        # Asked in another type, all keys would be converted first.
        low, high = (np.asarray(bound).astype(self.keys.dtype, copy=False) for bound in (low, high))
        start = np.searchsorted(self.keys, low, side="left")
        return start, np.searchsorted(self.keys, high, side="right") - start

    def equal_to(self, wanted: Keys) -> Ints:
        """Return records whose key is any of `wanted`."""
        return Asked.of(self, np.arange(len(wanted)), wanted, wanted).pairs()[1]


@dataclass(frozen=True)
class Asked:
    """Stretches of an order that some people ask for: asker[i] for order[start[i]:start[i] + length[i]]."""

    order: Ints
    asker: Ints
    start: Ints
    length: Ints

    @classmethod
    def of(cls, found: Sorted, asker: Ints, low: Keys, high: Keys, most: int | None = None) -> "Asked":
        """Ask for low <= key <= high; a stretch of more than `most` records is left out."""
        start, length = found.spans(low, high)
        some = length > 0 if most is None else (length > 0) & (length <= most)
        return cls(found.order, asker[some].astype(np.int32), start[some], length[some])

    def places(self) -> Pairs:
        """Return all pairs of asker and place in the order."""
        ends = np.cumsum(self.length)
        places = np.arange(self.length.sum()) + np.repeat(self.start - ends + self.length, self.length)
        return np.repeat(self.asker, self.length), places

    def pairs(self) -> Pairs:
        """Return all pairs of asker and record; a pair asked for twice stands twice."""
        rows, places = self.places()
        return rows, self.order[places]


def together(found: Iterable[Pairs]) -> Pairs:
    """Return all these pairs as one."""
    rows, others = zip((np.zeros(0, np.int32), np.zeros(0, np.int32)), *found, strict=True)
    return np.concatenate(rows), np.concatenate(others)


def distinct(rows: Ints, others: Ints, n: int) -> Pairs:
    """Return each pair once, ordered by row and then by other (a number below `n`)."""
    code = np.sort(rows.astype(np.int64) * n + others)
    one, other = np.divmod(code[np.diff(code, prepend=-1) > 0], max(1, n))
    return one, other


def by_weight(rows: Ints, weight: Ints, rank: Ints) -> Ints:
    """Return the order of pairs by row, then the heaviest first, then by `rank`, of which no two in a row are equal.

    The three make one number, as sorting one is many times as fast; three where they would not fit.
    """
    if not len(rows):
        return np.zeros(0, np.int64)
    light, last = int(weight.max()) - weight.astype(np.int64), rank.astype(np.int64)
    low, middle = int(last.max()).bit_length(), int(light.max()).bit_length()
    if low + middle + int(rows.max()).bit_length() > _BITS:
        return np.lexsort((last, light, rows))
    return np.argsort((((rows.astype(np.int64) << middle) | light) << low) | last, kind="stable")
