"""How far a comparison is, and the newest ones."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from reconcile import labels
from reconcile.models import OPEN_RUNS, MatchRun, RunFailure, RunStatus
from reconcile.queries.patience import is_stuck

SHOWN = 5


@dataclass(frozen=True)
class Step:
    code: str
    state: str  # "over", "now", "ahead"


@dataclass(frozen=True)
class Reached:
    """What is expected above one threshold: rows, and how many of them are somebody else's."""

    percent: float
    rows: int
    false_stated: float
    false_by_decoys: float | None
    in_force: bool


@dataclass(frozen=True)
class Trust:
    """How far the matches of a run can be trusted (`writing.results.report_of`)."""

    expected: float
    few: bool
    decoys: int
    thresholds: tuple[Reached, ...]


@dataclass(frozen=True)
class Progress:
    """A run as a screen shows it. `done` of `total` belongs to the step that is going on."""

    pk: int
    status: str
    message: str
    steps: tuple[Step, ...]
    done: int
    total: int
    people: int
    register_rows: int
    started: Any
    finished: Any
    is_stuck: bool
    trust: "Trust | None" = None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_RUNS

    @property
    def further(self) -> int:
        return self.register_rows - self.people


def progress(run: MatchRun) -> Progress:
    """Return a run with its steps marked."""
    codes = list(labels.RUN_STEPS)
    going = codes.index(run.step) if run.step in codes else -1
    at = len(codes) if run.status == RunStatus.READY else going
    steps = (Step(code, "over" if i < at else "now" if i == at else "ahead") for i, code in enumerate(codes))
    return Progress(
        pk=run.pk,
        status=run.status,
        message=str(RunFailure(run.message).label) if run.message else "",
        steps=tuple(steps),
        done=run.done,
        total=run.total,
        people=run.people,
        register_rows=run.register_rows,
        started=run.started or run.created,
        finished=run.finished,
        is_stuck=run.status == RunStatus.QUEUED and is_stuck(run.created),
        trust=_trust(run) if run.report else None,
    )


def _trust(run: MatchRun) -> Trust:
    report = run.report
    thresholds = (
        Reached(
            100 * one["probability"], one["matches"], one["false_stated"], one["false_by_decoys"],
            one["probability"] == report["automatic_from"],
        )
        for one in report["thresholds"]
    )  # fmt: skip
    return Trust(run.expected or 0.0, report["few_on_roll"], report["decoys"], tuple(thresholds))


def latest(runs: QuerySet[MatchRun]) -> list[Progress]:
    """Return the newest runs, newest first."""
    return [progress(run) for run in runs.order_by("-pk")[:SHOWN]]
