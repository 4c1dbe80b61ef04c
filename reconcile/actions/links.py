"""Whether a row of a register is somebody known already, as an officer decides it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.actions.saying import join_said
from reconcile.models import HeldEntry, HeldPerson, Officer, PersonLink, Verdict


@transaction.atomic
def settle_link(*, link: PersonLink, verdict: Verdict, by: Officer) -> None:
    """Say that a row is the known person, or somebody else. Refused ("decided") when another officer was first.

    "The same" gives the row, and with it what is decided from now on, to the known person.
    """
    mine = PersonLink.objects.filter(pk=link.pk, verdict=Verdict.OPEN)
    if not mine.update(verdict=verdict, by=by, at=timezone.now()):
        first = PersonLink.objects.select_related("by").get(pk=link.pk)
        name = (first.by.get_full_name() or first.by.get_username()) if first.by else ""
        sentence = _("%(name)s has decided this already: %(verdict)s.")
        raise ActionRefused("decided", sentence, name=name, verdict=Verdict(first.verdict).label)
    link.refresh_from_db()
    if verdict == Verdict.SAME:
        stays = HeldPerson.objects.get(pk=link.person_id)
        other = link.entry.person_id
        HeldEntry.objects.filter(person=other).update(person=stays)
        join_said(stays.pk, other)
    election = link.entry.source_list.election
    record("links.settle_link", by=by, election=election, subject=link, verdict=verdict.value)
