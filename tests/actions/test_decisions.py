"""One answer to a case: stored once, by whoever may, and what follows from it at once."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from doubts import Doubts, answer, key, let_leases_run_out, outcome_of, plain, said
from refusals import refused

from reconcile.actions import cases
from reconcile.actions.decisions import decide
from reconcile.actions.undoing_decisions import reopen, undo_last
from reconcile.models import AuditEntry, Case, Decision, KnownPair, PersonOutcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubtful(doubts: Doubts) -> Case:
    """A case with a likely voter and an unlikely one."""
    return doubts.case("KADARISMAN", (doubts.voter("KADARSIMAN"), 0.9), (doubts.voter("KADARI"), 0.05))


def best(case: Case) -> Any:
    return case.outcome.voter


def other(case: Case) -> Any:
    return case.outcome.entry.candidates.get(rank=2).voter


class TestTheSamePerson:
    def test_settles_the_case_and_makes_the_answer_certain(self, doubtful: Case, officers: Any) -> None:
        decision = answer(doubtful, officers["kpps"], "same", best(doubtful))
        doubtful.refresh_from_db()
        found = outcome_of(doubtful)
        assert (doubtful.status, doubtful.settled_by) == ("decided", decision)
        assert (found.provisional, found.match_status, found.voter) == (False, "auto", best(doubtful))
        assert found.decision == decision
        assert found.matched["provisional"] is True
        pair = KnownPair.objects.get(is_active=True)
        assert (pair.verdict, pair.voter, pair.person_id) == ("confirmed", best(doubtful), doubtful.person_id)

    def test_works_the_outcome_out_by_the_rules_of_the_election(self, doubts: Doubts, officers: Any) -> None:
        here = doubts.case("WAGIYO", (doubts.voter("WAGIYO", tps="901"), 0.9))
        answer(here, officers["kpps"], "same", here.outcome.voter)
        assert (outcome_of(here).outcome, outcome_of(here).action) == ("fixed_here", "count_ballots")

    def test_leaves_one_entry_in_the_log_without_names(self, doubtful: Case, officers: Any) -> None:
        answer(doubtful, officers["kpps"], "same", best(doubtful))
        entry = AuditEntry.objects.get(what="decisions.decide")
        assert entry.facts == {"answer": "same", "turn": 1}


class TestTheSamePressTwice:
    def test_is_one_decision(self, doubtful: Case, officers: Any) -> None:
        press = {"case": doubtful, "version": 1, "said": said("same", best(doubtful)), "by": officers["kpps"]}
        once = key()
        assert decide(**press, key=once) == decide(**press, key=once)
        assert Decision.objects.count() == 1

    def test_somebody_elses_key_is_refused(self, doubtful: Case, doubts: Doubts, officers: Any) -> None:
        once = key()
        decide(case=doubtful, version=1, said=said("same", best(doubtful)), by=officers["kpps"], key=once)
        another = doubts.case("SUTRIMO", (doubts.voter("SUTRIMO"), 0.9))
        with refused("faulty"):
            decide(case=another, version=1, said=said("same", best(another)), by=officers["kpps"], key=once)


class TestRefusals:
    def test_a_late_answer(self, doubtful: Case, officers: Any) -> None:
        answer(doubtful, officers["kpps"], "same", best(doubtful))
        with refused("decided_first"):
            decide(case=doubtful, version=1, said=said("same", best(doubtful)), by=officers["second"], key=key())
        assert Decision.objects.count() == 1

    @pytest.mark.parametrize("role", ["admin", "commissioner", "institution", "observer"])
    def test_a_role_that_does_not_decide(self, role: str, doubtful: Case, officers: Any) -> None:
        with refused("no_right"):
            answer(doubtful, officers[role], "same", best(doubtful))

    def test_an_officer_of_another_place(self, doubtful: Case, outsider: Any) -> None:
        with refused("no_right"):
            answer(doubtful, outsider, "same", best(doubtful))

    @pytest.mark.parametrize(
        ("what", "more"),
        [
            ("not_this", {"reason": ""}),
            ("no_list", {"reason": "because"}),
            ("no_list", {"reason": "other"}),
            ("unsure", {"note": "  "}),
        ],
    )
    def test_what_lacks_its_reason_or_note(self, what: str, more: Any, doubtful: Case, officers: Any) -> None:
        voter = best(doubtful) if what == "not_this" else None
        with refused("faulty"):
            answer(doubtful, officers["kpps"], what, voter, **more)

    def test_same_without_a_voter(self, doubtful: Case, officers: Any) -> None:
        with refused("faulty"):
            answer(doubtful, officers["kpps"], "same")

    def test_a_voter_of_a_list_that_does_not_count(self, doubts: Doubts, doubtful: Case, officers: Any) -> None:
        doubts.run.lists.remove(doubts.roll)
        with refused("faulty"):
            answer(doubtful, officers["kpps"], "same", best(doubtful))


class TestLeases:
    def test_one_officer_has_a_case_in_hand(self, doubtful: Case, officers: Any) -> None:
        assert cases.lease(case=doubtful, by=officers["kpps"])
        assert not cases.lease(case=doubtful, by=officers["second"])
        with refused("lease_lost") as why:
            answer(doubtful, officers["second"], "same", best(doubtful))
        assert "Kpps" in str(why.value)

    def test_a_lease_that_ran_out_is_anybodys(self, doubtful: Case, officers: Any) -> None:
        cases.lease(case=doubtful, by=officers["kpps"])
        let_leases_run_out()
        cases.renew(case=doubtful, by=officers["kpps"])  # nobody wanted it
        let_leases_run_out()
        assert cases.lease(case=doubtful, by=officers["second"])
        with refused("lease_lost"):
            cases.renew(case=doubtful, by=officers["kpps"])
        with refused("lease_lost"):
            answer(doubtful, officers["kpps"], "same", best(doubtful))

    def test_a_lease_that_ran_out_does_not_cost_the_answer(self, doubtful: Case, officers: Any) -> None:
        cases.lease(case=doubtful, by=officers["kpps"])
        let_leases_run_out()
        answer(doubtful, officers["kpps"], "same", best(doubtful))
        doubtful.refresh_from_db()
        assert (doubtful.status, doubtful.holder) == ("decided", None)

    def test_a_case_is_given_back(self, doubtful: Case, officers: Any) -> None:
        cases.lease(case=doubtful, by=officers["kpps"])
        cases.release(case=doubtful.pk, by=officers["second"])
        assert not cases.lease(case=doubtful, by=officers["second"])
        cases.release(case=doubtful.pk, by=officers["kpps"])
        doubtful.refresh_from_db()
        assert doubtful.holder is None


class TestTheNextCandidate:
    def test_comes_when_the_best_is_rejected_by_two(self, doubts: Doubts, officers: Any) -> None:
        case = doubts.case("BUDI", (doubts.voter("BUDI A"), 0.5), (doubts.voter("BUDI B"), 0.5))
        first, second = best(case), other(case)
        answer(case, officers["kpps"], "not_this", first)
        assert outcome_of(case).voter == first  # until the second officer agrees nothing follows
        answer(case, officers["second"], "not_this", first, reason="nik")
        case.refresh_from_db()
        found = outcome_of(case)
        assert (case.status, case.reason, case.detail) == ("reopened", "next", {"rank": 2})
        assert (found.voter, found.provisional) == (second, True)
        answer(case, officers["kpps"], "same", second)
        case.refresh_from_db()
        assert (case.status, outcome_of(case).voter) == ("decided", second)

    def test_an_unlikely_one_is_not_asked_about(self, doubtful: Case, officers: Any) -> None:
        answer(doubtful, officers["kpps"], "not_this", best(doubtful))
        answer(doubtful, officers["second"], "not_this", best(doubtful))
        doubtful.refresh_from_db()
        found = outcome_of(doubtful)
        assert (doubtful.status, found.voter, found.match_status) == ("agreed", None, "none")
        assert (found.outcome, found.provisional) == ("not_on_roll", False)


class TestOneVoterOnePerson:
    def test_who_loses_a_voter_is_asked_about_again(self, doubts: Doubts, officers: Any) -> None:
        voter, mine = doubts.voter("BUDI"), doubts.voter("BUDI SANTOSA")
        sure = doubts.person(
            "BUDI", (voter, 0.99), match_status="auto", provisional=False, outcome="needs_transfer", cautions=[]
        )
        case = doubts.case("BUDI SANTOSO", (mine, 0.9), (voter, 0.05))
        answer(case, officers["kpps"], "same", voter)
        answer(case, officers["second"], "same", voter)
        sure.refresh_from_db()
        assert (sure.voter, sure.provisional, sure.match_status) == (None, True, "review")
        lost = Case.objects.get(person=sure.person_id)
        assert (lost.status, lost.reason) == ("new", "taken")

    def test_a_decided_case_opens_again_when_its_voter_is_given_away(self, doubts: Doubts, officers: Any) -> None:
        voter, own = doubts.voter("BUDI"), doubts.voter("BUDI S")
        first = doubts.case("BUDI", (voter, 0.9))
        answer(first, officers["kpps"], "same", voter)
        rival = doubts.case("BUDI SANTOSO", (own, 0.9), (voter, 0.05))
        answer(rival, officers["kpps"], "same", voter)
        answer(rival, officers["second"], "same", voter)
        first.refresh_from_db()
        assert (first.status, first.reason) == ("reopened", "taken")
        assert not first.decisions.get().is_open
        assert KnownPair.objects.get(is_active=True, verdict="confirmed").person_id == rival.person_id
        undo_last(election=doubts.election, by=officers["second"])
        first.refresh_from_db()
        assert (first.status, outcome_of(first).voter) == ("decided", voter)
        assert first.decisions.get().is_open

    def test_a_freed_voter_goes_to_who_had_lost_it(self, doubts: Doubts, officers: Any) -> None:
        voter, right = doubts.voter("BUDI"), doubts.voter("BUDI S")
        claims = doubts.case("BUDI SANTOSO", (voter, 0.9), (right, 0.05))
        loser = doubts.person("BUDI", (voter, 0.9), voter=None, cautions=["claimed_twice"])
        cases.open_cases(doubts.run, [])
        answer(claims, officers["kpps"], "same", right)
        answer(claims, officers["second"], "same", right)
        loser.refresh_from_db()
        assert (loser.voter, loser.provisional) == (voter, True)
        assert Case.objects.get(person=loser.person_id).reason == "next"


class TestUndo:
    def test_brings_everything_back(self, doubtful: Case, doubts: Doubts, officers: Any) -> None:
        before = plain(outcome_of(doubtful))
        answer(doubtful, officers["kpps"], "same", best(doubtful))
        undo_last(election=doubts.election, by=officers["kpps"])
        doubtful.refresh_from_db()
        assert plain(outcome_of(doubtful)) == before
        assert (doubtful.status, doubtful.settled_by) == ("new", None)
        assert not KnownPair.objects.filter(is_active=True).exists()
        assert [(one.is_open, one.end) for one in Decision.objects.all()] == [(False, "undone")]
        answer(doubtful, officers["kpps"], "same", best(doubtful))

    def test_of_what_led_to_the_next_candidate(self, doubts: Doubts, officers: Any) -> None:
        case = doubts.case("BUDI", (doubts.voter("BUDI A"), 0.5), (doubts.voter("BUDI B"), 0.5))
        before = plain(outcome_of(case))
        answer(case, officers["kpps"], "not_this", best(case))
        answer(case, officers["second"], "not_this", best(case))
        undo_last(election=doubts.election, by=officers["second"])
        case.refresh_from_db()
        assert (case.status, plain(outcome_of(case))) == ("second", before)
        assert case.decisions.get(is_open=True).by == officers["kpps"]

    def test_is_refused_once_another_officer_has_answered(self, doubtful: Case, doubts: Doubts, officers: Any) -> None:
        answer(doubtful, officers["kpps"], "no_list")
        answer(doubtful, officers["second"], "no_list")
        with refused("built_upon"):
            undo_last(election=doubts.election, by=officers["kpps"])

    def test_of_nothing(self, doubts: Doubts, officers: Any) -> None:
        with refused("nothing"):
            undo_last(election=doubts.election, by=officers["kpps"])

    def test_of_what_is_with_the_commissioner(self, doubtful: Case, doubts: Doubts, officers: Any) -> None:
        answer(doubtful, officers["kpps"], "same", best(doubtful))
        Case.objects.update(status="sent")
        with refused("sent"):
            undo_last(election=doubts.election, by=officers["kpps"])
        doubtful.refresh_from_db()
        with refused("sent"):
            reopen(case=doubtful, version=doubtful.version, by=officers["kpps"])

    def test_reopening_ends_all_answers(self, doubtful: Case, officers: Any) -> None:
        before = plain(outcome_of(doubtful))
        answer(doubtful, officers["kpps"], "no_list")
        answer(doubtful, officers["second"], "no_list")
        doubtful.refresh_from_db()
        assert outcome_of(doubtful).match_status == "none"
        reopen(case=doubtful, version=doubtful.version, by=officers["kpps"])
        doubtful.refresh_from_db()
        assert (doubtful.status, plain(outcome_of(doubtful))) == ("reopened", before)
        assert not doubtful.decisions.filter(is_open=True).exists()
        with refused("not_now"):
            reopen(case=doubtful, version=doubtful.version, by=officers["kpps"])


class TestADoubtRaisedByAnOfficer:
    def test_makes_a_certain_answer_provisional(self, doubts: Doubts, officers: Any) -> None:
        sure = doubts.person("BUDI", (doubts.voter("BUDI"), 0.99), match_status="auto", provisional=False, cautions=[])
        case = cases.raise_doubt(outcome=sure, by=officers["kpps"])
        sure.refresh_from_db()
        assert (case.reason, sure.provisional) == ("raised", True)
        with refused("open_already"):
            cases.raise_doubt(outcome=sure, by=officers["second"])
        answer(case, officers["kpps"], "same", sure.voter)
        assert outcome_of(case).provisional is False


class TestTheDatabase:
    def test_one_open_answer_an_officer_and_turn(self, doubtful: Case, officers: Any) -> None:
        one = answer(doubtful, officers["kpps"], "no_list")
        values = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields} | {"id": None}
        for changes in ({"turn": 2}, {"by_id": officers["second"].pk}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Decision.objects.create(**{**values, "key": key(), **changes})

    @pytest.mark.parametrize(
        "changes",
        [{"answer": "maybe"}, {"turn": 4}, {"reason": ""}, {"is_open": False}, {"answer": "same"}, {"end": "undone"}],
    )
    def test_an_answer_is_whole(self, changes: Any, doubtful: Case, officers: Any) -> None:
        answer(doubtful, officers["kpps"], "no_list")
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.update(**changes)

    @pytest.mark.parametrize("changes", [{"status": "maybe"}, {"reason": "maybe"}, {"status": "decided"}])
    def test_a_case_is_whole(self, changes: Any, doubtful: Case) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.update(**changes)

    def test_a_voter_is_confirmed_for_one_person(self, doubtful: Case, doubts: Doubts, officers: Any) -> None:
        answer(doubtful, officers["kpps"], "same", best(doubtful))
        pair = KnownPair.objects.get()
        another = doubts.person("BUDI")
        values = {field.attname: getattr(pair, field.attname) for field in pair._meta.concrete_fields}
        with pytest.raises(IntegrityError), transaction.atomic():
            KnownPair.objects.create(**{**values, "id": None, "person_id": another.person_id})

    def test_an_answer_is_never_deleted(self, doubtful: Case, officers: Any) -> None:
        from reconcile.models.audit import AppendOnly

        one = answer(doubtful, officers["kpps"], "no_list")
        for deletes in (one.delete, Decision.objects.all().delete):
            with pytest.raises(AppendOnly):
                deletes()

    def test_every_person_of_the_run_keeps_one_answer(self, doubtful: Case, officers: Any) -> None:
        people = PersonOutcome.objects.count()
        answer(doubtful, officers["kpps"], "same", best(doubtful))
        assert PersonOutcome.objects.count() == people
