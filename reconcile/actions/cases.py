"""Cases opened, kept and closed as answers come and change; who has one in hand."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile import access
from reconcile.access import Deed
from reconcile.actions.audit import record
from reconcile.actions.concluding import own_answer
from reconcile.actions.errors import ActionRefused
from reconcile.actions.lapsing import lapse
from reconcile.matching import Caution
from reconcile.models import (
    CASE_MOVES,
    OPEN_CASES,
    SETTLED_CASES,
    SHUFFLED,
    Case,
    CaseReason,
    CaseStatus,
    Decision,
    DecisionEnd,
    Election,
    KnownPair,
    MatchRun,
    Officer,
    PersonOutcome,
    VersionEnd,
)
from reconcile.records import MatchStatus, Outcome

ASKED_FOR = frozenset({CaseReason.RAISED, CaseReason.RETURNED})  # by somebody, whatever the comparison says
LEASE = timedelta(minutes=10)  # review_screens.md 3.1, rule 12

Why = tuple[str, dict[str, Any]] | None

_BY_CAUTION: tuple[tuple[CaseReason, frozenset[Caution]], ...] = (
    (CaseReason.TWO, frozenset({Caution.TWO_AS_LIKELY, Caution.CLAIMED_TWICE})),
    (CaseReason.NIK, frozenset({Caution.NIK_OF_ANOTHER, Caution.NIK_CONTRADICTS, Caution.TWIN_POSSIBLE})),
    (CaseReason.NO_NIK, frozenset({Caution.THIN})),
    (CaseReason.NAME, frozenset({Caution.NAME_FAR})),
    (CaseReason.BIRTH, frozenset({Caution.BIRTH_YEAR_FAR, Caution.SEX_DIFFERS})),
    (CaseReason.WEAK, frozenset({Caution.UNLIKELY})),
)
_BY_OUTCOME = {Outcome.DUPLICATE: CaseReason.DUPLICATE, Outcome.INELIGIBLE: CaseReason.INELIGIBLE}
_ENDS = {
    CaseReason.NEXT: DecisionEnd.NEXT,
    CaseReason.TAKEN: DecisionEnd.TAKEN,
    CaseReason.CHANGED: DecisionEnd.CHANGED,
}


def needs_officer(outcome: PersonOutcome) -> bool:
    """Say whether an officer must look: exactly the people of the group "must be checked first"."""
    return outcome.decision_id is None and (outcome.provisional or outcome.outcome == Outcome.NEEDS_REVIEW)


def reason_of(outcome: PersonOutcome) -> CaseReason:
    """Return why an officer must look at an answer of the comparison."""
    if outcome.match_status == MatchStatus.REVIEW:
        cautions = set(outcome.cautions)
        return next((reason for reason, those in _BY_CAUTION if cautions & those), CaseReason.WEAK)
    return _BY_OUTCOME.get(Outcome(outcome.outcome), CaseReason.SOURCES)


def open_cases(run: MatchRun, sorted_already: Collection[int]) -> None:
    """Bring the queue up to a finished run: new doubts come, old cases follow their people, the resolved lapse."""
    known = set(Case.objects.filter(election=run.election_id).values_list("person", flat=True))
    check = Q(provisional=True) | Q(outcome=Outcome.NEEDS_REVIEW)
    outcomes = PersonOutcome.objects.filter(check, run=run).order_by("pk")
    fresh = [_new_case(_of(run, one), None) for one in outcomes if one.person_id not in known and needs_officer(one)]
    Case.objects.bulk_create(fresh, batch_size=500)
    sort_cases(run, dict.fromkeys(known.difference(sorted_already)))


def _of(run: MatchRun, outcome: PersonOutcome) -> PersonOutcome:
    """Let an answer share the run, and with it rules that are read once."""
    outcome.run = run
    return outcome


def join_people(kept: int, other: int) -> None:
    """Give what was decided about one person to the one it turned out to be; the kept one prevails."""
    its = KnownPair.objects.filter(person=other, is_active=True)
    if KnownPair.objects.filter(person=kept, is_active=True).exists():
        its.update(is_active=False)
    its.update(person=kept)
    if not Case.objects.filter(person=kept).exists():
        Case.objects.filter(person=other).update(person=kept, version=F("version") + 1)


def _new_case(outcome: PersonOutcome, why: Why) -> Case:
    reason, detail = why or (reason_of(outcome), {})
    return Case(
        person_id=outcome.person_id, election_id=outcome.run.election_id, place_id=outcome.place_id,
        run_id=outcome.run_id, outcome=outcome, reason=reason, detail=detail,
        needs_second=takes_two(outcome), shuffle=1 + secrets.randbelow(SHUFFLED - 1),
    )  # fmt: skip


def takes_two(outcome: PersonOutcome) -> bool:
    """Say whether what is proposed takes two officers, whatever they answer."""
    return outcome.outcome in outcome.run.election.rules.second_officer


def sort_cases(
    run: MatchRun, people: Mapping[int, Why], *, moved: Iterable[int] = (), cause: Decision | None = None
) -> None:
    """Open, reopen, keep or close the cases of these people by their answers in the run.

    A value says why a case opens, where the answer itself does not. `moved`: whose voter is another one now;
    `cause`: the decision that did it, in which other cases are noted as they were.
    """
    outcomes = PersonOutcome.objects.select_related("place").filter(run=run, person__in=list(people))
    known = {one.person_id: one for one in Case.objects.filter(person__in=list(people))}
    moved = set(moved)
    for outcome in outcomes.order_by("person"):
        case = known.get(_of(run, outcome).person_id)
        if case is None:
            if needs_officer(outcome):
                _new_case(outcome, people[outcome.person_id]).save()
            continue
        was = [case.pk, case.status, case.settled_by_id]
        _sort(case, outcome, people[outcome.person_id], outcome.person_id in moved, cause)
        if cause and cause.case_id != case.pk:
            cause.touched = [*cause.touched, [*was, case.version]]
            cause.save(update_fields=["touched"])


def _sort(case: Case, outcome: PersonOutcome, why: Why, moved: bool, cause: Decision | None) -> None:
    case.outcome, case.run_id, case.place_id = outcome, outcome.run_id, outcome.place_id
    case.needs_second = takes_two(outcome)
    if needs_officer(outcome):
        _keep_open(case, outcome, why, moved, cause)
    elif case.status in OPEN_CASES and case.reason in ASKED_FOR:
        doubt(outcome)
    elif case.status in OPEN_CASES:
        _move(case, CaseStatus.LAPSED)
        end_decisions(case, DecisionEnd.LAPSED, cause)
    case.version += 1
    case.save()


def _keep_open(case: Case, outcome: PersonOutcome, why: Why, moved: bool, cause: Decision | None) -> None:
    settled = case.status in SETTLED_CASES
    if settled or case.status == CaseStatus.LAPSED or (moved and case.status in OPEN_CASES):
        _move(case, CaseStatus.REOPENED if case.decisions.exists() else CaseStatus.NEW)
        reason = why[0] if why else ""
        end_decisions(case, _ENDS.get(CaseReason(reason), DecisionEnd.CHANGED) if why else DecisionEnd.CHANGED, cause)
    case.settled_by = None
    if why or case.reason not in ASKED_FOR:
        case.reason, case.detail = why if why else (reason_of(outcome), {})


def _move(case: Case, to: CaseStatus) -> None:
    assert case.status == to or to in CASE_MOVES[CaseStatus(case.status)], (case.status, to)
    case.status = to


def doubt(outcome: PersonOutcome) -> None:
    """Make an answer provisional because an officer doubts it."""
    if not outcome.provisional:
        outcome.matched = own_answer(outcome)
        outcome.provisional = True
        outcome.save(update_fields=["matched", "provisional"])


def end_decisions(case: Case, end: DecisionEnd, cause: Decision | None, by: Officer | None = None) -> None:
    """Let the open answers of a case count no more; `cause` is the decision that ends them."""
    case.decisions.filter(is_open=True).update(
        is_open=False, end=end, ended=timezone.now(), ended_with=cause, ended_by=by
    )


@transaction.atomic
def raise_doubt(*, outcome: PersonOutcome, by: Officer) -> Case:
    """Open a case about an answer nobody asked about. Refused ("no_right", "open_already")."""
    require_officer(by, outcome.place_id)
    case = Case.objects.filter(person=outcome.person_id).first()
    if case and case.status in OPEN_CASES | SETTLED_CASES:
        raise ActionRefused("open_already", _("There is a case about this person already. Open it from the queue."))
    line_up(outcome.run.election_id)
    case = ask_for(outcome, CaseReason.RAISED, {"by": by.pk})
    record("cases.raise_doubt", by=by, election=case.election, subject=case)
    lapse(outcome.place, VersionEnd.DOUBT, by=by)
    return case


def ask_for(outcome: PersonOutcome, reason: CaseReason, detail: dict[str, Any]) -> Case:
    """Open a case because somebody asks for it, whatever the comparison says of the person."""
    doubt(outcome)
    case = Case.objects.filter(person=outcome.person_id).first()
    if case is None:
        case = _new_case(outcome, (reason, detail))
    else:
        _sort(case, outcome, (reason, detail), moved=False, cause=None)
    case.reason, case.detail = reason, detail
    case.save()
    return case


def line_up(election: int) -> None:
    """Let decisions of an election follow each other: what one frees or takes another may be asking for.

    Call first in the transaction. SQLite's writers stand in line by themselves.
    """
    Election.objects.select_for_update(no_key=True).filter(pk=election).first()


# --- leases ---------------------------------------------------------------------------------------------


def require_officer(by: Officer, place: int) -> None:
    """Refuse ("no_right") whoever does not settle doubts at this place, whatever a view has let through."""
    if not access.may(by, Deed.DECIDE) or access.own_place(by) not in (None, place):
        raise ActionRefused("no_right", _("This case belongs to another place, or your role does not decide."))


def free_for(by: Officer) -> Q:
    """Return the condition that nobody else has a case in hand."""
    return Q(holder__isnull=True) | Q(holder=by) | Q(held_until__lte=timezone.now())


def lease(*, case: Case, by: Officer) -> bool:
    """Take a case in hand for ten minutes; False where another officer has it. One statement.

    A lease that has run out is anybody's.
    """
    require_officer(by, case.place_id)
    mine = Case.objects.filter(free_for(by), pk=case.pk, status__in=OPEN_CASES)
    return bool(mine.update(holder=by, held_until=timezone.now() + LEASE))


@transaction.atomic
def renew(*, case: Case, by: Officer) -> None:
    """Keep a case in hand while its page is in use.

    Refused: "lease_lost" when another officer has it now, "decided_first" when it is settled.
    """
    require_officer(by, case.place_id)
    free = Case.objects.filter(free_for(by), pk=case.pk, status__in=OPEN_CASES)
    if not free.update(holder=by, held_until=timezone.now() + LEASE):
        refuse_lost(case)


def release(*, case: int, by: Officer) -> None:
    """Give a case back before its lease runs out."""
    Case.objects.filter(pk=case, holder=by).update(holder=None, held_until=None)


def refuse_lost(case: Case) -> None:
    """Refuse ("lease_lost"), naming who has the case in hand."""
    now = Case.objects.select_related("holder").get(pk=case.pk)
    if now.status not in OPEN_CASES:
        raise ActionRefused("decided_first", _("Another officer has decided this case. Your note is kept below."))
    name = (now.holder.get_full_name() or now.holder.get_username()) if now.holder else ""
    sentence = _("This case went to %(name)s because nothing was done for ten minutes. Nothing is lost.")
    raise ActionRefused("lease_lost", sentence, name=name)
