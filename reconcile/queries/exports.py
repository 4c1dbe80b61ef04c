"""The people of one list as rows of text, each field as far as the officer may take it out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from reconcile.models import HeldEntry, SourceList, Voter
from reconcile.queries.births import age_text, birth_text
from reconcile.queries.seeing import sight_of_field
from reconcile.records import Marital, Sex
from reconcile.writing.masking import masked

MOST_ROWS = 50_000  # nobody takes a whole regency's roll out in one file (reliability X03)
ROWS_AT_ONCE = 2_000

OF_HELD = (
    "name", "alias", "father", "nik", "nkk", "birth_place", "birth_date", "sex", "marital", "nationality",
    "occupation", "address", "rt", "rw", "registration_number", "register_class", "entry_date", "release_date",
    "block", "unit",
)  # fmt: skip
OF_VOTER = (
    "name", "nik", "nkk", "birth_place", "birth_date", "sex", "marital", "address", "rt", "rw", "tps", "to_tps",
    "disability", "ektp", "remark",
)  # fmt: skip


def fields_of(one: SourceList, sight: Mapping[str, str]) -> list[str]:
    """Return the fields an officer gets of a list, in the order of the columns."""
    return [name for name in (OF_HELD if one.is_register else OF_VOTER) if sight_of_field(sight, name) != "hidden"]


def rows(one: SourceList, fields: Sequence[str], sight: Mapping[str, str], as_of: date) -> Iterator[list[str]]:
    """Yield the people of a list in its order, with sheet and row as the office sees them."""
    model: type[HeldEntry] | type[Voter] = HeldEntry if one.is_register else Voter
    found = model.objects.filter(source_list=one).order_by("line")
    for row in found.iterator(ROWS_AT_ONCE):
        yield [row.sheet, str(row.row), *(_text(row, name, sight, as_of) for name in fields)]


def _text(row: Any, name: str, sight: Mapping[str, str], as_of: date) -> str:
    how = sight_of_field(sight, name)
    if name == "birth_date":
        return age_text(row, as_of) if how == "age" else birth_text(row)
    value = getattr(row, name)
    if how == "masked":
        return masked(value)
    if name in LETTERS and value:
        return LETTERS[name][value]
    return value.strftime("%d-%m-%Y") if isinstance(value, date) else str(value or "")


# As the forms write them (domain 4.3).
LETTERS: Mapping[str, Mapping[str, str]] = {
    "sex": {Sex.MALE: "L", Sex.FEMALE: "P"},
    "marital": {Marital.SINGLE: "B", Marital.MARRIED: "S", Marital.WIDOWED: "P"},
}
