"""The state machine of a case: any order of presses by three officers, with leases that run out and late requests.

Held after every step: a settled case has exactly the answers that settle it, an unsettled one has no memory; one
voter has one person; whoever must look is who has an open case; and what is undone leaves no trace in the answers.
"""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from doubts import Doubts, key, let_leases_run_out, outcome_of, plain, said
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from reconcile.actions import cases, disagreements, undoing_decisions
from reconcile.actions.accounts import add_officer
from reconcile.actions.cases import needs_officer
from reconcile.actions.decisions import decide
from reconcile.actions.errors import ActionRefused
from reconcile.models import (
    OPEN_CASES,
    SETTLED_CASES,
    Case,
    CaseReason,
    Decision,
    KnownPair,
    PersonOutcome,
    Role,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OFFICERS, PEOPLE = st.integers(0, 2), st.integers(0, 2)
ANSWERS = st.sampled_from(["same", "same", "same other", "not_this", "no_list", "unsure"])


class Review(RuleBasedStateMachine):
    """Three people who claim two voters between them, and three officers."""

    doubts: Doubts
    officers: list[Any]

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        doubts = self.doubts
        doubts.makes.number = 0
        one, other = doubts.voter("BUDI SANTOSO"), doubts.voter("BUDI SANTOSA")
        near = ((one, 0.5), (other, 0.4)), ((other, 0.5), (one, 0.4)), ((one, 0.4), (other, 0.05))
        self.people = [
            doubts.person(f"BUDI {n}", *voters, **({"voter": None, "cautions": ["claimed_twice"]} if n == 2 else {}))
            for n, voters in enumerate(near)
        ]
        cases.open_cases(doubts.run, [])
        self.cases = [Case.objects.get(person=one.person_id) for one in self.people]
        self.first = [plain(one) for one in self.people]
        self.seen = [[case.version] * 3 for case in self.cases]  # the version on each officer's page
        self.sent: list[tuple[Any, ...]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def _tried(self, action: Any, **given: Any) -> bool:
        """Try an action; say whether it was done. A refusal must leave everything as it was."""
        before = self._everything()
        try:
            with transaction.atomic():
                action(**given)
        except ActionRefused:
            assert self._everything() == before
            return False
        return True

    def _everything(self) -> list[Any]:
        models = (Case, Decision, KnownPair, PersonOutcome)
        return [list(model.objects.order_by("pk").values()) for model in models]

    @rule(who=OFFICERS, what=PEOPLE)
    def open_page(self, who: int, what: int) -> None:
        case = Case.objects.get(pk=self.cases[what].pk)
        cases.lease(case=case, by=self.officers[who])
        self.seen[what][who] = case.version

    @rule()
    def ten_minutes_pass(self) -> None:
        let_leases_run_out()

    @rule(who=OFFICERS, what=PEOPLE)
    def renew(self, who: int, what: int) -> None:
        self._tried(cases.renew, case=self.cases[what], by=self.officers[who])

    @rule(who=OFFICERS, what=PEOPLE, answer=ANSWERS, once=st.booleans())
    def press(self, who: int, what: int, answer: str, once: bool) -> None:
        """Answer as the officer's page stands, which may be old; sometimes the same request arrives twice."""
        case = Case.objects.get(pk=self.cases[what].pk)
        rank = 2 if answer == "same other" else 1
        voter = case.outcome.entry.candidates.get(rank=rank).voter if answer[:4] in ("same", "not_") else None
        given = {
            "case": case, "version": self.seen[what][who], "said": said(answer.split()[0], voter),
            "by": self.officers[who], "key": key(),
        }  # fmt: skip
        if not self._tried(decide, **given):
            return
        stored = Decision.objects.count()
        if not once:
            decide(**given)
            assert Decision.objects.count() == stored

    @rule(who=OFFICERS, what=PEOPLE, answer=ANSWERS)
    def object_to(self, who: int, what: int, answer: str) -> None:
        case = Case.objects.get(pk=self.cases[what].pk)
        voter = case.outcome.entry.candidates.get(rank=1).voter if answer[:4] in ("same", "not_") else None
        words = said(answer.split()[0], voter)
        self._tried(
            disagreements.object_to, case=case, version=case.version, said=words, by=self.officers[who], key=key()
        )

    @rule(who=OFFICERS, what=PEOPLE, which=st.integers(0, 2))
    def settle(self, who: int, what: int, which: int) -> None:
        case = Case.objects.get(pk=self.cases[what].pk)
        both = list(case.decisions.filter(is_open=True).order_by("turn"))
        upheld = both[which] if which < len(both) else None
        given = {"wrong_one": "set_aside", "note": "x", "by": self.officers[who], "key": key()}
        self._tried(disagreements.settle_difference, case=case, version=case.version, upheld=upheld, **given)

    @rule(who=OFFICERS)
    def undo(self, who: int) -> None:
        self._tried(undoing_decisions.undo_last, election=self.doubts.election, by=self.officers[who])

    @rule(who=OFFICERS, what=PEOPLE)
    def reopen(self, who: int, what: int) -> None:
        case = Case.objects.get(pk=self.cases[what].pk)
        self._tried(undoing_decisions.reopen, case=case, version=self.seen[what][who], by=self.officers[who])

    @invariant()
    def a_case_has_the_answers_of_its_status(self) -> None:
        for case in Case.objects.all():
            turns = sorted(case.decisions.filter(is_open=True).values_list("turn", flat=True))
            allowed = {
                "new": [[]], "reopened": [[]], "lapsed": [[]], "second": [[1]], "differs": [[1, 2]], "decided": [[1]],
                "agreed": [[1, 2], [1, 3], [2, 3]],
            }[case.status]  # fmt: skip
            assert turns in allowed, (case.status, turns)
            assert (case.settled_by is not None) == (case.status in SETTLED_CASES)
            assert case.settled_by is None or case.settled_by.is_open
            officers = list(case.decisions.filter(is_open=True).values_list("by", flat=True))
            assert len(officers) == len(set(officers))

    @invariant()
    def what_is_remembered_is_what_settled_cases_say(self) -> None:
        for pair in KnownPair.objects.filter(is_active=True).select_related("decision", "person__case"):
            kept = pair.decision.is_open or pair.decision.end == "next"
            assert kept, (pair.verdict, pair.decision.end, pair.person.case.status)

    @invariant()
    def whoever_must_look_has_an_open_case(self) -> None:
        for outcome in PersonOutcome.objects.select_related("person__case"):
            case = outcome.person.case
            if case.reason == CaseReason.RAISED:
                continue
            assert needs_officer(outcome) == (case.status in OPEN_CASES), (case.status, case.reason, plain(outcome))

    @invariant()
    def a_settled_case_says_what_follows_from_its_answer(self) -> None:
        for case in Case.objects.filter(status__in=SETTLED_CASES).select_related("settled_by"):
            assert case.settled_by is not None
            found = outcome_of(case)
            assert found.voter_id == (case.settled_by.voter_id if case.settled_by.answer == "same" else None)
            assert not found.provisional

    @invariant()
    def where_nobody_has_decided_the_answers_are_the_comparisons(self) -> None:
        if not KnownPair.objects.filter(is_active=True).exists():
            for one, first in zip(self.people, self.first, strict=True):
                now = plain(PersonOutcome.objects.get(pk=one.pk))
                assert now == first


def test_any_order_of_presses(election: Any, rutan: Any, officers: Any) -> None:
    Group.objects.get_or_create(name="kpps")
    password = "another long and made-up phrase"
    third = add_officer(username="third", password=password, role=Role.KPPS, place=rutan, full_name="T", by=None)
    Review.doubts = Doubts(election, rutan, officers["admin"])
    Review.officers = [officers["kpps"], officers["second"], third]
    run_state_machine_as_test(
        Review,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
