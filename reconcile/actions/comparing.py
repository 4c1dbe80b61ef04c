"""What an upload would change: its rows against the lists in force, people counted twice, who would be gone.

Reads only. The answer holds for the state named by `fingerprint`; whoever applies it must find that state.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from reconcile import diffing
from reconcile.actions.columns import columns_of
from reconcile.actions.comparing_registers import compare_registers
from reconcile.actions.comparison import Comparison, Read, share_out
from reconcile.actions.stories import Joined, Story
from reconcile.models import ChangeKind, MatchRun, PersonLink, Place, RunStatus, SourceList, Upload, Verdict
from reconcile.records import HELD_KINDS

MUCH = 10  # percent of the shorter list; fewer people in two lists are a finding about people, not about files


def fingerprint(upload: Upload) -> str:
    """Return the state the numbers of an upload hang on: the lists in force, and who was understood as whom."""
    election = upload.election_id
    in_force = SourceList.objects.filter(election=election).accepted().order_by("pk").values_list("pk", flat=True)
    runs = MatchRun.objects.filter(election=election, status=RunStatus.READY).order_by("-pk")
    decided = PersonLink.objects.filter(entry__source_list__election=election).exclude(verdict=Verdict.OPEN).count()
    state = [list(in_force), runs.values_list("pk", flat=True).first(), decided]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def compare_upload(upload: Upload, reads: Sequence[Read]) -> Comparison:
    """Compare all lists of an upload; fills the counts and links of `reads`."""
    found = Comparison()
    in_force = list(SourceList.objects.filter(election=upload.election).accepted().select_related("place"))
    replaced = set(upload.replaces.values_list("pk", flat=True))
    held: dict[Place, list[Read]] = defaultdict(list)
    rolls = []
    for read in reads:
        if read.source_list.kind in HELD_KINDS:
            assert read.source_list.place is not None, "a register that can be compared has its place"
            held[read.source_list.place].append(read)
        else:
            rolls.append(read)
    if rolls:
        _compare_rolls(upload, rolls, [one for one in in_force if one.pk in replaced], found)
    for place, its in held.items():
        registers = [one for one in in_force if one.kind in HELD_KINDS and one.place_id == place.pk]
        compare_registers(upload, its, registers, replaced, found)
    found.doubles += _doubles(reads, [one for one in in_force if one.pk not in replaced])
    return found


def _doubles(reads: Sequence[Read], in_force: Sequence[SourceList]) -> list[dict[str, int]]:
    """Return the lists, in force or of the same upload, that would count the same people a second time."""
    found = []
    for place, read in enumerate(reads):
        one = read.source_list
        own = [(each.source_list, each.table) for each in reads[:place] if _stand_beside(each.source_list, one)]
        others = [(each, columns_of(each)) for each in in_force if _stand_beside(each, one)]
        for other, table in [*own, *others]:
            rows = diffing.overlap(read.table, table)
            if rows and rows * 100 >= MUCH * min(read.table.num_rows, table.num_rows):
                found.append({"list": other.pk, "rows": rows})
    return found


def _stand_beside(one: SourceList, other: SourceList) -> bool:
    """Say whether a run would read both lists, and count each person of theirs."""
    if one.kind != other.kind or one.place_id != other.place_id:
        return False
    return one.snapshot_date == other.snapshot_date if one.kind in HELD_KINDS else one.stage_rank == other.stage_rank


def _compare_rolls(upload: Upload, reads: Sequence[Read], replaced: Sequence[SourceList], found: Comparison) -> None:
    """Compare rolls with the lists they replace; what replaces nothing is new."""
    if not replaced:
        return
    earlier = pa.concat_tables(columns_of(one) for one in replaced).unify_dictionaries().combine_chunks()
    later = pa.concat_tables(read.table for read in reads).unify_dictionaries().combine_chunks()
    of = diffing.link_voters(earlier, later)
    fields = diffing.differing(earlier, later, of, diffing.OF_VOTER)
    changed = share_out(reads, of, fields)
    gone = np.setdiff1d(np.arange(earlier.num_rows), of)
    found.before += earlier.num_rows
    found.gone += len(gone)
    story = Story(upload, found.changes)
    rows_before = Joined(replaced, [one.records for one in replaced])
    rows_after = Joined([read.source_list for read in reads], [read.table.num_rows for read in reads])
    story.tell(ChangeKind.NEW, later, np.flatnonzero(of == diffing.NOBODY), rows_after)
    story.tell(ChangeKind.GONE, earlier, gone, rows_before)
    story.tell_changed(earlier, later, of, fields, changed, rows_after)
