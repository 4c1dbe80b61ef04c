"""The pure stages in a row: registers and rolls -> for every register row, its match and its decision.

What the command line and the web run alike; neither adds a rule of its own.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from reconcile.deciding import Case, Election, Setting, TpsRef, decide, left_voters
from reconcile.matching import Match, Matches, MatchOptions, Report, match
from reconcile.records import Decided, ListKind, MatchStatus
from reconcile.regions import LEVELS

Progress = Callable[[str, int, int], None]
# A voter who is likelier somebody else is shown for review, but does not carry the provisional outcome.
LIKELIER_THAN_NOT = 0.5


@dataclass(frozen=True)
class Person:
    """One row of a register: its match and its decision. `held` is a row of the register table."""

    held: int
    match: Match
    decided: Decided


@dataclass(frozen=True)
class Result:
    """The whole answer. `left` are roll rows of the special TPS of people in custody no more."""

    held: pa.Table
    roll: pa.Table
    people: tuple[Person, ...]
    left: tuple[int, ...]
    expected: float
    voters: int
    regencies: frozenset[str]
    report: Report


def reconcile(
    held: pa.Table, roll: pa.Table, election: Election, tps: TpsRef, as_of: date,
    options: MatchOptions | None = None, progress: Progress | None = None, *, stage: str = "DPT",
) -> Result:  # fmt: skip
    """Match and decide. `progress(step, done, total)` is called as each step begins, and while deciding.

    `stage`: of the fixed roll (`Election.stage_of`): what its remarks mean hangs on it.
    """
    told = progress or (lambda step, done, total: None)
    matches = match(held, roll, options, as_of=as_of, step=lambda step: told(step, 0, held.num_rows))
    return conclude(held, roll, matches, election, tps, as_of, progress, stage=stage)


def conclude(
    held: pa.Table, roll: pa.Table, matches: Matches, election: Election, tps: TpsRef, as_of: date,
    progress: Progress | None = None, *, stage: str = "DPT",
) -> Result:  # fmt: skip
    """Decide for everybody by the rules of one TPS; `matches` do not depend on it. `roll`: the table matched with."""
    told = progress or (lambda step, done, total: None)
    regencies = _regencies(roll)
    setting = Setting(election, tps, as_of, regencies, stage)
    rows = held.to_pylist()
    entries = _entries(roll, matches.matches)
    people = []
    for found in matches.matches:
        told("deciding", found.held, held.num_rows)
        people.append(Person(found.held, found, decide(_case(found, rows, entries), setting)))
    matched = {entry for found in matches.matches if found.probability >= LIKELIER_THAN_NOT for entry in found.entries}
    left = left_voters(roll, matched, tps)
    return Result(held, roll, tuple(people), left, matches.expected, matches.voter_groups, regencies, matches.report)


def _case(found: Match, rows: list[dict[str, Any]], entries: Mapping[int, Mapping[str, Any]]) -> Case:
    likely = found.status is MatchStatus.AUTO or found.probability >= LIKELIER_THAN_NOT
    return Case(
        held=rows[found.held],
        same_as=tuple(rows[other] for other in found.same_as),
        entries=tuple(entries[entry] for entry in found.entries) if likely else (),
        status=found.status,
    )


def _entries(roll: pa.Table, matches: Collection[Match]) -> dict[int, dict[str, Any]]:
    wanted = sorted({entry for found in matches for entry in found.entries})
    return dict(zip(wanted, roll.take(pa.array(wanted, pa.int64())).to_pylist(), strict=True))


def _regencies(roll: pa.Table) -> frozenset[str]:
    """Return the regencies whose fixed rolls are loaded; a moved list names voters of the whole country."""
    if "tps_region" not in roll.schema.names:
        return frozenset()
    fixed = roll.filter(pc.equal(roll["kind"].cast(pa.string()), ListKind.ROLL.value))
    codes = pc.unique(fixed["tps_region"].cast(pa.string())).to_pylist()
    return frozenset(code[: LEVELS["regency"]] for code in codes if code)
