"""A real browser before a real server: Chromium as the system has it, one for all tests, a fresh session a test.

Where there is no Chromium the tests are skipped with the reason; with BROWSER_TESTS=required (`.ci/run`) they
fail instead, and with BROWSER_TESTS=skip nobody walks (`.ci/run` walks once, on SQLite).
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from on_disk import on_disk
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
WAIT = 15_000  # milliseconds; on a busy machine a page of this kind takes one second
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def _chromium() -> str:
    """Return the path of the browser; skip, or fail where the tests are required, when there is none."""
    if os.environ.get("BROWSER_TESTS") == "skip":
        pytest.skip("BROWSER_TESTS=skip: the screens are walked on the other database")
    given = os.environ.get("CHROMIUM", "")
    found = given or next((path for name in NAMES if (path := shutil.which(name))), "")
    if not found:
        why = "no Chromium here: install it (Debian: apt-get install chromium) or name it in CHROMIUM"
        (pytest.fail if os.environ.get("BROWSER_TESTS") == "required" else pytest.skip)(why)
    return found


@pytest.fixture(scope="package", autouse=True)
def _database_on_disk(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The server answers in threads of its own, each with its own connection."""
    with django_db_blocker.unblock(), on_disk(tmp_path_factory.mktemp("database")):
        yield


@pytest.fixture(scope="package")
def live_server(_database_on_disk: None) -> Iterator[LiveServer]:
    """As pytest-django's, but begun after the database has moved to the disk."""
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = _chromium()
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright's plain interface keeps an event loop in this thread; the tests themselves do one thing at a time.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer, officers: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in a session of its own: `open_page("admin")`, `open_page()` signed out.

    `options` are those of a browser context: `java_script_enabled=False`, `viewport=PHONE`. Whatever a page
    reports as an error of its own (a script that fails, something the content policy stopped) fails the test.
    """
    faults: list[str] = []
    contexts = []

    def opened(role: str = "", **options: Any) -> Page:
        address = live_server.url
        context = chromium.new_context(base_url=address, **{"viewport": DESK, "locale": "id-ID", **options})
        contexts.append(context)
        if role:
            client = Client()
            client.force_login(officers[role], backend="django.contrib.auth.backends.ModelBackend")
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        context.set_default_timeout(WAIT)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: _note(faults, told))
        page.on("request", lambda request: _stays_here(faults, request.url, address))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def _note(faults: list[str], told: Any) -> None:
    if told.type == "error" and not told.text.startswith("Failed to load resource"):  # a refusal is shown on the page
        faults.append(told.text)


def _stays_here(faults: list[str], url: str, address: str) -> None:
    if not url.startswith((address, "data:", "blob:")):
        faults.append(f"asks another host: {url}")


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """Return a function that fails when axe finds something serious or critical on a page."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page).response["violations"]
        grave = [
            (each["id"], each["help"], [node["html"][:200] for node in each["nodes"]])
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
        assert grave == [], page.url

    return check


@pytest.fixture
def work() -> Callable[[], None]:
    """Return a function that runs the real worker until nothing is due."""
    return lambda: call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Return a function that lays a file where the officer finds it."""

    def laid(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return laid
