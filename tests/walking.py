"""The wizard walked through by its own actions, in the foreground: how tests make lists that count."""

from typing import Any

from office_files import upload as bytes_of

from reconcile.actions import recognising, uploads
from reconcile.actions.applying import apply_upload
from reconcile.actions.checking import check_upload
from reconcile.actions.files import add_file
from reconcile.actions.recognising import recognise_upload
from reconcile.models import SourceList, Upload, UploadStatus
from reconcile.queries.obstacles import Weight, obstacles

BEGIN = ("kind", "place", "expected", "replaces", "completes")
WHY = "dicek dengan surat pengantar"


def begun(election: Any, by: Any, *contents: bytes, name: str = "daftar", **changes: Any) -> Upload:
    """Return an upload with its files, waiting to be sent; a second file gets the name "daftar-2"."""
    said = {"kind": None, "place": None, "expected": None, **changes}
    made = uploads.begin_upload(election=election, by=by, **said)
    for number, content in enumerate(contents, start=1):
        add_file(upload=made, file=bytes_of(content), file_name=name if number == 1 else f"{name}-{number}", by=by)
    return made


def recognised(election: Any, by: Any, *contents: bytes, **changes: Any) -> Upload:
    made = begun(election, by, *contents, **changes)
    uploads.send_files(upload=made, by=by, in_background=False)
    return recognise_upload(upload=made)


def checked(election: Any, by: Any, *contents: bytes, **changes: Any) -> Upload:
    made = recognised(election, by, *contents, **changes)
    recognising.confirm_recognition(upload=made, told={}, by=by, in_background=False)
    return check_upload(upload=made)


def put_through(made: Upload, by: Any, other: Any = None) -> Upload:
    """Apply a checked upload: warnings are accepted, doubles stand beside, `other` confirms a mass change."""
    if made.doubles and not made.beside:
        uploads.settle_doubles(upload=made, replace=False, by=by, in_background=False)
        check_upload(upload=made)
    weights = {each.weight for each in obstacles(made)}
    if Weight.WARNING in weights:
        uploads.accept_warnings(upload=made, reason=WHY, by=by)
    if Weight.GUARD in weights and other:
        uploads.confirm_change(upload=made, reason=WHY, by=other)
    uploads.apply(upload=made, fingerprint=made.fingerprint, by=by, in_background=False)
    return apply_upload(upload=made)


def applied(election: Any, by: Any, *contents: bytes, other: Any = None, **changes: Any) -> Upload:
    """Return an applied upload."""
    made = put_through(checked(election, by, *contents, **changes), by, other)
    assert made.status == UploadStatus.APPLIED, (made.status, made.failure)
    return made


def the_list(made: Upload) -> SourceList:
    return made.lists.get()
