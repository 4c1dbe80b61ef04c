"""The page of deadlines: the days are the election's, everybody stands under one, and supposing stores nothing."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from reconcile.actions.elections import add_election
from reconcile.deciding.election import load_election
from reconcile.models import MatchRun, PersonOutcome, Place
from reconcile.queries.deadlines import deadlines
from views.office import AHEAD, DEADLINE

pytestmark = pytest.mark.django_db

VOTE = date(2024, 11, 27)


def days(browser: Any, query: str = "") -> Any:
    return browser.get(f"/deadlines/{query}").context["days"]


def test_the_days_are_counted_from_the_election(office: Any, as_: Any) -> None:
    found = days(as_("admin")).milestones
    assert [(one.code, one.day, one.days_before, one.left) for one in found] == [
        ("general", date(2024, 10, 28), 30, -4),
        ("ahead", AHEAD, 14, 12),
        ("special", DEADLINE, 7, 19),
        ("voting", VOTE, 0, 26),
    ]
    assert [one.is_of_detainees for one in found] == [False, False, True, False]


def test_another_election_has_its_own_days() -> None:
    rules = load_election("pemilu-2024")
    found = deadlines(PersonOutcome.objects.none(), rules, None, as_of=date(2024, 2, 1), today=date(2024, 2, 8))
    days_of = {one.code: (one.day, one.left, one.left_today) for one in found.milestones}
    assert days_of["general"] == (date(2024, 1, 15), -17, -24)
    assert days_of["special"] == (date(2024, 2, 7), 6, -1)
    assert days_of["voting"] == (date(2024, 2, 14), 13, 6)


@pytest.mark.parametrize(
    ("zone", "moment", "name", "left"),
    [
        ("Asia/Jakarta", "2024-11-19T16:59:00+00:00", "WIB", 1),  # 23.59 on the 19th
        ("Asia/Jakarta", "2024-11-19T17:00:00+00:00", "WIB", 0),  # the 20th has begun
        ("Asia/Jayapura", "2024-11-19T15:00:00+00:00", "WIT", 0),
        ("Asia/Makassar", "2024-11-20T16:00:00+00:00", "WITA", -1),
    ],
)
def test_today_is_the_day_in_the_elections_time_zone(
    zone: str, moment: str, name: str, left: int, office: Any, as_: Any, monkeypatch: Any
) -> None:
    office.election.definition["time_zone"] = zone
    office.election.save()
    monkeypatch.setattr(timezone, "now", lambda: timezone.datetime.fromisoformat(moment))
    page = as_("admin").get("/deadlines/").context
    assert page["zone"] == name
    assert next(one.left_today for one in page["days"].milestones if one.code == "special") == left


@pytest.mark.parametrize("role", ["admin", "kpps", "polres", "observer"])
def test_everybody_stands_under_one_day(role: str, office: Any, as_: Any) -> None:
    browser = as_(role)
    found = days(browser)
    assert found.people == browser.get("/people/").context["page"].paginator.count
    assert sum(one.people for one in found.milestones) == found.people
    waiting = {one.code: {(w.step.action, w.outcome): w.people for w in one.work} for one in found.milestones}
    if role == "admin":
        assert waiting == {
            "general": {},
            "ahead": {("settle_review", "needs_transfer"): 1, ("search_sidalih", "not_on_roll"): 1},
            "special": {("issue_transfer_letter", "needs_transfer"): 2},
            "voting": {("count_ballots", "fixed_here"): 2},
        }


def test_a_date_no_rule_knows_any_more_is_not_lost(office: Any, as_: Any) -> None:
    PersonOutcome.objects.filter(pk=office.people["absent"].pk).update(due=date(2024, 11, 5))
    found = days(as_("admin"))
    assert [(one.code, one.people) for one in found.milestones] == [
        ("general", 0), ("other", 1), ("ahead", 1), ("special", 2), ("voting", 2),
    ]  # fmt: skip
    assert found.people == 6


def test_who_is_too_late_and_why(office: Any, as_: Any) -> None:
    assert days(as_("admin")).late == ()
    late = {"outcome": "too_late", "due": None, "action": "record_loss"}
    notes = ["deadline_passed", "arrested_after_deadline"]
    PersonOutcome.objects.filter(pk=office.people["letter"].pk).update(**late, notes=notes)
    PersonOutcome.objects.filter(pk=office.people["doubt"].pk).update(**late, notes=notes[:1])
    (row,) = days(as_("admin")).late
    assert (row.outcome, row.certain, row.provisional, row.people, row.arrested) == ("too_late", 1, 1, 2, 1)
    listed = as_("admin").get("/people/?outcome=too_late&note=arrested_after_deadline").context["page"]
    assert [one.pk for one in listed] == [office.people["letter"].person_id]


def test_supposing_changes_nothing_that_is_stored(office: Any, as_: Any) -> None:
    before = list(PersonOutcome.objects.order_by("pk").values())
    supposed = as_("admin").get("/deadlines/?as_of=2024-11-21").context["supposed"]
    assert list(PersonOutcome.objects.order_by("pk").values()) == before
    assert supposed.total == sum(one.then for one in supposed.outcomes) == 6
    assert MatchRun.objects.count() == 1


@pytest.mark.parametrize(
    "asked", ["", "tomorrow", "2024-11-31", "21-11-2024", "2024-11-28", "1024-01-01", "2024-11-21'--"]
)
def test_a_day_that_is_none_is_refused_and_said(asked: str, office: Any, as_: Any) -> None:
    answer = as_("admin").get("/deadlines/", {"as_of": asked})
    assert answer.status_code == 422
    assert answer.context["supposed"] is None
    assert 'class="errorlist"' in answer.content.decode()
    assert as_("admin").get("/deadlines/people/", {"as_of": asked}).status_code == 302


def test_the_people_of_what_would_change(office: Any, as_: Any) -> None:
    browser = as_("admin")
    supposed = browser.get("/deadlines/?as_of=2024-11-21").context["supposed"]
    for change in supposed.changes:
        query = f"?as_of=2024-11-21&changed=1&now={change.now}&then={change.then}&action={change.step.action}"
        page = browser.get(f"/deadlines/people/{query}").context["page"]
        assert page.paginator.count == change.people


def test_an_officer_of_a_place_sees_the_names_of_its_own_tps_only(office: Any, as_: Any) -> None:
    assert as_("kpps").get("/people/left/").context["page"].paginator.count == 1
    assert as_("polres").get("/people/left/").context["page"].paginator.count == 0
    Place.objects.filter(pk=office.rutan.pk).update(tps_number="902")
    assert as_("kpps").get("/people/left/").context["page"].paginator.count == 0


def test_before_the_first_comparison(election: Any, officers: Any, as_: Any) -> None:
    page = as_("admin").get("/deadlines/")
    assert [one.people for one in page.context["days"].milestones] == [0, 0, 0, 0]
    assert "Belum ada pencocokan yang selesai" in page.content.decode()


def test_without_an_election_there_is_nothing_to_show(officers: Any, as_: Any) -> None:
    other = add_election(definition=load_election("pemilu-2024").to_dict(), as_of=date(2024, 2, 1), by=None)
    found = days(as_("admin")).milestones
    assert found[-1].day == other.voting_day  # the newest election is the one shown
