"""The answers of a run, as rows of the database. Call inside the transaction that finishes the run."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from reconcile.actions.snapshots import Compared, Side, Snapshot
from reconcile.actions.storing import store
from reconcile.models import Candidate, HeldEntry, LeftVoter, MatchRun, PersonOutcome, Voter
from reconcile.reconciling import Person
from reconcile.records import MatchStatus

LINES_AT_ONCE = 5_000  # SQLite takes 32,766 parameters in one statement
SUREST_FIRST = {status: place for place, status in enumerate(MatchStatus)}


@dataclass(frozen=True)
class Stored:
    """How many people got an answer, and which persons turned out to be one: (kept, given up)."""

    people: int
    joined: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Row:
    """A register row as stored."""

    entry: int
    person: int
    place: int


def store_answers(run: MatchRun, snapshot: Snapshot, compared: Compared) -> Stored:
    """Store one answer per person, all candidates, and the voters of the special TPS who are gone."""
    rows = _stored_rows(snapshot.registers)
    groups = same_people([person.match.same_as for person in compared.people], [row.person for row in rows])
    voters = _voters(snapshot.rolls, compared)
    joined: list[tuple[int, int]] = []
    answers = []
    for group in groups:
        people = sorted({rows[row].person for row in group})
        joined += [(people[0], other) for other in people[1:]]
        answers.append(_answer(run, people[0], group, compared.people, rows, voters))
    for kept, other in joined:
        HeldEntry.objects.filter(person_id=other).update(person_id=kept)
    PersonOutcome.objects.bulk_create(answers, batch_size=500)
    _store_candidates(run, compared, rows, voters)
    LeftVoter.objects.bulk_create([LeftVoter(run=run, voter_id=voters[row]) for row in compared.left], batch_size=500)
    return Stored(len(answers), tuple(joined))


def same_people(same_as: Sequence[Sequence[int]], persons: Sequence[int]) -> list[list[int]]:
    """Return register rows grouped by person, each row once, groups and rows in the order of the register.

    Rows belong together when matching understood them as one person (`same_as[row]`) or when they carry
    the same stored person.
    """
    head = list(range(len(persons)))

    def find(row: int) -> int:
        while head[row] != row:
            row = head[row]
        return row

    first_of: dict[int, int] = {}
    for row, person in enumerate(persons):
        for other in (first_of.setdefault(person, row), *same_as[row]):
            one, two = sorted((find(row), find(other)))
            head[two] = one
    groups = defaultdict(list)
    for row in range(len(persons)):
        groups[find(row)].append(row)
    return list(groups.values())


def _stored_rows(registers: Side) -> list[_Row]:
    rows = []
    for one in registers.lists:
        entries = HeldEntry.objects.filter(source_list=one).order_by("line").values_list("pk", "person_id")
        rows += [_Row(entry, person, one.place_id or 0) for entry, person in entries]
    return rows


def _voters(rolls: Side, compared: Compared) -> dict[int, int]:
    """Return the primary key of each voter the answers speak of, by row of the rolls."""
    wanted = set(compared.left)
    for person in compared.people:
        wanted.update(candidate.voter for candidate in person.match.candidates)
        if person.match.chosen is not None:
            wanted.add(person.match.chosen)
    wanted.update(row for rows in compared.rows.values() for row in rows)
    rows_by_list: dict[int, dict[int, int]] = defaultdict(dict)
    for row, (one, line) in rolls.lines(wanted).items():
        rows_by_list[one.pk][line] = row
    found = {}
    for list_pk, row_by_line in rows_by_list.items():
        lines = sorted(row_by_line)
        for start in range(0, len(lines), LINES_AT_ONCE):
            part = Voter.objects.filter(source_list_id=list_pk, line__in=lines[start : start + LINES_AT_ONCE])
            found.update({row_by_line[line]: pk for line, pk in part.values_list("line", "pk")})
    return found


def _answer(
    run: MatchRun,
    person_pk: int,
    group: Sequence[int],
    people: Sequence[Person],
    rows: Sequence[_Row],
    voters: Mapping[int, int],
) -> PersonOutcome:
    """Return the answer for one person: of the row that is surest, of several the first."""
    shown = min(group, key=lambda row: (SUREST_FIRST[people[row].match.status], row))
    match, decided = people[shown].match, people[shown].decided
    return PersonOutcome(
        run=run,
        person_id=person_pk,
        entry_id=rows[shown].entry,
        also_listed=[rows[row].entry for row in group if row != shown],
        place_id=rows[shown].place,
        outcome=decided.outcome.value,
        provisional=decided.provisional or decided.outcome.value in run.election.rules.second_officer,
        match_status=match.status.value,
        category=decided.category.value if decided.category else "",
        voter_id=None if match.chosen is None else voters[match.chosen],
        probability=float(match.probability) if match.candidates else None,
        ballots=None if decided.ballots is None else list(decided.ballots),
        action=str(decided.action),
        actor=str(decided.actor),
        due=decided.due,
        discrepancies=[asdict(each) for each in decided.discrepancies],
        notes=[str(note) for note in decided.notes],
        cautions=[str(caution) for caution in match.cautions],
    )


def _store_candidates(run: MatchRun, compared: Compared, rows: Sequence[_Row], voters: Mapping[int, int]) -> None:
    ranked = [
        (rows[row].entry, rank, candidate)
        for row, person in enumerate(compared.people)
        for rank, candidate in enumerate(person.match.candidates, start=1)
    ]
    if not ranked:
        return
    table: dict[str, list[Any]] = {
        "entry_id": [entry for entry, _, _ in ranked],
        "rank": [rank for _, rank, _ in ranked],
        "voter_id": [voters[each.voter] for _, _, each in ranked],
        "weight": [int(each.weight) for _, _, each in ranked],
        "probability": [float(each.probability) for _, _, each in ranked],
        "rows": [json.dumps([voters[row] for row in compared.rows[each.voter]]) for _, _, each in ranked],
        "reasons": [json.dumps([[r.field, r.level, int(r.weight)] for r in each.reasons]) for _, _, each in ranked],
    }
    store(Candidate, pa.table(table), {"run_id": run.pk})
