"""What offices and voting are made of, besides people: institutions, polling stations, electoral districts."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from reconcile.deciding import TpsRef
from reconcile.deciding.election_parts import ConstituencyKind
from reconcile.deciding.lending import Point
from reconcile.labels.working import DISTRICT_LEVELS, INSTITUTION_KINDS
from reconcile.models.elections import BOTH_OR_NONE, Election, coordinate, point_of

REGENCY = RegexValidator(r"^\d{4}$", _("Four digits, without dots."))
VILLAGE = RegexValidator(r"^\d{10}$", _("Ten digits, without dots."))
TPS_NUMBER = RegexValidator(r"^\d{3}$", _("Three digits, such as 901."))


class InstitutionKind(models.TextChoices):
    KPU = "kpu", INSTITUTION_KINDS["kpu"]
    RUTAN = "rutan", INSTITUTION_KINDS["rutan"]
    POLRES = "polres", INSTITUTION_KINDS["polres"]
    PROSECUTOR = "prosecutor", INSTITUTION_KINDS["prosecutor"]
    REGISTRY = "registry", INSTITUTION_KINDS["registry"]
    BAWASLU = "bawaslu", INSTITUTION_KINDS["bawaslu"]


class Institution(models.Model):
    """An office that sends lists or receives letters; it outlives an election."""

    kind = models.CharField(_("kind"), max_length=12)
    name = models.CharField(_("name"), max_length=200)
    regency_code = models.CharField(_("regency code"), max_length=4, validators=[REGENCY])
    address = models.TextField(_("address"), blank=True)
    head = models.CharField(_("head"), max_length=200, blank=True, help_text=_("Who signs, with the title."))

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["regency_code", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["regency_code", "kind", "name"], name="one_institution_of_a_name"),
            models.CheckConstraint(
                condition=models.Q(kind__in=InstitutionKind.values), name="known_kind_of_institution"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tps(models.Model):
    """A polling station: where it stands and how many voters its fixed roll has."""

    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="tps", db_index=False
    )
    region_code = models.CharField(_("village code"), max_length=10, validators=[VILLAGE])
    number = models.CharField(_("number"), max_length=3, validators=[TPS_NUMBER])
    address = models.TextField(_("address"), blank=True)
    latitude = coordinate(_("latitude"), 90)
    longitude = coordinate(_("longitude"), 180)
    voters_male = models.PositiveIntegerField(_("male voters"), default=0)
    voters_female = models.PositiveIntegerField(_("female voters"), default=0)

    class Meta:
        verbose_name = "TPS"
        verbose_name_plural = "TPS"
        ordering = ["election", "region_code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "region_code", "number"], name="one_tps_of_a_number"),
            models.CheckConstraint(condition=BOTH_OR_NONE, name="both_coordinates_or_none"),
        ]

    def __str__(self) -> str:
        return f"TPS {self.number} {self.region_code}"

    @property
    def tps(self) -> TpsRef:
        return TpsRef(self.region_code, self.number)

    @property
    def point(self) -> Point | None:
        return point_of(self)

    @property
    def voters(self) -> int:
        return self.voters_male + self.voters_female


LEVELS = (ConstituencyKind.DPR, ConstituencyKind.DPRD_PROVINCE, ConstituencyKind.DPRD_REGENCY)


class ElectoralDistrict(models.Model):
    """A dapil: the regions that elect together. A region that is split is named by its deeper parts."""

    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="electoral_districts",
        db_index=False,
    )  # fmt: skip
    level = models.CharField(_("level"), max_length=15)
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=200)
    members = models.PositiveSmallIntegerField(_("members elected"), default=0)
    region_codes: "models.JSONField[list[str]]" = models.JSONField(_("region codes"), default=list)

    class Meta:
        verbose_name = _("electoral district")
        verbose_name_plural = _("electoral districts")
        ordering = ["election", "level", "code"]
        constraints = [
            models.UniqueConstraint(fields=["election", "level", "code"], name="one_district_of_a_code"),
            models.CheckConstraint(
                condition=models.Q(level__in=[level.value for level in LEVELS]), name="known_level_of_a_district"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level_name(self) -> str:
        return str(DISTRICT_LEVELS[self.level])
