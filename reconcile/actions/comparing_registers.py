"""A new snapshot of a place's register, or a correction of the one in force, against what is known."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from reconcile import diffing
from reconcile.actions import people
from reconcile.actions.comparison import Comparison, Read, share_out
from reconcile.actions.linking import link_people
from reconcile.actions.stories import Joined, Story
from reconcile.matching import SnapshotLinks
from reconcile.models import ChangeKind, SourceList, Upload, current_of


def compare_registers(
    upload: Upload, reads: Sequence[Read], in_force: Sequence[SourceList], replaced: set[int], found: Comparison
) -> None:
    """Compare the registers of one place; `in_force` are that place's lists, `replaced` the keys of some."""
    current = current_of(in_force)
    staying = [one for one in in_force if one.pk not in replaced]
    base = _base(current, staying, reads, is_correction=len(staying) < len(in_force))
    if current and max(read.source_list.snapshot_date for read in reads) < current[0].snapshot_date:
        found.older_than = current[0].snapshot_date
    known = people.known_people(upload.election, base)
    later = pa.concat_tables(read.table for read in reads).unify_dictionaries().combine_chunks()
    links = link_people(known, later, max(read.source_list.snapshot_date for read in reads))
    persons = _hand_out(reads, known, links)
    here = _rows_in(known, {one.pk for one in base})
    of = np.array(
        [diffing.NOBODY if person is None else here.get(person, diffing.NOBODY) for person in persons], np.int64
    )
    fields = {} if known.table is None else diffing.differing(known.table, later, of, diffing.OF_HELD)
    changed = share_out(reads, of, fields)
    counted = people.persons_in(current)
    gone = counted - _still_there(staying, reads, {person for person in persons if person is not None})
    found.before += len(counted)
    found.gone += len(gone)
    if known.table is not None:
        rows = Joined([read.source_list for read in reads], [read.table.num_rows for read in reads])
        new = np.flatnonzero(of == diffing.NOBODY)
        before = ((row, persons[row]) for row in new.tolist())
        came_from = {row: known.places[known.first[person]][0] for row, person in before if person is not None}
        left = np.array(sorted(here[person] for person in gone), np.int64)
        story = Story(upload, found.changes)
        story.tell(ChangeKind.NEW, later, new, rows, came_from)
        story.tell(ChangeKind.GONE, known.table, left, known.places)
        story.tell_changed(known.table, later, of, fields, changed, rows)


def _base(
    current: Sequence[SourceList], staying: Sequence[SourceList], reads: Sequence[Read], *, is_correction: bool
) -> list[SourceList]:
    """Return the lists a row is new against: those in force, and the snapshot before where this one joins them.

    An office may send detainees and convicts as two files of one date: the second is no snapshot of its own.
    """
    today = max((one.snapshot_date for one in current), default=None)
    if today is None or is_correction or today != max(read.source_list.snapshot_date for read in reads):
        return list(current)
    return [*current, *current_of([one for one in staying if one.snapshot_date < today])]


def _hand_out(reads: Sequence[Read], known: people.Known, links: SnapshotLinks) -> list[int | None]:
    """Tell each list whom its lines are, and return it for all. One person may stand in several rows."""
    persons = [None if row == diffing.NOBODY else known.persons[row] for row in links.of.tolist()]
    start = 0
    for read in reads:
        end = start + read.table.num_rows
        read.known = persons[start:end]
        read.doubts = [[row - start, known.persons[other], p] for row, other, p in links.doubts if start <= row < end]
        start = end
    return persons


def _rows_in(known: people.Known, lists: set[int]) -> dict[int, int]:
    """Return the row of every person whose first entry stands in one of the lists."""
    return {person: row for person, row in known.first.items() if known.places[row][0].pk in lists}


def _still_there(staying: Sequence[SourceList], reads: Sequence[Read], persons: set[int]) -> set[int]:
    """Return who is counted at the place once the upload is applied."""
    own = {read.source_list.pk for read in reads}
    after = current_of([*staying, *(read.source_list for read in reads)])
    still = people.persons_in([one for one in after if one.pk not in own])
    return still | persons if any(one.pk in own for one in after) else still
