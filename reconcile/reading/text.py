"""Text tables (`#`, `;`, `,`, tab or bar between the fields) -> one raw sheet (domain 4.2 b, 4.5)."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa

from reconcile.reading.columns import field_of
from reconcile.reading.problems import Refusal, Refused
from reconcile.reading.workbook import RawSheet

_DELIMITERS = "#;,\t|"
_BLOCK = 50_000
_LOOK_AT = 60  # lines in which the heading is looked for
_MAX_BYTES = 1 << 30
_WEB_PAGE = ("<html", "<!doctype", "<table", "<head", "<meta", "<?xml", "<style")


def read_text(path: Path) -> RawSheet:
    """Read a text file whole. Raises Refused when it is no table of text."""
    if path.stat().st_size > _MAX_BYTES:
        raise Refused(Refusal.TOO_LARGE)
    # Not splitlines(): a stray form feed or line separator inside a cell is no new row.
    lines = decode(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if not any(line.strip() for line in lines):
        raise Refused(Refusal.EMPTY)
    delimiter, width = _sniff(lines)
    return _split(lines, delimiter, width)


def decode(content: bytes) -> str:
    """Decode by mark, as UTF-8, else as Windows-1252. Refuse bytes that are no text, and web pages."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        if b"\x00" in content[:4096]:
            raise Refused(Refusal.NOT_A_LIST)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if text[:2048].lstrip().lower().startswith(_WEB_PAGE):
        raise Refused(Refusal.HTML)
    return text


def _sniff(lines: Sequence[str]) -> tuple[str, int]:
    """Return the delimiter under which a heading shows the most fields we know, and its number of fields."""
    best = (0, "", 0)
    for line in lines[:_LOOK_AT]:
        for delimiter in _DELIMITERS:
            if delimiter in line:
                cells = next(_rows([line], delimiter))
                known = len({field for cell in cells if (field := field_of(cell))})
                best = max(best, (known, delimiter, len(cells)), key=lambda found: found[0])
    if best[0] < 2:
        table_like = any(delimiter in line for line in lines[:_LOOK_AT] for delimiter in "#;\t")
        raise Refused(Refusal.NO_HEADER if table_like else Refusal.NOT_A_LIST)
    return best[1], best[2]


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """Split lines; only `;`, `,` and tab are written by programs that quote."""
    if delimiter in "#|":
        return (line.split(delimiter) for line in lines)
    return csv.reader(lines, delimiter=delimiter)


def _split(lines: Sequence[str], delimiter: str, width: int) -> RawSheet:
    blocks: list[list[pa.Array]] = []
    ragged: set[int] = set()
    rows, done = _rows(lines, delimiter), 0
    while block := list(islice(rows, _BLOCK)):
        for place, row in enumerate(block):
            if len(row) != width:
                # A last empty field is left out or added by some programs: no loss, so not ragged.
                extra = row[width:] if len(row) > width else []
                if any(cell.strip() for cell in extra) or len(row) < width:
                    ragged.add(done + place)
                block[place] = (row + [""] * width)[:width]
        done += len(block)
        blocks.append([pa.array(cells, pa.string()) for cells in zip(*block, strict=True)])
    columns = tuple(pa.chunked_array([block[place] for block in blocks]).combine_chunks() for place in range(width))
    return RawSheet("", False, columns, (None,) * width, ragged=frozenset(ragged))
