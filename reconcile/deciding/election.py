"""Reads an election's definition from its file or from stored JSON, and says all that is wrong with it."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from reconcile.deciding.constituencies import TABLED
from reconcile.deciding.election_building import build_election
from reconcile.deciding.election_parts import Election, Point, RemarkCode, RemarkEffect
from reconcile.deciding.fields import Fault, FaultCode, Fields, listed

__all__ = [
    "Election",
    "ElectionFault",
    "election_codes",
    "election_from_dict",
    "election_from_text",
    "example_codes",
    "load_election",
]

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "elections"
EXAMPLES = FOLDER / "examples"


class ElectionFault(Exception):
    """A definition that cannot be used. `faults` are all that was found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{one.path}: {one.code} {one.detail}".rstrip() for one in self.faults))


def election_codes() -> tuple[str, ...]:
    """Return the codes of the elections that come with the program, by voting day."""
    return _codes_in(FOLDER)


def example_codes() -> tuple[str, ...]:
    """Return the codes of the made-up elections that come along: their rules are unknown or were not read."""
    return _codes_in(EXAMPLES)


def _codes_in(folder: Path) -> tuple[str, ...]:
    elections = [load_election(path.stem) for path in sorted(folder.glob("*.toml"))]
    return tuple(election.code for election in sorted(elections, key=lambda one: one.voting_day))


@cache
def load_election(code: str) -> Election:
    """Read an election or example that comes with the program. Raises ElectionFault, also where there is none."""
    paths = [folder / f"{code}.toml" for folder in (FOLDER, EXAMPLES)]
    path = next((path for path in paths if re.fullmatch(r"[a-z0-9_-]+", code) and path.is_file()), None)
    if path is None:
        raise ElectionFault([Fault("code", FaultCode.NO_SUCH_ELECTION, code)])
    return election_from_text(path.read_text(encoding="utf-8"))


def election_from_text(text: str) -> Election:
    """Return the election a definition written as TOML describes. Raises ElectionFault with every fault found."""
    try:
        definition = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ElectionFault([Fault("", FaultCode.NOT_TOML, str(error))]) from error
    return election_from_dict(definition)


def election_from_dict(definition: dict[str, Any]) -> Election:
    """Return the election a definition describes. Raises ElectionFault with every fault found."""
    faults: list[Fault] = []
    fields = Fields(definition, "", faults)
    election = build_election(fields)
    # Parts that could not be read at all would be complained of twice.
    if not faults:
        _check_settings(election, fields)
        _check_references(election, fields)
        _check_reasons(election, fields)
        _check_remarks(election, fields)
    if faults:
        raise ElectionFault(faults)
    return election


def _check_settings(election: Election, f: Fields) -> None:
    if election.opens >= election.closes:
        f.fault("closes", FaultCode.WRONG_ORDER)
    if election.time_zone not in available_timezones():
        f.fault("time_zone", FaultCode.NO_SUCH_ZONE, election.time_zone)
    if election.reserve.numerator > election.reserve.denominator:
        f.fault("reserve.numerator", FaultCode.TOO_LARGE, str(election.reserve.denominator))
    if election.lending.numerator > election.lending.denominator:
        f.fault("lending.numerator", FaultCode.TOO_LARGE, str(election.lending.denominator))
    if election.max_voters.per_tps > election.max_voters.by_law:
        f.fault("max_voters.per_tps", FaultCode.TOO_LARGE, str(election.max_voters.by_law))


def _check_references(election: Election, f: Fields) -> None:
    for part in ("deadlines", "reasons", "ballots", "stages", "disabilities", "marital", "ektp", "doubts"):
        doubled = [code for code, n in Counter(entry.code for entry in getattr(election, part)).items() if n > 1]
        if doubled:
            f.fault(part, FaultCode.TWICE, listed(doubled))
    for i, ballot in enumerate(election.ballots):
        if ballot.constituency in TABLED and not election.districts.tables.get(ballot.constituency):
            f.fault(f"ballots[{i}].constituency", FaultCode.NO_DISTRICTS, ballot.constituency)


def _check_reasons(election: Election, f: Fields) -> None:
    reasons = [reason.code for reason in election.reasons]
    for i, deadline in enumerate(election.deadlines):
        unknown = [code for code in deadline.reasons if code not in reasons]
        if unknown:
            f.fault(f"deadlines[{i}].reasons", FaultCode.NO_SUCH_REASON, listed(unknown))
    if election.detainee_reason not in reasons:
        f.fault("detainee_reason", FaultCode.NO_SUCH_REASON, listed([election.detainee_reason]))
    for i, reason in enumerate(election.reasons):
        if not any(reason.code in deadline.reasons for deadline in election.deadlines):
            f.fault(f"reasons[{i}].code", FaultCode.NO_DEADLINE, reason.code)


def _check_remarks(election: Election, f: Fields) -> None:
    stages = {stage.code for stage in election.stages}
    for i, remark in enumerate(election.remarks):
        unknown = [stage for stage in remark.stages if stage not in stages]
        if unknown:
            f.fault(f"remarks[{i}].stages", FaultCode.NO_SUCH_STAGE, listed(unknown))
        if (remark.effect is RemarkEffect.BARRED) != bool(remark.point):
            f.fault(f"remarks[{i}].point", FaultCode.NO_POINT)
        if not remark.code and not remark.words:
            f.fault(f"remarks[{i}].words", FaultCode.EMPTY)
        _check_overlap(election.remarks[:i], remark, f"remarks[{i}]", f)
    said = {remark.point for remark in election.remarks}
    missing = [point for point in Point if point not in said]
    if missing:
        f.fault("remarks", FaultCode.NO_REMARK, listed(missing))


def _check_overlap(earlier: Sequence[RemarkCode], remark: RemarkCode, path: str, f: Fields) -> None:
    """Refuse a code or word that means something else at the same stage; at another stage it may (domain 4.3)."""
    for other in earlier:
        shared = [stage for stage in remark.stages if stage in other.stages]
        if shared and remark.code and remark.code == other.code:
            f.fault(f"{path}.code", FaultCode.OVERLAP, f"{remark.code} ({', '.join(shared)})")
        words = [word for word in remark.words if shared and word in other.words]
        if words:
            f.fault(f"{path}.words", FaultCode.OVERLAP, f"{', '.join(words)} ({', '.join(shared)})")
