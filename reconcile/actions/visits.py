"""Visits to places without a TPS of their own: which TPS serves a place, and the plan of its visit."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile import regions
from reconcile.actions import runs
from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused, check_or_refuse, store_or_refuse
from reconcile.deciding import TpsRef
from reconcile.models import MatchRun, Officer, Place, Visit

# What a plan says, in the order in which an office fills it in.
PLANNED = (
    "begins", "ends", "first_officer", "second_officer", "supervisor", "witnesses", "permit_number", "permit_date",
    "permit_from",
)  # fmt: skip
MAY_BE_NONE = frozenset({"begins", "ends", "permit_date"})
_CHANGED = _("Another officer has changed this since you opened the page. Here is how it stands; enter yours again.")


@transaction.atomic
def choose_tps(*, place: Place, tps: TpsRef, shown: TpsRef, by: Officer, in_background: bool = True) -> None:
    """Let a TPS serve a place, in the name of KPU. `shown`: the TPS the officer saw there.

    What people need depends on where they vote: with another TPS the lists are compared anew. Refused
    ("not_visited", "unknown_tps", "changed", and "run_open" while a comparison is going on).
    """
    if not place.visited:
        raise ActionRefused("not_visited", _("This place has a TPS of its own; nobody comes with a box."))
    if not regions.name_of(tps.region):
        raise ActionRefused("unknown_tps", _("There is no village with this code. Choose a TPS from the list."))
    mine = Place.objects.filter(pk=place.pk, tps_region=shown.region, tps_number=shown.number)
    chosen = {"tps_chosen_by": by, "tps_chosen_at": timezone.now()}
    if not mine.update(tps_region=tps.region, tps_number=tps.number, **chosen):
        raise ActionRefused("changed", _CHANGED)
    place.refresh_from_db()
    record("visits.choose_tps", by=by, election=place.election, subject=place, tps=str(tps), before=str(shown))
    if tps != shown and MatchRun.objects.filter(election=place.election).exists():
        runs.queue_run(election=place.election, by=by, in_background=in_background)


@transaction.atomic
def plan_visit(*, place: Place, plan: Mapping[str, Any], version: int, by: Officer) -> Visit:
    """Write what is planned for a place (`PLANNED`); `version` 0: there was no plan yet.

    An incomplete plan is stored as it is: what it lacks is shown (`deciding.conflicts`). Refused ("not_visited",
    "faulty", "changed").
    """
    if not place.visited:
        raise ActionRefused("not_visited", _("This place has a TPS of its own; nobody comes with a box."))
    said = {name: plan.get(name) or (None if name in MAY_BE_NONE else "") for name in PLANNED}
    _check(Visit(election=place.election, place=place, changed_by=by, **said))
    with store_or_refuse("changed", _CHANGED):
        if version == 0:
            Visit.objects.create(election=place.election, place=place, changed_by=by, **said)
        elif not Visit.objects.filter(place=place, version=version).update(
            **said, version=F("version") + 1, changed_by=by, changed_at=timezone.now()
        ):
            raise ActionRefused("changed", _CHANGED)
    visit = Visit.objects.get(place=place)
    filled = sum(bool(value) for value in said.values())
    record("visits.plan_visit", by=by, election=place.election, subject=place, version=visit.version, filled=filled)
    return visit


def _check(visit: Visit) -> None:
    if visit.begins and visit.ends and visit.begins >= visit.ends:
        raise ActionRefused("faulty", _("The visit must end after it begins. Correct one of the two times."))
    with check_or_refuse():
        visit.full_clean(validate_unique=False, validate_constraints=False)
