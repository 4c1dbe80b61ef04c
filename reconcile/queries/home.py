"""The home page: how many people, what each group needs, who must act by when. Every table adds up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import QuerySet

from reconcile.models import MatchRun, PersonOutcome, Place
from reconcile.queries.ballots import BallotRow, ballots_needed
from reconcile.queries.groups import Count, Group, group_of
from reconcile.queries.steps import NextStep, review_step
from reconcile.records import Outcome


@dataclass(frozen=True)
class OutcomeRow:
    outcome: Outcome
    certain: int
    provisional: int

    @property
    def people(self) -> int:
        return self.certain + self.provisional


@dataclass(frozen=True)
class PlaceRow:
    """A place and its people, one count a group in the order of `Group`."""

    place: Place
    counts: tuple[int, ...]
    further: int  # register rows of people whom another row counts

    @property
    def people(self) -> int:
        return sum(self.counts)

    @property
    def rows(self) -> int:
        return self.people + self.further

    @property
    def groups(self) -> tuple[tuple[Group, int], ...]:
        return tuple(zip(Group, self.counts, strict=True))


@dataclass(frozen=True)
class Task:
    """A next step, and how many people wait for it."""

    step: NextStep
    people: int


@dataclass(frozen=True)
class Summary:
    """All numbers of the home page. `people` is the sum of every table's rows."""

    groups: tuple[Count, ...]
    outcomes: tuple[OutcomeRow, ...]
    places: tuple[PlaceRow, ...]
    tasks: tuple[Task, ...]
    ballots: tuple[BallotRow, ...]
    undetermined: int
    left: int

    @property
    def people(self) -> int:
        return sum(row.people for row in self.outcomes)

    @property
    def certain(self) -> int:
        return sum(row.certain for row in self.outcomes)

    @property
    def provisional(self) -> int:
        return sum(row.provisional for row in self.outcomes)

    @property
    def tasked(self) -> int:
        return sum(task.people for task in self.tasks)

    @property
    def certain_here(self) -> int:
        return next(count.people for count in self.groups if count.group is Group.HERE)

    @property
    def rows(self) -> int:
        return sum(place.rows for place in self.places)

    @property
    def further(self) -> int:
        return sum(place.further for place in self.places)


Cell = Mapping[str, Any]


def summary(outcomes: QuerySet[PersonOutcome], run: MatchRun, places: Sequence[Place], left: int) -> Summary:
    """Return the numbers of the people in `outcomes`, all of one run and of `places`; `left`: who is held no more."""
    cells = list(outcomes.order_by().values("outcome", "provisional", "place").annotate(people=CountOf("pk")))
    ballots, undetermined = ballots_needed(outcomes, places, run.election.rules.ballots)
    return Summary(
        groups=_groups(cells),
        outcomes=_by_outcome(cells),
        places=_by_place(cells, places, _further_rows(outcomes)),
        tasks=_tasks(outcomes, run),
        ballots=ballots,
        undetermined=undetermined,
        left=left,
    )


def _groups(cells: Iterable[Cell]) -> tuple[Count, ...]:
    people: Counter[Group] = Counter()
    for cell in cells:
        people[group_of(cell["outcome"], cell["provisional"])] += cell["people"]
    most = max(people.values(), default=0) or 1
    return tuple(Count(group, people[group], round(100 * people[group] / most)) for group in Group)


def _by_outcome(cells: Iterable[Cell]) -> tuple[OutcomeRow, ...]:
    people: Counter[tuple[str, bool]] = Counter()
    for cell in cells:
        people[cell["outcome"], cell["provisional"]] += cell["people"]
    rows = (OutcomeRow(outcome, people[outcome, False], people[outcome, True]) for outcome in Outcome)
    return tuple(row for row in rows if row.people)


def _by_place(cells: Iterable[Cell], places: Iterable[Place], further: Mapping[int, int]) -> tuple[PlaceRow, ...]:
    people: Counter[tuple[int, Group]] = Counter()
    for cell in cells:
        people[cell["place"], group_of(cell["outcome"], cell["provisional"])] += cell["people"]
    return tuple(
        PlaceRow(place, tuple(people[place.pk, group] for group in Group), further.get(place.pk, 0)) for place in places
    )


def _further_rows(outcomes: QuerySet[PersonOutcome]) -> dict[int, int]:
    """Return by place the register rows of people who are counted by another of their rows."""
    rows: Counter[int] = Counter()
    for place, others in outcomes.order_by().exclude(also_listed=[]).values_list("place", "also_listed"):
        rows[place] += len(others)
    return rows


def _tasks(outcomes: QuerySet[PersonOutcome], run: MatchRun) -> tuple[Task, ...]:
    """Return the next steps, the most urgent first; every person waits for exactly one."""
    people: Counter[NextStep] = Counter()
    names = ("provisional", "actor", "action", "due")
    for cell in outcomes.order_by().values(*names).annotate(people=CountOf("pk")):
        step = NextStep(cell["actor"], cell["action"], cell["due"])
        people[review_step(run) if cell["provisional"] else step] += cell["people"]
    tasks = (Task(step, n) for step, n in people.items())
    return tuple(sorted(tasks, key=lambda one: (one.step.due or date.max, -one.people, one.step.action)))
