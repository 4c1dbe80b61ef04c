"""Which answers take two officers, and what happens when the two do not agree."""

from typing import Any

import pytest
from doubts import Doubts, answer, key, outcome_of, plain, said
from refusals import refused

from reconcile.actions import disagreements
from reconcile.actions.accounts import add_officer
from reconcile.actions.undoing_decisions import undo_last
from reconcile.models import Case, Decision, KnownPair, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(doubts: Doubts) -> Case:
    return doubts.case("KADARISMAN", (doubts.voter("KADARSIMAN"), 0.9), (doubts.voter("KADARI"), 0.05))


@pytest.fixture
def third(rutan: Any) -> Any:
    password = "another long and made-up phrase"
    return add_officer(username="third", password=password, role=Role.KPPS, place=rutan, full_name="Tiga", by=None)


def status(case: Case) -> str:
    case.refresh_from_db()
    return case.status


class TestWhatTakesTwo:
    @pytest.mark.parametrize("what", ["not_this", "no_list"])
    def test_an_answer_against_the_best_candidate(self, what: str, case: Case, officers: Any) -> None:
        before = plain(outcome_of(case))
        answer(case, officers["kpps"], what, case.outcome.voter if what == "not_this" else None)
        assert status(case) == "second"
        assert plain(outcome_of(case)) == before  # the second officer must not read the first one's answer here
        assert not KnownPair.objects.exists()

    def test_another_voter_than_the_best(self, case: Case, officers: Any) -> None:
        answer(case, officers["kpps"], "same", case.outcome.entry.candidates.get(rank=2).voter)
        assert status(case) == "second"

    @pytest.mark.parametrize("outcome", ["duplicate", "ineligible"])
    def test_what_strikes_a_row_or_takes_a_vote(self, outcome: str, doubts: Doubts, officers: Any) -> None:
        case = doubts.case("BUDI", (doubts.voter("BUDI"), 0.99), outcome=outcome, match_status="auto", cautions=[])
        assert (case.reason, case.needs_second) == (outcome, True)
        answer(case, officers["kpps"], "same", case.outcome.voter)
        assert status(case) == "second"

    def test_what_would_be_found_to_strike_a_vote(self, doubts: Doubts, officers: Any) -> None:
        dead = doubts.voter("BUDI", remark="1")
        case = doubts.case("BUDI", (dead, 0.9))
        answer(case, officers["kpps"], "same", dead)
        assert status(case) == "second"

    def test_only_what_the_election_says(self, doubts: Doubts, case: Case, officers: Any) -> None:
        definition = {**doubts.election.definition, "second_officer": []}
        type(doubts.election).objects.update(definition=definition)
        answer(Case.objects.get(pk=case.pk), officers["kpps"], "not_this", case.outcome.voter)
        assert status(case) == "agreed" or status(case) == "decided"

    def test_who_is_unsure_hands_the_case_on(self, case: Case, officers: Any) -> None:
        answer(case, officers["kpps"], "unsure")
        assert status(case) == "second"
        answer(case, officers["second"], "same", case.outcome.voter)
        assert status(case) == "decided"
        assert [one.end for one in Decision.objects.order_by("pk")] == ["passed", ""]
        undo_last(election=case.election, by=officers["second"])
        assert status(case) == "second"
        assert Decision.objects.get(is_open=True).answer == "unsure"

    def test_the_second_officer_is_another_one(self, case: Case, officers: Any) -> None:
        answer(case, officers["kpps"], "no_list")
        with refused("own_answer"):
            answer(case, officers["kpps"], "no_list")
        answer(case, officers["second"], "no_list", reason="paper")  # another reason is no disagreement
        assert status(case) == "agreed"
        assert outcome_of(case).voter is None


class TestDisagreement:
    @pytest.fixture
    def differing(self, case: Case, officers: Any) -> Case:
        answer(case, officers["kpps"], "no_list")
        answer(case, officers["second"], "same", case.outcome.voter)
        assert status(case) == "differs"
        return case

    def settle(self, case: Case, by: Any, upheld: Decision | None, **more: Any) -> Decision:
        case.refresh_from_db()
        given = {"wrong_one": "set_aside", "note": "dilihat KTP-el", "key": key(), **more}
        return disagreements.settle_difference(case=case, version=case.version, upheld=upheld, by=by, **given)

    def test_nothing_follows_until_it_is_settled(self, differing: Case) -> None:
        assert outcome_of(differing).provisional
        assert not KnownPair.objects.exists()

    @pytest.mark.parametrize(("turn", "voter"), [(1, False), (2, True)])
    def test_the_third_upholds_one(self, turn: int, voter: bool, differing: Case, third: Any) -> None:
        right = differing.decisions.get(turn=turn)
        made = self.settle(differing, third, right, wrong_one="sent_back")
        assert status(differing) == "agreed"
        assert (outcome_of(differing).voter is not None) is voter
        assert (made.upheld, made.answer, made.wrong_one) == (right, right.answer, "sent_back")
        wrong = differing.decisions.get(turn=3 - turn)
        assert (wrong.is_open, wrong.end, wrong.ended_with) == (False, "overruled", made)

    def test_neither_begins_anew(self, differing: Case, third: Any) -> None:
        self.settle(differing, third, None)
        assert status(differing) == "reopened"
        assert not differing.decisions.filter(is_open=True).exists()
        answer(differing, third, "same", differing.outcome.voter)
        assert status(differing) == "decided"

    def test_the_third_is_neither_of_the_two(self, differing: Case, officers: Any) -> None:
        for role in ("kpps", "second"):
            with refused("own_answer"):
                self.settle(differing, officers[role], differing.decisions.get(turn=1))

    @pytest.mark.parametrize("more", [{"wrong_one": ""}, {"upheld": None, "note": " "}])
    def test_both_questions_must_be_answered(self, more: Any, differing: Case, third: Any) -> None:
        with refused("faulty"):
            self.settle(differing, third, **{"upheld": differing.decisions.get(turn=1), **more})

    def test_late_settling_is_refused(self, differing: Case, third: Any) -> None:
        version = Case.objects.get(pk=differing.pk).version
        right = differing.decisions.get(turn=1)
        self.settle(differing, third, right)
        more = {"wrong_one": "set_aside", "note": "", "by": third, "key": key()}
        with refused("decided_first"):
            disagreements.settle_difference(case=differing, version=version, upheld=right, **more)

    def test_settling_can_be_undone(self, differing: Case, third: Any) -> None:
        self.settle(differing, third, differing.decisions.get(turn=1))
        undo_last(election=differing.election, by=third)
        assert status(differing) == "differs"
        assert differing.decisions.filter(is_open=True).count() == 2
        assert not KnownPair.objects.filter(is_active=True).exists()

    def test_two_who_are_unsure_need_a_third(self, case: Case, officers: Any, third: Any) -> None:
        answer(case, officers["kpps"], "unsure")
        answer(case, officers["second"], "unsure")
        assert status(case) == "differs"
        with refused("faulty"):
            self.settle(case, third, case.decisions.get(turn=1))
        self.settle(case, third, None)
        assert status(case) == "reopened"


class TestAnotherWasFirst:
    def object_to(self, case: Case, by: Any, what: str, voter: Any = None) -> Decision:
        case.refresh_from_db()
        return disagreements.object_to(case=case, version=case.version, said=said(what, voter), by=by, key=key())

    def test_an_objection_makes_a_disagreement_and_takes_the_answer_back(self, case: Case, officers: Any) -> None:
        before = plain(outcome_of(case))
        answer(case, officers["kpps"], "same", case.outcome.voter)
        self.object_to(case, officers["second"], "no_list")
        assert (status(case), plain(outcome_of(case))) == ("differs", before)
        undo_last(election=case.election, by=officers["second"])
        assert status(case) == "decided"
        assert not outcome_of(case).provisional

    def test_an_objection_that_says_the_same_agrees(self, case: Case, officers: Any) -> None:
        answer(case, officers["kpps"], "same", case.outcome.voter)
        self.object_to(case, officers["second"], "same", case.outcome.voter)
        assert status(case) == "agreed"
        assert not outcome_of(case).provisional

    def test_nobody_objects_to_oneself(self, case: Case, officers: Any) -> None:
        answer(case, officers["kpps"], "same", case.outcome.voter)
        with refused("own_answer"):
            self.object_to(case, officers["kpps"], "no_list")

    def test_accepting_changes_nothing(self, case: Case, officers: Any) -> None:
        answer(case, officers["kpps"], "same", case.outcome.voter)
        version = Case.objects.get(pk=case.pk).version
        disagreements.accept(case=case, by=officers["second"])
        assert (Case.objects.get(pk=case.pk).version, status(case)) == (version, "decided")
