"""The list of people: filters, search, pages; a name never stands in an address."""

from typing import Any

import pytest
from django.test import Client

from views.test_home import text

pytestmark = pytest.mark.django_db


def names(browser: Client, query: str = "") -> list[str]:
    return [person.name.split()[0] for person in browser.get(f"/people/{query}").context["page"]]


ALL = ["BAGAS", "KADARISMAN", "MUKLIS", "SUTRIMO", "TEGUH", "WAGIYO"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("?outcome=needs_transfer", ["KADARISMAN", "SUTRIMO", "TEGUH"]),
        ("?status=review", ["KADARISMAN"]),
        ("?status=none", ["MUKLIS"]),
        ("?group=here", ["BAGAS", "WAGIYO"]),
        ("?group=check", ["KADARISMAN"]),
        ("?action=settle_review", ["KADARISMAN"]),
        ("?action=issue_transfer_letter", ["SUTRIMO", "TEGUH"]),
        ("?discrepancy=nik_differs", ["KADARISMAN"]),
        ("?discrepancy=in_both_registers", ["BAGAS"]),
        ("?outcome=needs_transfer&status=auto", ["SUTRIMO", "TEGUH"]),
        ("?outcome=no_such_outcome", ALL),
        ("?page=99", ALL),
        ("?page=x", ALL),
    ],
)
def test_filters(query: str, found: list[str], office: Any, as_: Any) -> None:
    assert names(as_("admin"), query) == found


def test_filter_by_place(office: Any, as_: Any) -> None:
    assert names(as_("admin"), f"?place={office.polres.pk}") == ["TEGUH"]
    assert names(as_("kpps"), f"?place={office.polres.pk}") == [name for name in ALL if name != "TEGUH"]


@pytest.mark.parametrize(("role", "people"), [("admin", 6), ("kpps", 5), ("polres", 1)])
def test_the_side_bar_adds_up(role: str, people: int, office: Any, as_: Any) -> None:
    choices = as_(role).get("/people/").context["choices"]
    assert choices.people == people
    for block in (choices.groups, choices.outcomes, choices.statuses, [choice for _, choice in choices.places]):
        assert sum(choice.people for choice in block) == people


@pytest.mark.parametrize("query", ["", "?outcome=fixed_here", "?group=check&discrepancy=nik_differs", "?group=cannot"])
def test_a_choice_leads_to_as_many_people_as_it_says(query: str, office: Any, as_: Any) -> None:
    browser = as_("admin")
    choices = browser.get(f"/people/{query}").context["choices"]
    places = [choice for _, choice in choices.places]
    for choice in (*choices.groups, *choices.outcomes, *choices.statuses, *places, *choices.discrepancies):
        assert choice.is_chosen or len(names(browser, choice.query)) == choice.people, choice


def test_search_travels_in_the_session_and_not_in_the_address(office: Any, as_: Any) -> None:
    browser = as_("admin")
    answer = browser.post("/people/search/", {"words": "wibawa bagas", "group": "here"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/people/?group=here")
    assert names(browser, "?group=here") == ["BAGAS"]
    browser.post("/people/search/", {"words": ""})
    assert names(browser) == ALL


def test_search_finds_an_alias(office: Any, as_: Any) -> None:
    entry = office.people["here"].entry
    type(entry).objects.filter(pk=entry.pk).update(alias="KENTHUS")
    browser = as_("admin")
    browser.post("/people/search/", {"words": "kenthus"})
    assert names(browser) == ["WAGIYO"]


def test_nobody_found_says_how_many_are_hidden(office: Any, as_: Any) -> None:
    browser = as_("admin")
    browser.post("/people/search/", {"words": "TIDAKADA"})
    assert "6 orang tersembunyi" in text(browser.get("/people/").content)


def test_search_reaches_no_other_place(office: Any, as_: Any) -> None:
    browser = as_("kpps")
    browser.post("/people/search/", {"words": "TEGUH"})
    assert names(browser) == []


def test_pages_of_fifty(office: Any, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reconcile.queries.people.PAGE", 4)
    browser = as_("admin")
    assert names(browser) + names(browser, "?page=2") == ALL
    page = text(browser.get("/people/?page=2").content)
    assert "5 sampai 6 dari 6" in page


@pytest.mark.parametrize("query", ["", "?discrepancy=nik_differs&outcome=needs_transfer"])
def test_query_budget(query: str, office: Any, as_: Any, django_assert_max_num_queries: Any) -> None:
    browser = as_("kpps")
    with django_assert_max_num_queries(13):
        browser.get(f"/people/{query}")
