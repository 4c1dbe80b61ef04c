"""Whether a paper is one of ours, and whether what it says still holds. Names no person, whoever asks."""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reconcile.models import Paper, StoredVersion, VersionStatus
from reconcile.queries.versions import version_of
from reconcile.reading.archives import is_archive, unpack
from reconcile.reading.marks import marks_in
from reconcile.reading.problems import Refused
from reconcile.versions import in_groups

GROUP = 4
FEWEST_GROUPS = 2
_BLOCK = 1 << 20


class Finding(StrEnum):
    OURS = "ours"  # byte for byte a file that was made here
    CHANGED = "changed"  # carries the fingerprint of a version, but is no file that was made here
    CARRIES = "carries"  # these groups are of the fingerprint of a version
    NONE = "none"


@dataclass(frozen=True)
class Verdict:
    """What is known of one file, or of groups somebody has typed. `altered`: the stored rows are not those approved."""

    finding: Finding
    name: str = ""
    version: StoredVersion | None = None
    paper: Paper | None = None
    altered: bool = False

    @property
    def holds(self) -> bool:
        """Say whether it can be relied on: ours, and of a version that is approved now."""
        is_ours = self.finding in (Finding.OURS, Finding.CARRIES)
        return is_ours and self.status == VersionStatus.APPROVED and not self.altered

    @property
    def status(self) -> str:
        return self.version.status if self.version else ""


def _versions() -> "list[StoredVersion]":
    """Return the versions papers can belong to: those that are or were approved."""
    found = StoredVersion.objects.filter(approval__isnull=False).order_by("pk")
    return list(found.select_related("place__election", "approval__officer"))


def _about(finding: Finding, version: StoredVersion, name: str = "", paper: Paper | None = None) -> Verdict:
    return Verdict(finding, name, version, paper, altered=not version_of(version).is_whole)


def groups_of(text: str) -> list[str]:
    """Return the groups of four somebody has typed, in any writing; [] where it is not hexadecimal or too little."""
    digits = re.sub(r"[\s.\-]", "", text.lower())
    is_whole = len(digits) % GROUP == 0 and len(digits) >= FEWEST_GROUPS * GROUP
    return in_groups(digits).split() if is_whole and re.fullmatch(r"[0-9a-f]+", digits) else []


def by_groups(text: str) -> list[Verdict]:
    """Return the versions whose fingerprint has these groups, in this order; NONE where there is none."""
    asked = groups_of(text)
    found = [one for one in _versions() if asked and _is_in(asked, in_groups(one.mark).split())]
    return [_about(Finding.CARRIES, one) for one in found] or [Verdict(Finding.NONE)]


def _is_in(asked: list[str], groups: list[str]) -> bool:
    """Say whether the groups asked for stand in a fingerprint, in their order, with others between them or not."""
    rest = iter(groups)
    return all(group in rest for group in asked)


def by_file(path: Path, name: str) -> list[Verdict]:
    """Return what is known of a file; of a zip that is not ours as a whole, what is known of each file in it."""
    whole = _ours(path, name)
    if whole:
        return [whole]
    if not is_archive(path):
        return [_carries(path, name)]
    with tempfile.TemporaryDirectory() as folder:
        try:
            return [_ours(part, part_name) or _carries(part, part_name) for part_name, part in _unpacked(path, folder)]
        except Refused:
            return [Verdict(Finding.NONE, name)]


def _unpacked(path: Path, folder: str) -> Iterator[tuple[str, Path]]:
    yield from unpack(path, Path(folder))


def _ours(path: Path, name: str) -> Verdict | None:
    related = ("version__place__election", "version__approval__officer")
    paper = Paper.objects.filter(sha256=_sha256(path)).select_related(*related).order_by("-pk").first()
    return _about(Finding.OURS, paper.version, name, paper) if paper else None


def _carries(path: Path, name: str) -> Verdict:
    marks = marks_in(path)
    found = next((one for one in reversed(_versions()) if one.mark in marks), None)
    return _about(Finding.CHANGED, found, name) if found else Verdict(Finding.NONE, name)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
