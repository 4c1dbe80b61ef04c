"""Cases opened again because the commissioner wants them looked at once more."""

from reconcile import access
from reconcile.actions.cases import ask_for, end_decisions
from reconcile.actions.settling import unsettle
from reconcile.models import (
    CHANGEABLE,
    Case,
    CaseReason,
    CaseStatus,
    DecisionEnd,
    Officer,
    PersonOutcome,
    StoredVersion,
)


def reopen_for(stored: StoredVersion, person: int, by: Officer) -> bool:
    """Open the case of somebody in a version again, or a new one; False where the person is not in it any more."""
    run = access.newest_run(stored.place.election)
    related = ("place", "run__election", "entry")
    outcome = PersonOutcome.objects.filter(run=run, person=person, place=stored.place).select_related(*related).first()
    if outcome is None or not stored.rows.filter(person=person).exists():
        return False
    case = Case.objects.select_related("run", "outcome__run__election").filter(person=person).first()
    if case and case.status in CHANGEABLE:
        _open(case, by)
        outcome.refresh_from_db()
    ask_for(outcome, CaseReason.RETURNED, {"by": by.pk, "version": stored.pk})
    return True


def _open(case: Case, by: Officer) -> None:
    """Let a settled case begin anew, and what followed from its answers be taken back."""
    settled_by = case.settled_by
    Case.objects.filter(pk=case.pk).update(
        status=CaseStatus.REOPENED, settled_by=None, version=case.version + 1, holder=None, held_until=None
    )
    case.refresh_from_db()
    end_decisions(case, DecisionEnd.REOPENED, None, by)
    if settled_by:
        unsettle(case, settled_by)
