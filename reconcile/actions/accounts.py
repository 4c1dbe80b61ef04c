"""Logins: who works with the program, in which role, for which place."""

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused, check_or_refuse, store_or_refuse
from reconcile.models import ROLES_OF_A_PLACE, Officer, Place, Role


@transaction.atomic
def add_officer(
    *, username: str, password: str, role: Role, place: Place | None, full_name: str, by: Officer | None
) -> Officer:
    """Add a login with one role. Refused ("place_needed", "weak_password", "exists")."""
    officer = Officer(username=username, first_name=full_name, place=place)
    with check_or_refuse("weak_password"):
        validate_password(password, officer)
    officer.set_password(password)
    with store_or_refuse("exists", _("There is an account of that name already.")):
        officer.save()
    settle_officer(officer=officer, role=role, by=by, what="accounts.add_officer")
    return officer


@transaction.atomic
def save_officer(*, officer: Officer, role: Role, by: Officer | None) -> None:
    """Store an account from a table; a new one gets no password. Refused ("faulty", "place_needed")."""
    is_new = officer._state.adding
    if is_new:
        officer.set_unusable_password()
    with check_or_refuse():
        officer.full_clean(exclude=["password"])
    officer.save()
    settle_officer(officer=officer, role=role, by=by, what=f"accounts.{'add' if is_new else 'change'}_officer")


@transaction.atomic
def settle_officer(*, officer: Officer, role: Role, by: Officer | None, what: str = "accounts.change_officer") -> None:
    """Give a stored officer this role and no other, and what follows from it. Refused ("place_needed")."""
    if role in ROLES_OF_A_PLACE and officer.place_id is None:
        raise ActionRefused("place_needed", _("This role works at one place. Choose the place."))
    group, _made = Group.objects.get_or_create(name=role.value)
    officer.groups.set([group])
    officer.__dict__.pop("role", None)  # read anew
    officer.is_staff = role is Role.ADMIN  # may open the administration; what may be done there hangs on the role
    officer.save(update_fields=["is_staff"])
    election = officer.place.election if officer.place else None
    record(what, by=by, election=election, subject=officer, role=role.value, place=officer.place_id)


PREFERENCES = frozenset({"keys_on", "only_differences"})


def prefer(*, officer: Officer, name: str, on: bool) -> None:
    """Remember how an officer likes the review screen. Names that are no preference change nothing."""
    if name in PREFERENCES:
        Officer.objects.filter(pk=officer.pk).update(**{name: on})
        setattr(officer, name, on)


def finish_practice(*, officer: Officer) -> None:
    """Remember that an officer has seen the three practice cases."""
    Officer.objects.filter(pk=officer.pk, practised__isnull=True).update(practised=timezone.now())
