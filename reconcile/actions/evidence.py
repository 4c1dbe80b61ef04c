"""Files that prove a finding: few kinds, small, known by their bytes, kept where no address reaches."""

import uuid

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.cases import require_officer
from reconcile.actions.errors import ActionRefused, store_or_refuse
from reconcile.actions.files import sha256_of
from reconcile.models import OPEN_FINDINGS, Evidence, EvidenceKind, Finding, Officer, PersonOutcome

MOST_BYTES = 5 * 1024 * 1024  # a scanned letter
MOST_FILES = 10  # of one finding
BEGINS = {EvidenceKind.PDF: b"%PDF-", EvidenceKind.JPEG: b"\xff\xd8\xff", EvidenceKind.PNG: b"\x89PNG\r\n\x1a\n"}
SUFFIXES = {EvidenceKind.PDF: "pdf", EvidenceKind.JPEG: "jpg", EvidenceKind.PNG: "png"}


@transaction.atomic
def add_evidence(*, finding: Finding, outcome: PersonOutcome, file: "File[bytes]", note: str, by: Officer) -> Evidence:
    """Attach one more file to a finding that is open. Refused: "no_right", "changed", and as `keep_evidence`."""
    require_officer(by, outcome.place_id)
    if not Finding.objects.select_for_update().filter(pk=finding.pk, status__in=OPEN_FINDINGS).exists():
        raise ActionRefused("changed", _("This has changed since you opened the page. Here is how it stands."))
    return keep_evidence(finding=finding, file=file, note=note, by=by)


def keep_evidence(*, finding: Finding, file: "File[bytes]", note: str, by: Officer) -> Evidence:
    """Keep a file as it came, without the name a stranger gave it. Call inside the action's transaction.

    Refused: "too_large", "too_many", "empty", "not_a_kind" (by its first bytes), "same_file".
    """
    kind = _kind_of(file)
    if finding.evidence.count() >= MOST_FILES:
        raise ActionRefused("too_many", _("At most %(most)s files prove one thing."), most=MOST_FILES)
    kept = Evidence(finding=finding, kind=kind, size=file.size or 0, sha256=sha256_of(file), note=note.strip(), by=by)
    kept.file.save(uuid.uuid4().hex, file, save=False)
    try:
        with store_or_refuse("same_file", _("This very file is attached already.")):
            kept.save()
    except BaseException:
        kept.file.delete(save=False)
        raise
    record(
        "evidence.keep_evidence", by=by, election=finding.election, subject=kept, finding=finding.pk, size=kept.size,
        sha256=kept.sha256,
    )  # fmt: skip
    return kept


def record_download(*, evidence: Evidence, by: Officer) -> None:
    """Note that somebody took a file that proves something of a person."""
    finding = evidence.finding
    record("evidence.download", by=by, election=finding.election, subject=evidence, finding=finding.pk)


def _kind_of(file: "File[bytes]") -> EvidenceKind:
    size = file.size or 0
    if size > MOST_BYTES:
        sentence = _("The file is larger than %(most)s MB. Scan it in grey, or send fewer pages.")
        raise ActionRefused("too_large", sentence, most=MOST_BYTES >> 20)
    file.seek(0)
    begins = file.read(16)
    file.seek(0)
    if not begins:
        raise ActionRefused("empty", _("The file is empty. Choose it again."))
    kind = next((kind for kind, magic in BEGINS.items() if begins.startswith(magic)), None)
    if kind is None:
        raise ActionRefused("not_a_kind", _("Only PDF, JPEG and PNG files are taken. Scan or photograph the paper."))
    return kind
