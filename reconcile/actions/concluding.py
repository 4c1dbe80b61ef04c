"""The answer for one person worked out anew: from the stored records, by the rules the comparison used."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.dateparse import parse_date

from reconcile.deciding import Stay
from reconcile.models import (
    Decision,
    Finding,
    FindingStatus,
    HeldEntry,
    MatchRun,
    PersonOutcome,
    SaidStay,
    StayKind,
    Voter,
)
from reconcile.queries.supposing import suppose
from reconcile.records import Decided, MatchStatus, Outcome

ANSWER = (
    "outcome", "provisional", "match_status", "category", "voter_id", "probability", "ballots", "action", "actor",
    "due", "discrepancies", "notes", "cautions", "place_id",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """Who the person is taken for: the voter shown, all rows of that voter, and how sure that is."""

    status: MatchStatus
    voter: Voter | None = None
    rows: tuple[Voter, ...] = ()
    probability: float | None = None
    cautions: tuple[str, ...] = ()
    decision: Decision | None = None
    settled: bool = False


def decide_anew(outcome: PersonOutcome, found: Found) -> Decided:
    """Return what follows if the person is who `found` says. `outcome.run.election` gives the rules."""
    entries = _with_list(HeldEntry, [outcome.entry_id, *outcome.also_listed])
    return suppose(outcome, entries, found.rows, found.status, settled=found.settled)


def _with_list(model: Any, keys: Sequence[int]) -> list[Any]:
    """Return rows with the list they stand in, in the order of `keys`."""
    by_key = model.objects.select_related("source_list").in_bulk(list(keys))
    return [by_key[key] for key in keys if key in by_key]


def voters(keys: Sequence[int]) -> tuple[Voter, ...]:
    return tuple(_with_list(Voter, keys))


def write_answer(outcome: PersonOutcome, found: Found) -> None:
    """Store what follows from `found` and from what is said of the person (`hear`); the comparison's own stays beside.

    What two officers have established needs no third to look at it again.
    """
    outcome.matched = outcome.matched or _plain(outcome)
    decided = decide_anew(outcome, found)
    is_established = any(bars for _point, bars in outcome.said.get("findings", ()))
    takes_vote = decided.outcome is Outcome.INELIGIBLE and is_established
    strikes = decided.outcome.value in outcome.run.election.rules.second_officer and not takes_vote
    outcome.outcome = decided.outcome.value
    outcome.provisional = decided.provisional or (strikes and not found.settled)
    outcome.match_status = found.status.value
    outcome.category = decided.category.value if decided.category else ""
    outcome.voter = found.voter
    outcome.probability = found.probability
    outcome.ballots = None if decided.ballots is None else list(decided.ballots)
    outcome.action, outcome.actor, outcome.due = decided.action, decided.actor, decided.due
    outcome.discrepancies = [asdict(each) for each in decided.discrepancies]
    outcome.notes = list(decided.notes)
    outcome.cautions = list(found.cautions)
    outcome.decision = found.decision
    outcome.save()


STAY_OF = {
    StayKind.HERE: Stay.HELD,
    StayKind.PLACE: Stay.HELD,
    StayKind.HOSPITAL: Stay.ELSEWHERE,
    StayKind.PRISON: Stay.ELSEWHERE,
    StayKind.FREE: Stay.FREE,
}


def hear(outcome: PersonOutcome) -> bool:
    """Give an answer what officers have established of the person by now; say whether there is anything."""
    findings = Finding.objects.filter(person=outcome.person_id, status=FindingStatus.COUNTS).order_by("point")
    stay = SaidStay.objects.filter(person=outcome.person_id, is_open=True).first()
    said = {
        "findings": [[one.point, one.bars] for one in findings],
        "stay": STAY_OF[StayKind(stay.kind)].value if stay else "",
    }
    outcome.said = said if any(said.values()) else {}
    outcome.matched = outcome.matched or (_plain(outcome) if outcome.said else {})
    outcome.place_id = (stay.place_id if stay else None) or own_answer(outcome)["place_id"]
    return bool(outcome.said)


def restore_answer(outcome: PersonOutcome) -> bool:
    """Let the person's answer be the comparison's own again; say whether that changed anything."""
    if not outcome.matched:
        return False
    for name, value in outcome.matched.items():
        setattr(outcome, name, parse_date(value) if name == "due" and value else value)
    outcome.matched, outcome.decision = {}, None
    outcome.save()
    return True


def own_answer(outcome: PersonOutcome) -> dict[str, Any]:
    """Return the comparison's own answer, whatever has been decided since."""
    return outcome.matched or _plain(outcome)


def _plain(outcome: PersonOutcome) -> dict[str, Any]:
    values = {name: getattr(outcome, name) for name in ANSWER}
    return values | {"due": outcome.due.isoformat() if outcome.due else None}


def rules_of(run: MatchRun) -> frozenset[str]:
    """Return what takes two officers in this election."""
    return frozenset(run.election.rules.second_officer)
