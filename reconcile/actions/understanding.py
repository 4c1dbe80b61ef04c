"""The one place where files meet `reading`: what a file is taken for, and its rows as records."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from reconcile.models import SourceList
from reconcile.reading import ReadResult, read_list
from reconcile.reading.mapping import ListMapping
from reconcile.records import ListKind

Tick = Callable[[int, int], None]
SECONDS_BETWEEN_LOOKS = 0.5


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


def mapping_of(source_list: SourceList) -> ListMapping:
    """Return what an officer said of a file."""
    said = source_list.told
    kind = ListKind(source_list.kind) if source_list.kind else None
    return ListMapping(kind, said.get("fields", {}), said.get("header_rows", {}))


def read(source_list: SourceList, near: str, tick: Tick) -> ReadResult:
    """Return the records of a file, read as somebody said. Raises Refused.

    Reading tells its progress from threads of its own; `tick` is called in this one, which holds the database.
    """
    path, mapping = Path(source_list.file.path), mapping_of(source_list)
    so_far = [(0, 1)]
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(
            read_list, path, name=source_list.file_name, near=near, mapping=mapping,
            tick=lambda done, total: so_far.append((done, total)),
        )  # fmt: skip
        while not reading.done():
            tick(*so_far[-1])
            wait([reading], SECONDS_BETWEEN_LOOKS)
    return reading.result()
