"""An officer's answer to a case: stored at once, only once, and by whoever may."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.cases import free_for, line_up, refuse_lost, require_officer
from reconcile.actions.errors import ActionRefused, store_or_refuse
from reconcile.actions.pairs import is_same_voter
from reconcile.actions.settling import settle, takes_two
from reconcile.models import (
    CASE_MOVES,
    FIRST,
    NEED_REASON,
    NEED_VOTER,
    SECOND,
    SETTLED_CASES,
    UNANSWERED,
    Answer,
    Bulk,
    Case,
    CaseStatus,
    Decision,
    DecisionEnd,
    DecisionReason,
    Officer,
    Voter,
)
from reconcile.records import ROLL_KINDS

MOVED_ON = _("This case has changed since you opened it. Your note is kept below.")


@dataclass(frozen=True)
class Said:
    """What an officer says of a case. `voter`: whom "same" and "not this" are about."""

    answer: Answer
    voter: Voter | None = None
    reason: str = ""
    note: str = ""


@transaction.atomic
def decide(*, case: Case, version: int, said: Said, by: Officer, key: str, bulk: Bulk | None = None) -> Decision:
    """Store one answer to the case as it was at `version`; the same `key` again gives the same decision back.

    Refused: "no_right", "faulty", "decided_first" (another officer was first, or the case has changed),
    "lease_lost" (another officer has it in hand), "own_answer" (the second officer must be another one).
    """
    require_officer(by, case.place_id)
    line_up(case.election_id)
    if done := done_before(case, by, key):
        return done
    case.refresh_from_db()
    check(case, said)
    if case.version != version or case.status not in UNANSWERED | {CaseStatus.SECOND}:
        raise ActionRefused("decided_first", MOVED_ON)
    first = _open_answer(case, FIRST)
    if first and first.by_id == by.pk:
        raise ActionRefused("own_answer", _("You gave the first answer. The second must come from another officer."))
    status, turn = _after(case, said, first)
    before = case.status
    take(case, status, by=by)
    passed = first if turn == FIRST else None  # who was unsure has handed the case on
    if passed:
        end(passed, DecisionEnd.PASSED)
    decision = store(case, said, by, key, turn=turn, before=before, bulk=bulk)
    if passed:
        Decision.objects.filter(pk=passed.pk).update(ended_with=decision)
    finish(case, status, decision)
    record("decisions.decide", by=by, election=case.election, subject=case, answer=said.answer.value, turn=turn)
    return decision


def done_before(case: Case, by: Officer, key: str) -> Decision | None:
    """Return what the same request has stored already. Refused ("faulty") for somebody else's key."""
    done = Decision.objects.filter(key=key).first()
    if done and (done.case_id != case.pk or done.by_id != by.pk):
        raise ActionRefused("faulty", _("This form belongs to another case. Open the case again."))
    return done


def check(case: Case, said: Said) -> None:
    """Refuse ("faulty") an answer that lacks something."""
    sentence = None
    if said.answer not in (Answer.SAME, Answer.NOT_THIS, Answer.NO_LIST, Answer.UNSURE):
        sentence = _("Choose one of the four answers.")
    elif said.answer in NEED_REASON and said.reason not in DecisionReason.values:
        sentence = _("Choose the reason from the list, then save.")
    elif said.answer == Answer.UNSURE and not said.note.strip():
        sentence = _("Write in the note what you are unsure of, so that the next officer can look for it.")
    elif said.answer in NEED_REASON and said.reason == DecisionReason.OTHER and not said.note.strip():
        sentence = _("Write the other reason in the note, then save.")
    elif (said.answer in NEED_VOTER) != (said.voter is not None):
        sentence = _("No voter is shown beside this person. Choose a candidate or search the rolls.")
    elif said.voter and not case.run.lists.filter(pk=said.voter.source_list_id, kind__in=sorted(ROLL_KINDS)).exists():
        sentence = _("This voter stands on a list that is not in force any more. Open the case again.")
    if sentence:
        raise ActionRefused("faulty", sentence)


def _open_answer(case: Case, turn: int) -> Decision | None:
    return case.decisions.filter(is_open=True, turn=turn).select_related("voter", "by").first()


def agree(one: Decision | Said, other: Decision | Said) -> bool:
    """Say whether two answers come to the same, whatever their reasons."""
    if one.answer != other.answer:
        return False
    if one.voter is None or other.voter is None:
        return one.voter is other.voter
    return one.voter.pk == other.voter.pk or is_same_voter(one.voter, other.voter)


def _after(case: Case, said: Said, first: Decision | None) -> tuple[CaseStatus, int]:
    """Return the status this answer leads to, and which turn it is."""
    if first is None or (first.answer == Answer.UNSURE and said.answer != Answer.UNSURE):
        two = takes_two(case, said.answer, said.voter)
        return (CaseStatus.SECOND if two else CaseStatus.DECIDED), FIRST
    if said.answer == Answer.UNSURE or not agree(first, said):
        return CaseStatus.DIFFERS, SECOND
    return CaseStatus.AGREED, SECOND


def take(case: Case, to: CaseStatus, *, by: Officer) -> None:
    """Move a case by compare-and-set; `finish` settles it. Refused: "lease_lost", "decided_first"."""
    assert to in CASE_MOVES[CaseStatus(case.status)], (case.status, to)
    changes: dict[str, Any] = {"version": case.version + 1, "holder": None, "held_until": None}
    if to not in SETTLED_CASES:
        changes |= {"status": to, "settled_by": None}
    mine = Case.objects.filter(free_for(by), pk=case.pk, version=case.version, status=case.status)
    if not mine.update(**changes):
        now = Case.objects.get(pk=case.pk)
        if (now.version, now.status) == (case.version, case.status):
            refuse_lost(case)
        raise ActionRefused("decided_first", MOVED_ON)
    case.refresh_from_db()


def store(
    case: Case, said: Said, by: Officer, key: str, *, turn: int, before: str, bulk: Bulk | None = None, **more: Any
) -> Decision:
    """Add an answer. Refused ("decided_first") where the database knows one of this officer or turn already."""
    fresh = Decision(
        case=case, case_version=case.version, status_before=before, turn=turn, answer=said.answer, voter=said.voter,
        reason=said.reason if said.answer in NEED_REASON else "", note=said.note.strip(), by=by, key=key, bulk=bulk,
        **more,
    )  # fmt: skip
    with store_or_refuse("decided_first", MOVED_ON):
        fresh.save()
    return fresh


def end(one: Decision, why: DecisionEnd, *, cause: Decision | None = None, by: Officer | None = None) -> None:
    """Let an answer count no more."""
    now = timezone.now()
    mine = Decision.objects.filter(pk=one.pk, is_open=True)
    mine.update(is_open=False, end=why, ended=now, ended_with=cause, ended_by=by)


def finish(case: Case, status: CaseStatus, decision: Decision) -> None:
    """Give a case that is settled now its status and its deciding answer, and let everything follow."""
    if status in SETTLED_CASES:
        Case.objects.filter(pk=case.pk).update(status=status, settled_by=decision)
        case.refresh_from_db()
        settle(case, decision)
