"""A place's list, made of live answers and as it is stored: nobody is left out, nothing is added."""

from dataclasses import replace
from typing import Any

import pytest
from approved import stored_from
from views.office import Office, make_office

from reconcile.models import LeftVoter, PersonOutcome, StoredRow
from reconcile.queries.versions import draft_of, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(election: Any, rutan: Any, polres: Any, officers: Any) -> Office:
    return make_office(election, rutan, polres, officers["admin"])


def test_everybody_of_the_place_and_who_has_left_stands_in_it_once(office: Office) -> None:
    draft = draft_of(office.rutan, office.run)
    held = PersonOutcome.objects.filter(run=office.run, place=office.rutan).values_list("person", flat=True)
    assert sorted(row.person for row in draft.rows if row.person) == sorted(held)
    assert [row.name for row in draft.rows if row.person is None] == ["SUDAH KELUAR"]
    assert [row.number for row in draft.rows] == list(range(1, len(draft.rows) + 1))
    assert [row.name for row in draft.rows] == sorted(row.name for row in draft.rows)


def test_who_has_left_a_shared_tps_stands_in_one_list(office: Office) -> None:
    rows = [row for place in (office.rutan, office.polres) for row in draft_of(place, office.run).rows]
    assert sum(row.person is None for row in rows) == LeftVoter.objects.count() == 1


def test_a_row_says_what_the_roll_says_and_else_the_register(office: Office) -> None:
    one = office.people["letter"]
    assert one.voter
    type(one.voter).objects.filter(pk=one.voter.pk).update(
        name="SUTRIMO ANDAYANI S", nkk="3316090000009001", address="", region_code="", ektp="recorded", marital=""
    )
    type(one.entry).objects.filter(pk=one.entry_id).update(
        alias="TRIMO", address="DK LAIN", region_code="331609", marital="married", nkk="3316090000009002"
    )
    row = next(row for row in draft_of(office.rutan, office.run).rows if row.person == one.person_id)
    assert (row.name, row.held_name, row.alias) == ("SUTRIMO ANDAYANI S", "SUTRIMO ANDAYANI", "TRIMO")
    assert (row.nkk, row.marital, row.ektp) == ("3316090000009001", "married", "recorded")
    assert (row.address, row.village, row.district, row.regency) == ("DK LAIN", "", "Blora", "KABUPATEN BLORA")
    assert (row.outcome, row.ballots, row.due) == ("needs_transfer", ("governor", "regent"), one.due)
    assert (row.roll_tps, row.roll_region) == ("004", "3316091015")


def test_what_is_stored_comes_back_as_it_was(office: Office, officers: Any) -> None:
    draft = draft_of(office.rutan, office.run)
    stored = stored_from(draft, office.rutan, office.run, officers["kpps"])
    back = version_of(stored)
    assert back == draft and back.is_whole
    assert draft_of(office.rutan, office.run).number == 2
    assert draft_of(office.rutan, office.run, number=1) == draft


ALTERED: list[dict[str, Any]] = [
    {"facts": {}}, {"facts": []}, {"nik": "9916090101909009"}, {"person": None}, {"number": 99},
]  # fmt: skip


@pytest.mark.parametrize("change", ALTERED)
def test_a_row_altered_in_the_database_is_noticed(change: dict[str, Any], office: Office, officers: Any) -> None:
    stored = stored_from(draft_of(office.rutan, office.run), office.rutan, office.run, officers["kpps"])
    StoredRow.objects.filter(version=stored, number=1).update(**change)
    assert not version_of(stored).is_whole


def test_every_fact_of_a_row_is_noticed(office: Office, officers: Any) -> None:
    stored = stored_from(draft_of(office.rutan, office.run), office.rutan, office.run, officers["kpps"])
    one = stored.rows.get(number=1)
    for name in one.facts:
        one.facts = {**one.facts, name: "changed"}
        one.save()
        assert not version_of(stored).is_whole, name


def test_a_row_taken_away_and_another_head_are_noticed(office: Office, officers: Any) -> None:
    stored = stored_from(draft_of(office.rutan, office.run), office.rutan, office.run, officers["kpps"])
    stored.head = {**stored.head, "place": "Rutan Lain"}
    assert not version_of(stored).is_whole
    stored.refresh_from_db()
    assert version_of(stored).is_whole
    StoredRow.objects.filter(version=stored, number=2).delete()
    assert not version_of(stored).is_whole


def test_a_draft_is_whole_until_a_row_is_another_one(office: Office) -> None:
    draft = draft_of(office.rutan, office.run)
    assert draft.is_whole and len(draft.mark) == 64
    assert not replace(draft, rows=draft.rows[:-1]).is_whole
