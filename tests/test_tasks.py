"""The worker does what the screens asked for, in order, also after another worker died."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from office_files import roll_text, rutan_book
from walking import begun

from reconcile import tasks
from reconcile.actions import claims, recognising, runs, uploads
from reconcile.models import MatchRun, RunStatus, Upload, UploadFailure, UploadStatus

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    """Run the real worker until nothing is due."""
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


def due_now() -> None:
    """Let the time pass that deferred jobs wait for."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now() - timedelta(seconds=1))


def sent(election: Any, by: Any, *contents: bytes) -> Upload:
    made = begun(election, by, *contents)
    uploads.send_files(upload=made, by=by)
    return made


def test_the_worker_carries_an_upload_through_and_executes_the_run(election: Any, officers: Any, rutan: Any) -> None:
    by = officers["admin"]
    made = sent(election, by, roll_text(), rutan_book())
    work()
    made.refresh_from_db()
    assert made.status == UploadStatus.RECOGNISED
    recognising.confirm_recognition(upload=made, told={}, by=by)
    work()
    made.refresh_from_db()
    assert made.status == UploadStatus.CHECKED
    uploads.apply(upload=made, fingerprint=made.fingerprint, by=by)
    run = runs.queue_run(election=election, by=by)
    work()
    made.refresh_from_db()
    run.refresh_from_db()
    assert (made.status, run.status) == (UploadStatus.APPLIED, RunStatus.READY)
    due_now()
    work()  # the successors find everything finished
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def test_a_run_waits_for_an_upload_that_another_worker_applies(election: Any, officers: Any) -> None:
    made = sent(election, officers["admin"], roll_text())
    Upload.objects.update(status=UploadStatus.APPLYING, heartbeat=timezone.now(), attempt=1)
    run = runs.queue_run(election=election, by=officers["admin"], in_background=False)
    assert tasks.execute_run_task.call(run.pk) == "waits for lists"
    assert MatchRun.objects.get().status == RunStatus.QUEUED
    waiting = DBTaskResult.objects.get(task_path__endswith="execute_run_task")
    assert waiting.args_kwargs["args"] == [run.pk]
    assert waiting.run_after > timezone.now()
    assert tasks.work_on_upload_task.call(made.pk) == "taken"


def test_sending_leaves_one_job_and_its_successor(election: Any, officers: Any) -> None:
    made = sent(election, officers["admin"], roll_text())
    assert [job.args_kwargs["args"] for job in DBTaskResult.objects.all()] == [[made.pk]] * 2
    lease_ends = timezone.now() + claims.LEASE
    successors = DBTaskResult.objects.filter(run_after__range=(lease_ends, lease_ends + timedelta(hours=1)))
    assert successors.count() == 1


def in_a_dead_hand(election: Any, by: Any, tries: int = 1) -> Upload:
    """Return what SIGKILL leaves behind: a job that runs for ever, an upload in a dead hand, the successor."""
    made = sent(election, by, roll_text())
    DBTaskResult.objects.filter(run_after__year=9999).update(status="RUNNING")  # the one due at once
    silent = timezone.now() - claims.LEASE - timedelta(seconds=1)
    Upload.objects.update(status=UploadStatus.RECOGNISING, heartbeat=silent, attempt=1, tries=tries)
    due_now()
    return made


def test_a_successor_takes_over_from_a_killed_worker(election: Any, officers: Any) -> None:
    made = in_a_dead_hand(election, officers["admin"])
    work()
    made.refresh_from_db()
    assert (made.status, made.attempt) == (UploadStatus.RECOGNISED, 2)


def test_what_killed_three_workers_is_given_up(election: Any, officers: Any) -> None:
    made = in_a_dead_hand(election, officers["admin"], tries=claims.MOST_TRIES)
    work()
    made.refresh_from_db()
    assert (made.status, made.failure) == (UploadStatus.FILES, UploadFailure.GAVE_UP)


def test_a_job_for_something_gone_does_nothing(db: None) -> None:
    assert tasks.work_on_upload_task.call(0) == tasks.execute_run_task.call(0) == "finished before"
