"""The right to vote as officers establish it: said with evidence, confirmed by a second officer where it takes a vote.

A finding prevails over every list and counts in every later comparison, until it is taken back.
"""

from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.cases import line_up, require_officer
from reconcile.actions.errors import ActionRefused, store_or_refuse
from reconcile.actions.evidence import keep_evidence
from reconcile.actions.saying import make_count
from reconcile.deciding.election_parts import Point, RemarkCode, SecondOfficer
from reconcile.models import (
    OPEN_FINDINGS,
    POINT_OF,
    Clearing,
    Finding,
    FindingStatus,
    Officer,
    PersonOutcome,
)
from reconcile.queries.findings import bars_of, is_stated, stage_of

MOVED_ON = _("This has changed since you opened the page. Here is how it stands.")


@transaction.atomic
def record_finding(*, outcome: PersonOutcome, what: str, note: str, file: "File[bytes] | None", by: Officer) -> Finding:
    """Establish one point of a person's right to vote. `what`: a `Clearing`, or a bar as `queries.findings` names it.

    Nobody is barred without a file, unless a register or roll states the bar; nobody is cleared without one at all.
    Refused: "no_right"; "faulty"; "no_evidence"; "open_already"; and what `keep_evidence` refuses.
    """
    require_officer(by, outcome.place_id)
    line_up(outcome.run.election_id)
    meaning = _meaning(outcome, what)
    if not note.strip():
        raise ActionRefused("faulty", _("Write the number and date of the paper, so that it can be found again."))
    stated = bool(meaning["bars"]) and is_stated(outcome, Point(meaning["point"]))
    if file is None and not stated:
        sentence = _("Attach the paper that proves it. Without one nobody is barred and no list is overruled.")
        raise ActionRefused("no_evidence", sentence)
    two = bool(meaning["bars"]) and SecondOfficer.INELIGIBLE in outcome.run.election.rules.second_officer
    finding = Finding(
        election_id=outcome.run.election_id, person_id=outcome.person_id, stage=stage_of(outcome.run),
        note=note.strip(), is_stated=stated, needs_second=two, by=by,
        status=FindingStatus.WAITING if two else FindingStatus.COUNTS, **meaning,
    )  # fmt: skip
    with store_or_refuse("open_already", _("Something is established on this point already. Take it back first.")):
        finding.save()
    record(
        "findings.record_finding", by=by, election=outcome.run.election, subject=finding, point=finding.point,
        bars=finding.bars, code=finding.code, stage=finding.stage, status=finding.status,
    )  # fmt: skip
    if file is not None:
        keep_evidence(finding=finding, file=file, note="", by=by)
    if not two:
        make_count(outcome, by)
    return finding


def _meaning(outcome: PersonOutcome, what: str) -> dict[str, Any]:
    if what in Clearing.values:
        return {"point": POINT_OF[Clearing(what)].value, "bars": False, "clearing": what}
    bar: RemarkCode | None = bars_of(outcome.run).get(what)
    if bar is None:
        raise ActionRefused("faulty", _("Choose from the list what is established."))
    return {"point": bar.point, "bars": True, "code": bar.code, "words": dict(bar.name)}


@transaction.atomic
def confirm_finding(*, finding: Finding, outcome: PersonOutcome, by: Officer) -> None:
    """Let a finding count that another officer recorded. Refused: "no_right", "own_answer", "changed"."""
    _second(finding, outcome, by, status=FindingStatus.COUNTS)
    make_count(outcome, by)
    record("findings.confirm_finding", by=by, election=outcome.run.election, subject=finding, point=finding.point)


@transaction.atomic
def refuse_finding(*, finding: Finding, outcome: PersonOutcome, note: str, by: Officer) -> None:
    """Say as the second officer that something is not proved. Refused as `confirm_finding`, and "faulty"."""
    if not note.strip():
        raise ActionRefused("faulty", _("Write why it is not proved, so that the first officer knows what is missing."))
    ended = {"ended": timezone.now(), "ended_by": by, "end_note": note.strip()}
    _second(finding, outcome, by, status=FindingStatus.REFUSED, **ended)
    record("findings.refuse_finding", by=by, election=outcome.run.election, subject=finding, point=finding.point)


def _second(finding: Finding, outcome: PersonOutcome, by: Officer, **changes: Any) -> None:
    require_officer(by, outcome.place_id)
    line_up(outcome.run.election_id)
    if finding.by_id == by.pk:
        raise ActionRefused("own_answer", _("You recorded this. Another officer must confirm or refuse it."))
    waiting = Finding.objects.filter(pk=finding.pk, status=FindingStatus.WAITING)
    if not waiting.update(second=by, seconded=timezone.now(), **changes):
        raise ActionRefused("changed", MOVED_ON)
    finding.refresh_from_db()


@transaction.atomic
def withdraw_finding(*, finding: Finding, outcome: PersonOutcome, note: str, by: Officer) -> None:
    """Take a finding back; the lists speak again, and the evidence stays where it is.

    Whoever recorded or confirmed it may. Refused: "no_right", "changed", "faulty".
    """
    require_officer(by, outcome.place_id)
    line_up(outcome.run.election_id)
    if by.pk not in (finding.by_id, finding.second_id):
        raise ActionRefused("no_right", _("Only an officer who recorded or confirmed this can take it back."))
    if not note.strip():
        raise ActionRefused("faulty", _("Write why it is taken back."))
    mine = Finding.objects.filter(pk=finding.pk, status__in=OPEN_FINDINGS)
    changes = {"ended": timezone.now(), "ended_by": by, "end_note": note.strip()}
    if not mine.update(status=FindingStatus.WITHDRAWN, **changes):
        raise ActionRefused("changed", MOVED_ON)
    finding.refresh_from_db()
    make_count(outcome, by)
    record("findings.withdraw_finding", by=by, election=outcome.run.election, subject=finding, point=finding.point)
