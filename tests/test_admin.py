"""The administration: for administrators only, through the actions, without anybody's data."""

from datetime import date
from typing import Any

import pytest
from conftest import PASSWORD
from django.test import Client
from office_files import PEOPLE, nik, roll_text, rutan_book
from walking import applied

from reconcile.models import AuditEntry, Election, Officer, Place, Role

pytestmark = pytest.mark.django_db

WINDOWS = (
    "officer", "election", "place", "institution", "tps", "electoraldistrict", "upload", "sourcelist", "matchrun",
    "auditentry",
)  # fmt: skip


@pytest.fixture
def admin(client: Client, officers: Any) -> Client:
    client.force_login(officers["admin"])
    return client


@pytest.mark.parametrize("window", WINDOWS)
def test_every_window_opens(admin: Client, window: str) -> None:
    assert admin.get(f"/admin/reconcile/{window}/").status_code == 200


@pytest.mark.parametrize("role", [role.value for role in Role if role is not Role.ADMIN])
def test_nobody_else_is_let_in(client: Client, officers: Any, role: str) -> None:
    client.force_login(officers[role])
    assert client.get("/admin/").status_code == 302
    Officer.objects.filter(pk=officers[role].pk).update(is_staff=True)  # staff without the role: no window
    for window in WINDOWS:
        assert client.get(f"/admin/reconcile/{window}/").status_code == 403


@pytest.mark.parametrize("window", ["upload", "sourcelist", "matchrun", "auditentry"])
def test_some_windows_are_to_look_only(admin: Client, window: str) -> None:
    assert admin.get(f"/admin/reconcile/{window}/add/").status_code == 403
    pk = AuditEntry.objects.first().pk  # type: ignore[union-attr]
    assert admin.post(f"/admin/reconcile/auditentry/{pk}/delete/").status_code == 403


@pytest.mark.parametrize("model", ["voter", "heldentry", "heldperson", "personoutcome", "candidate"])
def test_people_have_no_window(admin: Client, model: str) -> None:
    assert admin.get(f"/admin/reconcile/{model}/").status_code == 404


def test_no_page_shows_a_person(admin: Client, election: Any, officers: Any) -> None:
    applied(election, officers["admin"], roll_text(), rutan_book())
    name, born, serial = PEOPLE[0]
    for window in WINDOWS:
        pages = [f"/admin/reconcile/{window}/"]
        pages += [f"/admin/reconcile/{window}/{pk}/change/" for pk in range(1, 4)]
        for page in pages:
            body = admin.get(page, follow=True).content.decode()
            assert name not in body
            assert nik(born, serial) not in body


def test_adds_an_officer(admin: Client, rutan: Any, officers: Any) -> None:
    given = {"username": "baru", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    answer = admin.post("/admin/reconcile/officer/add/", {**given, "role": "kpps", "place": rutan.pk})
    assert answer.status_code == 302
    officer = Officer.objects.get(username="baru")
    assert (officer.role, officer.place, officer.is_staff) == (Role.KPPS, rutan, False)
    entry = AuditEntry.objects.filter(what="accounts.add_officer").latest("pk")
    assert (entry.by, entry.subject) == (officers["admin"], f"Officer:{officer.pk}")


def test_refuses_an_officer_of_a_place_without_one(admin: Client) -> None:
    given = {"username": "baru", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert admin.post("/admin/reconcile/officer/add/", {**given, "role": "kpps"}).status_code == 200
    assert not Officer.objects.filter(username="baru").exists()


def test_changes_a_role(admin: Client, officers: Any) -> None:
    officer = officers["observer"]
    page = f"/admin/reconcile/officer/{officer.pk}/change/"
    assert b"observer" in admin.get(page).content
    given = {"username": officer.username, "role": "commissioner", "is_active": "on"}
    assert admin.post(page, given).status_code == 302
    assert Officer.objects.get(pk=officer.pk).role is Role.COMMISSIONER


def test_adds_an_election_by_its_rules(admin: Client, election: Any) -> None:
    page = "/admin/reconcile/election/add/"
    assert b"pemilu-2024" in admin.get(page).content
    assert admin.post(page, {"rules": "pemilu-2024", "as_of": "2024-02-01"}).status_code == 302
    assert Election.objects.get(code="pemilu-2024").as_of == date(2024, 2, 1)
    assert AuditEntry.objects.filter(what="elections.add_election").count() == 2


def test_sets_the_date_of_an_election(admin: Client, election: Any) -> None:
    page = f"/admin/reconcile/election/{election.pk}/change/"
    assert admin.post(page, {"as_of": "2024-11-05", "change_limit": "20"}).status_code == 302
    changed = Election.objects.get()
    assert (changed.as_of, changed.change_limit) == (date(2024, 11, 5), 20)
    assert AuditEntry.objects.filter(what="elections.set_change_limit").count() == 1


def test_adds_a_place(admin: Client, election: Any) -> None:
    given = {"election": election.pk, "kind": "rutan", "name": "Rutan Lain", "regency_code": "3316"}
    tps = {"tps_region": "3316091015", "tps_number": "902"}
    assert admin.post("/admin/reconcile/place/add/", {**given, **tps}).status_code == 302
    assert Place.objects.get(name="Rutan Lain").tps.number == "902"
    assert admin.post("/admin/reconcile/place/add/", {**given, **tps}).status_code == 200
