from datetime import date

import pyarrow as pa
import pytest

from reconcile.deciding import TpsRef, left_step, left_voters
from reconcile.records import SCHEMA

from .builders import RUTAN_TPS, at_rutan, fixed, moved, setting


def roll(*rows):
    """The rows as a table with the types of the records, dictionaries and all."""
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)


ROWS = (
    fixed(),
    at_rutan(row=13),
    at_rutan(row=14, tps_region="3316091014"),
    at_rutan(row=15),
    moved(to_tps="901", to_region=RUTAN_TPS.region, tps="901", tps_region=RUTAN_TPS.region),
    at_rutan(row=16, tps=None),
    at_rutan(row=17),
)


@pytest.mark.parametrize(
    "matched, gone",
    [
        ((), (1, 3, 6)),
        ([3], (1, 6)),
        ({1, 3, 6}, ()),
        ((0, 2, 99), (1, 3, 6)),
    ],
)
def test_who_is_on_the_special_roll_and_not_held_has_left(matched, gone):
    assert left_voters(roll(*ROWS), matched, RUTAN_TPS) == gone


def test_the_number_may_be_written_without_zeros():
    tps = TpsRef(RUTAN_TPS.region, "001")
    rows = roll(at_rutan(tps="1"), at_rutan(tps="001"), at_rutan(tps="11"))
    assert left_voters(rows, (), tps) == (0, 1)


def test_several_files_joined_into_one_table():
    table = pa.concat_tables([roll(*ROWS), roll(*ROWS)])
    assert left_voters(table, (1, 3), RUTAN_TPS) == (6, 8, 10, 13)
    assert left_voters(table.unify_dictionaries(), (1, 3), RUTAN_TPS) == (6, 8, 10, 13)


@pytest.mark.parametrize("table", [roll(), pa.table({"name": ["SUPARNO"]})])
def test_a_roll_that_names_no_tps_has_nobody_to_miss(table):
    assert left_voters(table, (), RUTAN_TPS) == ()


@pytest.mark.parametrize("as_of, due", [(date(2024, 11, 20), date(2024, 11, 20)), (date(2024, 11, 21), None)])
def test_who_has_left_is_marked_and_moved_back_in_time(as_of, due):
    assert left_step(setting(as_of=as_of)) == ("mark_copy", "kpps", due)
