"""A workbook's zip package, looked at before and beside the reader: limits, and which part holds which sheet."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree

from reconcile.reading.parts import SheetPart
from reconcile.reading.problems import Refusal, Refused

MAX_ENTRIES = 1_000
MAX_UNPACKED = 3 << 30  # bytes
MAX_RATIO = 200  # unpacked to packed; a real sheet stays below 30
RATIO_MATTERS = 32 << 20  # bytes unpacked, below which any ratio is harmless
_BLOCK = 4 << 20  # bytes
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of an OLE file that holds a locked .xlsx
_NEEDED = (".xml", ".rels")  # ends of the parts a reader of cells may ask for
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_EMPTY_TEXT = re.compile(rb"<(?:\w+:)?(?:t(?:\s[^>]*)?(?:/>|></)|si/>|si></)")


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

    @property
    def rows_size(self) -> int:
        """Return the unpacked bytes of all sheets."""
        entries = (self._entries.get(_plain_name(part)) for part in self.parts.values())
        return sum(entry.file_size for entry in entries if entry)

    def part_of(self, sheet: str, *, closely: bool = False, block: int = _BLOCK) -> SheetPart:
        """Return a worksheet's own XML, to be read once, `block` bytes at a time.

        `closely`: errors and empty texts are no values.
        """
        return SheetPart(self._blocks(self._entry_of(sheet), block), self._empty_texts if closely else None)

    def size_of(self, sheet: str) -> int:
        """Return the unpacked bytes of a worksheet."""
        return self._entry_of(sheet).file_size

    def write_with(self, sheet: str, content: bytes, target: Path) -> None:
        """Write the package again with other content of one worksheet and without the others, not packed."""
        part = self._entry_of(sheet)
        sheets = {_plain_name(path) for path in self.parts.values()}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, entry in self._entries.items():
                if entry is not part and name.endswith(_NEEDED) and name not in sheets:
                    archive.writestr(entry.filename, self._archive.read(entry))
            archive.writestr(part.filename, content)

    def _entry_of(self, sheet: str) -> zipfile.ZipInfo:
        entry = self._entries.get(_plain_name(self.parts.get(sheet, "")))
        if entry is None:
            raise Refused(Refusal.BROKEN, detail=sheet)
        return entry

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

    def _blocks(self, entry: zipfile.ZipInfo, size: int) -> Iterator[bytes]:
        with self._archive.open(entry) as stream:
            block = stream.read(size)
            if b"<!DOCTYPE" in block:
                raise Refused(Refusal.DANGEROUS)
            if block.startswith((b"\xff\xfe", b"\xfe\xff")):
                block = (block + stream.read()).decode("utf-16").encode()
            while block:
                yield block
                block = stream.read(size)

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
