"""An approval that lapses: what was approved is not what the live answers say any more, or may not be.

Every action that changes answers or lists asks here, in its own transaction. What is only sent does not lapse: it
cannot be approved as long as it differs.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from reconcile.actions.audit import record
from reconcile.actions.handing import hand_back, move
from reconcile.models import (
    OPEN_CASES,
    Case,
    CaseStatus,
    MatchRun,
    Officer,
    PersonOutcome,
    Place,
    RunStatus,
    StoredVersion,
    Upload,
    VersionEnd,
    VersionStatus,
)
from reconcile.queries.versions import draft_of


def approved_in(election: int) -> QuerySet[StoredVersion]:
    """Return the approved versions of an election, at most one a place."""
    found = StoredVersion.objects.filter(place__election=election, status=VersionStatus.APPROVED)
    return found.select_related("place__election").order_by("pk")


def lapse(place: Place, end: VersionEnd, *, by: Officer | None) -> None:
    """Let the approved version of a place lapse, if there is one; its cases are the officers' again."""
    for stored in StoredVersion.objects.filter(place=place, status=VersionStatus.APPROVED):
        move(stored, to=VersionStatus.LAPSED, by=by, end=end)
        cases = hand_back(place, {CaseStatus.APPROVED})
        record(
            "lapsing.lapse", by=by, election=place.election, subject=stored, number=stored.number, end=end.value,
            cases=cases,
        )  # fmt: skip


def lapse_changed(run: MatchRun, places: Collection[int] | None = None, *, end: VersionEnd = VersionEnd.RUN,
                  by: Officer | None = None) -> None:  # fmt: skip
    """Let those approvals lapse that the answers of the newest run do not bear out any more."""
    found = approved_in(run.election_id)
    for stored in found if places is None else found.filter(place__in=places):
        is_open = Case.objects.filter(place=stored.place, run=run, status__in=OPEN_CASES).exists()
        if is_open or draft_of(stored.place, run, stored.number).mark != stored.mark:
            lapse(stored.place, end, by=by)


def lapse_touched(run: MatchRun, persons: Collection[int], left: Collection[int] = (), *, by: Officer | None) -> None:
    """Look at the approvals of the places where these people will be, once a decision has changed their answers.

    `left`: the places where they would have been before.
    """
    if run.status == RunStatus.READY and approved_in(run.election_id).exists():
        held = PersonOutcome.objects.filter(run=run, person__in=persons)
        places = {*left, *held.values_list("place", flat=True).order_by().distinct()}
        lapse_changed(run, places, end=VersionEnd.DECISION, by=by)


def lapse_resting_on(upload: Upload) -> None:
    """Let the approvals lapse whose lists an upload has replaced: a register's place, or all of a roll's election."""
    registers = [one.place_id for one in upload.lists.all() if one.is_register]
    has_roll = any(not one.is_register for one in upload.lists.all())
    for stored in approved_in(upload.election_id):
        if has_roll or stored.place_id in registers:
            lapse(stored.place, VersionEnd.UPLOAD, by=upload.by)
