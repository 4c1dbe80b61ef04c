"""What officers have established of people: of one person, and of all the officer may see."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count as CountOf
from django.db.models import QuerySet

from reconcile.deciding import Note
from reconcile.deciding.election_parts import Label, Point, RemarkCode
from reconcile.models import (
    OPEN_FINDINGS,
    Evidence,
    Finding,
    FindingStatus,
    MatchRun,
    Officer,
    PersonOutcome,
)
from reconcile.records import ListKind

_CONTRADICTED = {
    Point.UNDER_AGE: Note.AGE_CONTRADICTED,
    Point.FOREIGN: Note.NATIONALITY_CONTRADICTED,
    Point.SERVING: Note.SERVICE_CONTRADICTED,
    Point.DEAD: Note.DEATH_CONTRADICTED,
}


def stage_of(run: MatchRun) -> str:
    """Return the stage of the roll a comparison read, by the election's own code; else the last one there is."""
    rolls = run.lists.filter(kind=ListKind.ROLL)
    return run.election.rules.stage_of(rolls.values_list("stage", flat=True))


def bars_of(run: MatchRun) -> dict[str, RemarkCode]:
    """Return what can bar a person in this election at the stage of its roll, by a key for forms."""
    return {f"{one.point}-{one.code}": one for one in run.election.rules.bars(stage_of(run))}


def is_stated(outcome: PersonOutcome, point: Point) -> bool:
    """Say whether a register or roll row of the person states the bar, by the answer that stands."""
    return bool({point.value, _CONTRADICTED.get(point)}.intersection(outcome.notes))


@dataclass(frozen=True)
class Shown:
    """One finding on a screen, with what this officer may do with it."""

    finding: Finding
    evidence: tuple[Evidence, ...]
    may_second: bool
    may_withdraw: bool

    @property
    def is_open(self) -> bool:
        return self.finding.status in OPEN_FINDINGS


@dataclass(frozen=True)
class Choice:
    """What can be established: `key` for the form, the election's own code ("" for none) and words."""

    key: str
    code: str
    words: Label


@dataclass(frozen=True)
class RightToVote:
    """What is established of one person, newest first, and what else can be."""

    shown: tuple[Shown, ...]
    bars: tuple[Choice, ...]


def right_to_vote(outcome: PersonOutcome, user: Officer, *, may_decide: bool) -> RightToVote:
    """Return what officers have established of a person; `outcome.run.election` gives the codes."""
    related = Finding.objects.filter(person=outcome.person_id).select_related("by", "second", "ended_by")
    bars = bars_of(outcome.run) if may_decide else {}
    return RightToVote(
        shown=tuple(_shown(one, user, may_decide) for one in related.prefetch_related("evidence__by")),
        bars=tuple(Choice(key, one.code, one.name) for key, one in bars.items()),
    )


def _shown(one: Finding, user: Officer, may_decide: bool) -> Shown:
    mine = user.pk in (one.by_id, one.second_id)
    return Shown(
        finding=one,
        evidence=tuple(one.evidence.all()),
        may_second=may_decide and one.status == FindingStatus.WAITING and one.by_id != user.pk,
        may_withdraw=may_decide and one.status in OPEN_FINDINGS and mine,
    )


@dataclass(frozen=True)
class Row:
    """What was established on one code: findings and people by status; `status` -> how many."""

    point: str
    bars: bool
    code: str
    clearing: str
    words: Label
    stage: str
    waiting: int
    counts: int
    over: int

    @property
    def all(self) -> int:
        return self.waiting + self.counts + self.over

    @property
    def key(self) -> str:
        return _key(self.point, self.clearing or self.code, self.stage)


def _key(*parts: str) -> str:
    return "-".join(part or "x" for part in parts)


def key_of(one: Finding) -> str:
    """Return in which row of the table a finding is counted."""
    return _key(one.point, one.clearing or one.code, one.stage)


def column_of(one: Finding) -> str:
    """Return in which column."""
    return one.status if one.status in OPEN_FINDINGS else "over"


def by_code(findings: QuerySet[Finding]) -> tuple[Row, ...]:
    """Count findings by the election's code and the stage of the roll; each is counted once."""
    rows: dict[tuple[str, bool, str, str, str], Counter[str]] = {}
    words: dict[tuple[str, bool, str, str, str], Label] = {}
    for one in findings.order_by("pk"):
        key = (one.point, one.bars, one.code, one.clearing, one.stage)
        rows.setdefault(key, Counter())[one.status] += 1
        words[key] = one.words
    return tuple(
        Row(
            point, bars, code, clearing, words[point, bars, code, clearing, stage], stage,
            waiting=n[FindingStatus.WAITING], counts=n[FindingStatus.COUNTS],
            over=n[FindingStatus.REFUSED] + n[FindingStatus.WITHDRAWN],
        )
        for (point, bars, code, clearing, stage), n in sorted(rows.items(), key=lambda each: (not each[0][1], each[0]))
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One finding in a list: `name` as the register writes it, `outcome` None for who is in no comparison now."""

    finding: Finding
    name: str
    outcome: PersonOutcome | None
    files: int


def lines(findings: QuerySet[Finding], outcomes: QuerySet[PersonOutcome]) -> list[Line]:
    """Return findings with their people, those that wait first."""
    found = list(findings.select_related("by", "second").annotate(files=CountOf("evidence")).order_by("-pk"))
    found.sort(key=lambda one: STATUSES.index(one.status))
    by_person = {one.person_id: one for one in outcomes.select_related("entry", "place", "run")}
    return [_line(one, by_person.get(one.person_id)) for one in found]


STATUSES = (FindingStatus.WAITING, FindingStatus.COUNTS, FindingStatus.REFUSED, FindingStatus.WITHDRAWN)


def _line(one: Finding, outcome: PersonOutcome | None) -> Line:
    name = (outcome.entry.name or outcome.entry.name_raw) if outcome else ""
    return Line(one, name, outcome, one.files)  # type: ignore[attr-defined]  # annotated
