"""A page as the walk of the figures sees it: its links, what it lists, its tables with every number in them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "rect", "source", "track", "wbr"}
NUMBER = re.compile(r"[-−+]?\d+(?:[.,]\d{3})*(?![\d%])")


class Node:
    """One element."""

    def __init__(self, tag: str, given: dict[str, str], above: "Node | None") -> None:
        self.tag, self.given, self.above = tag, given, above
        self.inner: list[Node | str] = []

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.inner)

    def all(self, *tags: str) -> "Iterator[Node]":
        """Yield the elements within, in the order of the page; of these tags only, where there are any."""
        for one in self.inner:
            if isinstance(one, Node):
                if not tags or one.tag in tags:
                    yield one
                yield from one.all(*tags)

    def inherited(self, name: str) -> str | None:
        """Return an attribute of this element or of the nearest one around it that has it."""
        at: Node | None = self
        while at and name not in at.given:
            at = at.above
        return at.given[name] if at else None

    @property
    def classes(self) -> list[str]:
        return self.given.get("class", "").split()

    @property
    def figure(self) -> int | None:
        """Return the first whole number of the text, None where there is none."""
        found = NUMBER.search(self.text)
        return int(re.sub(r"[.,]", "", found[0]).replace("−", "-")) if found else None


class _Builder(HTMLParser):
    def __init__(self, content: str) -> None:
        super().__init__()
        self.root = self.at = Node("", {}, None)
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.inner.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.at.inner.append(Node(tag, {name: value or "" for name, value in attrs}, self.at))

    def handle_endtag(self, tag: str) -> None:
        at: Node | None = self.at
        while at and at.tag != tag:
            at = at.above
        if at and at.above:
            self.at = at.above

    def handle_data(self, data: str) -> None:
        self.at.inner.append(data)


class Page:
    """The links of a page, how many it says it lists, and its tables."""

    def __init__(self, content: str) -> None:
        self.root = _Builder(content).root
        self.links = list(self.root.all("a"))
        self.tables = list(self.root.all("table"))
        totals = [int(one.given["data-total"]) for one in self.root.all() if "data-total" in one.given]
        assert len(totals) <= 1, "two totals on a page"
        self.total = totals[0] if totals else None

    @property
    def rows(self) -> int:
        """Return how many rows the last table has, which is the list on pages that list; "nobody" is no row."""
        if not self.tables:
            return 0
        bodies = self.tables[-1].all("tbody")
        return sum("colspan" not in next(row.all("td", "th")).given for body in bodies for row in body.all("tr"))

    @property
    def is_whole(self) -> bool:
        """Say whether the list is on this page alone."""
        return not any(one.given.get("rel") in ("next", "prev") and "page=" in one.given["href"] for one in self.links)

    def numbers(self) -> Iterator[Node]:
        """Yield every cell and every tile that shows a number."""
        for one in self.root.all():
            is_cell = one.tag == "td" and "number" in one.classes
            if (is_cell or "tile" in one.classes) and re.search(r"[1-9]", one.text):
                yield one


def sums_of(table: Node) -> Iterator[tuple[str, int, int]]:
    """Yield where a sum stands, what it says and what it should say: foots, and cells with `data-sum`.

    `data-sum="2"`: the sum of the two numbers before it in its row; "-4": of the four after it.
    """
    body = [_columns(row) for part in table.all("tbody") for row in part.all("tr")]
    foot = [_columns(row) for part in table.all("tfoot") for row in part.all("tr")]
    for row in foot:
        for column, cell in row.items():
            parts = [line[column].figure for line in body if column in line and "number" in line[column].classes]
            if "number" in cell.classes and cell.figure is not None and parts:
                yield f"column {column + 1}", cell.figure, sum(part or 0 for part in parts)
    for row in (*body, *foot):
        cells = [cell for cell in row.values() if "number" in cell.classes]
        for i, cell in enumerate(cells):
            if asked := int(cell.given.get("data-sum", 0)):
                parts = [one.figure for one in (cells[i - asked : i] if asked > 0 else cells[i + 1 : i + 1 - asked])]
                assert len(parts) == abs(asked), cell.text
                yield (
                    f"row {cells[0].above.text if cells[0].above else ''}",
                    cell.figure or 0,
                    sum(p or 0 for p in parts),
                )


def _columns(row: Node) -> dict[int, Node]:
    """Return the cells of a row by the column they begin in."""
    found, at = {}, 0
    for cell in row.inner:
        if isinstance(cell, Node) and cell.tag in ("td", "th"):
            found[at] = cell
            at += int(cell.given.get("colspan", 1))
    return found
