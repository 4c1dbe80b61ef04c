"""The one place where files meet `reading`: what a file is taken for, and its rows as records."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from reconcile.completing import complete
from reconcile.models import SourceList
from reconcile.reading import ListMapping, ReadResult, Recognition, SheetSeemed, read_list, recognise
from reconcile.records import ListKind

Tick = Callable[[int, int], None]
SECONDS_BETWEEN_LOOKS = 0.5


def look(one: SourceList) -> dict[str, Any]:
    """Return what a file is taken for, as `SourceList.recognised` keeps it. Raises Refused."""
    mapping = ListMapping(header_rows=one.told.get("header_rows", {}))
    found = recognise(Path(one.file.path), name=one.file_name, mapping=mapping)
    first = found.lists[0] if found.lists else None
    return {
        "kind": found.kind or "",
        "kinds": list(found.kinds),
        "evidence": list(found.evidence),
        "corrects": found.corrects,
        "stage": first.stage if first else "",
        "title": first.title if first else "",
        "as_of": _first_date(found),
        "sheets": [_sheet(sheet) for sheet in found.sheets],
        "columns": [
            {"heading": column.heading, "field": column.field, "samples": list(column.samples)}
            for column in found.columns
        ],
    }


def _first_date(found: Recognition) -> str:
    return next((sheet.as_of.isoformat() for sheet in found.lists if sheet.as_of), "")


def _sheet(sheet: SheetSeemed) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "header_row": sheet.header_row,
        "headings": [column.heading for column in sheet.columns],
        "top": [list(row) for row in sheet.top],
    }


def mapping_of(one: SourceList) -> ListMapping:
    """Return what is said of a file; a correction workbook has the columns of the file it comes from."""
    fields = one.chain[0].told.get("fields", {})
    kind = ListKind(one.kind) if one.kind else None
    return ListMapping(kind, fields, one.told.get("header_rows", {}))


def read(one: SourceList, near: str, tick: Tick) -> ReadResult:
    """Return the records of a list: of its file, or of the one it completes with corrected rows. Raises Refused."""
    office, *corrections = one.chain
    result = _read_file(office, near, tick)
    for each in corrections:
        result = complete(result, _read_file(each, near, tick))
    return result


def _read_file(one: SourceList, near: str, tick: Tick) -> ReadResult:
    """Read one file. It tells its progress from threads of its own; `tick` is called in this one."""
    path, mapping, so_far = Path(one.file.path), mapping_of(one), [(0, 1)]
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(
            read_list, path, name=one.file_name, near=near, mapping=mapping,
            tick=lambda done, total: so_far.append((done, total)),
        )  # fmt: skip
        while not reading.done():
            tick(*so_far[-1])
            wait([reading], SECONDS_BETWEEN_LOOKS)
    return reading.result()
