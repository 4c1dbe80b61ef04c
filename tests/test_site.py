"""What every answer of the site has: a language, a strict policy, no trust in the browser."""

from typing import Any

import pytest
from conftest import PASSWORD
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db

ENGLISH_BROWSER = {"HTTP_ACCEPT_LANGUAGE": "en-US,en;q=0.9"}


def test_healthz_answers_without_a_login(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert client.post("/healthz").status_code == 405


def test_an_english_browser_gets_indonesian(client: Client) -> None:
    assert client.get("/healthz", **ENGLISH_BROWSER)["Content-Language"] == "id"


def test_english_is_there_for_whoever_chose_it(client: Client) -> None:
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert client.get("/healthz")["Content-Language"] == "en"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert client.get("/healthz")["Content-Language"] == "id"


def test_only_our_own_files_are_loaded(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_uploads_have_no_address(client: Client) -> None:
    assert settings.MEDIA_URL in ("", "/")
    assert client.get("/files/lists/x").status_code == 404


def test_five_wrong_passwords_close_the_account_for_that_address(client: Client, officers: Any) -> None:
    def attempt(password: str, address: str = "10.0.0.1") -> int:
        given = {"username": "kpps", "password": password}
        return client.post("/login/", given, REMOTE_ADDR=address).status_code

    for _ in range(5):
        attempt("wrong")
    assert attempt(PASSWORD) == 429
    assert attempt(PASSWORD, address="10.0.0.2") == 302
