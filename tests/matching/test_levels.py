"""The level at which each field of a register row agrees with a voter's, one literal table a field."""

from datetime import date

import pytest

from .builders import NUMBER, RELATIVE, held, levels, numbered, voter

TWIN = "3316091403809002"  # born the same day, the next serial

NIK = [
    # digits in the register, quality, level against NUMBER
    (NUMBER, "ok", "equal"),
    ("3316091403809010", "ok", "transposed"),
    ("3316091403089001", "ok", "transposed"),
    ("3316071403809001", "ok", "one_digit_district"),
    ("3316095403809001", "ok", "one_digit_district"),  # a woman's day
    ("3316091403819001", "ok", "one_digit"),
    ("3316091403809101", "ok", "one_digit"),
    (TWIN, "ok", "one_digit_serial"),
    ("331609140380900", "rounded", "rounded_fits"),
    ("331609140380901", "rounded", "contradicts"),
    ("331609140380901", "short", "short_fits"),
    ("331609143809001", "short", "short_fits"),
    ("331609143809002", "short", "contradicts"),
    ("3316071403809003", "ok", "two_digits"),
    ("3316122511789005", "ok", "contradicts"),
    ("331609", "lost", "missing"),
    ("33160914038", "short", "missing"),
    (None, "missing", "missing"),
    (None, "letters", "missing"),
    (None, "junk", "missing"),
]

# Birth date in the register (date, year or age), and the level against 14-03-1980.
BIRTH = [
    ({}, "equal"),
    ({"birth_date": date(1980, 3, 15)}, "one_part"),
    ({"birth_date": date(1980, 8, 14)}, "one_part"),
    ({"birth_date": date(1987, 3, 14)}, "one_part"),
    ({"birth_date": date(1987, 8, 14)}, "different"),
    ({"birth_date": date(1980, 1, 1), "birth_quality": "filler"}, "filler"),
    ({"birth_date": date(1981, 1, 1), "birth_quality": "filler"}, "different"),
    ({"birth_date": date(1980, 1, 1)}, "different"),  # 1 January, but stated as exact
    ({"birth_date": None, "birth_year": 1980, "birth_quality": "year"}, "year_only"),
    ({"birth_date": None, "birth_year": 1981, "birth_quality": "year"}, "year_near"),
    ({"birth_date": None, "birth_year": 1983, "birth_quality": "year"}, "different"),
    ({"birth_date": None, "age": 44, "birth_quality": "age"}, "age_fits"),
    ({"birth_date": None, "age": 45, "birth_quality": "age"}, "age_fits"),
    ({"birth_date": None, "age": 40, "birth_quality": "age"}, "different"),
    ({"birth_date": None}, "missing"),
]

REGION = [
    ("3316091015", "village"),
    ("331609", "district"),
    ("3316091013", "district"),
    ("3316", "regency"),
    ("3316122005", "regency"),
    ("3317", "elsewhere"),
    (None, "missing"),
    ("33", "missing"),
]

STREET = [
    ({}, "street_and_rt"),
    ({"address": "DUKUH SUMBERJO RT 01 RW 02 DS KUNDEN KEC BLORA"}, "street_and_rt"),
    ({"address": "DSN. SUMBERREJO"}, "street_and_rt"),  # one letter more
    ({"rt": "4"}, "street"),
    ({"rt": None, "rw": None}, "street"),
    ({"address": "DK KRAJAN"}, "rt"),
    ({"address": None}, "rt"),
    ({"address": "DK KRAJAN", "rt": "4"}, "differs"),
    ({"address": None, "rt": None, "rw": None}, "missing"),
    ({"address": "RT 1 RW 2", "rt": None}, "missing"),  # no street in it
]

PLACE = [
    ("BLORA", "equal"),
    ("KAB. BLORA", "equal"),
    ("Blora", "equal"),
    ("BLORO", "near"),
    ("BLRA", "near"),
    ("BLORA KOTA", "near"),
    ("BOLRO", "differs"),  # two letters of five
    ("LOR", "differs"),  # too short to be held by another
    ("REMBANG", "differs"),
    (None, "missing"),
]
SEX = [("male", "equal"), ("female", "differs"), (None, "missing")]
FATHER = [("KASDI", "KASDI", "equal"), ("KASDI", "PARDI", "differs"), ("KASDI", None, "missing")]

ALIAS = [
    # name, alias and voter's name: a clear alias counts only where the name itself does not fit
    ("SLAMET", None, "different"),
    ("SLAMET", "WAGIYO LEGAWA", "alias"),
    ("SLAMET", "WAGIYO LEGOWA", "alias"),
    ("SLAMET", "KEBO; WAGIYO LEGAWA", "alias"),
    ("WAGIYO LEGAWA", "KEBO", "equal"),
    ("SLAMET", "KEBO", "different"),
]


def agreement(field, register, *roll):
    """Return the level of `field` between a register row and the first of some voters."""
    (found,) = levels(field, [register], [*(roll or (voter(),))])
    return found


@pytest.mark.parametrize(("digits", "quality", "expected"), NIK)
def test_nik(digits, quality, expected):
    value = digits if quality == "ok" else None
    assert agreement("nik", held(nik=value, nik_digits=digits, nik_quality=quality)) == expected


def test_nik_of_another_on_the_same_family_card_is_a_relatives():
    wife = voter(name="SRI WAHYUNI", sex="female", nik=RELATIVE, birth_date=date(1983, 6, 17))
    roll = numbered([voter(), wife])
    assert agreement("nik", held(nik=RELATIVE), *roll) == "relative"


def test_the_same_number_on_another_family_card_is_not():
    stranger = voter(name="SRI WAHYUNI", sex="female", nik=RELATIVE, nkk="3316090505059009")
    roll = numbered([voter(), stranger])
    assert agreement("nik", held(nik=RELATIVE), *roll) == "contradicts"


def test_two_numbers_that_each_carry_their_own_birth_date_contradict():
    brother = held(nik="3316091403859001", birth_date=date(1985, 3, 14))
    assert agreement("nik", brother) == "contradicts"


def test_the_same_slip_is_a_digit_where_the_register_has_the_voters_date():
    assert agreement("nik", held(nik="3316091403859001")) == "one_digit"


@pytest.mark.parametrize(("changes", "expected"), BIRTH)
def test_birth_date(changes, expected):
    assert agreement("birth_date", held(**changes)) == expected


def test_day_and_month_swapped():
    assert agreement("birth_date", held(birth_date=date(1980, 5, 3)), voter(birth_date=date(1980, 3, 5))) == "swapped"


@pytest.mark.parametrize(("code", "expected"), REGION)
def test_region(code, expected):
    assert agreement("region", held(region_code=code)) == expected


@pytest.mark.parametrize(("changes", "expected"), STREET)
def test_street(changes, expected):
    assert agreement("street", held(**changes)) == expected


@pytest.mark.parametrize(("place", "expected"), PLACE)
def test_birth_place(place, expected):
    assert agreement("birth_place", held(birth_place=place)) == expected


@pytest.mark.parametrize(("sex", "expected"), SEX)
def test_sex(sex, expected):
    assert agreement("sex", held(sex=sex)) == expected


@pytest.mark.parametrize(("mine", "theirs", "expected"), FATHER)
def test_father(mine, theirs, expected):
    assert agreement("father", held(father=mine), voter(father=theirs)) == expected


@pytest.mark.parametrize(("mine", "theirs", "expected"), [(1, 1, "equal"), (1, 2, "differs"), (1, None, "missing")])
def test_family_card(mine, theirs, expected):
    cards = [card and f"331609050505900{card}" for card in (mine, theirs)]
    assert agreement("nkk", held(nkk=cards[0]), voter(nkk=cards[1])) == expected


@pytest.mark.parametrize(("name", "alias", "expected"), ALIAS)
def test_alias(name, alias, expected):
    assert agreement("name", held(name=name, alias=alias)) == expected
