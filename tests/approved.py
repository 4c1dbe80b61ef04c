"""Versions as the actions make them, for tests that begin with one."""

from typing import Any

from conftest import PASSWORD
from django.contrib.auth.models import Group
from django.utils import timezone
from doubts import Doubts

from reconcile.actions import approval, sending
from reconcile.models import HandKind, MatchRun, Officer, Place, StoredRow, StoredVersion, VersionHand, VersionStatus
from reconcile.queries.versions import draft_of, facts_of
from reconcile.versions import ListVersion


def stored_from(version: ListVersion, place: Place, run: MatchRun, by: Officer) -> StoredVersion:
    made = StoredVersion.objects.create(
        place=place, run=run, number=version.number, head=version.head, mark=version.mark, sent_by=by
    )
    StoredRow.objects.bulk_create(
        StoredRow(version=made, number=row.number, person_id=row.person, nik=row.nik, nkk=row.nkk, facts=facts_of(row))
        for row in version.rows
    )
    return made


def approved(run: MatchRun, place: Place, officers: dict[str, Officer]) -> StoredVersion:
    """Return a version of the run's answers that the commissioner has approved."""
    made = stored_from(draft_of(place, run), place, run, officers["kpps"])
    made.approval = VersionHand.objects.create(version=made, officer=officers["commissioner"], kind=HandKind.APPROVED)
    made.status, made.approved_at = VersionStatus.APPROVED, timezone.now()
    made.save()
    return made


def add_siti(doubts: Doubts) -> None:
    """Add somebody about whom nobody asks: votes here."""
    voter = doubts.voter("SITI", tps="901")
    doubts.person("SITI", (voter, 0.99), outcome="fixed_here", provisional=False, match_status="auto",
                  category="fixed", action="count_ballots", actor="kpps", due=None)  # fmt: skip
    doubts.settle_rows()


def sent(doubts: Doubts, by: Officer) -> StoredVersion:
    return sending.send_version(place=doubts.place, mark=draft_of(doubts.place, doubts.run).mark, by=by)


def approve(stored: StoredVersion, by: Officer, **changes: Any) -> None:
    approval.approve(**{"stored": stored, "mark": stored.mark, "password": PASSWORD, "by": by, **changes})


def become_commissioner(officer: Officer) -> Officer:
    """Let somebody change roles: the account keeps its past."""
    group, _made = Group.objects.get_or_create(name="commissioner")
    officer.groups.set([group])
    Officer.objects.filter(pk=officer.pk).update(place=None)
    return Officer.objects.get(pk=officer.pk)
