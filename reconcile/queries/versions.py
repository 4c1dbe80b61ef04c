"""List versions: as they are stored, and as the newest answers would make the next one."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from django.db.models import Max

from reconcile import regions
from reconcile.deciding import Setting
from reconcile.deciding.steps import left_step
from reconcile.deciding.tps import tps_number
from reconcile.models import (
    HeldEntry,
    LeftVoter,
    MatchRun,
    Officer,
    PersonOutcome,
    Place,
    PlaceKind,
    StoredVersion,
    Voter,
)
from reconcile.records import Outcome
from reconcile.versions import ListVersion, VersionRow

COLUMNS = ("number", "person", "nik", "nkk")  # of `StoredRow`; every other field of a row is among its facts
FACTS = tuple(one.name for one in fields(VersionRow) if one.name not in COLUMNS)
_DATES = ("due", "birth_date")
_BLANK: dict[str, Any] = dict.fromkeys((one.name for one in fields(VersionRow)), "") | dict.fromkeys(
    ("person", "ballots", "due", "birth_date", "birth_year")
)


def version_of(stored: StoredVersion) -> ListVersion:
    """Return a version with its rows exactly as they are stored. Whoever shows it asks `is_whole` first."""
    head = stored.head if isinstance(stored.head, dict) else {}
    names = ("number", "person_id", "nik", "nkk", "facts")
    rows = stored.rows.order_by("number").values_list(*names)
    return ListVersion(
        election=str(head.get("election", "")),
        place=str(head.get("place", "")),
        place_kind=str(head.get("place_kind", "")),
        tps=str(head.get("tps", "")),
        number=stored.number,
        as_of=_day(head.get("as_of")) or date.min,
        rows=tuple(_row(*values) for values in rows),
        approved=stored.approved_at,
        approver=_name(stored.approval.officer) if stored.approval else "",
        mark=stored.mark,
    )


def _name(officer: Officer) -> str:
    return officer.get_full_name() or officer.get_username()


def _row(number: int, person: int | None, nik: str, nkk: str, stored: Any) -> VersionRow:
    """Return a row as stored. What somebody has broken in the database stays different from what was approved."""
    facts: Mapping[str, Any] = stored if isinstance(stored, dict) else {}
    values: dict[str, Any] = {name: facts.get(name) for name in FACTS}
    values |= {name: _day(facts.get(name)) for name in _DATES}
    values["ballots"] = tuple(facts["ballots"]) if isinstance(facts.get("ballots"), list) else None
    return VersionRow(number=number, person=person, nik=nik, nkk=nkk, **values)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def facts_of(row: VersionRow) -> dict[str, Any]:
    """Return what of a row has no column of its own, as it is stored."""
    facts: dict[str, Any] = {name: getattr(row, name) for name in FACTS}
    for name in _DATES:
        facts[name] = facts[name].isoformat() if facts[name] else None
    return facts | {"ballots": None if row.ballots is None else list(row.ballots)}


def next_number(place: Place) -> int:
    """Return the number the next version of a place will have."""
    last = StoredVersion.objects.filter(place=place).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def draft_of(place: Place, run: MatchRun, number: int | None = None) -> ListVersion:
    """Return the version the answers of a run make now: one row for every person of the place, and who has left.

    `number`: that of an earlier version the draft is to be compared with; else the next one. Answers that still
    need an officer are in it as they stand; who may send it looks at the cases.
    """
    draft = ListVersion(
        election=run.election.code,
        place=place.name,
        place_kind=place.kind,
        tps=str(place.tps),
        number=next_number(place) if number is None else number,
        as_of=run.as_of,
        rows=_numbered(place, run),
    )
    return replace(draft, mark=draft.fingerprint)


def _numbered(place: Place, run: MatchRun) -> tuple[VersionRow, ...]:
    """Return the rows in the order of the names; people of one name as they came."""
    found = sorted([*_held(place, run), *_left(place, run)], key=lambda one: (one[0].name, one[0].person or 0, one[1]))
    return tuple(replace(row, number=number) for number, (row, _key) in enumerate(found, start=1))


def _held(place: Place, run: MatchRun) -> Iterator[tuple[VersionRow, int]]:
    outcomes = PersonOutcome.objects.filter(run=run, place=place).select_related("entry", "voter")
    for one in outcomes.iterator(2_000):
        row = _BLANK | _of_entry(one.entry) | (_of_voter(one.voter, one.entry) if one.voter else {})
        row |= {name: getattr(one, name) for name in ("outcome", "category", "action", "actor", "due")}
        ballots = None if one.ballots is None else tuple(one.ballots)
        yield VersionRow(**row | {"person": one.person_id, "ballots": ballots}), one.voter_id or 0


def _left(place: Place, run: MatchRun) -> Iterator[tuple[VersionRow, int]]:
    """Return the voters of the place's special TPS whom no register shows any more; a shared TPS's are one place's."""
    if place.pk != _keeper_of_the_roll(place):
        return
    action, actor, due = left_step(Setting(run.election.rules, place.tps, run.as_of, frozenset()))
    gone = {"outcome": Outcome.LEFT.value, "action": action.value, "actor": actor.value, "due": due, "ballots": ()}
    for one in LeftVoter.objects.filter(run=run, voter__tps_region=place.tps_region).select_related("voter"):
        if tps_number(one.voter.tps) == place.tps_number:
            yield VersionRow(**_BLANK | _of_voter(one.voter, None) | gone), one.voter_id


def _keeper_of_the_roll(place: Place) -> int | None:
    """Return which of the places that vote at this TPS lists its voters who are gone: the Rutan, else the first."""
    here = Place.objects.filter(
        election=place.election_id, tps_region=place.tps_region, tps_number=place.tps_number
    ).order_by("pk")
    places = list(here)
    return next((one.pk for one in places if one.kind == PlaceKind.RUTAN), places[0].pk if places else None)


_OF_BOTH = ("nik", "nkk", "sex", "birth_place", "marital")
_HOME = ("address", "rt", "rw", "region_code")
_OF_HELD = ("alias", "father", "registration_number", "register_class", "block", "unit")


def _of_entry(entry: HeldEntry) -> dict[str, Any]:
    name = entry.name or entry.name_raw
    its = {field: getattr(entry, field) for field in (*_OF_BOTH, *_HOME, *_OF_HELD, "birth_date", "birth_year")}
    return its | _regions(entry.region_code) | {"name": name, "held_name": name}


def _of_voter(voter: Voter, entry: HeldEntry | None) -> dict[str, Any]:
    """Return what the roll says; where it is silent, the register's word stands."""
    its = {field: getattr(voter, field) for field in _OF_BOTH if getattr(voter, field)}
    if voter.birth_date or voter.birth_year:
        its |= {"birth_date": voter.birth_date, "birth_year": voter.birth_year}
    if voter.region_code or voter.address or entry is None:
        its |= {field: getattr(voter, field) for field in _HOME} | _regions(voter.region_code)
        its |= {name: text for name in ("village", "district", "regency") if (text := getattr(voter, name))}
    its |= {"disability": voter.disability, "ektp": voter.ektp, "remark": voter.remark}
    roll = {"roll_tps": tps_number(voter.tps), "roll_region": voter.tps_region}
    return its | roll | {"name": voter.name or voter.name_raw}


def _regions(code: str) -> dict[str, str]:
    """Return the names a code stands for, as deep as it goes."""
    depths = {"village": 10, "district": 6, "regency": 4}
    return {name: regions.name_of(code[:digits]) if len(code) >= digits else "" for name, digits in depths.items()}
