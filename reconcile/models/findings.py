"""What officers establish of a person besides who it is: whether the vote is there, and where the body will be.

Both outlive a comparison: they are about the held person, and every later run applies them again.
"""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.deciding.election_parts import Point
from reconcile.labels.findings import CLEARINGS, FINDING_STATUSES, STAYS
from reconcile.models.audit import AppendOnly
from reconcile.models.elections import Election, Place
from reconcile.models.people import HeldPerson

BY = settings.AUTH_USER_MODEL


class Clearing(models.TextChoices):
    """Why a point does not stand in the way; each is about one `Point`."""

    MARRIED = "married", CLEARINGS["married"]
    OF_AGE = "of_age", CLEARINGS["of_age"]
    DISMISSED = "dismissed", CLEARINGS["dismissed"]
    CITIZEN = "citizen", CLEARINGS["citizen"]
    ALIVE = "alive", CLEARINGS["alive"]
    RESTORED = "restored", CLEARINGS["restored"]


POINT_OF = {
    Clearing.MARRIED: Point.UNDER_AGE,
    Clearing.OF_AGE: Point.UNDER_AGE,
    Clearing.DISMISSED: Point.SERVING,
    Clearing.CITIZEN: Point.FOREIGN,
    Clearing.ALIVE: Point.DEAD,
    Clearing.RESTORED: Point.REVOKED,
}


class FindingStatus(models.TextChoices):
    WAITING = "waiting", FINDING_STATUSES["waiting"]  # for the second officer: nothing follows from it yet
    COUNTS = "counts", FINDING_STATUSES["counts"]
    REFUSED = "refused", FINDING_STATUSES["refused"]  # by the second officer
    WITHDRAWN = "withdrawn", FINDING_STATUSES["withdrawn"]


OPEN_FINDINGS = frozenset({FindingStatus.WAITING, FindingStatus.COUNTS})


class Finding(models.Model):
    """One point of the right to vote, established by an officer, by two where it takes the vote. Never deleted.

    A bar keeps the election's own code, its words and the stage of the roll it was said at; `clearing` is "" then.
    """

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(HeldPerson, on_delete=models.PROTECT, related_name="findings")
    point = models.CharField(max_length=12)
    bars = models.BooleanField()
    clearing = models.CharField(max_length=12, blank=True, default="")
    code = models.CharField(max_length=4, blank=True, default="")
    words: "models.JSONField[dict[str, str]]" = models.JSONField(default=dict, blank=True)
    stage = models.CharField(max_length=20)
    note = models.TextField(_("number and date of the paper"))
    # a register or roll says so already: the only case in which a bar may stand without a file
    is_stated = models.BooleanField(default=False)
    needs_second = models.BooleanField()
    status = models.CharField(max_length=10)
    by = models.ForeignKey(BY, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    second = models.ForeignKey(BY, null=True, on_delete=models.PROTECT, related_name="+")
    seconded = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(BY, null=True, on_delete=models.PROTECT, related_name="+")
    end_note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "point"],
                condition=models.Q(status__in=sorted(map(str, OPEN_FINDINGS))),
                name="one_open_finding_a_point",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=FindingStatus.values,
                    point__in=[one.value for one in Point],
                    clearing__in=["", *Clearing.values],
                ),
                name="known_status_and_point_of_a_finding",
            ),
            models.CheckConstraint(
                condition=models.Q(bars=True, clearing="") | models.Q(bars=False) & ~models.Q(clearing=""),
                name="a_finding_bars_or_clears",
            ),
            models.CheckConstraint(
                condition=models.Q(second__isnull=True) | ~models.Q(second=models.F("by")),
                name="a_finding_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=FindingStatus.COUNTS, needs_second=True, second__isnull=True),
                name="what_takes_two_counts_once_two_have_said_so",
            ),
            models.CheckConstraint(condition=~models.Q(note=""), name="a_finding_names_its_paper"),
            models.CheckConstraint(
                condition=models.Q(status__in=sorted(map(str, OPEN_FINDINGS)), ended__isnull=True)
                | models.Q(ended__isnull=False),
                name="a_finding_that_ended_says_when",
            ),
        ]
        indexes = [models.Index(fields=["election", "status"], name="finding_by_status")]

    def __str__(self) -> str:
        return f"{self.pk}"

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly


class EvidenceKind(models.TextChoices):
    """What a file is by its first bytes, whatever it is called; the value is what is told to a browser."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class Evidence(models.Model):
    """A file that proves a finding: kept as it came, reached by no address but the one that asks who wants it."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="evidence")
    file = models.FileField(upload_to="evidence")
    kind = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    note = models.TextField(blank=True, default="")
    by = models.ForeignKey(BY, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EvidenceKind.values), name="known_kind_of_evidence"),
            models.UniqueConstraint(fields=["finding", "sha256"], name="the_same_evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def kind_name(self) -> str:
        return EvidenceKind(self.kind).label

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly


class StayKind(models.TextChoices):
    """Where somebody will be on voting day."""

    HERE = "here", STAYS["here"]  # where the register says, whatever its dates say
    PLACE = "place", STAYS["place"]  # at another place of this election
    HOSPITAL = "hospital", STAYS["hospital"]
    PRISON = "prison", STAYS["prison"]
    FREE = "free", STAYS["free"]


class SaidStay(models.Model):
    """Where an officer says a person will be on voting day. Never guessed, never deleted; one counts a person."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(HeldPerson, on_delete=models.PROTECT, related_name="stays")
    kind = models.CharField(max_length=10)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, default="")
    by = models.ForeignKey(BY, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    is_open = models.BooleanField(default=True)
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(BY, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(is_open=True), name="one_stay_a_person"),
            models.CheckConstraint(condition=models.Q(kind__in=StayKind.values), name="known_kind_of_stay"),
            models.CheckConstraint(
                condition=models.Q(kind=StayKind.PLACE, place__isnull=False)
                | models.Q(place__isnull=True) & ~models.Q(kind=StayKind.PLACE),
                name="another_place_is_named",
            ),
            models.CheckConstraint(
                condition=models.Q(is_open=True, ended__isnull=True) | models.Q(is_open=False, ended__isnull=False),
                name="a_stay_that_ended_says_when",
            ),
        ]
        indexes = [models.Index(fields=["election", "is_open"], name="stay_by_election")]

    def __str__(self) -> str:
        return f"{self.pk}"

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly
