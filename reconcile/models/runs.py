"""One comparison of the registers with the rolls, and its answer for every person."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.labels.working import RUN_STATUSES
from reconcile.models.elections import Election, Place
from reconcile.models.lists import SourceList
from reconcile.models.people import HeldEntry, HeldPerson, Voter
from reconcile.models.work import Work
from reconcile.records import MatchStatus, Outcome


class RunStatus(models.TextChoices):
    QUEUED = "queued", RUN_STATUSES["queued"]
    RUNNING = "running", RUN_STATUSES["running"]
    READY = "ready", RUN_STATUSES["ready"]
    FAILED = "failed", RUN_STATUSES["failed"]


OPEN_RUNS = frozenset({RunStatus.QUEUED, RunStatus.RUNNING})


class RunFailure(models.TextChoices):
    """Why a run has no answers."""

    NO_ROLL = "no_roll", _("No voter roll has been accepted yet. Upload one and start again.")
    NO_REGISTER = (
        "no_register",
        _("No register of people in custody has been accepted yet. Upload one and start again."),
    )
    FAILED = (
        "failed",
        _("The comparison broke off. Start it again; if that does not help, tell the administrator."),
    )
    GAVE_UP = "gave_up", _("The comparison broke off several times. Tell the administrator.")


class MatchRunQuerySet(models.QuerySet["MatchRun"]):
    def open(self) -> "MatchRunQuerySet":
        """Return the runs that still wait for a worker or are in its hands."""
        return self.filter(status__in=OPEN_RUNS)


class MatchRun(Work):
    """One execution over the lists accepted when it started.

    `register_rows` rows were read and are `people` people: who stands in two rows is answered once.
    """

    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="runs", db_index=False
    )
    as_of = models.DateField(_("data as of"))
    options: "models.JSONField[dict[str, Any]]" = models.JSONField(_("options"), default=dict)
    version = models.CharField(_("version"), max_length=20)
    status = models.CharField(_("status"), max_length=10, default=RunStatus.QUEUED)
    message = models.CharField(_("message"), max_length=20, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("started by"), on_delete=models.PROTECT, related_name="+"
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)
    started = models.DateTimeField(_("started"), null=True, blank=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    expected = models.FloatField(_("expected on the roll"), null=True, blank=True)
    # how far the matching can be trusted: `writing.results.report_of`
    report: "models.JSONField[dict[str, Any]]" = models.JSONField(_("matching report"), default=dict, blank=True)
    register_rows = models.PositiveIntegerField(_("rows of registers"), default=0)
    people = models.PositiveIntegerField(_("people"), default=0)
    # 4-digit codes of the regencies whose fixed rolls were compared: an outcome worked out anew needs them
    regencies: "models.JSONField[list[str]]" = models.JSONField(default=list, blank=True)
    lists = models.ManyToManyField(SourceList, verbose_name=_("lists"), blank=True, related_name="runs")

    objects = MatchRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election"],
                condition=models.Q(status__in=sorted(map(str, OPEN_RUNS))),
                name="one_open_run_an_election",
            ),
            models.CheckConstraint(condition=models.Q(status__in=RunStatus.values), name="known_status_of_a_run"),
            models.CheckConstraint(
                condition=models.Q(people__lte=models.F("register_rows")), name="no_more_people_than_rows"
            ),
        ]
        indexes = [models.Index(fields=["election", "status", "-created"], name="run_by_status")]

    def __str__(self) -> str:
        return f"{self.pk}"


class PersonOutcome(models.Model):
    """The answer of one run for one person. Exactly one a person.

    `place` is where the person will be on voting day: the place of the register, unless an officer says another.
    `said` is what officers have established besides: {"findings": [[point, bars]], "stay": "held"}, empty for nothing.

    Once an officer has decided, or a decision about somebody else has freed or taken the voter, the fields say
    what follows from that; `matched` then holds them as the comparison itself left them, `decision` is who says so.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="outcomes", db_index=False)
    person = models.ForeignKey(HeldPerson, on_delete=models.PROTECT, related_name="outcomes")
    entry = models.ForeignKey(HeldEntry, on_delete=models.PROTECT, related_name="outcomes")
    # other register rows of the same person, when there are any: primary keys of HeldEntry
    also_listed: "models.JSONField[list[int]]" = models.JSONField(default=list, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=20)
    provisional = models.BooleanField()
    match_status = models.CharField(max_length=10)
    category = models.CharField(max_length=20, blank=True)
    voter = models.ForeignKey(Voter, null=True, on_delete=models.PROTECT, related_name="outcomes")
    probability = models.FloatField(null=True)
    ballots: "models.JSONField[list[str] | None]" = models.JSONField(null=True)  # None: cannot be determined
    action = models.CharField(max_length=50, blank=True)
    actor = models.CharField(max_length=50, blank=True)
    due = models.DateField(null=True)
    discrepancies: "models.JSONField[list[dict[str, str]]]" = models.JSONField(default=list)
    notes: "models.JSONField[list[str]]" = models.JSONField(default=list)
    cautions: "models.JSONField[list[str]]" = models.JSONField(default=list)
    said: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    decision = models.ForeignKey("Decision", null=True, on_delete=models.PROTECT, related_name="outcomes")
    matched: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict)  # empty: the fields are its own

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="one_answer_per_person_in_a_run"),
            models.UniqueConstraint(fields=["run", "voter"], name="one_person_per_voter_in_a_run"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=[one.value for one in Outcome])
                & models.Q(match_status__in=[one.value for one in MatchStatus]),
                name="known_outcome_and_match_status",
            ),
            models.CheckConstraint(
                condition=models.Q(probability__isnull=True) | models.Q(probability__gte=0, probability__lte=1),
                name="probability_between_0_and_1",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "outcome"], name="answer_by_outcome"),
            models.Index(fields=["run", "place", "outcome"], name="answer_by_place"),
            models.Index(fields=["run", "match_status"], name="answer_by_match_status"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def order(self) -> int:
        """Return where the outcome stands in the order of precedence, from 0."""
        return list(Outcome).index(Outcome(self.outcome))


class Candidate(models.Model):
    """A voter an entry may be, with the parts its weight is the sum of: [field, level, weight]."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="candidates", db_index=False)
    entry = models.ForeignKey(HeldEntry, on_delete=models.PROTECT, related_name="candidates")
    rank = models.PositiveSmallIntegerField()  # from 1
    voter = models.ForeignKey(Voter, on_delete=models.PROTECT, related_name="candidates")
    weight = models.IntegerField()  # thousandths of a bit
    probability = models.FloatField()
    reasons: "models.JSONField[list[list[str | int]]]" = models.JSONField()
    rows: "models.JSONField[list[int]]" = models.JSONField(default=list)  # all entries of that voter: keys of Voter

    class Meta:
        ordering = ["entry", "rank"]
        constraints = [models.UniqueConstraint(fields=["run", "entry", "rank"], name="one_candidate_a_rank")]

    def __str__(self) -> str:
        return f"{self.pk}"


class LeftVoter(models.Model):
    """A voter on the roll of the special TPS whom no register shows in custody any more."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="left_voters", db_index=False)
    voter = models.ForeignKey(Voter, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "voter"], name="left_once_a_run")]

    def __str__(self) -> str:
        return f"{self.pk}"
