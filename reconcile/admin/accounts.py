"""The window on officers' accounts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reconcile.actions import accounts
from reconcile.admin.resources import OfficerResource
from reconcile.admin.windows import Tables, officer_of
from reconcile.models import ROLES_OF_A_PLACE, Officer, Role


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
class OfficerAdmin(Tables, UserAdmin):  # type: ignore[type-arg]
    form = OfficerForm
    resource_classes = (OfficerResource,)
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
        accounts.settle_officer(officer=obj, role=Role(form.cleaned_data["role"]), by=officer_of(request), what=what)
