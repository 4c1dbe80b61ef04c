"""Long work on whole rolls: queued once, taken by one worker, ended as ready or failed.

The answer is made outside any transaction and put on the disk under a name of its own; only then, in one moment,
the work is ready. A worker that is taken for dead and wakes up writes the same bytes again.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions import background, claims
from reconcile.actions.audit import record
from reconcile.actions.columns import write_table
from reconcile.actions.errors import ActionRefused
from reconcile.actions.failures import describe
from reconcile.models import Officer, RollFailure, RollInspection, RunStatus, StageComparison

logger = logging.getLogger(__name__)

RollJob = StageComparison | RollInspection
Tables = Mapping[str, pa.Table]


class NoStage(Exception):
    """The lists of a stage are not there any more."""


def queue(work: RollJob, *, by: Officer, what: str, task: str, in_background: bool, **facts: Any) -> None:
    """Store new work and queue it. Refused ("work_open"): one at a time in an election."""
    work.started_by, work.version = by, settings.VERSION
    try:
        with transaction.atomic():
            work.save()
    except IntegrityError as error:
        sentence = _("Such work is already waiting or running. Wait until it has finished.")
        raise ActionRefused("work_open", sentence) from error
    record(what, by=by, election=work.election, subject=work, **facts)
    if in_background:
        background.enqueue(task, work.pk)


def execute(
    work: RollJob,
    do: Callable[[claims.Claim], tuple[Tables, Mapping[str, Any]]],
    *,
    what: str,
    progress: claims.Progress | None,
) -> None:
    """Take the work, let `do` make its tables and counts, store both. Refused ("taken")."""
    claim = claims.take(work, waiting=RunStatus.QUEUED, busy=RunStatus.RUNNING, progress=progress)
    try:
        try:
            _execute(claim, work, do, what)
        except NoStage:
            _fail(claim, work, what, RollFailure.NO_STAGE)
        except claims.ClaimLost:
            raise
        except Exception as error:  # the last resort: the work must not stay in a dead hand
            logger.error("%s %s failed: %s", what, work.pk, describe(error))
            _fail(claim, work, what, RollFailure.FAILED)
    except claims.ClaimLost:
        logger.warning("%s %s was taken over by another worker", what, work.pk)
    work.refresh_from_db()


def _execute(
    claim: claims.Claim,
    work: RollJob,
    do: Callable[[claims.Claim], tuple[Tables, Mapping[str, Any]]],
    what: str,
) -> None:
    if claim.is_hopeless:
        _fail(claim, work, what, RollFailure.GAVE_UP)
        return
    claim.store(started=timezone.now())
    claim("reading", 0, 1)
    tables, counts = do(claim)
    claim("storing", 0, 1)
    for name, table in tables.items():
        write_table(work.folder / f"{name}.parquet", table)
    with transaction.atomic():
        claim.store(status=RunStatus.READY, finished=timezone.now(), counts=dict(counts), done=1, total=1)
        record(what, by=work.started_by, election=work.election, subject=work, **_sums(counts))


def _sums(counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the counts that are plain numbers: what the log needs."""
    return {name: value for name, value in counts.items() if isinstance(value, int)}


def _fail(claim: claims.Claim, work: RollJob, what: str, code: RollFailure) -> None:
    with transaction.atomic():
        claim.store(status=RunStatus.FAILED, message=code.value, finished=timezone.now())
        record(what, by=work.started_by, election=work.election, subject=work, failed=code.value)
