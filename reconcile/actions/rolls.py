"""The rolls of an election prepared for matching once, for all runs until a roll changes.

The folder is a copy: whoever loses it loses time. It stands beside the uploads, readable by the program only.
"""

import shutil
from collections.abc import Sequence

import pyarrow as pa

from reconcile.matching import Roll, StoredRollError, open_roll, prepare
from reconcile.models import Election, SourceList
from reconcile.queries.rolls import folder_of


def prepared_roll(election: Election, lists: Sequence[SourceList], table: pa.Table) -> Roll:
    """Return the prepared roll of these lists, made and kept where there is none yet; those of other lists go.

    `table`: the columns of all lists, one below the other.
    """
    folder = folder_of(election, lists)
    try:
        return open_roll(folder)
    except StoredRollError:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        prepare(table).store(folder)
    for other in folder.parent.iterdir():
        if other != folder:  # a process that still reads one keeps what it has mapped
            shutil.rmtree(other, ignore_errors=True)
    return open_roll(folder)
