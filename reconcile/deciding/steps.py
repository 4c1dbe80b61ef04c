"""The next step for each outcome: what, by whom, until when."""

from datetime import date, timedelta
from enum import Enum, auto
from typing import NamedTuple

from reconcile.deciding.cases import Setting
from reconcile.deciding.codes import Action, Actor
from reconcile.deciding.election_parts import Election
from reconcile.records import Outcome


class Until(Enum):
    NEVER = auto()  # no date: nothing to do, or nothing a date would help
    DEADLINE = auto()  # the last day to move somebody who is held
    AHEAD = auto()  # so much before it that a letter can still follow


class Step(NamedTuple):
    action: Action
    actor: Actor
    until: Until


STEPS = {
    Outcome.NEEDS_REVIEW: Step(Action.SETTLE_REVIEW, Actor.KPPS, Until.AHEAD),
    Outcome.INELIGIBLE: Step(Action.SEND_EVIDENCE, Actor.INSTITUTION, Until.NEVER),
    Outcome.DUPLICATE: Step(Action.STRIKE_ONE, Actor.KPU, Until.DEADLINE),
    Outcome.LEAVING: Step(Action.VOTE_AT_HOME, Actor.INSTITUTION, Until.NEVER),
    Outcome.LEFT: Step(Action.MARK_COPY, Actor.KPPS, Until.DEADLINE),
    Outcome.FIXED_HERE: Step(Action.COUNT_BALLOTS, Actor.KPPS, Until.NEVER),
    Outcome.MOVED_HERE: Step(Action.COUNT_BALLOTS, Actor.KPPS, Until.NEVER),
    Outcome.NEEDS_TRANSFER: Step(Action.ISSUE_TRANSFER_LETTER, Actor.KPU, Until.DEADLINE),
    Outcome.TOO_LATE: Step(Action.RECORD_LOSS, Actor.KPU, Until.NEVER),
    Outcome.NEEDS_IDENTITY: Step(Action.FIND_NIK, Actor.DISDUKCAPIL, Until.AHEAD),
    Outcome.OTHER_REGENCY: Step(Action.ASK_OTHER_KPU, Actor.KPU, Until.AHEAD),
    Outcome.NOT_ON_ROLL: Step(Action.SEARCH_SIDALIH, Actor.KPU, Until.AHEAD),
}
MOVE_BACK = Step(Action.MOVE_BACK, Actor.KPU, Until.DEADLINE)
MOVE_ALONG = Step(Action.MOVE_ALONG, Actor.KPU, Until.DEADLINE)
ASK_KPU = Step(Action.ASK_KPU, Actor.KPU, Until.NEVER)
RECORD_EKTP = Step(Action.RECORD_EKTP, Actor.DISDUKCAPIL, Until.AHEAD)
EXPLAIN_NO_BALLOT = Step(Action.EXPLAIN_NO_BALLOT, Actor.INSTITUTION, Until.NEVER)


def due(until: Until, election: Election, day: date) -> date | None:
    """Return the date of a step; None where it has none or where, on this day, the deadline has passed.

    What must be done ahead is due `lead_days` before the deadline, and once that day is gone on the deadline.
    """
    deadline = election.detainee_deadline
    if until is Until.NEVER or day > deadline:
        return None
    ahead = deadline - timedelta(days=election.lead_days)
    return ahead if until is Until.AHEAD and day <= ahead else deadline


def left_step(setting: Setting) -> tuple[Action, Actor, date | None]:
    """Return the step for voters of the special TPS who are in custody no more (outcome LEFT)."""
    step = STEPS[Outcome.LEFT]
    return step.action, step.actor, due(step.until, setting.election, setting.day)
