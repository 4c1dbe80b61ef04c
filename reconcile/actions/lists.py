"""Files of the offices: stored as they are, then read and accepted whole, or refused with a reason."""

import hashlib
import logging
import uuid
from collections import Counter
from pathlib import Path, PurePath
from typing import Any

import pyarrow as pa
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from reconcile.actions import background, claims, columns, people, storing
from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.actions.failures import describe
from reconcile.models import (
    Election,
    HeldEntry,
    ListProblem,
    ListRefusal,
    ListStatus,
    Officer,
    Place,
    PlaceKind,
    SourceList,
    Voter,
)
from reconcile.reading import ReadResult, Refused, read_list
from reconcile.records import HELD_KINDS, ListKind

logger = logging.getLogger(__name__)

MOST_BYTES = 200 * 1024 * 1024  # reliability 4.6: a whole regency's roll
KIND_OF_PLACE = {ListKind.RUTAN: PlaceKind.RUTAN, ListKind.POLRES: PlaceKind.POLRES}


def store_list(
    *,
    election: Election,
    kind: ListKind | None,
    place: Place | None,
    file: "File[bytes]",
    file_name: str,
    by: Officer,
    in_background: bool = True,
) -> SourceList:
    """Keep an upload byte by byte and queue its reading. `kind` None: the content says it.

    Refused: "too_large"; "other_election" for a place of another one; "same_file" when these bytes were
    uploaded before. A file refused before may come again: it is read anew under what is said of it now.
    """
    if (file.size or 0) > MOST_BYTES:
        raise ActionRefused(
            "too_large", _("The file is larger than 200 MB. Split it by district and upload the parts.")
        )
    if place is not None and place.election_id != election.pk:
        raise ActionRefused("other_election", _("The place belongs to another election. Reload the page."))
    told = {
        "kind": kind or "",
        "place": place,
        "file_name": PurePath(file_name.replace("\\", "/")).name[-255:] or "-",
        "uploaded_by": by,
    }
    sha256 = _sha256(file)
    with transaction.atomic():
        stored = _again(election, sha256, told) or _first_time(election, sha256, file, told)
        record("lists.store_list", by=by, election=election, subject=stored, sha256=sha256, size=stored.size)
        if in_background:
            background.enqueue(background.ACCEPT_LIST, stored.pk)
    return stored


def _sha256(file: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _again(election: Election, sha256: str, told: dict[str, Any]) -> SourceList | None:
    """Return the refused list of the same bytes, waiting once more; None when there is no such file yet."""
    first = SourceList.objects.filter(election=election, sha256=sha256).first()
    if first is None:
        return None
    anew = {"status": ListStatus.STORED, "refusal": "", "refusal_detail": "", "attempt": 0}
    if not SourceList.objects.filter(pk=first.pk, status=ListStatus.REFUSED).update(**anew, **told):
        raise _same_file(first)
    first.refresh_from_db()
    return first


def _first_time(election: Election, sha256: str, file: "File[bytes]", told: dict[str, Any]) -> SourceList:
    stored = SourceList(election=election, sha256=sha256, size=file.size, **told)
    stored.file.save(uuid.uuid4().hex, file, save=False)  # no name a stranger chose reaches the disk
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError as error:  # the same file from another window in the same moment
        stored.file.delete(save=False)
        first = SourceList.objects.filter(election=election, sha256=sha256).first()
        if first is None:
            raise
        raise _same_file(first) from error
    except BaseException:
        stored.file.delete(save=False)
        raise
    return stored


def _same_file(first: SourceList) -> ActionRefused:
    sentence = _("This file was already uploaded on %(date)s as %(name)s. It was not stored again.")
    when = date_format(timezone.localtime(first.created), "DATETIME_FORMAT")
    return ActionRefused("same_file", sentence, date=when, name=first.file_name)


class _NotAcceptable(Exception):
    """The file can be read, but not taken as what was said of it."""

    def __init__(self, code: ListRefusal) -> None:
        super().__init__(code.value)
        self.code = code


def accept_list(*, source_list: SourceList, progress: claims.Progress | None = None) -> SourceList:
    """Read a stored list and keep all its rows, or none and the reason why. Refused ("taken").

    Whatever happens, the list ends as accepted or refused, except when the process dies: then another
    worker takes it over (see `claims`).
    """
    claim = claims.take(source_list, waiting=ListStatus.STORED, busy=ListStatus.READING, progress=progress)
    try:
        try:
            _accept(claim, source_list)
        except Refused as refused:
            _refuse(claim, source_list, refused.code.value, refused.detail)
        except _NotAcceptable as refused:
            _refuse(claim, source_list, refused.code.value)
        except claims.ClaimLost:
            raise
        except Exception as error:  # the last resort: the list must not stay in a dead hand
            logger.error("list %s could not be accepted: %s", source_list.pk, describe(error))
            _refuse(claim, source_list, ListRefusal.FAILED.value)
    except claims.ClaimLost:
        logger.warning("list %s was taken over by another worker", source_list.pk)
    source_list.refresh_from_db()
    return source_list


def _accept(claim: claims.Claim, source_list: SourceList) -> None:
    """Read outside any transaction (seconds to minutes), then store everything in one."""
    if claim.is_hopeless:
        raise _NotAcceptable(ListRefusal.GAVE_UP)
    claim("reading", 0, 1)
    near = _regency_of(source_list)
    result = read_list(Path(source_list.file.path), name=source_list.file_name, near=near)
    place = _place_of(source_list, result.kind)
    source_list.kind, source_list.place, source_list.records = result.kind.value, place, result.records
    table = columns.storable(result.table, kind=source_list.kind, file_name=source_list.file_name)
    claim("storing", 0, result.records)
    columns.write_columns(source_list, table)
    with transaction.atomic():
        _store_rows(source_list, table, claim)
        _store_problems(source_list, result)
        counts = {name: getattr(result, name) for name in ("rows", "records", "rejected", "skipped")}
        claim.store(
            status=ListStatus.ACCEPTED,
            kind=source_list.kind,
            place=place,
            stage=result.stage[:40],
            title=result.title,
            as_of=result.as_of,
            endings=dict(sorted(Counter(end.why.value for end in result.ends).items())),
            accepted_at=timezone.now(),
            done=result.records,
            total=result.records,
            **counts,
        )
        _record_acceptance(source_list, kind=source_list.kind, **counts)


def _regency_of(source_list: SourceList) -> str:
    """Return the code of the regency the list is about, "" where the election spans several."""
    if source_list.place is not None:
        return source_list.place.regency_code
    codes = set(source_list.election.places.values_list("regency_code", flat=True))
    return codes.pop() if len(codes) == 1 else ""


def _place_of(source_list: SourceList, kind: ListKind) -> Place | None:
    """Return the place a register comes from: as was said, else the only one of its kind. A roll has none."""
    if source_list.kind and source_list.kind != kind:
        raise _NotAcceptable(ListRefusal.KIND_DIFFERS)
    if kind not in HELD_KINDS:
        if source_list.place is not None:
            raise _NotAcceptable(ListRefusal.KIND_DIFFERS)
        return None
    if source_list.place is not None:
        if source_list.place.kind != KIND_OF_PLACE[kind]:
            raise _NotAcceptable(ListRefusal.PLACE_DIFFERS)
        return source_list.place
    places = list(source_list.election.places.filter(kind=KIND_OF_PLACE[kind])[:2])
    if len(places) != 1:
        raise _NotAcceptable(ListRefusal.PLACE_NEEDED)
    return places[0]


def _store_rows(source_list: SourceList, table: pa.Table, claim: claims.Claim) -> None:
    def tick(done: int, total: int) -> None:
        if claim.progress:  # the database shows it only after the transaction
            claim.progress("storing", done, total)

    rows = columns.row_columns(table)
    if source_list.kind in HELD_KINDS:
        rows = rows.append_column("person_id", pa.array(people.persons_for(source_list, table), pa.int64()))
    model = HeldEntry if source_list.kind in HELD_KINDS else Voter
    storing.store(model, rows, {"source_list_id": source_list.pk}, tick)


def _store_problems(source_list: SourceList, result: ReadResult) -> None:
    """Keep where something is wrong; the cell itself stays in the office's file."""
    found: dict[str, list[Any]] = {
        "code": [problem.code.value for problem in result.problems],
        "sheet": [problem.sheet for problem in result.problems],
        "row": [problem.row for problem in result.problems],
        "column": [problem.column for problem in result.problems],
    }
    if result.problems:
        storing.store(ListProblem, pa.table(found), {"source_list_id": source_list.pk})


def _refuse(claim: claims.Claim, source_list: SourceList, code: str, detail: str = "") -> None:
    with transaction.atomic():
        claim.store(status=ListStatus.REFUSED, refusal=code, refusal_detail=detail)
        _record_acceptance(source_list, refused=code)
    columns.path_of(source_list).unlink(missing_ok=True)


def _record_acceptance(source_list: SourceList, **facts: Any) -> None:
    by, election = source_list.uploaded_by, source_list.election
    record("lists.accept_list", by=by, election=election, subject=source_list, **facts)
