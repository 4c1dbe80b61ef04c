"""One walk through the upload wizard: what was said of the files, how far it is, who decided what."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.labels.uploading import UPLOAD_FAILURES, UPLOAD_STATUSES
from reconcile.models.elections import Election, Place
from reconcile.models.work import Work


class UploadStatus(models.TextChoices):
    """A word of two parts waits for a worker; the word ending in -ing is in its hands."""

    FILES = "files", UPLOAD_STATUSES["files"]
    TO_RECOGNISE = "to_recognise", UPLOAD_STATUSES["to_recognise"]
    RECOGNISING = "recognising", UPLOAD_STATUSES["recognising"]
    RECOGNISED = "recognised", UPLOAD_STATUSES["recognised"]
    TO_CHECK = "to_check", UPLOAD_STATUSES["to_check"]
    CHECKING = "checking", UPLOAD_STATUSES["checking"]
    CHECKED = "checked", UPLOAD_STATUSES["checked"]
    TO_APPLY = "to_apply", UPLOAD_STATUSES["to_apply"]
    APPLYING = "applying", UPLOAD_STATUSES["applying"]
    APPLIED = "applied", UPLOAD_STATUSES["applied"]
    UNDONE = "undone", UPLOAD_STATUSES["undone"]
    CANCELLED = "cancelled", UPLOAD_STATUSES["cancelled"]


_S = UploadStatus

# From each state, where an upload may go. Nothing else is possible: `actions.transitions` is the only way,
# and the worker's claim asks the same table. A worker's own state leads to itself when it is taken over.
TRANSITIONS: Mapping[UploadStatus, frozenset[UploadStatus]] = {
    _S.FILES: frozenset({_S.TO_RECOGNISE, _S.CANCELLED}),
    _S.TO_RECOGNISE: frozenset({_S.RECOGNISING, _S.CANCELLED}),
    _S.RECOGNISING: frozenset({_S.RECOGNISING, _S.RECOGNISED, _S.FILES, _S.CANCELLED}),
    _S.RECOGNISED: frozenset({_S.TO_CHECK, _S.TO_RECOGNISE, _S.FILES, _S.CANCELLED}),
    _S.TO_CHECK: frozenset({_S.CHECKING, _S.CANCELLED}),
    _S.CHECKING: frozenset({_S.CHECKING, _S.CHECKED, _S.RECOGNISED, _S.CANCELLED}),
    _S.CHECKED: frozenset({_S.TO_APPLY, _S.TO_CHECK, _S.RECOGNISED, _S.FILES, _S.CANCELLED}),
    _S.TO_APPLY: frozenset({_S.APPLYING}),
    _S.APPLYING: frozenset({_S.APPLYING, _S.APPLIED, _S.TO_CHECK, _S.CHECKED}),
    _S.APPLIED: frozenset({_S.UNDONE}),
    _S.UNDONE: frozenset(),
    _S.CANCELLED: frozenset(),
}

# What a worker takes, and what it becomes in its hands.
WORK_OF: Mapping[UploadStatus, UploadStatus] = {
    _S.TO_RECOGNISE: _S.RECOGNISING,
    _S.TO_CHECK: _S.CHECKING,
    _S.TO_APPLY: _S.APPLYING,
}
AT_WORK = frozenset(WORK_OF) | frozenset(WORK_OF.values())
APPLYING = frozenset({_S.TO_APPLY, _S.APPLYING})
ENDED = frozenset({_S.APPLIED, _S.UNDONE, _S.CANCELLED})


class UploadFailure(models.TextChoices):
    """Why the worker's last try did not come to its end."""

    FAILED = "failed", UPLOAD_FAILURES["failed"]
    GAVE_UP = "gave_up", UPLOAD_FAILURES["gave_up"]
    MOVED = "moved", UPLOAD_FAILURES["moved"]


class UploadQuerySet(models.QuerySet["Upload"]):
    def at_work(self) -> "UploadQuerySet":
        """Return the uploads that wait for a worker or are in its hands."""
        return self.filter(status__in=AT_WORK)


class Upload(Work):
    """One or more files of one office, applied all together or not at all.

    `completes` is the list whose rejected rows this upload brings back corrected. `replaces` are lists that
    stop to count once this upload is applied. `fingerprint` is the state the numbers were worked out on.
    """

    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="uploads", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10, blank=True)
    place = models.ForeignKey(
        Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="uploads"
    )
    expected = models.PositiveIntegerField(_("people expected"), null=True, blank=True)
    completes = models.ForeignKey(
        "SourceList", verbose_name=_("completes"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    replaces: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "SourceList", verbose_name=_("replaces"), blank=True, related_name="+"
    )
    beside = models.BooleanField(_("stands beside lists with the same people"), default=False)

    status = models.CharField(_("status"), max_length=15, default=UploadStatus.FILES)
    failure = models.CharField(_("failure"), max_length=10, blank=True)
    notes: "models.JSONField[list[dict[str, str]]]" = models.JSONField(_("notes"), default=list, blank=True)

    fingerprint = models.CharField(_("checked on the state"), max_length=64, blank=True)
    before = models.PositiveIntegerField(_("people before"), default=0)
    gone = models.PositiveIntegerField(_("no longer listed"), default=0)
    older_than = models.DateField(_("older than the list in force"), null=True, blank=True)
    doubles: "models.JSONField[list[dict[str, int]]]" = models.JSONField(_("counted twice"), default=list, blank=True)

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.PROTECT, related_name="+"
    )
    created = models.DateTimeField(_("uploaded"), auto_now_add=True)
    # warnings let pass by an administrator, and a mass change confirmed by another one: each with the reason
    accepted_reason = models.TextField(_("why warnings were accepted"), blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("warnings accepted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_reason = models.TextField(_("why the change was confirmed"), blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("change confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=UploadStatus.values), name="known_status_of_an_upload"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("by")),
                name="a_mass_change_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=(models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_reason=""))
                & (models.Q(accepted_by__isnull=True) | ~models.Q(accepted_reason="")),
                name="who_lets_something_pass_says_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[UploadStatus.APPLIED, UploadStatus.UNDONE])
                | models.Q(applied_at__isnull=False),
                name="applied_at_some_time",
            ),
        ]
        indexes = [models.Index(fields=["election", "status"], name="upload_by_status")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_at_work(self) -> bool:
        return self.status in AT_WORK
