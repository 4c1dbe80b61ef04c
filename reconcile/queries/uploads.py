"""Uploads as the screens show them: the history, the step bar, what the worker does and for how long still."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from reconcile import labels
from reconcile.labels import refusal_text
from reconcile.models import (
    AT_WORK,
    ENDED,
    WORK_OF,
    ListRefusal,
    ListStatus,
    SourceList,
    Upload,
    UploadStatus,
    current_of,
)
from reconcile.queries.patience import is_silent, is_stuck
from reconcile.reading.problems import Refusal

_S = UploadStatus
STEP_OF = {
    _S.FILES: "files",
    **dict.fromkeys((_S.TO_RECOGNISE, _S.RECOGNISING, _S.RECOGNISED), "recognise"),
    **dict.fromkeys((_S.TO_CHECK, _S.CHECKING, _S.CHECKED), "check"),
    **dict.fromkeys((_S.TO_APPLY, _S.APPLYING, _S.APPLIED, _S.UNDONE), "apply"),
    _S.CANCELLED: "",
}
COUNTS = ("new", "changed", "same", "rejected", "skipped")


@dataclass(frozen=True)
class Step:
    code: str
    state: str  # "over", "now", "ahead"


def steps(code: str, *, is_done: bool = False) -> tuple[Step, ...]:
    """Return the step bar with one of the five steps in hand; `is_done`: all of them are behind."""
    codes = list(labels.WIZARD_STEPS)
    at = len(codes) if is_done else codes.index(code)
    return tuple(
        Step(each, "over" if place < at else "now" if place == at else "ahead") for place, each in enumerate(codes)
    )


@dataclass(frozen=True)
class Work:
    """What the worker does with an upload. `left` in seconds, None where it cannot be told."""

    step: str
    done: int
    total: int
    left: int | None
    is_waiting: bool
    is_stuck: bool
    is_silent: bool  # its worker has given no sign of life for a while


def work_of(upload: Upload) -> Work:
    now = timezone.now()
    is_waiting = upload.status in WORK_OF
    left = None
    if not is_waiting and upload.since and upload.done and upload.total:
        seconds = (now - upload.since).total_seconds()
        left = max(1, round(seconds * (upload.total - upload.done) / upload.done))
    waits = is_waiting and is_stuck(upload.since or upload.created)
    silent = not is_waiting and is_silent(upload.heartbeat)
    return Work(upload.step, upload.done, upload.total, None if silent else left, is_waiting, waits, silent)


@dataclass(frozen=True)
class Numbers:
    """What becomes of every row: the five counts add up to `rows`."""

    rows: int
    new: int
    changed: int
    same: int
    rejected: int
    skipped: int
    problems: int
    to_correct: int

    @property
    def records(self) -> int:
        return self.new + self.changed + self.same


def numbers(lists: Iterable[SourceList]) -> Numbers:
    lists = [one for one in lists if one.status != ListStatus.REFUSED]
    counts = {name: sum(getattr(one, name) for one in lists) for name in ("rows", *COUNTS, "to_correct")}
    return Numbers(**counts, problems=sum(sum(one.problem_counts.values()) for one in lists))


def second_rows(lists: Iterable[SourceList]) -> int:
    """Return how many rows of checked registers are further rows of people known by another of their rows."""
    known = [person for one in lists for person in one.links.get("known", ()) if person is not None]
    return len(known) - len(set(known))


@dataclass(frozen=True)
class HistoryFile:
    pk: int
    name: str
    status: str
    kind: str
    stage: str
    as_of: date | None
    refusal: str


@dataclass(frozen=True)
class HistoryRow:
    """One upload with its files. The numbers of what counts are those of lists in force."""

    pk: int
    status: str
    kind: str
    place: str
    by: str
    created: datetime
    files: tuple[HistoryFile, ...]
    numbers: Numbers
    counts: bool  # its lists are read by a comparison
    is_past: bool  # they did count; newer ones stand before them now
    is_ended: bool

    @property
    def kinds(self) -> list[str]:
        return sorted({one.kind for one in self.files if one.kind}) or ([self.kind] if self.kind else [])


@dataclass(frozen=True)
class History:
    """All uploads, newest first; `in_force` adds up the lists that count."""

    rows: tuple[HistoryRow, ...]
    in_force: Numbers
    is_at_work: bool
    is_stuck: bool

    @property
    def has_accepted(self) -> bool:
        return any(row.counts for row in self.rows)

    @property
    def waiting(self) -> int:
        """Uploads that wait for a person."""
        return sum(not row.is_ended and row.status not in AT_WORK for row in self.rows)


def history(uploads: QuerySet[Upload]) -> History:
    """Return all uploads; two queries."""
    lists = SourceList.objects.select_related("place").order_by("pk")
    found = uploads.select_related("place", "by").prefetch_related(Prefetch("lists", lists)).order_by("-pk")
    accepted = [one for upload in found for one in upload.lists.all() if one.status == ListStatus.ACCEPTED]
    in_force = current_of(accepted)
    current = {one.pk for one in in_force}
    rows = tuple(_row(one, current) for one in found)
    waiting = [one.since or one.created for one in found if one.status in WORK_OF]
    return History(
        rows=rows,
        in_force=numbers(in_force),
        is_at_work=any(one.status in AT_WORK for one in found),
        is_stuck=bool(waiting) and is_stuck(min(waiting)),
    )


def _row(upload: Upload, current: Set[int]) -> HistoryRow:
    lists: Sequence[SourceList] = list(upload.lists.all())
    counts = any(one.pk in current for one in lists)
    return HistoryRow(
        pk=upload.pk,
        status=upload.status,
        kind=upload.kind,
        place=upload.place.name if upload.place else next((one.place.name for one in lists if one.place), ""),
        by=officer_name(upload.by),
        created=upload.created,
        files=tuple(_file(one) for one in lists),
        numbers=numbers(one for one in lists if one.pk in current),
        counts=counts,
        is_past=upload.status == UploadStatus.APPLIED and not counts,
        is_ended=upload.status in ENDED,
    )


def _file(one: SourceList) -> HistoryFile:
    return HistoryFile(one.pk, one.file_name, one.status, one.kind, one.stage, one.as_of, refusal_sentence(one))


@dataclass(frozen=True)
class FileRow:
    """A file that waits to be sent: `fingerprint` is the beginning of its SHA-256, in groups of four."""

    pk: int
    name: str
    size: int
    fingerprint: str
    refusal: str


def file_row(one: SourceList) -> FileRow:
    groups = (one.sha256[start : start + 4] for start in range(0, 16, 4))
    return FileRow(one.pk, one.file_name, one.size, " ".join(groups), refusal_sentence(one))


def officer_name(officer: object) -> str:
    """Return how an officer is called on the screen."""
    return officer.get_full_name() or officer.get_username()  # type: ignore[attr-defined,no-any-return]


def refusal_sentence(one: SourceList) -> str:
    """Return why a file was refused and what to do, "" for every other list."""
    if one.status != ListStatus.REFUSED:
        return ""
    if one.refusal in list(Refusal):
        return refusal_text(one.refusal, one.file_name)
    if one.refusal in labels.FILE_NOTES:
        return f"{one.file_name}: {labels.FILE_NOTES[one.refusal]}."
    return f"{one.file_name}: {ListRefusal(one.refusal).label}" if one.refusal else one.file_name
