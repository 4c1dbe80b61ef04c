"""The window on elections: begun from rules that come with the program or copied, and changed as text."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from reconcile.actions import elections
from reconcile.actions.errors import ActionRefused
from reconcile.admin.windows import ForAdministrators, officer_of
from reconcile.deciding.election import (
    ElectionFault,
    election_codes,
    election_from_dict,
    election_from_text,
    example_codes,
    load_election,
)
from reconcile.deciding.election_text import doubts_of, election_to_text, line_of
from reconcile.labels import fault_text, in_our_language
from reconcile.models import AuditEntry, Election


class NewElectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """An election begins with rules that come with the program; made-up ones are marked as such."""

    rules = forms.ChoiceField(label=_("election"))

    class Meta:
        model = Election
        fields = ("as_of",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        there = set(Election.objects.values_list("code", flat=True))
        rules = self.fields["rules"]
        assert isinstance(rules, forms.ChoiceField)
        shipped, examples = (
            [(code, load_election(code).name["id"]) for code in codes if code not in there]
            for codes in (election_codes(), example_codes())
        )
        rules.choices = [*shipped, (_("Examples with assumed rules"), examples)]


class CopyForm(forms.ModelForm):  # type: ignore[type-arg]
    """What tells a copy from its original. `original` is set by the window."""

    original: Election

    class Meta:
        model = Election
        fields = ("code", "name_id", "name_en", "voting_day", "as_of")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            changes = {"code": given["code"], "voting_day": given["voting_day"].isoformat()}
            try:
                election_from_dict({**self.original.definition, **changes})
            except ElectionFault as fault:
                for one in fault.faults:
                    self.add_error(one.path if one.path in self.fields else None, fault_text(one))
        return given


class ElectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The rules as TOML, with all that is wrong with them beside, each with its line."""

    text = forms.CharField(
        label=_("definition"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 40, "cols": 100, "spellcheck": "false", "class": "vLargeTextField"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Election
        fields = ("as_of", "change_limit")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        text, seen = self.fields["text"], self.fields["seen"]
        text.initial = election_to_text(election_from_dict(self.instance.definition))
        seen.initial = elections.rules_print(self.instance)
        text.disabled = self.instance.runs.exists()
        text.help_text = _help(self.instance, text.disabled)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (
            self._has_text()
            and "text" in self.changed_data
            and given.get("seen") != elections.rules_print(self.instance)
        ):
            self.add_error("text", elections.MOVED_ON)
        return given

    def _has_text(self) -> bool:
        return self.add_prefix("text") in self.data

    def clean_text(self) -> str:
        if not self._has_text():
            return str(self.fields["text"].initial)
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        try:
            rules = election_from_text(text)
        except ElectionFault as fault:
            raise ValidationError([fault_text(one, line_of(text, one.path)) for one in fault.faults]) from fault
        if rules.code != self.instance.code:
            raise ValidationError(gettext("The code of an election stays. Copy the election to give the copy another."))
        return text


def _help(election: Election, in_use: bool) -> SafeString:
    """Return what may be done with the rules, and every doubt they name."""
    doubts = doubts_of(election.definition)
    n = len(doubts)
    told = elections.IN_USE if in_use else _("Every change is checked before it is stored, and kept in the log below.")
    heading = ngettext("%(n)s thing in these rules is in doubt:", "%(n)s things in these rules are in doubt:", n)
    lines = format_html_join("", "<li>{}: {}</li>", ((path, in_our_language(doubt)) for path, doubt in doubts))
    return format_html("{}<br>{}<ul>{}</ul>", told, heading % {"n": n}, lines)


@admin.register(Election)
class ElectionAdmin(ForAdministrators):
    list_display = ("code", "__str__", "voting_day", "as_of")
    readonly_fields = ("code", "name_id", "name_en", "voting_day", "created", "changes")
    actions = ("copy",)

    @admin.action(description=_("Copy the election"))
    def copy(self, request: HttpRequest, queryset: QuerySet[Election]) -> HttpResponse | None:
        """Lead on to the form that asks for the copy's code, name and day."""
        if queryset.count() != 1:
            self.message_user(request, _("Choose one election to copy."), messages.ERROR)
            return None
        return redirect(f"{reverse('admin:reconcile_election_add')}?copy={queryset.get().pk}")

    def _original(self, request: HttpRequest) -> Election | None:
        asked = request.GET.get("copy", "")
        return Election.objects.filter(pk=int(asked)).first() if asked.isdecimal() else None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        if obj:
            return ElectionForm
        original = self._original(request)
        return type("CopyForm", (CopyForm,), {"original": original}) if original else NewElectionForm

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        original = self._original(request)
        if original is None:
            return {}
        return {name: getattr(original, name) for name in ("name_id", "name_en", "voting_day", "as_of")}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj:
            return ("code", "name_id", "name_en", "voting_day", "as_of", "change_limit", "text", "seen", "changes")
        return CopyForm.Meta.fields if self._original(request) else ("rules", "as_of")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    @admin.display(description=_("changes"))
    def changes(self, election: Election) -> SafeString:
        """Show the log of this election's rules: who, when, each value before and after."""
        entries = AuditEntry.objects.filter(election=election, what__startswith="elections.").select_related("by")
        lines = [
            (entry.at.strftime("%d-%m-%Y %H.%M"), entry.by or "-", entry.what.partition(".")[2], _facts_text(entry))
            for entry in entries[:50]
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} · {} · {} {}</li>", lines))

    def save_model(self, request: HttpRequest, obj: Election, form: Any, change: bool) -> None:
        by = officer_of(request)
        if not change:
            obj.__dict__.update(self._added(request, obj, form).__dict__)  # the admin goes on with its own instance
            return
        if "as_of" in form.changed_data:
            elections.set_as_of(election=obj, as_of=obj.as_of, by=by)
        if "change_limit" in form.changed_data:
            elections.set_change_limit(election=obj, percent=obj.change_limit, by=by)
        given = form.cleaned_data
        if election_from_text(given["text"]).to_dict() == obj.definition:
            return
        try:
            elections.change_rules(election=obj, text=given["text"], seen=given["seen"], by=by)
        except ActionRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)

    def _added(self, request: HttpRequest, obj: Election, form: Any) -> Election:
        original, by = self._original(request), officer_of(request)
        if original is None:
            definition = load_election(form.cleaned_data["rules"]).to_dict()
            return elections.add_election(definition=definition, as_of=obj.as_of, by=by)
        name = {"id": obj.name_id, "en": obj.name_en}
        return elections.copy_election(
            original=original, code=obj.code, name=name, voting_day=obj.voting_day, as_of=obj.as_of, by=by
        )


def _facts_text(entry: AuditEntry) -> str:
    changed = entry.facts.get("changed", entry.facts)
    return "; ".join(
        f"{path}: {values[0]} → {values[1]}" if isinstance(values, list) and len(values) == 2 else f"{path}: {values}"
        for path, values in changed.items()
    )
