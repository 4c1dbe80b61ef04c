"""The fingerprint of a list version stands for every word of it."""

from dataclasses import fields, replace
from datetime import date
from typing import Any, cast

import pytest

from reconcile.versions import ListVersion, VersionRow, changes_between, fingerprint, in_groups

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


def version(*rows: VersionRow, number: int = 1) -> ListVersion:
    numbered = tuple(replace(row, number=at) for at, row in enumerate(rows, start=1))
    return ListVersion("e", "p", "rutan", "33.16.09.1015/901", number, date(2024, 11, 1), numbered)


OTHER = replace(ROW, person=8, name="BUDI", nik="9916090101909002")
GONE = replace(OTHER, person=None, outcome="left", category="")


def test_between_equal_versions_nothing_has_changed() -> None:
    assert changes_between(version(ROW, OTHER), version(OTHER, ROW, number=2)) == ()


def test_changes_name_every_person_once_and_add_up() -> None:
    third = replace(ROW, person=9, name="AMIR")
    earlier, later = version(ROW, OTHER), version(replace(ROW, outcome="too_late", remark="x"), third, number=2)
    changes = changes_between(earlier, later)
    assert [(one.kind.value, one.row.name, one.fields) for one in changes] == [
        ("changed", "SITI", ("outcome", "remark")), ("added", "AMIR", ()), ("struck", "BUDI", ()),
    ]  # fmt: skip
    kinds = [one.kind.value for one in changes]
    assert len(later.rows) == len(earlier.rows) + kinds.count("added") - kinds.count("struck")
    voters = len(earlier.voters) + sum(one.votes_now - one.voted_before for one in changes)
    assert len(later.voters) == voters == 1


def test_who_has_left_custody_is_the_same_person() -> None:
    (change,) = changes_between(version(ROW, OTHER), version(ROW, GONE, number=2))
    assert (change.kind.value, change.fields, change.voted_before) == ("changed", ("outcome", "category"), True)
    assert changes_between(version(GONE), version(GONE, number=2)) == ()


def test_two_people_with_one_nik_are_two() -> None:
    twin = replace(OTHER, person=9, name="BUDA")
    assert changes_between(version(OTHER, twin), version(twin, OTHER, number=2)) == ()
    changes = changes_between(version(OTHER), version(OTHER, twin, number=2))
    assert [(one.kind.value, one.row.name) for one in changes] == [("added", "BUDA")]


def test_voters_without_nik_whom_no_register_shows_are_known_by_name_and_birth() -> None:
    nameless = replace(GONE, nik="")
    changes = changes_between(version(nameless), version(replace(nameless, remark="x"), number=2))
    assert [one.fields for one in changes] == [("remark",)]
    changes = changes_between(version(nameless), version(replace(nameless, name="BUDA"), number=2))
    assert [one.kind.value for one in changes] == ["added", "struck"]
