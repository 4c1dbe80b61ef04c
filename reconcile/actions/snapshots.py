"""What a run compares: the current lists joined to two tables, and the way back from a row to its line."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from reconcile.actions.claims import BrokenOff, Progress
from reconcile.actions.columns import columns_of
from reconcile.actions.rolls import prepared_roll
from reconcile.deciding import TpsRef
from reconcile.matching import Matches, MatchOptions, Report, match
from reconcile.models import Election, MatchRun, Place, RunFailure, SourceList
from reconcile.reconciling import Person, Result, conclude
from reconcile.records import HELD_KINDS, ROLL_KINDS, ListKind

Ints = npt.NDArray[np.integer]


@dataclass(frozen=True)
class Side:
    """Lists of one side, oldest first, and their rows in that order."""

    lists: tuple[SourceList, ...]
    table: pa.Table

    @property
    def starts(self) -> list[int]:
        """Return the first row of each list."""
        return list(accumulate((one.records for one in self.lists), initial=0))[:-1]

    def lines(self, rows: Iterable[int]) -> dict[int, tuple[SourceList, int]]:
        """Return list and line of each row."""
        starts = self.starts
        found = {}
        for row in rows:
            at = bisect_right(starts, row) - 1
            found[row] = (self.lists[at], row - starts[at])
        return found


@dataclass(frozen=True)
class Snapshot:
    registers: Side
    rolls: Side


@dataclass(frozen=True)
class Compared:
    """One answer per register row, each by the rules of the TPS that serves the row's place.

    `rows`: for each voter who is anybody's candidate, all rows of the rolls that are the same voter.
    """

    people: tuple[Person, ...]
    rows: Mapping[int, tuple[int, ...]]
    regencies: frozenset[str]
    left: tuple[int, ...]
    expected: float
    report: Report


def snapshot_of(election: Election) -> Snapshot:
    """Read the columns of the current lists. Raises BrokenOff when a side has none."""
    lists = SourceList.objects.filter(election=election).select_related("place").current()
    rolls = [one for one in lists if one.kind in ROLL_KINDS]
    registers = [one for one in lists if one.kind in HELD_KINDS]
    if not registers:
        raise BrokenOff(RunFailure.NO_REGISTER.value)
    if not rolls:
        raise BrokenOff(RunFailure.NO_ROLL.value)
    return Snapshot(side_of(registers), side_of(rolls))


def side_of(lists: Sequence[SourceList]) -> Side:
    """Read the columns of lists, one below the other."""
    return Side(tuple(lists), pa.concat_tables(columns_of(one) for one in lists).unify_dictionaries().combine_chunks())


def compare(snapshot: Snapshot, run: MatchRun, options: MatchOptions, progress: Progress) -> Compared:
    """Match all people with all voters once, and decide for each by the TPS of the place that holds it."""
    held, roll, rules = snapshot.registers.table, snapshot.rolls.table, run.election.rules
    progress("encoding", 0, held.num_rows)
    prepared = prepared_roll(run.election, snapshot.rolls.lists, roll)
    matches = match(held, prepared, options, as_of=run.as_of, step=lambda step: progress(step, 0, held.num_rows))
    stage = rules.stage_of(one.stage for one in snapshot.rolls.lists if one.kind == ListKind.ROLL)
    results: dict[TpsRef, Result] = {}
    for tps in sorted({_place(one).tps for one in snapshot.registers.lists}):
        results[tps] = conclude(held, roll, matches, rules, tps, run.as_of, progress, stage=stage)
    served = snapshot.registers.lines(range(held.num_rows))
    people = (results[_place(one).tps].people[row] for row, (one, _) in served.items())
    # Of an ordinary TPS most voters are not in custody and never were.
    left = {row for tps, result in results.items() if rules.is_special_tps(tps.number) for row in result.left}
    regencies = next(iter(results.values())).regencies
    rows = _same_voter(prepared.group, matches)
    return Compared(tuple(people), rows, regencies, tuple(sorted(left)), matches.expected, matches.report)


def _same_voter(group: Ints, matches: Matches) -> dict[int, tuple[int, ...]]:
    """Return the rows of each candidate's group, in the order of the rolls; `group` is by row of the rolls."""
    wanted = np.unique([each.voter for found in matches.matches for each in found.candidates])
    rows = np.flatnonzero(np.isin(group, group[wanted])) if len(wanted) else np.zeros(0, np.int64)
    by_group: dict[int, list[int]] = {}
    for row in rows.tolist():
        by_group.setdefault(int(group[row]), []).append(row)
    return {int(voter): tuple(by_group[int(group[voter])]) for voter in wanted.tolist()}


def _place(register: SourceList) -> Place:
    assert register.place is not None, "the database holds no accepted register without a place"
    return register.place
