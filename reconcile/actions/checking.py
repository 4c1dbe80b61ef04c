"""Every row of an upload read and compared, by a worker; nothing counts yet.

Reading and comparing happen outside any transaction; the numbers, the problems and the state change are
stored in one. The rows themselves wait in a file of columns beside the upload.
"""

from django.db import transaction

from reconcile.actions import claims, columns
from reconcile.actions.audit import record
from reconcile.actions.comparing import compare_upload, fingerprint
from reconcile.actions.comparison import Comparison, Read
from reconcile.actions.corrections import ask_for_correction
from reconcile.actions.files import refuse_file
from reconcile.actions.recognising import regency_of
from reconcile.actions.storing import store
from reconcile.actions.taking import Taken, take_file
from reconcile.models import ListProblem, RowChange, SourceList, Upload, UploadStatus, Voter
from reconcile.queries.obstacles import lists_of
from reconcile.reading import Refused

COUNTS = ("rows", "records", "new", "changed", "same", "rejected", "skipped")


def check_upload(*, upload: Upload, progress: claims.Progress | None = None) -> Upload:
    """Check an upload that waits for it. Refused ("taken").

    It ends checked, or recognised with a refusal on each file that turned out to be no list; when the
    process dies, another worker takes it over and begins again.
    """
    return claims.carry_out(
        upload, _check, _fail, what="checking.check_upload", progress=progress,
        waiting=UploadStatus.TO_CHECK, busy=UploadStatus.CHECKING,
    )  # fmt: skip


def _check(claim: claims.Claim, upload: Upload) -> None:
    state = fingerprint(upload)
    lists = lists_of(upload)
    taken = [(one, _take(claim, upload, one, lists)) for one in lists]
    whole = [(one, its) for one, its in taken if its is not None]
    if len(whole) < len(taken):
        claim.store(status=UploadStatus.RECOGNISED)
        return
    claim("comparing", 0, 1)
    reads = [Read(one, its.table) for one, its in whole]
    found = compare_upload(upload, reads)
    claim("comparing", 1, 1)
    with transaction.atomic():
        for read, (_one, its) in zip(reads, whole, strict=True):
            _store_account(read, its)
        _store_comparison(claim, upload, found, state)
        counts = {name: sum(getattr(one, name) for one in lists) for name in COUNTS}
        record("checking.check_upload", by=upload.by, election=upload.election, subject=upload, **counts)


def _fail(claim: claims.Claim, upload: Upload, code: str) -> None:
    claim.store(status=UploadStatus.RECOGNISED, failure=code)


def _take(claim: claims.Claim, upload: Upload, one: SourceList, lists: list[SourceList]) -> Taken | None:
    """Read one file and put its columns aside; None when it is refused after all."""

    def tell(rows: int, total: int) -> None:
        claim("reading", rows, total)

    try:
        taken = take_file(one, regency_of(upload), tell)
    except Refused as refused:
        refuse_file(one, refused.code.value, refused.detail)
        return None
    # rows a worker stored before the numbers were found to have moved: they may be read otherwise now
    Voter.objects.filter(source_list=one)._raw_delete(using="default")
    one.stage, one.title, one.as_of, one.records = taken.stage, taken.title, taken.as_of, taken.table.num_rows
    columns.write_columns(one, taken.table)
    return taken


def _store_account(read: Read, taken: Taken) -> None:
    one = read.source_list
    one.rows, one.rejected, one.skipped = taken.rows, taken.rejected, taken.skipped
    one.new, one.changed, one.same = read.new, read.changed, read.same
    one.endings, one.problem_counts, one.to_correct = dict(taken.endings), taken.problem_counts, taken.to_correct
    one.links = {"known": list(read.known), "doubts": read.doubts}
    one.save()
    ListProblem.objects.filter(source_list=one)._raw_delete(using="default")
    if taken.problems.num_rows:
        store(ListProblem, taken.problems, {"source_list_id": one.pk})
    if taken.to_correct:
        ask_for_correction(one)


def _store_comparison(claim: claims.Claim, upload: Upload, found: Comparison, state: str) -> None:
    RowChange.objects.filter(upload=upload)._raw_delete(using="default")
    RowChange.objects.bulk_create(found.changes, batch_size=1000)
    claim.store(
        status=UploadStatus.CHECKED,
        fingerprint=state,
        before=found.before,
        gone=found.gone,
        doubles=found.doubles,
        older_than=found.older_than,
    )
