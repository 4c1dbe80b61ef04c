"""An election and the places where people are held during it."""

import json
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reconcile.deciding import TpsRef
from reconcile.deciding.constituencies import TABLED, with_added
from reconcile.deciding.election import Election as Rules
from reconcile.deciding.election import election_from_dict
from reconcile.deciding.election_parts import ConstituencyKind
from reconcile.deciding.lending import Point
from reconcile.labels.working import PLACE_KINDS


@lru_cache(maxsize=16)
def _read_rules(definition: str) -> Rules:
    """Read and check a definition once: that takes longer than most pages, and every page asks."""
    return election_from_dict(json.loads(definition))


class Election(models.Model):
    """A voting day with its rules. The rules are data: `definition` is `deciding.Election.to_dict()`."""

    code = models.SlugField(_("code"), unique=True, db_index=False)
    name_id = models.CharField(_("name in Indonesian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    voting_day = models.DateField(_("voting day"))
    as_of = models.DateField(_("data as of"), help_text=_("The date the lists and the deadlines are judged on."))
    definition: "models.JSONField[dict[str, Any]]" = models.JSONField(_("definition"))
    change_limit = models.PositiveSmallIntegerField(
        _("mass change, in percent"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("When more people of a list are gone or changed, another administrator must confirm it."),
    )
    # counts what was applied and undone; whoever changes the lists in force changes this row first
    lists_version = models.PositiveIntegerField(default=0, editable=False)
    created = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ["-voting_day", "code"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_id

    @cached_property
    def rules(self) -> Rules:
        """Return the rules `deciding` works by, with the electoral districts an administrator has brought in.

        Raises ElectionFault if the stored definition is faulty.
        """
        rules = _read_rules(json.dumps(self.definition, sort_keys=True))
        if TABLED.isdisjoint(ballot.constituency for ballot in rules.ballots):
            return rules  # saves a query on every page
        added: dict[ConstituencyKind, dict[str, str]] = {}
        rows = self.electoral_districts.order_by("level", "code")
        for level, code, regions in rows.values_list("level", "code", "region_codes"):
            added.setdefault(ConstituencyKind(level), {}).update(dict.fromkeys(regions, code))
        return replace(rules, districts=with_added(rules.districts, added)) if added else rules


class PlaceKind(models.TextChoices):
    RUTAN = "rutan", PLACE_KINDS["rutan"]
    POLRES = "polres", PLACE_KINDS["polres"]
    HOSPITAL = "hospital", PLACE_KINDS["hospital"]
    OTHER = "other", PLACE_KINDS["other"]


# Places that keep a register of the people they hold; who lies in a hospital stands in another place's.
WITH_REGISTER = frozenset({PlaceKind.RUTAN, PlaceKind.POLRES})


def coordinate(name: Any, most: int) -> "models.DecimalField[Any, Any]":
    """Return a column for degrees, six digits after the point (a tenth of a metre); empty where nobody noted them."""
    limits = [MinValueValidator(-most), MaxValueValidator(most)]
    return models.DecimalField(name, max_digits=9, decimal_places=6, null=True, blank=True, validators=limits)


def point_of(row: Any) -> Point | None:
    """Return where something with two coordinates stands; None where nobody noted it."""
    if row.latitude is None or row.longitude is None:
        return None
    return float(row.latitude), float(row.longitude)


BOTH_OR_NONE = models.Q(latitude__isnull=True, longitude__isnull=True) | models.Q(
    latitude__isnull=False, longitude__isnull=False
)


class Place(models.Model):
    """Where people are held, and the TPS that serves them: the special one inside, or one nearby.

    `visited`: it has no TPS of its own; officers of the TPS come with a box. That TPS counts as chosen once
    somebody of KPU has said so (`tps_chosen_by`); before, it is what was entered.
    """

    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="places", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10)
    name = models.CharField(_("name"), max_length=200)
    institution = models.ForeignKey(
        "Institution",
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
    )
    regency_code = models.CharField(
        _("regency code"),
        max_length=4,
        validators=[RegexValidator(r"^\d{4}$", _("Four digits, without dots."))],
    )
    tps_region = models.CharField(
        _("village code of the TPS"),
        max_length=10,
        validators=[RegexValidator(r"^\d{10}$", _("Ten digits, without dots."))],
    )
    tps_number = models.CharField(
        _("number of the TPS"),
        max_length=3,
        validators=[RegexValidator(r"^\d{3}$", _("Three digits, such as 901."))],
    )
    visited = models.BooleanField(
        _("no TPS of its own"),
        default=False,
        help_text=_("Officers of the TPS come with a box: police cells, hospitals."),
    )
    latitude = coordinate(_("latitude"), 90)
    longitude = coordinate(_("longitude"), 180)
    tps_chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    tps_chosen_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["election", "name"]
        constraints = [
            models.UniqueConstraint(fields=["election", "kind", "name"], name="one_place_per_name_and_kind"),
            models.CheckConstraint(condition=models.Q(kind__in=PlaceKind.values), name="known_kind_of_place"),
            models.CheckConstraint(condition=BOTH_OR_NONE, name="both_coordinates_of_a_place_or_none"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tps(self) -> TpsRef:
        """Return the TPS where people held here vote."""
        return TpsRef(self.tps_region, self.tps_number)

    @property
    def point(self) -> Point | None:
        return point_of(self)
