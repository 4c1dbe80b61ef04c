"""One file or many -> results: opens, recognises, sorts the rows, assembles the records."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from reconcile.reading.assembling import Assembly
from reconcile.reading.layout import Layout, as_of, find_layout, kind_of, refuse_without_header, stage_of
from reconcile.reading.problems import Ending, Problem, ProblemCode, Refusal, Refused
from reconcile.reading.results import ReadResult, RowEnd, SheetSeen
from reconcile.reading.rows import Sorted, sort_rows
from reconcile.reading.text import read_text
from reconcile.reading.workbook import Raw, RawSheet, is_workbook, read_workbooks
from reconcile.records import ListKind

Outcome = ReadResult | Refused


def read_list(path: Path, *, name: str | None = None, near: str = "") -> ReadResult:
    """Read one file. `name`: what the office calls it; `near`: code of the regency it is about.

    Raises Refused when the file is no list or cannot be read whole.
    """
    found = read_lists([path], names=[name or path.name], near=near)[0]
    if isinstance(found, Refused):
        raise found
    return found


def read_lists(
    paths: Sequence[Path],
    *,
    names: Sequence[str] | None = None,
    near: str = "",
    each: Callable[[int, Outcome], None] | None = None,
) -> list[Outcome]:
    """Read files, workbooks in up to two processes; return a result or a refusal for each, in order.

    `each(place, outcome)` is called as each file is done, from several threads.
    """
    names = names or [path.name for path in paths]
    outcomes: dict[int, Outcome] = {}

    def finish(place: int, raw: Raw) -> None:
        try:
            outcomes[place] = raw if isinstance(raw, Refused) else understand(raw, names[place], near)
        except Refused as refused:
            outcomes[place] = refused
        found = outcomes[place]
        if isinstance(found, Refused):
            found.file = names[place]
        if each:
            each(place, found)

    workbooks: list[int] = []
    for place, path in enumerate(paths):
        try:
            if is_workbook(path):
                workbooks.append(place)
            else:
                finish(place, [read_text(path)])
        except Refused as refused:
            finish(place, refused)
    if workbooks:
        read_workbooks([paths[place] for place in workbooks], lambda nth, raw: finish(workbooks[nth], raw))
    return [outcomes[place] for place in range(len(paths))]


def understand(sheets: Sequence[RawSheet], file: str, near: str = "") -> ReadResult:
    """Turn the raw sheets of one file into its records and account. Raises Refused."""
    layouts = [None if sheet.hidden or not sheet.rows else find_layout(sheet) for sheet in sheets]
    lists = [(sheet, layout) for sheet, layout in zip(sheets, layouts, strict=True) if layout]
    if not lists:
        raise refuse_without_header(sheets)
    kind = _one_kind(lists)
    account = _Account(file, kind, near)
    for sheet, layout in zip(sheets, layouts, strict=True):
        if layout and kind_of(layout, sheet.name) is kind:
            account.take(sheet, layout)
        else:
            account.pass_over(sheet)
    return account.result(lists[0][1])


def _one_kind(lists: Sequence[tuple[RawSheet, Layout]]) -> ListKind:
    kinds = {kind for sheet, layout in lists if (kind := kind_of(layout, sheet.name))}
    if not kinds:
        raise Refused(Refusal.NOT_A_LIST)
    if len(kinds) > 1:
        raise Refused(Refusal.MIXED_KINDS, detail=", ".join(sorted(kinds)))
    return kinds.pop()


class _Account:
    """Adds up the sheets of one file."""

    def __init__(self, file: str, kind: ListKind, near: str) -> None:
        self.file, self.kind, self.near = file, kind, near
        self.tables: list[pa.Table] = []
        self.seen: list[SheetSeen] = []
        self.ends: list[RowEnd] = []
        self.problems: list[Problem] = []

    def take(self, sheet: RawSheet, layout: Layout) -> None:
        done: Sorted = sort_rows(sheet, layout)
        assembly = Assembly(sheet, layout, done, self.kind, self.near)
        self.tables.append(assembly.build(self.file))
        self.problems += assembly.problems
        hidden = np.intersect1d(np.array(sheet.hidden_rows, np.int64) - 1, done.people)
        self.problems += [Problem(ProblemCode.HIDDEN_ROWS, sheet.name, int(row) + 1, "") for row in hidden]
        self.problems += [
            Problem(ProblemCode.COLUMNS_UNKNOWN, sheet.name, layout.header + 1, " ".join(heading.split()))
            for heading, found in zip(layout.headings, layout.fields, strict=True)
            if heading and not found
        ]
        self.ends += [RowEnd(sheet.name, row + 1, why) for row, why in sorted(done.ends)]
        self.seen.append(SheetSeen(sheet.name, layout.header + 1, sheet.hidden, sheet.rows, len(done.people)))

    def pass_over(self, sheet: RawSheet) -> None:
        """A sheet without a list: its rows are counted, and a hidden one is said aloud."""
        if sheet.hidden and sheet.rows:
            self.problems.append(Problem(ProblemCode.HIDDEN_SHEET, sheet.name, 0, ""))
        self.ends += [RowEnd(sheet.name, row + 1, Ending.OTHER_SHEET) for row in range(sheet.rows)]
        self.seen.append(SheetSeen(sheet.name, 0, sheet.hidden, sheet.rows, 0))

    def result(self, first: Layout) -> ReadResult:
        table = pa.concat_tables(self.tables, promote_options="default").unify_dictionaries().combine_chunks()
        if not table.num_rows:
            raise Refused(Refusal.NO_PEOPLE)
        problems = tuple(sorted(self.problems, key=lambda found: (found.sheet, found.row, found.code, found.column)))
        return ReadResult(
            file=self.file,
            kind=self.kind,
            table=table,
            sheets=tuple(self.seen),
            ends=tuple(self.ends),
            problems=problems,
            stage=stage_of(first),
            title=" · ".join(title for title in first.titles if title)[:200],
            as_of=as_of(first),
            headings={field: first.heading(field) for field in first.fields if field and field != "ignored"},
        )
