"""A voter somebody found by searching, weighed as the comparison would have weighed it."""

import json
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from reconcile.matching import MatchOptions, StoredRollError
from reconcile.matching.searching import weigh_person
from reconcile.models import HeldEntry, MatchRun, Voter
from reconcile.queries.rolls import OpenRoll
from reconcile.queries.supposing import row_of
from reconcile.queries.waterfall import Found
from reconcile.records import SCHEMA


@dataclass(frozen=True)
class Picked:
    """What speaks for a voter (None where the roll is not prepared), and all rows that are the same voter."""

    reasons: list[Found] | None
    rows: tuple[Voter, ...]


def weigh_picked(run: MatchRun, held: HeldEntry, voter: Voter) -> Picked:
    """Weigh a voter who is nobody's candidate, by the options of the run."""
    try:
        rolls = OpenRoll.of(run)
    except StoredRollError:
        return Picked(None, (voter,))
    row = rolls.row_of(voter)
    if row is None:
        return Picked(None, (voter,))
    stated = {name: [value] for name, value in row_of(held).items()}
    person = pa.table(stated, schema=pa.schema([SCHEMA.field(name) for name in stated]))
    options = MatchOptions.from_json(json.dumps(run.options)) if run.options else None
    (found,) = weigh_person(rolls.roll, person, [row], run.as_of.year, options)
    same = np.flatnonzero(rolls.roll.group == rolls.roll.group[row]).tolist()
    by_row = rolls.voters(same)
    reasons = [(one.field, one.level, one.weight) for one in found.reasons]
    return Picked(reasons, tuple(by_row[each] for each in same if each in by_row))
