"""What would follow if a person were this voter, or none: the rules of the comparison, asked about stored records."""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from reconcile.deciding import Case, Finding, Setting, Stay, decide
from reconcile.deciding.election_parts import Point
from reconcile.models import Candidate, HeldEntry, KnownPair, PairVerdict, PersonOutcome, Voter
from reconcile.reconciling import LIKELIER_THAN_NOT
from reconcile.records import SCHEMA, Decided, ListKind, MatchStatus

MILLI = 1000
TELLS_APART = ("name", "nik", "birth_date", "sex")  # a row in which one of these is another is asked about again
_MOST_BITS = 200.0  # more makes no odds


@cache
def columns_stored(model: type[HeldEntry] | type[Voter]) -> tuple[str, ...]:
    """Return the columns of `records` this model holds, besides those the list tells."""
    stored = {field.column for field in model._meta.concrete_fields}
    return tuple(name for name in SCHEMA.names if name in stored)


def row_of(one: HeldEntry | Voter) -> dict[str, Any]:
    """Return a stored row as the pure stages know it: by the columns of `records`, None where nothing is said."""
    its = one.source_list
    told = {name: getattr(one, name) or None for name in columns_stored(type(one))}
    return {"source_file": its.file_name or None, "kind": its.kind or None, **told}


def suppose(
    outcome: PersonOutcome, entries: Sequence[HeldEntry], rows: Iterable[Voter], status: MatchStatus, *,
    settled: bool, day: date | None = None,
) -> Decided:  # fmt: skip
    """Return what follows if the person behind register rows is the voter behind rows of the rolls.

    `entries`: the row shown first, then the others. `outcome.run.election` gives the rules; their lists are read.
    `day`: judge the deadlines on that day instead of the run's own.
    """
    run = outcome.run
    held, *same_as = map(row_of, entries)
    rules, voters = run.election.rules, tuple(rows)
    # A run reads the rolls of one stage only.
    stage = rules.stage_of(one.source_list.stage for one in voters if one.source_list.kind == ListKind.ROLL)
    setting = Setting(rules, outcome.place.tps, run.as_of, frozenset(run.regencies), stage, judged=day)
    findings, stay = said_of(outcome)
    return decide(Case(held, tuple(same_as), tuple(map(row_of, voters)), status, settled, findings, stay), setting)


def said_of(outcome: PersonOutcome) -> tuple[tuple[Finding, ...], Stay | None]:
    """Return what officers have established of the person besides who it is, as the answer keeps it."""
    findings = tuple(Finding(Point(point), bars) for point, bars in outcome.said.get("findings", ()))
    stay = outcome.said.get("stay", "")
    return findings, Stay(stay) if stay else None


def likely(free: Sequence[Candidate]) -> Candidate | None:
    """Return the likeliest of those who are left, if it is likelier than not that the person is that voter."""
    odds = [math.exp2(min(one.weight / MILLI, _MOST_BITS)) for one in free]
    if not odds or max(odds) / (1 + sum(odds)) < LIKELIER_THAN_NOT:
        return None
    return free[odds.index(max(odds))]


def is_rejected(voter: Voter, pairs: Iterable[KnownPair]) -> bool:
    """Say whether officers said that the person of these pairs is not this voter.

    A row in which name, NIK, birth date or sex are others than those that were rejected is asked about again.
    """
    rejected = (pair.voter for pair in pairs if pair.verdict == PairVerdict.REJECTED and pair.voter)
    return any(one.pk == voter.pk or not differing_fields(one, voter, TELLS_APART) for one in rejected)


def differing_fields(one: object, other: object, names: Iterable[str]) -> list[str]:
    return [name for name in names if getattr(one, name) != getattr(other, name)]
