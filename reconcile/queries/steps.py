"""The next step of a person as the screens name it: whoever is provisional must be looked at first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from reconcile.deciding import Action
from reconcile.deciding.steps import STEPS, due
from reconcile.models import MatchRun, PersonOutcome
from reconcile.records import Outcome


@dataclass(frozen=True)
class NextStep:
    actor: str
    action: str
    due: date | None


def review_step(run: MatchRun, day: date | None = None) -> NextStep:
    """Return who settles a doubtful case, until when; `day`: judged on that day instead of the run's own."""
    step = STEPS[Outcome.NEEDS_REVIEW]
    return NextStep(step.actor, step.action, due(step.until, run.election.rules, day or run.as_of))


def next_step(one: PersonOutcome, review: NextStep) -> NextStep:
    """Return what is to be done for a person now; what follows a check comes after the check."""
    return review if one.provisional else NextStep(one.actor, one.action, one.due)


def by_action(action: str) -> Q:
    """Return the condition by which the database finds the people with this next step."""
    named = Q(provisional=False, action=action)
    return named | Q(provisional=True) if action == Action.SETTLE_REVIEW else named


def by_due(day: date | None, run: MatchRun) -> Q:
    """Return the condition by which the database finds the people whose next step is due on a day, None: on none."""
    named = Q(provisional=False, due=day)
    return named | Q(provisional=True) if review_step(run).due == day else named
