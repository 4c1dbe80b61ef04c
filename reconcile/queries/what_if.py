"""What the answers would be on another day: every person decided anew by the same rules, nothing stored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from reconcile.models import Candidate, HeldEntry, MatchRun, PersonOutcome, Voter
from reconcile.queries.steps import NextStep, next_step, review_step
from reconcile.queries.supposing import suppose
from reconcile.records import Decided, MatchStatus, Outcome


@dataclass(frozen=True)
class Supposed:
    """One person: the answer as it stands, and on the day supposed."""

    pk: int
    name: str
    place: str
    provisional: bool
    now: str
    then: str
    step_now: NextStep
    step_then: NextStep

    @property
    def is_changed(self) -> bool:
        return (self.now, self.step_now) != (self.then, self.step_then)


@dataclass(frozen=True)
class OutcomeThen:
    """How many people have an outcome as it stands, and on the day supposed."""

    outcome: str
    now: int
    then: int

    @property
    def difference(self) -> int:
        return self.then - self.now


@dataclass(frozen=True)
class Change:
    """People whose answer, or only whose date, changes in the same way."""

    now: str
    then: str
    step: NextStep
    people: int


@dataclass(frozen=True)
class WhatIf:
    """The page. Both columns of `outcomes` add up to `people`, `changes` and `unchanged` too.

    `unknown`: answers that cannot be worked out anew from what is stored; they are left as they stand.
    """

    day: date
    people: tuple[Supposed, ...]
    unknown: int

    @property
    def outcomes(self) -> tuple[OutcomeThen, ...]:
        now, then = Counter(one.now for one in self.people), Counter(one.then for one in self.people)
        return tuple(OutcomeThen(one.value, now[one], then[one]) for one in Outcome if now[one] or then[one])

    @property
    def changes(self) -> tuple[Change, ...]:
        found = Counter((one.now, one.then, one.step_then) for one in self.people if one.is_changed)
        order = [one.value for one in Outcome]
        changes = (Change(now, then, step, n) for (now, then, step), n in found.items())
        return tuple(sorted(changes, key=lambda one: (order.index(one.now), order.index(one.then), one.step.action)))

    @property
    def total(self) -> int:
        return len(self.people)

    @property
    def changed(self) -> int:
        return sum(one.is_changed for one in self.people)

    @property
    def unchanged(self) -> int:
        return self.total - self.changed

    def those(self, now: str = "", then: str = "", action: str = "", *, changed: bool = False) -> list[Supposed]:
        """Return the people of one figure of the page; "" narrows nothing."""
        return [
            one
            for one in self.people
            if now in ("", one.now)
            and then in ("", one.then)
            and action in ("", one.step_then.action)
            and (one.is_changed or not changed)
        ]


def what_if(outcomes: QuerySet[PersonOutcome], run: MatchRun, day: date) -> WhatIf:
    """Return what would change if the deadlines were judged on `day`; the lists stay what they are.

    Each answer is worked out twice, for the run's own date and for `day`; only what then differs is a change.
    """
    people = list(outcomes.select_related("entry", "place").order_by("entry__name", "pk"))
    stored = _Stored(outcomes, run)
    review, review_then = review_step(run), review_step(run, day)
    found, unknown = [], 0
    for one in people:
        one.run = run
        now = next_step(one, review)
        pair = stored.decided(one, day)
        unknown += pair is None
        then, step = one.outcome, now
        if pair and _answer(pair[0]) != _answer(pair[1]):
            then, step = pair[1].outcome.value, NextStep(pair[1].actor, pair[1].action, pair[1].due)
        step = review_then if one.provisional else step
        name = one.entry.name or one.entry.name_raw
        found.append(Supposed(one.person_id, name, one.place.name, one.provisional, one.outcome, then, now, step))
    return WhatIf(day, tuple(found), unknown)


def _answer(decided: Decided) -> tuple[object, ...]:
    return decided.outcome, decided.actor, decided.action, decided.due


class _Stored:
    """The records behind the answers of a run, read once for all people."""

    def __init__(self, outcomes: QuerySet[PersonOutcome], run: MatchRun) -> None:
        keys = outcomes.order_by().values_list("entry", "also_listed", "voter")
        entries = {key for entry, others, _ in keys for key in (entry, *others)}
        candidates = Candidate.objects.filter(run=run, entry__in=outcomes.order_by().values("entry"))
        self.rows: dict[tuple[int, int], list[int]] = {}
        for entry, voter, rows in candidates.values_list("entry", "voter", "rows").iterator():
            self.rows.update({(entry, row): rows for row in (voter, *rows)})
        voters = {row for entry, _, voter in keys if voter for row in self._rows_of(entry, voter)}
        self.entries = _with_lists(HeldEntry, entries)
        self.voters = _with_lists(Voter, voters)

    def _rows_of(self, entry: int, voter: int) -> list[int]:
        return self.rows.get((entry, voter)) or [voter]

    def decided(self, one: PersonOutcome, day: date) -> tuple[Decided, Decided] | None:
        """Return the answer on the run's own date and on `day`; None where what is stored gives another answer."""
        entries = [self.entries[key] for key in (one.entry_id, *one.also_listed) if key in self.entries]
        rows = self._rows_of(one.entry_id, one.voter_id) if one.voter_id else []
        # A voter who is likelier somebody else is shown, but does not carry the answer.
        for its in ([self.voters[key] for key in rows if key in self.voters], []):
            status, settled = MatchStatus(one.match_status), one.decision_id is not None
            own = suppose(one, entries, its, status, settled=settled)
            if own.outcome.value == one.outcome:
                return own, suppose(one, entries, its, status, settled=settled, day=day)
        return None


def _with_lists(model: Any, keys: Iterable[int]) -> dict[int, Any]:
    """Return rows by their keys, with the list they stand in."""
    found: dict[int, Any] = model.objects.select_related("source_list").in_bulk(sorted(keys))
    return found
