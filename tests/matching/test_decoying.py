"""Decoys are nobody, as common as the held persons; what they reach chooses the automatic threshold."""

from datetime import date

import numpy as np
import pytest

from reconcile.matching import MatchOptions, prepare
from reconcile.matching.decoying import FEWEST, make_decoys
from reconcile.matching.reporting import choose_threshold, thresholds_of
from reconcile.matching.results import Threshold

from .builders import crowd, held, numbered, run, table, voter

OPTIONS = MatchOptions(fewest_decoys=40)


def register(n=20):
    """Return n people of the crowd as the Rutan would have them, each with a home, a date and a NIK of its own."""
    fields = ("name", "nik", "birth_date", "birth_place", "sex", "address", "rt", "rw", "region_code")
    return numbered([held(**{field: row[field] for field in fields}) for row in crowd()[:n]])


def decoys(rows, options=OPTIONS):
    return make_decoys(table(rows), prepare(table(crowd())), options).to_pylist()


def test_a_decoy_is_put_together_from_several_people():
    rows = register()
    known = {(row["name"], row["birth_date"], row["address"], row["rt"]) for row in rows}
    made = decoys(rows)
    assert not known & {(row["name"], row["birth_date"], row["address"], row["rt"]) for row in made}
    assert {row["name"].split()[0] for row in made} <= {row["name"].split()[0] for row in rows}
    assert {row["birth_date"] for row in made} <= {row["birth_date"] for row in rows}


def test_no_decoy_has_a_voters_number_and_each_number_says_its_date_and_sex():
    numbers = {row["nik"] for row in crowd()}
    for row in decoys(register()):
        assert len(row["nik"]) == 16
        assert row["nik"] not in numbers
        born, day = row["birth_date"], int(row["nik"][6:8])
        assert (day > 40) == (row["sex"] == "female")
        assert (day % 40, int(row["nik"][8:10]), int(row["nik"][10:12])) == (born.day, born.month, born.year % 100)


def test_whose_number_is_missing_has_a_decoy_without_one():
    rows = [row | {"nik": None, "nik_digits": None, "nik_quality": "missing"} for row in register()]
    assert {row["nik"] for row in decoys(rows)} == {None}


def test_small_registers_have_several_decoys_each_and_the_smallest_none():
    assert len(decoys(register(20))) == 40
    assert len(decoys(register(FEWEST), MatchOptions(fewest_decoys=1))) == FEWEST
    assert decoys(register(FEWEST - 1)) == []
    assert len(decoys(register(20), MatchOptions(fewest_decoys=1, most_decoys=12))) == 12


def test_the_order_of_the_table_makes_no_other_decoys():
    rows = register()
    assert decoys(rows) == decoys(rows[::-1])


def test_a_table_with_a_few_columns_has_decoys_too():
    few = table(register()).select(["name", "birth_date"])
    made = make_decoys(few, prepare(table(crowd())), OPTIONS)
    assert made.num_rows == 40
    assert made["nik"].null_count == 40


def threshold(probability, matches, by_decoys):
    return Threshold(probability, matches, 0.0, by_decoys)


def test_the_least_threshold_with_few_enough_false_matches_is_chosen():
    options = MatchOptions(automatic=0.9, false_share=0.01)
    few = [threshold(0.5, 100, 0.1), threshold(0.9, 100, 2.0), threshold(0.99, 90, 0.5), threshold(0.999, 80, 0.1)]
    assert choose_threshold(few, options) == 0.99
    assert choose_threshold([threshold(0.9, 100, 9.0), threshold(0.99, 90, 9.0)], options) == 0.99
    assert choose_threshold([threshold(0.9, 100, None)], options) == 0.9
    assert choose_threshold([], options) == 0.9


def test_false_matches_are_what_decoys_reach_times_those_on_no_roll():
    top, fakes = np.asarray([0.99] * 60 + [0.1] * 40), np.asarray([0.99] * 2 + [0.6] * 3 + [0.0] * 94)
    half, high = thresholds_of(top, fakes, 0.6, MatchOptions(thresholds=(0.5, 0.9)))
    assert (half.matches, half.by_decoys) == (60, pytest.approx(40 * 6 / 100))
    assert (high.matches, high.by_decoys) == (60, pytest.approx(40 * 3 / 100))
    assert high.stated == pytest.approx(0.6)


@pytest.mark.slow
def test_a_register_of_people_on_the_roll_is_trusted_and_one_of_strangers_warns():
    here = run(register(40), [voter()]).report
    born = {"nik": None, "birth_year": 1990}
    strangers = [
        row | born | {"birth_date": date(1990, 1 + n % 12, 2 + n % 26), "name": f"QOIRUN {row['name'].split()[0]}"}
        for n, row in enumerate(register(40))
    ]
    away = run(strangers, [voter()]).report
    assert here.share > 0.9
    assert not here.few
    assert away.share < 0.1
    assert away.few
    assert here.automatic == MatchOptions().automatic < away.automatic
    assert here.decoys == away.decoys == MatchOptions().fewest_decoys
