"""Everything a judgement looks at, in one place."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from reconcile import regions
from reconcile.matching.assigning import Ranked
from reconcile.matching.comparing import Compared
from reconcile.matching.encoding import WHOLE, People
from reconcile.matching.indexing import Index
from reconcile.matching.options import MatchOptions
from reconcile.matching.sorting import Asked
from reconcile.matching.weighing import Weighed
from reconcile.matching.wording import Ints

_A_DISTRICT = 10**10  # numbers that begin with its code


@dataclass(frozen=True)
class Scene:
    """Everything a judgement looks at."""

    left: People
    right: People
    index: Index
    weighed: Weighed
    ranked: Ranked
    voter_group: Ints
    entries: dict[int, tuple[int, ...]]  # roll rows by group of voters
    held_group: Ints
    same: dict[tuple[int, int], float]
    chosen: dict[int, int]
    word_bits: npt.NDArray[np.float64]  # how rare each folded word is on the roll
    options: MatchOptions

    @property
    def compared(self) -> Compared:
        return self.weighed.compared

    @cached_property
    def rows_by_group(self) -> dict[int, list[int]]:
        """Register rows of each person, in the order of the register's files."""
        found: dict[int, list[int]] = {}
        for row in np.argsort(self.left.rank).tolist():
            found.setdefault(int(self.held_group[row]), []).append(row)
        return found

    @cached_property
    def owners(self) -> dict[int, frozenset[int]]:
        """Groups of voters who have the whole NIK of a register row, by row."""
        asked = np.flatnonzero(self.left.nik_kind == WHOLE)
        found: dict[int, set[int]] = {}
        rows, voters = Asked.of(self.index.nik, asked, self.left.nik[asked], self.left.nik[asked]).pairs()
        for row, group in zip(rows.tolist(), self.voter_group[voters].tolist(), strict=True):
            found.setdefault(row, set()).add(group)
        return {row: frozenset(groups) for row, groups in found.items()}

    def is_district(self, code: str) -> bool:
        """True where six digits are a district of today, or one where a voter was registered before it was renamed."""
        first = np.asarray([int(code) * _A_DISTRICT])
        return bool(regions.name_of(code)) or bool(self.index.nik.spans(first, first + _A_DISTRICT - 1)[1][0])

    @cached_property
    def taken(self) -> frozenset[int]:
        return frozenset(self.chosen.values())
