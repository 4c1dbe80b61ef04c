"""What can be entered for the day of the vote: which TPS comes, the plan of a visit, loans of ballots."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from reconcile.actions.loans import HandOver
from reconcile.deciding import Near, TpsRef
from reconcile.deciding.election_parts import BallotType
from reconcile.models import CountedAt, Visit
from reconcile.queries.sheets import LoanMinute
from reconcile.templatetags.reconcile_tags import local, tps_name

ANOTHER = "another"
MOST_BEFORE = timedelta(days=730)


def tps_from(text: str) -> TpsRef | None:
    """Read a TPS as an address or a form carries it ("3316091015-901", "33.16.09.1015/901"); None for anything else."""
    try:
        return TpsRef.parse(text.replace("-", "/"))
    except ValueError:
        return None


class TpsField(forms.CharField):
    """A TPS written as village code and number."""

    def clean(self, value: Any) -> TpsRef | None:
        text = super().clean(value)
        if not text:
            return None
        if (found := tps_from(text)) is None:
            raise forms.ValidationError(_("Write the village code and the number, such as 33.16.09.1015/004."))
        return found


class ChooseTpsForm(forms.Form):
    """Which TPS serves a place: the one entered, one of those proposed, or another."""

    shown = TpsField(widget=forms.HiddenInput)
    chosen = forms.ChoiceField(label=_("TPS"), widget=forms.RadioSelect)
    other = TpsField(
        label=_("Village code and number"),
        required=False,
        max_length=20,
        help_text=_("Only for another TPS, such as 33.16.09.1015/004."),
    )

    def __init__(self, *args: Any, now: TpsRef, near: Sequence[Near], **options: Any) -> None:
        super().__init__(*args, **options)
        proposed = [one.tps for one in near if one.tps != now]
        chosen = self.fields["chosen"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [
            *((str(tps), tps_name(tps)) for tps in (now, *proposed)),
            (ANOTHER, _("another TPS")),
        ]
        chosen.initial, self.fields["shown"].initial = str(now), str(now)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("chosen") == ANOTHER and not cleaned.get("other") and "other" not in self.errors:
            self.add_error("other", _("Write which TPS."))
        return cleaned

    @property
    def tps(self) -> TpsRef:
        said = self.cleaned_data
        return said["other"] if said["chosen"] == ANOTHER else TpsRef.parse(said["chosen"])


CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class VisitForm(forms.ModelForm):  # type: ignore[type-arg]
    """The plan of a visit; whatever is not known yet stays empty."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Visit
        fields = (
            "begins", "ends", "first_officer", "second_officer", "supervisor", "witnesses", "permit_number",
            "permit_date", "permit_from",
        )  # fmt: skip
        widgets = {
            "begins": CLOCK,
            "ends": CLOCK,
            "witnesses": forms.Textarea(attrs={"rows": 3}),
            "permit_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "begins": _("Moved voters vote in the last two hours: usually 11.00 to 13.00."),
            "witnesses": _("One name a line."),
            "permit_from": _("Who may let the officers in: Kapolres, Kapolsek, Kajari, the head of the hospital."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["version"].initial = self.instance.version if self.instance.pk else 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and begins >= ends:
            self.add_error("ends", _("The visit must end after it begins. Correct one of the two times."))
        return cleaned


class CountsForm(forms.Form):
    """How many ballots of each type, in fields `count_<code>`."""

    def __init__(
        self, *args: Any, types: Iterable[BallotType], counts: Mapping[str, int] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.types = tuple(types)
        for one in self.types:
            self.fields[f"count_{one.code}"] = forms.IntegerField(
                label=local(one.name), min_value=0, max_value=100_000, required=False,
                initial=(counts or {}).get(one.code, 0),
            )  # fmt: skip

    @property
    def counts(self) -> dict[str, int]:
        return {one.code: self.cleaned_data.get(f"count_{one.code}") or 0 for one in self.types}


class ChooseLoanForm(CountsForm):
    """One row of the proposal, as the officer saw it."""

    borrower = TpsField()
    lender = TpsField()


class AdjustForm(CountsForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class HandOverForm(forms.Form):
    """What the minute says besides the numbers; day and time are those of the election's time zone."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    minute_number = forms.CharField(label=_("Number of the minute"), max_length=100, required=False)
    carrier = forms.CharField(label=_("Carried by"), max_length=200, help_text=_("Name and office."))
    receiver = forms.CharField(label=_("Received by"), max_length=200, help_text=_("Name and office."))
    seal = forms.CharField(label=_("Number of the seal"), max_length=100)
    handed_on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    handed_time = forms.TimeField(label=_("Time"), widget=CLOCK)
    counted_at = forms.ChoiceField(
        label=_("Which TPS counts the marked ballots"), choices=CountedAt.choices, widget=forms.RadioSelect
    )

    @classmethod
    def of(cls, minute: LoanMinute, version: int, counted_at: str) -> "HandOverForm":
        """Return the form as it stands; before the hand-over, on voting day."""
        return cls(
            initial={
                "version": version, "minute_number": minute.number, "carrier": minute.carrier,
                "receiver": minute.receiver, "seal": minute.seal, "counted_at": counted_at,
                "handed_on": minute.handed_on or minute.voting_day, "handed_time": minute.handed_time,
            }
        )  # fmt: skip

    def told(self, zone: str) -> HandOver:
        said = self.cleaned_data
        return HandOver(
            minute_number=said["minute_number"],
            carrier=said["carrier"],
            receiver=said["receiver"],
            seal=said["seal"],
            handed_at=datetime.combine(said["handed_on"], said["handed_time"], ZoneInfo(zone)),
            counted_at=CountedAt(said["counted_at"]),
        )


class AsOfForm(forms.Form):
    """A day to suppose: such as 2024-11-21, up to voting day."""

    as_of = forms.DateField(
        label=_("Suppose it is"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date such as 2024-11-21.")},
    )

    def __init__(self, *args: Any, voting_day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.voting_day = voting_day

    def clean_as_of(self) -> date:
        said: date = self.cleaned_data["as_of"]
        if not self.voting_day - MOST_BEFORE <= said <= self.voting_day:
            raise forms.ValidationError(_("Choose a day in the two years before the vote, or voting day itself."))
        return said


class WithdrawForm(forms.Form):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
