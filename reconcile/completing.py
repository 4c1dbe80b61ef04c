"""A list and its correction workbook -> the completed list: corrected rows stand where the faulty ones stood.

Rows of the office's file keep their sheet and row; its account stays whole, with fewer rejected rows. Never
imports Django.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa

from reconcile.reading import Problem, ProblemCode, ReadResult, Refusal, Refused
from reconcile.reading.checking import twice
from reconcile.reading.corrections import Place
from reconcile.reading.problems import REJECTED
from reconcile.records import COLUMNS

_OF_THE_WORKBOOK = frozenset({ProblemCode.CORRECTS_NOTHING, ProblemCode.CORRECTED_TWICE})


def complete(base: ReadResult, correction: ReadResult) -> ReadResult:
    """Put the rows of a correction workbook into the list they come from; the first of two for one row counts.

    Raises Refused(MIXED_CORRECTIONS) for a file that corrects nothing of this list.
    """
    rows = _rows(base, correction)
    if not rows:
        raise Refused(Refusal.MIXED_CORRECTIONS, correction.file)
    corrected = _moved(correction.table.take(pa.array(list(rows.values()))), list(rows))
    stays = pa.array([place not in rows for place in _places(base.table)], pa.bool_())
    table = _ordered(base, pa.concat_tables([base.table.filter(stays), corrected], promote_options="default"))
    stood = _places(correction.table)
    places = {stood[at]: to for to, at in rows.items()}
    problems = [
        *(each for each in base.problems if (each.sheet, each.row) not in rows and each.code is not _TWICE),
        *_told(correction, places),
        *_again(table, base.headings.get("nik", "")),
    ]
    return replace(
        base,
        table=table,
        ends=tuple(end for end in base.ends if (end.sheet, end.row) not in rows),
        problems=tuple(sorted(problems, key=lambda found: (found.sheet, found.row, found.code, found.column))),
    )


_TWICE = ProblemCode.NIK_TWICE


def _places(table: pa.Table) -> list[Place]:
    return list(zip(table["sheet"].to_pylist(), table["row"].to_pylist(), strict=True))


def _rows(base: ReadResult, correction: ReadResult) -> dict[Place, int]:
    """Return the record that stands for each corrected place, where the list has such a row to correct."""
    known = set(_places(base.table)) | {(end.sheet, end.row) for end in base.ends if end.why in REJECTED}
    found: dict[Place, int] = {}
    for at, place in enumerate(correction.corrects.places if correction.corrects else ()):
        if place in known:
            found.setdefault(place, at)
    return found


def _moved(records: pa.Table, places: list[Place]) -> pa.Table:
    """Return corrected records as rows of the office's own file."""
    sheets = pa.array([sheet for sheet, _ in places], pa.string()).cast(COLUMNS["sheet"])
    columns = {"sheet": sheets, "row": pa.array([row for _, row in places], pa.int32())}
    for name, column in columns.items():
        records = records.set_column(records.column_names.index(name), name, column)
    return records


def _ordered(base: ReadResult, table: pa.Table) -> pa.Table:
    """Return the records in the order of the office's file."""
    table = table.unify_dictionaries().combine_chunks()
    order = {seen.name: place for place, seen in enumerate(base.sheets)}
    sheets = np.array([order[sheet] for sheet in table["sheet"].to_pylist()], np.int64)
    return table.take(pa.array(np.lexsort((np.asarray(table["row"]), sheets))))


def _told(correction: ReadResult, places: dict[Place, Place]) -> Iterator[Problem]:
    """Yield what is still wrong with the corrected rows, and which rows of the workbook stand for nothing."""
    for problem in correction.problems:
        place = places.get((problem.sheet, problem.row))
        if problem.code in _OF_THE_WORKBOOK:
            yield problem
        elif place and problem.code is not _TWICE:
            yield replace(problem, sheet=place[0], row=place[1])


def _again(table: pa.Table, heading: str) -> Iterator[Problem]:
    if "nik" not in table.column_names:
        return
    found = table.select(["sheet", "row", "nik"]).take(pa.array(np.flatnonzero(twice(table["nik"]))))
    for row in found.to_pylist():
        yield Problem(_TWICE, row["sheet"], row["row"], heading, row["nik"])
