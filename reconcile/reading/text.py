"""Text tables (`#`, `;`, `,`, tab or bar between the fields) -> one raw sheet (domain 4.2 b, 4.5)."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from reconcile.reading.mapping import NOTHING_SAID, ListMapping
from reconcile.reading.problems import Refusal, Refused
from reconcile.reading.raw import FORMAT_ENDS, LONGEST_CELL, RawSheet

_DELIMITERS = "#;,\t|"
_QUOTING = ";,\t"  # only programs that write these also put quotes around cells
_BLOCK = 4 << 20  # bytes split at once
_LOOK_AT = 60  # rows in which the heading is looked for
_HEAD = 1 << 16  # bytes in which those rows are found
_MAX_BYTES = 1 << 30
_WEB_PAGE = ("<html", "<!doctype", "<table", "<head", "<meta", "<?xml", "<style", "mime-version:")
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a"))
_LIKE_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_NEWLINE = ord("\n")


def read_text(path: Path, mapping: ListMapping = NOTHING_SAID, *, most: int | None = None) -> RawSheet:
    """Read a text file whole, or `most` bytes of it to look at. Raises Refused when it is no table of text."""
    if path.stat().st_size > _MAX_BYTES:
        raise Refused(Refusal.TOO_LARGE)
    content = to_utf8(_bytes_of(path, most)).replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n\x1a ")
    if not content or content.isspace():
        raise Refused(Refusal.EMPTY)
    is_said = most is not None or mapping != NOTHING_SAID
    delimiter, width = _sniff(content[:_HEAD].decode(errors="ignore"), mapping, unknown_too=is_said)
    columns, ragged = _split(content, delimiter, width)
    sheet = RawSheet("", False, columns, (None,) * width, ragged=frozenset(ragged))
    if sheet.rows in FORMAT_ENDS:
        raise Refused(Refusal.AT_FORMAT_LIMIT)
    return sheet


def _bytes_of(path: Path, most: int | None) -> bytes:
    with path.open("rb") as file:
        content = file.read() if most is None else file.read(most)
    # A line that is cut off is no line.
    return content if most is None or len(content) < most else content[: content.rfind(b"\n") + 1]


def to_utf8(content: bytes) -> bytes:
    """Decode by mark, as UTF-8, else as Windows-1252. Refuse bytes that are no text, and web pages."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", errors="replace").encode()
    elif content[:4096].translate(None, _NO_TEXT) != content[:4096] or content.startswith(b"%PDF"):
        raise Refused(Refusal.NOT_A_LIST)
    content = content.removeprefix(b"\xef\xbb\xbf")
    if not _is_utf8(content):
        content = content.decode("cp1252", errors="replace").encode()
    if content[:2048].decode(errors="ignore").lstrip().lower().startswith(_WEB_PAGE):
        raise Refused(Refusal.HTML)
    return content


def _is_utf8(content: bytes) -> bool:
    """Check in place: a decoded copy of a whole roll takes up to four times its size."""
    bounds = pa.py_buffer(np.array([0, len(content)], np.int64))
    try:
        pa.LargeStringArray.from_buffers(1, bounds, pa.py_buffer(content)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _sniff(head: str, mapping: ListMapping, *, unknown_too: bool) -> tuple[str, int]:
    """Return the delimiter under which a heading shows the most fields we know, and its number of fields.

    `unknown_too`: where there is none, the delimiter that cuts most lines into equally many fields.
    """
    best = (0, "", 0)
    for delimiter in _DELIMITERS:
        for cells in islice(_rows(head, delimiter), _LOOK_AT):
            known = len(set(mapping.apply(cells)) - {""})
            best = max(best, (known, delimiter, len(cells)), key=lambda found: found[0])
    if best[0] >= 2:
        return best[1], best[2]
    steady = max((_steadiness(head, delimiter) for delimiter in _DELIMITERS), key=lambda found: found[0])
    if unknown_too and steady[0] >= 2:
        return steady[1], steady[2]
    like_people = sum(bool(_LIKE_NIK.search(line)) for line in head.split("\n")[:_LOOK_AT]) >= 2
    raise Refused(Refusal.NO_HEADER if like_people else Refusal.NOT_A_LIST)


def _steadiness(head: str, delimiter: str) -> tuple[int, str, int]:
    """Return how many lines have equally many fields, three at least, and how many fields that are."""
    sizes = Counter(size for cells in islice(_rows(head, delimiter), _LOOK_AT) if (size := len(cells)) > 2)
    size, lines = max(sizes.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return lines, delimiter, size


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Split into rows of cells; a quoted cell may hold line breaks. Ends where quotes make no sense."""
    if delimiter not in _QUOTING or '"' not in text:
        yield from (line.split(delimiter) for line in text.split("\n"))
        return
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error:
        return


def _split(
    content: bytes, delimiter: str, width: int, block_size: int = _BLOCK
) -> tuple[tuple[pa.Array, ...], set[int]]:
    """Return the columns, and the rows that have more or fewer cells than the heading."""
    quoted = delimiter in _QUOTING and b'"' in content and _split_quoted(content.decode(), delimiter)
    if quoted:
        return _from_rows(quoted, width)
    parts: list[list[pa.Array]] = [[] for _ in range(width)]
    ragged: set[int] = set()
    done = 0
    for block in _blocks(content, block_size):
        columns, odd = _split_block(block, ord(delimiter), width)
        ragged |= {done + row for row in odd}
        done += len(columns[0])
        for part, column in zip(parts, columns, strict=True):
            part.append(column)
    return tuple(_joined(part) for part in parts), ragged


def _joined(part: list[pa.Array]) -> pa.Array:
    """Join the pieces of one column, and let go of them: all columns are never held twice."""
    whole = pa.concat_arrays(part)
    part.clear()
    return whole


def _split_quoted(text: str, delimiter: str) -> list[list[str]] | None:
    """Split as spreadsheet programs write; None where quotes make no sense: they are plain marks then."""
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    # A cell longer than any spreadsheet can hold is a quote that nobody closed.
    return None if any(len(cell) > LONGEST_CELL for row in rows for cell in row) else rows


def _from_rows(rows: list[list[str]], width: int) -> tuple[tuple[pa.Array, ...], set[int]]:
    ragged = {place for place, row in enumerate(rows) if _is_ragged(row, width)}
    padded = [(row + [""] * width)[:width] for row in rows]
    return tuple(pa.array(cells, pa.string()) for cells in zip(*padded, strict=True)), ragged


def _is_ragged(row: Sequence[str], width: int) -> bool:
    """Empty cells added at the end are no loss; with a cell too few nobody knows which one is missing."""
    return len(row) < width or any(cell.strip() for cell in row[width:])


def _blocks(content: bytes, size: int) -> Iterator[bytes]:
    """Cut into blocks of whole lines, without the last line's end."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + size)
        end = len(content) if end < 0 else end
        yield content[start:end]
        start = end + 1


def _split_block(block: bytes, delimiter: int, width: int) -> tuple[Sequence[pa.Array], list[int]]:
    """Split whole lines at once: the places of the delimiters are the bounds of the cells."""
    marks, per_line = _marks(block, delimiter)
    odd = np.flatnonzero(per_line != width - 1)
    ragged = []
    if len(odd):
        lines = block.split(b"\n")
        mark = bytes([delimiter])
        for row in odd.tolist():
            cells = lines[row].split(mark)
            if _is_ragged([cell.decode() for cell in cells], width):
                ragged.append(row)
            lines[row] = mark.join((cells + [b""] * width)[:width])
        block = b"\n".join(lines)
        marks, _ = _marks(block, delimiter)
    return _cells_between(block, marks, width), ragged


def _marks(block: bytes, delimiter: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the places of all delimiters and line ends, and the number of delimiters in each line."""
    letters = np.frombuffer(block, np.uint8)
    marks = np.flatnonzero((letters == delimiter) | (letters == _NEWLINE))
    ends = np.flatnonzero(letters[marks] == _NEWLINE)
    per_line = np.diff(ends, prepend=-1, append=len(marks)) - 1
    return np.append(marks, len(block)), per_line


def _cells_between(block: bytes, marks: npt.NDArray[np.int64], width: int) -> list[pa.Array]:
    """Return columns of the text between the marks; every line has `width` cells."""
    letters = np.frombuffer(block, np.uint8)
    kept = np.ones(len(letters), bool)
    kept[marks[:-1]] = False
    ends = (marks - np.arange(len(marks))).astype(np.int32)
    offsets = np.concatenate([np.zeros(1, np.int32), ends])
    cells = pa.StringArray.from_buffers(len(marks), pa.py_buffer(offsets), pa.py_buffer(letters[kept]))
    rows = np.arange(0, len(marks), width)
    return [cells.take(pa.array(rows + place)) for place in range(width)]
