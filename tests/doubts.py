"""A run with doubtful people, stored directly: each with the voters who come near, as a comparison leaves them."""

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone
from views.office import DEADLINE, EQUAL, _People, a_list, a_run

from reconcile.actions import cases
from reconcile.actions.decisions import Said, decide
from reconcile.models import (
    Answer,
    Candidate,
    Case,
    Decision,
    Election,
    HeldPerson,
    MatchRun,
    Officer,
    PersonOutcome,
    Place,
    SourceList,
    Voter,
)

KEYS = itertools.count()
WEIGHTS = {0.99: 7000, 0.9: 3500, 0.5: 300, 0.4: -300, 0.05: -4000}


def key() -> str:
    return f"key-{next(KEYS)}"


@dataclass
class Doubts:
    """What tests ask for: one run of one place, and people added to it."""

    election: Election
    place: Place
    by: Officer
    roll: SourceList = field(init=False)
    register: SourceList = field(init=False)
    run: MatchRun = field(init=False)

    def __post_init__(self) -> None:
        self.roll = a_list(
            self.election, self.by, kind="roll", file_name="DPT.xlsx", stage="DPT", rows=40, records=36, skipped=4
        )
        self.register = a_list(
            self.election, self.by, kind=self.place.kind, file_name="rutan.xlsx", place=self.place, rows=20, records=17,
            skipped=3, as_of=self.election.as_of,
        )  # fmt: skip
        self.run = self.new_run()

    def new_run(self) -> MatchRun:
        run = a_run(self.election, self.by, register_rows=17, people=17, regencies=["3316"])
        run.lists.set([self.roll, self.register])
        self.makes = _People(run, self.roll, {self.place: self.register})
        return run

    def voter(self, name: str, **changes: Any) -> Voter:
        """Add a voter with numbers and a birth date of its own."""
        self.makes.number += 1
        return self.makes.voter(name, **changes)

    def person(self, name: str, *near: tuple[Voter, float], **changes: Any) -> PersonOutcome:
        """Add somebody in custody; `near` are voters with their probabilities, the first of which is proposed."""
        self.makes.number += 1
        person = HeldPerson.objects.create(election=self.election)
        entry = self.makes.entry(name, person, self.place)
        for rank, (voter, probability) in enumerate(near, start=1):
            Candidate.objects.create(
                run=self.run, entry=entry, rank=rank, voter=voter, weight=WEIGHTS[probability],
                probability=probability, reasons=[*EQUAL[:3], ["prior", "prior", WEIGHTS[probability] - 31500]],
                rows=[voter.pk],
            )  # fmt: skip
        given = {
            "outcome": "needs_transfer", "match_status": "review", "provisional": True, "category": "moved",
            "voter": near[0][0] if near else None, "probability": near[0][1] if near else None,
            "ballots": ["governor", "regent"], "action": "issue_transfer_letter", "actor": "kpu", "due": DEADLINE,
            "cautions": ["nik_of_another"],
        }  # fmt: skip
        return PersonOutcome.objects.create(
            run=self.run, person=person, entry=entry, place=self.place, **{**given, **changes}
        )

    def settle_rows(self) -> None:
        """Let the register say as many rows as there are people, so that its sums tie."""
        n = self.register.entries.count()
        SourceList.objects.filter(pk=self.register.pk).update(rows=n + 3, records=n, new=n)

    def case(self, name: str, *near: tuple[Voter, float], **changes: Any) -> Case:
        outcome = self.person(name, *near, **changes)
        cases.open_cases(self.run, [])
        return Case.objects.get(person=outcome.person_id)


def said(answer: str, voter: Voter | None = None, **more: str) -> Said:
    reason = {"not_this": "relative", "no_list": "searched"}.get(answer, "")
    note = "tanya Rutan" if answer == "unsure" else ""
    return Said(Answer(answer), voter, **{"reason": reason, "note": note, **more})


def answer(case: Case, by: Officer, what: str, voter: Voter | None = None, **more: Any) -> Decision:
    """Answer a case as it stands now."""
    case.refresh_from_db()
    return decide(case=case, version=case.version, said=said(what, voter, **more), by=by, key=key())


def outcome_of(case: Case) -> PersonOutcome:
    return PersonOutcome.objects.get(run=case.run_id, person=case.person_id)


def plain(outcome: PersonOutcome) -> dict[str, Any]:
    """Return an answer without its key, to be compared."""
    values = {one.attname: getattr(outcome, one.attname) for one in outcome._meta.concrete_fields}
    return {name: value for name, value in values.items() if name not in ("id", "run_id")}


def let_leases_run_out() -> None:
    Case.objects.filter(holder__isnull=False).update(held_until=timezone.now() - timedelta(seconds=1))
