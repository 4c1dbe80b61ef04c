"""What a file seems to be, from its first rows: its kind with the words that say so, heading rows, columns.

Nobody waits for a whole roll here, and nothing is stored; an officer confirms or corrects it (`ListMapping`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reconcile.reading.layout import Layout, as_of, evidence_for, find_layout, kind_of, stage_of
from reconcile.reading.mapping import NOTHING_SAID, ListMapping, column_names
from reconcile.reading.problems import Refusal, Refused
from reconcile.reading.raw import Raw, RawSheet
from reconcile.reading.rows import sort_rows
from reconcile.reading.text import read_text
from reconcile.reading.workbook import Asked, is_workbook, read_workbooks
from reconcile.records import ListKind

HEAD_ROWS = 200  # of each sheet
HEAD_BYTES = 1 << 18  # of a text file
_TOP_ROWS, _TOP_COLUMNS = 15, 30  # shown to somebody who looks for the heading
_SAMPLES = 3

# Of each group one field must have its column: a name, and something that tells two people of one name apart.
_NEEDED = (("name",), ("nik", "birth_date", "birth_place_date", "age", "registration_number"))


def missing_fields(fields: Iterable[str]) -> list[str]:
    """Return the first field of each needed group that no column holds."""
    there = set(fields)
    return [group[0] for group in _NEEDED if not there.intersection(group)]


@dataclass(frozen=True)
class ColumnSeen:
    """One column: `heading` is what `ListMapping.fields` calls it; `field` is "" for none, "ignored" for never stored.

    `samples` are up to three different cells of people, as written: personal data.
    """

    column: int
    heading: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class SheetSeemed:
    """One sheet. `header_row` is 0 where no heading was found; `top` are its first rows, to look for one by eye.

    `evidence`: the office's own words that speak for the kind. `missing`: needed fields without a column.
    """

    name: str
    hidden: bool
    top: tuple[tuple[str, ...], ...]
    kind: ListKind | None = None
    evidence: tuple[str, ...] = ()
    header_row: int = 0
    header_lines: int = 0
    columns: tuple[ColumnSeen, ...] = ()
    missing: tuple[str, ...] = ()
    stage: str = ""
    title: str = ""
    as_of: date | None = None


@dataclass(frozen=True)
class Recognition:
    """What a file seems to be. `kind` is None where no sheet says it, or where sheets differ (`kinds`).

    `corrects`: SHA-256 of the file whose rows a correction workbook brings back, else "".
    """

    file: str
    sheets: tuple[SheetSeemed, ...]
    corrects: str = ""

    @property
    def kinds(self) -> tuple[ListKind, ...]:
        return tuple(sorted({sheet.kind for sheet in self.sheets if sheet.kind}))

    @property
    def kind(self) -> ListKind | None:
        return self.kinds[0] if len(self.kinds) == 1 else None

    @property
    def lists(self) -> tuple[SheetSeemed, ...]:
        """Return the sheets with a heading."""
        return tuple(sheet for sheet in self.sheets if sheet.header_row)

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(words for sheet in self.lists for words in sheet.evidence))

    @property
    def columns(self) -> tuple[ColumnSeen, ...]:
        """Return every heading of the file once, with its samples from the first sheet that has it."""
        found: dict[str, ColumnSeen] = {}
        for sheet in self.lists:
            for column in sheet.columns:
                found.setdefault(column.heading, column)
        return tuple(found.values())

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the needed fields some sheet with a heading lacks; the whole group where no sheet has one."""
        if not self.lists:
            return tuple(missing_fields(()))
        return tuple(dict.fromkeys(field for sheet in self.lists for field in sheet.missing))

    def mapping(self) -> ListMapping:
        """Return the recognition as a mapping: whoever reads by it reads exactly what was shown."""
        return ListMapping(
            kind=self.kind,
            fields={column.heading: column.field for column in self.columns},
            header_rows={sheet.name: sheet.header_row for sheet in self.lists},
        )


def recognise(path: Path, *, name: str | None = None, mapping: ListMapping = NOTHING_SAID) -> Recognition:
    """Look at one file. `mapping`: what is said or remembered of the sender's headings.

    Raises Refused for a file that cannot be opened or holds nothing; one that is no list we know is recognised
    as nothing, with its first rows.
    """
    file = name or path.name
    raw = _open(path, mapping)
    if isinstance(raw, Refused):
        raw.file = file
        raise raw
    if not any(sheet.rows for sheet in raw):
        raise Refused(Refusal.EMPTY, file)
    seen = [_seem(sheet, mapping) for sheet in raw]
    corrected = next((sha for sheet in raw if (sha := _corrected(sheet, mapping))), "")
    return Recognition(file, tuple(seen), corrected)


def _open(path: Path, mapping: ListMapping) -> Raw:
    try:
        if not is_workbook(path):
            return [read_text(path, mapping, most=HEAD_BYTES)]
    except Refused as refused:
        return refused
    found: list[Raw] = []
    read_workbooks([path], lambda _place, raw: found.append(raw), Asked(rows=HEAD_ROWS))
    return found[0]


def _seem(sheet: RawSheet, mapping: ListMapping) -> SheetSeemed:
    rows = sheet.cells(range(min(_TOP_ROWS, sheet.rows)))
    top = tuple(tuple(cell.strip() for cell in row[:_TOP_COLUMNS]) for row in rows)
    layout = None if sheet.hidden or not sheet.rows else find_layout(sheet, mapping)
    if layout is None:
        return SheetSeemed(sheet.name, sheet.hidden, top)
    kind = mapping.kind or kind_of(layout, sheet.name)
    return SheetSeemed(
        sheet.name,
        sheet.hidden,
        top,
        kind,
        tuple(evidence_for(kind, layout, sheet.name)) if kind else (),
        layout.header + 1,
        layout.body - layout.header,
        _columns(sheet, layout),
        tuple(missing_fields(layout.fields)),
        stage_of(layout),
        layout.title,
        as_of(layout),
    )


def _columns(sheet: RawSheet, layout: Layout) -> tuple[ColumnSeen, ...]:
    """Return the columns that have a heading or a cell, with samples from the people below the heading."""
    people = range(layout.body, sheet.rows)
    if layout.column("name") is not None:
        people = sort_rows(sheet, layout).people.tolist() or people
    found = []
    for place, (heading, field) in enumerate(zip(column_names(layout.headings), layout.fields, strict=True)):
        cells = dict.fromkeys(cell.strip() for cell in sheet.values(place, people) if cell.strip())
        if cells or layout.headings[place]:
            found.append(ColumnSeen(place + 1, heading, field, tuple(cells)[:_SAMPLES]))
    return tuple(found)


def _corrected(sheet: RawSheet, mapping: ListMapping) -> str:
    layout = None if sheet.hidden or not sheet.rows else find_layout(sheet, mapping)
    if layout is None or layout.column("corrects_file") is None:
        return ""
    cells = sheet.values(layout.column("corrects_file"), range(layout.body, sheet.rows))
    return next((cell.strip() for cell in cells if cell.strip()), "")
