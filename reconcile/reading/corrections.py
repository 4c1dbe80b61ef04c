"""Correction workbooks coming back: which rows of which list their records stand for (see `writing.corrections`)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from reconcile.reading.layout import Layout
from reconcile.reading.problems import Problem, ProblemCode, Refusal, Refused
from reconcile.reading.raw import RawSheet
from reconcile.reading.rows import Rows

# The headings of a correction workbook beside the office's own: what its people read, and where a row belongs.
WRONG, REMEDY = "rutanvote: yang salah", "rutanvote: cara memperbaiki"
FILE, SHEET, ROW = "rutanvote: berkas", "rutanvote: lembar", "rutanvote: baris"

_SHA256 = re.compile(r"[0-9a-f]{64}")

Place = tuple[str, int]  # sheet and row of the list that is corrected; row 0: of no row
NOWHERE: Place = ("", 0)


@dataclass(frozen=True)
class Corrects:
    """What the records of a correction workbook replace: the file of `sha256`, and one place a record."""

    sha256: str
    places: tuple[Place, ...]


def places_in(sheet: RawSheet, layout: Layout, people: Rows) -> tuple[set[str], list[Place]]:
    """Return the files that a sheet's people (0-based rows) say to come from, and the place each of them names."""
    files, sheets, rows = (
        sheet.values(layout.column(name), people) for name in ("corrects_file", "corrects_sheet", "corrects_row")
    )
    named = {file.strip() for file in files}
    places = [
        (said, int(row)) if _SHA256.fullmatch(file.strip()) and row.isdecimal() and len(row) < 9 else NOWHERE
        for file, said, row in zip(files, sheets, rows, strict=True)
    ]
    return {file for file in named if _SHA256.fullmatch(file)}, places


def corrects(files: set[str], places: Sequence[Place], records: pa.Table) -> tuple[Corrects | None, list[Problem]]:
    """Put the sheets of one file together; None for a file that corrects nothing.

    `places`: what each of the `records` says to replace. Raises Refused for rows of two files in one.
    """
    if not files:
        return None, []
    if len(files) > 1:
        raise Refused(Refusal.MIXED_CORRECTIONS)
    times = Counter(places)
    problems = []
    stands = zip(records["sheet"].to_pylist(), records["row"].to_pylist(), strict=True)
    for place, (sheet, row) in zip(places, stands, strict=True):
        if place == NOWHERE:
            problems.append(Problem(ProblemCode.CORRECTS_NOTHING, sheet, row, ""))
        elif times[place] > 1:
            problems.append(Problem(ProblemCode.CORRECTED_TWICE, sheet, row, ""))
    return Corrects(files.pop(), tuple(places)), problems
