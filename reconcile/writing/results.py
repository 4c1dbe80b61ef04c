"""A result -> people.csv, candidates.csv and summary.json: the same bytes for the same input."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from reconcile.matching import Report
from reconcile.reading import ReadResult
from reconcile.reconciling import Person, Result
from reconcile.records import MatchStatus, Outcome

PEOPLE = (
    "source_file", "sheet", "row", "name", "match_status", "voter_file", "voter_sheet", "voter_row", "probability",
    "category", "outcome", "provisional", "ballots", "next_action", "actor", "due", "discrepancies", "cautions",
    "notes", "same_person",
)  # fmt: skip
CANDIDATES = (
    "source_file", "sheet", "row", "rank", "voter_file", "voter_sheet", "voter_row", "weight", "probability", "reasons",
)  # fmt: skip
# One sentence or word for a code: say("action", code) -> text in the reader's language.
Say = Callable[[str, str], str]


def write_result(folder: Path, result: Result, summary: Mapping[str, Any], say: Say) -> None:
    """Write the three files, all or none: each is finished beside its place before any is moved there."""
    folder.mkdir(parents=True, exist_ok=True)
    ready = [folder / f".{name}.part" for name in ("people.csv", "candidates.csv", "summary.json")]
    try:
        _write_rows(ready[0], PEOPLE, people_rows(result, say))
        _write_rows(ready[1], CANDIDATES, candidate_rows(result))
        ready[2].write_text(json.dumps(summary, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        for part in ready:
            part.replace(part.with_name(part.name[1 : -len(".part")]))
    finally:
        for part in ready:
            part.unlink(missing_ok=True)


def _write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)


def _plain(value: Any) -> Any:
    """No cell of ours may start a formula in a spreadsheet or end a row early; nothing stands for nothing."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    # A carriage return alone is not quoted by the writer, yet ends the row for most readers.
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\n")) else text


class Places:
    """Where rows of a table stand, as the office sees them."""

    def __init__(self, table: pa.Table) -> None:
        self.columns = tuple(table[name] for name in ("source_file", "sheet", "row"))

    def of(self, row: int) -> tuple[str, str, int]:
        file, sheet, number = (column[row].as_py() for column in self.columns)
        return file, sheet, number

    def named(self, row: int | None, prefix: str = "", first: str = "source_file") -> dict[str, Any]:
        names = (first, f"{prefix}sheet", f"{prefix}row")
        return dict(zip(names, ("", "", "") if row is None else self.of(row), strict=True))


def people_rows(result: Result, say: Say) -> Iterable[dict[str, Any]]:
    """Yield one row for each register row, in the register's order."""
    held, roll = Places(result.held), Places(result.roll)
    names = result.held["name_raw"].to_pylist()
    for person in result.people:
        found, decided = person.match, person.decided
        yield {
            **held.named(person.held),
            "name": names[person.held],
            "match_status": found.status.value,
            **roll.named(found.chosen, "voter_", "voter_file"),
            "probability": f"{found.probability:.6f}",
            "category": decided.category.value if decided.category else "",
            "outcome": decided.outcome.value,
            "provisional": "yes" if decided.provisional else "",
            "ballots": "?" if decided.ballots is None else ";".join(decided.ballots),
            "next_action": say("action", decided.action),
            "actor": say("actor", decided.actor),
            "due": decided.due.isoformat() if decided.due else "",
            "discrepancies": ";".join(found.code for found in decided.discrepancies),
            "cautions": ";".join(caution.value for caution in found.cautions),
            "notes": ";".join(decided.notes),
            "same_person": ";".join("|".join(map(str, held.of(other))) for other in found.same_as),
        }


def candidate_rows(result: Result) -> Iterable[dict[str, Any]]:
    """Yield up to five rows for each register row, best first; weights in bits, reasons adding up to them."""
    held, roll = Places(result.held), Places(result.roll)
    for person in result.people:
        for place, candidate in enumerate(person.match.candidates, start=1):
            reasons = (f"{r.field}={r.level}({bits(r.weight):+})" for r in candidate.reasons)
            yield {
                **held.named(person.held),
                "rank": place,
                **roll.named(candidate.voter, "voter_", "voter_file"),
                "weight": bits(candidate.weight),
                "probability": f"{candidate.probability:.6f}",
                "reasons": "; ".join(reasons),
            }


def bits(thousandths: int) -> Decimal:
    """Return a weight in bits, exactly: 12345 -> 12.345. A number: its minus sign starts no formula."""
    return Decimal(thousandths).scaleb(-3)


def summarise(result: Result, files: Sequence[ReadResult]) -> dict[str, Any]:
    """Return the sums of a run; each block adds up to the people or to the rows of its file."""
    left = Places(result.roll)
    outcomes = Counter(person.decided.outcome for person in result.people)
    return {
        "register_rows": len(result.people),
        "people": _count_people(result.people),
        "outcomes": {outcome.value: outcomes.get(outcome, 0) for outcome in Outcome if outcome is not Outcome.LEFT},
        "provisional": sum(person.decided.provisional for person in result.people),
        "match_status": {
            status.value: sum(person.match.status is status for person in result.people) for status in MatchStatus
        },
        "ballots": _ballots(result.people),
        "left": [left.named(row, "voter_", "voter_file") for row in result.left],
        "voter_rows": result.roll.num_rows,
        "voters": result.voters,
        "expected_on_roll": round(result.expected, 1),
        "matching": report_of(result.report),
        "regencies": sorted(result.regencies),
        "files": [_file(read) for read in files],
    }


def report_of(report: Report) -> dict[str, Any]:
    """Return how far the matching can be trusted, with the options and what was learnt; false matches by threshold."""
    return {
        "share_on_roll": round(report.share, 4),
        "few_on_roll": report.few,
        "decoys": report.decoys,
        "automatic_from": report.automatic,
        "thresholds": [
            {
                "probability": one.probability,
                "matches": one.matches,
                "false_stated": round(one.stated, 2),
                "false_by_decoys": None if one.by_decoys is None else round(one.by_decoys, 2),
            }
            for one in report.thresholds
        ],
        "learnt_from": round(report.pairs, 1),
        "options": report.learnt.to_dict(),
    }


def _count_people(people: Sequence[Person]) -> int:
    """Count people once, however many register rows they have."""
    return sum(all(other > person.held for other in person.match.same_as) for person in people)


def _ballots(people: Sequence[Person]) -> dict[str, int]:
    """Count ballots needed here by type, people once; "?" are people whose home is not known."""
    once = [person for person in people if all(other > person.held for other in person.match.same_as)]
    voting = [person.decided.ballots for person in once if person.decided.category is not None]
    counted = Counter(ballot for ballots in voting for ballot in (ballots if ballots is not None else ("?",)))
    return dict(sorted(counted.items()))


def _file(read: ReadResult) -> dict[str, Any]:
    return {
        "file": read.file, "kind": read.kind.value, "stage": read.stage, "rows": read.rows, "records": read.records,
        "rejected": read.rejected, "skipped": read.skipped,
        "problems": dict(sorted(Counter(problem.code.value for problem in read.problems).items())),
    }  # fmt: skip
