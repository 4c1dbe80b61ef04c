"""One file or many -> results: opens, recognises, sorts the rows, assembles the records."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from reconcile.reading.assembling import assemble
from reconcile.reading.checking import twice
from reconcile.reading.homes import regency_of
from reconcile.reading.layout import Layout, as_of, find_layout, kind_of, refuse_without_header, stage_of
from reconcile.reading.problems import Ending, Problem, ProblemCode, Refusal, Refused
from reconcile.reading.raw import Raw, RawSheet
from reconcile.reading.results import ReadResult, RowEnd, SheetSeen
from reconcile.reading.rows import sort_rows
from reconcile.reading.text import read_text
from reconcile.reading.workbook import is_workbook, read_workbooks
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


def distinct_names(paths: Sequence[Path]) -> list[str]:
    """Name files as the office does; files of one name keep so many folders that a row is never ambiguous."""
    names = [path.name for path in paths]
    for longer in ([f"{path.parent.name}/{path.name}" for path in paths], [str(path) for path in paths]):
        counts = Counter(names)
        names = [name if counts[name] == 1 else other for name, other in zip(names, longer, strict=True)]
    return names


def read_lists(
    paths: Sequence[Path],
    *,
    names: Sequence[str] | None = None,
    near: str = "",
    each: Callable[[int, Outcome], None] | None = None,
) -> list[Outcome]:
    """Read files, workbooks in up to two processes; return a result or a refusal for each, in order.

    `names`: what the offices call the files (default: their own names, `distinct_names`).
    `each(place, outcome)` is called as each file is done, from several threads.
    """
    called = names or distinct_names(paths)
    outcomes: dict[int, Outcome] = {}

    def finish(place: int, raw: Raw) -> None:
        outcomes[place] = _outcome(raw, called[place], near)
        if each:
            each(place, outcomes[place])

    workbooks = [place for place, path in enumerate(paths) if not _finish_text(place, path, finish)]
    if workbooks:
        read_workbooks([paths[place] for place in workbooks], lambda nth, raw: finish(workbooks[nth], raw))
    return [outcomes[place] for place in range(len(paths))]


def _finish_text(place: int, path: Path, finish: Callable[[int, Raw], None]) -> bool:
    """Read a file that is no workbook; return whether it was none."""
    try:
        if is_workbook(path):
            return False
        finish(place, [read_text(path)])
    except Refused as refused:
        finish(place, refused)
    return True


def _outcome(raw: Raw, file: str, near: str) -> Outcome:
    try:
        if isinstance(raw, Refused):
            raise raw
        return understand(raw, file, near)
    except Refused as refused:
        refused.file = file
        return refused


def understand(sheets: Sequence[RawSheet], file: str, near: str = "") -> ReadResult:
    """Turn the raw sheets of one file into its records and account. Raises Refused."""
    layouts = [None if sheet.hidden or not sheet.rows else find_layout(sheet) for sheet in sheets]
    lists = [(sheet, layout) for sheet, layout in zip(sheets, layouts, strict=True) if layout]
    if not lists:
        raise refuse_without_header(sheets)
    kinds = {sheet.name: kind_of(layout, sheet.name) for sheet, layout in lists}
    kind = _one_kind(set(kinds.values()) - {None})
    account = _Account(file, kind, near)
    for sheet, layout in zip(sheets, layouts, strict=True):
        # A sheet that does not say its kind continues the list of the others, if it is about people at all.
        if layout and (kinds[sheet.name] is kind or (kinds[sheet.name] is None and layout.is_personal)):
            account.take(sheet, layout)
        else:
            account.pass_over(sheet)
    return account.result()


def _one_kind(kinds: set[ListKind | None]) -> ListKind:
    found = sorted(kind for kind in kinds if kind)
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

    def take(self, sheet: RawSheet, layout: Layout) -> None:
        self.first = self.first or layout
        done = sort_rows(sheet, layout)
        near = self.near or regency_of(layout.titles)
        table, problems = assemble(sheet, layout, done, self.kind, file=self.file, near=near)
        self.tables.append(table)
        self.problems += problems
        people = set(done.people.tolist()) if sheet.hidden_rows else set()
        hidden = sorted(row for row in sheet.hidden_rows if row - 1 in people)
        self.problems += [Problem(ProblemCode.HIDDEN_ROWS, sheet.name, row, "") for row in hidden]
        self.problems += [
            Problem(ProblemCode.COLUMNS_UNKNOWN, sheet.name, layout.header + 1, heading) for heading in layout.unknown()
        ]
        self.ends += [RowEnd(sheet.name, row + 1, why) for row, why in done.ends]
        self.seen.append(SheetSeen(sheet.name, layout.header + 1, sheet.hidden, sheet.rows, len(done.people)))

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
        problems = sorted(self.problems, key=lambda found: (found.sheet, found.row, found.code, found.column))
        return ReadResult(
            file=self.file,
            kind=self.kind,
            table=table,
            sheets=tuple(self.seen),
            ends=tuple(self.ends),
            problems=tuple(problems),
            stage=stage_of(self.first),
            title=" · ".join(title for title in self.first.titles if title)[:200],
            as_of=as_of(self.first),
            headings={name: self.first.heading(name) for name in self.first.fields if name not in ("", "ignored")},
        )

    def _report_twice(self, table: pa.Table, heading: str) -> None:
        if "nik" not in table.column_names:
            return
        again = np.flatnonzero(twice(table["nik"]))
        where = table.select(["sheet", "row"]).take(pa.array(again))
        sheets, rows = where["sheet"].to_pylist(), where["row"].to_pylist()
        self.problems += [
            Problem(ProblemCode.NIK_TWICE, sheet, row, heading) for sheet, row in zip(sheets, rows, strict=True)
        ]
