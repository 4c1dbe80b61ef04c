"""Where the body will be on voting day: said, never guessed; it moves outcome, place and ballots."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from refusals import refused

from reconcile.actions import elections, runs, saying
from reconcile.actions.links import settle_link
from reconcile.deciding import TpsRef
from reconcile.models import (
    AuditEntry,
    HeldPerson,
    PersonLink,
    PersonOutcome,
    PlaceKind,
    RunStatus,
    SaidStay,
    Verdict,
)

pytestmark = pytest.mark.django_db


def again(outcome: PersonOutcome) -> PersonOutcome:
    found = PersonOutcome.objects.filter(person=outcome.person_id).select_related("run__election", "place", "entry")
    return found.order_by("-run_id").first()  # type: ignore[return-value]


def say(outcome: PersonOutcome, by: Any, kind: str, place: Any = None, note: str = "", **more: Any) -> SaidStay:
    seen = SaidStay.objects.filter(person=outcome.person_id, is_open=True).values_list("pk", flat=True).first()
    return saying.say_stay(outcome=outcome, kind=kind, place=place, note=note, by=by, **{"seen": seen, **more})


@pytest.fixture
def cells_elsewhere(election: Any) -> Any:
    """Cells served by a TPS of another province, so that ballots change."""
    tps = TpsRef.parse("35.22.15.2001/003")
    return elections.add_place(
        election=election, kind=PlaceKind.POLRES, name="Tahanan Polres Lain", regency_code="3522", tps=tps, by=None
    )


@pytest.mark.parametrize(
    ("kind", "note", "outcome", "action"),
    [
        ("free", "", "leaving", "vote_at_home"),
        ("hospital", "RSUD Blora", "leaving", "move_along"),
        ("prison", "Lapas Pati", "leaving", "move_along"),
        ("here", "", "needs_transfer", "issue_transfer_letter"),
    ],
)
def test_the_answer_follows_at_once(
    answered: PersonOutcome, officers: Any, kind: str, note: str, outcome: str, action: str
) -> None:
    assert (answered.outcome, answered.ballots) == ("needs_transfer", ["governor", "regent"])
    say(answered, officers["kpps"], kind, note=note)
    now = again(answered)
    assert (now.outcome, now.action, now.provisional) == (outcome, action, answered.provisional)
    assert now.ballots == (["governor", "regent"] if kind == "here" else [])


def test_another_place_brings_its_tps_and_ballots(answered: PersonOutcome, officers: Any, cells_elsewhere: Any) -> None:
    say(answered, officers["institution"], "place", cells_elsewhere)
    now = again(answered)
    assert (now.place, now.outcome, now.ballots) == (cells_elsewhere, "needs_transfer", [])
    assert "no_ballot_here" in now.notes


def test_it_holds_in_later_comparisons_and_is_taken_back(
    answered: PersonOutcome, officers: Any, cells_elsewhere: Any
) -> None:
    before = again(answered)
    stay = say(answered, officers["kpps"], "place", cells_elsewhere)
    run = runs.queue_run(election=answered.run.election, by=officers["admin"], in_background=False)
    assert runs.execute_run(run=run).status == RunStatus.READY
    now = again(answered)
    assert (now.run_id, now.place) == (run.pk, cells_elsewhere)
    saying.take_stay_back(outcome=now, stay=stay.pk, by=officers["kpps"])  # by who holds the person still
    now = again(answered)
    for name in ("outcome", "ballots", "notes", "action", "place_id", "said", "matched", "category"):
        assert getattr(now, name) == getattr(before, name), name
    stay.refresh_from_db()
    assert (stay.is_open, stay.ended_by) == (False, officers["kpps"])


def test_what_is_said_later_takes_the_place_of_what_was_said(answered: PersonOutcome, officers: Any) -> None:
    first = say(answered, officers["kpps"], "free")
    second = say(again(answered), officers["second"], "hospital", note="RSUD")
    first.refresh_from_db()
    assert (first.is_open, second.is_open, SaidStay.objects.count()) == (False, True, 2)
    assert again(answered).action == "move_along"
    assert AuditEntry.objects.filter(what="saying.say_stay").count() == 2


def test_two_officers_at_once_do_not_overwrite_each_other(answered: PersonOutcome, officers: Any) -> None:
    say(answered, officers["kpps"], "free")
    with refused("changed"):
        say(answered, officers["second"], "here", seen=None)
    with refused("changed"):
        saying.take_stay_back(outcome=again(answered), stay=0, by=officers["second"])
    assert again(answered).outcome == "leaving"


@pytest.mark.parametrize(("kind", "note"), [("", ""), ("moon", ""), ("place", ""), ("hospital", " "), ("prison", "")])
def test_what_is_not_said_whole_is_refused(answered: PersonOutcome, officers: Any, kind: str, note: str) -> None:
    with refused("faulty"):
        say(answered, officers["kpps"], kind, note=note)
    assert not SaidStay.objects.exists()


@pytest.mark.parametrize("role", ["admin", "commissioner", "observer", "polres"])
def test_only_who_holds_the_person_or_serves_the_place(answered: PersonOutcome, officers: Any, role: str) -> None:
    with refused("no_right"):
        say(answered, officers[role], "free")


def test_the_database_keeps_one_a_person(answered: PersonOutcome, officers: Any) -> None:
    say(answered, officers["kpps"], "free")
    with pytest.raises(IntegrityError):
        SaidStay.objects.create(
            election=answered.run.election, person_id=answered.person_id, kind="here", by=officers["kpps"]
        )


def test_two_rows_that_are_one_person_keep_what_was_said(answered: PersonOutcome, officers: Any) -> None:
    """What was said of either is said of both; of two things the known person's stays."""
    known = HeldPerson.objects.create(election=answered.run.election)
    say(answered, officers["kpps"], "free")
    link = PersonLink.objects.create(entry=answered.entry, person=known, probability=0.6)
    settle_link(link=link, verdict=Verdict.SAME, by=officers["kpps"])
    assert SaidStay.objects.get().person == known


def test_as_of_is_not_moved_by_it(answered: PersonOutcome, officers: Any) -> None:
    say(answered, officers["kpps"], "hospital", note="RSUD")
    assert again(answered).due == date(2024, 11, 20)
