"""The people of one sheet on their way to records: columns so far, and what is wrong with their cells."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.reading.cleaning import tidy
from reconcile.reading.identity import Place
from reconcile.reading.layout import Layout
from reconcile.reading.problems import Problem, ProblemCode
from reconcile.reading.raw import NUMBER, RawSheet
from reconcile.reading.rows import Sorted, place_of_rows
from reconcile.records import COLUMNS, ListKind

Mask = npt.NDArray[np.bool_]


class Draft:
    """`columns` (names of `records.COLUMNS`) fill step by step; every step reports what it finds wrong."""

    def __init__(self, sheet: RawSheet, layout: Layout, done: Sorted, kind: ListKind, near: str) -> None:
        self._sheet, self._layout, self._done = sheet, layout, done
        # People that stand one below the other are a slice of the sheet's columns, without a copy of them.
        first, last = (int(done.people[0]), int(done.people[-1])) if len(done.people) else (0, -1)
        self._rows = slice(first, last + 1) if last - first + 1 == len(done.people) else pa.array(done.people)
        self.kind, self.near, self.count = kind, near, len(done.people)
        self.columns: dict[str, pa.Array] = {}
        self.problems: list[Problem] = list(done.problems)

    def has(self, *names: str) -> bool:
        return any(name in self._layout.fields for name in names)

    def texts(self, name: str) -> pa.Array | None:
        """Return one field of the people, tidied; None when the sheet has no such column."""
        place = self._layout.column(name)
        if place is None:
            return None
        column = self._sheet.columns[place]
        return tidy(column[self._rows] if isinstance(self._rows, slice) else column.take(self._rows))

    def is_number(self, name: str) -> Mask | None:
        """Return True where the office's cell is a number, None for a column of texts only."""
        kinds = self._sheet.kinds[self._layout.fields.index(name)]
        return None if kinds is None else np.asarray(kinds[self._done.people] == NUMBER)

    def constant(self, value: str | None) -> pa.Array:
        indices = pa.array(np.zeros(self.count, np.int32))
        return pa.DictionaryArray.from_arrays(indices, pa.array([value], pa.string()))

    def report(self, code: ProblemCode, wrong: Mask, name: str, said: Sequence[str] | None = None) -> None:
        """Add one problem for every person (array position) that is True in `wrong`.

        `said`: what speaks against the cell, one text for each of these problems.
        """
        rows = self._done.people[wrong]
        values = self._sheet.values(self._layout.column(name), rows)
        found = zip(rows.tolist(), values, said or [""] * len(rows), strict=True)
        heading, sheet = self._layout.heading(name), self._sheet.name
        self.problems += [Problem(code, sheet, row + 1, heading, value, other) for row, value, other in found]

    def report_each(self, codes: pa.Array, name: str) -> None:
        """Add the problem that stands in `codes` for each person, nothing where it is null."""
        for code in sorted(codes.drop_null().unique().to_pylist()):
            wrong = np.array(pc.fill_null(pc.equal(codes, code), False), bool)
            self.report(ProblemCode(code), wrong, name)

    def report_sheet(self, code: ProblemCode, name: str = "") -> None:
        """Add one problem of the whole sheet."""
        self.problems.append(Problem(code, self._sheet.name, 0, self._layout.heading(name)))

    def identity(self, names: Iterable[str]) -> Mapping[str, pa.Array]:
        """Return what the identity block in force says to each person under each name, "" for nothing."""
        places: Sequence[Place] = [place for _, place in self._done.places]
        index = pa.array(place_of_rows(self._done))
        return {name: pa.array([place.get(name, "") for place in places], pa.string()).take(index) for name in names}

    def table(self, file: str) -> pa.Table:
        columns = self.columns | {
            "source_file": self.constant(file),
            "sheet": self.constant(self._sheet.name),
            "kind": self.constant(self.kind.value),
            "row": pa.array(self._done.people + 1, pa.int32()),
        }
        return pa.table({name: columns[name].cast(kind) for name, kind in COLUMNS.items() if name in columns})
