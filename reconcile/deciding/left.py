"""Voters of the special TPS who are in custody no more."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.deciding.tps import TpsRef, tps_number
from reconcile.records import ListKind


def left_voters(roll: pa.Table, matched_rows: Collection[int], tps: TpsRef) -> tuple[int, ...]:
    """Return the rows of the fixed roll of `tps` that no held person has been matched with, ascending.

    `matched_rows` are rows of `roll` matched for certain or still in review: who may be held is not called
    gone. A roll without the columns that name the TPS has no such rows.
    """
    if not {"kind", "tps", "tps_region"} <= set(roll.column_names):
        return ()
    matched = set(matched_rows)
    # A few passes over whole columns, so that a roll of millions takes a moment.
    numbers = {tps.number, *_spellings(roll["tps"], tps)}
    wanted = {"kind": {ListKind.ROLL.value}, "tps_region": {tps.region}, "tps": numbers}
    is_here = np.ones(roll.num_rows, dtype=bool)
    for name, values in wanted.items():
        is_here &= pc.is_in(roll[name], value_set=pa.array(sorted(values), pa.string())).to_numpy()
    return tuple(row for row in np.flatnonzero(is_here).tolist() if row not in matched)


def _spellings(column: Any, tps: TpsRef) -> set[str]:
    """Return the ways in which the roll writes this TPS's number ("1" for "001")."""
    written = pc.unique(column).to_pylist()
    return {number for number in written if number and tps_number(number) == tps.number}
