"""The voters a held person may be: what speaks for each in plain words, and the row-by-row comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reconcile.labels import level_text, reason_text
from reconcile.models import Candidate, HeldEntry, PersonOutcome, Voter
from reconcile.queries.fields import Row, Seen, rows
from reconcile.queries.homes import tps_text

AGREE = frozenset({"equal", "same_words", "village", "street", "street_and_rt", "prior"})
MISSING = "missing"  # the level of a field that could not be compared


@dataclass(frozen=True)
class Part:
    """One reason in plain words; `weight` in thousandths of a bit. `doubts`: a person should look at it."""

    field: str
    text: str
    weight: int
    doubts: bool


@dataclass(frozen=True)
class Line:
    """A row of the comparison and what the difference means."""

    row: Row
    means: str


@dataclass(frozen=True)
class Choice:
    """A voter among whom one may look, by rank."""

    rank: int
    name: str
    tps: str
    is_shown: bool
    is_chosen: bool


@dataclass(frozen=True)
class Pair:
    """The held person's record beside one voter's, and the voters one may look at instead."""

    voter: Voter | None
    rank: int
    of: int
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    choices: tuple[Choice, ...]

    @property
    def weight(self) -> int:
        return sum(part.weight for part in self.parts)

    @property
    def reasons(self) -> tuple[Part, ...]:
        """Return what the sentence above the records says: what agrees and what differs, not what the model adds."""
        return tuple(part for part in self.parts if part.field not in ("prior", "relative"))


def pair_of(outcome: PersonOutcome, seen: Seen, rank: str, *, all_candidates: bool) -> Pair:
    """Return the chosen voter's pair, or that of the rank asked for.

    Without `all_candidates` nobody but the chosen voter is looked at.
    """
    found = Candidate.objects.filter(run=outcome.run_id, entry=outcome.entry_id)
    offered = list(found.select_related("voter__source_list__place").order_by("rank"))
    if not all_candidates:
        offered = [one for one in offered if one.voter_id == outcome.voter_id]
    chosen = [one for one in offered if one.voter_id == outcome.voter_id] + offered
    shown = next((one for one in offered if str(one.rank) == rank), chosen[0] if chosen else None)
    voter = shown.voter if shown else outcome.voter
    reasons = _reasons(shown)
    levels = {name: level for name, level, _weight in reasons}
    return Pair(
        voter=voter,
        rank=shown.rank if shown else 0,
        of=len(offered),
        lines=_lines(outcome.entry, voter, replace(seen, levels=levels)),
        parts=_parts(reasons),
        choices=_choices(offered, shown, outcome),
    )


Found = tuple[str, str, int]  # field, level, weight


def _reasons(shown: Candidate | None) -> list[Found]:
    return [(str(name), str(level), int(weight)) for name, level, weight in (shown.reasons if shown else ())]


def _parts(reasons: Sequence[Found]) -> tuple[Part, ...]:
    """Return the reasons, the heaviest first; their weights add up to the candidate's."""
    heaviest_first = sorted(reasons, key=lambda reason: -abs(reason[2]))
    return tuple(
        Part(name, reason_text(name, level), weight, level not in AGREE)
        for name, level, weight in heaviest_first
        if weight
    )


def _lines(held: HeldEntry, voter: Voter | None, seen: Seen) -> tuple[Line, ...]:
    return tuple(Line(row, _meaning(row, seen.levels)) for row in rows(held, voter, seen))


def _meaning(row: Row, levels: Mapping[str, str]) -> str:
    """Return what the matcher made of a field, "" where it did not look."""
    found = [name for name in row.evidence if levels.get(name, MISSING) != MISSING]
    text = level_text if len(found) == 1 else reason_text
    return "; ".join(text(name, levels[name]) for name in found)


def _choices(offered: Sequence[Candidate], shown: Candidate | None, outcome: PersonOutcome) -> tuple[Choice, ...]:
    return tuple(
        Choice(one.rank, one.voter.name, tps_text(one.voter), one is shown, one.voter_id == outcome.voter_id)
        for one in offered
    )
