"""What an upload changes against what was known before: who comes, who goes, who is no longer the same."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.labels.uploading import CHANGE_KINDS, VERDICTS
from reconcile.models.lists import SourceList
from reconcile.models.people import HeldEntry, HeldPerson
from reconcile.models.uploads import Upload


class ChangeKind(models.TextChoices):
    NEW = "new", CHANGE_KINDS["new"]
    CHANGED = "changed", CHANGE_KINDS["changed"]
    GONE = "gone", CHANGE_KINDS["gone"]


class RowChange(models.Model):
    """One person or voter an upload changes. `fields`: our field -> before and after, identity numbers left out.

    Rows that stay the same have no entry; of what comes and goes at most `MOST` are kept, the counts on the
    upload and its lists are whole.
    """

    MOST = 5_000  # of one kind

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="changes", db_index=False)
    kind = models.CharField(_("kind"), max_length=10)
    source_list = models.ForeignKey(SourceList, on_delete=models.CASCADE, related_name="+")  # where the row stands
    line = models.PositiveIntegerField()  # of that list; the entry or voter is found by both
    name = models.TextField(_("name"))
    fields: "models.JSONField[dict[str, list[str]]]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ChangeKind.values), name="known_kind_of_change")
        ]
        indexes = [models.Index(fields=["upload", "kind"], name="change_by_kind")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Verdict(models.TextChoices):
    OPEN = "open", VERDICTS["open"]
    SAME = "same", VERDICTS["same"]
    DIFFERENT = "different", VERDICTS["different"]


class PersonLink(models.Model):
    """A register row that may be somebody known already, but not beyond doubt: an officer decides.

    Until then, and after "two people", the row stands for a person of its own. Never deleted: an undone
    upload keeps what was decided about its people.
    """

    entry = models.ForeignKey(HeldEntry, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(HeldPerson, on_delete=models.PROTECT, related_name="links")  # the one known before
    probability = models.FloatField()
    verdict = models.CharField(_("verdict"), max_length=10, default=Verdict.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="one_doubt_a_pair"),
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.OPEN, by__isnull=True)
                | models.Q(verdict__in=[Verdict.SAME, Verdict.DIFFERENT], by__isnull=False),
                name="a_verdict_has_its_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
