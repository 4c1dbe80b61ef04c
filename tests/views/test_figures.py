"""Every number of people that is a link opens a list of exactly so many people: all screens of the demo are walked.

The convention, for whoever builds a screen: a link that shows a number of people carries it as `data-count` (the tag
`{% people n outcome="too_late" %}` writes such a link to the list of held people), and the page it leads to says in
`data-total` how many it lists. A link to a list of people whose text has a digit but which has no `data-count` fails.

The walk follows every link of the application from the home page on, for officers of five roles; of pages that
differ only by a number or a filter it opens a few, and of each of these all figures.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from reconcile.actions import demo
from reconcile.models import Officer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEED, VOTERS = 7, 600
MOST = 3  # pages of one name that are walked
LISTS = {"people", "left", "what_if_people"}  # pages that list people
LOGINS = ("admin", "komisioner", "kpps", "polres", "bawaslu")
BY_EVERYBODY = {"home", "ballots", "deadlines", "visits", "people", "what_if_people", "lists", "list", "person", "help"}
BY_SOMEBODY = {"left", "visit", "visit_sheet", "loan", "minute", "run", "upload", "changes", "review"}


class Links(HTMLParser):
    """The links of a page with their attributes and texts, and what the page says it lists."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.links: list[tuple[dict[str, str], str]] = []
        self.total: int | None = None
        self._open = False
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        if "data-total" in given:
            self.total = int(given["data-total"])
        if tag == "a":
            self.links.append((given, ""))
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._open:
            given, text = self.links[-1]
            self.links[-1] = (given, text + data)


def name_of(path: str) -> str | None:
    """Return the name of the application's page at a path; None for anything else."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return found.url_name if found.app_name == "reconcile" else None


class Walk:
    """One officer's walk through all pages that can be reached."""

    def __init__(self, login: str) -> None:
        self.browser = Client()
        officer = Officer.objects.get(username=login)
        self.browser.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        self.pages: Counter[str] = Counter()
        self.totals: dict[str, int | None] = {}
        self.figures = 0

    def pages_from(self, start: str) -> Iterator[tuple[str, Links]]:
        """Yield the pages that links lead to, at most `MOST` of a name; pages that are refused are left out."""
        waiting, seen = [start], {start}
        while waiting:
            address = waiting.pop(0)
            name = name_of(urlsplit(address).path)
            if name is None or self.pages[name] >= MOST:
                continue
            answer = self.browser.get(address, follow=True)
            assert answer.status_code == 200, (address, answer.status_code)
            self.pages[name] += 1
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue  # a file
            page = Links(answer.content.decode())
            yield address, page
            for given, _text in page.links:
                target = urljoin(address, given.get("href", "")).partition("#")[0]
                if target.startswith("/") and target not in seen:
                    seen.add(target)
                    waiting.append(target)

    def check(self, address: str, page: Links) -> None:
        """Open all figures of a page."""
        for given, text in page.links:
            target = urljoin(address, given.get("href", "")).partition("#")[0]
            is_list = name_of(urlsplit(target).path) in LISTS
            if "data-count" not in given:
                is_left = "aria-current" in given  # a chosen filter: the link takes it away
                assert is_left or not (is_list and re.search(r"\d", text)), f"{address}: {text!r} has no data-count"
                continue
            count = int(given["data-count"])
            figures = re.findall(r"\d+", re.sub(r"[.,](?=\d{3})", "", text))
            assert not figures or str(count) in figures, f"{address}: {text!r} is not {count}"
            assert self.total_of(target) == count, f"{address}: {text!r} opens {self.total_of(target)} at {target}"
            self.figures += 1

    def total_of(self, target: str) -> int | None:
        if target not in self.totals:
            answer = self.browser.get(target)
            assert answer.status_code == 200, (target, answer.status_code)
            self.totals[target] = Links(answer.content.decode()).total
        return self.totals[target]


def test_every_figure_opens_so_many_people() -> None:
    demo.build_demo(seed=SEED, voters=VOTERS, password="a long and made-up pass phrase", progress=lambda *_: None)
    seen: set[str] = set()
    for login in LOGINS:
        walk = Walk(login)
        for address, page in walk.pages_from("/"):
            walk.check(address, page)
        assert set(walk.pages) >= BY_EVERYBODY, (login, BY_EVERYBODY - set(walk.pages))
        assert walk.figures > 100, (login, walk.figures)
        seen |= set(walk.pages)
    assert seen >= BY_SOMEBODY, BY_SOMEBODY - seen


@pytest.mark.parametrize(
    ("content", "is_right"),
    [
        ('<a href="/people/?outcome=leaving" data-count="0">0</a>', True),
        ('<a href="/people/?outcome=leaving" data-count="1">1</a>', False),
        ('<a href="/people/?outcome=leaving" data-count="0">2</a>', False),
        ('<a href="/people/?outcome=leaving">0 people</a>', False),
        ('<a href="/people/?outcome=leaving">nobody</a>', True),
    ],
)
def test_the_walk_finds_a_figure_that_is_wrong(content: str, is_right: bool, office: Any) -> None:
    """`office` has nobody who is leaving."""
    walk = Walk("admin")
    if is_right:
        walk.check("/", Links(content))
    else:
        with pytest.raises(AssertionError):
            walk.check("/", Links(content))
