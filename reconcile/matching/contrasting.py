"""Why the one voter and not the other: the weights of two candidates laid beside each other, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass

from reconcile.matching.options import LEVELS
from reconcile.matching.results import Candidate
from reconcile.records import Reason

MISSING = "missing"  # the level of a field that was not compared
_TELLING = 1_000  # thousandths of a bit: what makes one of two less than twice as likely decides nothing


@dataclass(frozen=True)
class Difference:
    """One field with its level for either candidate. `weight`: thousandths of a bit more for the first."""

    field: str
    first: str
    second: str
    weight: int


def contrast(first: Candidate, second: Candidate) -> tuple[Difference, ...]:
    """Return every field, the deciding ones first; the weights add up to the difference of the totals."""
    one, two = _by_field(first.reasons), _by_field(second.reasons)
    order = {field: place for place, field in enumerate([*LEVELS, *one, *two])}
    found = [
        _difference(field, one.get(field), two.get(field)) for field in sorted({*one, *two}, key=order.__getitem__)
    ]
    return tuple(sorted(found, key=lambda each: -abs(each.weight)))


def deciding(differences: Sequence[Difference], most: int = 3) -> tuple[Difference, ...]:
    """Return the few fields that tell the two apart; none where nothing does."""
    return tuple(each for each in differences[:most] if abs(each.weight) >= _TELLING)


def are_as_likely(first: Candidate, second: Candidate, tie: float) -> bool:
    """True where either has at least the share `tie` of the other's probability."""
    low, high = sorted((first.probability, second.probability))
    return low >= tie * high


def _by_field(reasons: Sequence[Reason]) -> dict[str, Reason]:
    return {reason.field: reason for reason in reasons}


def _difference(field: str, one: Reason | None, two: Reason | None) -> Difference:
    levels = [reason.level if reason else MISSING for reason in (one, two)]
    weights = [reason.weight if reason else 0 for reason in (one, two)]
    return Difference(field, levels[0], levels[1], weights[0] - weights[1])
