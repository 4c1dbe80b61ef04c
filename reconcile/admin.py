"""The administrator's windows: officers, elections and places to change; lists, runs and the log to look at.

Voters and people in custody have no window here: an administrator has no business with their data.
Everything that is written goes through the actions, so that the log has it.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reconcile.actions import accounts, elections
from reconcile.deciding.election import election_codes, load_election
from reconcile.models import (
    ROLES_OF_A_PLACE,
    AuditEntry,
    Election,
    MatchRun,
    Officer,
    Place,
    PlaceKind,
    Role,
    SourceList,
)

admin.site.site_header = admin.site.site_title = _("Voters in custody: administration")
admin.site.unregister(Group)  # a role is code, its group only carries the name


def is_administrator(user: Any) -> bool:
    """Return whether this person may open the windows; a superuser is who sets the first installation up."""
    return bool(user.is_active and (user.is_superuser or getattr(user, "role", None) is Role.ADMIN))


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer), "the administration lets nobody else in"
    return request.user


class ForAdministrators(admin.ModelAdmin):  # type: ignore[type-arg]
    """Opened by role, not by Django's permissions. Nothing can be deleted."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request.user)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookOnly(ForAdministrators):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RoleField(forms.Form):
    """What both forms of an officer have in addition to Django's own."""

    role = forms.ChoiceField(label=_("role"), choices=Role.choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("role") in ROLES_OF_A_PLACE and not cleaned.get("place"):
            self.add_error("place", _("This role works at one place. Choose the place."))
        return cleaned


class OfficerForm(RoleField, UserChangeForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].initial = self.instance.role


class NewOfficerForm(RoleField, AdminUserCreationForm):
    class Meta:
        model = Officer
        fields = ("username", "first_name", "last_name", "place")


@admin.register(Officer)
class OfficerAdmin(ForAdministrators, UserAdmin):  # type: ignore[type-arg]
    form = OfficerForm
    add_form = NewOfficerForm
    list_display = ("username", "first_name", "last_name", "role_name", "place", "is_active", "last_login")
    list_filter = ("is_active", "groups", "place")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "first_name", "last_name")}),
        (_("Role"), {"fields": ("role", "place", "is_active")}),
    )
    add_fieldsets = (
        (
            None,
            {"fields": ("username", "password1", "password2", "first_name", "last_name", "role", "place")},
        ),
    )

    @admin.display(description=_("role"))
    def role_name(self, officer: Officer) -> str:
        return str(officer.role.label) if officer.role else "-"

    def save_model(self, request: HttpRequest, obj: Officer, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        what = "accounts.change_officer" if change else "accounts.add_officer"
        accounts.settle_officer(officer=obj, role=Role(form.cleaned_data["role"]), by=_officer(request), what=what)


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
            elections.set_as_of(election=obj, as_of=obj.as_of, by=_officer(request))
            return
        definition = load_election(form.cleaned_data["rules"]).to_dict()
        added = elections.add_election(definition=definition, as_of=obj.as_of, by=_officer(request))
        obj.__dict__.update(added.__dict__)  # the admin goes on with its own instance


class PlaceForm(forms.ModelForm):  # type: ignore[type-arg]
    kind = forms.ChoiceField(label=_("kind"), choices=PlaceKind.choices)

    class Meta:
        model = Place
        fields = ("election", "kind", "name", "regency_code", "tps_region", "tps_number")


@admin.register(Place)
class PlaceAdmin(ForAdministrators):
    form = PlaceForm
    list_display = ("name", "kind", "election", "regency_code", "tps_region", "tps_number")
    list_filter = ("election",)

    def save_model(self, request: HttpRequest, obj: Place, form: Any, change: bool) -> None:
        elections.save_place(place=obj, by=_officer(request))


@admin.register(SourceList)
class SourceListAdmin(LookOnly):
    list_display = (
        "file_name",
        "election",
        "kind",
        "place",
        "status",
        "records",
        "rejected",
        "skipped",
        "created",
    )
    list_filter = ("election", "status", "kind")
    exclude = ("file",)


@admin.register(MatchRun)
class MatchRunAdmin(LookOnly):
    list_display = ("pk", "election", "status", "as_of", "register_rows", "people", "started_by", "created")
    list_filter = ("election", "status")


@admin.register(AuditEntry)
class AuditEntryAdmin(LookOnly):
    list_display = ("at", "by", "what", "subject", "election")
    list_filter = (("by", admin.RelatedOnlyFieldListFilter), "what", "election")
    date_hierarchy = "at"
