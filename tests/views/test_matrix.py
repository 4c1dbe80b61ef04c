"""Who may open and send what: every address of the application, every role, every method."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from reconcile.actions.elections import add_election
from reconcile.deciding.election import load_election
from views.office import a_run

pytestmark = pytest.mark.django_db

EVERYBODY = ("admin", "commissioner", "kpps", "second", "institution", "observer")

# name of the address -> which roles get a page (GET) or a redirect after a deed (POST)
READS: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("home", "help", "lists", "people", "person", "list", "run"), EVERYBODY
)
DEEDS: dict[str, tuple[str, ...]] = {
    "choose_election": EVERYBODY,
    "search": EVERYBODY,
    "upload": ("admin", "institution"),
    "start_run": ("admin", "commissioner"),
}


def address(name: str, office: Any) -> str:
    return {
        "home": "/", "help": "/help/", "lists": "/lists/", "people": "/people/", "choose_election": "/election/",
        "search": "/people/search/", "upload": "/lists/upload/", "start_run": "/runs/start/",
        "person": office.path("here"), "list": f"/lists/{office.rutan_register.pk}/", "run": f"/runs/{office.run.pk}/",
    }[name]  # fmt: skip


def without_token(page: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


def test_the_table_names_every_address() -> None:
    app = next(found for found in get_resolver().url_patterns if getattr(found, "namespace", "") == "reconcile")
    assert {found.name for found in app.url_patterns} == READS.keys() | DEEDS.keys()


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_may_read(role: str, office: Any, as_: Any) -> None:
    answers = {name: as_(role).get(address(name, office)).status_code for name in READS}
    assert answers == {name: 200 if role in roles else 403 for name, roles in READS.items()}


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_may_act(role: str, office: Any, as_: Any) -> None:
    answers = {name: as_(role).post(address(name, office)).status_code for name in DEEDS}
    done = {"upload": 422}  # no file was sent
    assert answers == {name: done.get(name, 302) if role in roles else 403 for name, roles in DEEDS.items()}


@pytest.mark.parametrize("name", [*READS, *DEEDS])
def test_wrong_method(name: str, office: Any, as_: Any) -> None:
    browser = as_("admin")
    wrong = browser.get if name in DEEDS else browser.post
    assert wrong(address(name, office)).status_code == 405


@pytest.mark.parametrize("name", [*READS, *DEEDS])
def test_not_signed_in(name: str, office: Any) -> None:
    path = address(name, office)
    answer = Client().post(path) if name in DEEDS else Client().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login/?next={path}")


def test_an_account_without_a_role_sees_nothing(office: Any, as_: Any, officers: Any) -> None:
    officers["admin"].groups.clear()
    browser = as_("admin")
    assert {browser.get(address(name, office)).status_code for name in READS} == {403}
    assert {browser.post(address(name, office)).status_code for name in DEEDS} == {403}


@pytest.mark.parametrize("name", ["person", "list"])
def test_another_place_answers_like_what_does_not_exist(name: str, office: Any, stranger: Client) -> None:
    nothing = {"person": "/people/999999/", "list": "/lists/999999/"}[name]
    foreign, missing = stranger.get(address(name, office)), stranger.get(nothing)
    assert foreign.status_code == missing.status_code == 404
    assert without_token(foreign.content) == without_token(missing.content)


@pytest.mark.parametrize("role", ["kpps", "second", "institution"])
def test_an_officer_of_a_place_sees_no_other_place(role: str, office: Any, as_: Any) -> None:
    browser = as_(role)
    assert browser.get(office.path("cells")).status_code == 404
    assert browser.get(f"/lists/{office.polres_register.pk}/").status_code == 404
    assert b"TEGUH" not in browser.get("/people/").content
    assert b"polres.xlsx" not in browser.get("/lists/").content


def test_another_elections_run_is_not_found(office: Any, as_: Any, officers: Any) -> None:
    other = add_election(definition=load_election("pemilu-2024").to_dict(), as_of=date(2024, 2, 1), by=None)
    run = a_run(other, officers["admin"])
    assert as_("kpps").get(f"/runs/{run.pk}/").status_code == 404
    assert as_("admin").get(f"/runs/{run.pk}/").status_code == 200
