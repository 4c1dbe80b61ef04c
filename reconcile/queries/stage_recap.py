"""A comparison of stages as sums: what became of the voters, faults first, and the recapitulation of an area."""

from collections.abc import Iterator
from dataclasses import dataclass

from reconcile.diffing import FAULTS, FIRST, SECOND, Group, Recap, RecapRow
from reconcile.diffing.recap import DISTRICT, NOWHERE, VILLAGE
from reconcile.models import StageComparison
from reconcile.queries.roll_work import answer_of, area_name

_DEEPER = {0: DISTRICT, DISTRICT: VILLAGE, VILLAGE: None}


@dataclass(frozen=True)
class Line:
    """A code with its count."""

    code: str
    count: int


@dataclass(frozen=True)
class Sums:
    """What makes up the voters of either stage, and the rows of either file."""

    first: tuple[Line, ...]
    second: tuple[Line, ...]
    voters_first: int
    voters_second: int
    rows_first: int
    rows_second: int
    struck_before: int
    returned: int
    struck_second: int  # rows of the second stage that are no voters
    codes: tuple[tuple[str, str, int], ...]  # code, its name in this election, voters


@dataclass(frozen=True)
class AreaRow:
    """A row of the recapitulation with the name of its area, and whether it can be opened."""

    name: str
    figures: RecapRow
    opens: bool


@dataclass(frozen=True)
class AreaRecap:
    """The recapitulation of an area by what it consists of. `kind` says what the rows are."""

    area: str
    name: str
    kind: str  # "district", "village" or "tps"
    above: tuple[tuple[str, str], ...]  # the areas it lies in, the widest first: code, name
    rows: tuple[AreaRow, ...]
    total: RecapRow

    @property
    def has_unstated(self) -> bool:
        """Say whether of some voters the sex is not stated: then they have a column of their own."""
        return any(figure.unstated for figure in self.total.figures.values())


def sums_of(comparison: StageComparison) -> Sums:
    """Return the sums of a finished comparison; all of them tie."""
    counts = comparison.counts
    first = tuple(Line(group.value, counts[group.value]) for group in FIRST)
    second = tuple(Line(group.value, counts[group.value]) for group in SECOND)
    voters_second = sum(line.count for line in second)
    return Sums(
        first=first,
        second=second,
        voters_first=sum(line.count for line in first),
        voters_second=voters_second,
        rows_first=counts["rows_first"],
        rows_second=counts["rows_second"],
        struck_before=counts[Group.STRUCK_BEFORE.value],
        returned=counts["faults"].get("returned", 0),
        struck_second=counts["rows_second"] - voters_second,
        codes=tuple(_codes(comparison)),
    )


def _codes(comparison: StageComparison) -> Iterator[tuple[str, str, int]]:
    """Yield the striking codes with their names; the name of a code is the election's."""
    names = {one.code: one.name for one in comparison.election.rules.remarks if one.code}
    for code, count in comparison.counts["codes"].items():
        yield code, names.get(code, {}), count  # type: ignore[misc]


def faults_of(comparison: StageComparison) -> tuple[Line, ...]:
    """Return the faults that were found, in the order of `Fault`."""
    found = comparison.counts["faults"]
    return tuple(Line(code, found[code]) for code in FAULTS if code in found)


def recap_table(comparison: StageComparison) -> Recap:
    return Recap.from_table(answer_of(comparison, "recap"))


def is_area(text: str) -> bool:
    """Say whether this is "" for all, or the code of a district or village."""
    return not text or (text.isdecimal() and len(text) in _DEEPER)


def recap_within(recap: Recap, area: str) -> AreaRecap:
    """Return the recapitulation of an area: its districts, villages or TPS."""
    digits = _DEEPER[len(area)]
    rows = recap.rows(area, digits)
    return AreaRecap(
        area=area,
        name=area_name(area),
        kind={DISTRICT: "district", VILLAGE: "village"}.get(digits or 0, "tps"),
        above=tuple((area[:n], area_name(area[:n])) for n in (DISTRICT,) if len(area) > n),
        rows=tuple(AreaRow(area_name(one.area), one, digits is not None and one.area != NOWHERE) for one in rows),
        total=recap.total(area),
    )
