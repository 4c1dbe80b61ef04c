"""All steps of the wizard in a row, for whoever has no screen: the same actions, the same refusals."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.core.files import File

from reconcile.actions import claims, uploads
from reconcile.actions.applying import apply_upload
from reconcile.actions.checking import check_upload
from reconcile.actions.errors import ActionRefused
from reconcile.actions.files import add_file
from reconcile.actions.recognising import Told, confirm_recognition, recognise_upload
from reconcile.labels import UPLOAD_FAILURES
from reconcile.models import Election, Officer, Place, SourceList, Upload, UploadStatus
from reconcile.queries.obstacles import Weight, lists_of, obstacles
from reconcile.queries.recognition import obstacles_to_reading
from reconcile.records import ListKind


def check_files(
    *,
    election: Election,
    files: Sequence[tuple[str, Path]],
    by: Officer,
    kind: ListKind | None = None,
    place: Place | None = None,
    expected: int | None = None,
    replaces: Sequence[SourceList] = (),
    completes: SourceList | None = None,
    beside: bool = False,
    told: Mapping[int, Told] | None = None,
    progress: claims.Progress | None = None,
) -> Upload:
    """Upload files, given as (name, path), and check them. The upload is left checked, nothing counts yet.

    Refused as the single steps are; an upload that cannot go on is cancelled.
    """
    upload = uploads.begin_upload(
        election=election, kind=kind, place=place, expected=expected, by=by, replaces=replaces, completes=completes
    )
    try:
        for name, path in files:
            with path.open("rb") as file:
                add_file(upload=upload, file=File(file), file_name=name, by=by)
        uploads.send_files(upload=upload, by=by, in_background=False)
        _must_be(recognise_upload(upload=upload, progress=progress), UploadStatus.RECOGNISED)
        confirm_recognition(upload=upload, told=told or {}, by=by, in_background=False)
        _must_be(check_upload(upload=upload, progress=progress), UploadStatus.CHECKED)
        if beside and upload.doubles:
            uploads.settle_doubles(upload=upload, replace=False, by=by, in_background=False)
            _must_be(check_upload(upload=upload, progress=progress), UploadStatus.CHECKED)
    except BaseException:
        uploads.cancel_upload(upload=upload, by=by)
        raise
    return upload


def apply_now(*, upload: Upload, by: Officer, reason: str = "", progress: claims.Progress | None = None) -> Upload:
    """Apply a checked upload; `reason` lets its warnings pass. Refused with what stands in the way."""
    if reason and any(each.weight is Weight.WARNING for each in obstacles(upload)):
        uploads.accept_warnings(upload=upload, reason=reason, by=by)
    uploads.apply(upload=upload, fingerprint=upload.fingerprint, by=by, in_background=False)
    return _must_be(apply_upload(upload=upload, progress=progress), UploadStatus.APPLIED)


def _must_be(upload: Upload, status: UploadStatus) -> Upload:
    """Return the upload, or refuse with the reason why it did not come so far."""
    if upload.status == status:
        return upload
    if upload.failure:
        raise ActionRefused(upload.failure, UPLOAD_FAILURES[upload.failure])
    first = obstacles_to_reading(upload, lists_of(upload))[0]
    raise ActionRefused(first.code, f"{first.what} {first.how}")
