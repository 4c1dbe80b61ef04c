"""Work on whole rolls: a stage compared with the next one, and a roll inspected by itself.

The answers are as many rows as the rolls have, so they rest in one file each beside the uploads, as places and codes
without a name or a number; sums stand here. Whoever loses a file asks for the work once more.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.models.elections import Election
from reconcile.models.lists import SourceList
from reconcile.models.runs import OPEN_RUNS, RunStatus
from reconcile.models.work import Work


class RollFailure(models.TextChoices):
    """Why there is no answer."""

    NO_STAGE = "no_stage", _("A stage is not there any more: its lists were undone. Choose again.")
    FAILED = "failed", _("The work broke off. Start it again; if that does not help, tell the administrator.")
    GAVE_UP = "gave_up", _("The work broke off several times. Tell the administrator.")


class RollWork(Work):
    """What both have in common. `counts` are the sums by code, once it is ready."""

    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="%(class)ss", db_index=False
    )
    status = models.CharField(_("status"), max_length=10, default=RunStatus.QUEUED)
    message = models.CharField(_("message"), max_length=20, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("started by"), on_delete=models.PROTECT, related_name="+"
    )
    version = models.CharField(_("version"), max_length=20)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    started = models.DateTimeField(_("started"), null=True, blank=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    counts: "models.JSONField[dict[str, Any]]" = models.JSONField(_("counts"), default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def folder(self) -> Path:
        """Return where the answer rests."""
        return Path(settings.MEDIA_ROOT) / type(self).__name__.lower() / str(self.pk)


def _one_open(name: str) -> models.UniqueConstraint:
    """At most one is waiting or running in an election: each takes a whole roll into memory."""
    return models.UniqueConstraint(
        fields=["election"], condition=models.Q(status__in=sorted(map(str, OPEN_RUNS))), name=name
    )


def _known_status(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(status__in=RunStatus.values), name=name)


class StageComparison(RollWork):
    """A stage of the roll and a later one. Row n of a stage is a line of its lists, one list below the other."""

    first = models.CharField(_("first stage"), max_length=12)  # of ROLL_STAGES
    second = models.CharField(_("second stage"), max_length=12)
    first_lists = models.ManyToManyField(SourceList, blank=True, related_name="+")
    second_lists = models.ManyToManyField(SourceList, blank=True, related_name="+")

    class Meta:
        verbose_name = _("comparison of stages")
        verbose_name_plural = _("comparisons of stages")
        ordering = ["-pk"]
        constraints = [_one_open("one_open_comparison_an_election"), _known_status("known_status_of_a_comparison")]


class RollInspection(RollWork):
    """A stage of the roll inspected by itself."""

    stage = models.CharField(_("stage"), max_length=12)
    lists = models.ManyToManyField(SourceList, blank=True, related_name="+")

    class Meta:
        verbose_name = _("inspection of a roll")
        verbose_name_plural = _("inspections of rolls")
        ordering = ["-pk"]
        constraints = [_one_open("one_open_inspection_an_election"), _known_status("known_status_of_an_inspection")]
