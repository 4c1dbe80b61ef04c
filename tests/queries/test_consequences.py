"""What the screen says an answer brings about is what the answer then brings about."""

from collections.abc import Callable
from typing import Any

import pytest
from doubts import Doubts, answer, outcome_of

from reconcile.access import SIGHT
from reconcile.models import Case, Role
from reconcile.queries.comparison import Comparison, Wanted, comparison_of

pytestmark = pytest.mark.django_db


def panel(case: Case, **wanted: Any) -> Comparison:
    return comparison_of(outcome_of(case), Wanted(SIGHT[Role.KPPS], **wanted))


def certain(doubts: Doubts) -> Case:
    return doubts.case("KADARISMAN", (doubts.voter("KADARSIMAN"), 0.9), (doubts.voter("KADARI"), 0.05))


def held_here(doubts: Doubts) -> Case:
    return doubts.case("WAGIYO", (doubts.voter("WAGIYO", tps="901"), 0.9))


def two_likely(doubts: Doubts) -> Case:
    return doubts.case("SUTRIMO", (doubts.voter("SUTRIMO"), 0.9), (doubts.voter("SUTRISMO", tps="901"), 0.5))


def alone(doubts: Doubts) -> Case:
    return doubts.case("MUKLIS", outcome="not_on_roll", match_status="review", voter=None, action="search_sidalih")


def taken(doubts: Doubts) -> Case:
    """The voter is somebody else's, who is certain; the second candidate is free."""
    voter = doubts.voter("TEGUH")
    doubts.person("TEGUH PRASTYA", (voter, 0.99), match_status="auto", provisional=False)
    return doubts.case(
        "TEGUH P", (voter, 0.5), (doubts.voter("TEGUH PRA"), 0.05), voter=None, cautions=["claimed_twice"]
    )


MAKES = [certain, held_here, two_likely, alone, taken]


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("what", ["same", "not_this", "no_list"])
def test_what_is_told_happens(what: str, make: Callable[[Doubts], Case], doubts: Doubts, officers: Any) -> None:
    case = make(doubts)
    shown = panel(case)
    told = shown.by_answer.get(what)
    if shown.voter is None:
        assert set(shown.by_answer) == {"no_list", "unsure"}
    if told is None:
        return
    before = outcome_of(case)
    voter = None if what == "no_list" else shown.voter
    answer(case, officers["kpps"], what, voter)
    case.refresh_from_db()
    if case.status == "second":
        assert outcome_of(case).outcome == before.outcome  # nothing before two officers agree
        answer(case, officers["second"], what, voter)
    found = outcome_of(case)
    if told.unchanged:
        assert (found.outcome, found.voter) == (before.outcome, before.voter)
        return
    assert told.step is not None
    assert (found.outcome, found.provisional) == (told.outcome, told.provisional)
    assert (found.actor, found.action, found.due) == (told.step.actor, told.step.action, told.step.due)
    assert len(found.ballots or []) == len(told.ballots or ())
    assert bool(told.following) == bool(found.voter and found.provisional)


def test_who_comes_next_is_named(doubts: Doubts) -> None:
    assert panel(two_likely(doubts)).by_answer["not_this"].following == "SUTRISMO"


def test_whoever_loses_the_voter_is_told_of(doubts: Doubts) -> None:
    assert panel(taken(doubts)).by_answer["same"].takes
    assert not panel(certain(doubts)).by_answer["same"].takes


def test_rejecting_somebody_who_was_not_proposed_changes_nothing(doubts: Doubts) -> None:
    case = certain(doubts)
    assert panel(case, rank="2").by_answer["not_this"].unchanged
    assert not panel(case, rank="1").by_answer["not_this"].unchanged


def test_doubt_changes_nothing(doubts: Doubts) -> None:
    assert panel(certain(doubts)).by_answer["unsure"].unchanged


@pytest.mark.parametrize("make", MAKES)
def test_few_queries(make: Callable[[Doubts], Case], doubts: Doubts, django_assert_max_num_queries: Any) -> None:
    case = make(doubts)
    related = ("entry__source_list__place", "voter__source_list__place", "place", "run__election")
    outcome = type(case.outcome).objects.select_related(*related).get(pk=case.outcome_id)
    with django_assert_max_num_queries(4):
        comparison_of(outcome, Wanted(SIGHT[Role.KPPS]))
