"""One list: what it was understood to be, and an account of every row."""

from dataclasses import dataclass
from typing import Any

from reconcile.models import SourceList
from reconcile.queries.problems import Problems, problems
from reconcile.queries.uploads import Numbers, numbers, officer_name, refusal_sentence
from reconcile.reading.problems import REJECTED


@dataclass(frozen=True)
class Account:
    """What became of every row of one list. Problems are shown a page at a time."""

    list: SourceList
    numbers: Numbers
    by: str
    refusal: str
    endings: tuple[tuple[str, int], ...]
    rejections: tuple[tuple[str, int], ...]
    problems: Problems

    @property
    def without(self) -> int:
        """Rows without a person: rejected and skipped."""
        return sum(n for _, n in (*self.rejections, *self.endings))


def account(one: SourceList, code: str, number: Any, *, rows: bool, values: bool) -> Account:
    """Return the account of a list; `rows`: also where something must be looked at, `values`: with the cell."""
    return Account(
        list=one,
        numbers=numbers([one]),
        by=officer_name(one.upload.by),
        refusal=refusal_sentence(one),
        endings=tuple((why, n) for why, n in one.endings.items() if why not in REJECTED),
        rejections=tuple((why, n) for why, n in one.endings.items() if why in REJECTED),
        problems=problems([one], file=str(one.pk), code=code, number=number, rows=rows, values=values),
    )
