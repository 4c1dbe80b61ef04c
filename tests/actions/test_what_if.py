"""What another day would change is what a comparison on that day then says; nothing is stored by asking."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.forms.models import model_to_dict

from reconcile.actions import demo, elections, runs
from reconcile.actions.columns import path_of
from reconcile.models import MatchRun, PersonOutcome, RunStatus, SourceList, Voter
from reconcile.queries.what_if import what_if

pytestmark = pytest.mark.django_db

LAST = date(2024, 11, 20)


def outcomes_of(run: MatchRun) -> Any:
    return PersonOutcome.objects.filter(run=run)


def test_on_its_own_day_nothing_changes(run: MatchRun) -> None:
    found = what_if(outcomes_of(run), run, run.as_of)
    assert (found.changed, found.unknown, found.total) == (0, 0, run.people)
    assert all(one.now == one.then for one in found.people)


@pytest.mark.parametrize(
    ("day", "changed"),
    [
        (date(2024, 11, 13), 0),
        (date(2024, 11, 14), 1),  # a week before the last day: who is on no roll is due later
        (LAST, 1),
        (date(2024, 11, 21), 6),
        (date(2024, 11, 27), 6),
    ],
)
def test_it_is_what_a_comparison_on_that_day_says(run: MatchRun, day: date, changed: int, officers: Any) -> None:
    before = {one.pk: model_to_dict(one) for one in outcomes_of(run)}
    found = what_if(outcomes_of(run), run, day)
    assert {one.pk: model_to_dict(one) for one in outcomes_of(run)} == before
    elections.set_as_of(election=run.election, as_of=day, by=officers["admin"])
    run.election.refresh_from_db()
    later = runs.execute_run(run=runs.queue_run(election=run.election, by=officers["admin"], in_background=False))
    assert later.status == RunStatus.READY
    said = {one.person_id: (one.outcome, one.action, one.due) for one in outcomes_of(later) if not one.provisional}
    supposed = {
        one.pk: (one.then, one.step_then.action, one.step_then.due) for one in found.people if not one.provisional
    }
    assert supposed == said
    assert found.changed == changed


def test_sums_tie_on_the_demo() -> None:
    """With decisions on it: every answer can be worked out anew, and both columns add up to all people."""
    run = demo.build_demo(seed=7, voters=600, password="a long and made-up pass phrase", progress=lambda *_: None)
    own = what_if(outcomes_of(run), run, run.as_of)
    assert (own.changed, own.unknown) == (0, 0)
    late = what_if(outcomes_of(run), run, LAST + timedelta(days=1))
    stored = Counter(outcomes_of(run).values_list("outcome", flat=True))
    assert {one.outcome: one.now for one in late.outcomes if one.now} == dict(stored)
    assert sum(one.now for one in late.outcomes) == sum(one.then for one in late.outcomes) == late.total == run.people
    assert sum(one.people for one in late.changes) == late.changed == len(late.those(changed=True))
    assert late.changed + late.unchanged == late.total
    then = {one.outcome: one.then for one in late.outcomes}
    assert (then.get("needs_transfer", 0), then["too_late"]) == (0, stored["needs_transfer"])
    for one in late.outcomes:
        assert len(late.those(then=one.outcome)) == one.then
    for change in late.changes:
        assert len(late.those(change.now, change.then, change.step.action, changed=True)) == change.people


def test_a_remark_means_what_it_means_at_the_stage_of_the_roll(run: MatchRun, officers: Any) -> None:
    """Code 8 strikes a row at the door-to-door check, and is no code of the fixed roll; asking again says the same."""
    one = outcomes_of(run).filter(outcome="needs_transfer", provisional=False).order_by("pk").first()
    Voter.objects.filter(pk=one.voter_id).update(remark="8")
    for stage, outcome in (("DPT", "needs_transfer"), ("DPHP", "not_on_roll")):
        rolls = SourceList.objects.filter(election=run.election, kind="roll")
        rolls.update(stage=stage)
        for each in rolls:
            path_of(each).unlink(missing_ok=True)
        queued = runs.queue_run(election=run.election, by=officers["admin"], in_background=False)
        later = runs.execute_run(run=queued)
        assert outcomes_of(later).get(person=one.person_id).outcome == outcome
        asked = what_if(outcomes_of(later), later, later.as_of)
        assert (asked.unknown, asked.changed) == (0, 0)
