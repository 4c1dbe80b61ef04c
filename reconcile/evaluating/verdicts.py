"""An answer beside the truth -> what is right about it, row by row of the truth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from reconcile.evaluating.traits import Trait, traits_of
from reconcile.evaluating.truth import Place, TruthRow
from reconcile.matching import Caution
from reconcile.reconciling import Person, Result
from reconcile.records import MatchStatus

AMONG = 5  # candidates shown to a person


@dataclass(frozen=True)
class Verdict:
    """How one row of the truth was answered. `place` is the register row, `named` the voter named for it.

    `probability` is what was stated of the likeliest voter, None where there was no candidate, and
    `likely_right` whether that voter is the person. `outcome` is None where no outcome is known to be right.
    """

    place: str
    named: str
    on_roll: bool
    lost: bool
    automatic: bool
    first: bool
    among_five: bool
    outcome: bool | None
    probability: float | None
    likely_right: bool
    cautions: tuple[Caution, ...]
    traits: Mapping[Trait, tuple[str, ...]] = field(hash=False)


class Places:
    """Where the rows of a table stand, as the office sees them."""

    def __init__(self, table: pa.Table) -> None:
        self._columns = tuple(table[name] for name in ("source_file", "sheet", "row"))

    def of(self, row: int) -> Place:
        file, sheet, number = (column[row].as_py() for column in self._columns)
        return file, sheet or "", number


def judge(truth: Iterable[TruthRow], result: Result) -> list[Verdict]:
    """Return a verdict for every row of the truth, in its order; a row that was never read is lost."""
    held, roll = Places(result.held), Places(result.roll)
    answers = {_key(held.of(person.held)): person for person in result.people}
    records = result.held.select([name for name in _NEEDED if name in result.held.schema.names]).to_pylist()
    found = []
    for row in truth:
        person = answers.get((row.source, row.row))
        record = {} if person is None else records[person.held]
        traits = traits_of(row, record, _region_of_truth(row, result, roll, person))
        found.append(_lost(row, traits) if person is None else _judge(row, person, traits, held, roll))
    return found


_NEEDED = ("name", "nik", "sex", "region_code")


def _key(place: Place) -> tuple[str, int]:
    file, _, row = place
    return file.rpartition(".")[0] or file, row


def _lost(row: TruthRow, traits: Mapping[Trait, tuple[str, ...]]) -> Verdict:
    outcome = False if row.right else None
    place = f"{row.source}||{row.row}"
    return Verdict(place, "", bool(row.stands), True, False, False, False, outcome, None, False, (), traits)


def _judge(
    row: TruthRow, person: Person, traits: Mapping[Trait, tuple[str, ...]], held: Places, roll: Places
) -> Verdict:
    match = person.match
    proposed = [roll.of(candidate.voter) for candidate in match.candidates[:AMONG]]
    chosen = None if match.chosen is None else roll.of(match.chosen)
    likely = chosen or (proposed[0] if proposed else None)
    return Verdict(
        place=_written(held.of(person.held)),
        named=_written(chosen) if chosen else "",
        on_roll=bool(row.stands),
        lost=False,
        automatic=match.status is MatchStatus.AUTO,
        first=chosen in row.stands,
        among_five=chosen in row.stands or not row.stands.isdisjoint(proposed),
        outcome=person.decided.outcome in row.right if row.right else None,
        probability=match.probability if likely else None,
        likely_right=likely in row.stands,
        cautions=match.cautions,
        traits=traits,
    )


def _written(place: Place) -> str:
    return "|".join(map(str, place))


def _region_of_truth(row: TruthRow, result: Result, roll: Places, person: Person | None) -> str:
    """Return the home of the named voter where that voter is the person; "" elsewhere."""
    chosen = None if person is None else person.match.chosen
    if chosen is None or "region_code" not in result.roll.schema.names or roll.of(chosen) not in row.stands:
        return ""
    return result.roll["region_code"][chosen].as_py() or ""
