"""The prepared roll of a comparison: kept open in the process, and the way between its rows and stored voters."""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from django.conf import settings

from reconcile.matching import Roll, open_roll
from reconcile.models import Election, MatchRun, SourceList, Voter
from reconcile.records import ROLL_KINDS

OPEN_AT_ONCE = 2  # the newest comparison's roll, and the one before while pages of it are still open


def folder_of(election: Election, lists: Sequence[SourceList]) -> Path:
    """Return where the roll made of these lists, in this order, is kept."""
    content = "\n".join(f"{one.pk} {one.sha256} {one.records}" for one in lists)
    key = hashlib.sha256(content.encode()).hexdigest()[:32]
    return Path(settings.MEDIA_ROOT) / "rolls" / str(election.pk) / key


@lru_cache(OPEN_AT_ONCE)
def _open(folder: Path) -> Roll:
    """Open a roll once a process: checking what is stored takes longer than a search."""
    roll = open_roll(folder)
    for known in (roll.vocabularies.words, roll.vocabularies.names):
        known.spelled(known.by_hash[:0])  # takes the texts out of Arrow's memory now, not in the first search
    return roll


def opened(election: Election, lists: Sequence[SourceList]) -> Roll:
    """Return the prepared roll of these lists, the same one every time. Raises StoredRollError."""
    return _open(folder_of(election, lists))


@dataclass(frozen=True)
class RollLines:
    """Lists of a roll, one below the other: row n of all is a line of one of them."""

    lists: tuple[SourceList, ...]

    @property
    def _starts(self) -> list[int]:
        return list(accumulate((one.records for one in self.lists), initial=0))[:-1]

    def row_of(self, voter: Voter) -> int | None:
        """Return the row of a stored voter; None for one of another roll."""
        starts = zip(self.lists, self._starts, strict=True)
        return next((start + voter.line for one, start in starts if one.pk == voter.source_list_id), None)

    def voters(self, rows: Iterable[int]) -> dict[int, Voter]:
        """Return the stored voter of each row, with the list it stands in; a query a list."""
        starts, lines = self._starts, defaultdict(dict)  # type: ignore[var-annotated]
        for row in rows:
            at = bisect_right(starts, row) - 1
            lines[at][row - starts[at]] = row
        found = {}
        for at, by_line in lines.items():
            one = self.lists[at]
            for voter in Voter.objects.filter(source_list=one, line__in=list(by_line)):
                voter.source_list = one
                found[by_line[voter.line]] = voter
        return found


@dataclass(frozen=True)
class OpenRoll(RollLines):
    """A prepared roll and the lists it was made of."""

    roll: Roll

    @classmethod
    def of(cls, run: MatchRun) -> "OpenRoll":
        """Return the roll a run compared. Raises StoredRollError where it is not prepared, or not any more."""
        lists = tuple(run.lists.filter(kind__in=sorted(ROLL_KINDS)).order_by("pk"))
        return cls(lists, opened(run.election, lists))
