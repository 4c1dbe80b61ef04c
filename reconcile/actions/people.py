"""Who is known already: everybody who ever stood in a register of the election, each by the latest entry.

Entries of lists that were replaced or undone count too: what an officer decided about a person waits for
that person to appear again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db.models import Q

from reconcile.actions.columns import columns_of
from reconcile.models import Election, HeldEntry, HeldPerson, ListStatus, SourceList, UploadStatus
from reconcile.records import HELD_KINDS

VARIANTS = ("name", "nik", "birth_date")  # an officer may have said that two of these are one person


@dataclass(frozen=True)
class Known:
    """What every known person was ever called: a row a person and variant, the one to compare with first.

    `persons` and `places` (list and line of the entry) are by row; `first` is each person's first row.
    """

    table: pa.Table | None  # None: nobody is known
    persons: tuple[int, ...]
    places: tuple[tuple[SourceList, int], ...]
    first: Mapping[int, int]


def known_people(election: Election, ahead: Sequence[SourceList]) -> Known:
    """Return everybody known: first as an entry in one of the lists `ahead` says, else as the latest one does."""
    leading = {one.pk for one in ahead}
    lists = sorted(_registers(election), key=lambda one: (one.pk in leading, one.snapshot_date, one.pk), reverse=True)
    seen: set[tuple[Any, ...]] = set()
    first: dict[int, int] = {}
    tables: list[pa.Table] = []
    persons: list[int] = []
    places: list[tuple[SourceList, int]] = []
    for one in lists:
        table = columns_of(one)
        variants = zip(*(table[name].to_pylist() for name in VARIANTS), strict=True)
        lines = []
        for line, variant in enumerate(zip(persons_of(one), variants, strict=True)):
            if variant not in seen:
                seen.add(variant)
                lines.append(line)
                first.setdefault(variant[0], len(persons))
                persons.append(variant[0])
                places.append((one, line))
        tables.append(table.take(pa.array(lines, pa.int64())))
    joined = pa.concat_tables(tables).unify_dictionaries().combine_chunks() if persons else None
    return Known(joined, tuple(persons), tuple(places), first)


def _registers(election: Election) -> list[SourceList]:
    ever = Q(status__in=[ListStatus.ACCEPTED, ListStatus.REPLACED])
    undone = Q(status=ListStatus.WITHDRAWN, upload__status=UploadStatus.UNDONE)
    found = SourceList.objects.filter(ever | undone, election=election, kind__in=sorted(HELD_KINDS))
    return list(found.select_related("place"))


def persons_of(source_list: SourceList) -> list[int]:
    """Return the person of each line."""
    entries = HeldEntry.objects.filter(source_list=source_list).order_by("line")
    return list(entries.values_list("person_id", flat=True))


def persons_in(lists: Collection[SourceList]) -> set[int]:
    entries = HeldEntry.objects.filter(source_list__in=lists)
    return set(entries.values_list("person_id", flat=True).distinct())


def persons_for(source_list: SourceList, known: Sequence[int | None]) -> list[int]:
    """Return the person of each line; creates those nobody knew. Call inside a transaction."""
    fresh = [HeldPerson(election_id=source_list.election_id) for person in known if person is None]
    new = iter(HeldPerson.objects.bulk_create(fresh, batch_size=1000))
    return [next(new).pk if person is None else person for person in known]
