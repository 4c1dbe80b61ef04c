"""What an officer decided last, and when: so that a slip is found again at once."""

from dataclasses import dataclass
from datetime import datetime

from reconcile.models import CHANGEABLE, Answer, CaseStatus, Decision, DecisionEnd, Election, Officer, WrongOne

SHOWN = 10


@dataclass(frozen=True)
class Made:
    """One of the officer's own decisions. `returned`: the third officer sent it back to be looked at again."""

    case: int
    version: int
    name: str
    answer: str
    at: datetime
    end: str
    can_reopen: bool
    returned: bool
    bulk: int | None


READ = (
    "answer", "at", "end", "is_open", "bulk", "ended_with__wrong_one", "case__version", "case__status",
    "case__outcome__entry__name", "case__outcome__entry__name_raw",
)  # fmt: skip


@dataclass(frozen=True)
class Strip:
    made: tuple[Made, ...]
    can_undo: bool

    @property
    def saved(self) -> datetime | None:
        return self.made[0].at if self.made else None


def strip_of(by: Officer, election: Election) -> Strip:
    """Return the officer's last ten decisions, the newest first; one query."""
    related = ("case__outcome__entry", "ended_with")
    own = Decision.objects.filter(by=by, case__election=election).select_related(*related).only(*READ)
    own = own.order_by("-pk")[:SHOWN]
    made = tuple(_made(one) for one in own)
    can_undo = any(one.is_open or one.end == DecisionEnd.NEXT for one in own if one.answer != Answer.NEITHER)
    return Strip(made, can_undo)


def _made(one: Decision) -> Made:
    entry = one.case.outcome.entry
    settled_by = one.ended_with
    return Made(
        case=one.case_id,
        version=one.case.version,
        name=entry.name or entry.name_raw,
        answer=one.answer,
        at=one.at,
        end=one.end,
        can_reopen=one.is_open and one.case.status in CHANGEABLE | {CaseStatus.SECOND},
        returned=bool(settled_by and settled_by.wrong_one == WrongOne.SENT_BACK and one.end == DecisionEnd.OVERRULED),
        bulk=one.bulk_id,
    )
