"""Two snapshots of one register: which rows of the later are people of the earlier, by the core that finds voters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.matching.comparing import LIKE_NAME
from reconcile.matching.encoding import column, texts
from reconcile.matching.grouping import joined_up
from reconcile.matching.matching import match
from reconcile.matching.options import NAME_LEVELS, SAME_NAME, MatchOptions
from reconcile.matching.preparing import Roll, prepare
from reconcile.matching.results import Match
from reconcile.matching.wording import NOTHING, Ints
from reconcile.records import MatchStatus

_SAME_NAME = NAME_LEVELS.index(SAME_NAME[-1])


@dataclass(frozen=True)
class SnapshotLinks:
    """`of`: for each later row the earlier row of the same person, or -1. `doubts`: (later, earlier, probability),
    for an officer to settle; such a row is nobody's in `of`."""

    of: Ints
    doubts: tuple[tuple[int, int, float], ...] = ()


def link_snapshots(
    before: pa.Table,
    after: pa.Table,
    persons: Sequence[int] | None = None,
    options: MatchOptions | None = None,
    *,
    as_of: date | None = None,
) -> SnapshotLinks:
    """Link the rows of a register to those of the snapshot before; both have any columns of `records.COLUMNS`.

    `persons`: whose each earlier row is; rows of one person are one. Several later rows may be one person's.
    A register number alone links nobody: it changes with the class, and numbers are given again (domain 5).
    """
    of = np.full(after.num_rows, NOTHING, np.int64)
    if not before.num_rows or not after.num_rows:
        return SnapshotLinks(of)
    earlier = prepare(before)
    if persons is not None:
        earlier = _of_known(earlier, np.asarray(persons, np.int64))
    options = options or MatchOptions()
    custody = _Custody(before, after, options)
    doubts = []
    for one in match(after, earlier, options, as_of=as_of).matches:
        if one.chosen is None:
            continue
        if custody.vouches(one) or (one.status is MatchStatus.AUTO and not custody.speaks_against(one)):
            of[one.held] = one.chosen
        else:
            doubts.append((one.held, one.chosen, one.probability))
    return SnapshotLinks(of, tuple(doubts))


def _of_known(earlier: Roll, persons: Ints) -> Roll:
    """Return the roll with entries grouped as they are known to be, not as numbers and names suggest."""
    order = np.lexsort((earlier.people.rank, persons))
    same = persons[order[1:]] == persons[order[:-1]]
    group = joined_up(earlier.people.rank, order[:-1][same], order[1:][same])
    return replace(earlier, group=group, voters=len(np.unique(group)))


class _Custody:
    """What registers know of a person beside what rolls know: the register number and the day of entry."""

    def __init__(self, before: pa.Table, after: pa.Table, options: MatchOptions) -> None:
        self.options = options
        self.numbers = [_numbers(table) for table in (before, after)]
        self.entries = [column(table, "entry_date", pa.date32()).to_pylist() for table in (before, after)]

    def vouches(self, one: Match) -> bool:
        """True where a like name keeps its register number, or the same name its day of entry."""
        number, entry = (self._agree(sides, one) for sides in (self.numbers, self.entries))
        name = NAME_LEVELS.index(_levels(one)["name"])
        return (name <= LIKE_NAME and number is True) or (name <= _SAME_NAME and entry is True)

    def speaks_against(self, one: Match) -> bool:
        """True where both number and day of entry are others, and no NIK tells a namesake who came as this one left."""
        number, entry = (self._agree(sides, one) for sides in (self.numbers, self.entries))
        if number is not False or entry is not False or _levels(one)["nik"] != "missing":
            return False
        return one.probability < self.options.linked_against_custody

    @staticmethod
    def _agree(sides: Sequence[Sequence[Any]], one: Match) -> bool | None:
        """Say whether both state the same; None where one of them states nothing."""
        earlier, later = sides[0][int(one.chosen or 0)], sides[1][one.held]
        return None if earlier is None or later is None else bool(earlier == later)


def _levels(one: Match) -> dict[str, str]:
    """Return the level of each field between a row and its chosen one."""
    chosen = next((found for found in one.candidates if found.voter == one.chosen), one.candidates[0])
    return {reason.field: reason.level for reason in chosen.reasons}


def _numbers(table: pa.Table) -> list[str | None]:
    """Return register numbers without the signs that offices write between their parts; null where none is left."""
    bare = pc.replace_substring_regex(pc.utf8_upper(texts(table, "registration_number")), r"[^A-Z0-9]", "")
    return list(pc.if_else(pc.equal(bare, ""), None, bare).to_pylist())
