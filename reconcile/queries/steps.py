"""The next step of a person as the screens name it: whoever is provisional must be looked at first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from reconcile.deciding import Action, Setting
from reconcile.deciding.steps import STEPS, due
from reconcile.models import MatchRun, PersonOutcome, Place
from reconcile.records import Outcome


@dataclass(frozen=True)
class NextStep:
    actor: str
    action: str
    due: date | None


def review_step(run: MatchRun, place: Place) -> NextStep:
    """Return who settles a doubtful case, until when."""
    step = STEPS[Outcome.NEEDS_REVIEW]
    setting = Setting(run.election.rules, place.tps, run.as_of, frozenset())
    return NextStep(step.actor, step.action, due(step.until, setting))


def next_step(one: PersonOutcome, review: NextStep) -> NextStep:
    """Return what is to be done for a person now; what follows a check comes after the check."""
    return review if one.provisional else NextStep(one.actor, one.action, one.due)


def by_action(action: str) -> Q:
    """Return the condition by which the database finds the people with this next step."""
    named = Q(provisional=False, action=action)
    return named | Q(provisional=True) if action == Action.SETTLE_REVIEW else named
