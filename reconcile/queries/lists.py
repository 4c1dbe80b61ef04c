"""The uploaded lists: what each was understood to be, and an account of every row."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from reconcile.labels import refusal_text
from reconcile.models import OPEN_LISTS, ListProblem, ListRefusal, ListStatus, SourceList
from reconcile.queries.patience import is_stuck
from reconcile.reading.problems import REJECTED, Refusal

PAGE = 50


@dataclass(frozen=True)
class ListRow:
    """One upload. `rows` = `records` + `rejected` + `skipped`."""

    pk: int
    file_name: str
    kind: str
    stage: str
    place: str
    as_of: date | None
    status: str
    refusal: str
    rows: int
    records: int
    rejected: int
    skipped: int
    problems: int
    uploaded_by: str
    created: datetime

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_LISTS


@dataclass(frozen=True)
class Table:
    """All uploads, newest first, and the sums of the accepted ones."""

    rows: tuple[ListRow, ...]
    is_stuck: bool

    @property
    def is_open(self) -> bool:
        return any(row.is_open for row in self.rows)

    @property
    def has_accepted(self) -> bool:
        return any(row.status == ListStatus.ACCEPTED for row in self.rows)

    @property
    def totals(self) -> dict[str, int]:
        names = ("rows", "records", "rejected", "skipped", "problems")
        return {name: sum(getattr(row, name) for row in self.rows) for name in names}


def table(lists: QuerySet[SourceList]) -> Table:
    """Return all uploads; one query."""
    found = lists.select_related("place", "uploaded_by").annotate(n_problems=Count("problems")).order_by("-pk")
    rows = tuple(_row(one, one.n_problems) for one in found)
    waiting = [row.created for row in rows if row.status == ListStatus.STORED]
    return Table(rows, is_stuck=bool(waiting) and is_stuck(min(waiting)))


def _row(one: SourceList, problems: int) -> ListRow:
    return ListRow(
        pk=one.pk,
        file_name=one.file_name,
        kind=one.kind,
        stage=one.stage,
        place=one.place.name if one.place else "",
        as_of=one.as_of,
        status=one.status,
        refusal=refusal_sentence(one),
        rows=one.rows,
        records=one.records,
        rejected=one.rejected,
        skipped=one.skipped,
        problems=problems,
        uploaded_by=one.uploaded_by.get_full_name() or one.uploaded_by.get_username(),
        created=one.created,
    )


def refusal_sentence(one: SourceList) -> str:
    """Return why a list was refused and what to do, "" for every other list."""
    if one.status != ListStatus.REFUSED:
        return ""
    if one.refusal in list(Refusal):
        return refusal_text(one.refusal, one.file_name)
    return f"{one.file_name}: {ListRefusal(one.refusal).label}" if one.refusal else one.file_name


@dataclass(frozen=True)
class ProblemCount:
    code: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Account:
    """What became of every row of one list. Problems are shown a page at a time, without cell values."""

    list: ListRow
    title: str
    endings: tuple[tuple[str, int], ...]
    rejections: tuple[tuple[str, int], ...]
    codes: tuple[ProblemCount, ...] = field(default=())
    page: Page[ListProblem] | None = None

    @property
    def without(self) -> int:
        """Rows without a person: rejected and skipped."""
        return sum(n for _, n in (*self.rejections, *self.endings))

    @property
    def query(self) -> str:
        """Return the address part that keeps the chosen kind of problem."""
        return next((f"?code={one.code}" for one in self.codes if one.is_chosen), "?")


def account(one: SourceList, code: str, number: Any, *, problems: bool) -> Account:
    """Return the account of a list; with `problems` also where something must be looked at."""
    counts = one.problems.order_by().values("code").annotate(count=Count("pk"))
    by_code = {row["code"]: row["count"] for row in sorted(counts, key=lambda row: (-row["count"], row["code"]))}
    chosen = code if code in by_code else ""
    found = one.problems.filter(code=chosen) if chosen else one.problems.all()
    return Account(
        list=_row(one, sum(by_code.values())),
        title=one.title,
        endings=tuple((why, n) for why, n in one.endings.items() if why not in REJECTED),
        rejections=tuple((why, n) for why, n in one.endings.items() if why in REJECTED),
        codes=tuple(ProblemCount(each, n, each == chosen) for each, n in by_code.items()) if problems else (),
        page=Paginator(found.order_by("row", "pk"), PAGE).get_page(number) if problems else None,
    )
