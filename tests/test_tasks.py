"""The worker does what the screens asked for, in order, also after another worker died."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from office_files import roll_text, rutan_book, upload

from reconcile import tasks
from reconcile.actions import lists, runs
from reconcile.models import ListStatus, MatchRun, RunStatus, SourceList

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    """Run the real worker until nothing is due."""
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


def store(election: Any, by: Any, content: bytes) -> SourceList:
    return lists.store_list(election=election, kind=None, place=None, file=upload(content), file_name="x", by=by)


def due_now() -> None:
    """Let the time pass that deferred jobs wait for."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now() - timedelta(seconds=1))


def test_the_worker_reads_lists_and_executes_the_run(election: Any, officers: Any) -> None:
    for content in (roll_text(), rutan_book()):
        store(election, officers["admin"], content)
    run = runs.queue_run(election=election, by=officers["admin"])
    work()
    assert {one.status for one in SourceList.objects.all()} == {ListStatus.ACCEPTED}
    run.refresh_from_db()
    assert run.status == RunStatus.READY
    due_now()
    work()  # the successors find everything finished
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def test_a_run_waits_for_lists_that_another_worker_reads(election: Any, officers: Any) -> None:
    source_list = store(election, officers["admin"], roll_text())
    SourceList.objects.update(status=ListStatus.READING, heartbeat=timezone.now(), attempt=1)
    run = runs.queue_run(election=election, by=officers["admin"], in_background=False)
    assert tasks.execute_run_task.call(run.pk) == "waits for lists"
    assert MatchRun.objects.get().status == RunStatus.QUEUED
    waiting = DBTaskResult.objects.get(task_path__endswith="execute_run_task")
    assert waiting.args_kwargs["args"] == [run.pk]
    assert waiting.run_after > timezone.now()
    assert tasks.accept_list_task.call(source_list.pk) == "taken"


def test_a_successor_takes_over_from_a_killed_worker(election: Any, officers: Any) -> None:
    source_list = store(election, officers["admin"], roll_text())
    # what SIGKILL leaves behind: a job that runs for ever, a list in a dead hand, and the successor
    DBTaskResult.objects.filter(run_after__year=9999).update(status="RUNNING")  # the one due at once
    silent = timezone.now() - timedelta(hours=1)
    SourceList.objects.update(status=ListStatus.READING, heartbeat=silent, attempt=1)
    due_now()
    work()
    source_list.refresh_from_db()
    assert (source_list.status, source_list.attempt) == (ListStatus.ACCEPTED, 2)


def test_a_job_for_something_gone_does_nothing(db: None) -> None:
    assert tasks.accept_list_task.call(0) == tasks.execute_run_task.call(0) == "finished before"
