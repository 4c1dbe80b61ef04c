"""What an election consists of. Plain frozen data; `election` reads and checks it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

Label = Mapping[str, str]  # {"id": ..., "en": ...}; a doubt may be written in one of them, and {} is no doubt


class ConstituencyKind(StrEnum):
    """What region a ballot is the ballot of."""

    NATION = "nation"
    PROVINCE = "province"
    REGENCY = "regency"
    DPR = "dpr"
    DPRD_PROVINCE = "dprd_province"
    DPRD_REGENCY = "dprd_regency"


class SecondOfficer(StrEnum):
    """What takes two officers to decide."""

    AGAINST_BEST = "against_best"  # another answer than "the likeliest voter is this person"
    DUPLICATE = "duplicate"  # what follows, before or after, is that a row must be struck
    INELIGIBLE = "ineligible"  # ... or that this person may not vote


class RemarkEffect(StrEnum):
    BARRED = "barred"  # this person may not vote
    STRUCK = "struck"  # this row does not count; the person may stand elsewhere
    MOVED = "moved"  # this row does not count; the person must stand at another TPS, as a new entry
    NONE = "none"


class Point(StrEnum):
    """What can take the vote away."""

    UNDER_AGE = "under_age"
    FOREIGN = "foreign"
    SERVING = "serving"
    DEAD = "dead"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Districts:
    """Electoral districts: for each kind the district's key by region code, None for a region divided between several.

    `folder` names the tables that come with the program; what an office has added stands in `tables` too.
    """

    folder: str
    tables: Mapping[ConstituencyKind, Mapping[str, str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Deadline:
    """The last day on which a voter may be moved to another TPS for one of `reasons`."""

    code: str
    days_before: int
    reasons: tuple[str, ...]
    source: str
    doubt: Label


@dataclass(frozen=True)
class MoveReason:
    code: str
    name: Label
    source: str
    doubt: Label


@dataclass(frozen=True)
class BallotType:
    code: str
    name: Label
    colour: str  # "" where no source tells
    constituency: ConstituencyKind


@dataclass(frozen=True)
class ReserveRule:
    """Ballots printed beyond the fixed roll: `numerator`/`denominator` of it, rounded up."""

    numerator: int
    denominator: int
    counts_moved: bool  # are ballots printed for moved voters too?
    source: str
    doubt: Label


@dataclass(frozen=True)
class LendingRule:
    """How much of what was printed for its own voters a TPS may lend: `numerator`/`denominator`, rounded down."""

    numerator: int
    denominator: int
    source: str
    doubt: Label


@dataclass(frozen=True)
class VoterLimit:
    """The most voters one TPS may have: as KPU set it, and as the law allows."""

    per_tps: int
    by_law: int
    special_may_exceed: bool
    source: str
    doubt: Label


@dataclass(frozen=True)
class CategoryLabel:
    """What this election calls a `VoterCategory`. The same word means other things in other elections."""

    short: str
    name: Label


@dataclass(frozen=True)
class Stage:
    code: str
    name: Label


@dataclass(frozen=True)
class RemarkCode:
    """A remark on a roll, by number (`code`) or written out (`words`), and what it does at `stages`."""

    code: str
    words: tuple[str, ...]
    name: Label
    effect: RemarkEffect
    point: str  # a Point where effect is "barred", else ""
    stages: tuple[str, ...]
    doubt: Label


@dataclass(frozen=True)
class CodeMeaning:
    """A letter or number as rolls print it, our word for it (`value`), and how to read it out."""

    code: str
    value: str
    name: Label


@dataclass(frozen=True)
class Doubt:
    code: str
    text: Label


@dataclass(frozen=True)
class Election:
    """All that differs between elections. Read from a file or from stored JSON, never written in code."""

    code: str
    kind: str  # what the election calls itself; no code looks at it
    name: Label
    voting_day: date
    opens: time
    closes: time
    time_zone: str
    districts: Districts  # written as the name of their folder, "" where no ballot needs them
    minimum_age: int
    adult_by_marriage: tuple[str, ...]  # values of `Marital` that make up for age
    detainee_reason: str
    lead_days: int  # our own rule: be ready so many days before the last day to move
    special_tps_from: int
    letter_form: str  # what KPU calls the form of the moved-voter letter (domain 4.1)
    no_ballot_outside: str  # "province": homes in other provinces get no ballot; "": no such rule
    deadlines: tuple[Deadline, ...]
    reasons: tuple[MoveReason, ...]
    ballots: tuple[BallotType, ...]  # in the order of the moved-voter letter
    reserve: ReserveRule
    lending: LendingRule
    max_voters: VoterLimit
    second_officer: tuple[str, ...]  # values of `SecondOfficer`
    categories: Mapping[str, CategoryLabel]  # by value of `VoterCategory`
    stages: tuple[Stage, ...]
    remarks: tuple[RemarkCode, ...]
    disabilities: tuple[CodeMeaning, ...]
    marital: tuple[CodeMeaning, ...]
    ektp: tuple[CodeMeaning, ...]
    doubts: tuple[Doubt, ...]

    def deadline_for(self, reason: str) -> date:
        """Return the last day to move a voter for this reason. Raises ValueError for an unknown reason."""
        days = [deadline.days_before for deadline in self.deadlines if reason in deadline.reasons]
        if not days:
            raise ValueError(f"no deadline for reason {reason!r}")
        return self.voting_day - timedelta(days=min(days))

    def stage_of(self, said: Iterable[str]) -> str:
        """Return the latest stage that lists say they are of, as the remarks know it: else the last stage there is.

        A list that does not say, or is of a stage without remarks, is taken for one of the last stage.
        """
        codes = [stage.code for stage in self.stages]
        used = {stage for remark in self.remarks for stage in remark.stages}

        def known(name: str) -> str:
            # A final correction is known by its own code, else as a correction.
            written = (name, name.replace(" AKHIR", "A"), name.replace(" AKHIR", ""))
            return next((one for one in written if one in used), codes[-1])

        return max((known(name.strip().upper()) for name in said), key=codes.index, default=codes[-1])

    def bars(self, stage: str) -> tuple[RemarkCode, ...]:
        """Return the remarks that take the vote away at a stage of the roll, as this election numbers them."""
        return tuple(one for one in self.remarks if one.effect is RemarkEffect.BARRED and stage in one.stages)

    @property
    def detainee_deadline(self) -> date:
        """The last day to move somebody who is held (UU 7/2017 Pasal 210, MK 20/PUU-XVII/2019)."""
        return self.deadline_for(self.detainee_reason)

    def is_special_tps(self, number: str | None) -> bool:
        """Say whether a TPS number belongs to a special location, whose voters live elsewhere."""
        return number is not None and number.isdecimal() and int(number) >= self.special_tps_from

    def to_dict(self) -> dict[str, Any]:
        """Return the definition as JSON can hold it; `election_from_dict` reads it back unchanged."""
        plain: dict[str, Any] = _jsonable(asdict(self))
        return plain | {"districts": self.districts.folder}


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(inner) for key, inner in value.items() if inner != {}}
    if isinstance(value, tuple | list):
        return [_jsonable(inner) for inner in value]
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
