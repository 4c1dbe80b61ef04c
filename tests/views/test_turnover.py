"""Turnover: every sum ties, every figure opens its people, and what an officer says moves both."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from reconcile.actions import saying
from reconcile.models import HeldEntry, HeldPerson, PersonOutcome, Place, SourceList
from views.office import a_list

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2024, 11, 20), date(2025, 6, 1)
CLASSES = {
    "here": ("A.III", BEFORE), "letter": ("B.I", AFTER), "doubt": ("A.I", None), "absent": ("B.IIa", BEFORE),
    "both": ("A.II", BEFORE), "cells": ("", BEFORE),
}  # fmt: skip


@pytest.fixture
def dated(office: Any) -> Any:
    """The office, with a class and a date for each person."""
    for who, (register_class, release) in CLASSES.items():
        entry = office.people[who].entry
        HeldEntry.objects.filter(pk=entry.pk).update(register_class=register_class, release_date=release)
    return office


def figures(page: str) -> list[tuple[str, int]]:
    """Return every link to people with its number."""
    found = re.findall(r'href="(/turnover/people/[^"]*)" data-count="\d+">([\d.]+)', page)
    return [(address.replace("&amp;", "&"), int(number.replace(".", ""))) for address, number in found]


def earlier_register(office: Any, names: dict[str, HeldPerson | None]) -> SourceList:
    """Store what the Rutan sent a week before: persons who are still held, and (None) others."""
    one = a_list(
        office.election, office.roll.upload.by, kind="rutan", file_name="lama.xlsx", place=office.rutan,
        rows=len(names) + 3, records=len(names), skipped=3, as_of=office.election.as_of - timedelta(days=7),
    )  # fmt: skip
    for line, (name, person) in enumerate(names.items()):
        person = person or HeldPerson.objects.create(election=office.election)
        HeldEntry.objects.create(source_list=one, person=person, name=name, name_raw=name, line=line, row=line + 6)
    return one


def test_the_forecast_by_class_and_date(dated: Any, as_: Any) -> None:
    found = as_("commissioner").get("/turnover/").context["found"]
    people = {row.code: row.people for row in found.forecasts}
    assert people == {"out": 1, "stage_ends": 3, "no_date": 1, "stays": 1}
    assert found.people == sum(people.values()) == 6
    assert sum(row.people for row in found.stays) + found.unnamed == 6


@pytest.mark.parametrize("role", ["commissioner", "kpps", "institution"])
def test_every_figure_opens_its_people(dated: Any, as_: Any, role: str) -> None:
    earlier_register(dated, {"LAMA SEKALI": None, "WAGIYO LEGAWA": dated.people["here"].person})
    browser = as_(role)
    page = browser.get("/turnover/").content.decode()
    found = figures(page)
    assert len(found) > 15
    for address, number in found:
        assert browser.get(address).context["page"].paginator.count == number, address


def test_ballots_tie_with_the_page_of_ballots(dated: Any, as_: Any) -> None:
    for role in ("commissioner", "kpps"):
        browser = as_(role)
        found = browser.get("/turnover/").context["found"]
        needs = browser.get("/ballots/").context["needs"]
        expected = {(tps.tps, row.need.code): row.need.needed for tps in needs for row in tps.types}
        assert {(row.tps, row.code): row.needed for row in found.effects} == expected
        assert all(row.sure + row.uncertain + row.unsaid == row.needed for row in found.effects)


def test_who_stands_in_two_registers_must_be_asked_after(dated: Any, as_: Any, officers: Any) -> None:
    browser = as_("commissioner")
    listed = browser.get("/turnover/people/?stay=unsaid").context["page"]
    assert [one.outcome.person_id for one in listed] == [dated.people["both"].person_id]
    assert "harus ditanyakan" in as_("kpps").get(dated.path("both")).content.decode()
    one = PersonOutcome.objects.select_related("run__election", "entry__source_list").get(pk=dated.people["both"].pk)
    saying.say_stay(outcome=one, kind="here", place=None, note="", seen=None, by=officers["kpps"])
    assert not browser.get("/turnover/people/?stay=unsaid").context["page"].paginator.count
    assert browser.get("/turnover/people/?stay=here").context["page"].paginator.count == 1


def test_what_an_officer_says_moves_people_and_ballots(dated: Any, as_: Any) -> None:
    """Said on the person's page by the form that is there, shown with its effect, taken back by the button."""
    Place.objects.filter(pk=dated.polres.pk).update(tps_number="007")
    kpps, commissioner = as_("kpps"), as_("commissioner")

    def needed() -> dict[tuple[str, str], int]:
        found = commissioner.get("/turnover/").context["found"]
        return {(row.tps.number, row.code): row.needed for row in found.effects}

    before = needed()
    answer = kpps.post(
        dated.path("letter") + "stay/", {"kind": "place", "place": dated.polres.pk, "note": "pindah 3-11", "seen": ""}
    )
    assert answer.status_code == 302
    after = needed()
    assert after["901", "governor"] == before["901", "governor"] - 1
    assert after["007", "governor"] == before.get(("007", "governor"), 0) + 1
    found = commissioner.get("/turnover/").context["found"]
    effects = {(row.tps.number, row.code): (row.gone, row.come) for row in found.effects}
    assert effects["901", "governor"] == (1, 0)
    assert effects["007", "governor"] == (0, 1)
    page = kpps.get(dated.path("letter"))  # still seen by those who hold the person
    assert "Tahanan Polres Percobaan" in page.content.decode()
    assert kpps.get("/turnover/people/?stay=place").context["page"].paginator.count == 1
    stay = page.context["body"].stay.pk
    assert kpps.post(dated.path("letter") + "stay/back/", {"stay": stay}).status_code == 302
    assert needed() == before


def test_a_wrong_answer_is_said_and_nothing_stored(dated: Any, as_: Any) -> None:
    kpps = as_("kpps")
    page = kpps.post(dated.path("letter") + "stay/", {"kind": "hospital", "note": ""}, follow=True).content.decode()
    assert "nama rumah sakit" in page
    assert kpps.get("/turnover/people/?stay=hospital").context["page"].paginator.count == 0


class TestSnapshots:
    def test_one_register_is_no_change(self, dated: Any, as_: Any) -> None:
        changes = as_("commissioner").get("/turnover/").context["changes"]
        assert [(change.place, change.then, change.after) for change in changes] == [
            (dated.rutan, None, 5),
            (dated.polres, None, 2),
        ]

    def test_who_came_and_left_ties_with_both_registers(self, dated: Any, as_: Any) -> None:
        still = {who: dated.people[who] for who in ("here", "doubt")}
        names = {one.entry.name: one.person for one in still.values()} | {"LAMA SATU": None, "LAMA DUA": None}
        earlier_register(dated, names)
        (change, _) = as_("commissioner").get("/turnover/").context["changes"]
        assert (change.before, change.left, change.came, change.after) == (4, 2, 3, 5)
        assert change.before - change.left + change.came == change.after == dated.rutan_register.records

    def test_each_type_of_ballot(self, dated: Any, as_: Any) -> None:
        """Three came: two with both ballots, one on no roll; of the one who left no comparison knew anything."""
        names = {dated.people[who].entry.name: dated.people[who].person for who in ("here", "doubt")}
        earlier_register(dated, names | {"LAMA SATU": None})
        (change, _) = as_("commissioner").get("/turnover/").context["changes"]
        ballots = {row.code: (row.came, row.left, row.net) for row in change.ballots}
        assert ballots == {
            "governor": (2, 0, 2), "regent": (2, 0, 2), "unknown": (0, 1, -1), "none": (1, 0, 1),
        }  # fmt: skip

    def test_ballots_of_who_left_are_those_of_the_last_answer(self, dated: Any, as_: Any) -> None:
        gone = dated.people["letter"]
        earlier_register(dated, {"SUTRIMO ANDAYANI": gone.person})
        HeldEntry.objects.filter(pk=gone.entry_id).update(person=HeldPerson.objects.create(election=dated.election))
        (change, _) = as_("commissioner").get("/turnover/").context["changes"]
        assert {row.code: row.left for row in change.ballots if row.left} == {"governor": 1, "regent": 1}

    def test_two_files_of_one_day_are_one_register(self, dated: Any, as_: Any) -> None:
        earlier_register(dated, {"LAMA SATU": None})
        earlier_register(dated, {"LAMA DUA": None, "LAMA TIGA": None})
        (change, _) = as_("commissioner").get("/turnover/").context["changes"]
        assert change.before == 3

    def test_of_a_day_sent_twice_the_correction_counts(self, dated: Any, as_: Any) -> None:
        wrong = earlier_register(dated, {"SALAH SATU": None, "SALAH DUA": None})
        right = earlier_register(dated, {"LAMA SATU": None})
        SourceList.objects.filter(pk=wrong.pk).update(status="replaced", replaced_by=right.upload)
        (change, _) = as_("commissioner").get("/turnover/").context["changes"]
        assert change.before == 1

    def test_a_withdrawn_register_never_counted(self, dated: Any, as_: Any) -> None:
        earlier = earlier_register(dated, {"LAMA SATU": None})
        SourceList.objects.filter(pk=earlier.pk).update(status="withdrawn")
        (change, _) = as_("commissioner").get("/turnover/").context["changes"]
        assert change.then is None

    def test_a_place_sees_its_own_register_only(self, dated: Any, as_: Any) -> None:
        changes = as_("kpps").get("/turnover/").context["changes"]
        assert [change.place for change in changes] == [dated.rutan]
        other = f"/turnover/people/?change=after&place={dated.polres.pk}"
        assert as_("kpps").get(other).context["page"].paginator.count == 0


def test_before_the_first_comparison(election: Any, as_: Any) -> None:
    assert "Belum ada pencocokan yang selesai" in as_("commissioner").get("/turnover/").content.decode()
    assert as_("commissioner").get("/turnover/people/").status_code == 302


def test_nonsense_in_the_address_shows_nobody(dated: Any, as_: Any) -> None:
    assert as_("kpps").get("/turnover/people/?forecast=x&stay=y&part=z&tps=0&ballot=q").status_code == 200
    assert as_("kpps").get("/turnover/people/?change=after&place=abc").context["page"].paginator.count == 0


def test_query_budget(dated: Any, as_: Any, django_assert_max_num_queries: Any) -> None:
    earlier_register(dated, {"LAMA SATU": None})
    browser = as_("commissioner")
    with django_assert_max_num_queries(20):
        browser.get("/turnover/")
    with django_assert_max_num_queries(14):
        browser.get("/turnover/people/?forecast=stage_ends")


def test_the_page_names_nobody(dated: Any, as_: Any) -> None:
    assert timezone.now().year >= 2024
    page = as_("commissioner").get("/turnover/").content.decode()
    assert not any(outcome.entry.name in page for outcome in dated.people.values())
