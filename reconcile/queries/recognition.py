"""What each file of an upload was recognised as, what somebody said instead, and what is still missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reconcile import labels
from reconcile.models import ListStatus, PlaceKind, SourceList, Upload
from reconcile.queries.obstacles import Obstacle, Weight
from reconcile.queries.problems import shown_cell
from reconcile.reading import missing_fields
from reconcile.records import HELD_KINDS, ListKind

KIND_OF_PLACE = {ListKind.RUTAN: PlaceKind.RUTAN, ListKind.POLRES: PlaceKind.POLRES}


def fields_of(one: SourceList) -> dict[str, str]:
    """Return our field for each heading of a file: as somebody said, else as it was recognised; "" for none.

    What is said of one column takes the field from any other, as it does when the file is read.
    """
    said: Mapping[str, str] = one.told.get("fields", {})
    taken = set(said.values()) - {"", "ignored"}
    known = {each["heading"]: each["field"] for each in one.recognised.get("columns", [])}
    return {heading: said.get(heading, "" if field in taken else field) for heading, field in known.items()}


def sheets_without(one: SourceList) -> dict[str, list[str]]:
    """Return for each sheet that is read the needed fields that none of its columns holds."""
    fields = fields_of(one)
    read = [sheet for sheet in one.recognised.get("sheets", []) if sheet["header_row"]]
    found = {sheet["name"]: missing_fields(fields[heading] for heading in sheet["headings"]) for sheet in read}
    return {name: missing for name, missing in found.items() if missing}


def needs_place(one: SourceList) -> bool:
    """Say whether a register's place is not known, or is no place such registers come from."""
    if one.kind not in HELD_KINDS:
        return False
    return one.place is None or one.place.kind != KIND_OF_PLACE[ListKind(one.kind)]


def obstacles_to_reading(upload: Upload, lists: list[SourceList]) -> list[Obstacle]:
    """Return what must be mended before the files can be read."""
    if not lists:
        return [Obstacle("no_files", Weight.ERROR)]
    return [obstacle for one in lists for obstacle in _of(one)]


def _of(one: SourceList) -> Iterator[Obstacle]:
    parts: dict[str, Any] = {"file": one.file_name}
    if one.status == ListStatus.REFUSED:
        yield Obstacle("refused", Weight.ERROR, parts)
        return
    if needs_place(one):
        missing = Obstacle("place_needed", Weight.ERROR, parts)
        yield Obstacle("place_differs", Weight.ERROR, {**parts, "place": one.place.name}) if one.place else missing
    if not any(sheet["header_row"] for sheet in one.recognised.get("sheets", [])):
        yield Obstacle("heading_needed", Weight.ERROR, parts)
        return
    if not one.kind:
        yield Obstacle("kind_needed", Weight.ERROR, parts)
    for field in dict.fromkeys(field for missing in sheets_without(one).values() for field in missing):
        yield Obstacle("field_missing", Weight.ERROR, {**parts, "field": str(labels.COLUMNS[field])})


@dataclass(frozen=True)
class Column:
    """One column of an office: its heading, our field ("" for none), and up to three cells, numbers masked."""

    heading: str
    field: str
    samples: tuple[str, ...]
    is_said: bool  # by an officer, now or an earlier time

    @property
    def is_known(self) -> bool:
        return bool(self.field)


@dataclass(frozen=True)
class Recognised:
    """What one file was taken for. `said` is the kind that was chosen in the first step."""

    pk: int
    name: str
    size: int
    kind: str
    said: str
    stage: str
    title: str
    as_of: str
    place: str
    evidence: tuple[str, ...]
    sheets: tuple[Mapping[str, Any], ...]
    columns: tuple[Column, ...]
    missing: tuple[str, ...]
    completes: str

    @property
    def has_heading(self) -> bool:
        return any(sheet["header_row"] for sheet in self.sheets)

    @property
    def differs(self) -> bool:
        return bool(self.said and self.kind) and self.said != self.kind

    @property
    def unknown(self) -> int:
        return sum(not column.is_known for column in self.columns)


def recognition(one: SourceList) -> Recognised:
    """Return what a file was taken for, with what somebody said of it instead."""
    known, said = one.recognised, one.told.get("fields", {})
    fields = fields_of(one)
    return Recognised(
        pk=one.pk,
        name=one.file_name,
        size=one.size,
        kind=one.kind,
        said=one.upload.kind,
        stage=known["stage"],
        title=known["title"],
        as_of=known["as_of"],
        place=one.place.name if one.place else "",
        evidence=tuple(known["evidence"]),
        sheets=tuple(known["sheets"]),
        columns=tuple(
            Column(
                each["heading"],
                fields[each["heading"]],
                tuple(shown_cell(sample) for sample in each["samples"]),
                each["heading"] in said,
            )
            for each in known["columns"]
        ),
        missing=tuple(str(labels.COLUMNS[field]) for missing in sheets_without(one).values() for field in missing),
        completes=one.completes.file_name if one.completes else "",
    )
