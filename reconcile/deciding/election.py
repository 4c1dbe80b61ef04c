"""Reads an election's definition from its file or from stored JSON, and says all that is wrong with it."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from reconcile.deciding.constituencies import TABLED, has_districts
from reconcile.deciding.election_building import build_election
from reconcile.deciding.election_parts import Election, RemarkEffect, SecondOfficer
from reconcile.deciding.fields import Fault, FaultCode, Fields
from reconcile.records import Marital

__all__ = ["Election", "ElectionFault", "election_codes", "election_from_dict", "load_election"]

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "elections"


class ElectionFault(Exception):
    """A definition that cannot be used. `faults` are all that was found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{fault.path}: {fault.code}" for fault in self.faults))


def election_codes() -> tuple[str, ...]:
    """Return the codes of the elections that come with the program, by voting day."""
    elections = [load_election(path.stem) for path in sorted(FOLDER.glob("*.toml"))]
    return tuple(election.code for election in sorted(elections, key=lambda one: one.voting_day))


@cache
def load_election(code: str) -> Election:
    """Read an election that comes with the program. Raises ElectionFault, also where there is none."""
    path = FOLDER / f"{code}.toml"
    if not re.fullmatch(r"[a-z0-9_-]+", code) or not path.is_file():
        raise ElectionFault([Fault("code", FaultCode.NO_SUCH_ELECTION)])
    with path.open("rb") as file:
        return election_from_dict(tomllib.load(file))


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
        f.fault("time_zone", FaultCode.NO_SUCH_ZONE)
    if not set(election.adult_by_marriage) <= set(Marital):
        f.fault("adult_by_marriage", FaultCode.UNKNOWN_CHOICE)
    if not set(election.second_officer) <= set(SecondOfficer):
        f.fault("second_officer", FaultCode.UNKNOWN_CHOICE)
    if election.reserve.numerator > election.reserve.denominator:
        f.fault("reserve.numerator", FaultCode.TOO_LARGE)
    if election.lending.numerator > election.lending.denominator:
        f.fault("lending.numerator", FaultCode.TOO_LARGE)
    if election.max_voters.per_tps > election.max_voters.by_law:
        f.fault("max_voters.per_tps", FaultCode.TOO_LARGE)


def _check_references(election: Election, f: Fields) -> None:
    for part in ("deadlines", "reasons", "ballots", "stages", "disabilities", "marital", "ektp", "doubts"):
        _check_once(part, [entry.code for entry in getattr(election, part)], f)
    for i, ballot in enumerate(election.ballots):
        if ballot.constituency in TABLED and not has_districts(election.districts, ballot.constituency):
            f.fault(f"ballots[{i}].constituency", FaultCode.NO_DISTRICTS)


def _check_reasons(election: Election, f: Fields) -> None:
    reasons = {reason.code for reason in election.reasons}
    for i, deadline in enumerate(election.deadlines):
        if not reasons.issuperset(deadline.reasons):
            f.fault(f"deadlines[{i}].reasons", FaultCode.NO_SUCH_REASON)
    if election.detainee_reason not in reasons:
        f.fault("detainee_reason", FaultCode.NO_SUCH_REASON)
    for i, reason in enumerate(election.reasons):
        if not any(reason.code in deadline.reasons for deadline in election.deadlines):
            f.fault(f"reasons[{i}].code", FaultCode.NO_DEADLINE)


def _check_remarks(election: Election, f: Fields) -> None:
    _check_once("remarks", [remark.code for remark in election.remarks if remark.code], f)
    stages = {stage.code for stage in election.stages}
    for i, remark in enumerate(election.remarks):
        if not stages.issuperset(remark.stages):
            f.fault(f"remarks[{i}].stages", FaultCode.NO_SUCH_STAGE)
        if (remark.effect is RemarkEffect.BARRED) != bool(remark.point):
            f.fault(f"remarks[{i}].point", FaultCode.NO_POINT)
        if not remark.code and not remark.words:
            f.fault(f"remarks[{i}].words", FaultCode.EMPTY)


def _check_once(part: str, codes: list[str], f: Fields) -> None:
    if any(count > 1 for count in Counter(codes).values()):
        f.fault(part, FaultCode.TWICE)
