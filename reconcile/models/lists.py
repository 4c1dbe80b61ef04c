"""One uploaded file and what became of each of its rows."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.labels.working import LIST_STATUSES
from reconcile.models.elections import Election, Place
from reconcile.models.work import Work
from reconcile.records import HELD_KINDS, ROLL_KINDS, ListKind

# From the first draft to the fixed list (domain 1.1): a later stage replaces an earlier one.
ROLL_STAGES = ("DP4", "DPHP", "DPS", "DPSHP", "DPSHP AKHIR", "DPT")


class ListStatus(models.TextChoices):
    STORED = "stored", LIST_STATUSES["stored"]
    READING = "reading", LIST_STATUSES["reading"]
    ACCEPTED = "accepted", LIST_STATUSES["accepted"]
    REFUSED = "refused", LIST_STATUSES["refused"]


OPEN_LISTS = frozenset({ListStatus.STORED, ListStatus.READING})


class ListRefusal(models.TextChoices):
    """Why a file that could be read, or should have been, is refused all the same (see also `Refusal`)."""

    KIND_DIFFERS = "kind_differs", _("The file is another kind of list than was said. Choose the right kind.")
    PLACE_NEEDED = (
        "place_needed",
        _("It is not clear which place this register comes from. Choose the place."),
    )
    PLACE_DIFFERS = "place_differs", _("This kind of register does not come from that kind of place.")
    FAILED = (
        "failed",
        _("The list could not be stored. Upload it again; if that does not help, tell the administrator."),
    )
    GAVE_UP = "gave_up", _("Reading the file broke off several times. Tell the administrator.")


class SourceListQuerySet(models.QuerySet["SourceList"]):
    def accepted(self) -> "SourceListQuerySet":
        return self.filter(status=ListStatus.ACCEPTED)

    def open(self) -> "SourceListQuerySet":
        """Return the lists that still wait for a worker or are in its hands."""
        return self.filter(status__in=OPEN_LISTS)

    def current(self) -> list["SourceList"]:
        """Return the accepted lists a run reads, oldest first.

        A later snapshot of a place's register replaces the earlier ones; registers of one and the same
        date stand side by side (an office may send detainees and convicts as two files). Of the rolls, a
        later stage replaces the earlier ones: a DPT makes the DPS of the same election obsolete.
        """
        lists = list(self.accepted().order_by("pk"))
        last_stage = max((one.stage_rank for one in lists if one.kind == ListKind.ROLL), default=0)
        last_date: dict[int | None, date] = {}
        for one in lists:
            if one.kind in HELD_KINDS:
                last_date[one.place_id] = max(one.snapshot_date, last_date.get(one.place_id, one.snapshot_date))
        return [
            one
            for one in lists
            if one.kind == ListKind.MOVED
            or (one.kind == ListKind.ROLL and one.stage_rank == last_stage)
            or (one.kind in HELD_KINDS and one.snapshot_date == last_date[one.place_id])
        ]


class SourceList(Work):
    """One file of one office. Its rows: `rows` = `records` + `rejected` + `skipped`."""

    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="lists", db_index=False
    )
    place = models.ForeignKey(
        Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="lists"
    )
    kind = models.CharField(_("kind"), max_length=10, blank=True)
    file = models.FileField(_("file"), upload_to="lists")
    file_name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    stage = models.CharField(_("stage"), max_length=40, blank=True)
    title = models.TextField(_("title"), blank=True)
    as_of = models.DateField(_("data as of"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, default=ListStatus.STORED)
    refusal = models.CharField(_("why refused"), max_length=20, blank=True)
    refusal_detail = models.TextField(_("detail"), blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    records = models.PositiveIntegerField(_("people"), default=0)
    rejected = models.PositiveIntegerField(_("rejected rows"), default=0)
    skipped = models.PositiveIntegerField(_("skipped rows"), default=0)
    endings: "models.JSONField[dict[str, int]]" = models.JSONField(_("rows without a person"), default=dict, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.PROTECT, related_name="+"
    )
    created = models.DateTimeField(_("uploaded"), auto_now_add=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects = SourceListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "sha256"], name="same_file_once_an_election"),
            models.CheckConstraint(
                condition=models.Q(rows=models.F("records") + models.F("rejected") + models.F("skipped")),
                name="every_row_of_a_list_ends_somewhere",
            ),
            models.CheckConstraint(condition=models.Q(status__in=ListStatus.values), name="known_status_of_a_list"),
            models.CheckConstraint(
                condition=~models.Q(status=ListStatus.ACCEPTED)
                | models.Q(kind__in=sorted(map(str, HELD_KINDS)), place__isnull=False)
                | models.Q(kind__in=sorted(map(str, ROLL_KINDS)), place__isnull=True),
                name="registers_have_a_place_and_rolls_none",
            ),
        ]
        indexes = [models.Index(fields=["election", "status", "kind"], name="list_by_status_and_kind")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def snapshot_date(self) -> date:
        """Return the date the list stands at: as the file says, else the day it was uploaded."""
        return self.as_of or timezone.localdate(self.created)

    @property
    def stage_rank(self) -> int:
        """Return how far along the roll is; a roll that does not say is taken for the fixed one."""
        stage = self.stage.upper()
        return ROLL_STAGES.index(stage) if stage in ROLL_STAGES else len(ROLL_STAGES) - 1


class ListProblem(models.Model):
    """One thing somebody must look at in a list: where it stands, never what the cell holds."""

    source_list = models.ForeignKey(SourceList, on_delete=models.CASCADE, related_name="problems")
    code = models.CharField(_("problem"), max_length=30)
    sheet = models.TextField(_("sheet"), blank=True)
    row = models.PositiveIntegerField(_("row"))
    column = models.TextField(_("column"), blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["source_list", "code"], name="problem_by_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.row}"
