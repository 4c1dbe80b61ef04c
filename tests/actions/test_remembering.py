"""What officers decided holds in later comparisons, until the records themselves change."""

from typing import Any

import pytest
from doubts import answer, outcome_of
from office_files import PEOPLE, roll_text, rutan_book
from walking import applied

from reconcile.actions import runs
from reconcile.actions.concluding import Found, decide_anew, voters
from reconcile.models import Case, KnownPair, MatchRun, PersonOutcome, RunStatus, SourceList
from reconcile.records import MatchStatus

pytestmark = pytest.mark.django_db

NAME, BORN, SERIAL = PEOPLE[1]
DOUBTFUL = ("SUTARJO LEGAWA", BORN, SERIAL)  # born with the voter's NIK, under another name


@pytest.fixture
def compare(election: Any, officers: Any, rutan: Any) -> Any:
    """Return a function that uploads what it is given and compares everything."""

    def compare_files(*contents: bytes) -> MatchRun:
        for content in contents:
            applied(election, officers["admin"], content, other=officers["admin2"])
        run = runs.queue_run(election=election, by=officers["admin"], in_background=False)
        assert runs.execute_run(run=run).status == RunStatus.READY, run.message
        return run

    return compare_files


@pytest.fixture
def doubtful(compare: Any) -> Case:
    compare(roll_text(), rutan_book([DOUBTFUL, PEOPLE[0], PEOPLE[2]]))
    return Case.objects.get(outcome__entry__name=DOUBTFUL[0])


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_run_opens_a_case_for_everybody_who_must_be_checked(doubtful: Case) -> None:
    check = PersonOutcome.objects.filter(provisional=True)
    assert sorted(Case.objects.values_list("person", flat=True)) == sorted(check.values_list("person", flat=True))
    assert (doubtful.status, doubtful.version) == ("new", 1)


def test_a_recomputed_answer_is_the_one_the_comparison_gave(compare: Any) -> None:
    """Working an answer out anew from the stored records gives what the pure stages gave from the tables."""
    run = compare(roll_text(), rutan_book())
    outcomes = PersonOutcome.objects.filter(run=run, match_status="auto")
    assert outcomes.count() >= 5
    for one in outcomes:
        rows = one.entry.candidates.get(rank=1).rows
        decided = decide_anew(one, Found(MatchStatus.AUTO, one.voter, voters(rows)))
        assert (decided.outcome, decided.action, decided.due) == (one.outcome, one.action, one.due)
        assert (list(decided.ballots or ()), list(decided.notes)) == (one.ballots, one.notes)


def test_a_confirmed_pair_is_confirmed_in_the_next_run(doubtful: Case, compare: Any, officers: Any) -> None:
    answer(doubtful, officers["kpps"], "same", doubtful.outcome.voter)
    run = compare()
    case = again(doubtful)
    assert (case.status, case.run) == ("decided", run)
    assert (outcome_of(case).provisional, outcome_of(case).voter) == (False, doubtful.outcome.voter)


def test_a_confirmed_pair_finds_its_voter_in_a_new_roll(doubtful: Case, compare: Any, officers: Any) -> None:
    answer(doubtful, officers["kpps"], "same", doubtful.outcome.voter)
    withdraw_the_roll()
    run = compare(roll_text([*PEOPLE[3:], *PEOPLE[:3]]))  # the same people in another order: other rows
    case = again(doubtful)
    found = outcome_of(case)
    assert (case.status, case.run) == ("decided", run)
    assert found.voter is not None and found.voter != doubtful.outcome.voter
    assert (found.voter.name, found.provisional) == (NAME, False)


def withdraw_the_roll() -> None:
    """Let the rolls so far count no more."""
    SourceList.objects.filter(kind="roll").update(status="withdrawn")


def test_a_pair_whose_records_changed_opens_again_and_says_what(doubtful: Case, compare: Any, officers: Any) -> None:
    answer(doubtful, officers["kpps"], "same", doubtful.outcome.voter)
    withdraw_the_roll()
    compare(roll_text([("SUTRISMO ANDAYANI", BORN, SERIAL), PEOPLE[0], *PEOPLE[2:]], tps="002"))
    case = again(doubtful)
    assert (case.status, case.reason, case.detail) == ("reopened", "changed", {"fields": ["name", "tps"]})
    assert outcome_of(case).provisional
    answer(case, officers["kpps"], "same", outcome_of(case).voter)
    compare()
    assert again(doubtful).status == "decided"


def test_a_voter_who_has_left_the_roll_is_told(doubtful: Case, compare: Any, officers: Any) -> None:
    answer(doubtful, officers["kpps"], "same", doubtful.outcome.voter)
    withdraw_the_roll()
    compare(roll_text([PEOPLE[0], *PEOPLE[2:]]))
    case = again(doubtful)
    assert (case.status, case.reason, case.detail) == ("reopened", "changed", {"fields": ["gone"]})


def test_a_rejected_pair_stays_rejected(doubtful: Case, compare: Any, officers: Any) -> None:
    voter = doubtful.outcome.voter
    for role in ("kpps", "second"):
        answer(doubtful, officers[role], "not_this", voter)
    withdraw_the_roll()
    run = compare(roll_text([*PEOPLE[3:], *PEOPLE[:3]]))
    case = again(doubtful)
    found = outcome_of(case)
    assert (case.status, case.run, found.voter, found.provisional) == ("agreed", run, None, False)
    pair = KnownPair.objects.get(is_active=True)
    assert (pair.decision.reason, pair.decision.by) == ("relative", officers["second"])


def test_who_was_on_no_list_and_is_now_is_asked_about(doubtful: Case, compare: Any, officers: Any) -> None:
    for role in ("kpps", "second"):
        answer(doubtful, officers[role], "no_list")
    assert again(doubtful).status == "agreed"
    withdraw_the_roll()
    compare(roll_text([DOUBTFUL, *PEOPLE[3:]], tps="003"))
    case = again(doubtful)
    assert (case.status, case.reason, case.detail) == ("reopened", "changed", {"fields": ["found"]})


def test_a_doubt_the_next_run_resolves_lapses(doubtful: Case, compare: Any) -> None:
    withdraw_the_roll()
    compare(roll_text([PEOPLE[0], *PEOPLE[2:]]))
    assert outcome_of(again(doubtful)).provisional == (again(doubtful).status != "lapsed")
    assert again(doubtful).status == "lapsed"
