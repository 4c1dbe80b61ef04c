"""One case as an officer sees it: who it is about, why, who has said what, and what may be answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reconcile.models import (
    OPEN_CASES,
    SETTLED_CASES,
    UNANSWERED,
    Answer,
    Case,
    CaseStatus,
    Decision,
    Officer,
)


@dataclass(frozen=True)
class Said:
    """One officer's answer, as far as whoever looks may know it."""

    turn: int
    by: str
    at: datetime
    answer: str
    voter: str
    reason: str
    note: str
    end: str
    decision: int


@dataclass(frozen=True)
class CasePage:
    """All of a case but the comparison. `stand` says what the officer can do with it.

    "answer": give the first or the second answer; "waits": has answered, another officer must; "settle": is the
    third officer; "held": another officer has it in hand; "settled"; "gone": needs nobody any more.
    """

    pk: int
    version: int
    status: str
    reason: str
    person: int
    name: str
    stand: str
    turn: int
    needs_second: bool
    holder: str
    held_until: datetime | None
    changed: tuple[str, ...]
    raised_by: str
    said: tuple[Said, ...]

    @property
    def is_second(self) -> bool:
        """The second officer sees neither the first one's answer nor any weight."""
        return self.status == CaseStatus.SECOND


def case_page(case: Case, by: Officer, *, has_lease: bool) -> CasePage:
    """Shape a case for an officer; one query where anything has been said about it, else none."""
    is_fresh = case.version == 1 and case.status == CaseStatus.NEW
    decisions = [] if is_fresh else _decisions(case)
    stand = _stand(case, by, decisions, has_lease)
    outcome = case.outcome
    holder = case.holder if not has_lease else None
    return CasePage(
        pk=case.pk,
        version=case.version,
        status=case.status,
        reason=case.reason,
        person=case.person_id,
        name=outcome.entry.name or outcome.entry.name_raw,
        stand=stand,
        turn=2 if case.status == CaseStatus.SECOND else 1,
        needs_second=case.needs_second,
        holder=name_of(holder),
        held_until=case.held_until if holder else None,
        changed=tuple(case.detail.get("fields", ())),
        raised_by=_raised_by(case),
        said=_said(case, by, decisions),
    )


def _decisions(case: Case) -> list[Decision]:
    return list(case.decisions.select_related("by", "voter").order_by("pk"))


def _raised_by(case: Case) -> str:
    pk = case.detail.get("by")
    return name_of(Officer.objects.filter(pk=pk).first()) if pk else ""


def _stand(case: Case, by: Officer, decisions: Sequence[Decision], has_lease: bool) -> str:
    if case.status in SETTLED_CASES:
        return "settled"
    if case.status not in OPEN_CASES:
        return "gone"
    if case.status not in UNANSWERED and any(one.by_id == by.pk for one in decisions if one.is_open):
        return "waits"
    if not has_lease:
        return "held"
    return "settle" if case.status == CaseStatus.DIFFERS else "answer"


def _said(case: Case, by: Officer, decisions: Sequence[Decision]) -> tuple[Said, ...]:
    """Return what was said; of a first answer the second officer learns only what its author is unsure of."""
    blind = case.status == CaseStatus.SECOND
    shown = []
    for one in decisions:
        is_hidden = blind and one.is_open and one.by_id != by.pk and one.answer != Answer.UNSURE
        shown.append(said_by(one, hidden=is_hidden))
    return tuple(shown)


def said_by(one: Decision, *, hidden: bool = False) -> Said:
    return Said(
        turn=one.turn,
        by=name_of(one.by),
        at=one.at,
        answer="" if hidden else one.answer,
        voter=one.voter.name if one.voter and not hidden else "",
        reason="" if hidden else one.reason,
        note="" if hidden else one.note,
        end=one.end,
        decision=one.pk,
    )


def name_of(officer: Officer | None) -> str:
    return (officer.get_full_name() or officer.get_username()) if officer else ""
