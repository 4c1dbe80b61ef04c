"""What a row carries while a background worker has it in hand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Work(models.Model):
    """Progress of long work, and the two fields that let another worker take over from a dead one.

    `heartbeat` is the worker's last sign of life, `since` the beginning of the step in hand: what the time
    left is told by. `attempt` counts the workers that ever took the row in hand and is never set back:
    whoever finishes must still find their own number there, so a worker that was taken for dead and wakes
    up again cannot store a second result. `tries` counts them for the work now asked for.
    """

    step = models.CharField(_("step"), max_length=20, blank=True, default="")
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("out of"), default=0)
    since = models.DateTimeField(_("step begun"), null=True, blank=True)
    heartbeat = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    attempt = models.PositiveIntegerField(_("attempts"), default=0)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)

    class Meta:
        abstract = True
