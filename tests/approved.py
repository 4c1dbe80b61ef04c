"""Versions stored as the actions store them, for tests that begin with one."""

from django.utils import timezone

from reconcile.models import HandKind, MatchRun, Officer, Place, StoredRow, StoredVersion, VersionHand, VersionStatus
from reconcile.queries.versions import draft_of, facts_of
from reconcile.versions import ListVersion


def stored_from(version: ListVersion, place: Place, run: MatchRun, by: Officer) -> StoredVersion:
    made = StoredVersion.objects.create(
        place=place, run=run, number=version.number, head=version.head, mark=version.mark, sent_by=by
    )
    StoredRow.objects.bulk_create(
        StoredRow(version=made, number=row.number, person_id=row.person, nik=row.nik, nkk=row.nkk, facts=facts_of(row))
        for row in version.rows
    )
    return made


def approved(run: MatchRun, place: Place, officers: dict[str, Officer]) -> StoredVersion:
    """Return a version of the run's answers that the commissioner has approved."""
    made = stored_from(draft_of(place, run), place, run, officers["kpps"])
    made.approval = VersionHand.objects.create(version=made, officer=officers["commissioner"], kind=HandKind.APPROVED)
    made.status, made.approved_at = VersionStatus.APPROVED, timezone.now()
    made.save()
    return made
