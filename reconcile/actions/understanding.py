"""The one place where files meet `reading`: what a file is taken for, and its rows as records."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reconcile.models import SourceList
from reconcile.reading import ReadResult, read_list
from reconcile.records import ListKind

Progress = Callable[[int, int], None]


def look(source_list: SourceList, near: str) -> dict[str, Any]:
    """Return what a file is taken for, as `SourceList.recognised` keeps it. Raises Refused."""
    result = read_list(Path(source_list.file.path), name=source_list.file_name, near=near)
    columns = []
    for field, heading in result.headings.items():
        values = result.table[field].slice(0, 3).to_pylist() if field in result.table.column_names else []
        columns.append({"heading": heading, "field": field, "samples": [str(v) for v in values if v is not None]})
    return {
        "kind": result.kind.value,
        "evidence": [],
        "stage": result.stage,
        "title": result.title,
        "as_of": result.as_of.isoformat() if result.as_of else "",
        "sheets": [
            {"name": one.name, "hidden": one.hidden, "header_row": one.header_row, "rows": one.rows}
            for one in result.sheets
        ],
        "columns": columns,
    }


def read(source_list: SourceList, near: str, progress: Progress) -> ReadResult:
    """Return the records of a file, read as `SourceList.told` says. Raises Refused."""
    progress(0, 1)
    result = read_list(Path(source_list.file.path), name=source_list.file_name, near=near)
    progress(1, 1)
    assert result.kind in ListKind
    return result
