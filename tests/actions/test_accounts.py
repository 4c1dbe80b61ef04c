"""Logins have one role, a place where the role needs one, and a password worth the name."""

from typing import Any

import pytest
from conftest import PASSWORD
from django.contrib.auth.models import Group
from refusals import refused

from reconcile.actions import accounts
from reconcile.models import AuditEntry, Officer, Role

pytestmark = pytest.mark.django_db


def add(role: Role, place: Any = None, **changes: str) -> Officer:
    given = {"username": "baru", "password": PASSWORD, "full_name": "Orang Baru"} | changes
    return accounts.add_officer(role=role, place=place, by=None, **given)


def test_an_officer_has_the_role_of_its_only_group(rutan: Any) -> None:
    officer = add(Role.KPPS, rutan)
    assert officer.role is Role.KPPS
    assert officer.check_password(PASSWORD)
    assert not officer.is_staff
    entry = AuditEntry.objects.get(what="accounts.add_officer")
    assert entry.facts == {"role": "kpps", "place": rutan.pk}
    assert "Baru" not in str(entry.facts)


def test_only_administrators_may_open_the_administration(rutan: Any) -> None:
    assert add(Role.ADMIN).is_staff
    assert not add(Role.COMMISSIONER, username="lain").is_staff


@pytest.mark.parametrize("role", [Role.KPPS, Role.SECOND, Role.INSTITUTION])
def test_refuses_a_role_of_a_place_without_one(role: Role) -> None:
    with refused("place_needed"):
        add(role)
    assert not Officer.objects.exists()


@pytest.mark.parametrize("password", ["short", "123456789012345", "password1234"])
def test_refuses_a_weak_password(password: str) -> None:
    with refused("weak_password"):
        add(Role.ADMIN, password=password)


def test_refuses_a_name_that_is_taken() -> None:
    add(Role.ADMIN)
    with refused("exists"):
        add(Role.OBSERVER)


def test_a_new_role_replaces_the_old_one(officers: Any) -> None:
    officer = officers["admin"]
    accounts.settle_officer(officer=officer, role=Role.OBSERVER, by=officer)
    assert officer.role is Role.OBSERVER
    assert not Officer.objects.get(pk=officer.pk).is_staff
    assert AuditEntry.objects.filter(what="accounts.change_officer").count() == 1


@pytest.mark.parametrize("groups", [[], ["kpps", "admin"], ["something else"]])
def test_an_account_without_exactly_one_known_group_has_no_role(rutan: Any, groups: list[str]) -> None:
    officer = add(Role.KPPS, rutan)
    officer.groups.set([Group.objects.get_or_create(name=name)[0] for name in groups])
    assert Officer.objects.get(pk=officer.pk).role is None
