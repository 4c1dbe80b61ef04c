"""What the background worker (`manage.py db_worker`) does: load a row, call the action.

As long as a row's work is not finished, a job for it waits in the queue (see `actions.background`): each
job that finds work to do leaves another successor before it begins. Failures are written on our own rows
by the actions.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeVar

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from reconcile.actions import claims, inspecting, runs, stages
from reconcile.actions.applying import apply_upload
from reconcile.actions.background import AFTER_THE_LEASE
from reconcile.actions.checking import check_upload
from reconcile.actions.corrections import make_correction, path_of
from reconcile.actions.errors import ActionRefused
from reconcile.actions.recognising import recognise_upload
from reconcile.models import (
    ALIVE,
    APPLYING,
    OPEN_RUNS,
    MatchRun,
    RollInspection,
    SourceList,
    StageComparison,
    Upload,
    UploadStatus,
)  # fmt: skip

R = TypeVar("R", bound=claims.Row)

UNTIL_LISTS_ARE_STORED = timedelta(seconds=3)

_S = UploadStatus
WORK: Mapping[str, Callable[..., Upload]] = {
    _S.TO_RECOGNISE: recognise_upload,
    _S.RECOGNISING: recognise_upload,
    _S.TO_CHECK: check_upload,
    _S.CHECKING: check_upload,
    _S.TO_APPLY: apply_upload,
    _S.APPLYING: apply_upload,
}


def _later(job: "Task[[int], str]", pk: int, wait: timedelta) -> None:
    job.using(run_after=timezone.now() + wait).enqueue(pk)


def _do(job: "Task[[int], str]", row: R | None, work: Callable[[R], str]) -> str:
    """Leave a successor, then do the work on a row that still waits for it. Returns how it went."""
    if row is None:
        return "finished before"
    _later(job, row.pk, AFTER_THE_LEASE)
    try:
        return work(row)
    except ActionRefused as refused:
        return refused.code


@task()
def work_on_upload_task(pk: int) -> str:
    """Do what an upload waits for. Returns how it went."""
    upload = Upload.objects.at_work().filter(pk=pk).first()
    return _do(work_on_upload_task, upload, lambda row: WORK[row.status](upload=row).status)


@task()
def make_correction_task(pk: int) -> str:
    """Make the correction workbook of one list, unless it is there already. Returns how many rows it has."""
    one = SourceList.objects.filter(pk=pk, status__in=ALIVE).first()
    if one is None or path_of(one).exists():
        return "finished before"
    return str(make_correction(one=one))


@task()
def execute_run_task(pk: int) -> str:
    """Execute one run, as soon as no upload of its election is being applied. Returns how it went."""
    run = MatchRun.objects.open().filter(pk=pk).first()
    if run and Upload.objects.filter(election=run.election_id, status__in=APPLYING).exists():
        _later(execute_run_task, pk, UNTIL_LISTS_ARE_STORED)
        return "waits for lists"
    return _do(execute_run_task, run, lambda row: runs.execute_run(run=row).status)


@task()
def compare_stages_task(pk: int) -> str:
    """Compare two stages of a roll. Returns how it went."""
    comparison = StageComparison.objects.filter(pk=pk, status__in=OPEN_RUNS).first()
    return _do(compare_stages_task, comparison, lambda row: stages.execute_comparison(comparison=row).status)


@task()
def inspect_roll_task(pk: int) -> str:
    """Inspect a roll. Returns how it went."""
    inspection = RollInspection.objects.filter(pk=pk, status__in=OPEN_RUNS).first()
    return _do(inspect_roll_task, inspection, lambda row: inspecting.execute_inspection(inspection=row).status)
