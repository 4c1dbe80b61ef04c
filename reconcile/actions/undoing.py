"""An applied upload taken back: its lists stop to count, those it replaced count again. No row is deleted.

People and what was decided about them stay: whoever appears again in a later list is the same person.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.actions.transitions import move
from reconcile.models import Election, ListStatus, Officer, SourceList, Upload, UploadStatus
from reconcile.queries.obstacles import lists_of
from reconcile.queries.undo import preview, refusals


@transaction.atomic
def undo_upload(*, upload: Upload, by: Officer) -> None:
    """Take an applied upload back. Refused: "not_possible" with every reason, "not_now"."""
    Election.objects.filter(pk=upload.election_id).update(lists_version=F("lists_version") + 1)  # stand in line
    upload.refresh_from_db()
    lists = lists_of(upload)
    if reasons := refusals(upload, lists):
        raise ActionRefused("not_possible", " ".join(reasons))
    kept = preview(upload).n_kept
    move(upload, to=UploadStatus.UNDONE, out_of={UploadStatus.APPLIED}, undone_at=timezone.now(), undone_by=by)
    upload.lists.filter(status=ListStatus.ACCEPTED).update(status=ListStatus.WITHDRAWN)
    back = SourceList.objects.filter(replaced_by=upload, status=ListStatus.REPLACED)
    n_back = back.update(status=ListStatus.ACCEPTED, replaced_by=None)
    record(
        "undoing.undo_upload", by=by, election=upload.election, subject=upload,
        lists=[one.pk for one in lists], rows=sum(one.records for one in lists), back=n_back, decisions_kept=kept,
    )  # fmt: skip
