"""The queue of doubts as one officer sees it: counts that add up, and which case comes next."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import BigIntegerField, BooleanField, Count, F, Q, QuerySet, Value, When
from django.db.models import Case as Choose
from django.db.models.functions import Cast, Mod
from django.utils import timezone

from reconcile.models import (
    OPEN_CASES,
    SETTLED_CASES,
    SHUFFLED,
    UNANSWERED,
    Case,
    CaseReason,
    CaseStatus,
    Decision,
    Officer,
)

TURNS = {"first": UNANSWERED, "second": {CaseStatus.SECOND}, "third": {CaseStatus.DIFFERS}}


@dataclass(frozen=True)
class Narrowed:
    """What the queue is narrowed to. Codes only: they stand in the address."""

    reason: str = ""
    turn: str = ""

    @property
    def is_open(self) -> bool:
        return not (self.reason or self.turn)

    @property
    def codes(self) -> dict[str, str]:
        return {name: code for name, code in (("reason", self.reason), ("turn", self.turn)) if code}

    def query(self, **more: object) -> str:
        """Return the address part of this filter with further codes; "" where there are none."""
        codes = {**self.codes, **{name: str(code) for name, code in more.items() if code}}
        return f"?{urlencode(codes)}" if codes else ""

    def toggled(self, **change: str) -> str:
        """Return the address part with one code changed, or taken away where it is set already."""
        off = {name: "" if getattr(self, name) == code else code for name, code in change.items()}
        return replace(self, **off).query() or "?"


def narrowed_from(asked: Mapping[str, str]) -> Narrowed:
    """Return the filter an address asks for; codes that do not exist are left out."""
    reason, turn = asked.get("reason", ""), asked.get("turn", "")
    return Narrowed(reason if reason in CaseReason.values else "", turn if turn in TURNS else "")


def mine(by: Officer) -> Q:
    """Return the condition of the cases this officer can answer now; needs `with_standing`."""
    fresh = Q(status__in=UNANSWERED)
    later = Q(status__in=[CaseStatus.SECOND, CaseStatus.DIFFERS], answered=False)
    return (fresh | later) & Q(held=False)


def _held_by_another(by: Officer) -> Q:
    return Q(holder__isnull=False, held_until__gt=timezone.now()) & ~Q(holder=by)


def with_standing(cases: QuerySet[Case], by: Officer) -> Any:
    """Add whether this officer has given one of the answers that count, and whether another one has it in hand."""
    own = Decision.objects.filter(by=by, is_open=True).values("case")
    return cases.annotate(answered=_said(Q(pk__in=own)), held=_said(_held_by_another(by)))


def _said(condition: Q) -> Choose:
    return Choose(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


@dataclass(frozen=True)
class Line:
    """One line of the queue: a code, how many cases wait for this officer, and the address that shows them."""

    code: str
    cases: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Queue:
    """`decided` + `waiting` + `not_mine` = `all`; the reasons add up to `waiting`, and so do the turns.

    Narrowed by one of the two, the other adds up to what is left: each line counts what its address shows.
    """

    reasons: tuple[Line, ...]
    turns: tuple[Line, ...]
    decided: int
    waiting: int
    not_mine: int
    held: int  # of the last: in somebody's hand just now
    narrowed: int  # waiting, as far as the filter lets through

    @property
    def all(self) -> int:
        return self.decided + self.waiting + self.not_mine

    @property
    def hidden(self) -> int:
        return self.waiting - self.narrowed

    @property
    def awaits_others(self) -> int:
        return self.not_mine - self.held


def queue_of(cases: QuerySet[Case], by: Officer, at: Narrowed) -> Queue:
    """Count the cases of a run for one officer; one query."""
    shown = with_standing(cases, by).exclude(status=CaseStatus.LAPSED)
    cells = list(shown.order_by().values("reason", "status", "answered", "held").annotate(n=Count("pk")))
    decided = sum(cell["n"] for cell in cells if cell["status"] in SETTLED_CASES)
    opened = [cell for cell in cells if cell["status"] in OPEN_CASES]
    waiting = [cell for cell in opened if not cell["held"] and (cell["status"] in UNANSWERED or not cell["answered"])]
    n_waiting = sum(cell["n"] for cell in waiting)
    through = [cell for cell in waiting if _passes(cell, at)]
    return Queue(
        reasons=tuple(line for line in (_line("reason", code, waiting, at) for code in CaseReason) if line.cases),
        turns=tuple(_line("turn", code, waiting, at) for code in TURNS),
        decided=decided,
        waiting=n_waiting,
        not_mine=sum(cell["n"] for cell in opened) - n_waiting,
        held=sum(cell["n"] for cell in opened if cell["held"]),
        narrowed=sum(cell["n"] for cell in through),
    )


def _passes(cell: Mapping[str, Any], at: Narrowed) -> bool:
    return at.reason in ("", cell["reason"]) and (not at.turn or cell["status"] in TURNS[at.turn])


def _line(name: str, code: str, waiting: list[dict[str, Any]], at: Narrowed) -> Line:
    n = sum(cell["n"] for cell in waiting if _passes(cell, replace(at, **{name: str(code)})))
    return Line(str(code), n, at.toggled(**{name: str(code)}), getattr(at, name) == code)


def in_order(cases: QuerySet[Case], by: Officer) -> Any:
    """Return cases place by place, within a place in an order of this officer's own.

    Several officers begin at different ends, so that they do not meet at every case; the order stays the same
    from one sign-in to the next.
    """
    seed = hashlib.sha256(f"queue {by.pk}".encode()).digest()
    factor = 1 + int.from_bytes(seed[:4], "big") % (SHUFFLED - 1)
    shuffled = Cast(F("shuffle"), BigIntegerField()) * Value(factor, BigIntegerField())
    return cases.annotate(turn_at=Mod(shuffled, Value(SHUFFLED, BigIntegerField()))).order_by("place", "turn_at", "pk")


def next_case(
    cases: QuerySet[Case], by: Officer, at: Narrowed, *, after: int | None = None, before: int | None = None
) -> int | None:
    """Return the case that comes after (or before) another one in this officer's order, from the other end at last."""
    waiting = with_standing(cases, by).filter(mine(by), **({"reason": at.reason} if at.reason else {}))
    waiting = waiting.filter(status__in=TURNS[at.turn]) if at.turn else waiting
    ordered = in_order(waiting, by)
    ordered = ordered.reverse() if before else ordered
    from_ = after or before
    here = in_order(cases.filter(pk=from_), by).values_list("place", "turn_at").first() if from_ else None
    if from_ is None or here is None:
        return _first(ordered)
    place, turn_at = here
    side = "lt" if before else "gt"
    beyond = Q(place=place, **{f"turn_at__{side}": turn_at}) | Q(**{f"place__{side}": place})
    others = ordered.exclude(pk=from_)
    return _first(others.filter(beyond)) or _first(others) or _first(ordered)


def _first(ordered: QuerySet[Case]) -> int | None:
    return ordered.values_list("pk", flat=True).first()


def next_free_at(cases: QuerySet[Case], by: Officer) -> datetime | None:
    """Return when the first case that another officer has in hand comes free again."""
    held = cases.filter(_held_by_another(by), status__in=OPEN_CASES)
    return held.order_by("held_until").values_list("held_until", flat=True).first()
