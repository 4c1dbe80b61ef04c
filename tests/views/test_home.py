"""The home page: every table adds up, for the whole election and for one place."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from reconcile.models import PersonOutcome
from reconcile.queries.groups import Group
from reconcile.queries.home import Summary

pytestmark = pytest.mark.django_db


def text(page: bytes) -> str:
    """Return what a person reads on a page, on one line."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page.decode(), flags=re.S)
    unmarked = re.sub(r"</?mark>", "", body)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", unmarked)).split())


def summary_for(browser: Client) -> Summary:
    found: Summary = browser.get("/").context["summary"]
    return found


@pytest.mark.parametrize(
    ("role", "people", "further"), [("admin", 6, 1), ("observer", 6, 1), ("kpps", 5, 1), ("polres", 1, 0)]
)
def test_every_table_adds_up(role: str, people: int, further: int, office: Any, as_: Any) -> None:
    found = summary_for(as_(role))
    assert found.people == people
    assert sum(count.people for count in found.groups) == people
    assert sum(row.certain + row.provisional for row in found.outcomes) == people
    assert [sum(column) for column in zip(*(row.counts for row in found.places), strict=True)] == [
        count.people for count in found.groups
    ]
    assert sum(row.people for row in found.places) == people
    assert found.tasked == sum(task.people for task in found.tasks) == people
    assert found.rows == people + further == sum(row.rows for row in found.places)


def test_the_whole_election_has_all_register_rows(office: Any, as_: Any) -> None:
    assert summary_for(as_("admin")).rows == office.run.register_rows


def test_who_is_provisional_is_to_be_checked_first(office: Any, as_: Any) -> None:
    found = summary_for(as_("admin"))
    assert {count.group: count.people for count in found.groups} == {
        Group.HERE: 2, Group.LETTER: 2, Group.CHECK: 1, Group.OTHERS: 1, Group.CANNOT: 0,
    }  # fmt: skip
    steps = {(task.step.actor, task.step.action, str(task.step.due)): task.people for task in found.tasks}
    assert steps == {
        ("kpps", "settle_review", "2024-11-13"): 1,
        ("kpu", "search_sidalih", "2024-11-13"): 1,
        ("kpu", "issue_transfer_letter", "2024-11-20"): 2,
        ("kpps", "count_ballots", "None"): 2,
    }


def test_ballots_are_needed_by_who_votes_here_once_all_is_done(office: Any, as_: Any) -> None:
    PersonOutcome.objects.filter(pk=office.people["cells"].pk).update(ballots=None)
    found = summary_for(as_("admin"))
    assert [(row.name["en"], row.certain, row.expected, row.needed) for row in found.ballots] == [
        ("Governor and Vice Governor", 2, 2, 4),
        ("Regent or Mayor and deputy", 2, 2, 4),
    ]
    assert found.undetermined == 1


def test_the_page_says_the_sums(office: Any, as_: Any) -> None:
    page = text(as_("admin").get("/").content)
    assert "6 orang ditahan, 2 sudah pasti dapat memilih" in page
    assert "2 + 2 + 1 + 1 + 0 = 6" in page
    assert "batas pindah memilih tahanan 20 November 2024 (19 hari lagi)" in page
    assert "H-26" in page


def test_before_the_first_election_and_before_the_first_run(client: Client, as_: Any, officers: Any) -> None:
    assert "Belum ada yang dicocokkan" in text(as_("admin").get("/").content)


def test_an_unfinished_run_shows_no_numbers(office: Any, as_: Any) -> None:
    type(office.run).objects.update(status="running")
    assert "Belum ada yang dicocokkan" in text(as_("admin").get("/").content)


@pytest.mark.parametrize("role", ["admin", "kpps", "observer"])
def test_query_budget(role: str, office: Any, as_: Any, django_assert_max_num_queries: Any) -> None:
    browser = as_(role)
    with django_assert_max_num_queries(13):
        browser.get("/")
