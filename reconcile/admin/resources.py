"""Reference data as tables: which columns they have, and how a row is stored through the actions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from import_export import fields, resources, widgets
from tablib import Dataset

from reconcile.actions import accounts, districts, elections, reference
from reconcile.actions.errors import ActionRefused
from reconcile.deciding.constituencies import TABLED
from reconcile.models import Election, ElectoralDistrict, Institution, Officer, Place, Role, Tps


class ElectionCode(widgets.ForeignKeyWidget):  # type: ignore[misc]
    """An election by its code."""

    def clean(self, value: Any, row: Any = None, **options: Any) -> Election:
        found = Election.objects.filter(code=str(value or "").strip()).first()
        if found is None:
            known = ", ".join(Election.objects.values_list("code", flat=True)) or "-"
            sentence = gettext("There is no election with the code %(code)s. Write one of: %(known)s.")
            raise ValueError(sentence % {"code": value or "-", "known": known})
        return found


ELECTION = ElectionCode(Election, field="code")


class ActionResource(resources.ModelResource):  # type: ignore[misc]
    """Rows go through an action, so that constraints, sentences and the log are the same as on the screens."""

    class Meta:
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        clean_model_instances = False  # the actions do it

    def __init__(self, by: Officer | None = None) -> None:
        super().__init__()
        self.by = by

    def store(self, row: Any, is_new: bool) -> None:
        reference.save_reference(row=row, by=self.by)

    def do_instance_save(self, instance: models.Model, is_create: bool) -> None:
        try:
            self.store(instance, is_create)
        except ActionRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def before_import(self, dataset: Dataset, **options: Any) -> None:
        """Take headings as they are meant: in capitals or not."""
        dataset.headers = [str(name or "").strip().lower() for name in dataset.headers or []]

    def before_import_row(self, row: dict[str, Any], **options: Any) -> None:
        """Take numbers of a workbook as the text they stand for: codes have no dots, a TPS has three digits."""
        row.update({name: "" for name, value in row.items() if value is None})
        for name, digits in CODES.items():
            if row.get(name, "") != "":
                row[name] = str(row[name]).strip().removesuffix(".0").replace(".", "").zfill(digits)


CODES = {"region_code": 0, "regency_code": 4, "tps_region": 10, "number": 3, "tps_number": 3, "code": 0}


class TpsResource(ActionResource):
    election = fields.Field("election", "election", ELECTION)

    class Meta(ActionResource.Meta):
        model = Tps
        import_id_fields = ("election", "region_code", "number")
        fields = (
            "election", "region_code", "number", "address", "latitude", "longitude", "voters_male", "voters_female",
        )  # fmt: skip
        export_order = fields


class InstitutionResource(ActionResource):
    class Meta(ActionResource.Meta):
        model = Institution
        import_id_fields = ("regency_code", "kind", "name")
        fields = ("regency_code", "kind", "name", "address", "head")
        export_order = fields


class PlaceResource(ActionResource):
    election = fields.Field("election", "election", ELECTION)
    institution = fields.Field("institution", "institution", widgets.ForeignKeyWidget(Institution, field="name"))

    class Meta(ActionResource.Meta):
        model = Place
        import_id_fields = ("election", "kind", "name")
        fields = (
            "election", "kind", "name", "institution", "regency_code", "tps_region", "tps_number", "visited",
            "latitude", "longitude",
        )  # fmt: skip
        export_order = fields

    def store(self, row: Place, is_new: bool) -> None:
        elections.save_place(place=row, by=self.by)


class RegionCodes(widgets.Widget):  # type: ignore[misc]
    """Region codes with commas between them."""

    def clean(self, value: Any, row: Any = None, **options: Any) -> list[str]:
        return [code.strip().replace(".", "") for code in str(value or "").split(",") if code.strip()]

    def render(self, value: Any, obj: Any = None, **options: Any) -> str:
        return ", ".join(value or [])


class DistrictResource(ActionResource):
    """One row a district; or KPU's own layout with one row a region, which is gathered into districts first."""

    election = fields.Field("election", "election", ELECTION)
    region_codes = fields.Field("region_codes", "region_codes", RegionCodes())

    class Meta(ActionResource.Meta):
        model = ElectoralDistrict
        import_id_fields = ("election", "level", "code")
        fields = ("election", "level", "code", "name", "members", "region_codes")
        export_order = fields

    def before_import(self, dataset: Dataset, **options: Any) -> None:
        super().before_import(dataset, **options)
        if set(districts.COLUMNS).intersection(dataset.headers or []):
            try:
                districts.require_columns(dataset.headers)
                gathered = districts.gather_districts(dataset.dict, _election_of_districts())
            except ActionRefused as refusal:
                raise ValueError(str(refusal)) from refusal
            dataset.wipe()
            dataset.dict = gathered
        # What the table says of a district counts at once, so that a region can go from one to another.
        self.taken = districts.Taken(
            {(row.get("election", ""), row.get("level", ""), str(row.get("code", ""))) for row in dataset.dict}
        )

    def store(self, row: ElectoralDistrict, is_new: bool) -> None:
        districts.save_district(row=row, by=self.by, taken=self.taken)

    def skip_row(self, instance: ElectoralDistrict, original: ElectoralDistrict, *rest: Any, **options: Any) -> bool:
        """Leave out what is unchanged, unless the table has given a region of it to another district."""
        is_same = bool(super().skip_row(instance, original, *rest, **options)) and not self.taken.shared(instance)[0]
        if is_same:
            self.taken.add(instance)
        return is_same


def _election_of_districts() -> str:
    """Return the code of the only election whose ballots need districts, else of the only one, else ""."""
    elections = list(Election.objects.all())
    needing = [one for one in elections if not TABLED.isdisjoint(ballot.constituency for ballot in one.rules.ballots)]
    chosen = needing or elections
    return chosen[0].code if len(chosen) == 1 else ""


class OfficerResource(ActionResource):
    """Accounts by login name. A new one has no password yet: an administrator gives it."""

    full_name = fields.Field("first_name", "full_name")
    place = fields.Field("place", "place", widgets.ForeignKeyWidget(Place, field="name"))
    role = fields.Field("role", readonly=True)

    class Meta(ActionResource.Meta):
        model = Officer
        import_id_fields = ("username",)
        fields = ("username", "full_name", "role", "place", "is_active")
        export_order = fields

    def dehydrate_role(self, officer: Officer) -> str:
        return (officer.role or "") if officer.pk else ""

    def import_instance(self, instance: Officer, row: dict[str, Any], **options: Any) -> None:
        super().import_instance(instance, row, **options)
        wanted = str(row.get("role") or "").strip()
        if wanted not in Role.values:
            raise ValidationError({"role": ", ".join(Role.values)})
        instance.__dict__["wanted"] = Role(wanted)

    def skip_row(self, instance: Officer, original: Officer, *rest: Any, **options: Any) -> bool:
        same_role = bool(original.pk) and original.role == instance.__dict__["wanted"]
        return same_role and bool(super().skip_row(instance, original, *rest, **options))

    def store(self, row: Officer, is_new: bool) -> None:
        accounts.save_officer(officer=row, role=row.__dict__.pop("wanted"), by=self.by)
