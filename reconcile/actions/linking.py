"""Whose entry a row of a register is, by the matching core."""

import numpy as np
import pyarrow as pa

from reconcile.diffing import NOBODY, Links, link_voters


def link_people(known: pa.Table | None, later: pa.Table) -> Links:
    """Return for each row of a register the known person it is; doubtful pairs are for an officer."""
    if known is None:
        return Links(np.full(later.num_rows, NOBODY, np.int64))
    return link_voters(known, later)
