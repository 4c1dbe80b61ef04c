"""The voters behind every figure of a comparison of stages, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.core.paginator import Page, Paginator

from reconcile.diffing import COMPARED, FAULTS, GROUPS, NUMBERS, SEXES, Fault, Group, Mask
from reconcile.diffing.recap import MEASURES, NOWHERE
from reconcile.models import StageComparison, Voter
from reconcile.queries.changes import Field, text_of
from reconcile.queries.roll_work import PAGE, Shown, answer_of, area_name, positions, shown
from reconcile.queries.rolls import RollLines
from reconcile.queries.seeing import sight_of_field

SEX_CODES = ("male", "female", "unstated")  # as SEXES
OUTSIDE = {Group.STRUCK_BEFORE.value, Group.STRUCK_UNKNOWN.value}
STRUCK_ROWS = "struck_rows"  # all rows of the second stage that are no voters


@dataclass(frozen=True)
class Filter:
    """What the rows are narrowed to: codes only. `of`: a measure of the recapitulation, or a group beside it."""

    of: str = ""
    fault: str = ""
    code: str = ""
    area: str = ""
    sex: str = ""

    @classmethod
    def of_request(cls, asked: Mapping[str, str]) -> "Filter":
        """Return what was asked for; what is no code of ours asks for nothing."""
        of, fault, sex = asked.get("of", ""), asked.get("fault", ""), asked.get("sex", "")
        return cls(
            of=of if of in (*MEASURES, *OUTSIDE, STRUCK_ROWS) else "",
            fault=fault if fault in FAULTS else "",
            code=asked.get("code", "")[:40],
            area=asked.get("area", "")[:14],
            sex=sex if sex in SEX_CODES else "",
        )

    def query(self, **changes: str) -> str:
        codes = {name: value for name, value in vars(replace(self, **changes)).items() if value}
        return f"?{urlencode(codes)}" if codes else "?"


@dataclass(frozen=True)
class StageRow:
    """One voter, or a struck row: as each stage has it, what differs and what is wrong."""

    group: str
    code: str
    faults: tuple[str, ...]
    fields: tuple[Field, ...]
    before: Shown | None
    after: Shown | None
    struck: Shown | None

    @property
    def one(self) -> Shown | None:
        """The row by which the voter is told: the newest there is."""
        return self.after or self.before or self.struck


@dataclass(frozen=True)
class StageRows:
    filter: Filter
    page: Page[Any]
    rows: tuple[StageRow, ...]

    @property
    def query(self) -> str:
        return self.filter.query()

    @property
    def area_name(self) -> str:
        return area_name(self.filter.area)

    @property
    def recap_area(self) -> str:
        """Return the area whose recapitulation shows this figure: of a TPS its village."""
        return self.filter.area.split(NOWHERE)[0]


def stage_rows(
    comparison: StageComparison, to: Filter, number: Any, sight: Mapping[str, str], *, sources: bool
) -> StageRows:
    """Return a page of the rows a filter leaves, in the order of TPS and lists."""
    events = answer_of(comparison, "events")
    page = Paginator(np.flatnonzero(_wanted(events, to)).tolist(), PAGE).get_page(number)
    chosen = events.take(pa.array(page.object_list, pa.int64())).to_pylist()
    before = _voters(comparison.first_lists, positions(one["before"] for one in chosen))
    after = _voters(comparison.second_lists, positions(row for one in chosen for row in (one["after"], one["struck"])))
    as_of = comparison.election.as_of

    def show(voter: Voter | None) -> Shown | None:
        return shown(voter, sight, as_of, sources=sources) if voter else None

    rows = tuple(
        StageRow(
            group=GROUPS[one["group"]].value,
            code=one["code"],
            faults=tuple(fault.code for fault in Fault if fault & one["faults"]),
            fields=tuple(_fields(one["fields"], before.get(one["before"]), after.get(one["after"]), sight)),
            before=show(before.get(one["before"])),
            after=show(after.get(one["after"])),
            struck=show(after.get(one["struck"])),
        )
        for one in chosen
    )
    return StageRows(to, page, rows)


def _wanted(events: pa.Table, to: Filter) -> Mask:
    group = events["group"].to_numpy()
    side, groups = MEASURES.get(to.of, ("after", (Group(to.of),) if to.of in OUTSIDE else tuple(GROUPS)))
    wanted = np.isin(group, [GROUPS.index(one) for one in groups])
    if to.of == STRUCK_ROWS:
        wanted &= events["struck"].to_numpy() >= 0
    if to.fault:
        wanted &= (events["faults"].to_numpy() & int(FAULTS[to.fault])) > 0
    if to.code:
        wanted &= np.asarray(pc.equal(events["code"].combine_chunks().cast(pa.string()), to.code))
    if to.area:
        places = events[f"tps_{side}"].combine_chunks()
        area = "" if to.area == NOWHERE else to.area
        inside = np.array([one.startswith(area) if area else not one for one in places.dictionary.to_pylist()], bool)
        wanted &= inside[places.indices.to_numpy()]
    if to.sex:
        wanted &= events[f"sex_{side}"].to_numpy() == SEX_CODES.index(to.sex)
    return np.asarray(wanted)


def _voters(lists: Any, rows: list[int]) -> dict[int, Voter]:
    return RollLines(tuple(lists.order_by("pk"))).voters(rows)


def _fields(bits: int, before: Voter | None, after: Voter | None, sight: Mapping[str, str]) -> list[Field]:
    """Return what differs: with both values for who may see them, else only that it does."""
    if before is None or after is None:
        return []
    found = []
    for place, name in enumerate(COMPARED):
        if bits >> place & 1:
            is_shown = name not in NUMBERS and sight_of_field(sight, name) == "full"
            values = [text_of(name, str(getattr(one, name) or "")) if is_shown else "" for one in (before, after)]
            found.append(Field(name, *values))
    return found


assert len(SEX_CODES) == len(SEXES)
