"""Every row of a sheet to one ending: a person, or rejected or skipped with the reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from reconcile.reading.columns import field_of
from reconcile.reading.identity import Place, place_in_line, read_identity, tps_alone
from reconcile.reading.layout import Layout
from reconcile.reading.problems import Ending, Problem, ProblemCode
from reconcile.reading.raw import RawSheet
from reconcile.reading.totals import TOTAL_WORDS, check_totals, is_total

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

# Any letter outside ASCII counts: the exact class of letters is forty times as slow.
_LETTER = r"[A-Za-z\x{80}-\x{10ffff}]"
_NUMBER = r"^\s*\d+\s*[.)]?\s*$"
# Cells with a digit that only a person has; and cells that a signature block may fill, too.
_STRONG = ("nik", "nkk", "birth_date", "birth_place_date", "age", "registration_number", "voter_id", "corrects_row")
_WEAK = ("address", "birth_place", "entry_date", "release_date", "rt", "sex", "unit", "block")
_LIKE_NIK = re.compile(r"(?:\d[\s.\-]?){10,}")
_SIGNATURE_WORDS = (
    r"^\W*(?:MENGETAHUI|MENYETUJUI|DITETAPKAN|DIBUAT|DISAHKAN|KETUA|KEPALA|KA\b|KASAT|KAPOL|KARUTAN|KALAPAS"
    r"|KASUBSI|KANIT|KASI\b|PETUGAS|PEJABAT|PANITIA|SEKRETARIS|ANGGOTA|A\.?N\.? |PLT\b|PLH\b|NIP\b|NRP\b"
    r"|KETERANGAN|CATATAN|NB\b|TTD)"
)
_SIGNATURE = re.compile(_SIGNATURE_WORDS, re.IGNORECASE)
_NOT_A_NAME = rf"(?i){TOTAL_WORDS}|{_SIGNATURE_WORDS}|^\W*NAMA\b"
_SERVICE_NUMBER = re.compile(r"\b(?:NIP|NRP)\b", re.IGNORECASE)


@dataclass
class Sorted:
    """Where each row of a sheet went. `people` are 0-based rows; `places` are (first row, place) in order."""

    people: Rows
    ends: list[tuple[int, Ending]]
    places: list[tuple[int, Place]]
    problems: list[Problem] = field(default_factory=list)


def sort_rows(sheet: RawSheet, layout: Layout) -> Sorted:
    """Give every row one ending. The many plain rows are sorted as arrays, only the odd ones one by one."""
    done = _sort_head(sheet, layout)
    certain, blank = _certain_people(sheet, layout), _blank_rows(sheet)
    certain[: layout.body] = False
    blank[: layout.body] = False
    done.ends += [(row, Ending.BLANK) for row in np.flatnonzero(blank).tolist()]
    odd = np.flatnonzero(~certain & ~blank)
    odd = odd[odd >= layout.body]
    walk = _Walk(sheet, layout, done, np.flatnonzero(certain), np.flatnonzero(blank))
    for row, cells in zip(odd.tolist(), sheet.cells(odd), strict=True):
        walk.judge(row, [cell.strip() for cell in cells])
    certain[walk.people] = True
    done.people = np.flatnonzero(certain)
    done.ends.sort()
    done.problems += check_totals(sheet, done.people, done.ends, layout.heading("name"))
    return done


def _sort_head(sheet: RawSheet, layout: Layout) -> Sorted:
    place: Place = {}
    ends: list[tuple[int, Ending]] = []
    for row, cells in enumerate(sheet.cells(range(layout.header))):
        filled = [cell.strip() for cell in cells if cell.strip()]
        named = read_identity(filled)
        place |= named or {name: said for name, said in place_in_line(" ".join(filled)).items() if name not in place}
        ends.append((row, Ending.IDENTITY if named else Ending.TITLE if filled else Ending.BLANK))
    ends += [(row, Ending.HEADER) for row in range(layout.header, layout.body)]
    return Sorted(np.zeros(0, np.int64), ends, [(0, place)])


def _matches(sheet: RawSheet, layout: Layout, name: str, pattern: str) -> Mask:
    place = layout.column(name)
    if place is None:
        return np.zeros(sheet.rows, bool)
    return np.array(pc.match_substring_regex(sheet.columns[place], pattern), bool)


def _certain_people(sheet: RawSheet, layout: Layout) -> Mask:
    """Return True where a row is a person beyond doubt: a name, evidence, a number if the list has them."""
    named = _matches(sheet, layout, "name", _LETTER) & ~_matches(sheet, layout, "name", _NOT_A_NAME)
    strong = _matches(sheet, layout, "nik", r"\d{10}")
    for name in _STRONG:
        if strong.all():
            break
        strong |= _matches(sheet, layout, name, r"\d{10}" if name in ("nik", "nkk") else r"\d")
    if layout.column("number") is not None:
        strong &= _matches(sheet, layout, "number", _NUMBER)
    certain = named & strong
    certain[list(sheet.ragged)] = False
    return certain


def _blank_rows(sheet: RawSheet) -> Mask:
    blank = np.ones(sheet.rows, bool)
    for column in sheet.columns:
        blank &= np.asarray(pc.binary_length(column)) == 0
        if not blank.any():
            break
    return blank


class _Walk:
    """Judges odd rows from top to bottom: what they are depends on the people before and after them."""

    def __init__(self, sheet: RawSheet, layout: Layout, done: Sorted, certain: Rows, blank: Rows) -> None:
        self.sheet, self.layout, self.done = sheet, layout, done
        self.certain, self.gaps = certain, blank
        self.people: list[int] = []
        self.last_gap = -1  # the last row, of those judged here, that interrupts the list
        self.last_number = 0

    def judge(self, row: int, cells: Sequence[str]) -> None:
        ending = self._ending(row, cells)
        if ending is None:
            self.people.append(row)
            return
        if ending in (Ending.TOTAL, Ending.SIGNATURE, Ending.BLANK):
            self.last_gap = row
        self.done.ends.append((row, ending))

    def _ending(self, row: int, cells: Sequence[str]) -> Ending | None:
        filled = [cell for cell in cells if cell]
        if not filled:
            return Ending.BLANK
        if _is_heading(filled) or self._repeats_heading(cells):
            return Ending.HEADER
        if _is_numbering(filled):
            return Ending.NUMBERING
        named = read_identity(cells) or (tps_alone(filled[0]) if len(filled) == 1 else {})
        if named:
            # A later identity block names the next TPS of the same sheet; its rows change one name each.
            self.done.places.append((row, {**self.done.places[-1][1], **named}))
            return Ending.IDENTITY
        if any(is_total(cell) for cell in filled[:3]) and not self._like_nik(cells):
            return Ending.TOTAL
        return self._person_or_not(row, cells)

    def _person_or_not(self, row: int, cells: Sequence[str]) -> Ending | None:
        name = self._cell(cells, "name")
        is_named = any(letter.isalpha() for letter in name)
        strong = self._like_nik(cells) or any(_has_digit(self._cell(cells, field)) for field in _STRONG[2:])
        evidence = strong or any(self._cell(cells, field) for field in _WEAK)
        if row in self.sheet.ragged and (evidence or is_named):
            return self._reject(ProblemCode.BAD_COLUMNS, row, "")
        number = self._number(cells)
        if not is_named:
            return self._nameless(row, cells, strong, evidence, number)
        if self._is_after_the_list(row):
            is_person = self._is_late_person(row, name, strong, evidence, number)
            return None if is_person else Ending.SIGNATURE
        if number or evidence or self.layout.column("number") is None:
            return None
        return Ending.TITLE  # a line between people that names a block or a group

    def _is_late_person(self, row: int, name: str, strong: bool, evidence: bool, number: int) -> bool:
        """Judge a name below the last certain person and a gap, where legends and signatures stand."""
        if number:
            return strong or evidence or number == self._number_before(row) + 1
        return strong and not _SIGNATURE.match(name)

    def _nameless(self, row: int, cells: Sequence[str], strong: bool, evidence: bool, number: int) -> Ending:
        is_late = self._is_after_the_list(row)
        if not evidence:
            if number and sum(bool(cell) for cell in cells) == 1:
                return Ending.BLANK  # a numbered row that nobody filled in
            return Ending.SIGNATURE if is_late else Ending.TITLE
        if is_late and (_SERVICE_NUMBER.search(" ".join(cells)) or not (number or self._like_nik(cells))):
            return Ending.SIGNATURE
        return self._reject(ProblemCode.NAME_MISSING, row, self.layout.heading("name"))

    def _reject(self, code: ProblemCode, row: int, column: str) -> Ending:
        self.done.problems.append(Problem(code, self.sheet.name, row + 1, column))
        return Ending.BAD_COLUMNS if code is ProblemCode.BAD_COLUMNS else Ending.NO_NAME

    def _repeats_heading(self, cells: Sequence[str]) -> bool:
        """Say whether a row is the heading once more, whatever words an office uses in it."""
        pairs = [(cell, over) for cell, over in zip(cells, self.layout.headings, strict=True) if cell]
        return len(pairs) > 1 and all(cell == over for cell, over in pairs)

    def _last_person(self, row: int) -> int:
        before = int(np.searchsorted(self.certain, row))
        last = int(self.certain[before - 1]) if before else -1
        return max(last, self.people[-1] if self.people else -1)

    def _is_after_the_list(self, row: int) -> bool:
        """Say whether no certain person follows, and something interrupts the list above this row."""
        if len(self.certain) and row < self.certain[-1]:
            return False
        last = self._last_person(row)
        if last < 0:
            return False
        before = int(np.searchsorted(self.gaps, row))
        last_blank = int(self.gaps[before - 1]) if before else -1
        return max(last_blank, self.last_gap) > last

    def _number_before(self, row: int) -> int:
        last = self._last_person(row)
        return self._number(self.sheet.cells([last])[0]) if last >= 0 else 0

    def _number(self, cells: Sequence[str]) -> int:
        digits = self._cell(cells, "number").strip(" .)")
        return int(digits) if digits.isdecimal() and len(digits) < 10 else 0

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self.layout.column(name)
        return cells[place] if place is not None else ""

    def _like_nik(self, cells: Sequence[str]) -> bool:
        return any(_LIKE_NIK.search(self._cell(cells, name)) for name in _STRONG[:2])


def _has_digit(cell: str) -> bool:
    return any(letter.isdecimal() for letter in cell)


def _is_heading(filled: Sequence[str]) -> bool:
    """A heading repeated on a later page, or a line of explanations in parentheses under the heading."""
    if all(cell.startswith("(") and cell.endswith(")") and not cell.strip("()").isdecimal() for cell in filled):
        return len(filled) > 1
    return len(filled) > 1 and sum(bool(field_of(cell)) for cell in filled) >= len(filled) - len(filled) // 4


def _is_numbering(filled: Sequence[str]) -> bool:
    """The row of column numbers: 1, 2, 3 ... or (1) (2) (3), and nothing else."""
    bare = [cell.strip("()[]. ") for cell in filled]
    if len(filled) < 3 or not all(cell.isdecimal() and len(cell) < 3 for cell in bare):
        return False
    numbers = [int(cell) for cell in bare]
    steps = [later - earlier for earlier, later in zip(numbers, numbers[1:], strict=False)]
    return numbers[0] <= 2 and all(step in (0, 1, 2) for step in steps) and 1 in steps


def place_of_rows(done: Sorted) -> Rows:
    """Return for each person the index of the place in force at that row."""
    starts = np.array([row for row, _ in done.places])
    return np.asarray(np.searchsorted(starts, done.people, side="right") - 1)
