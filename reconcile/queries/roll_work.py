"""How far work on a roll is, and the rows of its answer as voters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import QuerySet

from reconcile import regions
from reconcile.models import OPEN_RUNS, RollFailure, RollInspection, RunStatus, StageComparison, Voter
from reconcile.queries.births import age_text, birth_text
from reconcile.queries.exports import LETTERS
from reconcile.queries.homes import home_text, tps_text
from reconcile.queries.patience import is_stuck
from reconcile.queries.runs import Step
from reconcile.queries.seeing import sight_of_field
from reconcile.writing.masking import masked

Job = StageComparison | RollInspection
STEPS: Mapping[type[Job], tuple[str, ...]] = {
    StageComparison: ("reading", "linking", "storing"),
    RollInspection: ("reading", "inspecting", "storing"),
}
PAGE = 50
SHOWN_AT_ONCE = 5


@dataclass(frozen=True)
class Progress:
    """Work as a screen shows it. `is_lost`: ready, but its file is not there any more."""

    work: Job
    message: str
    steps: tuple[Step, ...]
    is_stuck: bool
    is_lost: bool

    @property
    def is_open(self) -> bool:
        return self.work.status in OPEN_RUNS

    @property
    def is_ready(self) -> bool:
        return self.work.status == RunStatus.READY and not self.is_lost


def progress(work: Job, answer: str) -> Progress:
    """Return work with its steps marked; `answer` is the name of the file its rows are read from."""
    codes = STEPS[type(work)]
    going = codes.index(work.step) if work.step in codes else -1
    at = len(codes) if work.status == RunStatus.READY else going
    return Progress(
        work=work,
        message=str(RollFailure(work.message).label) if work.message else "",
        steps=tuple(Step(one, "over" if i < at else "now" if i == at else "ahead") for i, one in enumerate(codes)),
        is_stuck=work.status == RunStatus.QUEUED and is_stuck(work.created),
        is_lost=work.status == RunStatus.READY and not path_of(work, answer).exists(),
    )


def latest(found: "QuerySet[Any]") -> list[Job]:
    """Return the newest work, newest first."""
    return list(found.order_by("-pk")[:SHOWN_AT_ONCE])


def path_of(work: Job, name: str) -> Any:
    return work.folder / f"{name}.parquet"


def answer_of(work: Job, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a table of the answer, or some columns of it."""
    return pq.read_table(path_of(work, name), columns=list(columns) if columns else None)


@dataclass(frozen=True)
class Shown:
    """One row of a roll as far as an officer may see it. `file` is "" for who may not see where rows stand."""

    name: str
    nik: str
    sex: str
    birth: str
    tps: str
    home: str
    remark: str
    file: str
    sheet: str
    row: int


def shown(voter: Voter, sight: Mapping[str, str], as_of: date, *, sources: bool) -> Shown:
    """Return a voter for a table of many: numbers masked, the birth as a date or as an age."""
    fields = ("name", "nik", "sex", "birth_date", "tps", "address", "remark")
    how = {name: sight_of_field(sight, name) for name in fields}
    birth = age_text(voter, as_of) if how["birth_date"] == "age" else birth_text(voter)
    return Shown(
        name=voter.name if how["name"] == "full" else "",
        nik=masked(voter.nik) if how["nik"] != "hidden" else "",
        sex=LETTERS["sex"].get(voter.sex, "") if how["sex"] == "full" else "",
        birth=birth if how["birth_date"] != "hidden" else "",
        tps=tps_text(voter) if how["tps"] == "full" else "",
        home=home_text(voter) if how["address"] == "full" else "",
        remark=voter.remark if how["remark"] == "full" else "",
        file=voter.source_list.file_name if sources else "",
        sheet=voter.sheet,
        row=voter.row,
    )


def station_name(station: str) -> str:
    """Return a TPS as people read it: "TPS 001 Kunden"; its village alone, or "" where nothing is stated."""
    region, _, number = station.partition("-")
    village = regions.name_of(region).title() or region
    return f"TPS {number} {village}".strip() if number else village


def area_name(area: str) -> str:
    """Return the name of a district, a village or a TPS by its code; "?" where no TPS is stated."""
    return station_name(area) or "?" if "-" in area else regions.name_of(area).title() or area


def positions(rows: Iterable[int]) -> list[int]:
    """Return the row numbers that stand for a row."""
    return [row for row in rows if row >= 0]
