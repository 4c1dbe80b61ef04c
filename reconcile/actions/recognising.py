"""What the files of an upload are: looked at by a worker, confirmed or corrected by the officer."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files import File
from django.db import IntegrityError, transaction

from reconcile.actions import claims, understanding
from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.actions.files import SameFile, keep_file, refuse_file
from reconcile.actions.headings import known_headings, remember_headings
from reconcile.actions.transitions import queue
from reconcile.models import (
    ListRefusal,
    ListStatus,
    Officer,
    Place,
    SourceList,
    Upload,
    UploadStatus,
)
from reconcile.queries.obstacles import lists_of
from reconcile.queries.recognition import KIND_OF_PLACE, obstacles_to_reading
from reconcile.reading import Refusal, Refused
from reconcile.reading.archives import is_archive, unpack
from reconcile.records import HELD_KINDS, ListKind


def recognise_upload(*, upload: Upload, progress: claims.Progress | None = None) -> Upload:
    """Look at the files of an upload that waits for it. Refused ("taken").

    It ends recognised, with a refusal on each file that is no list; when the process dies, another worker
    takes it over and begins again.
    """
    return claims.carry_out(
        upload, _recognise, _fail, what="recognising.recognise_upload", progress=progress,
        waiting=UploadStatus.TO_RECOGNISE, busy=UploadStatus.RECOGNISING,
    )  # fmt: skip


def _recognise(claim: claims.Claim, upload: Upload) -> None:
    spoilt = _unpack_archives(claim, upload)
    lists = lists_of(upload)
    for done, one in enumerate(lists):
        claim("recognising", done, len(lists))
        if one.pk not in spoilt:
            _recognise_file(upload, one)
    with transaction.atomic():
        claim.store(status=UploadStatus.RECOGNISED, done=len(lists), total=len(lists))
        kinds = [one.kind or one.refusal for one in lists]
        record("recognising.recognise_upload", by=upload.by, election=upload.election, subject=upload, kinds=kinds)


def _fail(claim: claims.Claim, upload: Upload, code: str) -> None:
    claim.store(status=UploadStatus.FILES, failure=code)


def _recognise_file(upload: Upload, one: SourceList) -> None:
    try:
        one.recognised = understanding.look(one)
    except Refused as refused:
        refuse_file(one, refused.code.value, refused.detail)
        return
    if one.recognised["corrects"] or upload.completes_id:
        if refusal := _take_for_correction(upload, one):
            refuse_file(one, refusal)
            return
    else:
        one.kind = one.told.get("kind") or one.recognised["kind"]
        one.place = _place_of(upload, one)
        headings = [each["heading"] for each in one.recognised["columns"]]
        one.told = {**one.told, "fields": {**known_headings(one, headings), **one.told.get("fields", {})}}
    one.status, one.refusal, one.refusal_detail = ListStatus.STORED, "", ""
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:  # it was refused before, and the same bytes came again by another way
        refuse_file(one, "same_file")


def _take_for_correction(upload: Upload, one: SourceList) -> str:
    """Find the list a correction workbook completes; returns why it cannot be taken, "" where it can."""
    its_file = SourceList.objects.filter(election=upload.election, sha256=one.recognised["corrects"])
    office = its_file.exclude(pk=one.pk).order_by("-pk").first()
    wanted = upload.completes
    if office is None or (wanted and wanted.chain[0].sha256 != office.sha256):
        return ListRefusal.CORRECTS_OTHER.value
    in_force = SourceList.objects.filter(election=upload.election).accepted()
    last = next((each for each in in_force.order_by("-pk") if each.chain[0].sha256 == office.sha256), None)
    if last is None:
        return ListRefusal.CORRECTS_PAST.value
    one.completes, one.kind, one.place = last, last.kind, last.place
    upload.replaces.add(last)
    return ""


def _place_of(upload: Upload, one: SourceList) -> Place | None:
    """Return the place a register comes from: as was said, else the only one of its kind. A roll has none."""
    if one.kind not in HELD_KINDS:
        return None
    if upload.place is not None:
        return upload.place
    places = list(upload.election.places.filter(kind=KIND_OF_PLACE[ListKind(one.kind)])[:2])
    return places[0] if len(places) == 1 else None


def regency_of(upload: Upload) -> str:
    """Return the code of the regency the lists are about, "" where the election spans several."""
    if upload.place is not None:
        return upload.place.regency_code
    codes = set(upload.election.places.values_list("regency_code", flat=True))
    return codes.pop() if len(codes) == 1 else ""


def _unpack_archives(claim: claims.Claim, upload: Upload) -> set[int]:
    """Put the files of archives in their place; returns the archives that cannot be unpacked."""
    spoilt = set()
    for archive in lists_of(upload):
        path = Path(archive.file.path)
        if not is_archive(path):
            continue
        claim("unpacking", 0, 1)
        try:
            _unpack(upload, archive, path)
        except Refused as refused:
            refuse_file(archive, refused.code.value, refused.detail)
            spoilt.add(archive.pk)
    return spoilt


def _unpack(upload: Upload, archive: SourceList, path: Path) -> None:
    """Put the files of an archive into the upload in its place, all or none; what was uploaded before is noted."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        found = 0
        for name, member in unpack(path, Path(folder)):
            found += 1
            with member.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
                try:
                    keep_file(upload=upload, file=File(stream), name=name, sha256=sha256)
                except SameFile as same:
                    upload.notes.append({"code": "same_file", "file": name, "list": str(same.first.pk)})
            member.unlink()
        if not found:
            raise Refused(Refusal.EMPTY)
        Upload.objects.filter(pk=upload.pk).update(notes=upload.notes)
        stored = archive.file
        archive.delete()
        transaction.on_commit(lambda: stored.storage.delete(stored.name))


@dataclass(frozen=True)
class Told:
    """What the officer says of one file instead of, or in addition to, what was recognised."""

    kind: ListKind | None = None
    place: Place | None = None
    fields: Mapping[str, str] = field(default_factory=dict)  # heading -> our field, "" for none
    header_rows: Mapping[str, int] = field(default_factory=dict)  # sheet -> row of the heading, as the office counts


@transaction.atomic
def recognise_again(*, upload: Upload, told: Mapping[int, Told], by: Officer, in_background: bool = True) -> None:
    """Look at the files anew, with the heading rows that somebody named. Refused ("not_now")."""
    queue(upload, to=UploadStatus.TO_RECOGNISE, out_of={UploadStatus.RECOGNISED}, in_background=in_background)
    for one in lists_of(upload):
        if one.pk in told and one.recognised:
            _take_down(one, told[one.pk])
    record("recognising.recognise_again", by=by, election=upload.election, subject=upload)


@transaction.atomic
def confirm_recognition(*, upload: Upload, told: Mapping[int, Told], by: Officer, in_background: bool = True) -> None:
    """Have the files read as they were recognised, or as `told` by list. Refused ("not_now", or what is missing).

    What somebody said of a heading is remembered for this sender.
    """
    lists = lists_of(upload)
    for one in lists:
        if one.status == ListStatus.STORED and one.pk in told:
            _take_down(one, told[one.pk])
    if missing := obstacles_to_reading(upload, lists):
        raise ActionRefused(missing[0].code, f"{missing[0].what} {missing[0].how}")
    places = {one.place for one in lists}
    of_one = {"place": places.pop()} if len(places) == 1 else {}
    queue(upload, to=UploadStatus.TO_CHECK, out_of={UploadStatus.RECOGNISED}, in_background=in_background, **of_one)
    for one in lists:
        remember_headings(one)
    record(
        "recognising.confirm_recognition", by=by, election=upload.election, subject=upload,
        kinds=[one.kind for one in lists], said=sum(len(one.told.get("fields", {})) for one in lists),
    )  # fmt: skip


def _take_down(one: SourceList, told: Told) -> None:
    if one.completes:
        return  # it is what the list it completes is
    recognised = {each["heading"]: each["field"] for each in one.recognised["columns"]}
    said = {**one.told.get("fields", {}), **told.fields}
    fields = {heading: ours for heading, ours in said.items() if recognised.get(heading, ours) != ours}
    one.kind = told.kind or one.kind
    one.place = (told.place or one.place) if one.kind in HELD_KINDS else None
    header_rows = {**one.told.get("header_rows", {}), **told.header_rows}
    one.told = {"kind": told.kind or "", "fields": fields, "header_rows": header_rows}
    one.save(update_fields=["kind", "place", "told"])
