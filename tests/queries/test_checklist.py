"""What stands between a place's list and its being sent: rows are counted where they were written."""

from typing import Any

import pytest
from views.office import Office, make_office

from reconcile.models import Place
from reconcile.queries.checklist import checklist_of_draft
from reconcile.queries.versions import draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(election: Any, rutan: Any, polres: Any, officers: Any) -> Office:
    return make_office(election, rutan, polres, officers["admin"])


def lacking(office: Office, place: Place, code: str) -> int:
    checks = checklist_of_draft(place, office.run, draft_of(place, office.run)).checks
    return next(one.lacking for one in checks if one.code == code)


def test_somebody_who_will_be_elsewhere_is_lost_in_neither_place(office: Office) -> None:
    moved = office.people["letter"]
    moved.place = office.polres
    moved.save()
    for place in (office.rutan, office.polres):
        assert lacking(office, place, "rows") == lacking(office, place, "outcomes") == 0


def test_a_row_that_became_nobody_is_missed(office: Office) -> None:
    office.people["letter"].delete()
    assert lacking(office, office.rutan, "rows") == 1
    assert lacking(office, office.polres, "rows") == 0
