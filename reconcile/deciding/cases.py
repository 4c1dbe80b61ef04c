"""What is decided about: one held person with the rolls' rows, and what holds for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from reconcile.deciding.election_parts import Election, Point
from reconcile.deciding.tps import TpsRef
from reconcile.records import MatchStatus

Row = Mapping[str, Any]  # a row of a table, by the column names of `records.COLUMNS`; absent: not stated


@dataclass(frozen=True)
class Finding:
    """What officers have established, with evidence, on one point of the right to vote: it prevails over every list."""

    point: Point
    bars: bool  # False: this point does not stand in the way


class Stay(StrEnum):
    """Where an officer says a person will be on voting day, whatever the registers' dates say."""

    HELD = "held"  # at the place whose TPS decides
    FREE = "free"
    ELSEWHERE = "elsewhere"  # held or treated where another TPS serves: a hospital, another prison


@dataclass(frozen=True)
class Case:
    """One register row, the other register rows of that person, and the roll rows of the chosen voter.

    With status NONE no voter was found and `entries` are not looked at. `settled`: officers have said whose
    entries these are, or that there are none; nothing about it is provisional any more.
    """

    held: Row
    same_as: tuple[Row, ...]
    entries: tuple[Row, ...]
    status: MatchStatus
    settled: bool = False
    findings: tuple[Finding, ...] = ()  # at most one a point
    stay: Stay | None = None  # None: nobody has said

    @property
    def register_rows(self) -> tuple[Row, ...]:
        return (self.held, *self.same_as)


@dataclass(frozen=True)
class Setting:
    """The election, the TPS that serves the place, the date the data stand at, and what rolls are loaded.

    `judged`: the day that deadlines are judged on, where that is supposed to be another than `as_of`. What the lists
    say, such as an age, still holds for `as_of`.
    """

    election: Election
    tps: TpsRef
    as_of: date
    regencies: frozenset[str]  # 4-digit codes of the regencies whose rolls are loaded
    stage: str = "DPT"  # which stage of the roll the fixed entries come from: remarks depend on it
    judged: date | None = None

    @property
    def day(self) -> date:
        """Return the day that deadlines are judged on."""
        return self.judged or self.as_of
