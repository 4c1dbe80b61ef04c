"""Every number on a screen opens a list of exactly so many people, and sums tie: all screens of the demo are walked.

The convention, for whoever builds a screen:

- A number is a link that carries it as `data-count`; the tags `{% people n outcome="too_late" %}` (held people) and
  `{% figure n "turnover_people" stay="none" %}` (any list) write such links. The page it leads to says in `data-total`
  how many it lists, in its last table. A link to a list whose text has a digit but which has no `data-count` fails.
- A number in a table or a tile that is no such link says why not: `data-plain`, on it or around it, with a word of
  `PLAIN`.
- The foot of a table adds up its columns. `data-sum="2"` says that a cell adds up the two numbers before it, "-4": the
  four after it.

The walk follows every link of the application from the home page on, for officers of five roles; of pages that
differ only by a number or a filter it opens a few, and of each of these all figures.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from reconcile.actions import accounts, demo, voting
from reconcile.models import Officer, Place, StoredVersion
from reconcile.queries.versions import version_of
from reconcile.queries.votes import Mark
from views.figures import Node, Page, sums_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEED, VOTERS = 7, 600
MOST = 3  # pages of one name that are walked
FEWER = {"deadlines": 2}  # as they are and on one day supposed: every list of a supposed day is worked out anew
PEOPLE = {
    "people",
    "left",
    "what_if_people",
    "turnover_people",
    "findings",
    "draft_people",
    "version_people",
    "left_out",
}
ROWS = {"stage_voters", "found_voters", "changes"}
LISTS = PEOPLE | ROWS | {"review"}  # pages that list what a figure counts; the last opens one case after the other
PLAIN = {
    "answers": "answers that officers gave: several of one case",
    "ballots": "ballots printed, lacking, lent or counted at the TPS; the people who need them are links beside",
    "days": "from one date to another",
    "difference": "of two figures beside it that are links",
    "distance": "kilometres",
    "estimate": "of the model, not a count",
    "figures": "attendance that was entered in figures: there are no names behind it",
    "own": "the ballots of the one person in this row",
    "position": "the number of a row or of a TPS",
    "prepared": "the button beside it lists the cases",
    "sample": "what the officer asks for, not what is there",
    "rows": "rows of an office's file; its own page accounts for them and gives its people as a workbook",
    "size": "of a file",
    "weight": "of evidence, in bits",
}
LOGINS = ("admin", "komisioner", "kpps", "polres", "bawaslu")
BY_EVERYBODY = {"home", "ballots", "deadlines", "visits", "people", "what_if_people", "lists", "list", "person", "help"}
BY_SOMEBODY = {
    "left", "visit", "visit_sheet", "loan", "minute", "run", "upload", "changes", "review", "bulks", "rolls", "stages",
    "stage_voters", "inspection", "found_voters", "turnover", "turnover_people", "findings", "versions", "draft",
    "version", "draft_people", "version_people", "votes", "left_out", "papers",
}  # fmt: skip


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
        self.sums = 0
        self.figures = 0

    def pages_from(self, start: str) -> Iterator[tuple[str, Page]]:
        """Yield the pages that links lead to, at most `MOST` of a name; pages that are refused are left out."""
        waiting, seen = [start], {start}
        while waiting:
            address = waiting.pop(0)
            name = name_of(urlsplit(address).path)
            if name is None or self.pages[name] >= FEWER.get(name, MOST):
                continue
            answer = self.browser.get(address, follow=True)
            assert answer.status_code == 200, (address, answer.status_code)
            self.pages[name] += 1
            address = answer.redirect_chain[-1][0] if answer.redirect_chain else address
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue  # a file
            page = Page(answer.content.decode())
            yield address, page
            for link in page.links:
                target = urljoin(address, link.given.get("href", "")).partition("#")[0]
                if target.startswith("/") and target not in seen:
                    seen.add(target)
                    waiting.append(target)

    def check(self, address: str, page: Page) -> None:
        """Open all figures of a page, add up its tables, and find the numbers that say nothing of themselves."""
        for link in page.links:
            self.check_link(address, link)
        for one in page.numbers():
            why = one.inherited("data-plain")
            assert why is None or why in PLAIN, f"{address}: {why!r} is no reason"
            is_link = "data-count" in one.given or any("data-count" in link.given for link in one.all("a"))
            assert why or is_link, f"{address}: {one.text.strip()!r} opens nothing and does not say why"
        for table in page.tables:
            if table.inherited("data-plain") != "weight":
                for where, said, right in sums_of(table):
                    assert said == right, f"{address}: {where} says {said}, its parts are {right}"
                    self.sums += 1

    def check_link(self, address: str, link: Node) -> None:
        target = urljoin(address, link.given.get("href", "")).partition("#")[0]
        name = name_of(urlsplit(target).path)
        if "data-count" not in link.given:
            is_told = "aria-current" in link.given  # a chosen filter: the link takes it away
            is_told = is_told or "page=" in target or name not in LISTS or link.inherited("data-plain") in PLAIN
            assert is_told or not re.search(r"\d", link.text), f"{address}: {link.text!r} has no data-count"
            return
        count = int(link.given["data-count"])
        figures = re.findall(r"\d+", re.sub(r"[.,](?=\d{3})", "", link.text))
        assert not figures or str(count) in figures, f"{address}: {link.text!r} is not {count}"
        assert self.total_of(target) == count, f"{address}: {link.text!r} opens {self.total_of(target)} at {target}"
        self.figures += 1

    def total_of(self, target: str) -> int | None:
        """Return how many a page says it lists; as many stand there, unless they go on on another page."""
        if target not in self.totals:
            answer = self.browser.get(target, follow=True)
            assert answer.status_code == 200, (target, answer.status_code)
            page = Page(answer.content.decode())
            if page.total and name_of(urlsplit(target).path) in PEOPLE | ROWS and page.is_whole:
                assert page.rows == page.total, f"{target} lists {page.rows}, and says {page.total}"
            self.totals[target] = page.total
        return self.totals[target]


def enter_votes(place: Place, by: Officer) -> None:
    """Say of two people of an approved list that they voted, and of one who was ill."""
    numbers = [row.number for row in version_of(StoredVersion.objects.get(place=place)).rows[:3]]
    marks = [Mark(False, "ill"), Mark(True), Mark(True)]
    voting.enter_persons(place=place, marks=dict(zip(numbers, marks, strict=True)), by=by)


def test_every_figure_opens_so_many_people() -> None:
    demo.build_demo(seed=SEED, voters=VOTERS, password="a long and made-up pass phrase", progress=lambda *_: None)
    accounts.finish_practice(officer=Officer.objects.get(username="kpps"))
    enter_votes(Place.objects.get(name=demo.POLSEK), Officer.objects.get(username="kppscepu"))
    seen: set[str] = set()
    for login in LOGINS:
        walk = Walk(login)
        for address, page in walk.pages_from("/"):
            walk.check(address, page)
        assert set(walk.pages) >= BY_EVERYBODY, (login, BY_EVERYBODY - set(walk.pages))
        assert walk.figures > 100, (login, walk.figures)
        assert walk.sums > 30, (login, walk.sums)
        seen |= set(walk.pages)
    assert seen >= BY_SOMEBODY, BY_SOMEBODY - seen


ROW = '<table data-plain="rows"><tbody><tr>{}</tr></tbody></table>'
FOOT = (
    '<table data-plain="rows"><tbody><tr><th colspan="2">a</th><td class="number">1.000</td></tr>'
    '<tr><td></td><td></td><td class="number">3</td></tr></tbody>'
    '<tfoot><tr><td colspan="2">Jumlah</td><td class="number">{}</td></tr></tfoot></table>'
)


@pytest.mark.parametrize(
    ("content", "is_right"),
    [
        ('<a href="/people/?outcome=leaving" data-count="0">0</a>', True),
        ('<a href="/people/?outcome=leaving" data-count="1">1</a>', False),
        ('<a href="/people/?outcome=leaving" data-count="0">2</a>', False),
        ('<a href="/people/?outcome=leaving">0 people</a>', False),
        ('<a href="/people/?outcome=leaving">nobody</a>', True),
        ('<table><tr><td class="number">3</td></tr></table>', False),
        ('<table><tr><td class="number">0</td><td>TPS 3</td></tr></table>', True),
        ('<table data-plain="rows"><tr><td class="number">3</td></tr></table>', True),
        ('<table><tr><td class="number" data-plain="because">3</td></tr></table>', False),
        ('<ul><li class="tile"><b>3</b> people</li></ul>', False),
        (FOOT.format("1.003"), True),
        (FOOT.format("1.002"), False),
        (ROW.format('<td class="number">1</td><td class="number">2</td><td class="number" data-sum="2">3</td>'), True),
        (ROW.format('<td class="number">1</td><td class="number">2</td><td class="number" data-sum="2">4</td>'), False),
        (ROW.format('<td class="number" data-sum="-2">3</td><td class="number">1</td><td class="number">2</td>'), True),
        (
            ROW.format('<td class="number" data-sum="-2">4</td><td class="number">1</td><td class="number">2</td>'),
            False,
        ),
        ('<a href="/people/" data-count="6">6</a>', True),
    ],
)
def test_the_walk_finds_a_figure_that_is_wrong(content: str, is_right: bool, office: Any) -> None:
    """`office` has nobody who is leaving."""
    walk = Walk("admin")
    if is_right:
        walk.check("/", Page(content))
    else:
        with pytest.raises(AssertionError):
            walk.check("/", Page(content))
