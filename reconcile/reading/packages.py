"""A workbook's zip package, looked at before and beside the reader: limits, and a second count of rows.

The count is taken from the sheet's own XML, because readers lose rows silently on odd files (UTF-16
parts, wrong dimensions): both counts must agree or the file is refused.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from reconcile.reading.problems import Refusal, Refused

MAX_ENTRIES = 1_000
MAX_UNPACKED = 3 << 30  # bytes
MAX_RATIO = 200  # unpacked to packed; a real sheet stays below 30
RATIO_MATTERS = 32 << 20  # bytes unpacked, below which any ratio is harmless
_BLOCK = 1 << 20
_LONGEST_TAG = 64  # bytes of a row's opening tag that a block's end may cut
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s>/])")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]")
_HIDDEN = re.compile(rb'^[^>]*\bhidden="(?:1|true)"')
_NUMBER = re.compile(rb'^[^>]*\br="(\d+)"')
_SHARED = re.compile(rb'<(?:\w+:)?c\s[^>]*\bt="s"[^>]*>\s*<(?:\w+:)?v>(\d+)<')
_OTHER_VALUE = re.compile(rb'<(?:\w+:)?c\s(?![^>]*\bt="s")[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]', re.S)


@dataclass(frozen=True)
class Package:
    """Part name of each worksheet by its name."""

    parts: dict[str, str]


@dataclass
class RowCount:
    """Rows with a value in them, and the numbers of the hidden ones."""

    filled: int = 0
    hidden: list[int] = field(default_factory=list)


def check_package(path: Path) -> Package | None:
    """Refuse a package that cannot be honest; None for files that are no zip (old .xls)."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        names = [entry.filename.replace("\\", "/") for entry in entries]
        if len(entries) > MAX_ENTRIES or len(set(names)) < len(names):
            raise Refused(Refusal.DANGEROUS)
        for entry in entries:
            _check_entry(entry)
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > MAX_UNPACKED:
            raise Refused(Refusal.TOO_LARGE)
        if unpacked > RATIO_MATTERS and unpacked > MAX_RATIO * path.stat().st_size:
            raise Refused(Refusal.DANGEROUS)
        if any(name.endswith("vbaProject.bin") for name in names):
            raise Refused(Refusal.DANGEROUS)
        return Package(_worksheet_parts(archive)) if "xl/workbook.xml" in names else None


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Refused(Refusal.ENCRYPTED)
    if entry.compress_type not in _METHODS:
        raise Refused(Refusal.DANGEROUS)


def _parse(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(Refusal.DANGEROUS)
    return ElementTree.fromstring(content)


def _worksheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = _parse(archive, "xl/_rels/workbook.xml.rels")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    parts: dict[str, str] = {}
    for element in _parse(archive, "xl/workbook.xml").iter():
        if not element.tag.endswith("}sheet"):
            continue
        link = next((value for key, value in element.items() if key.endswith("}id")), "")
        target = targets.get(link, "")
        whole = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        parts[element.get("name", "")] = whole
    return parts


def count_rows(path: Path, package: Package, sheet: str) -> RowCount | None:
    """Count a sheet's rows from its XML; None when the package does not name the sheet's part."""
    part = package.parts.get(sheet)
    count, doubtful = RowCount(), 0
    with zipfile.ZipFile(path) as archive:
        if part is None or part not in archive.namelist():
            return None
        empty = _empty_strings(archive)
        for row in _rows(archive, part):
            if _HIDDEN.search(row):
                number = _NUMBER.search(row)
                count.hidden.append(int(number[1]) if number else 0)
            if _VALUE.search(row):
                doubtful += bool(empty) and _only_empty(row, empty)
                count.filled += 1
    count.filled -= doubtful
    return count


def _rows(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield each row element as bytes, block by block, in memory bounded by the longest row."""
    rest = b""
    with archive.open(part) as stream:
        block = stream.read(_BLOCK)
        if b"<!DOCTYPE" in block:
            raise Refused(Refusal.DANGEROUS)
        if block[:2] in (b"\xff\xfe", b"\xfe\xff"):
            block = (block + stream.read()).decode("utf-16").encode()
        while block:
            rest += block
            starts = [found.start() for found in _ROW.finditer(rest)]
            yield from (rest[start:end] for start, end in zip(starts, starts[1:], strict=False))
            rest = rest[starts[-1] :] if starts else rest[-_LONGEST_TAG:]
            block = stream.read(_BLOCK)
    if _ROW.match(rest):
        yield rest


def _empty_strings(archive: zipfile.ZipFile) -> set[int]:
    """Return the places of shared strings without a character: a cell that points there is blank."""
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return set()
    content = archive.read(name)
    if not re.search(rb"<(?:\w+:)?t(?:\s[^>]*)?(?:/>|></)", content) and b"<si/>" not in content:
        return set()
    items = re.split(rb"<(?:\w+:)?si(?=[\s>/])", content)[1:]
    texts = [re.sub(rb"^[^>]*>|<[^>]*>", b"", item) for item in items]
    return {place for place, text in enumerate(texts) if not text}


def _only_empty(row: bytes, empty: set[int]) -> bool:
    return not _OTHER_VALUE.search(row) and all(int(place) in empty for place in _SHARED.findall(row))
