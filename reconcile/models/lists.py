"""One uploaded file and what became of each of its rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.labels.uploading import LIST_STATUSES
from reconcile.models.elections import Election, Place
from reconcile.models.sealed import SealedTextField
from reconcile.models.uploads import Upload
from reconcile.records import HELD_KINDS, ROLL_KINDS, ListKind

# From the first draft to the fixed list (domain 1.1): a later stage replaces an earlier one.
ROLL_STAGES = ("DP4", "DPHP", "DPS", "DPSHP", "DPSHP AKHIR", "DPT")


class ListStatus(models.TextChoices):
    """A list counts while it is accepted; what was replaced counts again when the upload that did it is undone."""

    STORED = "stored", LIST_STATUSES["stored"]
    ACCEPTED = "accepted", LIST_STATUSES["accepted"]
    REFUSED = "refused", LIST_STATUSES["refused"]
    REPLACED = "replaced", LIST_STATUSES["replaced"]
    WITHDRAWN = "withdrawn", LIST_STATUSES["withdrawn"]


# Lists of which the same bytes are not taken a second time.
ALIVE = frozenset({ListStatus.STORED, ListStatus.ACCEPTED, ListStatus.REPLACED})


class ListRefusal(models.TextChoices):
    """Why a file that could be read is no list for this upload all the same (see also `reading.Refusal`)."""

    KIND_DIFFERS = "kind_differs", _("The file is another kind of list than was said. Choose the right kind.")
    PLACE_NEEDED = (
        "place_needed",
        _("It is not clear which place this register comes from. Choose the place."),
    )
    PLACE_DIFFERS = "place_differs", _("This kind of register does not come from that kind of place.")
    CORRECTS_OTHER = (
        "corrects_other",
        _("These rows do not belong to the list they are to complete. Use the correction workbook of that list."),
    )
    CORRECTS_PAST = (
        "corrects_past",
        _("The list these rows come from is not in force any more. Download its successor's correction workbook."),
    )


class SourceListQuerySet(models.QuerySet["SourceList"]):
    def accepted(self) -> "SourceListQuerySet":
        return self.filter(status=ListStatus.ACCEPTED)

    def current(self) -> list["SourceList"]:
        """Return the accepted lists a run reads, oldest first.

        A later snapshot of a place's register replaces the earlier ones; registers of one and the same
        date stand side by side (an office may send detainees and convicts as two files). Of the rolls, a
        later stage replaces the earlier ones: a DPT makes the DPS of the same election obsolete.
        """
        return current_of(list(self.accepted().order_by("pk")))


def current_of(lists: Sequence["SourceList"]) -> list["SourceList"]:
    """Return those of the accepted `lists` of one election that a run reads, in their order."""
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


class SourceList(models.Model):
    """One file of one office. `rows` = `records` + `rejected` + `skipped`; `records` = `new` + `changed` + `same`."""

    upload = models.ForeignKey(Upload, verbose_name=_("upload"), on_delete=models.PROTECT, related_name="lists")
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
    # what the file was recognised as, with evidence and samples; emptied once the list is applied
    recognised: "models.JSONField[dict[str, Any]]" = models.JSONField(_("recognised"), default=dict, blank=True)
    # what somebody said of it: heading rows and our fields by the office's headings
    told: "models.JSONField[dict[str, Any]]" = models.JSONField(_("told"), default=dict, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    records = models.PositiveIntegerField(_("people"), default=0)
    rejected = models.PositiveIntegerField(_("rejected rows"), default=0)
    skipped = models.PositiveIntegerField(_("skipped rows"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("unchanged"), default=0)
    endings: "models.JSONField[dict[str, int]]" = models.JSONField(_("rows without a person"), default=dict, blank=True)
    problem_counts: "models.JSONField[dict[str, int]]" = models.JSONField(_("problems"), default=dict, blank=True)
    to_correct = models.PositiveIntegerField(_("rows to correct"), default=0)
    # while the upload waits to be applied: "known", the person of each line (null: new), and "doubts",
    # [line, person, probability] of whom somebody must look at
    links: "models.JSONField[dict[str, Any]]" = models.JSONField(_("known people"), default=dict, blank=True)
    completes = models.ForeignKey(
        "self",
        verbose_name=_("completes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="completed_by",
    )  # the list whose rows this correction workbook brings back; both together are this list
    replaced_by = models.ForeignKey(
        Upload, verbose_name=_("replaced by"), null=True, blank=True, on_delete=models.PROTECT, related_name="replaced"
    )
    created = models.DateTimeField(_("uploaded"), auto_now_add=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects = SourceListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "sha256"],
                condition=models.Q(status__in=sorted(map(str, ALIVE))),
                name="same_file_once_an_election",
            ),
            models.CheckConstraint(
                condition=models.Q(rows=models.F("records") + models.F("rejected") + models.F("skipped")),
                name="every_row_of_a_list_ends_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(records=models.F("new") + models.F("changed") + models.F("same")),
                name="every_person_is_new_changed_or_the_same",
            ),
            models.CheckConstraint(condition=models.Q(status__in=ListStatus.values), name="known_status_of_a_list"),
            models.CheckConstraint(
                condition=~models.Q(status=ListStatus.REPLACED) | models.Q(replaced_by__isnull=False),
                name="what_is_replaced_is_replaced_by_something",
            ),
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

    @property
    def stage_name(self) -> str:
        """Return the stage of a roll by its usual letters."""
        return ROLL_STAGES[self.stage_rank]

    @property
    def chain(self) -> list["SourceList"]:
        """Return the lists this one is made of: the office's own file first, then its correction workbooks."""
        return [*(self.completes.chain if self.completes else []), self]

    @property
    def is_register(self) -> bool:
        return self.kind in HELD_KINDS


# What a list carries for its upload only: pages about people need none of it.
OF_THE_UPLOAD = ("recognised", "told", "endings", "problem_counts", "links", "title", "sha256", "refusal_detail")


def without_upload(*ways: str) -> list[str]:
    """Return the fields to defer of lists that are reached on these ways ("voter__source_list")."""
    return [f"{way}__{field}" for way in ways for field in OF_THE_UPLOAD]


class ListProblem(models.Model):
    """One thing somebody must look at in a list: where it stands, and the cell as written.

    The cell may be a person's number, so it rests as such a number does and is shown by role (`access`).
    """

    REJECTED, LOOK, TOLD = 0, 1, 2  # ranks: the row is no record; somebody must look; only told

    source_list = models.ForeignKey(SourceList, on_delete=models.CASCADE, related_name="problems", db_index=False)
    rank = models.PositiveSmallIntegerField(_("rank"), default=LOOK)
    code = models.CharField(_("problem"), max_length=30)
    sheet = models.TextField(_("sheet"), blank=True)
    row = models.PositiveIntegerField(_("row"))
    column = models.TextField(_("column"), blank=True)
    value = SealedTextField(_("value"), blank=True, default="")
    said = models.TextField(_("what another cell says"), blank=True, default="")

    class Meta:
        ordering = ["rank", "row", "pk"]
        indexes = [
            models.Index(fields=["source_list", "rank", "row"], name="problem_by_rank"),
            models.Index(fields=["source_list", "code", "row"], name="problem_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.row}"


class KnownHeading(models.Model):
    """What a sender means by a heading, as somebody said once: said again by itself the next time.

    `sender` outlives an election: a place's kind and name, or "kpu". `heading` is folded as `reading` folds it.
    """

    sender = models.CharField(_("sender"), max_length=220)
    kind = models.CharField(_("kind"), max_length=10)
    heading = models.CharField(_("heading"), max_length=100)
    field = models.CharField(_("field"), max_length=30)

    class Meta:
        verbose_name = _("known heading")
        verbose_name_plural = _("known headings")
        constraints = [
            models.UniqueConstraint(fields=["sender", "kind", "heading"], name="one_meaning_of_a_senders_heading")
        ]

    def __str__(self) -> str:
        return self.heading
