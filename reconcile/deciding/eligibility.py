"""Whether a person may vote at all, from every source that says something about it.

UU 7/2017 Pasal 198: Indonesian citizens who are 17 or older on voting day, or married, or once married. Pasal
200: TNI and Polri do not vote. Detention or a sentence alone takes no vote away; a court may.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from reconcile.deciding.age import age_bar, age_gaps
from reconcile.deciding.answers import Answer, by_trust, settle
from reconcile.deciding.cases import Case, Row, Setting
from reconcile.deciding.codes import Note
from reconcile.deciding.election_parts import Point
from reconcile.deciding.entries import Entries
from reconcile.deciding.standing import is_foreign, is_serving

_CONTRADICTED = {
    Point.UNDER_AGE: Note.AGE_CONTRADICTED,
    Point.FOREIGN: Note.NATIONALITY_CONTRADICTED,
    Point.SERVING: Note.SERVICE_CONTRADICTED,
    Point.DEAD: Note.DEATH_CONTRADICTED,
}


@dataclass(frozen=True)
class Eligibility:
    """`bars`: why this person may not vote. `is_open`: the sources leave no answer that could be named."""

    bars: tuple[Point, ...]
    is_contradicted: bool
    is_open: bool
    notes: tuple[Note, ...]


def eligibility(case: Case, entries: Entries, setting: Setting) -> Eligibility:
    """Weigh everything the register rows and the counted roll rows say of one person; findings settle their point."""
    points = {
        Point.UNDER_AGE: age_bar(case, entries, setting),
        Point.FOREIGN: _weigh(case, entries, Point.FOREIGN, lambda row: is_foreign(row.get("nationality"))),
        Point.SERVING: _weigh(case, entries, Point.SERVING, lambda row: is_serving(row.get("occupation"))),
        # Somebody who is held is alive, whatever a remark on the roll says.
        Point.DEAD: _weigh(case, entries, Point.DEAD, lambda row: False),
        Point.REVOKED: _weigh(case, entries, Point.REVOKED, lambda row: None),
    }
    found = {finding.point: finding.bars for finding in case.findings}
    points |= {point: Answer(bars, frozenset({bars})) for point, bars in found.items()}
    bars = tuple(point for point, answer in points.items() if answer.value)
    # One bar beyond doubt settles it; contradictions on other points change nothing any more.
    is_certain = any(not points[point].is_contradicted for point in bars)
    doubted = () if is_certain else tuple(p for p, a in points.items() if a.is_split or a.is_contradicted)
    return Eligibility(
        bars=bars,
        is_contradicted=bool(doubted),
        is_open=not bars and any(answer.is_split for answer in points.values()),
        notes=(
            *(Note(point.value) for point in bars),
            *(_CONTRADICTED[point] for point in doubted if point in _CONTRADICTED),
            *(() if Point.UNDER_AGE in found else age_gaps(case, entries, setting, is_barred=Point.UNDER_AGE in bars)),
            *_unreadable(case, found),
            *((Note.ESTABLISHED,) if found else ()),
        ),
    )


def _weigh(case: Case, entries: Entries, point: Point, says: Callable[[Row], bool | None]) -> Answer:
    remarks = [True for remark in entries.barring if remark.point == point]
    roll, register = [says(r) for r in entries.counted], [says(r) for r in case.register_rows]
    return settle(*by_trust(case, remarks, roll, register))


def _unreadable(case: Case, found: Collection[Point]) -> Iterator[Note]:
    rows = case.register_rows
    if Point.FOREIGN not in found and any(
        row.get("nationality") and is_foreign(row["nationality"]) is None for row in rows
    ):
        yield Note.NATIONALITY_UNREADABLE
    if Point.SERVING not in found and any(
        row.get("occupation") and is_serving(row["occupation"]) is None for row in rows
    ):
        yield Note.OCCUPATION_UNCLEAR
