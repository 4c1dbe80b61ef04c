"""Ballots that one TPS lends another, as KPU has chosen, and their hand-over."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.deciding import TpsRef
from reconcile.labels.planning import COUNTED_AT, LOAN_STATUSES
from reconcile.models.elections import Election


class LoanStatus(models.TextChoices):
    CHOSEN = "chosen", LOAN_STATUSES["chosen"]
    HANDED_OVER = "handed_over", LOAN_STATUSES["handed_over"]
    WITHDRAWN = "withdrawn", LOAN_STATUSES["withdrawn"]


CHANGEABLE_LOANS = frozenset({LoanStatus.CHOSEN, LoanStatus.HANDED_OVER})


class CountedAt(models.TextChoices):
    """Which TPS counts the ballots once they are marked."""

    BORROWER = "borrower", COUNTED_AT["borrower"]
    LENDER = "lender", COUNTED_AT["lender"]


class BallotLoan(models.Model):
    """Ballots from one TPS for another: one hand-over with its minute. At most one in force between two TPS.

    `counts`: how many of each kind, by the ballot's code. Nothing here is written but by an officer of KPU.
    """

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="loans", db_index=False)
    borrower_region = models.CharField(max_length=10)
    borrower_number = models.CharField(max_length=3)
    lender_region = models.CharField(max_length=10)
    lender_number = models.CharField(max_length=3)
    counts: "models.JSONField[dict[str, int]]" = models.JSONField(default=dict)
    status = models.CharField(max_length=12, default=LoanStatus.CHOSEN)
    minute_number = models.CharField(_("number of the minute"), max_length=100, blank=True)
    carrier = models.CharField(_("carried by"), max_length=200, blank=True)
    receiver = models.CharField(_("received by"), max_length=200, blank=True)
    seal = models.CharField(_("seal number"), max_length=100, blank=True)
    handed_at = models.DateTimeField(_("handed over at"), null=True)
    counted_at = models.CharField(_("counted at"), max_length=10, default=CountedAt.BORROWER)
    reason = models.CharField(_("reason"), max_length=500, blank=True)  # of the withdrawal
    version = models.PositiveIntegerField(default=1)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("loan of ballots")
        verbose_name_plural = _("loans of ballots")
        ordering = ["election", "borrower_region", "borrower_number", "lender_region", "lender_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "borrower_region", "borrower_number", "lender_region", "lender_number"],
                condition=~models.Q(status="withdrawn"),
                name="one_loan_between_two_tps",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=LoanStatus.values) & models.Q(counted_at__in=CountedAt.values),
                name="known_status_of_a_loan",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="handed_over") | models.Q(handed_at__isnull=False),
                name="handed_over_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def borrower(self) -> TpsRef:
        return TpsRef(self.borrower_region, self.borrower_number)

    @property
    def lender(self) -> TpsRef:
        return TpsRef(self.lender_region, self.lender_number)

    @property
    def total(self) -> int:
        return sum(self.counts.values())
