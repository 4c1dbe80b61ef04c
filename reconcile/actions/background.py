"""Work that must not run inside a request: it is put into the queue of the same database."""

from datetime import timedelta

from django.utils import timezone
from django.utils.module_loading import import_string

from reconcile.actions.claims import LEASE

# By path, as the queue itself stores a task: tasks lie above the actions that they call.
WORK_ON_UPLOAD = "reconcile.tasks.work_on_upload_task"
MAKE_CORRECTION = "reconcile.tasks.make_correction_task"
COMPARE_STAGES = "reconcile.tasks.compare_stages_task"
INSPECT_ROLL = "reconcile.tasks.inspect_roll_task"
EXECUTE_RUN = "reconcile.tasks.execute_run_task"


AFTER_THE_LEASE = LEASE + timedelta(seconds=30)


def enqueue(task: str, pk: int) -> None:
    """Queue a task for one row, and its successor. In a transaction: jobs exist exactly when their reason does.

    A worker that is killed leaves its job "running" in the queue for ever. The successor is due when that
    worker's lease has run out: it finds the work finished and goes, or in a dead hand and takes it over.
    """
    job = import_string(task)
    job.enqueue(pk)
    job.using(run_after=timezone.now() + AFTER_THE_LEASE).enqueue(pk)
