"""Long work on whole rolls: queued once, taken by one worker, ended as ready or failed.

The answer is made outside any transaction and put on the disk under a name of its own; only then, in one moment,
the work is ready. A worker that is taken for dead and wakes up writes the same bytes again.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions import claims, jobs
from reconcile.actions.audit import record
from reconcile.actions.columns import write_table
from reconcile.models import Officer, RollFailure, RollInspection, RunStatus, SourceList, StageComparison

RollJob = StageComparison | RollInspection
Tables = Mapping[str, pa.Table]


def queue(work: RollJob, *, by: Officer, what: str, task: str, in_background: bool, **facts: Any) -> None:
    """Store new work and queue it. Refused ("work_open"): one at a time in an election."""
    sentence = _("Such work is already waiting or running. Wait until it has finished.")
    jobs.queue(
        work, by=by, what=what, task=task, in_background=in_background,
        refusal=("work_open", sentence), **facts,
    )  # fmt: skip


def execute(
    work: RollJob,
    do: Callable[[claims.Claim], tuple[Tables, Mapping[str, Any]]],
    *,
    what: str,
    progress: claims.Progress | None,
) -> None:
    """Take the work, let `do` make its tables and counts, store both. Refused ("taken")."""

    def make(claim: claims.Claim, work: RollJob) -> None:
        tables, counts = do(claim)
        claim("storing", 0, 1)
        for name, table in tables.items():
            write_table(work.folder / f"{name}.parquet", table)
        with transaction.atomic():
            claim.store(status=RunStatus.READY, finished=timezone.now(), counts=dict(counts), done=1, total=1)
            record(what, by=work.started_by, election=work.election, subject=work, **_sums(counts))

    jobs.execute(work, make, what=what, progress=progress)


def lists_in_order(lists: models.Manager[SourceList]) -> list[SourceList]:
    """Return the lists of a stage, which may have been undone since it was chosen. Raises BrokenOff."""
    found = list(lists.order_by("pk"))
    if not found:
        raise claims.BrokenOff(RollFailure.NO_STAGE.value)
    return found


def _sums(counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the counts that are plain numbers: what the log needs."""
    return {name: value for name, value in counts.items() if isinstance(value, int)}
