"""Who has an upload, a run or work on a roll in hand, proved anew with every write.

A worker takes a row by compare-and-set, gives a sign of life with each step, and must still hold the row
when it stores the result. A worker silent for `LEASE` counts as dead and another may take over; if it
wakes up after all, its result is refused and rolled back. `carry_out` is the frame around every such work.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.errors import ActionRefused
from reconcile.actions.failures import describe
from reconcile.models import (
    TRANSITIONS,
    MatchRun,
    RollInspection,
    StageComparison,
    Upload,
    UploadStatus,
)

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MOST_TRIES = 3  # what has killed three workers kills the fourth
SECONDS_BETWEEN_BEATS = 1.0

FAILED, GAVE_UP = "failed", "gave_up"  # every kind of work has a sentence for these two

Row = Upload | MatchRun | StageComparison | RollInspection
R = TypeVar("R", bound=Row)
Progress = Callable[[str, int, int], None]


class ClaimLost(Exception):
    """Another worker has taken the row over, or somebody cancelled it."""


class BrokenOff(Exception):
    """The work cannot come to its end, for a reason that has a sentence of its own under `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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


def carry_out(
    row: R,
    do: Callable[[Claim, R], None],
    fail: Callable[[Claim, R, str], None],
    *,
    what: str,
    waiting: str,
    busy: str,
    progress: Progress | None,
) -> R:
    """Take a row; let `do` work to the end, or `fail` store the code of what broke it off. Refused ("taken").

    Both store through the claim, in the transaction of whatever else they store: once it is lost, nothing is stored.
    """
    claim = take(row, waiting=waiting, busy=busy, progress=progress)
    try:
        code = _broken_off(claim, row, do, what)
        if code:
            fail(claim, row, code)
    except ClaimLost:
        logger.warning("%s %s was taken over by another worker, or cancelled", what, row.pk)
    row.refresh_from_db()
    return row


def _broken_off(claim: Claim, row: R, do: Callable[[Claim, R], None], what: str) -> str:
    """Do the work; return why it broke off, "" where it did not."""
    if claim.is_hopeless:
        return GAVE_UP
    try:
        do(claim, row)
    except ClaimLost:
        raise
    except BrokenOff as known:
        return known.code
    except Exception as error:  # the last resort: the row must not stay in a dead hand
        logger.error("%s %s failed: %s", what, row.pk, describe(error))
        return FAILED
    return ""
