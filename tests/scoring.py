"""How good an answer is, given the truth that the generator writes beside its files.

Truth and answers are rows as in `truth.csv`, `people.csv` and `candidates.csv`: mappings of texts by column.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reconcile.evaluating.truth import NO_USABLE_NIK, RIGHT
from reconcile.generating import Group
from reconcile.records import MatchStatus, Outcome

Row = Mapping[str, object]
Place = tuple[str, str, int]  # file, sheet, row as the office sees them


@dataclass(frozen=True)
class Score:
    """Counts over the rows of the truth; `wrong` are the register rows matched automatically to somebody else."""

    people: int
    lost: int
    extra: int
    on_roll: int
    automatic: int
    automatic_on_roll: int
    wrong: tuple[str, ...]
    first: int
    among_five: int
    right_outcomes: int

    @property
    def figures(self) -> dict[str, float]:
        return {
            "precision": 1.0 - len(self.wrong) / max(1, self.automatic),
            "automatic": self.automatic_on_roll / max(1, self.on_roll),
            "first": self.first / max(1, self.on_roll),
            "among_five": self.among_five / max(1, self.on_roll),
            "outcome": self.right_outcomes / max(1, self.people),
        }


@dataclass(frozen=True)
class _Verdict:
    """How one row of the truth was answered."""

    on_roll: bool
    automatic: bool
    first: bool
    among_five: bool
    outcome: bool


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def score(truth: Iterable[Row], people: Iterable[Row], candidates: Iterable[Row]) -> Score:
    """Compare answers with the truth, register row by register row."""
    answers = {_register_row(answer): answer for answer in people}
    proposed: dict[tuple[str, int], set[Place]] = {}
    for candidate in candidates:
        proposed.setdefault(_register_row(candidate), set()).update(_voter(candidate))
    asked = {(str(row["source"]), _number(row["row"])): row for row in truth}
    found = {key: _judge(row, answers[key], proposed.get(key, set())) for key, row in asked.items() if key in answers}
    verdicts = found.values()
    return Score(
        people=len(asked),
        lost=len(asked) - len(found),
        extra=len(answers) - len(found),
        on_roll=sum(bool(_stands(row)) for row in asked.values()),
        automatic=sum(verdict.automatic for verdict in verdicts),
        automatic_on_roll=sum(verdict.automatic and verdict.on_roll for verdict in verdicts),
        wrong=tuple(f"{key[0]} {key[1]}" for key, one in found.items() if one.automatic and not one.first),
        first=sum(verdict.first for verdict in verdicts),
        among_five=sum(verdict.among_five for verdict in verdicts),
        right_outcomes=sum(verdict.outcome for verdict in verdicts),
    )


def _judge(truth: Row, answer: Row, proposed: set[Place]) -> _Verdict:
    stands, chosen = _stands(truth), _voter(answer)
    return _Verdict(
        on_roll=bool(stands),
        automatic=answer["match_status"] == MatchStatus.AUTO,
        first=bool(stands & chosen),
        among_five=bool(stands & (proposed | chosen)),
        outcome=answer["outcome"] in right_outcomes(truth),
    )


def right_outcomes(truth: Row) -> frozenset[Outcome]:
    """Return what may be said of one row: its group's outcome, and what its own damage adds."""
    right = RIGHT[Group(str(truth["group"]))]
    if truth["nik_kind"] in NO_USABLE_NIK and not truth["dpt"]:
        right |= {Outcome.NEEDS_IDENTITY}
    if ";" in str(truth["dpt"]):
        right |= {Outcome.DUPLICATE}
    return right


def _stands(truth: Row) -> frozenset[Place]:
    """Return all places where this person stands on KPU's lists."""
    written = f"{truth['dpt']};{truth['dptb']}"
    return frozenset(_place(*place.split("|")) for place in written.split(";") if place)


def _voter(answer: Row) -> frozenset[Place]:
    named = answer["voter_file"], answer["voter_sheet"], answer["voter_row"]
    return frozenset({_place(*named)} if named[0] else ())


def _register_row(answer: Row) -> tuple[str, int]:
    return Path(str(answer["source_file"])).stem, _number(answer["row"])


def _place(file: object, sheet: object, row: object) -> Place:
    return str(file), str(sheet), _number(row)


def _number(text: object) -> int:
    return int(str(text))
