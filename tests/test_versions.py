"""The fingerprint of a list version stands for every word of it."""

from dataclasses import fields, replace
from datetime import date
from typing import Any, cast

import pytest

from reconcile.versions import ListVersion, VersionRow, fingerprint, in_groups

HEAD = {"election": "pilkada-2024", "place": "Rutan", "number": 3}
EMPTY = cast(Any, VersionRow)(**{one.name: "" for one in fields(VersionRow)})
ROW = replace(
    EMPTY, number=1, person=7, outcome="fixed_here", category="fixed", ballots=("governor",), due=None, name="SITI",
    sex="female", birth_date=date(1990, 1, 2), birth_year=1990,
)  # fmt: skip


def test_the_same_rows_give_the_same_fingerprint() -> None:
    assert fingerprint(HEAD, (ROW,)) == fingerprint(dict(reversed(HEAD.items())), (replace(ROW),))


@pytest.mark.parametrize("field", [one.name for one in fields(VersionRow)])
def test_every_field_of_a_row_counts(field: str) -> None:
    other = replace(ROW, **cast(Any, {field: "changed"}))
    assert fingerprint(HEAD, (other,)) != fingerprint(HEAD, (ROW,))


def test_head_order_and_number_of_rows_count() -> None:
    marks = [
        fingerprint(HEAD, (ROW, EMPTY)),
        fingerprint(HEAD, (EMPTY, ROW)),
        fingerprint(HEAD, (ROW,)),
        fingerprint(HEAD | {"number": 4}, (ROW,)),
        fingerprint(HEAD, ()),
    ]
    assert len(set(marks)) == len(marks)


def test_unknown_ballots_are_not_no_ballots() -> None:
    none, unknown = replace(ROW, ballots=()), replace(ROW, ballots=None)
    assert fingerprint(HEAD, (none,)) != fingerprint(HEAD, (unknown,))


def test_it_is_printed_in_groups_of_four() -> None:
    assert in_groups("0123456789ab") == "0123 4567 89ab"


def test_the_sexes_of_a_version_add_up() -> None:
    rows = (ROW, replace(ROW, sex="male"), replace(ROW, sex=""))
    version = ListVersion("e", "p", "rutan", "33.16.09.1015/901", 1, date(2024, 11, 1), rows)
    assert version.by_sex(rows) == (1, 1, 1)
