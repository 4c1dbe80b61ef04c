"""A zip of several files, as offices mail them: taken apart within limits, before anything in it is read."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from reconcile.reading.problems import Refusal, Refused

MOST_FILES = 60
MOST_BYTES = 1 << 30  # unpacked, counted while unpacking: what the archive says of itself may be a lie
_BLOCK = 1 << 20
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DOCUMENTS = ("[content_types].xml", "mimetype", "content.xml", "xl/workbook.xml")  # a zip that is one file
_LITTER = ("__macosx/", "thumbs.db", "desktop.ini")


def is_archive(path: Path) -> bool:
    """Return whether a file is a zip of files, and not a workbook or text document (which are zips too)."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except zipfile.BadZipFile:
        return False
    return not names.intersection(_DOCUMENTS) and not any(name.startswith("xl/") for name in names)


def unpack(path: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Write the files of an archive into `folder`, one after the other; yields their names and where they lie.

    Raises Refused for an archive with a password, with too many files, or one that is larger than it says.
    """
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if _is_wanted(entry)]
            if len(entries) > MOST_FILES:
                raise Refused(Refusal.TOO_LARGE)
            for place, entry in enumerate(entries):
                if entry.flag_bits & 0x1:
                    raise Refused(Refusal.ENCRYPTED)
                if entry.compress_type not in _METHODS:
                    raise Refused(Refusal.DANGEROUS)
                target = folder / f"{place}"  # no name a stranger chose reaches the disk
                with archive.open(entry) as stream, target.open("wb") as file:
                    left -= _copy(stream, file, left)  # type: ignore[arg-type]
                yield PurePosixPath(entry.filename.replace("\\", "/")).name, target
    except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
        raise Refused(Refusal.BROKEN) from broken


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    return not (entry.is_dir() or PurePosixPath(name).name.startswith(".") or name.lower().endswith(_LITTER[1:])
                or name.lower().startswith(_LITTER[0]))  # fmt: skip


def _copy(stream: BinaryIO, file: BinaryIO, most: int) -> int:
    done = 0
    while block := stream.read(_BLOCK):
        done += len(block)
        if done > most:
            raise Refused(Refusal.DANGEROUS)
        file.write(block)
    return done
