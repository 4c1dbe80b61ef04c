"""What a settled case brings about, and how that is taken back: remembered pairs, answers, other people's cases."""

from typing import Any

from django.db.models import F, QuerySet

from reconcile.actions.concluding import Found, decide_anew, voters
from reconcile.actions.handing import hand_back_stray
from reconcile.actions.pairs import Rolls, print_of
from reconcile.actions.refreshing import refresh
from reconcile.deciding.election_parts import SecondOfficer
from reconcile.models import (
    Answer,
    Candidate,
    Case,
    CaseReason,
    Decision,
    DecisionEnd,
    KnownPair,
    PairVerdict,
    PersonOutcome,
    Voter,
)
from reconcile.reconciling import LIKELIER_THAN_NOT
from reconcile.records import MatchStatus


def candidates_of(outcome: PersonOutcome) -> list[Candidate]:
    its = Candidate.objects.filter(run=outcome.run_id, entry=outcome.entry_id)
    return list(its.select_related("voter__source_list").order_by("rank"))


def rows_of(case: Case, voter: Voter) -> list[int]:
    """Return all rows of the rolls that are this voter: of a candidate as stored, else as the rolls are grouped."""
    its = next((one.rows for one in candidates_of(case.outcome) if voter.pk in one.rows), None)
    return its or Rolls.of(case.run).rows_of(voter)


def takes_two(case: Case, answer: str, voter: Voter | None) -> bool:
    """Say whether this answer needs a second officer: by the election's rule, or because it takes another's voter."""
    rules = case.outcome.run.election.rules.second_officer
    if answer == Answer.UNSURE or case.needs_second:
        return True
    if SecondOfficer.AGAINST_BEST in rules and _is_against_best(case, answer, voter):
        return True
    if answer != Answer.SAME or voter is None:
        return False
    rows = rows_of(case, voter)
    if _confirmed_for_another(case, rows):
        return True
    found = Found(MatchStatus.AUTO, voter, voters(rows), settled=True)
    return decide_anew(case.outcome, found).outcome.value in rules


def best_voter(case: Case) -> set[int]:
    """Return the rows of the voter the comparison proposes, empty where it proposes nobody."""
    outcome = case.outcome
    if outcome.voter_id is None:
        return set()
    its = next((one for one in candidates_of(outcome) if outcome.voter_id in one.rows), None)
    if its and (outcome.probability or 0.0) < LIKELIER_THAN_NOT and case.reason != CaseReason.NEXT:
        return set()
    return {outcome.voter_id, *(its.rows if its else ())}


def _is_against_best(case: Case, answer: str, voter: Voter | None) -> bool:
    best = best_voter(case)
    if not best:
        return False
    is_best = voter is not None and voter.pk in best
    return is_best if answer == Answer.NOT_THIS else not is_best


def _confirmed_for_another(case: Case, rows: list[int]) -> bool:
    others = PersonOutcome.objects.filter(run=case.run_id, voter__in=rows, decision__isnull=False)
    return others.exclude(person=case.person_id).exists()


def settle(case: Case, decision: Decision) -> None:
    """Remember what was decided and work out everything that follows. Call inside the decision's transaction."""
    pairs = KnownPair.objects.filter(person=case.person_id, is_active=True)
    if decision.answer == Answer.SAME and decision.voter:
        pairs.exclude(verdict=PairVerdict.REJECTED).update(is_active=False, ended_with=decision)
        rows = rows_of(case, decision.voter)
        _take_back(case, decision, rows)
        _remember(case, decision, decision.voter, PairVerdict.CONFIRMED)
    elif decision.answer == Answer.NOT_THIS and decision.voter:
        pairs.filter(verdict=PairVerdict.CONFIRMED).update(is_active=False, ended_with=decision)
        _remember(case, decision, decision.voter, PairVerdict.REJECTED)
    else:
        pairs.update(is_active=False, ended_with=decision)
        for one in candidates_of(case.outcome):
            _remember(case, decision, one.voter, PairVerdict.REJECTED)
        _remember(case, decision, None, PairVerdict.ABSENT)
    refresh(case.run, {case.person_id, *_others(decision)}, decision, own=case.person_id)
    case.refresh_from_db()


def _take_back(case: Case, decision: Decision, rows: list[int]) -> None:
    """Take the voter from whom officers had given it to: that case opens again, and says why."""
    theirs = PersonOutcome.objects.filter(run=case.run_id, voter__in=rows, decision__isnull=False)
    for other in theirs.exclude(person=case.person_id):
        pairs = KnownPair.objects.filter(person=other.person_id, is_active=True, verdict=PairVerdict.CONFIRMED)
        pairs.update(is_active=False, ended_with=decision)
        PersonOutcome.objects.filter(pk=other.pk).update(decision=None)
    # The same record of a person who is not in custody any more must not stand in the way either.
    same = KnownPair.objects.filter(election=case.election_id, is_active=True, verdict=PairVerdict.CONFIRMED)
    assert decision.voter is not None
    same.filter(print=print_of(decision.voter)).update(is_active=False, ended_with=decision)


def _remember(case: Case, decision: Decision, voter: Voter | None, verdict: PairVerdict) -> None:
    print_ = print_of(voter) if voter else ""
    mine = KnownPair.objects.filter(person=case.person_id, is_active=True, print=print_)
    mine.update(is_active=False, ended_with=decision)
    KnownPair.objects.create(
        election_id=case.election_id, person_id=case.person_id, entry_id=case.outcome.entry_id, voter=voter,
        print=print_, verdict=verdict, decision=decision,
    )  # fmt: skip


def _others(decision: Decision) -> set[int]:
    """Return the people whose pairs this decision ended."""
    return set(KnownPair.objects.filter(ended_with=decision).values_list("person", flat=True))


def unsettle(case: Case, decision: Decision) -> None:
    """Forget what was decided, bring back what it had ended, and work out everything that follows."""
    persons = _others(decision) | {case.person_id}
    KnownPair.objects.filter(decision=decision, is_active=True).update(is_active=False)
    KnownPair.objects.filter(ended_with=decision).exclude(decision=decision).update(is_active=True, ended_with=None)
    back = [one for one in decision.touched if _put_back(one, decision)]
    persons |= set(Case.objects.filter(pk__in=[one[0] for one in back]).values_list("person", flat=True))
    persons |= set(Case.objects.filter(pk__in=[one[0] for one in decision.touched]).values_list("person", flat=True))
    refresh(case.run, persons, own=case.person_id)
    case.refresh_from_db()


def _put_back(touched: list[Any], decision: Decision) -> bool:
    """Give another case the status it had before, if nothing has happened to it since."""
    pk, status, settled_by, version = touched
    its = Case.objects.filter(pk=pk, version=version)
    if not its.update(status=status, settled_by=settled_by, version=F("version") + 1):
        return False
    reopen_decisions(Decision.objects.filter(case=pk, ended_with=decision).exclude(end=DecisionEnd.UNDONE))
    hand_back_stray(pk)
    return True


def reopen_decisions(ended: QuerySet[Decision]) -> None:
    """Let answers count again that another one had ended."""
    ended.update(is_open=True, end="", ended=None, ended_by=None, ended_with=None)
