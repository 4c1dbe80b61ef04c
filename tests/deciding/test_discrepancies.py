from datetime import date

import pytest

from reconcile.deciding import decide
from reconcile.records import Discrepancy

from .builders import at_rutan, case, codes, fixed, held, moved, setting


def found(*entries, of=None, same_as=()):
    return decide(case(*entries, of=of, same_as=same_as), setting()).discrepancies


def test_two_rows_that_agree_show_no_difference():
    assert found(fixed()) == ()


@pytest.mark.parametrize(
    "roll, of, difference",
    [
        ({"name": "SUPARMAN"}, {}, Discrepancy("name_differs", "SUPARNO", "SUPARMAN")),
        ({"sex": "female"}, {}, Discrepancy("sex_differs", "male", "female")),
        (
            {"birth_date": date(1979, 12, 8)},
            {},
            Discrepancy("birth_date_differs", "1979-08-12", "1979-12-08"),
        ),
        (
            {"birth_date": None, "birth_year": 1980, "birth_quality": "year", "birth_raw": "1980"},
            {},
            Discrepancy("birth_date_differs", "1979-08-12", "1980"),
        ),
        (
            {},
            {"birth_date": None, "age": 35, "birth_quality": "age", "birth_raw": "35 tahun"},
            Discrepancy("birth_date_differs", "35 tahun", "1979-08-12"),
        ),
        (
            {},
            {"region_code": "3316122006"},
            Discrepancy("place_differs", "3316122006", "3316122005"),
        ),
        # the fact alone: no identity number leaves this stage
        ({"nik": "3316121208799002"}, {}, Discrepancy("nik_differs")),
        (
            {},
            {"nik": None, "nik_quality": "rounded", "nik_digits": "331612120879900"},
            Discrepancy("nik_unusable"),
        ),
        ({}, {"nik": None, "nik_quality": "missing"}, Discrepancy("nik_unusable")),
    ],
)
def test_a_difference_carries_both_values(roll, of, difference):
    assert found(fixed(**roll), of=held(**of)) == (difference,)


@pytest.mark.parametrize(
    "roll, of",
    [
        ({"name": "SUPARNO "}, {}),
        ({"name": None}, {}),
        ({"sex": None}, {}),
        ({"birth_date": None, "birth_year": 1979, "birth_quality": "year"}, {}),
        ({}, {"birth_date": date(1979, 1, 1), "birth_quality": "filler"}),
        ({}, {"birth_date": None, "age": 45, "birth_quality": "age"}),
        ({}, {"birth_date": None, "age": 44, "birth_quality": "age"}),  # the list may be a year old
        ({}, {"birth_date": None}),
        ({}, {"region_code": "331612"}),
        ({}, {"region_code": "3316"}),
        ({"nik": None, "nik_quality": "missing"}, {}),
    ],
)
def test_what_is_not_stated_is_no_difference(roll, of):
    assert found(fixed(**roll), of=held(**of)) == ()


def test_the_special_tps_does_not_say_where_its_voters_live():
    assert found(at_rutan()) == ()


def test_each_entry_is_compared():
    assert codes(decide(case(fixed(), moved(name="SUPARNO B")), setting())) == ["name_differs"]


@pytest.mark.parametrize(
    "entries, same_as, difference",
    [
        (
            (),
            (held(row=9),),
            Discrepancy("listed_twice_in_register", "rutan.xlsx|DATA WBP|6", "rutan.xlsx|DATA WBP|9"),
        ),
        (
            (),
            (held(kind="polres", source_file="polres.xlsx", sheet="TAHANAN", row=4),),
            Discrepancy("in_both_registers", "rutan.xlsx|DATA WBP|6", "polres.xlsx|TAHANAN|4"),
        ),
        (
            (fixed(), fixed(row=271)),
            (),
            Discrepancy("listed_twice_on_roll", "DPT_NGAWEN.xlsx|TPS 003|270", "DPT_NGAWEN.xlsx|TPS 003|271"),
        ),
        (
            (moved(), moved(row=6)),
            (),
            Discrepancy("listed_twice_on_roll", "DPTb_TPS901.xlsx|DPTb|5", "DPTb_TPS901.xlsx|DPTb|6"),
        ),
    ],
)
def test_a_person_listed_twice(entries, same_as, difference):
    assert found(*entries, same_as=same_as) == (difference,)


def test_a_home_entry_beside_the_moved_list_is_no_second_listing():
    assert found(fixed(), moved()) == ()
