"""List versions as they were sent and approved, whose hands they went through, and the papers made of them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.labels.approving import HAND_KINDS, PAPER_KINDS, VERSION_ENDS, VERSION_STATUSES
from reconcile.models.elections import Election, Place
from reconcile.models.people import HeldPerson
from reconcile.models.runs import MatchRun
from reconcile.models.sealed import SealedTextField


class VersionStatus(models.TextChoices):
    """Where a stored version stands. What is not sent yet is worked out from the live answers and stored nowhere."""

    SENT = "sent", VERSION_STATUSES["sent"]
    APPROVED = "approved", VERSION_STATUSES["approved"]
    RETURNED = "returned", VERSION_STATUSES["returned"]
    RECALLED = "recalled", VERSION_STATUSES["recalled"]
    LAPSED = "lapsed", VERSION_STATUSES["lapsed"]
    SUPERSEDED = "superseded", VERSION_STATUSES["superseded"]


_S = VersionStatus
VERSION_MOVES: dict[VersionStatus, frozenset[VersionStatus]] = {
    _S.SENT: frozenset({_S.APPROVED, _S.RETURNED, _S.SUPERSEDED}),
    _S.APPROVED: frozenset({_S.RECALLED, _S.LAPSED, _S.SUPERSEDED}),
    **dict.fromkeys((_S.RETURNED, _S.RECALLED, _S.LAPSED, _S.SUPERSEDED), frozenset()),
}


class VersionEnd(models.TextChoices):
    """What made an approval lapse."""

    DECISION = "decision", VERSION_ENDS["decision"]
    DOUBT = "doubt", VERSION_ENDS["doubt"]
    UPLOAD = "upload", VERSION_ENDS["upload"]
    RUN = "run", VERSION_ENDS["run"]


class StoredVersion(models.Model):
    """The people of one place as they were sent to the commissioner: `reconcile.versions.ListVersion`, stored.

    `head` and `mark` are those of the version; the rows are in `StoredRow`. `reason`: why it was sent back.
    `was_approved` and the approving hand stay when the approval ends.
    """

    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    run = models.ForeignKey(MatchRun, verbose_name=_("comparison"), on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    head: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict)
    mark = models.CharField(_("fingerprint"), max_length=64)
    status = models.CharField(_("status"), max_length=10, default=VersionStatus.SENT)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sent by"), on_delete=models.PROTECT, related_name="+"
    )
    approval = models.OneToOneField("VersionHand", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved"), null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    end = models.CharField(max_length=10, blank=True, default="")
    reason = models.TextField(_("reason"), blank=True, default="")

    class Meta:
        verbose_name = _("list version")
        verbose_name_plural = _("list versions")
        ordering = ["place", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["place"], condition=models.Q(status=VersionStatus.APPROVED), name="one_approved_version_a_place"
            ),
            models.UniqueConstraint(
                fields=["place"], condition=models.Q(status=VersionStatus.SENT), name="one_sent_version_a_place"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=VersionStatus.values), name="known_status_of_a_version"
            ),
            models.CheckConstraint(
                condition=models.Q(approval__isnull=False, approved_at__isnull=False)
                | models.Q(approval__isnull=True, approved_at__isnull=True)
                & ~models.Q(status__in=[VersionStatus.APPROVED, VersionStatus.RECALLED, VersionStatus.LAPSED]),
                name="what_is_approved_has_its_hand_and_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=VersionStatus.RETURNED, reason=""), name="what_is_sent_back_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(status=VersionStatus.LAPSED, end__in=VersionEnd.values)
                | models.Q(end="") & ~models.Q(status=VersionStatus.LAPSED),
                name="what_has_lapsed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id}/{self.number}"


class StoredRow(models.Model):
    """One person of a version. `facts`: the fields of `VersionRow` that have no column of their own."""

    version = models.ForeignKey(StoredVersion, on_delete=models.PROTECT, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    person = models.ForeignKey(HeldPerson, null=True, on_delete=models.PROTECT, related_name="+")
    nik = SealedTextField(blank=True, default="")
    nkk = SealedTextField(blank=True, default="")
    facts: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_row_a_number"),
            models.UniqueConstraint(fields=["version", "person"], name="one_row_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class HandKind(models.TextChoices):
    DECIDED = "decided", HAND_KINDS["decided"]
    UPLOADED = "uploaded", HAND_KINDS["uploaded"]
    SENT = "sent", HAND_KINDS["sent"]
    APPROVED = "approved", HAND_KINDS["approved"]


class VersionHand(models.Model):
    """Somebody through whose hands a version went.

    One row an officer and version: who has decided in it, uploaded its files or sent it can therefore not be
    entered as the one who approves it. The database refuses, whatever the code above it lets through.
    """

    version = models.ForeignKey(StoredVersion, on_delete=models.PROTECT, related_name="hands", db_index=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "officer"], name="one_hand_an_officer_and_version"),
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(kind=HandKind.APPROVED), name="one_approving_hand_a_version"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=HandKind.values), name="known_kind_of_hand"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Recall(models.Model):
    """Somebody asks for an approval to be taken back, with a reason; another person consents or refuses."""

    version = models.ForeignKey(StoredVersion, on_delete=models.PROTECT, related_name="recalls", db_index=False)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(answered_at__isnull=True), name="one_open_recall_a_version"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_recall_says_why"),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True) | ~models.Q(answered_by=models.F("by")),
                name="a_recall_is_answered_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True, answered_at__isnull=True, is_granted__isnull=True)
                | models.Q(answered_by__isnull=False, answered_at__isnull=False, is_granted__isnull=False),
                name="an_answered_recall_is_granted_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class PaperKind(models.TextChoices):
    WORKBOOK = "workbook", PAPER_KINDS["workbook"]
    PDF = "pdf", PAPER_KINDS["pdf"]
    PACK = "pack", PAPER_KINDS["pack"]


class Paper(models.Model):
    """One file made of an approved version. The same version gives the same bytes: the first making is kept."""

    version = models.ForeignKey(StoredVersion, on_delete=models.PROTECT, related_name="papers", db_index=False)
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("kind"), max_length=10)
    name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("size"))
    pages = models.PositiveIntegerField(_("pages"), null=True)
    rows = models.PositiveIntegerField(_("rows"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name", "sha256"], name="same_paper_once_a_version"),
            models.CheckConstraint(condition=models.Q(kind__in=PaperKind.values), name="known_kind_of_paper"),
        ]
        indexes = [models.Index(fields=["sha256"], name="paper_by_sha256")]

    def __str__(self) -> str:
        return self.name
