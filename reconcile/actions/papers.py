"""The papers made of an approved version: what each was, so that it is known again when somebody shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.approval import ALTERED
from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.models import Officer, Paper, PaperKind, StoredVersion, VersionStatus
from reconcile.queries.versions import version_of
from reconcile.versions import ListVersion


@dataclass(frozen=True)
class Made:
    """One file as it was written. `pages` None where it has none of its own (a workbook, a pack)."""

    kind: PaperKind
    name: str
    sha256: str
    size: int
    rows: int
    pages: int | None = None


def version_to_print(stored: StoredVersion) -> ListVersion:
    """Return what papers are made of. Refused: "not_approved", "altered" (rows changed in the database)."""
    if stored.status != VersionStatus.APPROVED:
        raise ActionRefused("not_approved", _("Papers are made of an approved version only. This one is not approved."))
    version = version_of(stored)
    if not version.is_whole:
        raise ActionRefused("altered", ALTERED)
    return version


@transaction.atomic
def record_papers(*, stored: StoredVersion, made: Sequence[Made], by: Officer) -> list[Paper]:
    """Note files that were made of an approved version; the same bytes again are the same paper.

    Every making is told in the log. Refused: "not_approved", "altered".
    """
    version_to_print(stored)
    return [_record(stored, one, by) for one in made]


def record_paper(*, stored: StoredVersion, made: Made, by: Officer) -> Paper:
    """Note one file, as `record_papers` does."""
    return record_papers(stored=stored, made=[made], by=by)[0]


def _record(stored: StoredVersion, made: Made, by: Officer) -> Paper:
    paper, _is_new = Paper.objects.get_or_create(
        version=stored, name=made.name, sha256=made.sha256,
        defaults={
            "kind": made.kind, "size": made.size, "rows": made.rows, "pages": made.pages, "made_by": by,
            "election": stored.place.election,
        },
    )  # fmt: skip
    record(
        "papers.record_paper", by=by, election=stored.place.election, subject=paper, version=stored.pk,
        sha256=made.sha256, rows=made.rows,
    )  # fmt: skip
    return paper
