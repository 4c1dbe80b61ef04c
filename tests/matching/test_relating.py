"""A relative is no stranger: home, birth place and day that agree are not weighed as chance one by one."""

from datetime import date

import pytest

from reconcile.matching import MatchOptions

from .builders import held, only, reasons, run, voter

pytestmark = pytest.mark.slow
HOME = {"region_code": None, "address": None, "rt": None, "rw": None}


def lost(register_row, roll_row=None, options=None):
    """Return the thousandths of a bit a pair loses because of relatives (0: none)."""
    return -reasons(only(run([register_row], [roll_row or voter()], options))).get("relative", ("", 0))[1]


def test_a_sibling_in_one_home_is_no_rarity():
    sibling = held(name="LEGAWA", nik=None, birth_date=None, birth_year=1985)
    assert lost(sibling) > lost(sibling | HOME)


def test_a_twins_name_and_day_are_weighed_together():
    assert lost(held(name="WAGINO LEGAWA", nik=None)) > 3_000
    assert lost(held(name="WAGINO LEGAWA", nik=None, birth_date=date(1969, 9, 9))) < 3_000


def test_nothing_is_lost_where_nobody_has_relatives():
    assert lost(held(name="WAGINO LEGAWA", nik=None), options=MatchOptions(relatives=0.0)) == 0


def test_a_neighbouring_number_is_what_a_twin_has():
    assert lost(held(name="WAGINO LEGAWA"), voter(nik="3316091403809002")) > lost(held(name="WAGINO LEGAWA", nik=None))


def test_the_person_itself_loses_next_to_nothing_without_a_number():
    """Nobody has a twin of the same name: the same name, day and home are the same person's."""
    assert lost(held(nik=None)) < 2_000


def test_what_relatives_take_off_is_one_of_the_reasons():
    candidate = only(run([held(name="WAGINO LEGAWA", nik=None)], [voter()])).candidates[0]
    assert sum(reason.weight for reason in candidate.reasons) == candidate.weight
    assert all(reason.weight <= 0 for reason in candidate.reasons if reason.field == "relative")
