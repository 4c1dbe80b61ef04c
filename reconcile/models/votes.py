"""After the vote: who voted, why others did not, and what became of the ballots. Entries are added and taken back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.labels.voting import NOT_VOTED, VOTE_KINDS
from reconcile.models.elections import Place
from reconcile.models.versions import StoredRow, StoredVersion
from reconcile.records import Outcome


class VoteKind(models.TextChoices):
    PERSONS = "persons", VOTE_KINDS["persons"]
    COUNTS = "counts", VOTE_KINDS["counts"]
    BALLOTS = "ballots", VOTE_KINDS["ballots"]


class NotVoted(models.TextChoices):
    """Why somebody on the list did not vote. Who was not to vote here has the outcome for a reason."""

    REFUSED = "refused", NOT_VOTED["refused"]
    ILL = "ill", NOT_VOTED["ill"]
    MOVED = "moved", NOT_VOTED["moved"]
    RELEASED = "released", NOT_VOTED["released"]
    NO_BALLOT = "no_ballot", NOT_VOTED["no_ballot"]
    LATE = "late", NOT_VOTED["late"]
    DOCUMENT = "document", NOT_VOTED["document"]
    OTHER = "other", NOT_VOTED["other"]


class VoteEntry(models.Model):
    """One thing somebody entered, about the approved list the vote was held by. What is taken back counts no more."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="vote_entries", db_index=False)
    version = models.ForeignKey(StoredVersion, on_delete=models.PROTECT, related_name="vote_entries")
    kind = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=VoteKind.values), name="known_kind_of_vote_entry"),
            models.CheckConstraint(
                condition=models.Q(undone_by__isnull=True, undone_at__isnull=True)
                | models.Q(undone_by__isnull=False, undone_at__isnull=False),
                name="an_undone_entry_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["place", "kind", "-id"], name="vote_entry_by_place")]

    def __str__(self) -> str:
        return f"{self.pk}"


class VoteMark(models.Model):
    """Whether one person voted; of several marks the newest that is not taken back counts."""

    entry = models.ForeignKey(VoteEntry, on_delete=models.PROTECT, related_name="marks", db_index=False)
    row = models.ForeignKey(StoredRow, on_delete=models.PROTECT, related_name="+")
    voted = models.BooleanField()
    reason = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "row"], name="one_mark_a_person_and_entry"),
            models.CheckConstraint(
                condition=models.Q(voted=True, reason="") | models.Q(voted=False, reason__in=NotVoted.values),
                name="who_did_not_vote_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class VoteCount(models.Model):
    """How many people of one outcome voted (`reason` ""), or did not for one reason."""

    entry = models.ForeignKey(VoteEntry, on_delete=models.PROTECT, related_name="counts", db_index=False)
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=10, blank=True, default="")
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "outcome", "reason"], name="one_count_an_outcome_and_reason"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=[one.value for one in Outcome])
                & models.Q(reason__in=["", *NotVoted.values]),
                name="known_outcome_and_reason_of_a_count",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class BallotCount(models.Model):
    """What became of the ballots of one type at a TPS: what came in = what went out + what is left."""

    entry = models.ForeignKey(VoteEntry, on_delete=models.PROTECT, related_name="ballots", db_index=False)
    ballot = models.CharField(max_length=20)
    received = models.PositiveIntegerField()  # from KPU
    borrowed = models.PositiveIntegerField()  # from other TPS
    used = models.PositiveIntegerField()  # given to voters and cast
    spoilt = models.PositiveIntegerField()  # damaged, or marked wrongly and replaced
    lent = models.PositiveIntegerField()  # to other TPS
    returned = models.PositiveIntegerField()  # unused, to the TPS they were borrowed from
    unused = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "ballot"], name="one_count_a_ballot_and_entry"),
            models.CheckConstraint(
                condition=models.Q(
                    received=models.F("used")
                    + models.F("spoilt")
                    + models.F("lent")
                    + models.F("returned")
                    + models.F("unused")
                    - models.F("borrowed")
                ),
                name="ballots_balance",
            ),
            models.CheckConstraint(
                condition=models.Q(returned__lte=models.F("borrowed")), name="no_more_returned_than_borrowed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
