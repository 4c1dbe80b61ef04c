"""One file of an upload on its way into the database: its records, its account, its problems by rank."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from reconcile.actions import columns, understanding
from reconcile.models import ListProblem, SourceList
from reconcile.reading import Problem, ReadResult
from reconcile.reading.problems import ProblemCode
from reconcile.writing.account import needs_a_look
from reconcile.writing.corrections import rows_to_correct

REJECTING = frozenset({ProblemCode.NAME_MISSING, ProblemCode.BAD_COLUMNS})


@dataclass(frozen=True)
class Taken:
    """`table` has the stored columns; `problems` those of `ListProblem`. `rows` = records + rejected + skipped."""

    table: pa.Table
    rows: int
    rejected: int
    skipped: int
    endings: Mapping[str, int]
    problems: pa.Table
    to_correct: int  # rows somebody must work on: what the correction workbook holds
    stage: str
    title: str
    as_of: date | None

    @property
    def problem_counts(self) -> dict[str, int]:
        return dict(sorted(Counter(self.problems["code"].to_pylist()).items()))


def take_file(one: SourceList, near: str, tick: understanding.Tick) -> Taken:
    """Read a file as it was recognised. Raises Refused."""
    result = understanding.read(one, near, tick)
    return Taken(
        table=columns.storable(result.table, kind=one.kind, file_name=one.file_name),
        rows=result.rows,
        rejected=result.rejected,
        skipped=result.skipped,
        endings=dict(sorted(Counter(end.why.value for end in result.ends).items())),
        problems=problem_table([(rank_of(result, each), each) for each in result.problems]),
        to_correct=len(rows_to_correct(result)),
        stage=result.stage[:40],
        title=result.title,
        as_of=result.as_of,
    )


def rank_of(result: ReadResult, problem: Problem) -> int:
    if problem.code in REJECTING:
        return ListProblem.REJECTED
    return ListProblem.LOOK if needs_a_look(result, problem) else ListProblem.TOLD


def problem_table(ranked: Sequence[tuple[int, Problem]]) -> pa.Table:
    """Return problems as `storing.store` takes them."""
    found: dict[str, list[Any]] = {
        "rank": [rank for rank, _ in ranked],
        "code": [problem.code.value for _, problem in ranked],
        "sheet": [problem.sheet for _, problem in ranked],
        "row": [problem.row for _, problem in ranked],
        "column": [problem.column for _, problem in ranked],
        "value": [problem.value for _, problem in ranked],
        "said": [problem.said for _, problem in ranked],
    }
    texts = {name: pa.string() for name in ("code", "sheet", "column", "value", "said")}
    return pa.table({name: pa.array(values, texts.get(name, pa.int32())) for name, values in found.items()})
