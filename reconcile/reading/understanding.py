"""The raw sheets of one file -> its records, and an account of every row and every doubt."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from reconcile.reading.assembling import assemble
from reconcile.reading.checking import twice
from reconcile.reading.columns import IGNORED
from reconcile.reading.corrections import NOWHERE, Place, corrects, places_in
from reconcile.reading.homes import regency_of
from reconcile.reading.layout import Layout, as_of, find_layout, kind_of, refuse_without_header, stage_of
from reconcile.reading.mapping import NOTHING_SAID, ListMapping
from reconcile.reading.problems import Ending, Problem, ProblemCode, Refusal, Refused
from reconcile.reading.raw import RawSheet
from reconcile.reading.results import ReadResult, RowEnd, SheetSeen
from reconcile.reading.rows import Sorted, sort_rows
from reconcile.records import ListKind

# A formula without a result matters where a person is, was rejected, or may have been.
_MAY_HIDE_PEOPLE = frozenset({Ending.BLANK, Ending.NO_NAME, Ending.BAD_COLUMNS})


def understand(
    sheets: Sequence[RawSheet], file: str, near: str = "", mapping: ListMapping = NOTHING_SAID
) -> ReadResult:
    """Turn the raw sheets of one file into its records and account. Raises Refused."""
    layouts = [None if sheet.hidden or not sheet.rows else find_layout(sheet, mapping) for sheet in sheets]
    layouts = [layout if layout and layout.column("name") is not None else None for layout in layouts]
    lists = [(sheet, layout) for sheet, layout in zip(sheets, layouts, strict=True) if layout]
    if not lists:
        raise refuse_without_header(sheets)
    kinds = {sheet.name: kind_of(layout, sheet.name) for sheet, layout in lists}
    # A sheet whose heading somebody named is a list, whatever its words say.
    named = {name for name, row in mapping.header_rows.items() if row}
    kind = mapping.kind or one_kind({its for name, its in kinds.items() if name not in named} or set(kinds.values()))
    account = _Account(file, kind, near)
    for sheet, layout in zip(sheets, layouts, strict=True):
        # A sheet that does not say its kind continues the list of the others, if it is about people at all.
        its = kinds.get(sheet.name)
        if layout and (sheet.name in named or its is kind or (its is None and layout.is_personal)):
            account.take(sheet, layout)
        else:
            account.pass_over(sheet)
    return account.result()


def one_kind(kinds: Iterable[ListKind | None]) -> ListKind:
    """Return the kind all sheets of a file have. Raises Refused where there is none, or more than one."""
    found = sorted({kind for kind in kinds if kind})
    if not found:
        raise Refused(Refusal.NOT_A_LIST)
    if len(found) > 1:
        raise Refused(Refusal.MIXED_KINDS, detail=", ".join(found))
    return found[0]


class _Account:
    """Adds up the sheets of one file."""

    def __init__(self, file: str, kind: ListKind, near: str) -> None:
        self.file, self.kind, self.near = file, kind, near
        self.first: Layout | None = None
        self.tables: list[pa.Table] = []
        self.seen: list[SheetSeen] = []
        self.ends: list[RowEnd] = []
        self.problems: list[Problem] = []
        self.corrected_files: set[str] = set()
        self.corrected: list[Place] = []

    def take(self, sheet: RawSheet, layout: Layout) -> None:
        self.first = self.first or layout
        done = sort_rows(sheet, layout)
        near = self.near or regency_of(layout.titles)
        table, problems = assemble(sheet, layout, done, self.kind, file=self.file, near=near)
        self.tables.append(table)
        self.problems += problems
        self.problems += _beside_cells(sheet, layout, done)
        self._take_places(sheet, layout, done)
        self.ends += [RowEnd(sheet.name, row + 1, why) for row, why in done.ends]
        lines = layout.body - layout.header
        self.seen.append(SheetSeen(sheet.name, layout.header + 1, sheet.hidden, sheet.rows, len(done.people), lines))

    def _take_places(self, sheet: RawSheet, layout: Layout, done: Sorted) -> None:
        if layout.column("corrects_row") is None:
            self.corrected += [NOWHERE] * len(done.people)
            return
        files, places = places_in(sheet, layout, done.people)
        self.corrected_files |= files
        self.corrected += places

    def pass_over(self, sheet: RawSheet) -> None:
        """A sheet without a list: its rows are counted, and a hidden one is said aloud."""
        if sheet.hidden and sheet.rows:
            self.problems.append(Problem(ProblemCode.HIDDEN_SHEET, sheet.name, 0, ""))
        self.ends += [RowEnd(sheet.name, row + 1, Ending.OTHER_SHEET) for row in range(sheet.rows)]
        self.seen.append(SheetSeen(sheet.name, 0, sheet.hidden, sheet.rows, 0))

    def result(self) -> ReadResult:
        table = pa.concat_tables(self.tables, promote_options="default").unify_dictionaries().combine_chunks()
        if not table.num_rows or self.first is None:
            raise Refused(Refusal.NO_PEOPLE)
        self._report_twice(table, self.first.heading("nik"))
        corrected, doubts = corrects(self.corrected_files, self.corrected, table)
        self.problems += doubts
        problems = sorted(self.problems, key=lambda found: (found.sheet, found.row, found.code, found.column))
        return ReadResult(
            file=self.file,
            kind=self.kind,
            table=table,
            sheets=tuple(self.seen),
            ends=tuple(self.ends),
            problems=tuple(problems),
            stage=stage_of(self.first),
            title=self.first.title,
            as_of=as_of(self.first),
            headings={name: self.first.heading(name) for name in self.first.fields if name not in ("", IGNORED)},
            corrects=corrected,
        )

    def _report_twice(self, table: pa.Table, heading: str) -> None:
        if "nik" not in table.column_names:
            return
        again = np.flatnonzero(twice(table["nik"]))
        where = table.select(["sheet", "row", "nik"]).take(pa.array(again))
        found = zip(*(where[name].to_pylist() for name in ("sheet", "row", "nik")), strict=True)
        self.problems += [Problem(ProblemCode.NIK_TWICE, sheet, row, heading, nik) for sheet, row, nik in found]


def _beside_cells(sheet: RawSheet, layout: Layout, done: Sorted) -> Iterator[Problem]:
    """Yield what is wrong with a sheet beside its cells: hidden parts, formulas without result, columns not read."""
    name, heading_row = sheet.name, layout.header + 1
    people = set(done.people.tolist()) if sheet.hidden_rows or sheet.uncomputed else set()
    for row in sheet.hidden_rows:
        if row - 1 in people:
            yield Problem(ProblemCode.HIDDEN_ROWS, name, row, "")
    harmless = {row for row, why in done.ends if why not in _MAY_HIDE_PEOPLE} if sheet.uncomputed else set()
    for row in sheet.uncomputed:
        if row - 1 not in harmless:
            yield Problem(ProblemCode.FORMULA_EMPTY, name, row, "")
    for place in sheet.hidden_columns:
        field = layout.fields[place] if place < len(layout.fields) else ""
        if field not in ("", IGNORED, "number"):
            yield Problem(ProblemCode.HIDDEN_COLUMN, name, heading_row, layout.heading(field))
    for heading, is_double in layout.unread():
        code = ProblemCode.COLUMN_TWICE if is_double else ProblemCode.COLUMNS_UNKNOWN
        yield Problem(code, name, heading_row, heading)
