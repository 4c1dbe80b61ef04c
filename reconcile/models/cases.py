"""A doubt about one person, and who settles it: what officers see in their queue."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.labels.reviewing import CASE_REASONS, CASE_STATUSES
from reconcile.models.elections import Election, Place
from reconcile.models.people import HeldPerson
from reconcile.models.runs import MatchRun, PersonOutcome


class CaseStatus(models.TextChoices):
    """Where a case stands. Who has it in hand is its lease, not its status."""

    NEW = "new", CASE_STATUSES["new"]
    SECOND = "second", CASE_STATUSES["second"]  # answered once; another officer must answer too
    DIFFERS = "differs", CASE_STATUSES["differs"]  # two answers that do not agree: a third officer settles it
    DECIDED = "decided", CASE_STATUSES["decided"]  # by one officer, and one is enough
    AGREED = "agreed", CASE_STATUSES["agreed"]  # by two, or by the third
    REOPENED = "reopened", CASE_STATUSES["reopened"]
    SENT = "sent", CASE_STATUSES["sent"]  # with the commissioner
    APPROVED = "approved", CASE_STATUSES["approved"]
    LAPSED = "lapsed", CASE_STATUSES["lapsed"]  # the newest comparison needs no officer any more


UNANSWERED = frozenset({CaseStatus.NEW, CaseStatus.REOPENED})
OPEN_CASES = UNANSWERED | {CaseStatus.SECOND, CaseStatus.DIFFERS}
SETTLED_CASES = frozenset({CaseStatus.DECIDED, CaseStatus.AGREED, CaseStatus.SENT, CaseStatus.APPROVED})
CHANGEABLE = frozenset({CaseStatus.DECIDED, CaseStatus.AGREED})  # settled, and not out of the officers' hands yet

_S = CaseStatus
CASE_MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    _S.NEW: frozenset({_S.DECIDED, _S.SECOND, _S.REOPENED, _S.LAPSED}),
    _S.REOPENED: frozenset({_S.DECIDED, _S.SECOND, _S.REOPENED, _S.LAPSED, *SETTLED_CASES, _S.NEW}),
    _S.SECOND: frozenset({_S.AGREED, _S.DIFFERS, _S.SECOND, _S.DECIDED, _S.NEW, _S.REOPENED, _S.LAPSED}),
    _S.DIFFERS: frozenset({_S.AGREED, _S.REOPENED, _S.SECOND, _S.DECIDED, _S.LAPSED}),
    _S.DECIDED: frozenset({_S.NEW, _S.REOPENED, _S.SECOND, _S.DIFFERS, _S.AGREED, _S.SENT}),
    _S.AGREED: frozenset({_S.SECOND, _S.DECIDED, _S.DIFFERS, _S.REOPENED, _S.NEW, _S.SENT}),
    _S.SENT: frozenset({_S.APPROVED, _S.DECIDED, _S.AGREED, _S.REOPENED}),
    _S.APPROVED: frozenset({_S.DECIDED, _S.AGREED, _S.REOPENED}),
    _S.LAPSED: frozenset({_S.NEW, _S.REOPENED}),
}


class CaseReason(models.TextChoices):
    """Why an officer must look: what the queue is grouped by. First that applies, top to bottom."""

    CHANGED = "changed", CASE_REASONS["changed"]  # the records of a confirmed pair are not what they were
    TAKEN = "taken", CASE_REASONS["taken"]  # the voter was given to somebody else
    NEXT = "next", CASE_REASONS["next"]  # the likeliest voter was rejected, and another one is likely too
    RAISED = "raised", CASE_REASONS["raised"]  # an officer doubts an answer nobody asked about
    RETURNED = "returned", CASE_REASONS["returned"]  # the commissioner has sent the list back and asks for it again
    TWO = "two", CASE_REASONS["two"]
    NIK = "nik", CASE_REASONS["nik"]
    NO_NIK = "no_nik", CASE_REASONS["no_nik"]
    NAME = "name", CASE_REASONS["name"]
    BIRTH = "birth", CASE_REASONS["birth"]
    WEAK = "weak", CASE_REASONS["weak"]
    DUPLICATE = "duplicate", CASE_REASONS["duplicate"]
    INELIGIBLE = "ineligible", CASE_REASONS["ineligible"]
    SOURCES = "sources", CASE_REASONS["sources"]


SHUFFLED = 2_147_483_647  # a prime: numbers below it, times any other, fall into another order and stay apart


class Case(models.Model):
    """One person whose answer needs an officer. `run` is the newest comparison the case counts in.

    `version` changes with everything that changes what an officer would see or decide, never with the lease.
    """

    person = models.OneToOneField(HeldPerson, on_delete=models.PROTECT, related_name="case")
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="cases", db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="cases", db_index=False)
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="cases", db_index=False)
    outcome = models.ForeignKey(PersonOutcome, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(_("status"), max_length=10, default=CaseStatus.NEW)
    reason = models.CharField(_("reason"), max_length=10)
    detail: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict, blank=True)  # codes and ids only
    needs_second = models.BooleanField(default=False)  # known before anybody has answered
    settled_by = models.ForeignKey("Decision", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    shuffle = models.PositiveIntegerField()  # 1 to SHUFFLED - 1
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="leases")
    held_until = models.DateTimeField(null=True)
    opened = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=CaseStatus.values), name="known_status_of_a_case"),
            models.CheckConstraint(condition=models.Q(reason__in=CaseReason.values), name="known_reason_of_a_case"),
            models.CheckConstraint(
                condition=models.Q(holder__isnull=True, held_until__isnull=True)
                | models.Q(holder__isnull=False, held_until__isnull=False),
                name="a_lease_has_holder_and_end",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=sorted(map(str, SETTLED_CASES)), settled_by__isnull=False)
                | models.Q(settled_by__isnull=True) & ~models.Q(status__in=sorted(map(str, SETTLED_CASES))),
                name="what_is_settled_has_its_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "place", "status", "reason"], name="case_by_status"),
            models.Index(fields=["holder"], name="case_by_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
