"""A checked upload becomes what counts: all of it, in one moment, and only on the state it was checked on.

The rows of rolls are stored first, in parts nobody sees: a worker that is killed is taken over where it
stopped. Registers, people and the change of what counts follow in one short transaction.
"""

import pyarrow as pa
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from reconcile.actions import background, claims, columns, people, storing
from reconcile.actions.audit import record
from reconcile.actions.comparing import fingerprint
from reconcile.actions.lapsing import lapse_resting_on
from reconcile.models import (
    Election,
    HeldEntry,
    ListStatus,
    PersonLink,
    SourceList,
    Upload,
    UploadFailure,
    UploadStatus,
    Voter,
)
from reconcile.queries.obstacles import lists_of

ROWS_A_PART = 50_000


def apply_upload(*, upload: Upload, progress: claims.Progress | None = None) -> Upload:
    """Apply an upload that waits for it. Refused ("taken").

    It ends applied; or checked anew because the lists in force have changed; or checked as before, with the
    failure said. When the process dies, another worker takes it over (see `claims`).
    """
    return claims.carry_out(
        upload, _apply, _fail, what="applying.apply_upload", progress=progress,
        waiting=UploadStatus.TO_APPLY, busy=UploadStatus.APPLYING,
    )  # fmt: skip


def _apply(claim: claims.Claim, upload: Upload) -> None:
    _check_state(upload)
    lists = lists_of(upload)
    total = sum(one.records for one in lists)
    done = 0
    for one in lists:
        if not one.is_register:
            _store_voters(claim, one, done, total)
            done += one.records
    with transaction.atomic():
        # Whoever changes what counts changes this row first: from here on nobody else does.
        Election.objects.filter(pk=upload.election_id).update(lists_version=F("lists_version") + 1)
        _check_state(upload)
        for one in lists:
            if one.is_register:
                _store_entries(claim, one, done, total)
                done += one.records
        _let_count(claim, upload, lists, total)


def _check_state(upload: Upload) -> None:
    """Break off when the lists in force are not those the numbers were worked out on."""
    if fingerprint(upload) != upload.fingerprint:
        raise claims.BrokenOff(UploadFailure.MOVED.value)


def _store_voters(claim: claims.Claim, one: SourceList, before: int, total: int) -> None:
    """Store the rows that are not stored yet, a part at a time: lines are stored in order and never twice."""
    stored = Voter.objects.filter(source_list=one).count()
    rows = columns.row_columns(columns.columns_of(one))
    while stored < one.records:
        claim("storing", before + stored, total)
        with transaction.atomic():
            storing.store(Voter, rows.slice(stored, ROWS_A_PART), {"source_list_id": one.pk})
            claim.store(heartbeat=timezone.now())
        stored = min(stored + ROWS_A_PART, one.records)
    claim("storing", before + stored, total)


def _store_entries(claim: claims.Claim, one: SourceList, before: int, total: int) -> None:
    persons = people.persons_for(one, one.links["known"])
    rows = columns.row_columns(columns.columns_of(one))
    rows = rows.append_column("person_id", pa.array(persons, pa.int64()))
    same = {"source_list_id": one.pk}
    storing.store(HeldEntry, rows, same, lambda done, _all: claim.tell("storing", before + done, total))
    if doubts := one.links["doubts"]:
        lines = [line for line, _, _ in doubts]
        entries = dict(HeldEntry.objects.filter(source_list=one, line__in=lines).values_list("line", "pk"))
        PersonLink.objects.bulk_create(
            PersonLink(entry_id=entries[line], person_id=person, probability=chance) for line, person, chance in doubts
        )


def _let_count(claim: claims.Claim, upload: Upload, lists: list[SourceList], total: int) -> None:
    """Make the lists count and those they replace not; the same moment for all."""
    now = timezone.now()
    replaced = SourceList.objects.filter(pk__in=upload.replaces.all(), status=ListStatus.ACCEPTED)
    n_replaced = replaced.update(status=ListStatus.REPLACED, replaced_by=upload)
    upload.lists.filter(status=ListStatus.STORED).update(
        status=ListStatus.ACCEPTED, accepted_at=now, recognised={}, links={}
    )
    claim.store(status=UploadStatus.APPLIED, applied_at=now, done=total, total=total)
    lapse_resting_on(upload)
    counts = {name: sum(getattr(one, name) for one in lists) for name in COUNTS}
    record(
        "applying.apply_upload", by=upload.by, election=upload.election, subject=upload,
        lists=[one.pk for one in lists], replaced=n_replaced, gone=upload.gone, **counts,
    )  # fmt: skip


COUNTS = ("rows", "new", "changed", "same", "rejected", "skipped")


def _fail(claim: claims.Claim, upload: Upload, code: str) -> None:
    """Say why it was not applied; where the lists in force have moved, have it checked on them."""
    with transaction.atomic():
        if code == UploadFailure.MOVED:
            claim.store(
                status=UploadStatus.TO_CHECK, failure=code, tries=0, since=timezone.now(),
                accepted_reason="", accepted_by=None, confirmed_reason="", confirmed_by=None,
            )  # fmt: skip
            background.enqueue(background.WORK_ON_UPLOAD, upload.pk)
        else:
            claim.store(status=UploadStatus.CHECKED, failure=code)
        record("applying.apply_upload", by=upload.by, election=upload.election, subject=upload, failed=code)
