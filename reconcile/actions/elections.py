"""Elections and the places in which people are held during them."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused, check_or_refuse, store_or_refuse
from reconcile.deciding import TpsRef
from reconcile.deciding.election import ElectionFault, election_from_dict, election_from_text
from reconcile.deciding.election_parts import Label
from reconcile.deciding.lending import Point
from reconcile.labels import fault_text
from reconcile.models import Election, Officer, Place, PlaceKind

MOVED_ON = _("Somebody has changed these rules since you opened the page. Open it again.")
IN_USE = _("A comparison has used these rules, so they stay as they are. Copy the election and change the copy.")


@transaction.atomic
def add_election(*, definition: dict[str, Any], as_of: date, by: Officer | None) -> Election:
    """Add an election by its rules. Refused ("faulty", "exists")."""
    try:
        rules = election_from_dict(definition)
    except ElectionFault as fault:
        sentence = _("The definition of the election has faults: %(faults)s. Correct them and save again.")
        raise ActionRefused("faulty", sentence, faults="; ".join(map(fault_text, fault.faults))) from fault
    election = Election(
        code=rules.code,
        name_id=rules.name["id"],
        name_en=rules.name["en"],
        voting_day=rules.voting_day,
        as_of=as_of,
        definition=rules.to_dict(),
    )
    with store_or_refuse("exists", _("There is an election with the code %(name)s already."), name=rules.code):
        election.save()
    record("elections.add_election", by=by, election=election, subject=election, as_of=as_of.isoformat())
    return election


@transaction.atomic
def copy_election(
    *, original: Election, code: str, name: Label, voting_day: date, as_of: date, by: Officer | None
) -> Election:
    """Add an election with the rules of another one, to be changed. Refused ("faulty", "exists").

    Rules only: lists, places and tables stay with the election they belong to.
    """
    changes = {"code": code, "name": dict(name), "voting_day": voting_day.isoformat()}
    made = add_election(definition={**original.definition, **changes}, as_of=as_of, by=by)
    record("elections.copy_election", by=by, election=made, subject=made, original=original.code)
    return made


@transaction.atomic
def change_rules(*, election: Election, text: str, seen: str, by: Officer | None) -> None:
    """Put other rules, written as TOML, in the place of an election's. The log keeps every value before and after.

    Refused: "faulty"; "other_code"; "in_use" once a comparison has begun: what it said must stay what the rules say,
    so a copy is changed instead; "changed" where the rules are not those `seen` (`rules_print`) any more.
    """
    # Nobody can begin a comparison of this election until this is done, and none that has begun is overlooked.
    now = Election.objects.select_for_update().get(pk=election.pk)
    try:
        rules = election_from_text(text)
    except ElectionFault as fault:
        raise ActionRefused("faulty", "; ".join(map(fault_text, fault.faults))) from fault
    if rules.code != now.code:
        sentence = _("The code of an election stays. Copy the election to give the copy another code.")
        raise ActionRefused("other_code", sentence)
    if now.runs.exists():
        raise ActionRefused("in_use", IN_USE)
    if rules_print(now) != seen:
        raise ActionRefused("changed", MOVED_ON)
    changed = _changes(now.definition, rules.to_dict())
    Election.objects.filter(pk=now.pk).update(
        definition=rules.to_dict(), name_id=rules.name["id"], name_en=rules.name["en"], voting_day=rules.voting_day
    )
    record("elections.change_rules", by=by, election=now, subject=now, changed=changed)


def rules_print(election: Election) -> str:
    """Return the fingerprint of an election's rules: the same rules, the same text."""
    return hashlib.sha256(json.dumps(election.definition, sort_keys=True).encode()).hexdigest()


def _changes(before: Any, after: Any, path: str = "") -> dict[str, list[Any]]:
    """Return [before, after] by path, for every value that is another one; None where there is none."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = sorted({*before, *after})
        pairs = [(before.get(key), after.get(key), f"{path}.{key}".lstrip(".")) for key in keys]
    elif isinstance(before, list) and isinstance(after, list):
        pairs = [(one, other, f"{path}[{i}]") for i, (one, other) in enumerate(zip_longest(before, after))]
    else:
        return {path: [before, after]} if before != after else {}
    return {where: values for one, other, step in pairs for where, values in _changes(one, other, step).items()}


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
    with check_or_refuse():
        place.full_clean(validate_unique=False, validate_constraints=False)
    with store_or_refuse("exists", _("This election has a place of that name already.")):
        place.save()
    record(what, by=by, election=place.election, subject=place, kind=place.kind, tps=str(place.tps))
    return place
