"""A read list -> the correction workbook: the uploader's own sheets, only the rows that need work, and why.

Two columns are added for people (what is wrong, how to mend it) and three that say which row of which file a
row is, so that the workbook can be uploaded again, corrected, and completes the list (`reading.corrections`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from reconcile.reading import Ending, ListMapping, Problem, ProblemCode, ReadResult, SheetSeen
from reconcile.reading.corrections import FILE, REMEDY, ROW, SHEET, WRONG
from reconcile.reading.layout import LOOK_AT, find_layout
from reconcile.reading.lists import read_cells
from reconcile.reading.mapping import NOTHING_SAID
from reconcile.reading.raw import DAY, NUMBER, TEXT, RawSheet
from reconcile.workbooks import save_still, text_cell
from reconcile.writing.account import needs_a_look

# What is wrong with a whole sheet, or with more rows than the one it is told of: no work on that row.
_OF_THE_SHEET = frozenset(
    {ProblemCode.PLACE_UNKNOWN, ProblemCode.TOTAL_DIFFERS, ProblemCode.COLUMN_TWICE, ProblemCode.HIDDEN_COLUMN}
)
_IDENTIFIERS = frozenset({"nik", "nkk"})
_KEPT_DIGITS = 15  # of a number of 16 digits; a spreadsheet has lost the last
_ADDED = {WRONG: 45, REMEDY: 45, FILE: 8, SHEET: 12, ROW: 8}  # headings, and how wide their columns are
_TEXT_SHEET = "DAFTAR"  # the sheet of a text file
_LONGEST_TITLE = 31
_AMBER, _GREY, _WRAPPED = PatternFill("solid", fgColor="FFF3D6"), Font(color="5B6470"), Alignment(wrap_text=True)

Work = dict[tuple[str, int], list[Problem]]
SayTwice = Callable[[Problem], tuple[str, str]]  # what is wrong, and how to mend it


def rows_to_correct(result: ReadResult) -> Work:
    """Return the rows somebody must work on, by sheet and row, each with what is wrong with it.

    Records with a problem that needs a look, and rejected rows; in the order of the problems.
    """
    work: Work = defaultdict(list)
    for problem in result.problems:
        if problem.row and problem.code not in _OF_THE_SHEET and needs_a_look(result, problem):
            work[problem.sheet, problem.row].append(problem)
    return dict(work)


def correction_workbook(
    path: Path,
    result: ReadResult,
    *,
    sha256: str,
    say: SayTwice,
    target: Path | BinaryIO,
    mapping: ListMapping = NOTHING_SAID,
) -> int:
    """Write the rows of `rows_to_correct` to `target`, row after row; return how many there are.

    `path`: the file that `result` was read from with `mapping`, `sha256` its fingerprint. Raises Refused when
    the file cannot be read any more, ValueError when there is nothing to correct.
    """
    work = rows_to_correct(result)
    if not work:
        raise ValueError("no row needs work")
    places = _identity_rows(result)
    cells = {sheet.name: sheet for sheet in read_cells(path, mapping, _wanted(result, work, places))}
    book = Workbook(write_only=True)
    by_sheet: dict[str, dict[int, list[Problem]]] = defaultdict(dict)
    for (name, row), problems in work.items():
        by_sheet[name][row] = problems
    for seen in result.sheets:
        if seen.name in by_sheet:
            _Sheet(book, cells[seen.name], seen, mapping, sha256, say).write(by_sheet[seen.name], places[seen.name])
    save_still(book, target)
    return len(work)


def _wanted(result: ReadResult, work: Work, places: Mapping[str, list[int]]) -> dict[str, npt.NDArray[np.int64]]:
    """Return the rows (from 0) that are written, and all in which a heading may stand, by sheet."""
    found: dict[str, set[int]] = {seen.name: {*range(seen.header_row + LOOK_AT)} for seen in result.sheets}
    for name, row in work:
        found[name].add(row - 1)
    for name, rows in places.items():
        found[name].update(row - 1 for row in rows)
    return {name: np.array(sorted(rows), np.int64) for name, rows in found.items()}


def _identity_rows(result: ReadResult) -> Mapping[str, list[int]]:
    """Return the rows below each heading that name the place of what follows."""
    headers = {seen.name: seen.header_row for seen in result.sheets}
    found: dict[str, list[int]] = defaultdict(list)
    for end in result.ends:
        if end.why is Ending.IDENTITY and end.row > headers[end.sheet]:
            found[end.sheet].append(end.row)
    return found


class _Sheet:
    """Writes one sheet: everything down to the heading as it stood, then the rows that need work."""

    def __init__(
        self, book: Workbook, cells: RawSheet, seen: SheetSeen, mapping: ListMapping, sha256: str, say: SayTwice
    ) -> None:
        said = ListMapping(fields=mapping.fields, header_rows={cells.name: seen.header_row})
        layout = find_layout(cells, said)
        assert layout is not None, "a sheet with people has a heading"
        self.cells, self.layout, self.sha256, self.say = cells, layout, sha256, say
        self.sheet = book.create_sheet((cells.name or _TEXT_SHEET)[:_LONGEST_TITLE])

    def write(self, work: Mapping[int, list[Problem]], places: Sequence[int]) -> None:
        for column, width in enumerate(_ADDED.values(), start=len(self.cells.columns) + 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        self.sheet.freeze_panes = f"A{self.layout.body + 1}"
        for row, texts in enumerate(self.cells.cells(range(self.layout.body))):
            added = _ADDED if row == self.layout.header else ()
            self.sheet.append([text_cell(self.sheet, text) for text in (*texts, *added)])
        rows = sorted({*work, *(row for row in places if row < max(work))})
        for row, texts in zip(rows, self.cells.cells([row - 1 for row in rows]), strict=True):
            problems = work.get(row, [])
            self.sheet.append([*self._own(row - 1, texts, problems), *self._added(row, problems)])

    def _own(self, row: int, texts: Sequence[str], problems: Sequence[Problem]) -> Iterator[Any]:
        """Yield the office's cells, what is wrong in amber; nobody can take a damaged number for a good one."""
        codes = {problem.code for problem in problems}
        if ProblemCode.BAD_COLUMNS in codes:
            texts = self._in_one_cell(texts)
        wrong = {problem.column for problem in problems} - {""}
        for place, (text, field) in enumerate(zip(texts, self.layout.fields, strict=True)):
            kind = self._kind(place, row)
            if field in _IDENTIFIERS:
                is_rounded = kind == NUMBER or (field == "nik" and ProblemCode.NIK_ROUNDED in codes)
                text = f"{text[:_KEPT_DIGITS]}?" if is_rounded and len(text) > _KEPT_DIGITS else text
                kind = TEXT
            cell = self._cell(text, kind, plain=field not in _IDENTIFIERS)
            if " ".join(self.layout.headings[place].split()) in wrong:
                cell = cell if isinstance(cell, Cell) else WriteOnlyCell(self.sheet, cell)
                cell.fill = _AMBER
            yield cell

    def _kind(self, place: int, row: int) -> int:
        kinds = self.cells.kinds[place]
        return TEXT if kinds is None else int(kinds[row])

    def _in_one_cell(self, texts: Sequence[str]) -> list[str]:
        """Return a row of which nobody knows where a cell is missing: whole, in a place where it names nobody."""
        first = 1 if self.layout.column("name") == 0 else 0
        return [" | ".join(texts) if place == first else "" for place in range(len(texts))]

    def _cell(self, text: str, kind: int, *, plain: bool) -> Any:
        """Return a cell as it was. `plain`: text that cannot be taken for anything else needs no format."""
        if kind == NUMBER:
            return int(text) if text.lstrip("-").isdecimal() else float(text)
        if kind == DAY:
            cell = WriteOnlyCell(self.sheet, date.fromisoformat(text))
            cell.number_format = "dd/mm/yyyy"
            return cell
        if plain and (not text or text[0].isalnum()) and not ILLEGAL_CHARACTERS_RE.search(text):
            return text or None
        return text_cell(self.sheet, text)

    def _added(self, row: int, problems: Sequence[Problem]) -> Iterator[Any]:
        """Yield what is wrong, how to mend it, and where the row stands in which file."""
        if not problems:
            return
        said = [(problem.column, *self.say(problem)) for problem in problems]
        wrong = [f"{column}: {what}" if column else what for column, what, _ in said]
        for lines in (wrong, [how for _, _, how in said]):
            cell = text_cell(self.sheet, "\n".join(dict.fromkeys(lines)))
            cell.alignment = _WRAPPED
            yield cell
        for value in (self.sha256, self.cells.name, row):
            cell = text_cell(self.sheet, value) if isinstance(value, str) else WriteOnlyCell(self.sheet, value)
            cell.font = _GREY
            yield cell
