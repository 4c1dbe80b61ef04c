"""One worksheet's own XML, block by block: its rows counted beside the reader, and cut into portions for it.

The count stands beside the reader's, because readers lose rows silently on odd files (UTF-16 parts, wrong
dimensions). Portions bound the reader's memory: it holds a whole part at once, some 100 bytes a cell.
"""

import re
from collections.abc import Iterator

from reconcile.reading.problems import Refusal, Refused

_LONGEST_ROW = 64 << 20  # bytes; no list comes near, and nothing before the rows does either
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>([^<]+)")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>/])([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_TYPE = re.compile(rb"""\bt=["'](\w+)""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_HIDDEN = re.compile(rb"""^[^>]*\bhidden=["'](?:1|true)""")
_NUMBER = re.compile(rb"""^[^>]*\br=["'](\d+)""")
_ROWS_BEGIN = re.compile(rb"<((?:\w+:)?)sheetData(?:\s[^>]*?)?(/?)>")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\s(?=[^>]*\bhidden=["'](?:1|true))[^>]*>""")
_COLUMN_SPAN = re.compile(rb"""\b(min|max)=["'](\d+)""")
_LONG_NUMBER = re.compile(rb"<(?:\w+:)?v>(\d{16,})</")
_CELL_PLACE = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*\br=["']([A-Z]+)(\d+))([^>]*)>""")
_WIDEST = 1_000  # columns of which a span tells something


class SheetPart:
    """Reads one part once, from its first byte to the last row. The counts are complete when all rows were read.

    `empty_texts`: the places of shared texts without a character, where values are to be judged by what they
    mean (an error and an empty text are none); by default any value counts, which is quicker and never less.
    `filled`: rows with a value in them; `hidden`: numbers of hidden rows; `hidden_columns`: from 0;
    `uncomputed`: numbers of rows with a formula that has no result, or an error for one.
    """

    def __init__(self, blocks: Iterator[bytes], empty_texts: frozenset[int] | None = None) -> None:
        self._blocks, self._empty_texts = blocks, empty_texts
        self._head, self._prefix = b"", b""
        self._row = 0  # number of the last row read
        self.read = 0  # bytes
        self.filled = 0
        self.hidden: list[int] = []
        self.hidden_columns: list[int] = []
        self.uncomputed: list[int] = []

    def count(self) -> None:
        """Read all rows for their counts."""
        for _ in self._runs():
            pass

    def long_numbers(self) -> Iterator[tuple[int, int, str]]:
        """Yield row (from 1), column (from 0) and digits of every number with more digits than a reader keeps."""
        for run in self._runs():
            for found in _LONG_NUMBER.finditer(run):
                opened = _CELL_PLACE.match(run, run.rfind(b"<%sc " % self._prefix, 0, found.start()))
                if opened and _letter(opened[3]) == b"n":
                    column = 0
                    for letter in opened[1]:
                        column = column * 26 + letter - ord("A") + 1
                    yield int(opened[2]), column - 1, found[1].decode()

    def portions(self, size: int) -> Iterator[bytes]:
        """Yield worksheets of about `size` bytes, each with a part of the rows under the numbers they had.

        Rows without a number of their own cannot be cut apart.
        """
        held: list[bytes] = []
        held_bytes = 0
        for run in self._runs():
            if held_bytes >= size and _NUMBER.match(run[len(self._row_tag) :]):
                yield self._worksheet(held)
                held, held_bytes = [], 0
            held.append(run)
            held_bytes += len(run)
        yield self._worksheet(held)

    def _worksheet(self, runs: list[bytes]) -> bytes:
        end = b"</%ssheetData></%sworksheet>" % (self._prefix, self._prefix)
        return b"".join((self._head, *runs, end))

    @property
    def _row_tag(self) -> bytes:
        return b"<%srow" % self._prefix

    def _runs(self) -> Iterator[bytes]:
        """Yield runs of whole rows, counted; memory is bounded by the longest row."""
        rest = b""
        for block in self._blocks:
            self.read += len(block)
            rest += block
            if not self._head:
                rest = self._after_head(rest)
            end = rest.find(b"</%ssheetData" % self._prefix) if self._head else -1
            cut = end if end >= 0 else rest.rfind(self._row_tag) if self._head else 0
            if cut > 0:
                self._count(rest[:cut])
                yield rest[:cut]
                rest = rest[cut:]
            if end >= 0:
                return
            if len(rest) > _LONGEST_ROW:
                raise Refused(Refusal.DANGEROUS)
        if self._head and rest.startswith(self._row_tag):
            self._count(rest)
            yield rest

    def _after_head(self, rest: bytes) -> bytes:
        """Take what stands before the rows, once it is there; return what follows."""
        found = _ROWS_BEGIN.search(rest)
        if not found:
            return rest
        self._head, self._prefix = rest[: found.end()], found[1]
        for column in _HIDDEN_COLUMN.findall(self._head):
            span = {name: int(number) for name, number in _COLUMN_SPAN.findall(column)}
            first, last = span.get(b"min", 1), min(span.get(b"max", 0), _WIDEST)
            self.hidden_columns += range(first - 1, last)
        return b"</%ssheetData>" % self._prefix if found[2] else rest[found.end() :]

    def _count(self, run: bytes) -> None:
        rows = run.split(self._row_tag)[1:]
        formula = b"<%sf" % self._prefix
        # One letter is looked for far quicker than a word, and most lists have none of these letters in their XML.
        is_odd = (b"h" in run and b"hidden" in run) or (b"f" in run and formula in run) or b't="e"' in run
        if is_odd or self._empty_texts is not None:
            for row in rows:
                self._look_at(row, formula)
            return
        self.filled += sum(map(_has_value, rows))
        self._row = _number_of(rows[-1], self._row + len(rows) - 1) if rows else self._row

    def _look_at(self, row: bytes, formula: bytes) -> None:
        self._row = _number_of(row, self._row)
        if b"hidden" in row and _HIDDEN.search(row):
            self.hidden.append(self._row)
        if (formula in row or b't="e"' in row) and _lacks_result(row):
            self.uncomputed.append(self._row)
        self.filled += _has_value(row) if self._empty_texts is None else self._means_something(row)

    def _means_something(self, row: bytes) -> bool:
        if not _has_value(row):
            return False
        if not self._empty_texts and b't="e"' not in row and b"t='e'" not in row:
            return True
        for attributes, content in _CELL.findall(row):
            value, letter = _VALUE.search(content), _letter(attributes)
            is_empty = letter == b"e" or (letter == b"s" and value and int(value[1]) in (self._empty_texts or ()))
            if value and not is_empty:
                return True
        return False


def _has_value(row: bytes) -> bool:
    """Say whether a row holds a text or a number; the two usual forms are seen without an expression."""
    for tag in (b"<v>", b"<t>"):
        place = row.find(tag)
        if place >= 0 and row[place + 3 : place + 4] not in (b"<", b""):
            return True
    return bool(_VALUE.search(row))


def _number_of(row: bytes, before: int) -> int:
    number = _NUMBER.search(row)
    return int(number[1]) if number else before + 1


def _lacks_result(row: bytes) -> bool:
    """Say whether a formula of the row was never computed, or ended as an error.

    A computed empty text says that it is a text.
    """
    for attributes, content in _CELL.findall(row):
        letter = _letter(attributes)
        if letter == b"e" or (letter != b"str" and _FORMULA.search(content) and not _VALUE.search(content)):
            return True
    return False


def _letter(attributes: bytes) -> bytes:
    kind = _TYPE.search(attributes)
    return kind[1] if kind else b"n"
