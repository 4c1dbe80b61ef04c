"""What all pages share: both languages, nothing inline, forms that need no script, refusals in sentences."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from reconcile.actions.elections import add_election
from reconcile.deciding.election import load_election
from views.test_home import text

pytestmark = pytest.mark.django_db

PAGES = ("/", "/people/", "/lists/", "/help/")


def all_pages(office: Any) -> list[str]:
    lists = [f"/places/{office.rutan.pk}/{rest}" for rest in ("list/", "list/people/", "votes/")]
    one = [f"/lists/{office.rutan_register.pk}/", f"/runs/{office.run.pk}/"]
    cells = f"/visits/{office.polres.pk}/"
    of_the_vote = ["/ballots/", "/visits/", cells, f"{cells}sheet/", "/deadlines/?as_of=2024-11-21", "/people/left/"]
    return [*PAGES, *of_the_vote, office.path("doubt"), *one, "/versions/", "/verify/", *lists]


def test_both_languages(office: Any, as_: Any) -> None:
    browser = as_("admin")
    indonesian = {path: text(browser.get(path).content) for path in all_pages(office)}
    browser.post("/language/", {"language": "en", "next": "/"})
    english = {path: text(browser.get(path).content) for path in all_pages(office)}
    pages = "Beranda Unggahan Pemilih Orang Persetujuan Hari H Surat suara Kunjungan Tenggat Bantuan"
    assert all(pages in page for page in indonesian.values())
    pages = "Home Uploads Rolls People Approval Voting day Ballots Visits Deadlines Help"
    assert all(pages in page for page in english.values())
    assert "6 people in custody, 2 certain to vote" in english["/"]
    leftovers = r"\b(the|and|with|orang|dengan|yang)\b"
    words = {path: set(re.findall(leftovers, page)) for path, page in indonesian.items()}
    assert all(not found & {"the", "and", "with"} for found in words.values()), words
    words = {path: set(re.findall(leftovers, page)) for path, page in english.items()}
    assert all(not found & {"orang", "dengan", "yang"} for found in words.values()), words


def test_the_policy_finds_nothing_to_forbid(office: Any, as_: Any) -> None:
    browser = as_("admin")
    for path in all_pages(office):
        page = browser.get(path).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style|javascript:", page), path
        assert '"allowEval": false' in page
        assert '"includeIndicatorStyles": false' in page


def test_every_form_sends_to_an_address_with_a_token(office: Any, as_: Any) -> None:
    browser = as_("admin")
    for path in all_pages(office):
        for form in re.findall(r"<form\b.*?</form>", browser.get(path).content.decode(), flags=re.S):
            is_question = 'method="get"' in form  # asks about a date, and would carry a token into the address
            assert is_question != ("csrfmiddlewaretoken" in form), form
            assert is_question or re.search(r'method="post" action="/', form), form


def test_numbers_and_dates_in_the_language_of_the_page(office: Any, as_: Any) -> None:
    type(office.roll).objects.filter(pk=office.roll.pk).update(rows=24604, records=24600, new=24600)
    browser = as_("admin")
    assert "24.600" in text(browser.get("/lists/").content)
    browser.post("/language/", {"language": "en", "next": "/"})
    assert "24,600" in text(browser.get("/lists/").content)


@pytest.mark.parametrize(("path", "status"), [("/people/999/", 404), ("/nowhere/", 404), ("/runs/start/", 403)])
def test_refusals_are_sentences(path: str, status: int, office: Any, as_: Any) -> None:
    browser = as_("observer")
    answer = browser.post(path) if status == 403 else browser.get(path)
    assert answer.status_code == status
    assert "Ke beranda" in text(answer.content)


def test_a_broken_page_says_so_and_tells_nothing(office: Any, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("331609-RAHASIA")

    monkeypatch.setattr("reconcile.views.home.summary", broken)
    browser = as_("admin")
    browser.raise_request_exception = False
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Ada yang rusak di pihak kami" in text(answer.content)
    assert "RAHASIA" not in answer.content.decode()


def test_sign_in_page_and_wrong_password(client: Client, officers: Any) -> None:
    assert "Masuk" in text(client.get("/login/").content)
    answer = client.post("/login/", {"username": "kpps", "password": "salah"})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_the_choice_of_election(office: Any, as_: Any) -> None:
    other = add_election(definition=load_election("pemilu-2024").to_dict(), as_of=date(2024, 2, 1), by=None)
    browser = as_("admin")
    assert browser.get("/").context["desk"].election == other  # the newest
    browser.post("/election/", {"election": office.election.pk})
    assert browser.get("/").context["desk"].election == office.election
    for wrong in ("999", "x", ""):
        browser.post("/election/", {"election": wrong})
        assert browser.get("/").context["desk"].election == office.election
    bound = as_("kpps")
    bound.post("/election/", {"election": other.pk})
    assert bound.get("/").context["desk"].election == office.election


def test_words_for_voters_are_those_of_the_election(office: Any, as_: Any) -> None:
    assert "Pindahan Pemilih Pindahan" in text(as_("admin").get("/help/").content)
    add_election(definition=load_election("pemilu-2024").to_dict(), as_of=date(2024, 2, 1), by=None)
    assert "DPTb" in text(as_("admin").get("/help/").content)


def test_views_write_nothing_themselves() -> None:
    """Every write is an action: there it is refused, logged and tested."""
    folder = Path(settings.BASE_DIR) / "reconcile"
    for path in (path for part in ("views", "templatetags", "queries") for path in (folder / part).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        writes = r"\.(save|delete|create|get_or_create|update_or_create|bulk_create|bulk_update)\("
        assert not re.search(writes, source), path
