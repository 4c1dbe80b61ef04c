"""Many cases decided together: exactly those that were frozen, after ten were opened, undone as one."""

from typing import Any

import pytest
from doubts import Doubts, answer, outcome_of, plain
from refusals import refused

from reconcile import access
from reconcile.actions import bulk, cases
from reconcile.actions.undoing_decisions import undo_last
from reconcile.models import Bulk, Candidate, Case, Decision, Officer

pytestmark = pytest.mark.django_db

EQUAL = [["name", "equal", 9000], ["birth_date", "equal", 8000], ["nik", "equal", 14500]]


@pytest.fixture
def twelve(doubts: Doubts) -> list[Case]:
    return [doubts.case(f"BUDI {n}", (doubts.voter(f"BUDI {n}"), 0.9)) for n in range(12)]


def prepared(doubts: Doubts, by: Officer, rule: str = "all_equal") -> Bulk:
    found = access.cases_for(by, doubts.run)
    return bulk.prepare(rule=rule, run=doubts.run, cases=found, by=by)


def looked_at(made: Bulk) -> Bulk:
    for pk in made.sample:
        bulk.see(bulk=made, case=Case.objects.get(pk=pk))
    return made


def test_decides_all_that_were_frozen(doubts: Doubts, twelve: list[Case], officers: Any) -> None:
    made = looked_at(prepared(doubts, officers["kpps"]))
    assert (len(made.cases), len(set(made.sample))) == (12, 10)
    bulk.decide_all(bulk=made, by=officers["kpps"])
    assert {one.status for one in Case.objects.all()} == {"decided"}
    assert Decision.objects.filter(bulk=made, answer="same").count() == 12
    with refused("not_now"):
        bulk.decide_all(bulk=made, by=officers["kpps"])


def test_the_sample_must_be_opened(doubts: Doubts, twelve: list[Case], officers: Any) -> None:
    made = prepared(doubts, officers["kpps"])
    with refused("not_looked"):
        bulk.decide_all(bulk=made, by=officers["kpps"])
    for pk in made.sample[1:]:
        bulk.see(bulk=made, case=Case.objects.get(pk=pk))
    with refused("not_looked"):
        bulk.decide_all(bulk=made, by=officers["kpps"])
    assert not Decision.objects.exists()


def test_what_changed_since_is_skipped_and_named(doubts: Doubts, twelve: list[Case], officers: Any) -> None:
    made = looked_at(prepared(doubts, officers["kpps"]))
    answer(twelve[3], officers["second"], "same", twelve[3].outcome.voter)
    cases.lease(case=twelve[5], by=officers["second"])
    bulk.decide_all(bulk=made, by=officers["kpps"])
    assert made.skipped == [[twelve[3].pk, "decided_first"], [twelve[5].pk, "lease_lost"]]
    assert Decision.objects.filter(bulk=made).count() == 10


def test_leaves_out_what_one_officer_may_not_decide_and_counts_what_is_decided(
    doubts: Doubts, twelve: list[Case], officers: Any
) -> None:
    dead = doubts.case("MATI", (doubts.voter("MATI", remark="1"), 0.9))
    held = twelve[0]
    cases.lease(case=held, by=officers["second"])
    answer(twelve[1], officers["second"], "same", twelve[1].outcome.voter)
    made = prepared(doubts, officers["kpps"])
    frozen = {pk for pk, _version in made.cases}
    assert frozen == {case.pk for case in twelve[2:]} and dead.pk not in frozen
    assert made.excluded == 1


def test_only_what_the_rule_says(doubts: Doubts, twelve: list[Case], officers: Any) -> None:
    Candidate.objects.filter(entry=twelve[0].outcome.entry).update(reasons=[["name", "one_letter", 1], *EQUAL[1:]])
    Candidate.objects.filter(entry=twelve[1].outcome.entry).update(reasons=[*EQUAL[:2], ["nik", "one_digit", 1]])
    made = prepared(doubts, officers["kpps"])
    assert {pk for pk, _version in made.cases} == {case.pk for case in twelve[2:]}
    assert len(prepared(doubts, officers["kpps"], "nik_and_birth").cases) == 11
    with refused("nothing"):
        prepared(doubts, officers["kpps"], "name_and_birth")
    with refused("faulty"):
        prepared(doubts, officers["kpps"], "whatever")


def test_at_most_fifty(doubts: Doubts, officers: Any) -> None:
    for n in range(53):
        doubts.person(f"BUDI {n}", (doubts.voter(f"BUDI {n}"), 0.9))
    cases.open_cases(doubts.run, [])
    assert len(prepared(doubts, officers["kpps"]).cases) == Bulk.MOST == 50


def test_undo_brings_every_case_back_to_where_it_stood(doubts: Doubts, twelve: list[Case], officers: Any) -> None:
    answer(twelve[0], officers["kpps"], "same", twelve[0].outcome.voter)
    undo_last(election=doubts.election, by=officers["kpps"])
    before = {case.pk: plain(outcome_of(case)) for case in twelve}
    made = looked_at(prepared(doubts, officers["kpps"]))
    bulk.decide_all(bulk=made, by=officers["kpps"])
    with refused("bulk"):
        undo_last(election=doubts.election, by=officers["kpps"])
    with refused("no_right"):
        bulk.undo_all(bulk=made, by=officers["second"])
    assert bulk.undo_all(bulk=made, by=officers["kpps"]) == []
    assert {case.pk: plain(outcome_of(case)) for case in twelve} == before
    assert {one.status for one in Case.objects.all()} == {"new"}
    with refused("not_now"):
        bulk.undo_all(bulk=made, by=officers["kpps"])


def test_undo_keeps_what_has_moved_on(doubts: Doubts, twelve: list[Case], officers: Any) -> None:
    from doubts import key, said

    from reconcile.actions.disagreements import object_to

    made = looked_at(prepared(doubts, officers["kpps"]))
    bulk.decide_all(bulk=made, by=officers["kpps"])
    one = Case.objects.get(pk=twelve[4].pk)
    object_to(case=one, version=one.version, said=said("no_list"), by=officers["second"], key=key())
    assert bulk.undo_all(bulk=made, by=officers["kpps"]) == [one.pk]
    assert Case.objects.get(pk=one.pk).status == "differs"
