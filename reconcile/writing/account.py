"""What a file was understood to be -> the JSON object of `check_list`, and its exit status. Pure."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from reconcile.reading import Problem, ProblemCode, ReadResult, Refused
from reconcile.records import COLUMNS, ROLL_KINDS

DONE, LOOK, REFUSED = 0, 1, 2  # exit status: nothing to do, something to look at, no list

# A valid NIK may disagree with its row (domain 6): on a roll, which KPU keeps, that is no work for anybody here.
_WARNINGS = frozenset({ProblemCode.COLUMNS_UNKNOWN})
_WARNINGS_ON_A_ROLL = frozenset({ProblemCode.NIK_DATE_DIFFERS, ProblemCode.NIK_SEX_DIFFERS})
_SAID_ONCE = frozenset({"source_file", "kind"})  # the same for every row: they stand on the file itself
_ALWAYS = ("sheet", "row", "name", "nik", "nik_quality", "birth_date")
_BLOCK = 10_000

Outcome = ReadResult | Refused
SayProblem = Callable[[Problem], str]
SayRefusal = Callable[[Refused], str]


def needs_a_look(result: ReadResult, problem: Problem) -> bool:
    """Say whether somebody must look at this problem; a warning is only told."""
    if result.kind in ROLL_KINDS and problem.code in _WARNINGS_ON_A_ROLL:
        return False
    return problem.code not in _WARNINGS


def exit_status(result: Outcome) -> int:
    """Return 2 for a refused file, 1 when rows were rejected or a problem needs a look, else 0."""
    if isinstance(result, Refused):
        return REFUSED
    return LOOK if result.rejected or any(needs_a_look(result, one) for one in result.problems) else DONE


def account_of(result: Outcome, *, records: bool, say_problem: SayProblem, say_refusal: SayRefusal) -> dict[str, Any]:
    """Return one file's object; `records` adds its people under `data`. Texts come from the two functions."""
    account = _account(result, say_problem, say_refusal)
    if records and isinstance(result, ReadResult):
        account["data"] = list(data_rows(result))
    return account


def _account(result: Outcome, say_problem: SayProblem, say_refusal: SayRefusal) -> dict[str, Any]:
    if isinstance(result, Refused):
        counts = dict.fromkeys(("rows", "records", "rejected", "skipped"), 0)
        return {
            "file": result.file, "kind": None, "refused": say_refusal(result), "sheets": [], **counts, "problems": [],
        }  # fmt: skip
    return {
        "file": result.file,
        "kind": result.kind.value,
        "refused": None,
        "sheets": [{"name": one.name, "header_row": one.header_row, "hidden": one.hidden} for one in result.sheets],
        "rows": result.rows,
        "records": result.records,
        "rejected": result.rejected,
        "skipped": result.skipped,
        "problems": [
            {
                "code": one.code.value,
                "sheet": one.sheet,
                "row": one.row,
                "column": one.column,
                "message": say_problem(one),
            }
            for one in result.problems
        ],
    }


def data_rows(result: ReadResult) -> Iterator[dict[str, Any]]:
    """Yield the records, in the file's order: dates as ISO text, null where nothing is known."""
    table = result.table
    names = [name for name in COLUMNS if name not in _SAID_ONCE and (name in _ALWAYS or name in table.column_names)]
    for start in range(0, table.num_rows, _BLOCK):
        for row in table.slice(start, _BLOCK).to_pylist():
            yield {name: _plain(row.get(name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def account_line(result: Outcome, *, records: bool, say_problem: SayProblem, say_refusal: SayRefusal) -> Iterator[str]:
    """Yield what `account_of` returns as one line of JSON, in pieces: a large roll's people are never held at once."""
    text = _dump(_account(result, say_problem, say_refusal))
    if not records or isinstance(result, Refused):
        yield text + "\n"
        return
    yield text.removesuffix("}") + ', "data": ['
    for place, row in enumerate(data_rows(result)):
        yield (", " if place else "") + _dump(row)
    yield "]}\n"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
