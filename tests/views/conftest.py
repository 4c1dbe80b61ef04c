"""Signed-in browsers, and the office they look at."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from views.office import Office, make_office


@pytest.fixture
def office(election: Any, rutan: Any, polres: Any, officers: Any) -> Office:
    return make_office(election, rutan, polres, officers["admin"])


@pytest.fixture
def as_(officers: Any) -> Callable[[str], Client]:
    """Return a browser in which the officer of a role is signed in."""

    def signed_in(role: str) -> Client:
        browser = Client()
        browser.force_login(officers[role], backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return signed_in


@pytest.fixture
def stranger(outsider: Any) -> Client:
    """A browser of a KPPS officer of another place of the same election."""
    browser = Client()
    browser.force_login(outsider, backend="django.contrib.auth.backends.ModelBackend")
    return browser
