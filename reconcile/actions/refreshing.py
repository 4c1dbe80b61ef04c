"""One voter, one person, after every decision: who loses a voter gets an answer anew, and so does who may have it.

An answer is always worked out from the same sources: what the comparison found, what officers said of who the person is
(`KnownPair`) and of what else they established (`Finding`, `SaidStay`), and which voters others have. So undoing is
nothing but working it out again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reconcile.actions import cases
from reconcile.actions.concluding import Found, hear, own_answer, restore_answer, voters, write_answer
from reconcile.actions.lapsing import lapse_touched
from reconcile.actions.pairs import Rolls, changes
from reconcile.matching import Caution, MatchOptions
from reconcile.models import (
    Candidate,
    CaseReason,
    Decision,
    KnownPair,
    MatchRun,
    Officer,
    PairVerdict,
    PersonOutcome,
    Voter,
)
from reconcile.queries.supposing import is_rejected, likely
from reconcile.reconciling import LIKELIER_THAN_NOT
from reconcile.records import MatchStatus

REVIEWABLE = MatchOptions().reviewable
MOST_TURNS = 3  # an answer depends on others, and theirs on it


@dataclass
class Refreshing:
    """What is learnt while answers are worked out anew: why cases open, and which rows are one voter."""

    run: MatchRun
    rolls: Rolls
    why: dict[int, "Why"] = field(default_factory=dict)  # by person
    moved: set[int] = field(default_factory=set)  # people whose voter is another one than before
    places: set[int] = field(default_factory=set)  # where people would have been before
    rows: dict[int, tuple[int, ...]] = field(default_factory=dict)  # voter -> all rows of the same voter

    def rows_of(self, voter: int | None, candidates: Sequence[Candidate] = ()) -> tuple[int, ...]:
        if voter is None:
            return ()
        if voter not in self.rows:
            its = next((one.rows for one in candidates if voter in one.rows), None)
            its = its or Candidate.objects.filter(run=self.run, voter=voter).values_list("rows", flat=True).first()
            self.rows[voter] = tuple(its or self.rolls.rows_of(Voter.objects.get(pk=voter)))
        return self.rows[voter]


def refresh(
    run: MatchRun, persons: Iterable[int], cause: Decision | None = None, own: int = 0, by: Officer | None = None
) -> set[int]:
    """Work out anew the answers of these people of the run and of everybody they touch, then sort their cases.

    Returns all whose cases were sorted.

    `cause`: the decision it is done for; what it changes in other cases is noted there. `own`: the person whose
    case the caller itself moves. `by`: who brought it about, where no decision did.
    """
    work = Refreshing(run, Rolls.of(run))
    confirmed = set(_pairs(run).filter(verdict=PairVerdict.CONFIRMED).values_list("person", flat=True))
    # Those whom officers gave a voter come first: nobody else may have it.
    waiting = sorted(set(persons), key=lambda person: (person not in confirmed, person))
    turns: Counter[int] = Counter()
    while waiting:
        person = waiting.pop(0)
        turns[person] += 1
        touched = _refresh(work, person)
        again = {one for one in touched if turns[one] < MOST_TURNS}
        waiting += sorted(again - {person} - confirmed - set(waiting))
    cases.sort_cases(run, {person: work.why.get(person) for person in turns}, moved=work.moved - {own}, cause=cause)
    lapse_touched(run, set(turns), work.places, by=cause.by if cause else by)
    return set(turns)


def _pairs(run: MatchRun) -> Any:
    return KnownPair.objects.filter(election=run.election_id, is_active=True)


def _refresh(work: Refreshing, person: int) -> set[int]:
    """Work out one answer anew and store it; return the other people whom this may have touched."""
    related = ("entry", "place", "voter")
    outcome = PersonOutcome.objects.select_related(*related).filter(run=work.run, person=person).first()
    if outcome is None:
        return set()
    outcome.run = work.run  # the rules of the election are read once
    candidates = list(_candidates(outcome))
    pairs = list(_pairs(work.run).filter(person=person).select_related("voter", "entry", "decision"))
    before = outcome.voter_id
    work.places.add(outcome.place_id)
    is_said = hear(outcome)
    found, why = _found(work, outcome, candidates, pairs)
    if found is None and is_said:
        found = _unchanged(work, outcome, candidates)
    taken_from = _make_room(work, outcome, found, candidates)
    changed = restore_answer(outcome) if found is None else True
    if found is not None:
        write_answer(outcome, found)
    work.why[person] = why
    if not changed or outcome.voter_id == before:
        return taken_from
    work.moved.add(person)
    return taken_from | _interested(work, outcome, before, candidates)


def _candidates(outcome: PersonOutcome) -> Iterable[Candidate]:
    its = Candidate.objects.filter(run=outcome.run_id, entry=outcome.entry_id)
    return its.select_related("voter__source_list").order_by("rank")


Why = tuple[str, dict[str, Any]] | None


def _found(
    work: Refreshing, outcome: PersonOutcome, candidates: Sequence[Candidate], pairs: Sequence[KnownPair]
) -> tuple[Found | None, Why]:
    """Return who the person is taken for now; None where the comparison's own answer stands."""
    confirmed = next((pair for pair in pairs if pair.verdict == PairVerdict.CONFIRMED), None)
    if confirmed:
        return _confirmed(work, outcome, candidates, confirmed)
    own = own_answer(outcome)
    mine = set(work.rows_of(own["voter_id"], candidates))
    taken = _taken(outcome, mine.union(*(one.rows for one in candidates)), mine)
    said_no = [pair for pair in pairs if pair.verdict != PairVerdict.CONFIRMED]
    free = [one for one in candidates if not is_rejected(one.voter, said_no) and not taken.intersection(one.rows)]
    if own["voter_id"] and not taken & mine and not _is_refused(own["voter_id"], said_no):
        return _as_compared(own, mine, said_no)
    if not own["voter_id"] and not said_no and not _is_freed(own, free):
        return None, None
    return _next(outcome, free, said_no, candidates)


def _as_compared(own: dict[str, Any], mine: set[int], said_no: Sequence[KnownPair]) -> tuple[Found | None, "Why"]:
    """Let the comparison's own answer stand, unless officers have said that the person is on no list."""
    if all(pair.verdict != PairVerdict.ABSENT for pair in said_no):
        return None, None
    rows = voters(sorted(mine))
    voter = next(row for row in rows if row.pk == own["voter_id"])
    return Found(MatchStatus.REVIEW, voter, rows, own["probability"]), (CaseReason.CHANGED, {"fields": ["found"]})


def _unchanged(work: Refreshing, outcome: PersonOutcome, candidates: Sequence[Candidate]) -> Found:
    """Return whom the comparison itself took the person for: only what is said of the person is new."""
    own = own_answer(outcome)
    status, chance = MatchStatus(own["match_status"]), own["probability"]
    is_likely = status is MatchStatus.AUTO or (chance or 0.0) >= LIKELIER_THAN_NOT
    voter = Voter.objects.select_related("source_list").filter(pk=own["voter_id"]).first()
    rows = voters(sorted(work.rows_of(own["voter_id"], candidates))) if is_likely else ()
    return Found(status, voter, rows, chance, tuple(own["cautions"]))


def _is_refused(voter: int, said_no: Sequence[KnownPair]) -> bool:
    return is_rejected(Voter.objects.get(pk=voter), said_no)


def _is_freed(own: dict[str, Any], free: Sequence[Candidate]) -> bool:
    """Say whether a voter this person lost to a better claim is free now."""
    return not own["voter_id"] and Caution.CLAIMED_TWICE in own["cautions"] and bool(likely(free))


def _confirmed(
    work: Refreshing, outcome: PersonOutcome, candidates: Sequence[Candidate], pair: KnownPair
) -> tuple[Found, Why]:
    voter = work.rolls.today(pair, candidates)
    if voter is None:
        found, _why = _next(outcome, [], [], candidates)
        return found, (CaseReason.CHANGED, {"fields": ["gone"]})
    rows = voters(work.rows_of(voter.pk, candidates))
    its = next((one.probability for one in candidates if voter.pk in one.rows), None)
    fields = changes(pair, outcome.entry, voter)
    if fields:
        return Found(MatchStatus.REVIEW, voter, rows, its), (CaseReason.CHANGED, {"fields": fields})
    return Found(MatchStatus.AUTO, voter, rows, its, decision=pair.decision, settled=True), None


def _next(
    outcome: PersonOutcome, free: Sequence[Candidate], said_no: Sequence[KnownPair], candidates: Sequence[Candidate]
) -> tuple[Found, Why]:
    """Return the next likely voter who is left, else nobody: for certain only where officers said so."""
    is_absent = any(pair.verdict == PairVerdict.ABSENT for pair in said_no)
    following = likely(free)
    if following is not None:
        found = Found(MatchStatus.REVIEW, following.voter, voters(following.rows), following.probability)
        return found, (CaseReason.NEXT, {"rank": following.rank})
    decision = max((pair.decision for pair in said_no), key=lambda one: one.pk, default=None)
    top = max((one.probability for one in candidates), default=None)
    if is_absent or (decision and not _was_taken(outcome, said_no)):
        return Found(MatchStatus.NONE, probability=top, decision=decision, settled=True), None
    return Found(MatchStatus.REVIEW, probability=top, cautions=(Caution.CLAIMED_TWICE,)), (CaseReason.TAKEN, {})


def _was_taken(outcome: PersonOutcome, said_no: Sequence[KnownPair]) -> bool:
    """Say whether the comparison's own voter went to somebody else rather than being rejected."""
    own = own_answer(outcome)["voter_id"]
    return own is not None and not _is_refused(own, said_no)


def _taken(outcome: PersonOutcome, rows: set[int], mine: set[int]) -> set[int]:
    """Return which of these voters somebody else has; `mine`, the comparison's own, only an officer takes away."""
    others = PersonOutcome.objects.filter(run=outcome.run_id, voter__in=rows).exclude(person=outcome.person_id)
    has = others.values_list("voter", "decision")
    return {voter for voter, decision in has if voter and (decision or voter not in mine)}


def _make_room(
    work: Refreshing, outcome: PersonOutcome, found: Found | None, candidates: Sequence[Candidate]
) -> set[int]:
    """Take the voter from whoever has it now; return these people."""
    voter = (found.voter.pk if found.voter else None) if found else own_answer(outcome)["voter_id"]
    if voter is None:
        return set()
    has = PersonOutcome.objects.filter(run=work.run, voter__in=work.rows_of(voter, candidates))
    others = list(has.exclude(person=outcome.person_id))
    for other in others:
        other.matched = own_answer(other)
        other.voter = None
        other.save(update_fields=["matched", "voter"])
    return {other.person_id for other in others}


def _interested(
    work: Refreshing, outcome: PersonOutcome, before: int | None, candidates: Sequence[Candidate]
) -> set[int]:
    """Return the people who could be the voter this person had, or has now."""
    rows = {*work.rows_of(before, candidates), *work.rows_of(outcome.voter_id, candidates)}
    claims = Candidate.objects.filter(run=work.run, voter__in=rows, probability__gte=REVIEWABLE)
    people = PersonOutcome.objects.filter(run=work.run, entry__in=claims.values("entry"))
    return set(people.exclude(person=outcome.person_id).values_list("person", flat=True))
