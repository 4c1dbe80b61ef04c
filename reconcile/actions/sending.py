"""A list sent to the commissioner: what the live answers make of a place, stored row by row, and out of the officers'
hands from then on.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile import access
from reconcile.access import Deed
from reconcile.actions.audit import record
from reconcile.actions.cases import line_up
from reconcile.actions.errors import ActionRefused
from reconcile.actions.handing import hand_on, move
from reconcile.models import (
    CHANGEABLE,
    Case,
    CaseStatus,
    HandKind,
    MatchRun,
    Officer,
    Place,
    StoredRow,
    StoredVersion,
    VersionHand,
    VersionStatus,
)
from reconcile.queries.checklist import checklist_of_draft
from reconcile.queries.hands import hands_of
from reconcile.queries.versions import draft_of, facts_of
from reconcile.versions import ListVersion

ROWS_AT_ONCE = 1_000


def require_deed(by: Officer, deed: Deed, place: int) -> None:
    """Refuse ("no_right") whoever may not do this at the place, whatever a view has let through."""
    if not access.may(by, deed) or access.own_place(by) not in (None, place):
        raise ActionRefused("no_right", _("Your role does not do this, or the list belongs to another place."))


@transaction.atomic
def send_version(*, place: Place, mark: str, by: Officer) -> StoredVersion:
    """Store the list of a place as it stands and lay it before the commissioner. `mark`: of the rows the page showed.

    Refused: "no_right", "no_run", "lacking" (the checklist is not green), "stale" (the rows are others now).
    """
    require_deed(by, Deed.SEND_LIST, place.pk)
    line_up(place.election_id)
    run = access.newest_run(place.election)
    if run is None:
        raise ActionRefused("no_run", _("There is no finished comparison yet, and therefore no list."))
    draft = draft_of(place, run)
    if mark != draft.mark:
        sentence = _("The list has changed since you opened this page. Look at it again, then send it.")
        raise ActionRefused("stale", sentence)
    if lacks := checklist_of_draft(place, run, draft).lacks:
        raise ActionRefused("lacking", _("The list cannot be sent yet: %(lacks)s."), lacks=lacks)
    for one in StoredVersion.objects.filter(place=place, status=VersionStatus.SENT):
        move(one, to=VersionStatus.SUPERSEDED, by=by)
    stored = _store(draft, place, run, by)
    mine = Case.objects.filter(place=place, run=run, status__in=CHANGEABLE)
    n_cases = hand_on(mine, CaseStatus.SENT)
    record(
        "sending.send_version", by=by, election=place.election, subject=stored,
        number=stored.number, rows=len(draft.rows), cases=n_cases, mark=stored.mark,
    )  # fmt: skip
    return stored


def _store(draft: ListVersion, place: Place, run: MatchRun, by: Officer) -> StoredVersion:
    stored = StoredVersion.objects.create(
        place=place, run=run, number=draft.number, head=draft.head, mark=draft.mark, sent_by=by
    )
    rows = (
        StoredRow(
            version=stored, number=row.number, person_id=row.person, nik=row.nik, nkk=row.nkk, facts=facts_of(row)
        )
        for row in draft.rows
    )
    StoredRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    hands = {by.pk: HandKind.SENT} | hands_of(place, run)
    VersionHand.objects.bulk_create(
        VersionHand(version=stored, officer_id=officer, kind=kind) for officer, kind in sorted(hands.items())
    )
    return stored
