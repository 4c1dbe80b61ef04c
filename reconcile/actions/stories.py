"""Changes put into words for the screen: who is new, who is changed and in what, who is gone."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Protocol

import pyarrow as pa

from reconcile import diffing
from reconcile.models import ChangeKind, RowChange, SourceList, Upload


class Where(Protocol):
    """Says of a row in which list it stands, and on which line."""

    def __getitem__(self, row: int, /) -> tuple[SourceList, int]: ...


class Joined:
    """Lists one below the other; `counts` are their rows."""

    def __init__(self, lists: Sequence[SourceList], counts: Sequence[int]) -> None:
        self.lists, self.starts = lists, list(accumulate(counts, initial=0))

    def __getitem__(self, row: int, /) -> tuple[SourceList, int]:
        at = bisect_right(self.starts, row) - 1
        return self.lists[at], row - self.starts[at]


class Story:
    """Collects changes: at most `RowChange.MOST` of a kind, in the order of the rows."""

    def __init__(self, upload: Upload, changes: list[RowChange]) -> None:
        self.upload, self.changes = upload, changes

    def tell(
        self,
        kind: ChangeKind,
        table: pa.Table,
        rows: diffing.Ints,
        where: Where,
        came_from: Mapping[int, SourceList] | None = None,
    ) -> None:
        """Add rows that come or go. `came_from`: the list in which somebody was last seen, by row."""
        rows = rows[: RowChange.MOST]
        names = diffing.plain(table, "name").take(pa.array(rows)).to_pylist()
        for row, name in zip(rows.tolist(), names, strict=True):
            before = (came_from or {}).get(row)
            self._add(kind, where[row], name, _moved(before, where[row][0]) if before else {})

    def tell_changed(
        self,
        earlier: pa.Table,
        later: pa.Table,
        of: diffing.Ints,
        fields: Mapping[str, diffing.Mask],
        rows: diffing.Ints,
        where: Where,
    ) -> None:
        """Add rows that go on but say something else, with the fields before and after."""
        rows = rows[: RowChange.MOST]
        names = diffing.plain(later, "name").take(pa.array(rows)).to_pylist()
        befores, afters = diffing.values_of(earlier, fields, of[rows]), diffing.values_of(later, fields, rows)
        for row, name, before, after in zip(rows.tolist(), names, befores, afters, strict=True):
            its = {field: [before[field], after[field]] for field, mask in fields.items() if mask[row]}
            self._add(ChangeKind.CHANGED, where[row], name, its)

    def _add(self, kind: ChangeKind, place: tuple[SourceList, int], name: str, fields: dict[str, list[str]]) -> None:
        one, line = place
        self.changes.append(
            RowChange(upload=self.upload, kind=kind, source_list=one, line=line, name=name, fields=fields)
        )


def _moved(before: SourceList, after: SourceList) -> dict[str, list[str]]:
    """Return the place a known person came from, or the date of the list in which that person was last seen."""
    if before.place_id != after.place_id:
        return {"place": [str(before.place), str(after.place)]}
    return {"last_seen": [before.snapshot_date.isoformat(), ""]}
