"""The rows of the comparison: one field of a held person's record beside the same field of a voter's.

Every value passes the officer's sight here; a field without sight gives no row. Pure but for region names.
"""

from collections.abc import Iterator

from reconcile.models import HeldEntry, Voter
from reconcile.queries import identity_rows, other_rows
from reconcile.queries.cells import Build, Row, Seen

__all__ = ["FIELDS", "IDENTITY", "Row", "Seen", "rows"]

IDENTITY = frozenset({"name", "father", "birth_place", "birth_date", "age", "sex", "nik"})

FIELDS: dict[str, Build] = {
    "name": identity_rows.name,
    "alias": other_rows.alias,
    "father": identity_rows.father,
    "birth_place": identity_rows.birth_place,
    "birth_date": identity_rows.birth_date,
    "sex": identity_rows.sex,
    "nik": identity_rows.nik,
    "nkk": other_rows.nkk,
    "marital": other_rows.marital,
    "nationality": other_rows.nationality,
    "occupation": other_rows.occupation,
    "address": other_rows.address,
    "tps": other_rows.tps,
    "remark": other_rows.remark,
}


def rows(held: HeldEntry, voter: Voter | None, seen: Seen) -> Iterator[Row]:
    """Yield the rows the officer may see, in the order of the page."""
    for name, build in FIELDS.items():
        row = build(held, voter, seen) if seen.of(name) != "hidden" else None
        if row:
            yield row
