"""How officers answer: how often the second agrees with the first, and who answers unlike the others."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from reconcile.evaluating.figures import Share
from reconcile.models import FIRST, SECOND, Answer, Decision, DecisionEnd, MatchRun, Officer, Place

FEW = 10  # answers; of fewer no rate is called unusual


@dataclass(frozen=True)
class OfficerRate:
    """How often an officer of a place says "same person". `others`: the share of all others together."""

    officer: Officer
    answers: int
    same: int
    others: float
    is_unusual: bool

    @property
    def percent(self) -> int:
        return round(100 * self.same / self.answers)

    @property
    def others_percent(self) -> int:
        return round(100 * self.others)


@dataclass(frozen=True)
class Agreement:
    """Of `both` cases with two answers, in how many the second officer agreed; and each officer's rate."""

    both: int
    agreed: int
    officers: tuple[OfficerRate, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.agreed / self.both) if self.both else 0


def agreement(place: Place, run: MatchRun) -> Agreement:
    """Count the answers of a place's cases, those that were overruled included; two queries."""
    found = Decision.objects.filter(case__place=place, case__run=run).exclude(end=DecisionEnd.UNDONE)
    decisions = list(found.order_by("pk").select_related("voter"))
    first: dict[int, Decision] = {}
    both = agreed = 0
    for one in decisions:
        if one.turn == FIRST:
            first[one.case_id] = one
        elif one.turn == SECOND and one.case_id in first:
            both += 1
            agreed += _is_same(first[one.case_id], one)
    return Agreement(both, agreed, _rates([one for one in decisions if one.turn in (FIRST, SECOND)]))


def _is_same(one: Decision, other: Decision) -> bool:
    """Say whether two answers name the same: the same row of a roll, or rows with one NIK."""
    if one.answer != other.answer or one.answer == Answer.UNSURE:
        return False
    if one.voter is None or other.voter is None:
        return one.voter is other.voter
    return one.voter_id == other.voter_id or bool(one.voter.nik and one.voter.nik == other.voter.nik)


def _rates(decisions: list[Decision]) -> tuple[OfficerRate, ...]:
    by_officer: dict[int, Counter[bool]] = defaultdict(Counter)
    for one in decisions:
        by_officer[one.by_id][one.answer == Answer.SAME] += 1
    all_of = sum(by_officer.values(), Counter())
    officers = Officer.objects.in_bulk(list(by_officer))
    return tuple(_rate(officers[pk], by_officer[pk], all_of - by_officer[pk]) for pk in sorted(by_officer))


def _rate(officer: Officer, own: Counter[bool], rest: Counter[bool]) -> OfficerRate:
    n, n_rest = own.total(), rest.total()
    others = rest[True] / n_rest if n_rest else 0.0
    low, high = Share(own[True], n).interval
    is_unusual = n >= FEW and n_rest >= FEW and not low <= others <= high
    return OfficerRate(officer, n, own[True], others, is_unusual)
