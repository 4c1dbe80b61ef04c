"""What must be done by which day, who waits for it, and for whom it is too late. Every person stands under one day."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count as CountOf
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from reconcile.deciding import Election as Rules
from reconcile.deciding import Note
from reconcile.deciding.election_parts import Label
from reconcile.deciding.steps import STEPS, due
from reconcile.models import MatchRun, PersonOutcome
from reconcile.queries.filters import NEVER
from reconcile.queries.steps import NextStep, review_step
from reconcile.records import Outcome


@dataclass(frozen=True)
class Work:
    """People of one outcome who wait for the same step of the same office."""

    step: NextStep
    outcome: str
    people: int


@dataclass(frozen=True)
class Milestone:
    """A day on which something ends. `left`: days from the date of the data, `left_today`: from today; below 0: passed.

    `reasons`: for which reasons voters can be moved until then; () where the day is not such a deadline.
    """

    code: str  # of the deadline, "ahead" (a rule of ours), "voting" or "other"
    day: date
    days_before: int
    left: int
    left_today: int
    reasons: tuple[Label, ...]
    is_of_detainees: bool
    work: tuple[Work, ...]

    @property
    def people(self) -> int:
        return sum(one.people for one in self.work)

    @property
    def next(self) -> date:
        """Return the day after: the first on which it is too late."""
        return self.day + timedelta(days=1)

    @property
    def due(self) -> str:
        """Return the day as the list of people is narrowed by it; steps without a day end with the vote."""
        return NEVER if self.code == "voting" else self.day.isoformat()


@dataclass(frozen=True)
class Late:
    """People of one outcome whose deadline has passed. `arrested`: of them, taken in after the last day."""

    outcome: str
    certain: int
    provisional: int
    arrested: int

    @property
    def people(self) -> int:
        return self.certain + self.provisional


@dataclass(frozen=True)
class Deadlines:
    """All of the page. `people` is the sum over the milestones."""

    milestones: tuple[Milestone, ...]
    late: tuple[Late, ...]

    @property
    def people(self) -> int:
        return sum(one.people for one in self.milestones)

    @property
    def too_late(self) -> int:
        return sum(one.people for one in self.late)


def deadlines(
    outcomes: QuerySet[PersonOutcome], rules: Rules, run: MatchRun | None, *, as_of: date, today: date
) -> Deadlines:
    """Return the days of an election and who stands under each; `as_of`: the date of the data."""
    work = _work(outcomes, run) if run else {}
    days = {day for day in work if day is not None}
    found = [
        *(_deadline(one.code, rules, as_of, today, work) for one in rules.deadlines),
        _other("ahead", rules.detainee_deadline - timedelta(days=rules.lead_days), rules, as_of, today, work),
    ]
    known = {one.day for one in found}
    found += [_other("other", day, rules, as_of, today, work) for day in sorted(days - known)]
    voting = _other("voting", rules.voting_day, rules, as_of, today, {rules.voting_day: work.get(None, ())})
    return Deadlines((*sorted(found, key=lambda one: one.day), voting), _late(outcomes))


Waiting = dict[date | None, tuple[Work, ...]]


def _deadline(code: str, rules: Rules, as_of: date, today: date, work: Waiting) -> Milestone:
    deadline = next(one for one in rules.deadlines if one.code == code)
    day = rules.voting_day - timedelta(days=deadline.days_before)
    names = {one.code: one.name for one in rules.reasons}
    return Milestone(
        code=code,
        day=day,
        days_before=deadline.days_before,
        left=(day - as_of).days,
        left_today=(day - today).days,
        reasons=tuple(names[reason] for reason in deadline.reasons),
        is_of_detainees=day == rules.detainee_deadline,
        work=work.get(day, ()),
    )


def _other(code: str, day: date, rules: Rules, as_of: date, today: date, work: Waiting) -> Milestone:
    return Milestone(
        code=code,
        day=day,
        days_before=(rules.voting_day - day).days,
        left=(day - as_of).days,
        left_today=(day - today).days,
        reasons=(),
        is_of_detainees=False,
        work=work.get(day, ()),
    )


def _work(outcomes: QuerySet[PersonOutcome], run: MatchRun) -> Waiting:
    """Return who waits for what, by the day it is due; whoever must be checked first waits for the check."""
    people: Counter[tuple[NextStep, str]] = Counter()
    review = review_step(run)
    names = ("provisional", "actor", "action", "due", "outcome")
    for cell in outcomes.order_by().values(*names).annotate(people=CountOf("pk")):
        step = review if cell["provisional"] else NextStep(cell["actor"], cell["action"], cell["due"])
        people[step, cell["outcome"]] += cell["people"]
    order = [one.value for one in Outcome]
    found: dict[date | None, list[Work]] = defaultdict(list)
    for (step, outcome), n in people.items():
        found[step.due].append(Work(step, outcome, n))
    return {
        day: tuple(sorted(its, key=lambda one: (one.step.actor, one.step.action, order.index(one.outcome))))
        for day, its in found.items()
    }


def step_of_left(run: MatchRun | None) -> NextStep | None:
    """Return what is to be done about voters of a special TPS who are in custody no more."""
    if run is None:
        return None
    step = STEPS[Outcome.LEFT]
    return NextStep(step.actor, step.action, due(step.until, run.election.rules, run.as_of))


def _late(outcomes: QuerySet[PersonOutcome]) -> tuple[Late, ...]:
    written = outcomes.order_by().annotate(noted=Cast("notes", TextField()))
    late = written.filter(noted__contains=f'"{Note.DEADLINE_PASSED.value}"')
    arrested = Counter(
        late.filter(noted__contains=f'"{Note.ARRESTED_AFTER_DEADLINE.value}"').values_list("outcome", flat=True)
    )
    people = Counter(late.values_list("outcome", "provisional"))
    return tuple(
        Late(one.value, people[one.value, False], people[one.value, True], arrested[one.value])
        for one in Outcome
        if people[one.value, False] or people[one.value, True]
    )
