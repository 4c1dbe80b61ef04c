"""The files of an upload: kept byte by byte as they come, known by their SHA-256, never read here."""

import hashlib
import uuid
from pathlib import PurePath

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.models import ALIVE, ListStatus, Officer, SourceList, Upload, UploadStatus

MOST_BYTES = 200 * 1024 * 1024  # reliability 4.6: a whole regency's roll
MOST_BYTES_OF_A_PLACE = 20 * 1024 * 1024  # a register; the rolls come from KPU itself
MOST_FILES = 60  # a regency has about twenty districts; moved-voter lists come on top


class SameFile(ActionRefused):
    """These bytes were uploaded before; `first` is the list they made."""

    def __init__(self, first: SourceList) -> None:
        by = first.upload.by
        sentence = _("%(name)s was already uploaded on %(date)s by %(by)s. Nothing has changed.")
        if first.rows:
            sentence = _("%(name)s was already uploaded on %(date)s by %(by)s (%(rows)s rows). Nothing has changed.")
        super().__init__(
            "same_file",
            sentence,
            name=first.file_name,
            date=date_format(timezone.localtime(first.created), "DATETIME_FORMAT"),
            by=by.get_full_name() or by.get_username(),
            rows=number_format(first.rows, use_l10n=True, force_grouping=True),
        )
        self.first = first


def most_bytes(by: Officer) -> int:
    """Return how large a file this officer may upload."""
    return MOST_BYTES if by.place_id is None else MOST_BYTES_OF_A_PLACE


def add_file(*, upload: Upload, file: "File[bytes]", file_name: str, by: Officer) -> SourceList:
    """Keep one file of an upload that still takes files.

    Refused: "not_now"; "too_large"; "too_many"; "same_file" when these bytes were uploaded before and count,
    or wait, in this election.
    """
    name = PurePath(file_name.replace("\\", "/")).name[-255:] or "-"
    most = most_bytes(by)
    if (file.size or 0) > most:
        sentence = _("%(name)s is larger than %(most)s MB. Split it by district and upload the parts.")
        raise ActionRefused("too_large", sentence, name=name, most=most >> 20)
    sha256 = sha256_of(file)
    with transaction.atomic():
        if not Upload.objects.select_for_update().filter(pk=upload.pk, status=UploadStatus.FILES).exists():
            raise ActionRefused("not_now", _("This upload takes no more files. Begin a new one."))
        if upload.lists.count() >= MOST_FILES:
            sentence = _("At most %(most)s files at once. Upload the rest afterwards.")
            raise ActionRefused("too_many", sentence, most=MOST_FILES)
        stored = keep_file(upload=upload, file=file, name=name, sha256=sha256)
        record("files.add_file", by=by, election=upload.election, subject=stored, sha256=sha256, size=stored.size)
    return stored


def keep_file(*, upload: Upload, file: "File[bytes]", name: str, sha256: str) -> SourceList:
    """Put the bytes on the disk and a list for them into the upload. Call inside a transaction. Raises SameFile."""
    if first := _first_of(upload, sha256):
        raise SameFile(first)
    stored = SourceList(
        upload=upload, election_id=upload.election_id, file_name=name, size=file.size or 0, sha256=sha256
    )
    stored.file.save(uuid.uuid4().hex, file, save=False)  # no name a stranger chose reaches the disk
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError as error:  # the same file from another window in the same moment
        stored.file.delete(save=False)
        first = _first_of(upload, sha256)
        if first is None:
            raise
        raise SameFile(first) from error
    except BaseException:
        stored.file.delete(save=False)
        raise
    return stored


def _first_of(upload: Upload, sha256: str) -> SourceList | None:
    alive = SourceList.objects.filter(election_id=upload.election_id, sha256=sha256, status__in=ALIVE)
    return alive.select_related("upload__by").first()


def sha256_of(file: "File[bytes]") -> str:
    """Return the SHA-256 of an upload, read from its beginning in parts, and put it back there."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


@transaction.atomic
def remove_file(*, source_list: SourceList, by: Officer) -> None:
    """Take a file out of an upload that is not being worked on and not applied. Refused ("not_now").

    The bytes go; the log keeps their SHA-256. The others must be looked at again.
    """
    upload = Upload.objects.select_for_update().get(pk=source_list.upload_id)
    if upload.status not in {UploadStatus.FILES, UploadStatus.RECOGNISED}:
        raise ActionRefused("not_now", _("This upload has moved on since you opened the page. Here is how it stands."))
    record("files.remove_file", by=by, election=upload.election, subject=source_list, sha256=source_list.sha256)
    stored = source_list.file
    source_list.delete()
    transaction.on_commit(lambda: stored.storage.delete(stored.name))


def refuse_file(source_list: SourceList, code: str, detail: str = "") -> None:
    """Mark a file of which nothing can be used; the same bytes may come again."""
    source_list.status, source_list.refusal, source_list.refusal_detail = ListStatus.REFUSED, code, detail
    source_list.save(update_fields=["status", "refusal", "refusal_detail"])
