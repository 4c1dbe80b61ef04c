"""Work that is no step of an upload but asked for by itself: queued once, taken by one worker, ready or failed."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reconcile.actions import background, claims
from reconcile.actions.audit import record
from reconcile.actions.errors import store_or_refuse
from reconcile.labels.words import Words
from reconcile.models import MatchRun, Officer, RollInspection, RunStatus, StageComparison

J = TypeVar("J", bound=MatchRun | StageComparison | RollInspection)


def queue(
    job: J, *, by: Officer, what: str, task: str, refusal: tuple[str, Words], in_background: bool, **facts: Any
) -> J:
    """Store a new job and queue it. Refused by `refusal`, a code and its sentence: one at a time in an election."""
    job.started_by, job.version = by, settings.VERSION
    with store_or_refuse(*refusal):
        job.save()
    record(what, by=by, election=job.election, subject=job, **facts)
    if in_background:
        background.enqueue(task, job.pk)
    return job


def execute(job: J, do: Callable[[claims.Claim, J], None], *, what: str, progress: claims.Progress | None) -> J:
    """Take a queued job and let `do` store its answer. Refused ("taken"). It ends as ready or failed."""

    def begin(claim: claims.Claim, job: J) -> None:
        claim.store(started=timezone.now())
        claim("reading", 0, 1)
        do(claim, job)

    def fail(claim: claims.Claim, job: J, code: str) -> None:
        with transaction.atomic():
            claim.store(status=RunStatus.FAILED, message=code, finished=timezone.now())
            record(what, by=job.started_by, election=job.election, subject=job, failed=code)

    return claims.carry_out(
        job, begin, fail, what=what, waiting=RunStatus.QUEUED, busy=RunStatus.RUNNING, progress=progress
    )
