"""The only way an upload goes from one state to another: the table of allowed moves, by compare-and-set."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions import background
from reconcile.actions.errors import ActionRefused
from reconcile.models import TRANSITIONS, WORK_OF, Upload, UploadStatus


def move(upload: Upload, *, to: UploadStatus, out_of: set[UploadStatus], **changes: Any) -> None:
    """Move an upload that is in one of the states `out_of`. Refused ("not_now") when it is in another one.

    A state that waits for a worker begins a new count of tries.
    """
    assert all(to in TRANSITIONS[each] for each in out_of), (out_of, to)
    if to in WORK_OF:
        changes |= {"tries": 0, "since": timezone.now(), "failure": changes.get("failure", "")}
    if not Upload.objects.filter(pk=upload.pk, status__in=out_of).update(status=to, **changes):
        raise ActionRefused("not_now", _("This upload has moved on since you opened the page. Here is how it stands."))
    upload.refresh_from_db()


def queue(upload: Upload, *, to: UploadStatus, out_of: set[UploadStatus], in_background: bool, **changes: Any) -> None:
    """Move an upload to a state in which a worker takes it. Call inside the transaction that makes it necessary."""
    move(upload, to=to, out_of=out_of, **changes)
    if in_background:
        background.enqueue(background.WORK_ON_UPLOAD, upload.pk)
