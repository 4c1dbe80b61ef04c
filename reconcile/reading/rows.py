"""Every row of a sheet to one ending: a person, or rejected or skipped with the reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.reading.columns import field_of
from reconcile.reading.layout import Layout, Place, cells_of, place_in_line, read_identity
from reconcile.reading.problems import Ending, Problem, ProblemCode
from reconcile.reading.workbook import RawSheet

_TOTAL = re.compile(r"^(?:SUB\s*TOTAL|SUB\s*JUMLAH|JUMLAH|TOTAL|JML|REKAP)\b", re.IGNORECASE)
_EVIDENCE = (
    "nik", "nkk", "birth_date", "birth_place_date", "birth_place", "address", "registration_number", "age",
    "entry_date", "rt", "voter_id",
)  # fmt: skip
_LIKE_NIK = re.compile(r"\d[\s.\-]?(?:\d[\s.\-]?){9,}")


@dataclass
class Sorted:
    """Where each row of a sheet went. `people` are 0-based rows; `places` are (first row, place) in order."""

    people: npt.NDArray[np.int64]
    ends: list[tuple[int, Ending]]
    places: list[tuple[int, Place]]
    problems: list[Problem] = field(default_factory=list)


def sort_rows(sheet: RawSheet, layout: Layout) -> Sorted:
    """Give every row one ending. The many plain rows are sorted as arrays, only the odd ones one by one."""
    head = _sort_head(sheet, layout)
    plain = _plain_people(sheet, layout)
    plain[: layout.body] = False
    walk = _Walk(sheet, layout, head)
    odd = np.flatnonzero(~plain)
    for row in odd[odd >= layout.body].tolist():
        walk.judge(row)
    plain[walk.people] = True
    head.people = np.flatnonzero(plain)
    _check_totals(sheet, layout, head)
    return head


def _sort_head(sheet: RawSheet, layout: Layout) -> Sorted:
    place, ends = Place(), []
    for row in range(layout.header):
        cells = cells_of(sheet, row)
        if not any(cells):
            ends.append((row, Ending.BLANK))
        elif read_identity(cells, place):
            ends.append((row, Ending.IDENTITY))
        else:
            if not place.names:
                place.names.update(place_in_line(" ".join(cell for cell in cells if cell)).names)
            ends.append((row, Ending.TITLE))
    ends += [(row, Ending.HEADER) for row in range(layout.header, layout.body)]
    return Sorted(np.zeros(0, np.int64), ends, [(0, place)])


def _plain_people(sheet: RawSheet, layout: Layout) -> npt.NDArray[np.bool_]:
    """Return True where a row is a person beyond doubt: a name, a number or nothing as its number, and evidence."""
    name = sheet.columns[layout.fields.index("name")]
    plain = np.asarray(pc.match_substring_regex(name, r"[A-Za-z]")).copy()
    plain &= ~np.asarray(pc.equal(name, layout.headings[layout.fields.index("name")]))
    number = layout.column("number")
    if number is not None:
        plain &= np.asarray(pc.match_substring_regex(sheet.columns[number], r"^\s*\d*\s*[.)]?\s*$"))
        plain &= ~np.asarray(pc.match_substring_regex(name, f"(?i){_TOTAL.pattern}"))
    evidence = np.zeros(sheet.rows, bool)
    for wanted in _EVIDENCE:
        place = layout.column(wanted)
        if place is not None:
            evidence |= np.asarray(pc.match_substring_regex(sheet.columns[place], r"\w"))
    plain &= evidence
    plain[list(sheet.ragged)] = False
    return plain


class _Walk:
    """Judges odd rows from top to bottom; remembers whether the list has ended and which place is in force."""

    def __init__(self, sheet: RawSheet, layout: Layout, head: Sorted) -> None:
        self.sheet, self.layout, self.head = sheet, layout, head
        self.people: list[int] = []
        self.ended = False
        self.last_blank = -2

    def judge(self, row: int) -> None:
        cells = cells_of(self.sheet, row)
        ending = self._ending(row, cells)
        if ending is None:
            self.people.append(row)
            return
        if ending in (Ending.TOTAL, Ending.SIGNATURE):
            self.ended = True
        if ending is Ending.BLANK:
            self.last_blank = row
        self.head.ends.append((row, ending))

    def _ending(self, row: int, cells: Sequence[str]) -> Ending | None:
        filled = [cell for cell in cells if cell]
        if not filled:
            return Ending.BLANK
        place = Place()
        if read_identity(cells, place):
            self._new_place(row, place)
            return Ending.IDENTITY
        if len(filled) > 1 and sum(bool(field_of(cell)) for cell in filled) >= max(2, len(filled) - 1):
            return Ending.HEADER
        if _is_numbering(filled):
            return Ending.NUMBERING
        evidence = any(_cell(cells, self.layout, wanted) for wanted in _EVIDENCE)
        if any(_TOTAL.match(cell) for cell in filled[:3]) and not _cell(cells, self.layout, "nik"):
            return Ending.TOTAL
        return self._person_or_not(row, cells, evidence)

    def _person_or_not(self, row: int, cells: Sequence[str], evidence: bool) -> Ending | None:
        name = _cell(cells, self.layout, "name")
        number = _cell(cells, self.layout, "number").rstrip(".)")
        if row in self.sheet.ragged and (evidence or name):
            self._problem(ProblemCode.BAD_COLUMNS, row, "")
            return Ending.BAD_COLUMNS
        if any(letter.isalpha() for letter in name):
            if number.isdecimal() or (evidence and not self.ended):
                return None
            alone = self.ended or row - 1 == self.last_blank or not evidence
            return Ending.SIGNATURE if alone else None
        said = " ".join(cells)
        if evidence and (number.isdecimal() or _LIKE_NIK.search(said)):
            self._problem(ProblemCode.NAME_MISSING, row, self.layout.heading("name"))
            return Ending.NO_NAME
        return Ending.SIGNATURE

    def _problem(self, code: ProblemCode, row: int, column: str) -> None:
        self.head.problems.append(Problem(code, self.sheet.name, row + 1, column))

    def _new_place(self, row: int, read: Place) -> None:
        """A later identity block names the next TPS of the same sheet; its rows change one name each."""
        last = self.head.places[-1][1]
        self.head.places.append((row, Place({**last.names, **read.names})))


def _cell(cells: Sequence[str], layout: Layout, name: str) -> str:
    place = layout.column(name)
    return cells[place] if place is not None else ""


def _is_numbering(filled: Sequence[str]) -> bool:
    """The row of column numbers: 1, 2, 3 ... and nothing else."""
    if len(filled) < 3 or not all(cell.isdecimal() for cell in filled):
        return False
    numbers = [int(cell) for cell in filled]
    return numbers[0] <= 2 and all(later - earlier == 1 for earlier, later in zip(numbers, numbers[1:], strict=False))


def _check_totals(sheet: RawSheet, layout: Layout, done: Sorted) -> None:
    """Compare what the sheet's total rows say with the people read since the last one, and in all."""
    start = 0
    for row, ending in done.ends:
        if ending is not Ending.TOTAL:
            continue
        said = {int(number) for cell in cells_of(sheet, row) for number in re.findall(r"\d+", cell.replace(".", ""))}
        since, total = int(np.sum((done.people >= start) & (done.people < row))), int(np.sum(done.people < row))
        if said and not said & {since, total}:
            done.problems.append(Problem(ProblemCode.TOTAL_DIFFERS, sheet.name, row + 1, layout.heading("name")))
        start = row


def place_of_rows(done: Sorted) -> npt.NDArray[np.int64]:
    """Return for each person the index of the place in force at that row."""
    starts = np.array([row for row, _ in done.places])
    return np.asarray(np.searchsorted(starts, done.people, side="right") - 1)


def texts(sheet: RawSheet, layout: Layout, name: str, people: npt.NDArray[np.int64]) -> pa.Array | None:
    """Return one field of the people, trimmed; None when the sheet has no such column."""
    place = layout.column(name)
    if place is None:
        return None
    return pc.utf8_trim_whitespace(sheet.columns[place].take(pa.array(people)))
