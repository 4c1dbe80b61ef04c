"""Damage does what it says, no more, and never decides an outcome by accident."""

import re
from calendar import monthrange
from datetime import date
from random import Random

import pytest

from reconcile.generating import Damage, Group, generate_case
from reconcile.generating.birth_damage import Birth, one_part_wrong
from reconcile.generating.damage import CHANCE, Dice
from reconcile.generating.nik_damage import TRUTH_WORD, write_nik
from reconcile.generating.people import age_on
from reconcile.generating.spelling import respell

pytestmark = pytest.mark.slow

NIK = "3316091708849001"


@pytest.fixture(scope="module")
def strong():
    return generate_case(seed=5, voters=1800, held=420, cells=40, strength=1.7)


def rows(case):
    return case.rutan + case.polres


def truly(case):
    people = {voter.pid: voter for sheet in case.sheets for voter in sheet.voters}
    return people | {moved.person.pid: moved.person for moved in case.moved}


class Loaded(Dice):
    """Dice on which only the given kinds fall."""

    def __init__(self, *kinds):
        super().__init__(Random(1), 1.0)
        self._kinds = kinds

    def _chance(self, kind):
        return 1.0 if kind in self._kinds else 0.0


def test_every_kind_has_a_chance():
    assert set(CHANCE) == set(Damage)


def test_every_kind_falls_at_strong_damage(strong):
    assert {kind for row in rows(strong) for kind in row.damage} == set(Damage)


def test_no_kind_is_noted_twice_in_a_row(strong):
    assert all(len(row.damage) == len(set(row.damage)) for row in rows(strong))


def test_without_strength_registers_say_the_truth():
    case = generate_case(seed=5, voters=600, held=60, cells=12, strength=0.0)
    people = truly(case)
    for row in rows(case):
        assert row.damage == () and row.nik_kind == "ok"
        if row.pid in people:
            person = people[row.pid]
            assert (row.name, row.nik, row.birth) == (person.name, person.nik, Birth(day=person.birth))


def test_strength_makes_more_damage(strong):
    usual = generate_case(seed=5, voters=1800, held=420, cells=40)
    assert sum(len(row.damage) for row in rows(strong)) > 1.2 * sum(len(row.damage) for row in rows(usual))


def test_a_row_without_nik_damage_has_the_right_nik(strong):
    people = truly(strong)
    for row in rows(strong):
        if row.nik_kind == "ok" and row.pid in people:
            assert re.sub(r"\D", "", str(row.nik)) == people[row.pid].nik


def test_full_numbers_in_registers_stay_made_up(strong):
    for row in rows(strong):
        digits = re.sub(r"\D", "", str(row.nik))
        assert len(digits) != 16 or digits[12] == "9"


@pytest.mark.parametrize(
    "kind, shape",
    [
        (Damage.NIK_MISSING, r"|-|0"),
        (Damage.NIK_NUMBER, r"331609170884900\d"),
        (Damage.NIK_DIGIT, r"\d{12}9\d{3}"),
        (Damage.NIK_TRANSPOSED, r"\d{12}9\d{3}"),
        (Damage.NIK_KIN, r"\d{12}9\d{3}"),
        (Damage.NIK_SHORT, r"\d{15}"),
        (Damage.NIK_LOST, r"3[.,]31609E\+15"),
    ],
)
def test_each_wrong_nik_has_its_shape_and_word(kind, shape, strong):
    kin = strong.sheets[0].voters[:1]
    cell, word = write_nik(NIK, kin, dice := Loaded(kind))
    assert re.fullmatch(shape, str(cell)) and str(cell) != NIK
    assert word == TRUTH_WORD[kind] and dice.fallen == [kind]
    assert isinstance(cell, int) is (kind is Damage.NIK_NUMBER)


def test_one_digit_and_transposed_differ_as_little_as_they_say():
    wrong, _ = write_nik(NIK, [], Loaded(Damage.NIK_DIGIT))
    assert sum(a != b for a, b in zip(wrong, NIK, strict=True)) == 1
    swapped, _ = write_nik(NIK, [], Loaded(Damage.NIK_TRANSPOSED))
    assert sum(a != b for a, b in zip(swapped, NIK, strict=True)) == 2 and sorted(swapped) == sorted(NIK)


def test_nobody_without_kin_gets_the_nik_of_kin():
    assert write_nik(NIK, [], dice := Loaded(Damage.NIK_KIN))[1] == "typo"
    assert dice.fallen == [Damage.NIK_DIGIT]


@pytest.mark.parametrize("born", [date(1974, 7, 30), date(1989, 7, 31), date(1980, 2, 29), date(2004, 11, 29)])
def test_one_part_wrong_leaves_the_other_two_as_far_as_there_is_such_a_day(born):
    for seed in range(60):
        wrong = one_part_wrong(born, date(2024, 11, 1), Random(seed))
        kept = [a == b for a, b in zip(wrong.timetuple()[:3], born.timetuple()[:3], strict=True)]
        assert sum(kept) == 2 or (kept[0] + kept[1] == 1 and wrong.day == monthrange(wrong.year, wrong.month)[1])


def test_no_slip_makes_a_minor_of_an_adult_or_the_reverse(strong):
    for row in rows(strong):
        young = row.group in (Group.MINOR, Group.CELL_MINOR)
        if row.birth.day:
            assert (age_on(row.birth.day, strong.voting_day) < 17) is young
        if row.birth.age:
            assert (row.birth.age < 17) is young
        if row.birth.year:
            assert (row.birth.year > strong.voting_day.year - 17) is young
        assert not young or row.birth != Birth()


def test_where_the_home_decides_the_address_is_there(strong):
    homes = (Group.OUTSIDE, Group.CELL_OUTSIDE, Group.UNREGISTERED, Group.CELL_UNREG)
    for row in rows(strong):
        if row.group in homes:
            assert len(row.address) > 3
            assert not {Damage.ADDRESS_MISSING, Damage.ADDRESS_ARREST} & set(row.damage)


@pytest.mark.parametrize("word", ["MUHAMMAD", "SUHARTO", "DJOKO", "ZAENAL", "MUSTA'IN", "TAUFIQ", "WAHYUNI"])
def test_a_word_is_respelt_as_another_word(word):
    respelt = {respell(word, Random(seed)) for seed in range(30)}
    assert word not in respelt and None not in respelt


def test_age_counts_full_years():
    assert age_on(date(2007, 11, 27), date(2024, 11, 27)) == 17
    assert age_on(date(2007, 11, 28), date(2024, 11, 27)) == 16
