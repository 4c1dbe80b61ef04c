"""What a person can type or choose wrongly."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reconcile.models import Place

MOST_FILES = 60  # a regency has about twenty districts; moved-voter lists come on top


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


class UploadForm(forms.Form):
    """Files of one election: one field for the rolls and one for each place's register.

    `origins` are the places an officer may upload for; None stands for the rolls, which have no place.
    """

    def __init__(self, *args: Any, origins: Iterable[Place | None], **options: Any) -> None:
        super().__init__(*args, **options)
        self.place_by_field = {f"register_{place.pk}" if place else "rolls": place for place in origins}
        for name, place in self.place_by_field.items():
            self.fields[name] = FilesField(
                required=False,
                label=_("Register of %(place)s") % {"place": place.name}
                if place
                else _("Voter rolls and moved-voter lists"),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Choose at least one file."), code="no_file")
        return cleaned

    def uploads(self) -> Iterator[tuple[Place | None, UploadedFile]]:
        """Yield each file with the place it was given for."""
        for name, place in self.place_by_field.items():
            for file in self.cleaned_data[name]:
                yield place, file


class SearchForm(forms.Form):
    """Part of a name."""

    words = forms.CharField(
        label=_("Search by name"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
