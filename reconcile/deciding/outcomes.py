"""One held person -> one outcome, with category, ballots, next step, notes and every discrepancy."""

from collections.abc import Iterator

from reconcile.deciding.ballots import ballot_gaps, ballots_for
from reconcile.deciding.cases import Case, Setting
from reconcile.deciding.codes import Note
from reconcile.deciding.constituencies import Gap
from reconcile.deciding.discrepancies import discrepancies
from reconcile.deciding.facts import Facts, gather
from reconcile.deciding.rules import RULES
from reconcile.deciding.steps import ASK_KPU, EXPLAIN_NO_BALLOT, MOVE_ALONG, MOVE_BACK, RECORD_EKTP, STEPS, Step, due
from reconcile.records import NOT_FOUND, Decided, MatchStatus, Outcome, VoterCategory
from reconcile.regions import LEVELS

# Would get ballots here, or might; to some of them it has to be explained where there are none.
_HERE = frozenset({Outcome.FIXED_HERE, Outcome.MOVED_HERE, Outcome.NEEDS_TRANSFER})
_MAY_VOTE_HERE = _HERE | NOT_FOUND | {Outcome.DUPLICATE}
_EXPLAINED_TO = _HERE | {Outcome.OTHER_REGENCY, Outcome.NOT_ON_ROLL}
# Their next step was to be done before the last day to move voters.
_NEEDS_TIME = NOT_FOUND | {Outcome.DUPLICATE, Outcome.LEAVING, Outcome.TOO_LATE}

_GAPS = {
    Gap.DEEPER: Note.BALLOTS_NEED_DISTRICT,
    Gap.VILLAGE: Note.BALLOTS_NEED_VILLAGE,
    Gap.TABLE: Note.BALLOTS_NEED_TABLE,
}


def decide(case: Case, setting: Setting) -> Decided:
    """Decide one person.

    With status REVIEW the outcome is that of the candidate's rows (or, without rows, that of somebody not
    found) and provisional. So it is where sources contradict each other on a point that would change it, but
    one of them is to be trusted more. NEEDS_REVIEW is named only where not even that is possible, and is then
    not called provisional.

    `category` is the one in which the person votes at this TPS once the next step is done, None for who will
    not vote here. `ballots` are those due here; () for who will not vote here, None where they cannot be
    determined. So the ballots of all FIXED and MOVED add up to what the TPS needs once all is done.
    """
    facts = gather(case, setting)
    outcome = next(outcome for outcome, applies in RULES if applies(facts))
    category = _category(outcome, facts)
    step = _step(outcome, facts)
    return Decided(
        outcome=outcome,
        provisional=outcome is not Outcome.NEEDS_REVIEW and _is_provisional(outcome, facts),
        category=category,
        ballots=_ballots(outcome, category, facts),
        action=step.action.value,
        actor=step.actor.value,
        due=due(step.until, setting.election, setting.day),
        discrepancies=discrepancies(case, facts.entries, facts.home, setting),
        notes=tuple(note.value for note in _notes(outcome, facts)),
    )


def _is_provisional(outcome: Outcome, f: Facts) -> bool:
    if f.case.settled:
        return False
    if f.case.status is MatchStatus.REVIEW or f.eligibility.is_contradicted:
        return True
    return outcome in NOT_FOUND and f.home.differs_in_register


def _category(outcome: Outcome, f: Facts) -> VoterCategory | None:
    if outcome is Outcome.FIXED_HERE:
        return VoterCategory.FIXED
    if outcome in (Outcome.MOVED_HERE, Outcome.NEEDS_TRANSFER):
        return VoterCategory.MOVED
    if outcome is Outcome.DUPLICATE:
        return _category_once_struck(f)
    if outcome is Outcome.NOT_ON_ROLL and f.home.code == f.setting.tps.region:
        # May vote with an e-KTP at the TPS of the home, and that may be this one.
        return VoterCategory.UNREGISTERED
    return None


def _category_once_struck(f: Facts) -> VoterCategory | None:
    """Return how somebody listed too often votes here once the other rows are struck."""
    if f.entries.here:
        return VoterCategory.FIXED
    if f.entries.moved_here or not f.is_past_deadline:
        return VoterCategory.MOVED
    return None


def _ballots(outcome: Outcome, category: VoterCategory | None, f: Facts) -> tuple[str, ...] | None:
    if outcome is Outcome.NEEDS_REVIEW:
        return None
    if category is None:
        return ()
    return ballots_for(f.home.code, f.setting.tps, f.setting.election)


def _is_outside(f: Facts) -> bool:
    """Say whether the home lies where the election gives no ballot for this TPS (PKPU 17/2024)."""
    level = f.setting.election.no_ballot_outside
    if not level or not f.home.code:
        return False
    return f.home.code[: LEVELS[level]] != f.setting.tps.region[: LEVELS[level]]


def _step(outcome: Outcome, f: Facts) -> Step:
    if outcome in _EXPLAINED_TO and _is_outside(f):
        return EXPLAIN_NO_BALLOT
    if outcome is Outcome.LEAVING and f.custody.is_elsewhere:
        return ASK_KPU if f.is_past_deadline else MOVE_ALONG
    if outcome is Outcome.LEAVING and f.votes_here:
        return ASK_KPU if f.is_past_deadline else MOVE_BACK
    if outcome is Outcome.NEEDS_IDENTITY and f.lacks_ektp:
        return RECORD_EKTP
    return STEPS[outcome]


def _notes(outcome: Outcome, f: Facts) -> Iterator[Note]:
    yield from f.eligibility.notes
    yield from f.custody.notes
    yield from _notes_of_rolls(f)
    yield from _notes_of_home(outcome, f)
    if f.is_past_deadline and outcome in _NEEDS_TIME:
        yield Note.DEADLINE_PASSED
    if outcome is Outcome.TOO_LATE and _is_arrested_late(f):
        yield Note.ARRESTED_AFTER_DEADLINE
    if outcome in _MAY_VOTE_HERE and _is_outside(f):
        yield Note.NO_BALLOT_HERE


def _notes_of_rolls(f: Facts) -> Iterator[Note]:
    if f.entries.unclear:
        yield Note.TPS_UNKNOWN
    if f.entries.has_unknown_remark:
        yield Note.REMARK_UNKNOWN
    if f.entries.struck:
        yield Note.ENTRY_STRUCK
    if f.lacks_ektp:
        yield Note.EKTP_UNRECORDED


def _notes_of_home(outcome: Outcome, f: Facts) -> Iterator[Note]:
    if f.home.differs_in_register:
        yield Note.HOMES_DIFFER
    if outcome in NOT_FOUND and f.home.regency is None:
        yield Note.HOME_UNKNOWN
    if f.home.code and _category(outcome, f) is not None:
        gaps = ballot_gaps(f.home.code, f.setting.tps, f.setting.election)
        yield from (note for gap, note in _GAPS.items() if gap in gaps)
    if outcome is Outcome.NOT_ON_ROLL and f.home.code == f.setting.tps.region:
        yield Note.UNREGISTERED_POSSIBLE


def _is_arrested_late(f: Facts) -> bool:
    """Say whether every register row was written after the last day to move voters."""
    entered = [row.get("entry_date") for row in f.case.register_rows]
    deadline = f.setting.election.detainee_deadline
    return all(day is not None and day > deadline for day in entered)
