"""What a person names on the command line, found in the database; a CommandError says what there is instead."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from reconcile.models import Election, Officer, Place, SourceList, Upload


def find_officer(login: str) -> Officer:
    officer = Officer.objects.filter(username=login, is_active=True).first()
    if officer is None:
        raise CommandError(_("There is no account %(name)s.") % {"name": login})
    return officer


def find_election(code: str | None) -> Election:
    """Return the election of a code; without one the only election there is."""
    found = Election.objects.filter(code=code) if code else Election.objects.all()
    if found.count() != 1:
        there = ", ".join(Election.objects.values_list("code", flat=True)) or "-"
        raise CommandError(_("Choose an election with --election. There are: %(codes)s.") % {"codes": there})
    return found.get()


def find_place(election: Election, name: str) -> Place:
    place = election.places.filter(name=name).first()
    if place is None:
        there = ", ".join(election.places.values_list("name", flat=True)) or "-"
        raise CommandError(_("There is no place %(name)s. There are: %(names)s.") % {"name": name, "names": there})
    return place


def find_list(election: Election, pk: int) -> SourceList:
    found = SourceList.objects.filter(election=election, pk=pk).first()
    if found is None:
        raise CommandError(_("There is no list %(number)s.") % {"number": pk})
    return found


def find_upload(pk: int) -> Upload:
    found = Upload.objects.filter(pk=pk).first()
    if found is None:
        raise CommandError(_("There is no upload %(number)s.") % {"number": pk})
    return found
