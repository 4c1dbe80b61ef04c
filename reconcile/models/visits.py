"""The visit to a place without a TPS of its own: who comes, when, with whose permission."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.models.elections import Election, Place


class Visit(models.Model):
    """The plan of one visit on voting day. Empty: nobody has said so yet. Who votes there comes from the answers.

    The visitors are officers of the TPS that serves the place (`Place.tps`). `version` counts the changes.
    """

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="visits", db_index=False)
    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="visit")
    begins = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("until"), null=True, blank=True)
    first_officer = models.CharField(_("first KPPS member"), max_length=100, blank=True)
    second_officer = models.CharField(_("second KPPS member"), max_length=100, blank=True)
    supervisor = models.CharField(_("TPS supervisor (PTPS)"), max_length=100, blank=True)
    witnesses = models.TextField(_("witnesses"), blank=True)  # one a line
    permit_number = models.CharField(_("number of the permission letter"), max_length=100, blank=True)
    permit_date = models.DateField(_("date of the permission letter"), null=True, blank=True)
    permit_from = models.CharField(_("permission given by"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["election", "begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(begins__lt=models.F("ends")),
                name="a_visit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def officers(self) -> tuple[str, ...]:
        return tuple(name for name in (self.first_officer, self.second_officer) if name)

    @property
    def witness_names(self) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.witnesses.splitlines() if name.strip())
