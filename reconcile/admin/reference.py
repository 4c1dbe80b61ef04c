"""The windows on elections and what voting is made of: places, institutions, polling stations, districts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reconcile.actions import elections, reference
from reconcile.admin.resources import DistrictResource, InstitutionResource, PlaceResource, TpsResource
from reconcile.admin.windows import ForAdministrators, Tables, officer_of
from reconcile.deciding.election import election_codes, load_election
from reconcile.labels.working import DISTRICT_LEVELS
from reconcile.models import Election, ElectoralDistrict, Institution, InstitutionKind, Place, PlaceKind, Tps


class NewElectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """An election begins with rules that come with the program."""

    rules = forms.ChoiceField(label=_("election"))

    class Meta:
        model = Election
        fields = ("as_of",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        there = set(Election.objects.values_list("code", flat=True))
        codes = [code for code in election_codes() if code not in there]
        rules = self.fields["rules"]
        assert isinstance(rules, forms.ChoiceField)
        rules.choices = [(code, load_election(code).name["id"]) for code in codes]


@admin.register(Election)
class ElectionAdmin(ForAdministrators):
    list_display = ("code", "__str__", "voting_day", "as_of")
    readonly_fields = ("code", "name_id", "name_en", "voting_day", "created")
    exclude = ("definition",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        return super().get_form(request, obj, change, **options) if obj else NewElectionForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj) if obj else ("rules", "as_of")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    def save_model(self, request: HttpRequest, obj: Election, form: Any, change: bool) -> None:
        if change:
            if "as_of" in form.changed_data:
                elections.set_as_of(election=obj, as_of=obj.as_of, by=officer_of(request))
            if "change_limit" in form.changed_data:
                elections.set_change_limit(election=obj, percent=obj.change_limit, by=officer_of(request))
            return
        definition = load_election(form.cleaned_data["rules"]).to_dict()
        added = elections.add_election(definition=definition, as_of=obj.as_of, by=officer_of(request))
        obj.__dict__.update(added.__dict__)  # the admin goes on with its own instance


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


@admin.register(ElectoralDistrict)
class DistrictAdmin(Reference):
    form = DistrictForm
    resource_classes = (DistrictResource,)
    list_display = ("code", "name", "level", "members", "election")
    list_filter = ("election", "level")
