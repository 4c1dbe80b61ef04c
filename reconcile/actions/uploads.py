"""The walk through the wizard as its officer steers it: begin, go on, go back, let pass, apply, cancel.

What a worker does in between is in `recognising`, `checking` and `applying`; how an applied upload is taken
back, in `undoing`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.actions.transitions import move, queue
from reconcile.models import Election, ListStatus, Officer, Place, SourceList, Upload, UploadStatus
from reconcile.queries.obstacles import Weight, obstacles
from reconcile.records import HELD_KINDS, ListKind

_S = UploadStatus


@transaction.atomic
def begin_upload(
    *,
    election: Election,
    kind: ListKind | None,
    place: Place | None,
    expected: int | None,
    by: Officer,
    replaces: Sequence[SourceList] = (),
    completes: SourceList | None = None,
) -> Upload:
    """Open an upload that waits for files. `kind` None: the content says it.

    Refused: "other_election" for a place or list of another one; "place_differs" for a roll with a place;
    "not_in_force" for a list to replace or complete that does not count.
    """
    others = [*replaces, *([completes] if completes else [])]
    elections = {each.election_id for each in others} | ({place.election_id} if place else set())
    if elections - {election.pk}:
        raise ActionRefused("other_election", _("The place belongs to another election. Reload the page."))
    if kind is not None and kind not in HELD_KINDS and place is not None:
        raise ActionRefused("place_differs", _("A voter roll belongs to no place of custody. Leave the place empty."))
    if any(each.status != ListStatus.ACCEPTED for each in others):
        raise ActionRefused("not_in_force", _("The list to be replaced is not in force any more. Reload the page."))
    upload = Upload.objects.create(
        election=election, kind=kind or "", place=place, expected=expected, completes=completes, by=by
    )
    upload.replaces.set(others)
    record("uploads.begin_upload", by=by, election=election, subject=upload, kind=upload.kind, place=upload.place_id)
    return upload


@transaction.atomic
def send_files(*, upload: Upload, by: Officer, in_background: bool = True) -> None:
    """All files are here: have them recognised. Refused ("not_now", "no_files")."""
    if not upload.lists.exists():
        raise ActionRefused("no_files", _("Choose at least one file."))
    queue(upload, to=_S.TO_RECOGNISE, out_of={_S.FILES}, in_background=in_background, notes=[])
    record("uploads.send_files", by=by, election=upload.election, subject=upload, files=upload.lists.count())


@transaction.atomic
def take_files_back(*, upload: Upload, by: Officer) -> None:
    """Go back to the files, to add some or take some out. Refused ("not_now")."""
    move(upload, to=_S.FILES, out_of={_S.RECOGNISED, _S.CHECKED}, **_UNDECIDED)
    upload.lists.filter(status=ListStatus.REFUSED).update(status=ListStatus.STORED, refusal="", refusal_detail="")
    record("uploads.take_files_back", by=by, election=upload.election, subject=upload)


@transaction.atomic
def look_again(*, upload: Upload, by: Officer) -> None:
    """Go back from the check to what the files were recognised as. Refused ("not_now")."""
    move(upload, to=_S.RECOGNISED, out_of={_S.CHECKED}, **_UNDECIDED)
    record("uploads.look_again", by=by, election=upload.election, subject=upload)


# What was decided about numbers falls when the numbers do.
_UNDECIDED: Mapping[str, Any] = {
    "accepted_reason": "", "accepted_by": None, "confirmed_reason": "", "confirmed_by": None,
}  # fmt: skip


@transaction.atomic
def change_expected(*, upload: Upload, expected: int | None, by: Officer) -> None:
    """Say another number of people expected, before the upload is applied. Refused ("not_now")."""
    editable = Upload.objects.filter(pk=upload.pk, status__in=[_S.FILES, _S.RECOGNISED, _S.CHECKED])
    if not editable.update(expected=expected):
        raise _moved_on()
    record("uploads.change_expected", by=by, election=upload.election, subject=upload, expected=expected)


@transaction.atomic
def settle_doubles(*, upload: Upload, replace: bool, by: Officer, in_background: bool = True) -> None:
    """Say whether the upload replaces the lists that hold the same people; the numbers are worked out anew.

    Refused: "not_now"; "own_doubles" when two files of the upload itself hold the same people.
    """
    own = set(upload.lists.values_list("pk", flat=True))
    found = [double["list"] for double in upload.doubles]
    if replace and own & set(found):
        raise ActionRefused("own_doubles", _("Two files of this upload hold the same people. Take one of them out."))
    queue(upload, to=_S.TO_CHECK, out_of={_S.CHECKED}, in_background=in_background, beside=not replace, **_UNDECIDED)
    if replace:
        upload.replaces.add(*SourceList.objects.filter(pk__in=found, status=ListStatus.ACCEPTED))
    record("uploads.settle_doubles", by=by, election=upload.election, subject=upload, replace=replace, lists=found)


@transaction.atomic
def accept_warnings(*, upload: Upload, reason: str, by: Officer) -> None:
    """Let the warnings of a checked upload pass. Refused ("not_now", "reason_needed")."""
    codes = [each.code for each in obstacles(upload) if each.weight is Weight.WARNING]
    _settle(upload, reason, accepted_reason=reason.strip(), accepted_by=by)
    record("uploads.accept_warnings", by=by, election=upload.election, subject=upload, warnings=codes)


@transaction.atomic
def confirm_change(*, upload: Upload, reason: str, by: Officer) -> None:
    """Confirm a mass change as another person than who uploads. Refused ("not_now", "reason_needed", "own")."""
    if upload.by_id == by.pk:
        raise ActionRefused("own", _("You uploaded this yourself. Another administrator must confirm it."))
    _settle(upload, reason, confirmed_reason=reason.strip(), confirmed_by=by)
    record(
        "uploads.confirm_change", by=by, election=upload.election, subject=upload,
        gone=upload.gone, before=upload.before,
    )  # fmt: skip


def _settle(upload: Upload, reason: str, **changes: Any) -> None:
    if len(reason.split()) < 2:
        raise ActionRefused("reason_needed", _("Write the reason in a few words; others will read it later."))
    same_numbers = Upload.objects.filter(pk=upload.pk, status=_S.CHECKED, fingerprint=upload.fingerprint)
    if not same_numbers.update(**changes):
        raise _moved_on()
    upload.refresh_from_db()


@transaction.atomic
def apply(*, upload: Upload, fingerprint: str, by: Officer, in_background: bool = True) -> None:
    """Have a checked upload applied as it was shown. Refused: "not_now", "moved", or the first obstacle's code."""
    if upload.fingerprint != fingerprint:
        raise ActionRefused("moved", _("The numbers have changed since you opened the page. Look at them again."))
    in_the_way = obstacles(upload)
    if in_the_way:
        raise ActionRefused(in_the_way[0].code, f"{in_the_way[0].what} {in_the_way[0].how}")
    queue(upload, to=_S.TO_APPLY, out_of={_S.CHECKED}, in_background=in_background)
    record("uploads.apply", by=by, election=upload.election, subject=upload, fingerprint=fingerprint)


@transaction.atomic
def cancel_upload(*, upload: Upload, by: Officer) -> None:
    """Give an upload up; nothing of it counts. Refused ("not_now") once it is being applied."""
    waiting = {_S.FILES, _S.TO_RECOGNISE, _S.RECOGNISING, _S.RECOGNISED, _S.TO_CHECK, _S.CHECKING, _S.CHECKED}
    move(upload, to=_S.CANCELLED, out_of=waiting)
    upload.lists.update(status=ListStatus.WITHDRAWN, recognised={}, links={})
    record("uploads.cancel_upload", by=by, election=upload.election, subject=upload)


@transaction.atomic
def try_again(*, upload: Upload, by: Officer, in_background: bool = True) -> None:
    """Check a checked upload anew, when the state it was checked on has moved. Refused ("not_now")."""
    queue(upload, to=_S.TO_CHECK, out_of={_S.CHECKED}, in_background=in_background, **_UNDECIDED)
    record("uploads.try_again", by=by, election=upload.election, subject=upload)


def _moved_on() -> ActionRefused:
    return ActionRefused("not_now", _("This upload has moved on since you opened the page. Here is how it stands."))
