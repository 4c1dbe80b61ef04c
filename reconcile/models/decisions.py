"""What officers answered, and what is remembered of it. Rows are added; only their end is written once."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.labels.reviewing import ANSWERS, DECISION_ENDS, DECISION_REASONS, WRONG_ONES
from reconcile.models.audit import AppendOnly
from reconcile.models.cases import Case
from reconcile.models.elections import Election, Place
from reconcile.models.people import HeldEntry, HeldPerson, Voter


class Answer(models.TextChoices):
    SAME = "same", ANSWERS["same"]
    NOT_THIS = "not_this", ANSWERS["not_this"]
    NO_LIST = "no_list", ANSWERS["no_list"]
    UNSURE = "unsure", ANSWERS["unsure"]
    NEITHER = "neither", ANSWERS["neither"]  # of two answers; only the third officer says so


class DecisionReason(models.TextChoices):
    """Why somebody is not this voter, or on no list."""

    RELATIVE = "relative", DECISION_REASONS["relative"]
    NAMESAKE = "namesake", DECISION_REASONS["namesake"]
    NIK = "nik", DECISION_REASONS["nik"]
    BIRTH = "birth", DECISION_REASONS["birth"]
    HOME = "home", DECISION_REASONS["home"]
    PAPER = "paper", DECISION_REASONS["paper"]
    SEARCHED = "searched", DECISION_REASONS["searched"]
    OTHER = "other", DECISION_REASONS["other"]


class WrongOne(models.TextChoices):
    """What happens to the answer that was not upheld."""

    SET_ASIDE = "set_aside", WRONG_ONES["set_aside"]
    SENT_BACK = "sent_back", WRONG_ONES["sent_back"]


class DecisionEnd(models.TextChoices):
    """Why an answer does not count any more."""

    UNDONE = "undone", DECISION_ENDS["undone"]
    REOPENED = "reopened", DECISION_ENDS["reopened"]
    PASSED = "passed", DECISION_ENDS["passed"]
    OVERRULED = "overruled", DECISION_ENDS["overruled"]
    TAKEN = "taken", DECISION_ENDS["taken"]
    CHANGED = "changed", DECISION_ENDS["changed"]
    LAPSED = "lapsed", DECISION_ENDS["lapsed"]
    NEXT = "next", DECISION_ENDS["next"]


NEED_REASON = frozenset({Answer.NOT_THIS, Answer.NO_LIST})
NEED_VOTER = frozenset({Answer.SAME, Answer.NOT_THIS})
FIRST, SECOND, THIRD = 1, 2, 3


class DecisionQuerySet(models.QuerySet["Decision"]):
    def open(self) -> "DecisionQuerySet":
        return self.filter(is_open=True)

    def delete(self) -> NoReturn:
        raise AppendOnly


class Decision(models.Model):
    """One officer's answer to one case. `turn`: first, second or third answer of the round.

    `key` comes with the request: the same press sent twice is one decision. `ended_with` is the decision that
    ended this one, so that undoing that one brings this one back.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    case_version = models.PositiveIntegerField()
    status_before = models.CharField(max_length=10)
    turn = models.PositiveSmallIntegerField()
    answer = models.CharField(_("answer"), max_length=10)
    voter = models.ForeignKey(Voter, null=True, on_delete=models.PROTECT, related_name="+")
    upheld = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    wrong_one = models.CharField(max_length=10, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=10, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="decisions"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    key = models.CharField(max_length=40, unique=True)
    bulk = models.ForeignKey("Bulk", null=True, on_delete=models.PROTECT, related_name="decisions")
    touched: "models.JSONField[list[list[Any]]]" = models.JSONField(default=list)  # other cases: [id, status, version]
    is_open = models.BooleanField(default=True)
    ended = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, blank=True, default="")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_with = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "by"], condition=models.Q(is_open=True), name="one_open_decision_an_officer_and_case"
            ),
            models.UniqueConstraint(
                fields=["case", "turn"], condition=models.Q(is_open=True), name="one_open_decision_a_turn"
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=Answer.values, turn__in=[FIRST, SECOND, THIRD]),
                name="known_answer_and_turn",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=sorted(map(str, NEED_VOTER)), voter__isnull=False)
                | models.Q(voter__isnull=True) & ~models.Q(answer__in=sorted(map(str, NEED_VOTER))),
                name="an_answer_about_a_voter_names_the_voter",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer__in=sorted(map(str, NEED_REASON)), reason=""),
                name="a_no_has_its_reason",
            ),
            models.CheckConstraint(condition=~models.Q(answer=Answer.UNSURE, note=""), name="a_doubt_has_its_note"),
            models.CheckConstraint(
                condition=models.Q(is_open=True, ended__isnull=True, end="")
                | models.Q(is_open=False, ended__isnull=False, end__in=DecisionEnd.values),
                name="what_has_ended_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "is_open"], name="decision_by_case"),
            models.Index(fields=["by", "-id"], name="decision_by_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly


class PairVerdict(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")
    ABSENT = "absent", _("on no list")  # of the person, not of a voter


class KnownPair(models.Model):
    """What officers said of a person and a voter, for this and every later comparison.

    `voter` and `entry` are the records they looked at: a later roll has other rows of the same voter, and what
    differs between these and those has changed. `print` tells the same record of two rolls by one value, keyed,
    so that it gives no number away.
    """

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(HeldPerson, on_delete=models.PROTECT, related_name="pairs")
    entry = models.ForeignKey(HeldEntry, on_delete=models.PROTECT, related_name="+")
    voter = models.ForeignKey(Voter, null=True, on_delete=models.PROTECT, related_name="pairs")
    print = models.CharField(max_length=40, blank=True, default="")
    verdict = models.CharField(max_length=10)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="pairs")
    is_active = models.BooleanField(default=True)
    ended_with = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "print"], condition=models.Q(is_active=True), name="one_verdict_a_pair"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(is_active=True, verdict="confirmed"), name="one_voter_a_person"
            ),
            models.UniqueConstraint(
                fields=["election", "print"],
                condition=models.Q(is_active=True, verdict="confirmed"),
                name="one_person_a_voter",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="absent", voter__isnull=True)
                | models.Q(verdict__in=["confirmed", "rejected"], voter__isnull=False),
                name="a_verdict_on_a_pair_names_the_voter",
            ),
        ]
        indexes = [models.Index(fields=["election", "is_active"], name="pair_by_election")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Bulk(models.Model):
    """Many cases decided by one rule: ids and versions as they were when the dialog opened.

    `cases`: [id, version] each; `sample`: ids that must be opened first; `opened`: those that were; `result`:
    [id, code] of what was skipped.
    """

    MOST, SAMPLE = 50, 10

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=20)
    cases: "models.JSONField[list[list[int]]]" = models.JSONField(default=list)
    excluded = models.PositiveIntegerField(default=0)
    sample: "models.JSONField[list[int]]" = models.JSONField(default=list)
    seen: "models.JSONField[list[int]]" = models.JSONField(default=list)
    skipped: "models.JSONField[list[list[Any]]]" = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    done = models.DateTimeField(null=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone__isnull=True) | models.Q(done__isnull=False),
                name="only_what_was_done_is_undone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
