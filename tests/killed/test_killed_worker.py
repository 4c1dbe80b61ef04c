"""A worker killed (SIGKILL) in the middle: another one finishes, and nothing is lost or doubled."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db.models import Count
from office_files import PEOPLE, roll_text, rutan_book
from walking import checked, recognised

from reconcile.actions import recognising, uploads
from reconcile.actions.applying import ROWS_A_PART
from reconcile.actions.columns import path_of
from reconcile.models import (
    AuditEntry,
    HeldEntry,
    HeldPerson,
    ListProblem,
    SourceList,
    Upload,
    UploadStatus,
    Voter,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

VOTERS = ROWS_A_PART + 15_000  # the rows of a roll are stored in two parts
HELD = 2_000
Begin = Callable[..., Any]


def people(n: int, first: date) -> Iterator[tuple[str, date, int]]:
    """Yield made-up people, each with a NIK of their own."""
    names = [name for name, _, _ in PEOPLE]
    pairs = [f"{one} {other}" for one, other in product(names, names)]
    for number in range(n):
        born = first + timedelta(days=number // 1000)
        yield pairs[number % len(pairs)], born, 9000 + number % 1000


def files() -> tuple[bytes, bytes]:
    """Return a roll, and a register in which one NIK is too short."""
    held = [("WAGIYO", date(1999, 1, 1), 9), *people(HELD - 1, date(1985, 1, 1))]
    return roll_text(people(VOTERS, date(1940, 1, 1))), rutan_book(held)


def stands(made: Upload) -> str:
    made.refresh_from_db()
    return made.status


def assert_counts_once(made: Upload) -> None:
    """Every row once, every file once, and the sums of the log are those of the rows."""
    roll, register = made.lists.order_by("pk")
    assert (roll.records, roll.rows, register.records) == (VOTERS, VOTERS + 1, HELD)
    lines = Voter.objects.filter(source_list=roll).aggregate(rows=Count("pk"), lines=Count("line", distinct=True))
    assert lines == {"rows": VOTERS, "lines": VOTERS}
    assert (Voter.objects.count(), HeldEntry.objects.count(), HeldPerson.objects.count()) == (VOTERS, HELD, HELD)
    assert HeldEntry.objects.aggregate(n=Count("line", distinct=True)) == {"n": HELD}
    assert {one.pk for one in SourceList.objects.current()} == {roll.pk, register.pk}
    told = AuditEntry.objects.filter(what="applying.apply_upload").get()
    assert told.facts["new"] == VOTERS + HELD


def test_in_the_middle_of_a_check(
    election: Any, officers: Any, rutan: Any, worker: Begin, let_the_lease_end: Callable[[], None]
) -> None:
    by = officers["admin"]
    made = recognised(election, by, *files())
    recognising.confirm_recognition(upload=made, told={}, by=by)

    roll = made.lists.order_by("pk")[0]
    worker().kill_when(path_of(roll).exists)  # one list is read and put aside, the other is on its way
    assert (stands(made), ListProblem.objects.count()) == (UploadStatus.CHECKING, 0)
    assert not AuditEntry.objects.filter(what="checking.check_upload").exists()
    worker("--batch").finish()
    assert stands(made) == UploadStatus.CHECKING  # whoever is silent for a moment only is not taken for dead

    let_the_lease_end()
    worker("--batch").finish()
    assert (stands(made), made.attempt) == (UploadStatus.CHECKED, 3)
    told = AuditEntry.objects.filter(what="checking.check_upload").get()
    assert (told.facts["rows"], told.facts["new"]) == (sum(one.rows for one in made.lists.all()), VOTERS + HELD)
    assert list(ListProblem.objects.values_list("code", flat=True)) == ["nik_short"]
    assert [one.problem_counts for one in made.lists.order_by("pk")] == [{}, {"nik_short": 1}]
    assert not Voter.objects.exists()


def test_in_the_middle_of_an_apply(
    election: Any, officers: Any, rutan: Any, worker: Begin, let_the_lease_end: Callable[[], None]
) -> None:
    by = officers["admin"]
    made = checked(election, by, *files())
    uploads.apply(upload=made, fingerprint=made.fingerprint, by=by)

    worker().kill_when(lambda: Voter.objects.exists())  # the second part is on its way
    assert (stands(made), Voter.objects.count()) == (UploadStatus.APPLYING, ROWS_A_PART)
    assert not SourceList.objects.current()

    let_the_lease_end()
    worker().kill_when(lambda: Voter.objects.count() == VOTERS)  # the registers and what counts are on their way
    assert (stands(made), HeldEntry.objects.count()) == (UploadStatus.APPLYING, 0)
    assert not SourceList.objects.current()

    let_the_lease_end()
    worker("--batch").finish()
    assert stands(made) == UploadStatus.APPLIED
    assert_counts_once(made)
