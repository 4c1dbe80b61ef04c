"""The commissioner's two verbs: approve a version that was sent, or send it back."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reconcile import access
from reconcile.access import Deed
from reconcile.actions.asking import confirm_password
from reconcile.actions.audit import record
from reconcile.actions.cases import line_up
from reconcile.actions.errors import ActionRefused, store_or_refuse
from reconcile.actions.handing import NOT_NOW, hand_back, hand_on, move
from reconcile.actions.reopening import reopen_for
from reconcile.actions.sending import require_deed
from reconcile.models import (
    Case,
    CaseStatus,
    HandKind,
    MatchRun,
    Officer,
    StoredVersion,
    VersionHand,
    VersionStatus,
)
from reconcile.queries.checklist import Checklist, checklist_of
from reconcile.queries.hands import hands_of
from reconcile.queries.versions import version_of
from reconcile.versions import ListVersion

ALTERED = _("The rows of this version were altered in the database. It is not shown, printed or approved any more.")
OWN_HAND = _("You decided a case of this list, uploaded a file for it or sent it. Another commissioner must approve.")


def approve(*, stored: StoredVersion, mark: str, password: str, by: Officer) -> None:
    """Approve exactly the rows the page showed: `mark` is their fingerprint.

    Refused: "no_right", "too_many_tries", "wrong_password", "not_now", "altered" (rows changed in the database),
    "own_hand" (the approver has decided in it or uploaded its files), "stale" (the live answers are others now),
    "lacking" (the checklist is not green).
    """
    require_deed(by, Deed.APPROVE, stored.place_id)
    confirm_password(by=by, password=password)
    with transaction.atomic():
        _approve(stored, mark, by)


def _approve(stored: StoredVersion, mark: str, by: Officer) -> None:
    line_up(stored.place.election_id)
    stored.refresh_from_db()
    version = version_of(stored)
    run = _check(stored, version, mark, by)
    hand = _lay_hand_on(stored, by)
    for one in StoredVersion.objects.filter(place=stored.place, status=VersionStatus.APPROVED):
        move(one, to=VersionStatus.SUPERSEDED, by=by)
    move(stored, to=VersionStatus.APPROVED, by=by, approval=hand, approved_at=timezone.now())
    mine = Case.objects.filter(place=stored.place, run=run, status=CaseStatus.SENT)
    record(
        "approval.approve", by=by, election=stored.place.election, subject=stored, number=stored.number,
        rows=len(version.rows), cases=hand_on(mine, CaseStatus.APPROVED), mark=stored.mark,
    )  # fmt: skip


def _check(stored: StoredVersion, version: ListVersion, mark: str, by: Officer) -> MatchRun:
    run = access.newest_run(stored.place.election)
    if stored.status != VersionStatus.SENT or run is None:
        raise ActionRefused("not_now", NOT_NOW)
    if not version.is_whole:
        raise ActionRefused("altered", ALTERED)
    if has_a_hand(stored, by, run):
        raise ActionRefused("own_hand", OWN_HAND)
    found = checklist_of(stored, version, run)
    _refuse_stale(found, mark == stored.mark)
    if found.lacks:
        raise ActionRefused("lacking", _("The list cannot be approved yet: %(lacks)s."), lacks=found.lacks)
    return run


def has_a_hand(stored: StoredVersion, by: Officer, run: MatchRun) -> bool:
    """Say whether this officer has decided in the version, uploaded its files or sent it: then or since."""
    return stored.hands.filter(officer=by).exists() or by.pk in hands_of(stored.place, run)


def _refuse_stale(found: Checklist, is_shown: bool) -> None:
    changed = next((one.lacking for one in found.checks if one.code == "unchanged"), 0)
    if changed or not is_shown:
        n = max(changed, 1)
        sentence = ngettext(
            "The list has changed since you opened this page (%(n)s row). Look at it again.",
            "The list has changed since you opened this page (%(n)s rows). Look at it again.",
            n,
        )
        raise ActionRefused("stale", sentence, n=number_format(n, use_l10n=True, force_grouping=True))


def _lay_hand_on(stored: StoredVersion, by: Officer) -> VersionHand:
    """Enter the approver. The database refuses whoever had a hand in the version, and a second approver."""
    with store_or_refuse("own_hand", OWN_HAND):
        return VersionHand.objects.create(version=stored, officer=by, kind=HandKind.APPROVED)


@transaction.atomic
def send_back(*, stored: StoredVersion, reason: str, persons: Collection[int], by: Officer) -> None:
    """Give a version back to its officers, with the reason and the people to look at again.

    Refused: "no_right", "not_now", "no_reason".
    """
    require_deed(by, Deed.APPROVE, stored.place_id)
    if not reason.strip():
        raise ActionRefused("no_reason", _("Write why the list goes back; its officers read it."))
    line_up(stored.place.election_id)
    stored.refresh_from_db()
    move(stored, to=VersionStatus.RETURNED, by=by, reason=reason.strip())
    cases = hand_back(stored.place)
    opened = [reopen_for(stored, person, by) for person in sorted(set(persons))]
    record(
        "approval.send_back", by=by, election=stored.place.election, subject=stored, number=stored.number,
        cases=cases, reopened=sum(opened),
    )  # fmt: skip
