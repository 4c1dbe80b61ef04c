"""What the background worker (`manage.py db_worker`) does: load a row, call the action.

As long as a row's work is not finished, a job for it waits in the queue (see `actions.background`): each
job that finds work to do leaves another successor before it begins. Failures are written on our own rows
by the actions.
"""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from reconcile.actions import lists, runs
from reconcile.actions.background import AFTER_THE_LEASE
from reconcile.actions.errors import ActionRefused
from reconcile.models import MatchRun, SourceList

UNTIL_LISTS_ARE_READ = timedelta(seconds=3)


def _later(job: "Task[[int], str]", pk: int, wait: timedelta) -> None:
    job.using(run_after=timezone.now() + wait).enqueue(pk)


@task()
def accept_list_task(pk: int) -> str:
    """Read and accept one list. Returns how it went."""
    source_list = SourceList.objects.open().filter(pk=pk).first()
    if source_list is None:
        return "finished before"
    _later(accept_list_task, pk, AFTER_THE_LEASE)
    try:
        return lists.accept_list(source_list=source_list).status
    except ActionRefused as refused:
        return refused.code


@task()
def execute_run_task(pk: int) -> str:
    """Execute one run, as soon as all lists of its election are read. Returns how it went."""
    run = MatchRun.objects.open().filter(pk=pk).first()
    if run is None:
        return "finished before"
    if SourceList.objects.filter(election=run.election_id).open().exists():
        _later(execute_run_task, pk, UNTIL_LISTS_ARE_READ)
        return "waits for lists"
    _later(execute_run_task, pk, AFTER_THE_LEASE)
    try:
        return runs.execute_run(run=run).status
    except ActionRefused as refused:
        return refused.code
