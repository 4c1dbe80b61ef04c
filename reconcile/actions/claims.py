"""Who has an upload, a run or work on a roll in hand, proved anew with every write.

A worker takes a row by compare-and-set, gives a sign of life with each step, and must still hold the row
when it stores the result. A worker silent for `LEASE` counts as dead and another may take over; if it
wakes up after all, its result is refused and rolled back.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.errors import ActionRefused
from reconcile.models import (
    TRANSITIONS,
    MatchRun,
    RollInspection,
    StageComparison,
    Upload,
    UploadStatus,
)

LEASE = timedelta(minutes=5)
MOST_TRIES = 3  # what has killed three workers kills the fourth
SECONDS_BETWEEN_BEATS = 1.0

Row = Upload | MatchRun | StageComparison | RollInspection
Progress = Callable[[str, int, int], None]


class ClaimLost(Exception):
    """Another worker has taken the row over, or somebody cancelled it."""


@dataclass
class Claim:
    """A row in hand. Calling it tells the progress: step, done, total."""

    row: Row
    busy: str
    progress: Progress | None
    last: tuple[str, float] = field(default=("", 0.0))

    @property
    def is_hopeless(self) -> bool:
        return self.row.tries > MOST_TRIES

    def __call__(self, step: str, done: int, total: int) -> None:
        if self.progress:
            self.progress(step, done, total)
        now = time.monotonic()
        if step != self.last[0] or now - self.last[1] >= SECONDS_BETWEEN_BEATS:
            begun = {"since": timezone.now()} if step != self.last[0] else {}
            self.last = (step, now)
            self.store(step=step, done=done, total=total, heartbeat=timezone.now(), **begun)

    def tell(self, step: str, done: int, total: int) -> None:
        """Tell the progress only, where a transaction is open and nobody else could see what is stored."""
        if self.progress:
            self.progress(step, done, total)

    def store(self, **changes: Any) -> None:
        """Change the row, if it is still in this worker's hands. Raises ClaimLost."""
        if isinstance(self.row, Upload) and "status" in changes:
            assert UploadStatus(changes["status"]) in TRANSITIONS[UploadStatus(self.busy)], changes["status"]
        mine = type(self.row).objects.filter(pk=self.row.pk, status=self.busy, attempt=self.row.attempt)
        if not mine.update(**changes):
            raise ClaimLost


def take(row: Row, *, waiting: str, busy: str, progress: Progress | None) -> Claim:
    """Take a waiting row, or one whose worker is dead. Refused ("taken") when it is neither."""
    now = timezone.now()
    free = Q(status=waiting) | Q(status=busy, heartbeat__lt=now - LEASE)
    begun = {"heartbeat": now, "since": now, "step": "", "done": 0, "total": 0}
    with transaction.atomic():
        mine = type(row).objects.filter(free, pk=row.pk)
        if not mine.update(status=busy, attempt=F("attempt") + 1, tries=F("tries") + 1, **begun):
            raise ActionRefused("taken", _("This is already being worked on, or finished. Reload the page."))
        row.refresh_from_db()
    return Claim(row, busy, progress)
