"""Which rows of a stage are whose of the stage before."""

import numpy as np

from reconcile.diffing.lists import NOBODY, Mask, pair
from reconcile.diffing.sides import Side

Keys = tuple[tuple[str, ...], ...]
# By what a row is the same voter's, the surest key first.
_AT_TPS: Keys = (
    ("nik", "name", "station"), ("nik", "station"), ("name", "birth_date", "station"), ("name", "nkk", "station"),
    ("nkk", "birth_date", "sex", "station"),
)  # fmt: skip
_ANYWHERE: Keys = (
    ("nik", "name"), ("nik",), ("name", "birth_date", "nkk"), ("name", "birth_date", "tps_region"), ("name", "nkk"),
    ("nkk", "birth_date", "sex"), ("name", "birth_date", "birth_place", "sex"),
)  # fmt: skip
_BY_NUMBER: Keys = (("nik",),)
_NAMED: Keys = (("nik", "name"), ("nik",))


class Ties:
    """For each row of the first stage the second stage's row that is the same `voter`, and the `struck` one.

    A row is tied to one of its own TPS first, so that of two entries of one person each meets its own. Who is then
    missing, or is struck there for another reason than being barred, may stand as a voter at another TPS.
    """

    def __init__(self, first: Side, second: Side) -> None:
        self.first, self.second = first, second
        self.voter = np.full(first.rows, NOBODY, np.int64)
        self.struck = np.full(first.rows, NOBODY, np.int64)
        self.taken = np.zeros(second.rows, bool)
        self._tie(_AT_TPS, np.ones(first.rows, bool), np.ones(second.rows, bool), in_turn=True)
        barred = self.struck != NOBODY
        barred[barred] = second.bars[self.struck[barred]]
        waits = ~first.strikes & ~barred
        self._tie(_ANYWHERE, (self.voter == NOBODY) & waits, ~second.strikes)
        # Struck or entered anew more than once: the first of the entries is the voter's, the others are nobody's.
        self._tie(_NAMED, (self.voter == NOBODY) & waits, ~second.strikes, in_turn=True)
        self._tie(_ANYWHERE, self._free, second.strikes)
        self._tie(_BY_NUMBER, self._free & first.strikes, ~second.strikes)

    @property
    def _free(self) -> Mask:
        return np.asarray((self.voter == NOBODY) & (self.struck == NOBODY))

    def _tie(self, keys: Keys, mine: Mask, theirs: Mask, *, in_turn: bool = False) -> None:
        """Tie rows of `mine` to rows of `theirs` that are nobody's yet."""
        mine = mine.copy()
        for names in keys:
            left, right = np.flatnonzero(mine), np.flatnonzero(theirs & ~self.taken)
            if not len(left) or not len(right):
                return
            row, of = pair(self.first.table, self.second.table, names, left, right, in_turn=in_turn)
            strikes = self.second.strikes[of]
            self.voter[row[~strikes]] = of[~strikes]
            self.struck[row[strikes]] = of[strikes]
            self.taken[of] = True
            mine[row] = False
