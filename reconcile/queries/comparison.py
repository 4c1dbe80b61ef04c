"""A held person's record beside one voter's: what agrees, what that means, and what each answer would bring about.

Everything on the screen comes from the same lines: the reasons above them, the words beside them, and what a
screen reader says first. Nothing the officer may not see is in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reconcile.models import Candidate, HeldEntry, KnownPair, PersonOutcome, Voter, without_upload
from reconcile.queries.appearances import Appearances, appearances, entries_of
from reconcile.queries.choosing import Choice, address_part, choices_of
from reconcile.queries.consequences import Consequence, Situation, consequences
from reconcile.queries.contrasting import Contrast, contrast_of
from reconcile.queries.fields import Seen, rows
from reconcile.queries.lines import Line, line_of, stays
from reconcile.queries.origins import Origin, category_of, origin_of
from reconcile.queries.picked import Picked, weigh_picked
from reconcile.queries.waterfall import Found, Waterfall, waterfall
from reconcile.records import NOT_FOUND, MatchStatus


@dataclass(frozen=True)
class Wanted:
    """What an officer asks to see, and may.

    `rank` names a candidate; `picked` is a voter found by searching, and goes before it. `keep` are codes that every
    link of the panel carries on. `is_second`: neither weights nor another's answer may be shown.
    """

    sight: Mapping[str, str]
    rank: str = ""
    picked: Voter | None = None
    only_differences: bool = False
    own_place: int | None = None
    all_candidates: bool = True
    sources: bool = True
    answers: bool = True  # whether what each answer brings about is told
    is_second: bool = False
    keep: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """The panel. `lines` are those to be shown, `hidden` counts those that only "all data" shows."""

    voter: Voter | None
    held_kind: str
    category: str
    rank: int
    of: int
    lines: tuple[Line, ...]
    hidden: int
    only_differences: bool
    standing: str  # how the voter came here: "found", "possible", "nearest", "settled", "other" or "picked"
    is_weighed: bool  # not where the voter was found by searching and the roll cannot be read
    waterfall: Waterfall
    held_origin: Origin | None
    voter_origin: Origin | None
    choices: tuple[Choice, ...]
    contrast: Contrast | None
    history: Appearances
    consequences: tuple[Consequence, ...]
    entries: tuple[HeldEntry, ...]
    codes: Mapping[str, str]

    @property
    def is_picked(self) -> bool:
        return self.standing == "picked"

    @property
    def differing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.doubts)

    @property
    def reasons(self) -> tuple[Line, ...]:
        """Return the lines of the sentence above the records."""
        return tuple(line for line in self.lines if line.reason) if self.voter else ()

    @cached_property
    def by_answer(self) -> dict[str, Consequence]:
        return {each.answer: each for each in self.consequences}

    def _query(self, **changes: str) -> str:
        return address_part({**self.codes, **changes})

    @property
    def here(self) -> str:
        """Return the address part of another page about the same two records."""
        return address_part(self.codes, panel="")

    @property
    def other_view(self) -> str:
        """Return the address part that switches between all data and only the differences."""
        return self._query(show="all" if self.only_differences else "differences")

    @property
    def before(self) -> str:
        """Return the address part of the candidate before, "" for the first."""
        return self._query(c=str(self.rank - 1), voter="") if self.rank > 1 else ""

    @property
    def after(self) -> str:
        """Return the address part of the candidate after, "" for the last."""
        return self._query(c=str(self.rank + 1), voter="") if self.rank < self.of else ""


def comparison_of(outcome: PersonOutcome, wanted: Wanted) -> Comparison:
    """Lay a person beside the voter asked for, else the one proposed, else the likeliest.

    Reads of `outcome`: entry, voter, place and run with its election; about three queries.
    """
    offered = _offered(outcome, wanted)
    shown = _shown(offered, outcome, wanted)
    voter = wanted.picked or (shown.voter if shown else outcome.voter)
    entries = entries_of(outcome.person_id)
    held = next((one for one in entries if one.pk == outcome.entry_id), outcome.entry)
    picked = weigh_picked(outcome.run, held, voter) if voter and not shown else None
    found = picked.reasons if picked else _reasons(shown)
    levels = {name: level for name, level, _weight in found or ()}
    lines = tuple(line_of(row, levels) for row in rows(held, voter, Seen(wanted.sight, outcome.run.as_of, levels)))
    seen = tuple(line for line in lines if not wanted.only_differences or stays(line))
    codes = {**wanted.keep, **_codes(wanted, shown)}
    return Comparison(
        voter=voter,
        held_kind=held.source_list.kind,
        category=category_of(outcome, voter),
        rank=shown.rank if shown else 0,
        of=len(offered),
        lines=seen,
        hidden=len(lines) - len(seen),
        only_differences=wanted.only_differences,
        standing=_standing(outcome, voter, shown),
        is_weighed=found is not None,
        waterfall=waterfall(() if wanted.is_second else found or ()),
        held_origin=origin_of(held) if wanted.sources else None,
        voter_origin=origin_of(voter) if voter and wanted.sources else None,
        choices=choices_of(offered, shown, outcome, codes),
        contrast=None if wanted.is_second else contrast_of(offered, shown, outcome),
        history=appearances(entries, outcome, wanted.sight, wanted.own_place, wanted.sources),
        consequences=_consequences(outcome, entries, offered, shown, voter, picked) if wanted.answers else (),
        entries=tuple(entries),
        codes=codes,
    )


def _offered(outcome: PersonOutcome, wanted: Wanted) -> list[Candidate]:
    found = Candidate.objects.filter(run=outcome.run_id, entry=outcome.entry_id)
    offered = list(
        found.select_related("voter__source_list").defer(*without_upload("voter__source_list")).order_by("rank")
    )
    return offered if wanted.all_candidates else [one for one in offered if one.voter_id == outcome.voter_id]


def _shown(offered: Sequence[Candidate], outcome: PersonOutcome, wanted: Wanted) -> Candidate | None:
    """Return the candidate to be shown; None for a voter who is none."""
    if wanted.picked:
        return next((one for one in offered if one.voter_id == wanted.picked.pk), None)
    proposed = [one for one in offered if one.voter_id == outcome.voter_id]
    if outcome.voter_id and not proposed and not wanted.rank:
        return None  # officers gave this person a voter whom the comparison did not think of
    return next((one for one in offered if str(one.rank) == wanted.rank), next(iter([*proposed, *offered]), None))


def _standing(outcome: PersonOutcome, voter: Voter | None, shown: Candidate | None) -> str:
    if voter is None or voter.pk != outcome.voter_id:
        return "picked" if shown is None else "other" if outcome.voter_id else "nearest"
    if outcome.decision_id:
        return "settled"
    if outcome.match_status == MatchStatus.AUTO:
        return "found"
    return "possible" if outcome.outcome not in NOT_FOUND else "nearest"


def _reasons(shown: Candidate | None) -> list[Found]:
    return [(str(name), str(level), int(weight)) for name, level, weight in (shown.reasons if shown else ())]


def _codes(wanted: Wanted, shown: Candidate | None) -> dict[str, str]:
    """Return what an address must carry so that the same voter is shown again."""
    if wanted.picked:
        return {"voter": str(wanted.picked.pk)}
    return {"c": str(shown.rank)} if wanted.rank and shown else {}


def _consequences(
    outcome: PersonOutcome, entries: Sequence[HeldEntry], offered: Sequence[Candidate], shown: Candidate | None,
    voter: Voter | None, picked: Picked | None,
) -> tuple[Consequence, ...]:  # fmt: skip
    """Work out what each answer would bring about: three queries where there are several candidates, else two."""
    known = _rows_of(offered) | {row.pk: row for row in (picked.rows if picked else ())}
    others = PersonOutcome.objects.filter(run=outcome.run_id, voter__in=list(known))
    its = [known[key] for key in shown.rows or [shown.voter_id] if key in known] if shown else []
    by_key = {one.pk: one for one in entries}
    situation = Situation(
        outcome=outcome,
        entries=[by_key[key] for key in (outcome.entry_id, *outcome.also_listed) if key in by_key],
        voter=voter,
        rows=picked.rows if picked else its,
        candidates=offered,
        known=known,
        pairs=list(KnownPair.objects.filter(person=outcome.person_id, is_active=True).select_related("voter"))
        if len(offered) > 1
        else [],
        taken=frozenset(others.exclude(person=outcome.person_id).values_list("voter", flat=True)),
    )
    return consequences(situation)


def _rows_of(offered: Sequence[Candidate]) -> dict[int, Voter]:
    """Return the rows of all candidates, with their lists; no query where each stands on the rolls once."""
    known = {one.voter_id: one.voter for one in offered}
    missing = {key for one in offered for key in one.rows} - known.keys()
    if missing:
        known |= {one.pk: one for one in Voter.objects.filter(pk__in=missing).select_related("source_list")}
    return known
