"""Answers taken back: one's own last one, or a case that was decided and must be looked at again."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.cases import end_decisions, line_up, require_officer
from reconcile.actions.decisions import MOVED_ON, end
from reconcile.actions.errors import ActionRefused
from reconcile.actions.settling import reopen_decisions, settle, unsettle
from reconcile.models import (
    CASE_MOVES,
    CHANGEABLE,
    FIRST,
    SETTLED_CASES,
    Case,
    CaseStatus,
    Decision,
    DecisionEnd,
    Election,
    Officer,
)

OUT_OF_HANDS = frozenset({CaseStatus.SENT, CaseStatus.APPROVED})


def last_of(by: Officer, election: Election) -> Decision | None:
    """Return the officer's last answer that still stands, or led to the next candidate at once."""
    mine = Decision.objects.filter(by=by, case__election=election).exclude(answer="neither")
    return (mine.filter(is_open=True) | mine.filter(end=DecisionEnd.NEXT)).order_by("-pk").first()


@transaction.atomic
def undo_last(*, election: Election, by: Officer) -> Case:
    """Take back the officer's last answer; the case stands as it stood before it.

    Refused: "nothing", "sent", "built_upon" (another officer has answered since), "bulk".
    """
    decision = last_of(by, election)
    if decision is None:
        raise ActionRefused("nothing", _("There is nothing to undo: you have not decided anything yet."))
    if decision.bulk_id:
        raise ActionRefused("bulk", _("Your last decision was one of many decided together. Undo them on their page."))
    return undo(decision=decision, by=by)


@transaction.atomic
def undo(*, decision: Decision, by: Officer) -> Case:
    """Take one answer back. Refused: "no_right", "sent", "built_upon"."""
    case = Case.objects.select_related("run", "outcome__run__election").get(pk=decision.case_id)
    require_officer(by, case.place_id)
    line_up(case.election_id)
    case.refresh_from_db()
    _check(case, decision, by)
    was_settled = case.settled_by_id == decision.pk or decision.end == DecisionEnd.NEXT
    before = CaseStatus(decision.status_before)
    _move(case, before)
    _end_undone(decision, by)
    reopen_decisions(Decision.objects.filter(case=case, ended_with=decision).exclude(pk=decision.pk))
    if was_settled:
        unsettle(case, decision)
    first = case.decisions.filter(is_open=True, turn=FIRST).first()
    if before in SETTLED_CASES and first:
        Case.objects.filter(pk=case.pk).update(status=before, settled_by=first)
        case.refresh_from_db()
        settle(case, first)
    record("undoing_decisions.undo", by=by, election=case.election, subject=case, turn=decision.turn)
    return case


def _check(case: Case, decision: Decision, by: Officer) -> None:
    if decision.by_id != by.pk:
        raise ActionRefused("no_right", _("Only the officer who gave an answer can undo it. Reopen the case instead."))
    if case.status in OUT_OF_HANDS:
        raise ActionRefused("sent", _("This case is with the commissioner. Ask there for it to be sent back."))
    later = case.decisions.filter(pk__gt=decision.pk)
    if later.filter(is_open=True).exclude(pk=decision.pk).exists():
        raise ActionRefused("built_upon", _("Another officer has answered since. Reopen the case instead of undoing."))
    if not decision.is_open and (decision.end != DecisionEnd.NEXT or case.status != CaseStatus.REOPENED):
        raise ActionRefused("built_upon", _("This case has moved on since. Open it from the queue."))


def _end_undone(decision: Decision, by: Officer) -> None:
    Decision.objects.filter(pk=decision.pk).update(is_open=True, end="", ended=None, ended_with=None)
    end(decision, DecisionEnd.UNDONE, by=by)


def _move(case: Case, to: CaseStatus) -> None:
    """Move a case by compare-and-set; a settled status is given once everything else stands."""
    assert to == case.status or to in CASE_MOVES[CaseStatus(case.status)], (case.status, to)
    open_status = CaseStatus.REOPENED if to in SETTLED_CASES else to
    mine = Case.objects.filter(pk=case.pk, version=case.version)
    changes = {"version": case.version + 1, "holder": None, "held_until": None}
    if not mine.update(status=open_status, settled_by=None, **changes):
        raise ActionRefused("decided_first", MOVED_ON)
    case.refresh_from_db()


@transaction.atomic
def reopen(*, case: Case, version: int, by: Officer) -> Case:
    """Open a decided case again; all its answers end. Refused: "no_right", "sent", "not_now", "decided_first".

    Who has answered may do so as long as the case is in the officers' hands.
    """
    require_officer(by, case.place_id)
    line_up(case.election_id)
    case.refresh_from_db()
    if case.status in OUT_OF_HANDS:
        raise ActionRefused("sent", _("This case is with the commissioner. Ask there for it to be sent back."))
    if not case.decisions.filter(is_open=True, by=by).exists():
        raise ActionRefused("not_now", _("Only an officer whose answer counts in this case can reopen it."))
    if case.version != version or case.status not in CHANGEABLE | {CaseStatus.SECOND}:
        raise ActionRefused("decided_first", MOVED_ON)
    settled_by = case.settled_by
    _move(case, CaseStatus.REOPENED)
    end_decisions(case, DecisionEnd.REOPENED, None, by)
    if settled_by:
        unsettle(case, settled_by)
    record("undoing_decisions.reopen", by=by, election=case.election, subject=case)
    return case
