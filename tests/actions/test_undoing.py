"""An applied upload taken back: what counted before counts again, and no decision is lost."""

from typing import Any

import pytest
from approved import approved
from django.utils import timezone
from office_files import PEOPLE, roll_text, rutan_book
from refusals import refused
from walking import applied, the_list

from reconcile.actions import links, runs
from reconcile.actions.undoing import undo_upload
from reconcile.models import (
    AuditEntry,
    HeldEntry,
    HeldPerson,
    ListStatus,
    MatchRun,
    PersonLink,
    RunStatus,
    SourceList,
    StoredVersion,
    UploadStatus,
    Verdict,
    Voter,
)
from reconcile.queries.undo import preview

pytestmark = pytest.mark.django_db

LATER = "8 NOVEMBER 2024"


def test_a_replaced_roll_counts_again(election: Any, officers: Any) -> None:
    by = officers["admin"]
    first = the_list(applied(election, by, roll_text()))
    second = applied(election, by, roll_text(PEOPLE[:-1]), replaces=[first])
    shown = preview(second)
    assert (shown.refusals, shown.rows, shown.rows_back, shown.gone) == ((), len(PEOPLE) - 1, len(PEOPLE), 1)
    undo_upload(upload=second, by=by)
    assert (second.status, second.undone_by, the_list(second).status) == (
        UploadStatus.UNDONE, by, ListStatus.WITHDRAWN,
    )  # fmt: skip
    assert SourceList.objects.current() == [first]
    assert Voter.objects.count() == 2 * len(PEOPLE) - 1  # no row is deleted
    entry = AuditEntry.objects.get(what="undoing.undo_upload")
    assert entry.facts == {"lists": [the_list(second).pk], "rows": len(PEOPLE) - 1, "back": 1, "decisions_kept": 0}


def test_the_register_before_counts_again(election: Any, officers: Any, rutan: Any) -> None:
    by = officers["admin"]
    first = applied(election, by, rutan_book())
    second = applied(election, by, rutan_book(PEOPLE[1:], LATER), other=officers["admin2"])
    undo_upload(upload=second, by=by)
    assert SourceList.objects.current() == [the_list(first)]


def test_decisions_stay_with_the_person_and_wait_for_the_next_list(election: Any, officers: Any, rutan: Any) -> None:
    by, kpps = officers["admin"], officers["kpps"]
    first = applied(election, by, rutan_book(PEOPLE[:1]))
    second = applied(election, by, rutan_book(PEOPLE[1:2], LATER))
    known = HeldEntry.objects.get(source_list__upload=first).person
    entry = HeldEntry.objects.get(source_list__upload=second)
    doubt = PersonLink.objects.create(entry=entry, person=known, probability=0.7)
    links.settle_link(link=doubt, verdict=Verdict.SAME, by=kpps)
    shown = preview(second)
    assert [(kept.name, kept.verdict, kept.by) for kept in shown.kept] == [(PEOPLE[1][0], "same", "Kpps")]
    undo_upload(upload=second, by=by)
    doubt.refresh_from_db()
    assert (doubt.verdict, doubt.by) == (Verdict.SAME, kpps)
    third = applied(election, by, rutan_book(PEOPLE[1:2], "9 NOVEMBER 2024"))
    assert HeldEntry.objects.get(source_list__upload=third).person == known
    assert HeldPerson.objects.count() == 2


def test_what_a_later_upload_builds_on_stays(election: Any, officers: Any) -> None:
    by = officers["admin"]
    first = applied(election, by, roll_text())
    second = applied(election, by, roll_text(PEOPLE[:-1]), replaces=[the_list(first)])
    with refused("not_possible"):
        undo_upload(upload=first, by=by)
    undo_upload(upload=second, by=by)
    undo_upload(upload=first, by=by)
    assert SourceList.objects.current() == []


def finished_run(election: Any, by: Any) -> MatchRun:
    run = runs.execute_run(run=runs.queue_run(election=election, by=by, in_background=False))
    assert run.status == RunStatus.READY
    return run


def test_a_comparison_stays_readable_and_an_approved_one_forbids(election: Any, officers: Any, rutan: Any) -> None:
    by = officers["admin"]
    made = applied(election, by, roll_text(), rutan_book())
    run = finished_run(election, by)
    assert set(run.lists.all()) == set(made.lists.all())
    assert preview(made).runs == 1
    approved(run, rutan, officers)
    with refused("not_possible") as refusal:
        undo_upload(upload=made, by=by)
    assert str(timezone.localdate().year) in str(refusal.value)
    StoredVersion.objects.update(status="superseded")
    undo_upload(upload=made, by=by)
    assert run.outcomes.count() == len(PEOPLE)


def test_not_while_a_comparison_runs(election: Any, officers: Any) -> None:
    by = officers["admin"]
    made = applied(election, by, roll_text())
    run = runs.queue_run(election=election, by=by, in_background=False)
    MatchRun.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING)
    with refused("not_possible"):
        undo_upload(upload=made, by=by)


def test_once_only(election: Any, officers: Any) -> None:
    by = officers["admin"]
    made = applied(election, by, roll_text())
    undo_upload(upload=made, by=by)
    with refused("not_possible"):
        undo_upload(upload=made, by=by)
    assert AuditEntry.objects.filter(what="undoing.undo_upload").count() == 1
