"""Whose entry a row of a register is: somebody known from an earlier snapshot of the same place, or new.

Only what leaves no doubt joins two rows: the same registration number and name, the same NIK with the same
name or birth date, or the same name and exact birth date; and only where the key names one person on each
side. Everything less is left to matching, which may understand two rows as one person later.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from reconcile.models import HeldEntry, HeldPerson, SourceList
from reconcile.records import DateQuality

FIELDS = ("registration_number", "name", "nik", "birth_date", "birth_quality")
Key = tuple[Any, ...]


def keys_of(row: Mapping[str, Any]) -> list[Key]:
    """Return what the row can be recognised by, the strongest first."""
    number, name, nik, born = (row[field] for field in FIELDS[:4])
    found: list[Key] = []
    if number and name:
        found.append(("number", number, name))
    if nik and name:
        found.append(("nik", nik, name))
    if nik and born:
        found.append(("nik", nik, born))
    if name and born and row["birth_quality"] == DateQuality.EXACT:
        found.append(("born", name, born))
    return found


def persons_for(source_list: SourceList, table: pa.Table) -> list[int]:
    """Return the primary key of each row's person; creates those nobody knew. Call inside a transaction."""
    assert source_list.place_id is not None, "the database holds no register without a place"
    rows = table.select(list(FIELDS)).to_pylist()
    known = _known_people(source_list.place_id)
    times = Counter(key for row in rows for key in keys_of(row))
    persons = [_the_one(keys_of(row), known, times) for row in rows]
    new = iter(
        HeldPerson.objects.bulk_create(
            [
                HeldPerson(election_id=source_list.election_id, place_id=source_list.place_id)
                for person in persons
                if person is None
            ],
            batch_size=1000,
        )
    )
    return [next(new).pk if person is None else person for person in persons]


def _known_people(place_id: int) -> dict[Key, set[int]]:
    """Return the people of the place's earlier lists by everything they can be recognised by."""
    entries = HeldEntry.objects.filter(source_list__place_id=place_id)
    known: dict[Key, set[int]] = defaultdict(set)
    for person, *values in entries.values_list("person_id", *FIELDS).iterator():
        for key in keys_of(dict(zip(FIELDS, values, strict=True))):
            known[key].add(person)
    return known


def _the_one(keys: Iterable[Key], known: Mapping[Key, set[int]], times: Mapping[Key, int]) -> int | None:
    """Return the only person known by a key that only this row has, or None."""
    for key in keys:
        people = known.get(key, set())
        if len(people) == 1 and times[key] == 1:
            return next(iter(people))
    return None
