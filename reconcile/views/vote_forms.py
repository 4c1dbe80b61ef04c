"""What can be entered for the day of the vote: loans of ballots."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from reconcile.actions.loans import HandOver
from reconcile.deciding import TpsRef
from reconcile.deciding.election_parts import BallotType
from reconcile.models import CountedAt
from reconcile.queries.sheets import LoanMinute
from reconcile.templatetags.reconcile_tags import local


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


CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


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


class WithdrawForm(forms.Form):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
