"""What each possible answer to a doubt would bring about, told before anybody decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reconcile.models import Candidate, HeldEntry, KnownPair, PersonOutcome, Voter
from reconcile.queries.steps import NextStep
from reconcile.queries.supposing import is_rejected, likely, suppose
from reconcile.records import Decided, MatchStatus

SAME, NOT_THIS, NO_LIST, UNSURE = "same", "not_this", "no_list", "unsure"


@dataclass(frozen=True)
class Consequence:
    """What follows from one answer. `ballots` None: cannot be determined.

    `following`: the voter who is asked about next. `takes`: the voter is given to another person now, whose case
    opens again. `unchanged`: everything stays as it is (another candidate was rejected, or nobody has decided yet).
    """

    answer: str
    outcome: str = ""
    provisional: bool = False
    step: NextStep | None = None
    ballots: tuple[Mapping[str, str], ...] | None = ()
    following: str = ""
    takes: bool = False
    unchanged: bool = False


@dataclass(frozen=True)
class Situation:
    """All that the answers are worked out from. `entries`: the register row shown first; `voter`: who is beside it.

    `rows`: all rows of the rolls that are this voter; `known`: those of all candidates, by key. `taken`: voters whom
    others have.
    """

    outcome: PersonOutcome
    entries: Sequence[HeldEntry]
    voter: Voter | None
    rows: Sequence[Voter]
    candidates: Sequence[Candidate]
    known: Mapping[int, Voter]
    pairs: Sequence[KnownPair]
    taken: frozenset[int]

    def rows_of(self, one: Candidate) -> list[Voter]:
        return [self.known[key] for key in one.rows if key in self.known] or [one.voter]

    def follows(self, answer: str, rows: Sequence[Voter], status: MatchStatus, *, settled: bool) -> Consequence:
        decided = suppose(self.outcome, self.entries, rows, status, settled=settled)
        return Consequence(
            answer=answer,
            outcome=decided.outcome.value,
            provisional=not settled,
            step=NextStep(decided.actor, decided.action, decided.due),
            ballots=self._names_of(decided),
        )

    def _names_of(self, decided: Decided) -> tuple[Mapping[str, str], ...] | None:
        if decided.ballots is None:
            return None
        return tuple(one.name for one in self.outcome.run.election.rules.ballots if one.code in decided.ballots)


def consequences(at: Situation) -> tuple[Consequence, ...]:
    """Return what follows from each answer that can be given, in the order of the buttons."""
    if at.voter is None:
        return (_no_list(at), Consequence(UNSURE, unchanged=True))
    return (_same(at), _not_this(at), _no_list(at), Consequence(UNSURE, unchanged=True))


def _same(at: Situation) -> Consequence:
    found = at.follows(SAME, at.rows, MatchStatus.AUTO, settled=True)
    takes = bool(at.taken.intersection(row.pk for row in at.rows))
    return replace(found, takes=takes)


def _no_list(at: Situation) -> Consequence:
    return at.follows(NO_LIST, (), MatchStatus.NONE, settled=True)


def _not_this(at: Situation) -> Consequence:
    """Reject the voter shown: whoever is likely and left comes next, else the person is on no list.

    Rejecting somebody else than the voter proposed leaves the answer as it is (`actions.refreshing`).
    """
    rejected = {row.pk for row in at.rows}
    if at.outcome.voter_id and at.outcome.voter_id not in rejected:
        return Consequence(NOT_THIS, unchanged=True)
    following = likely([one for one in at.candidates if _is_left(at, one, rejected)])
    if following is None:
        return at.follows(NOT_THIS, (), MatchStatus.NONE, settled=True)
    rows = at.rows_of(following)
    return replace(at.follows(NOT_THIS, rows, MatchStatus.REVIEW, settled=False), following=following.voter.name)


def _is_left(at: Situation, one: Candidate, rejected: set[int]) -> bool:
    rows = {one.voter_id, *one.rows}
    return not rows & (rejected | at.taken) and not is_rejected(one.voter, at.pairs)
