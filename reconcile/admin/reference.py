"""The windows on what voting is made of: places, institutions, polling stations, districts."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reconcile.actions import districts, elections, reference
from reconcile.actions.errors import ActionRefused
from reconcile.admin.resources import DistrictResource, InstitutionResource, PlaceResource, TpsResource
from reconcile.admin.windows import Tables, officer_of
from reconcile.labels.working import DISTRICT_LEVELS
from reconcile.models import ElectoralDistrict, Institution, InstitutionKind, Place, PlaceKind, Tps


class PlaceForm(forms.ModelForm):  # type: ignore[type-arg]
    kind = forms.ChoiceField(label=_("kind"), choices=PlaceKind.choices)

    class Meta:
        model = Place
        fields = (
            "election", "kind", "name", "institution", "regency_code", "tps_region", "tps_number", "visited",
            "latitude", "longitude",
        )  # fmt: skip


@admin.register(Place)
class PlaceAdmin(Tables):
    form = PlaceForm
    resource_classes = (PlaceResource,)
    list_display = ("name", "kind", "election", "regency_code", "tps_region", "tps_number", "visited")
    list_filter = ("election",)

    def save_model(self, request: HttpRequest, obj: Place, form: Any, change: bool) -> None:
        elections.save_place(place=obj, by=officer_of(request))


class Reference(Tables):
    """A table that is written row by row through one action."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        reference.save_reference(row=obj, by=officer_of(request))


class InstitutionForm(forms.ModelForm):  # type: ignore[type-arg]
    kind = forms.ChoiceField(label=_("kind"), choices=InstitutionKind.choices)

    class Meta:
        model = Institution
        fields = ("kind", "name", "regency_code", "address", "head")


@admin.register(Institution)
class InstitutionAdmin(Reference):
    form = InstitutionForm
    resource_classes = (InstitutionResource,)
    list_display = ("name", "kind", "regency_code", "head")
    list_filter = ("kind",)
    search_fields = ("name",)


@admin.register(Tps)
class TpsAdmin(Reference):
    resource_classes = (TpsResource,)
    list_display = ("number", "region_code", "address", "voters_male", "voters_female", "latitude", "longitude")
    list_filter = ("election",)
    search_fields = ("region_code", "address")


class DistrictForm(forms.ModelForm):  # type: ignore[type-arg]
    level = forms.ChoiceField(label=_("level"), choices=list(DISTRICT_LEVELS.items()))

    class Meta:
        model = ElectoralDistrict
        fields = ("election", "level", "code", "name", "members", "region_codes")

    def clean_region_codes(self) -> list[str]:
        codes = self.cleaned_data["region_codes"]
        if not isinstance(codes, list) or not all(isinstance(code, str) and code.isdecimal() for code in codes):
            raise ValidationError(_('Write the codes as a list of texts, such as ["331607", "331608"].'))
        return codes

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            key = (given["election"].code, given["level"], given["code"])
            try:
                districts.check_district(ElectoralDistrict(**given), districts.Taken({key, self.was}))
            except ActionRefused as refusal:
                raise ValidationError(str(refusal)) from refusal
        return given

    @cached_property
    def was(self) -> districts.Key:
        """Election, level and code of the district before the form changes it."""
        stored = ElectoralDistrict.objects.filter(pk=self.instance.pk).select_related("election").first()
        return (stored.election.code, stored.level, stored.code) if stored else ("", "", "")


@admin.register(ElectoralDistrict)
class DistrictAdmin(Reference):
    form = DistrictForm
    resource_classes = (DistrictResource,)
    list_display = ("code", "name", "level", "members", "election")
    list_filter = ("election", "level")

    def save_model(self, request: HttpRequest, obj: ElectoralDistrict, form: DistrictForm, change: bool) -> None:
        own = (obj.election.code, obj.level, obj.code)
        districts.save_district(row=obj, by=officer_of(request), taken=districts.Taken({own, form.was}))
