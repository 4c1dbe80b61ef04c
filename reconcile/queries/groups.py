"""The five groups a meeting speaks of. Every person is in exactly one; together they are all people."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from reconcile.records import Outcome


class Group(StrEnum):
    """In the order in which they are shown."""

    HERE = "here"  # votes at the TPS that serves the place, for certain
    LETTER = "letter"  # votes there once the moved-voter letter is issued
    CHECK = "check"  # a person must look first
    OTHERS = "others"  # another office must act first
    CANNOT = "cannot"  # does not vote at this TPS


OF_CERTAIN: dict[Outcome, Group] = {
    Outcome.NEEDS_REVIEW: Group.CHECK,
    Outcome.INELIGIBLE: Group.CANNOT,
    Outcome.DUPLICATE: Group.OTHERS,
    Outcome.LEAVING: Group.CANNOT,
    Outcome.LEFT: Group.CANNOT,
    Outcome.FIXED_HERE: Group.HERE,
    Outcome.MOVED_HERE: Group.HERE,
    Outcome.NEEDS_TRANSFER: Group.LETTER,
    Outcome.TOO_LATE: Group.CANNOT,
    Outcome.NEEDS_IDENTITY: Group.OTHERS,
    Outcome.OTHER_REGENCY: Group.OTHERS,
    Outcome.NOT_ON_ROLL: Group.OTHERS,
}


@dataclass(frozen=True)
class Count:
    """How many people of one group, and how far they fill a bar of 100."""

    group: Group
    people: int
    share: int


def group_of(outcome: str, provisional: bool) -> Group:
    """Return the group of a person; a provisional answer must be checked first, whatever it is."""
    return Group.CHECK if provisional else OF_CERTAIN[Outcome(outcome)]


def in_group(group: Group) -> Q:
    """Return the condition by which the database finds a group."""
    outcomes = [outcome for outcome, its in OF_CERTAIN.items() if its is group]
    certain = Q(provisional=False, outcome__in=outcomes)
    return certain | Q(provisional=True) if group is Group.CHECK else certain
