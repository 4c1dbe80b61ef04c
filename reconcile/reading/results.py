"""The account of one file: its records, and what became of every row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from reconcile.reading.corrections import Corrects
from reconcile.reading.problems import REJECTED, Ending, Problem
from reconcile.records import ListKind


@dataclass(frozen=True)
class SheetSeen:
    """One sheet of a file: where its heading stands (0: none found) and what became of its rows."""

    name: str
    header_row: int
    hidden: bool
    rows: int
    records: int
    header_lines: int = 1


@dataclass(frozen=True)
class RowEnd:
    """A row that is no record, and why."""

    sheet: str
    row: int
    why: Ending


@dataclass(frozen=True)
class ReadResult:
    """One file, read. `table` has columns of `records.COLUMNS`, one row a person, in the file's order."""

    file: str
    kind: ListKind
    table: pa.Table
    sheets: tuple[SheetSeen, ...]
    ends: tuple[RowEnd, ...]
    problems: tuple[Problem, ...]
    stage: str = ""  # "DPT", "DPS", ... as the title says
    title: str = ""
    as_of: date | None = None  # "keadaan tanggal ..." of a register
    headings: Mapping[str, str] = field(default_factory=dict)  # our field -> the office's heading
    corrects: Corrects | None = None  # for a correction workbook that came back: what its records replace

    @property
    def records(self) -> int:
        return int(self.table.num_rows)

    @property
    def rejected(self) -> int:
        return sum(end.why in REJECTED for end in self.ends)

    @property
    def skipped(self) -> int:
        return len(self.ends) - self.rejected

    @property
    def rows(self) -> int:
        """Rows from the first of each sheet to the last with anything in it."""
        return sum(sheet.rows for sheet in self.sheets)
