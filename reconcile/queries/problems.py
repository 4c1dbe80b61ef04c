"""What is wrong with the files of an upload: counted by code, shown a page at a time, the gravest first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from reconcile.labels import what_is_wrong
from reconcile.models import ListProblem, SourceList
from reconcile.writing.masking import masked

PAGE = 50
_NUMBER = re.compile(r"(?:\d[ .'\-]?){9,}\d")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?")  # how a date cell is read


def shown_cell(text: str) -> str:
    """Return a cell as written, with every number long enough to be somebody's masked; a date day first."""
    if day := _DAY.fullmatch(text):
        return f"{day[3]}-{day[2]}-{day[1]}"
    return _NUMBER.sub(lambda found: masked(re.sub(r"\D", "", found[0])), text)


@dataclass(frozen=True)
class Code:
    code: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class FileTab:
    pk: int
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Problem:
    rank: int
    code: str
    sheet: str
    row: int
    column: str
    value: str
    what: str  # the sentence, with what another cell says instead


class _Counted(Paginator[Any]):
    """Pages of a query whose length is known: counting 50,000 rows again for each page takes longer than the page."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self._count = count

    @cached_property
    def count(self) -> int:
        return self._count


@dataclass(frozen=True)
class Problems:
    """The problems of one file, narrowed to one code where one is chosen. `page` is None for who may not see rows."""

    files: tuple[FileTab, ...] = ()
    codes: tuple[Code, ...] = ()
    total: int = 0
    page: Page[Any] | None = None
    rows: tuple[Problem, ...] = field(default=())
    file: int = 0

    @property
    def query(self) -> str:
        """Return the address part that keeps the chosen file and kind of problem."""
        chosen = next((one.code for one in self.codes if one.is_chosen), "")
        return f"?file={self.file}" + (f"&code={chosen}" if chosen else "")


def problems(lists: Sequence[SourceList], *, file: str, code: str, number: Any, rows: bool, values: bool) -> Problems:
    """Return a page of problems. `rows`: also where they stand; `values`: also what the cell holds."""
    counts = {one.pk: sum(one.problem_counts.values()) for one in lists}
    chosen = next((one for one in lists if str(one.pk) == file), None)
    chosen = chosen or max(lists, key=lambda one: (one.rejected, counts[one.pk]), default=None)
    if chosen is None:
        return Problems()
    tabs = tuple(FileTab(one.pk, one.file_name, counts[one.pk], one is chosen) for one in lists)
    if not rows:
        return Problems(tabs, total=sum(counts.values()), file=chosen.pk)
    by_code = sorted(chosen.problem_counts.items(), key=lambda each: (-each[1], each[0]))
    code = code if code in chosen.problem_counts else ""
    codes = tuple(Code(each, n, each == code) for each, n in by_code)
    total = chosen.problem_counts[code] if code else counts[chosen.pk]
    page = _Counted(_ordered(chosen, code), PAGE, total).get_page(number)
    shown = tuple(_problem(one, values) for one in page.object_list)
    return Problems(tabs, codes, sum(counts.values()), page, shown, chosen.pk)


def _ordered(one: SourceList, code: str) -> QuerySet[ListProblem]:
    """Return problems in an order an index gives: of one code by row, else the gravest first."""
    found = ListProblem.objects.filter(source_list=one)
    return found.filter(code=code).order_by("row", "pk") if code else found.order_by("rank", "row", "pk")


def _problem(one: ListProblem, values: bool) -> Problem:
    value, said = (shown_cell(one.value), one.said) if values else ("", "")
    return Problem(one.rank, one.code, one.sheet, one.row, one.column, value, what_is_wrong(one.code, said))
