"""What an inspection of a roll has found: counts by check, faults first, and the rows behind each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from django.core.paginator import Page, Paginator

from reconcile.inspecting import CHECKS, FAULTS, PAIRED, Check
from reconcile.models import RollInspection
from reconcile.queries.roll_work import PAGE, Shown, answer_of, positions, shown
from reconcile.queries.rolls import RollLines
from reconcile.queries.seeing import sight_of_field


@dataclass(frozen=True)
class Checked:
    """One check and how much it found; 0 is an answer too."""

    code: str
    count: int


@dataclass(frozen=True)
class FoundRow:
    """One finding: the row, the other row of a pair, how likely it is one person, and what is said besides."""

    one: Shown | None
    other: Shown | None
    percent: int | None
    said: str


@dataclass(frozen=True)
class FoundRows:
    check: str
    is_fault: bool
    page: Page[Any]
    rows: tuple[FoundRow, ...]

    @property
    def is_paired(self) -> bool:
        return Check(self.check) in PAIRED

    @property
    def tells(self) -> bool:
        """Say whether something is told of the rows besides themselves."""
        return any(row.said or row.percent is not None for row in self.rows)

    @property
    def query(self) -> str:
        return f"?check={self.check}"


def checked(inspection: RollInspection) -> tuple[tuple[Checked, ...], tuple[Checked, ...]]:
    """Return the faults and the warnings, each in the order of the checks."""
    found = [Checked(check.value, inspection.counts[check.value]) for check in CHECKS]
    return (
        tuple(one for one in found if Check(one.code) in FAULTS),
        tuple(one for one in found if Check(one.code) not in FAULTS),
    )


def found_rows(
    inspection: RollInspection, check: Check, number: Any, sight: Mapping[str, str], *, sources: bool
) -> FoundRows:
    """Return a page of what one check found."""
    findings = answer_of(inspection, "findings")
    rows = np.flatnonzero(findings["check"].to_numpy() == CHECKS.index(check))
    page = Paginator(rows.tolist(), PAGE).get_page(number)
    chosen = findings.take(pa.array(page.object_list, pa.int64())).to_pylist()
    lines = RollLines(tuple(inspection.lists.order_by("pk")))
    voters = lines.voters(positions(row for one in chosen for row in (one["row"], one["other"])))
    as_of = inspection.election.as_of
    # What a NIK says of the birth is shown to who may see birth dates.
    tells = check is not Check.NIK_DATE_DIFFERS or sight_of_field(sight, "birth_date") == "full"

    def show(row: int) -> Shown | None:
        return shown(voters[row], sight, as_of, sources=sources) if row in voters else None

    found = (
        FoundRow(
            one=show(one["row"]),
            other=show(one["other"]),
            percent=one["percent"] if one["percent"] >= 0 else None,
            said=one["said"] if tells else "",
        )
        for one in chosen
    )
    return FoundRows(check.value, check in FAULTS, page, tuple(found))
