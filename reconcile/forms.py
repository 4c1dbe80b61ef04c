"""What a person can type or choose wrongly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from reconcile.actions.files import MOST_BYTES_OF_A_PLACE, MOST_FILES
from reconcile.actions.recognising import Told
from reconcile.labels import COLUMNS, KINDS, REVEAL_REASONS
from reconcile.models import Clearing, ListStatus, Place, SourceList, StayKind
from reconcile.queries.recognition import KIND_OF_PLACE, Column, Recognised, fields_of, needs_place, recognition
from reconcile.queries.verifying import groups_of
from reconcile.records import HELD_KINDS, ListKind

WHATEVER = ""  # "the content says it"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; an empty list where none was chosen. An empty file is the reader's to refuse."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            sentence = _("At most %(most)s files at once. Upload the rest afterwards.")
            raise forms.ValidationError(sentence, code="too_many", params={"most": MOST_FILES})
        return given


class BeginForm(forms.Form):
    """The first step: what will come, from where, how many people, and what it replaces.

    `origins` are the places an officer may upload for, None standing for the rolls; `in_force` the lists
    that may be replaced.
    """

    kind = forms.ChoiceField(label=_("Kind of list"), widget=forms.RadioSelect, required=False)
    place = forms.ModelChoiceField(
        Place.objects.none(),
        label=_("Place of custody"),
        required=False,
        help_text=_("Only for registers. A voter roll belongs to no place."),
    )
    expected = forms.IntegerField(
        label=_("How many people do you expect?"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        help_text=_("As the covering letter says. The program compares it with the files and tells a difference."),
    )
    replaces = forms.ModelChoiceField(
        SourceList.objects.none(),
        label=_("Replaces an earlier upload"),
        required=False,
        help_text=_("Only for a corrected file of the same date. A newer register needs nothing here."),
    )

    def __init__(
        self, *args: Any, origins: Sequence[Place | None], in_force: Iterable[SourceList], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        places = [place for place in origins if place is not None]
        held = [
            kind for kind in ListKind if kind in HELD_KINDS and KIND_OF_PLACE[kind] in {each.kind for each in places}
        ]
        rolls = [kind for kind in ListKind if kind not in HELD_KINDS and None in origins]
        choices = [(kind.value, KINDS[kind]) for kind in [*rolls, *held]]
        if len(choices) > 1:
            choices.append((WHATEVER, _("I do not know: look at the file")))
        elif choices:
            self.fields["kind"].initial = choices[0][0]
        kind, place, replaces = (self.fields[name] for name in ("kind", "place", "replaces"))
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(place, forms.ModelChoiceField)
        assert isinstance(replaces, forms.ModelChoiceField)
        kind.choices = choices
        place.queryset = Place.objects.filter(pk__in=[each.pk for each in places]).order_by("-kind", "name")
        replaces.queryset = SourceList.objects.filter(pk__in=[one.pk for one in in_force]).order_by("-pk")
        place.empty_label = _("none, or the file says it")
        replaces.empty_label = _("nothing")
        self.may_be_a_roll = None in origins
        if not self.may_be_a_roll and len(places) == 1:
            place.initial, place.required, place.empty_label = places[0], True, None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, place = cleaned.get("kind"), cleaned.get("place")
        if kind and ListKind(kind) not in HELD_KINDS and place:
            self.add_error("place", _("A voter roll belongs to no place of custody. Leave the place empty."))
        if kind and ListKind(kind) in HELD_KINDS and place and place.kind != KIND_OF_PLACE[ListKind(kind)]:
            self.add_error("place", _("This kind of register does not come from that kind of place."))
        return cleaned

    @property
    def list_kind(self) -> ListKind | None:
        return ListKind(self.cleaned_data["kind"]) if self.cleaned_data["kind"] else None


class FilesForm(forms.Form):
    chosen = FilesField(label=_("Files"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["chosen"]:
            raise forms.ValidationError(_("Choose at least one file."), code="no_file")
        return cleaned


@dataclass(frozen=True)
class RecognisedFile:
    """One file as the page shows it: the choices where they are open, else only what was understood."""

    known: Recognised
    is_open: bool
    kind_field: forms.BoundField | None
    place_field: forms.BoundField | None
    rows: tuple[tuple[Column, forms.BoundField | None], ...]
    sheets: tuple[tuple[Mapping[str, Any], forms.BoundField | None], ...]


FORM = "recognised"


class RecogniseForm(forms.Form):
    """What the officer says of the files: for each its kind, place, and the meaning of its columns.

    Fields are named by the list's key and the position of the column, because headings are free text.
    """

    def __init__(self, *args: Any, lists: Sequence[SourceList], places: Sequence[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lists = [one for one in lists if one.recognised and one.status != ListStatus.REFUSED]
        meanings = [("", _("– not used –")), *COLUMNS.items()]
        offered = Place.objects.filter(pk__in=[place.pk for place in places]).order_by("-kind", "name")
        for one in self.lists:
            kinds: list[tuple[Any, Any]] = [*KINDS.items()] if one.kind else [("", _("– choose –")), *KINDS.items()]
            self.fields[f"kind_{one.pk}"] = forms.ChoiceField(choices=kinds, required=False, initial=one.kind)
            self.fields[f"place_{one.pk}"] = forms.ModelChoiceField(offered, required=False, initial=one.place_id)
            for place, sheet in enumerate(one.recognised["sheets"]):
                row = forms.IntegerField(required=False, min_value=0, max_value=80, initial=sheet["header_row"])
                self.fields[f"header_{one.pk}_{place}"] = row
            fields = fields_of(one)
            for place, column in enumerate(one.recognised["columns"]):
                ours = fields[column["heading"]]
                choice = forms.ChoiceField(choices=meanings, required=False, initial=ours)
                self.fields[f"column_{one.pk}_{place}"] = choice

        for field in self.fields.values():
            field.widget.attrs["form"] = FORM  # the fields stand in cards beside the form: other forms are in there

    def shown(self, edit: str) -> Iterator[RecognisedFile]:
        """Yield the files as the page shows them; open where something is missing, or asked for by `edit`."""
        for one in self.lists:
            known = recognition(one)
            in_doubt = known.missing or known.differs or not known.kind or not known.has_heading or needs_place(one)
            if self.is_bound:  # a file of which nothing was sent was closed, and has no values to show
                in_doubt = self._is_sent(one)
            is_open = not one.completes and (bool(in_doubt) or edit == str(one.pk))
            choices = [self[f"column_{one.pk}_{place}"] if is_open else None for place in range(len(known.columns))]
            yield RecognisedFile(
                known=known,
                is_open=is_open,
                kind_field=self[f"kind_{one.pk}"] if is_open else None,
                place_field=self[f"place_{one.pk}"] if is_open and one.kind in HELD_KINDS else None,
                rows=tuple(zip(known.columns, choices, strict=True)),
                sheets=tuple(
                    (sheet, self[f"header_{one.pk}_{place}"] if is_open else None)
                    for place, sheet in enumerate(known.sheets)
                ),
            )

    def _is_sent(self, one: SourceList) -> bool:
        return any(name.split("_")[1] == str(one.pk) for name in self.fields if name in self.data)

    def told(self) -> Mapping[int, Told]:
        """Return what was said, by list; a field that was not sent says nothing."""
        return {one.pk: self._told_of(one) for one in self.lists}

    def _told_of(self, one: SourceList) -> Told:
        said = self.cleaned_data
        fields = {
            column["heading"]: said[f"column_{one.pk}_{place}"]
            for place, column in enumerate(one.recognised["columns"])
            if f"column_{one.pk}_{place}" in self.data
        }
        header_rows = {
            sheet["name"]: said[f"header_{one.pk}_{place}"]
            for place, sheet in enumerate(one.recognised["sheets"])
            if said[f"header_{one.pk}_{place}"] not in (None, sheet["header_row"])
        }
        kind = said[f"kind_{one.pk}"]
        return Told(
            kind=ListKind(kind) if kind else None,
            place=said[f"place_{one.pk}"],
            fields=fields,
            header_rows=header_rows,
        )


class ReasonForm(forms.Form):
    """Why somebody lets something pass; read by others later."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ReturnForm(forms.Form):
    """Why a list goes back to its officers, and whom they must look at again."""

    reason = forms.CharField(
        label=_("Why does the list go back?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    persons = forms.TypedMultipleChoiceField(coerce=int, required=False)


class VerifyForm(forms.Form):
    """A file, or groups of a fingerprint; either will do."""

    groups = forms.CharField(
        label=_("Two groups of the fingerprint, from the foot of the page"),
        required=False,
        max_length=120,
        help_text=_("Such as c27e 119f: any groups of four, in the order in which they are printed."),
    )
    file = forms.FileField(
        label=_("or the file itself"),
        required=False,
        allow_empty_file=True,
        help_text=_("A PDF, a workbook or a zip of them. It is looked at and not kept."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file and file.size > MOST_BYTES_OF_A_PLACE:
            self.add_error("file", _("This file is larger than any paper of ours."))
        elif not file and not groups_of(cleaned.get("groups", "")):
            self.add_error("groups", _("Give at least two groups of four characters, 0 to 9 and a to f."))
        return cleaned


class ExpectedForm(forms.Form):
    expected = forms.IntegerField(label=_("People expected"), required=False, min_value=0, max_value=10_000_000)


class SearchForm(forms.Form):
    """Part of a name."""

    words = forms.CharField(
        label=_("Search by name"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class DecisionForm(forms.Form):
    """What the decision bar sends. Whatever is wrong with it the action says, in one sentence."""

    answer = forms.CharField(required=False, max_length=10)
    voter = forms.IntegerField(required=False, min_value=1)
    reason = forms.CharField(required=False, max_length=10)
    note = forms.CharField(required=False, max_length=2000)
    version = forms.IntegerField(min_value=0)
    key = forms.CharField(max_length=40)


class FindForm(forms.Form):
    """What somebody knows of a voter; any of it will do."""

    name = forms.CharField(label=_("Name"), required=False, max_length=100)
    nik = forms.CharField(
        label=_("NIK or a part of it"), required=False, max_length=30, help_text=_("At least four digits in a row.")
    )
    born = forms.CharField(
        label=_("Birth date or year"), required=False, max_length=20, help_text=_("Such as 17-08-1980, or 1980.")
    )
    village = forms.CharField(label=_("Village or district"), required=False, max_length=60)


class StayForm(forms.Form):
    """Where somebody will be on voting day. `places` are the other places of the election."""

    kind = forms.ChoiceField(label=_("Where will this person be on voting day?"), choices=StayKind.choices)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Other place"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=200, help_text=_("Who said so; of a hospital or prison, which one.")
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: QuerySet[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset, place.empty_label = places, _("only for another place")


class FindingForm(forms.Form):
    """One point of the right to vote, and the paper that proves it. `bars` are the election's own codes."""

    what = forms.ChoiceField(label=_("What is established?"))
    note = forms.CharField(
        label=_("Number and date of the paper"),
        max_length=300,
        help_text=_("Such as: Kemenag 12/2024 of 03-10-2024. Not what somebody is accused of."),
    )
    file = forms.FileField(
        label=_("The paper"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=_("PDF, JPEG or PNG, at most 5 MB. Only officers of the place and the commissioner can open it."),
    )

    def __init__(self, *args: Any, bars: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [
            ("", _("choose")),
            (_("May vote, against what a list says"), Clearing.choices),
            (_("May not vote"), list(bars)),
        ]


class EvidenceForm(forms.Form):
    file = forms.FileField(allow_empty_file=True)
    note = forms.CharField(required=False, max_length=200)


class RevealForm(forms.Form):
    """Why somebody needs a whole number."""

    reason = forms.ChoiceField(
        label=_("What do you need it for?"), choices=REVEAL_REASONS.items(), widget=forms.RadioSelect
    )
