"""Why the proposed voter and not the other one: what tells them apart in plain words, and all weights."""

from collections.abc import Sequence
from dataclasses import dataclass

from reconcile.labels import contrast_text, field_text
from reconcile.matching import Candidate as Weighed
from reconcile.matching import MatchOptions
from reconcile.matching.contrasting import MISSING, Difference, are_as_likely, contrast, deciding
from reconcile.models import Candidate, PersonOutcome
from reconcile.queries.homes import tps_text
from reconcile.records import Reason


@dataclass(frozen=True)
class Telling:
    """One field in plain words. `weight`: thousandths of a bit more for the first voter, below zero for the second."""

    text: str
    weight: int


@dataclass(frozen=True)
class Contrast:
    """The proposed voter beside another, by their ranks.

    The names come with the TPS. `telling` are the few fields that decide, `lines` all that differ: their
    weights add up to `total`. `alike` names the fields that say the same of both. `as_likely`: too little tells
    them apart.
    """

    first: int
    second: int
    first_name: str
    second_name: str
    telling: tuple[Telling, ...]
    lines: tuple[Telling, ...]
    alike: tuple[str, ...]
    total: int
    as_likely: bool


def contrast_of(offered: Sequence[Candidate], shown: Candidate | None, outcome: PersonOutcome) -> Contrast | None:
    """Lay the proposed voter beside the one shown or, where that is the same, beside the likeliest other.

    None where nobody is proposed or nobody else was considered.
    """
    first = next((one for one in offered if one.voter_id == outcome.voter_id), None)
    others = [one for one in offered if one is not first]
    if first is None or not others:
        return None
    second = shown if shown in others else others[0]
    weighed = _weighed(first), _weighed(second)
    found = contrast(*weighed)
    tie = float(outcome.run.options.get("tie", MatchOptions().tie))
    return Contrast(
        first=first.rank,
        second=second.rank,
        first_name=_told_apart(first),
        second_name=_told_apart(second),
        telling=tuple(map(_telling, deciding(found))),
        lines=tuple(_telling(each) for each in found if each.weight),
        alike=tuple(field_text(each.field) for each in found if _says_the_same(each)),
        total=weighed[0].weight - weighed[1].weight,
        as_likely=are_as_likely(*weighed, tie),
    )


def _told_apart(one: Candidate) -> str:
    """Return name and TPS: two namesakes are told apart by where they vote."""
    return ", ".join(filter(None, (one.voter.name, tps_text(one.voter))))


def _weighed(one: Candidate) -> Weighed:
    reasons = tuple(Reason(str(field), str(level), int(weight)) for field, level, weight in one.reasons)
    return Weighed(one.voter_id, one.weight, one.probability, reasons)


def _telling(each: Difference) -> Telling:
    return Telling(contrast_text(each.field, each.first, each.second, each.weight), each.weight)


def _says_the_same(each: Difference) -> bool:
    return not each.weight and each.field != "prior" and each.first != MISSING
