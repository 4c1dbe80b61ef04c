"""Whose entry a row of a register is, by the matching core."""

from datetime import date

import numpy as np
import pyarrow as pa

from reconcile.actions.people import Known
from reconcile.diffing import NOBODY
from reconcile.matching import SnapshotLinks, link_snapshots


def link_people(known: Known, later: pa.Table, as_of: date) -> SnapshotLinks:
    """Return for each row of a register the row of the known person it is; doubtful pairs are for an officer.

    `as_of`: the day ages in the register are stated on.
    """
    if known.table is None:
        return SnapshotLinks(np.full(later.num_rows, NOBODY, np.int64))
    return link_snapshots(known.table, later, known.persons, as_of=as_of)
