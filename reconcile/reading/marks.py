"""Fingerprints a paper carries: found again in a file that may have been mailed, saved anew or changed."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

# Sixteen groups of four, as `versions.in_groups` writes them; a line may end between two of them.
_MARK = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{4}\s*){15}[0-9a-f]{4}(?![0-9a-f])")
_TAGS = re.compile(r"<[^>]*>")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})
_PAGES = 3  # every page carries it
_MOST_BYTES = 64 << 20  # of the parts of a workbook, unpacked


def marks_in_text(text: str) -> set[str]:
    """Return the fingerprints a text carries, 64 hexadecimal digits each."""
    return {re.sub(r"\s", "", found) for found in _MARK.findall(text.translate(_SPACES).lower())}


def marks_in(path: Path) -> set[str]:
    """Return the fingerprints a PDF or a workbook carries; none for a file that cannot be read as either."""
    with path.open("rb") as file:
        head = file.read(5)
    parts = _pages(path) if head == b"%PDF-" else _parts(path) if zipfile.is_zipfile(path) else iter(())
    return set().union(*map(marks_in_text, parts))


def _pages(path: Path) -> Iterator[str]:
    try:
        reader = PdfReader(path)
        yield " ".join(str(value) for value in (reader.metadata or {}).values())
        for page in reader.pages[:_PAGES]:
            yield page.extract_text()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError):
        return  # a damaged file carries nothing that could be believed


def _parts(path: Path) -> Iterator[str]:
    """Yield the texts of a workbook's parts: cells, and headers and footers of its sheets."""
    left = _MOST_BYTES
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.filename.lower().endswith(".xml") and not entry.flag_bits & 0x1:
                    with archive.open(entry) as stream:
                        part = stream.read(left)
                    left -= len(part)
                    yield _TAGS.sub(" ", part.decode("utf-8", "replace"))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        return
