"""Two answers that do not agree: an objection to a decided case, and the third officer who settles it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.cases import line_up, release, require_officer
from reconcile.actions.decisions import MOVED_ON, Said, agree, check, done_before, end, finish, store, take
from reconcile.actions.errors import ActionRefused
from reconcile.actions.settling import unsettle
from reconcile.models import (
    SECOND,
    THIRD,
    Answer,
    Case,
    CaseStatus,
    Decision,
    DecisionEnd,
    Officer,
    WrongOne,
)


@transaction.atomic
def accept(*, case: Case, by: Officer) -> None:
    """Go along with what another officer decided first. Nothing changes but the log."""
    require_officer(by, case.place_id)
    release(case=case.pk, by=by)
    record("disagreements.accept", by=by, election=case.election, subject=case)


@transaction.atomic
def object_to(*, case: Case, version: int, said: Said, by: Officer, key: str) -> Decision:
    """Store an answer to a case another officer has decided; where they differ, a third officer settles it.

    Refused: "no_right", "faulty", "decided_first", "own_answer".
    """
    require_officer(by, case.place_id)
    line_up(case.election_id)
    if done := done_before(case, by, key):
        return done
    case.refresh_from_db()
    check(case, said)
    if case.version != version or case.status != CaseStatus.DECIDED or case.settled_by is None:
        raise ActionRefused("decided_first", MOVED_ON)
    first = case.settled_by
    if first.by_id == by.pk:
        raise ActionRefused("own_answer", _("This is your own answer. Undo it, or reopen the case."))
    to = CaseStatus.AGREED if agree(first, said) else CaseStatus.DIFFERS
    before = case.status
    take(case, to, by=by)
    if to == CaseStatus.AGREED:  # what follows from it stands already
        Case.objects.filter(pk=case.pk).update(status=to)
    decision = store(case, said, by, key, turn=SECOND, before=before)
    if to == CaseStatus.DIFFERS:
        unsettle(case, first)
    case.refresh_from_db()
    record("disagreements.object_to", by=by, election=case.election, subject=case, status=case.status)
    return decision


@transaction.atomic
def settle_difference(
    *, case: Case, version: int, upheld: Decision | None, wrong_one: str, note: str, by: Officer, key: str
) -> Decision:
    """Say which of two answers is right, or that neither is: then the case begins anew.

    Refused: "no_right", "decided_first", "own_answer" (whoever gave one of the two), "faulty".
    """
    require_officer(by, case.place_id)
    line_up(case.election_id)
    if done := done_before(case, by, key):
        return done
    case.refresh_from_db()
    if case.version != version or case.status != CaseStatus.DIFFERS:
        raise ActionRefused("decided_first", MOVED_ON)
    both = list(case.decisions.filter(is_open=True, turn__lte=SECOND).select_related("voter"))
    if by.pk in {one.by_id for one in both}:
        raise ActionRefused("own_answer", _("You gave one of the two answers. A third officer must settle this case."))
    _check_settlement(upheld, both, wrong_one, note)
    to = CaseStatus.AGREED if upheld else CaseStatus.REOPENED
    before = case.status
    take(case, to, by=by)
    said = Said(Answer(upheld.answer), upheld.voter, upheld.reason, note) if upheld else Said(Answer.NEITHER, note=note)
    ended: dict[str, Any] = {} if upheld else {"is_open": False, "end": DecisionEnd.REOPENED, "ended": timezone.now()}
    decision = store(
        case, said, by, key, turn=THIRD, before=before, upheld=upheld, wrong_one=wrong_one, **ended
    )  # fmt: skip
    for one in both:
        if one != upheld:
            end(one, DecisionEnd.OVERRULED, cause=decision, by=by)
    finish(case, to, decision)
    record("disagreements.settle_difference", by=by, election=case.election, subject=case, answer=said.answer.value)
    return decision


def _check_settlement(upheld: Decision | None, both: list[Decision], wrong_one: str, note: str) -> None:
    sentence = None
    if upheld is not None and (upheld not in both or upheld.answer == Answer.UNSURE):
        sentence = _("Choose the answer that is right, or that neither is.")
    elif wrong_one not in WrongOne.values:
        sentence = _("Say what happens to the answer that is not right.")
    elif upheld is None and not note.strip():
        sentence = _("Write in the note why neither answer is right, so that the next officer knows.")
    if sentence:
        raise ActionRefused("faulty", sentence)
