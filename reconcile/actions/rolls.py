"""The rolls of an election prepared for matching once, for all runs until a roll changes.

The folder is a copy: whoever loses it loses time. It stands beside the uploads, readable by the program only.
"""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from django.conf import settings

from reconcile.matching import Roll, StoredRollError, open_roll, prepare
from reconcile.models import Election, SourceList


def folder_of(election: Election, lists: Sequence[SourceList]) -> Path:
    """Return where the roll made of these lists, in this order, is kept."""
    content = "\n".join(f"{one.pk} {one.sha256} {one.records}" for one in lists)
    key = hashlib.sha256(content.encode()).hexdigest()[:32]
    return Path(settings.MEDIA_ROOT) / "rolls" / str(election.pk) / key


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
