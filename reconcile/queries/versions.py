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
    LeftVoter,
    MatchRun,
    Officer,
    PersonOutcome,
    Place,
    PlaceKind,
    StoredVersion,
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


Facts = dict[str, Any]


def _numbered(place: Place, run: MatchRun) -> tuple[VersionRow, ...]:
    """Return the rows in the order of the names; people of one name as they came."""
    people = [*_held(place, run), *_left(place, run)]
    found = sorted(people, key=lambda one: (one[0]["name"], one[0]["person"] or 0, one[1]))
    return tuple(VersionRow(**facts | {"number": number}) for number, (facts, _key) in enumerate(found, start=1))


def _held(place: Place, run: MatchRun) -> Iterator[tuple[Facts, int]]:
    """Yield the row of everybody held there, with the voter's key; plain values, since a place may hold thousands."""
    wanted = [*_ANSWER, "voter", *(f"entry__{name}" for name in _OF_ENTRY), *(f"voter__{name}" for name in _OF_VOTER)]
    outcomes = PersonOutcome.objects.filter(run=run, place=place).values_list(*wanted)
    n = len(_ANSWER)
    for values in outcomes.iterator(2_000):
        answer, voter = dict(zip(_ANSWER, values, strict=False)), values[n]
        entry = dict(zip(_OF_ENTRY, values[n + 1 :], strict=False))
        roll = dict(zip(_OF_VOTER, values[n + 1 + len(_OF_ENTRY) :], strict=True))
        ballots = None if answer["ballots"] is None else tuple(answer["ballots"])
        row = _BLANK | _of_entry(entry) | (_of_voter(roll, is_held=True) if voter else {}) | answer
        yield row | {"ballots": ballots}, voter or 0


def _left(place: Place, run: MatchRun) -> Iterator[tuple[Facts, int]]:
    """Yield the voters of the place's special TPS whom no register shows any more; a shared TPS's are one place's."""
    if place.pk != _keeper_of_the_roll(place):
        return
    action, actor, due = left_step(Setting(run.election.rules, place.tps, run.as_of, frozenset()))
    gone = {"outcome": Outcome.LEFT.value, "action": action.value, "actor": actor.value, "due": due, "ballots": ()}
    found = LeftVoter.objects.filter(run=run, voter__tps_region=place.tps_region)
    for voter, *values in found.values_list("voter", *(f"voter__{name}" for name in _OF_VOTER)):
        roll = dict(zip(_OF_VOTER, values, strict=True))
        if tps_number(roll["tps"]) == place.tps_number:
            yield _BLANK | _of_voter(roll, is_held=False) | gone, voter


def _keeper_of_the_roll(place: Place) -> int | None:
    """Return which of the places that vote at this TPS lists its voters who are gone: the Rutan, else the first."""
    here = Place.objects.filter(
        election=place.election_id, tps_region=place.tps_region, tps_number=place.tps_number
    ).order_by("pk")
    places = list(here)
    return next((one.pk for one in places if one.kind == PlaceKind.RUTAN), places[0].pk if places else None)


_OF_BOTH = ("nik", "nkk", "sex", "birth_place", "marital")
_HOME = ("address", "rt", "rw", "region_code")
_REGIONS = ("village", "district", "regency")
_OF_HELD = ("alias", "father", "registration_number", "register_class", "block", "unit")
_OF_ROLL = ("disability", "ektp", "remark")
_ROW = (*_OF_BOTH, *_HOME, "birth_date", "birth_year", "name", "name_raw")
_OF_ENTRY = (*_ROW, *_OF_HELD)
_OF_VOTER = (*_ROW, *_REGIONS, *_OF_ROLL, "tps", "tps_region")
_ANSWER = ("person", "outcome", "category", "ballots", "action", "actor", "due")


def _of_entry(entry: Facts) -> Facts:
    name = entry["name"] or entry.pop("name_raw")
    entry.pop("name_raw", None)
    return entry | _regions(entry["region_code"]) | {"name": name, "held_name": name}


def _of_voter(voter: Facts, *, is_held: bool) -> Facts:
    """Return what the roll says; where it is silent, the register's word stands."""
    its = {field: voter[field] for field in _OF_BOTH if voter[field]}
    if voter["birth_date"] or voter["birth_year"]:
        its |= {"birth_date": voter["birth_date"], "birth_year": voter["birth_year"]}
    if voter["region_code"] or voter["address"] or not is_held:
        its |= {field: voter[field] for field in _HOME} | _regions(voter["region_code"])
        its |= {name: voter[name] for name in _REGIONS if voter[name]}
    its |= {name: voter[name] for name in _OF_ROLL}
    roll = {"roll_tps": tps_number(voter["tps"]), "roll_region": voter["tps_region"]}
    return its | roll | {"name": voter["name"] or voter["name_raw"]}


def _regions(code: str) -> dict[str, str]:
    """Return the names a code stands for, as deep as it goes."""
    depths = {"village": 10, "district": 6, "regency": 4}
    return {name: regions.name_of(code[:digits]) if len(code) >= digits else "" for name, digits in depths.items()}
