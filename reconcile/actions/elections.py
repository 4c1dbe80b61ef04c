"""Elections and the places in which people are held during them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.deciding import TpsRef
from reconcile.deciding.election import ElectionFault, election_from_dict
from reconcile.deciding.lending import Point
from reconcile.models import Election, Officer, Place, PlaceKind


@transaction.atomic
def add_election(*, definition: dict[str, Any], as_of: date, by: Officer | None) -> Election:
    """Add an election by its rules. Refused ("faulty", "exists")."""
    try:
        rules = election_from_dict(definition)
    except ElectionFault as fault:
        sentence = _("The definition of the election has faults: %(faults)s. Correct them and save again.")
        raise ActionRefused("faulty", sentence, faults=fault) from fault
    election = Election(
        code=rules.code,
        name_id=rules.name["id"],
        name_en=rules.name["en"],
        voting_day=rules.voting_day,
        as_of=as_of,
        definition=rules.to_dict(),
    )
    try:
        with transaction.atomic():
            election.save()
    except IntegrityError as error:
        sentence = _("There is an election with the code %(name)s already.")
        raise ActionRefused("exists", sentence, name=rules.code) from error
    record("elections.add_election", by=by, election=election, subject=election, as_of=as_of.isoformat())
    return election


@transaction.atomic
def set_as_of(*, election: Election, as_of: date, by: Officer | None) -> None:
    """Change the date that later runs judge deadlines on; finished runs keep theirs."""
    Election.objects.filter(pk=election.pk).update(as_of=as_of)
    record("elections.set_as_of", by=by, election=election, subject=election, as_of=as_of.isoformat())


@transaction.atomic
def set_change_limit(*, election: Election, percent: int, by: Officer | None) -> None:
    """Change how much of a list may be gone or changed before another administrator must confirm it."""
    Election.objects.filter(pk=election.pk).update(change_limit=percent)
    record("elections.set_change_limit", by=by, election=election, subject=election, percent=percent)


def add_place(
    *, election: Election, kind: PlaceKind, name: str, regency_code: str, tps: TpsRef, by: Officer | None,
    point: Point | None = None,
) -> Place:  # fmt: skip
    """Add a place and the TPS that serves it; all but a Rutan have none of their own. Refused ("faulty", "exists")."""
    latitude, longitude = (Decimal(f"{degrees:.6f}") for degrees in point) if point else (None, None)
    place = Place(
        election=election,
        kind=kind,
        name=name.strip(),
        regency_code=regency_code,
        tps_region=tps.region,
        tps_number=tps.number,
        visited=kind != PlaceKind.RUTAN,
        latitude=latitude,
        longitude=longitude,
    )
    return save_place(place=place, by=by)


@transaction.atomic
def save_place(*, place: Place, by: Officer | None) -> Place:
    """Store a new or changed place. Refused ("faulty", "exists")."""
    what = "elections.add_place" if place._state.adding else "elections.change_place"
    try:
        place.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as fault:
        raise ActionRefused("faulty", " ".join(fault.messages)) from fault
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise ActionRefused("exists", _("This election has a place of that name already.")) from error
    record(what, by=by, election=place.election, subject=place, kind=place.kind, tps=str(place.tps))
    return place
