"""What stands between a checked upload and its being applied: the same for the screen, the shell and the action.

Errors must be mended, warnings may be let pass by an administrator with a reason, a mass change is
confirmed by another administrator.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format, number_format

from reconcile import labels
from reconcile.models import ListStatus, SourceList, Upload
from reconcile.reading.problems import ProblemCode

FEW = 5  # people; a small list may change by a larger share (reliability M06)


class Weight(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    GUARD = "guard"


@dataclass(frozen=True)
class Obstacle:
    code: str
    weight: Weight
    parts: dict[str, Any] = field(default_factory=dict)

    @property
    def what(self) -> str:
        return self._text(labels.OBSTACLES[self.code].what)

    @property
    def how(self) -> str:
        return self._text(labels.OBSTACLES[self.code].how)

    def _text(self, words: Any) -> str:
        shown = {name: _number(part) if isinstance(part, int) else part for name, part in self.parts.items()}
        return str(words) % shown if shown else str(words)


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def lists_of(upload: Upload) -> list[SourceList]:
    """Return the files of an upload, in the order in which they came."""
    return list(upload.lists.select_related("place", "upload__by", "completes").order_by("pk"))


def obstacles(upload: Upload, lists: list[SourceList] | None = None) -> list[Obstacle]:
    """Return what stands in the way of a checked upload, the gravest first; nothing where it may be applied."""
    lists = lists_of(upload) if lists is None else lists
    found = list(_errors(upload, lists))
    if upload.accepted_by_id is None:
        found += _warnings(upload, lists)
    if upload.confirmed_by_id is None and (guard := mass_change(upload, lists)):
        found.append(guard)
    return found


def _errors(upload: Upload, lists: list[SourceList]) -> Iterator[Obstacle]:
    for one in lists:
        if one.status == ListStatus.REFUSED:
            yield Obstacle("refused", Weight.ERROR, {"file": one.file_name})
    if not any(one.records for one in lists):
        yield Obstacle("nobody", Weight.ERROR)
    if not upload.beside:
        names = dict(
            SourceList.objects.filter(pk__in=[each["list"] for each in upload.doubles]).values_list("pk", "file_name")
        )
        for double in upload.doubles:
            parts = {"rows": double["rows"], "file": names.get(double["list"], "")}
            yield Obstacle("doubles", Weight.ERROR, parts)


def _warnings(upload: Upload, lists: list[SourceList]) -> Iterator[Obstacle]:
    records = sum(one.records for one in lists)
    if upload.expected is not None and upload.expected != records:
        yield Obstacle("expected_differs", Weight.WARNING, {"expected": upload.expected, "records": records})
    if upload.older_than:
        yield Obstacle("older", Weight.WARNING, {"date": date_format(upload.older_than, "DATE_FORMAT")})
    for code in (ProblemCode.TOTAL_DIFFERS, ProblemCode.NIK_ZEROS):
        if any(one.problem_counts.get(code.value) for one in lists):
            yield Obstacle(code.value, Weight.WARNING)


def mass_change(upload: Upload, lists: list[SourceList]) -> Obstacle | None:
    """Return the guard where more people are gone or changed than the election lets pass unasked."""
    changed = upload.gone + sum(one.changed for one in lists)
    limit = upload.election.change_limit
    if changed <= FEW or changed * 100 <= limit * upload.before:
        return None
    by = upload.by.get_full_name() or upload.by.get_username()
    parts = {"changed": changed, "before": upload.before, "limit": limit, "by": by}
    return Obstacle("mass_change", Weight.GUARD, parts)
