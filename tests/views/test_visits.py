"""The pages of visits: sums tie, only who plans may change them, sheets hold what a role may see."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.utils import timezone

from reconcile.models import AuditEntry, MatchRun, PersonOutcome, Place, Tps, Visit

pytestmark = pytest.mark.django_db

PLAN = {
    "version": "0", "begins": "11:00", "ends": "12:00", "first_officer": "Siti Satu", "second_officer": "Budi Dua",
    "supervisor": "Ratna Tiga", "witnesses": "Slamet Empat\nTutik Lima", "permit_number": "B/417",
    "permit_date": "2024-11-20", "permit_from": "Kapolres",
}  # fmt: skip
HERE = "3316091015"


def row_of(browser: Any, place: Place) -> Any:
    return browser.get(f"/visits/{place.pk}/").context["row"]


def codes(row: Any) -> list[str]:
    return [one.code.value for one, _other in row.conflicts]


def station(election: Any, number: str, latitude: str | None) -> None:
    where = {"latitude": latitude, "longitude": latitude and "111.420000"}
    Tps.objects.create(election=election, region_code=HERE, number=number, voters_male=100, **where)


def test_numbers_tie(office: Any, as_: Any) -> None:
    row = row_of(as_("admin"), office.polres)
    assert (row.people, row.certain, row.expected, row.others, row.undetermined) == (1, 0, 1, 0, 0)
    PersonOutcome.objects.filter(pk=office.people["cells"].pk).update(ballots=None)
    row = row_of(as_("admin"), office.polres)
    assert (row.expected, row.undetermined) == (1, 1)
    assert "no_ballots" in codes(row)
    assert row.certain + row.expected + row.others == row.people


def test_only_visited_places_are_shown(office: Any, as_: Any) -> None:
    (route,) = as_("admin").get("/visits/").context["routes"]
    assert [row.place for row in route.stops] == [office.polres]
    assert as_("kpps").get("/visits/").context["routes"] == ()  # the Rutan's own officers visit nobody
    assert as_("admin").get(f"/visits/{office.rutan.pk}/").status_code == 404


def test_a_tps_is_proposed_by_distance_and_chosen(office: Any, as_: Any) -> None:
    station(office.election, "003", "-6.971000")
    station(office.election, "004", "-6.980000")
    station(office.election, "005", None)
    browser = as_("commissioner")
    row = row_of(browser, office.polres)
    assert (row.near, row.unplaced, row.is_chosen) == ((), 1, False)
    assert "Letak tempat ini belum diketahui" in browser.get(f"/visits/{office.polres.pk}/").content.decode()
    Place.objects.filter(pk=office.polres.pk).update(latitude="-6.970000", longitude="111.420000")
    row = row_of(browser, office.polres)
    assert [one.tps.number for one in row.near] == ["003", "004"]
    answer = browser.post(
        f"/visits/{office.polres.pk}/tps/", {"shown": "33.16.09.1015/901", "chosen": "33.16.09.1015/003"}, follow=True
    )
    assert answer.context["row"].is_chosen
    assert answer.context["row"].place.tps.number == "003"
    assert round(answer.context["row"].km, 3) == 0.111
    assert answer.context["newer"] == MatchRun.objects.latest("pk") != office.run
    assert "Pencocokan yang lebih baru" in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"chosen": "another", "other": ""}, "Tulis TPS yang mana"),
        ({"chosen": "another", "other": "Kunden 3"}, "Tulis kode desa/kelurahan"),
        ({"chosen": "another", "other": "99.99.99.9999/001"}, "Tidak ada desa/kelurahan dengan kode ini"),
        ({"chosen": "nonsense"}, ""),
    ],
)
def test_what_is_no_tps_is_told(said: dict[str, str], words: str, office: Any, as_: Any) -> None:
    address = f"/visits/{office.polres.pk}/tps/"
    answer = as_("admin").post(address, {"shown": "33.16.09.1015/901", **said}, follow=True)
    assert words in answer.content.decode()
    assert not AuditEntry.objects.filter(what="visits.choose_tps").exists()


def test_a_plan_without_conflict(office: Any, as_: Any) -> None:
    browser = as_("commissioner")
    Place.objects.filter(pk=office.polres.pk).update(tps_chosen_by=office.run.started_by, tps_chosen_at=timezone.now())
    browser.post(f"/visits/{office.polres.pk}/", PLAN)
    visit = Visit.objects.get()
    assert (visit.begins, visit.permit_date) == (time(11), date(2024, 11, 20))
    row = row_of(browser, office.polres)
    assert codes(row) == []
    assert "siap dilaksanakan" in browser.get(f"/visits/{office.polres.pk}/").content.decode()


def test_a_plan_that_cannot_be_is_shown_again_as_it_was_sent(office: Any, as_: Any) -> None:
    answer = as_("commissioner").post(f"/visits/{office.polres.pk}/", {**PLAN, "ends": "10:00"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Kunjungan harus berakhir setelah dimulai" in page
    assert 'value="Siti Satu"' in page
    assert not Visit.objects.exists()


def test_an_older_plan_is_not_written_over(office: Any, as_: Any) -> None:
    as_("admin").post(f"/visits/{office.polres.pk}/", PLAN)
    answer = as_("commissioner").post(f"/visits/{office.polres.pk}/", {**PLAN, "supervisor": "Lain"}, follow=True)
    assert "Petugas lain sudah mengubah ini" in answer.content.decode()
    assert Visit.objects.get().supervisor == "Ratna Tiga"


def test_two_places_of_one_tps_at_the_same_hour(office: Any, other_place: Place, as_: Any) -> None:
    browser = as_("admin")
    for place in (office.polres, other_place):
        browser.post(f"/visits/{place.pk}/", PLAN)
    row = row_of(browser, office.polres)
    shared = {(one.code.value, one.name, other) for one, other in row.conflicts if other}
    assert ("tps_twice", "", other_place.name) in shared
    assert ("person_twice", "Budi Dua", other_place.name) in shared
    (route,) = browser.get("/visits/").context["routes"]
    assert [stop.place.name for stop in route.stops] == [office.polres.name, other_place.name]
    assert f"juga di {other_place.name}" in browser.get(f"/visits/{office.polres.pk}/").content.decode()
    # The Polres's own officer sees that something is shared, and only the own place.
    (own,) = as_("polres").get("/visits/").context["routes"]
    assert [stop.place for stop in own.stops] == [office.polres]
    assert "tps_twice" in codes(own.stops[0])


def test_the_sheet_lists_who_votes_and_who_waits(office: Any, as_: Any) -> None:
    browser = as_("commissioner")
    browser.post(f"/visits/{office.polres.pk}/", PLAN)
    sheet = browser.get(f"/visits/{office.polres.pk}/sheet/").context["sheet"]
    assert (sheet.certain, sheet.zone) == ((), "WIB")
    (person,) = sheet.expected
    assert (person.name, person.ballots, person.step.action) == ("TEGUH PRASTYA", (True, True), "issue_transfer_letter")
    PersonOutcome.objects.filter(pk=office.people["cells"].pk).update(outcome="moved_here", ballots=["governor"])
    sheet = browser.get(f"/visits/{office.polres.pk}/sheet/").context["sheet"]
    (person,) = sheet.certain
    assert (person.number, person.ballots, person.step) == (1, (True, False), None)
    assert [(row.code, row.certain, row.expected) for row in sheet.ballots] == [("governor", 1, 0)]
    page = browser.get(f"/visits/{office.polres.pk}/sheet/").content.decode()
    for name in ("Siti Satu", "Budi Dua", "Ratna Tiga", "Slamet Empat", "B/417", "Kapolres"):
        assert name in page


def test_an_observer_reads_an_age_and_no_number_on_the_sheet(office: Any, as_: Any) -> None:
    page = as_("observer").get(f"/visits/{office.polres.pk}/sheet/").content.decode()
    entry = office.people["cells"].entry
    assert entry.name in page
    assert not re.search(r"\d{16}", page)
    assert entry.birth_date.strftime("%d-%m-%Y") not in page
    assert "tahun" in page


def test_without_an_election_there_are_no_visits(officers: Any, as_: Any, election: Any, rutan: Place) -> None:
    Place.objects.filter(election=election).update(visited=False)
    assert "Semua tempat punya TPS sendiri" in as_("admin").get("/visits/").content.decode()
