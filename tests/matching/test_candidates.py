"""Which voters are looked at for a person: whoever any one field could make that person, and few others."""

from datetime import date

import pytest

from .builders import NUMBER, RELATIVE, crowd, held, only, run, voter

NOBODY_LIKE = {
    "name": "BAMBANG SUTEJO",
    "nik": None,
    "nkk": None,
    "birth_date": date(1961, 8, 9),
    "region_code": "3316",
}

# A register row that shares one thing (and sometimes a name) with the voter, and nothing else.
FOUND = {
    "equal NIK": {"nik": NUMBER},
    "NIK with a wrong digit": {"nik": "3316091403809008"},
    "NIK with two digits exchanged": {"nik": "3316091403809010"},
    "rounded NIK": {"nik_digits": NUMBER[:15], "nik_quality": "rounded"},
    "NIK that lost a digit": {"nik_digits": NUMBER[:8] + NUMBER[9:], "nik_quality": "short"},
    "NIK of another on the family card": {"nik": RELATIVE},
    "family card": {"nkk": "3316090505059001"},
    "birth date": {"birth_date": date(1980, 3, 14)},
    "name": {"name": "WAGIYO LEGAWA"},
    "words in another order": {"name": "LEGAWA WAGIYO"},
    "a rare word": {"name": "SUWARNO LEGAWA"},
    "alias": {"alias": "WAGIYO LEGAWA"},
    "first word and village": {"name": "WAGIYO", "region_code": "3316091015"},
    "like name and birth year": {"name": "WAHYO LEGWA", "birth_date": None, "birth_year": 1980},
    "like name and age": {"name": "WAHYO LEGWA", "birth_date": None, "age": 44},
    "like name and day of birth": {"name": "WAHYO LEGWA", "birth_date": date(1987, 3, 14)},
    "like name and month of birth": {"name": "WAHYO LEGWA", "birth_date": date(1980, 3, 25)},
}


@pytest.mark.parametrize("shared", FOUND)
def test_one_shared_thing_is_enough_to_be_looked_at(shared):
    wife = voter(name="SRI WAHYUNI", nik=RELATIVE, sex="female", birth_date=date(1983, 6, 17))
    found = only(run([held(**(NOBODY_LIKE | FOUND[shared]))], [voter(), wife]))
    assert 0 in [candidate.voter for candidate in found.candidates]


def test_day_and_month_may_have_changed_places():
    row = held(**(NOBODY_LIKE | {"birth_date": date(1980, 5, 3)}))
    assert 0 in [candidate.voter for candidate in only(run([row], [voter(birth_date=date(1980, 3, 5))])).candidates]


def test_a_voter_of_1_january_is_looked_at_for_the_whole_year():
    row = held(**(NOBODY_LIKE | {"name": "WAHYO LEGWA", "birth_date": date(1980, 6, 7)}))
    roll = [voter(birth_date=date(1980, 1, 1), birth_quality="filler")]
    assert 0 in [candidate.voter for candidate in only(run([row], roll)).candidates]


def test_who_shares_nothing_is_not_looked_at():
    found = only(run([held(**NOBODY_LIKE)], [voter()]))
    assert 0 not in [candidate.voter for candidate in found.candidates]


def test_no_more_than_five_candidates_are_kept():
    same = [row | {"name": "WAGIYO LEGAWA"} for row in crowd()[:30]]
    assert len(only(run([held(nik=None, birth_date=None)], same)).candidates) == 5
