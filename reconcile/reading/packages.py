"""A workbook's zip package, looked at before and beside the reader: limits, and a second count of rows.

The count is taken from the sheet's own XML, because readers lose rows silently on odd files (UTF-16
parts, wrong dimensions): both counts must agree or the file is refused.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree

from reconcile.reading.problems import Refusal, Refused

MAX_ENTRIES = 1_000
MAX_UNPACKED = 3 << 30  # bytes
MAX_RATIO = 200  # unpacked to packed; a real sheet stays below 30
RATIO_MATTERS = 32 << 20  # bytes unpacked, below which any ratio is harmless
_LONGEST_ROW = 64 << 20  # bytes; no list comes near
_BLOCK = 1 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of an OLE file that holds a locked .xlsx
_LONGEST_TAG = 64  # bytes of a row's opening tag that a block's end may cut
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s>/])")
_AFTER_ROWS = re.compile(rb"</(?:\w+:)?sheetData")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>([^<]+)")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>/])([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_TYPE = re.compile(rb"""\bt=["'](\w+)""")
_HIDDEN = re.compile(rb"""^[^>]*\bhidden=["'](?:1|true)""")
_NUMBER = re.compile(rb"""^[^>]*\br=["'](\d+)""")
_EMPTY_TEXT = re.compile(rb"<(?:\w+:)?(?:t(?:\s[^>]*)?(?:/>|></)|si/>|si></)")


@dataclass
class RowCount:
    """Rows with a value in them, and the numbers of the hidden ones."""

    filled: int = 0
    hidden: list[int] = field(default_factory=list)


class Package:
    """An open package: which part holds each worksheet, by the worksheet's name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries = {_plain_name(entry.filename): entry for entry in archive.infolist()}

    @cached_property
    def parts(self) -> dict[str, str]:
        relations = self._parse("xl/_rels/workbook.xml.rels")
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        parts: dict[str, str] = {}
        for element in self._parse("xl/workbook.xml").iter():
            if element.tag.endswith("}sheet"):
                link = next((value for key, value in element.items() if key.endswith("}id")), "")
                parts[element.get("name", "")] = normpath(join("/xl", targets.get(link, "")))
        return parts

    def count_rows(self, sheet: str) -> RowCount:
        """Count a sheet's rows from its XML."""
        part = _plain_name(self.parts.get(sheet, ""))
        if part not in self._entries:
            raise Refused(Refusal.BROKEN, detail=sheet)
        count = RowCount()
        for row in self._rows(self._entries[part]):
            if b"hidden" in row and _HIDDEN.search(row):
                number = _NUMBER.search(row)
                count.hidden.append(int(number[1]) if number else 0)
            if _VALUE.search(row) and (not self._is_doubtful(row) or self._is_filled(row)):
                count.filled += 1
        return count

    def _is_doubtful(self, row: bytes) -> bool:
        """Say whether a value may be none: an error, or a shared text without a character."""
        return bool(self._empty_texts) or b't="e"' in row or b"t='e'" in row

    def _is_filled(self, row: bytes) -> bool:
        for attributes, content in _CELL.findall(row):
            kind, value = _TYPE.search(attributes), _VALUE.search(content)
            letter = kind[1] if kind else b"n"
            if value and letter != b"e" and not (letter == b"s" and int(value[1]) in self._empty_texts):
                return True
        return False

    @cached_property
    def _empty_texts(self) -> frozenset[int]:
        """The places of shared texts without a character: a cell that points there is blank."""
        entry = self._entries.get(_plain_name("xl/sharedStrings.xml"))
        content = self._archive.read(entry) if entry else b""
        if not _EMPTY_TEXT.search(content):
            return frozenset()
        items = re.split(rb"<(?:\w+:)?si(?=[\s>/])", content)[1:]
        texts = [re.sub(rb"^[^>]*>|<[^>]*>", b"", item) for item in items]
        return frozenset(place for place, text in enumerate(texts) if not text)

    def _rows(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield each row element as bytes, block by block, in memory bounded by the longest row."""
        rest = b""
        for block in self._blocks(entry):
            rest += block
            after = _AFTER_ROWS.search(rest)
            if after:
                rest = rest[: after.start()]
            starts = [found.start() for found in _ROW.finditer(rest)]
            yield from (rest[start:end] for start, end in zip(starts, starts[1:], strict=False))
            rest = rest[starts[-1] :] if starts else rest[-_LONGEST_TAG:]
            if after:
                break
            if len(rest) > _LONGEST_ROW:
                raise Refused(Refusal.DANGEROUS)
        if _ROW.match(rest):
            yield rest

    def _blocks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        with self._archive.open(entry) as stream:
            block = stream.read(_BLOCK)
            if b"<!DOCTYPE" in block:
                raise Refused(Refusal.DANGEROUS)
            if block.startswith((b"\xff\xfe", b"\xfe\xff")):
                block = (block + stream.read()).decode("utf-16").encode()
            while block:
                yield block
                block = stream.read(_BLOCK)

    def _parse(self, name: str) -> ElementTree.Element:
        content = self._archive.read(self._entries[_plain_name(name)])
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Refused(Refusal.DANGEROUS)
        return ElementTree.fromstring(content)


@contextmanager
def open_package(path: Path) -> Iterator[Package | None]:
    """Open a package after refusing what cannot be honest.

    Yields None for files that are no zip (old .xls) and for zips that are no .xlsx: nothing is counted then.
    """
    if not zipfile.is_zipfile(path):
        if _ENCRYPTED in path.read_bytes():
            raise Refused(Refusal.ENCRYPTED)
        yield None
        return
    with zipfile.ZipFile(path) as archive:
        names = _check(archive, path.stat().st_size)
        if not any(name.startswith("xl/") or name == "content.xml" for name in names):
            raise Refused(Refusal.NOT_A_LIST)  # a text document, pictures
        yield Package(archive) if _plain_name("xl/workbook.xml") in names else None


def _check(archive: zipfile.ZipFile, packed: int) -> set[str]:
    entries = archive.infolist()
    names = {_plain_name(entry.filename) for entry in entries}
    if len(entries) > MAX_ENTRIES or len(names) < len(entries):
        raise Refused(Refusal.DANGEROUS)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(Refusal.ENCRYPTED)
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise Refused(Refusal.DANGEROUS)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise Refused(Refusal.TOO_LARGE)
    if unpacked > RATIO_MATTERS and unpacked > MAX_RATIO * packed:
        raise Refused(Refusal.DANGEROUS)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused(Refusal.DANGEROUS)
    return names


def _plain_name(name: str) -> str:
    """Part names are compared without case; some programs write them with backslashes or a leading slash."""
    return name.replace("\\", "/").lstrip("/").lower()
