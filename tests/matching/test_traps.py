"""What must never be decided by itself: twins, namesakes, relatives' numbers, people on no roll, thin evidence."""

from datetime import date

import pytest

from reconcile.matching import Caution, MatchOptions
from reconcile.records import MatchStatus

from .builders import CROWD, NUMBER, RELATIVE, VILLAGES, answers, held, numbered, only, run, voter

pytestmark = pytest.mark.slow

AUTO, REVIEW, NONE = MatchStatus.AUTO, MatchStatus.REVIEW, MatchStatus.NONE
TWIN = "3316091403809002"
MAN, WIFE = voter(), voter(name="SRI WAHYUNI", sex="female", nik=RELATIVE, birth_date=date(1983, 6, 17))
TWIN_BROTHER = voter(name="WAGINO LESMANA", nik=TWIN)
FATHER = voter(nik="3316090207559001", birth_date=date(1955, 7, 2))
NAMESAKE = voter(nik="3316121403809001", region_code="3316122005", address="DK NGLAWAN", rt="4", nkk=None)
THIN = {"nik": None, "birth_date": None}


def answer(register_row, *roll):
    return only(run([register_row], numbered(roll)))


def never_alone(register_row, *roll):
    """Return what is proposed where nothing may be decided by itself."""
    found = answer(register_row, *roll)
    assert found.status is not AUTO
    return found


# Two for one


def test_a_twin_is_not_decided_when_only_the_other_is_on_the_roll():
    never_alone(held(name="WAGIYO LESMANA"), TWIN_BROTHER)
    never_alone(held(name="WAGIYA LESMANA", nik=TWIN), voter(name="WAGIYO LESMANA"))


def test_twins_who_are_both_on_the_roll_are_told_apart_by_their_numbers():
    twins = [held(name="WAGIYO LESMANA"), held(name="WAGINO LESMANA", nik=TWIN)]
    roll = [TWIN_BROTHER, voter(name="WAGIYO LESMANA")]
    assert answers(twins, roll) == [(AUTO, 1), (AUTO, 0)]


def test_twins_in_one_register_are_not_taken_for_one_person():
    twins = numbered([held(name="WAGIYO LESMANA"), held(name="WAGINO LESMANA", nik=TWIN)])
    roll = [TWIN_BROTHER, voter(name="WAGIYO LESMANA")]
    assert [found.same_as for found in run(twins, numbered(roll)).matches] == [(), ()]


def test_of_twins_without_numbers_the_one_on_no_roll_is_not_decided():
    twins = numbered([held(name="WAGIYO LESMANA", nik=None), held(name="WAGINO LESMANA", nik=None)])
    first, second = run(twins, [voter(name="WAGIYO LESMANA")]).matches
    assert (first.status, first.chosen) == (AUTO, 0)
    assert second.status is REVIEW
    assert Caution.TWIN_POSSIBLE in second.cautions


def test_twins_without_a_number_are_told_apart_by_name_or_left_open():
    found = answer(held(name="WAGINO LESMANA", nik=None), voter(name="WAGIYO LESMANA"), TWIN_BROTHER)
    assert found.chosen == 1
    open_ = never_alone(held(name="LESMANA", nik=None), voter(name="WAGIYO LESMANA"), TWIN_BROTHER)
    assert Caution.TWO_AS_LIKELY in open_.cautions or open_.status is NONE


def test_father_and_son_of_one_name_are_told_apart_by_birth_or_number():
    assert answers([held(nik=None)], [MAN, FATHER]) == [(AUTO, 0)]
    assert answers([held(birth_date=None)], [FATHER, MAN]) == [(AUTO, 1)]


def test_father_and_son_of_one_name_stay_open_without_birth_and_number():
    never_alone(held(**THIN), MAN, FATHER)
    never_alone(held(nik=None, birth_date=None, age=50, birth_quality="age"), MAN, FATHER)


def test_a_son_who_is_not_on_the_roll_is_not_his_father():
    never_alone(held(), FATHER)
    never_alone(held(nik=None), FATHER)


def test_a_relatives_number_in_the_register_is_never_decided_alone():
    found = never_alone(held(nik=RELATIVE), MAN, WIFE)
    assert found.chosen == 0
    assert Caution.NIK_OF_ANOTHER in found.cautions


def test_a_twins_number_is_seen_by_the_name_that_is_nearer_to_the_others():
    twins = voter(name="WISNU HIDAYAT"), voter(name="WISNI HIDAYAT", nik=TWIN)
    found = never_alone(held(name="HIDAYAT WNSNI", birth_date=date(1980, 3, 28)), *twins)
    assert Caution.NIK_OF_ANOTHER in found.cautions
    assert answers([held(name="HIDAYAT WNSNU", birth_date=date(1980, 3, 28))], [*twins]) == [(AUTO, 0)]
    assert answers([held(name="WISNUHIDAYAT")], [*twins]) == [(AUTO, 0)]


def test_a_relatives_number_does_not_find_the_relative_for_a_man_on_no_roll():
    found = never_alone(held(nik=RELATIVE), WIFE)
    assert not found.cautions or Caution.NIK_OF_ANOTHER in found.cautions


def test_two_voters_of_one_name_and_birth_date_are_as_likely_without_a_number():
    found = never_alone(held(nik=None, region_code=None, address=None, rt=None, rw=None), MAN, NAMESAKE)
    assert Caution.TWO_AS_LIKELY in found.cautions


@pytest.mark.parametrize("place", [0, 1])
def test_two_voters_of_one_name_and_birth_date_are_told_apart_by_number(place):
    assert answers([held(nik=(MAN, NAMESAKE)[place]["nik"])], [MAN, NAMESAKE]) == [(AUTO, place)]


@pytest.mark.parametrize("known", [{}, {"birth_year": 1980}, {"age": 44}])
def test_a_mononym_of_dozens_without_number_and_date_stays_open(known):
    dozens = [
        voter(name="SLAMET", nik=None, nkk=None, birth_date=date(1976 + n % 9, 1 + n % 12, 2 + n), rt=str(n % 5))
        for n in range(24)
    ]
    found = never_alone(held(name="SLAMET", **(THIN | known)), *dozens)
    assert found.probability < 0.9


def test_a_mononym_of_dozens_with_number_and_date_finds_its_own():
    dozens = [voter(name="SLAMET", nik=f"33160902018{n % 10}90{n:02}", birth_date=date(1980 + n % 10, 1, 2), nkk=None)
              for n in range(1, 25)]  # fmt: skip
    assert answers([held(name="SLAMET")], [*dozens, voter(name="SLAMET")]) == [(AUTO, 24)]


@pytest.mark.parametrize(
    "cousin",
    [
        voter(name="WAGIYO LESMANA", nik="3316090808829001", birth_date=date(1982, 8, 8)),
        voter(name="WAGIYO LEGAWA", nik="3316091503819001", birth_date=date(1981, 3, 15)),
        voter(name="WAGIYO LEGAWI", nik="3316091408809001", birth_date=date(1980, 8, 14), address="DK KRAJAN", rt="5"),
        voter(name="WAGIYO LEGAWA", nik="3316091403869001", birth_date=date(1986, 3, 14)),
        voter(name="WAGIYA LEGAWA", nik="3316096403809001", sex="female"),
    ],
    ids=["another second name", "a day and a year off", "another month", "another year", "a sister"],
)
@pytest.mark.parametrize("number", [NUMBER, None])
def test_a_person_on_no_roll_is_not_a_cousin(cousin, number):
    never_alone(held(nik=number), cousin)


def test_a_slip_that_hits_a_strangers_number_is_seen_by_the_birth_date():
    stranger = voter(name="WAGIYO", nik="3316091403869001", birth_date=date(1986, 3, 14), nkk=None, address="DK TEMPEL")
    found = never_alone(held(nik="3316091403869001", address=None, rt=None, region_code=None), MAN, stranger)
    assert Caution.NIK_OF_ANOTHER in found.cautions


def test_a_slip_that_hits_a_namesakes_number_is_seen_by_the_home():
    number = "3316071403809001"
    found = never_alone(held(nik=number), MAN, NAMESAKE | {"nik": number, "nik_digits": number})
    assert Caution.NIK_OF_ANOTHER in found.cautions


def test_a_number_with_a_slip_and_no_birth_date_is_thin_away_from_home():
    slip = held(nik="3316091703809001", birth_date=None)
    elsewhere = voter(address="DK TEMPEL", rt="7", birth_place="REMBANG", region_code=VILLAGES[2])
    assert Caution.THIN in never_alone(slip | {"name": "WAGIYO"}, elsewhere).cautions
    assert answers([slip], [MAN]) == [(AUTO, 0)]


def test_two_birth_dates_apart_and_no_number_are_left_to_a_person():
    found = never_alone(held(nik=None, birth_date=date(1979, 9, 5)), MAN)
    assert Caution.UNLIKELY in found.cautions or found.status is NONE


def test_another_row_of_a_person_does_not_vouch_for_a_row_that_fits_ill():
    cell = held(
        name="WAGIYO", nik=None, birth_date=date(1980, 1, 1), birth_quality="filler", address="DK TEMPEL", rt="7"
    )
    for found in run(numbered([held(), cell]), [MAN]).matches:
        assert (found.status is AUTO) == (found.held == 0)


def test_a_namesake_born_the_same_day_in_the_next_district_is_not_a_slip_of_the_hand():
    away = voter(nik="3316051403809001", region_code=None, address="DK NGLAWAN", rt="9", birth_place="PATI")
    assert Caution.NIK_CONTRADICTS in never_alone(held(), away).cautions


def test_a_slip_in_the_district_is_one_where_no_such_district_is():
    away = voter(region_code=None, address="DK NGLAWAN", rt="9", birth_place="PATI")
    assert Caution.NIK_CONTRADICTS in answer(held(nik="3316071403809001"), away).cautions  # of Jiken
    assert Caution.NIK_CONTRADICTS not in answer(held(nik="3316691403809001"), away).cautions
    # A voter was registered there: it was renamed since.
    once = voter(name="BAMBANG", nik="3316690101709001", birth_date=date(1970, 1, 1), nkk=None)
    assert Caution.NIK_CONTRADICTS in answer(held(nik="3316691403809001"), away, once).cautions


def test_the_own_number_stands_against_a_namesakes_that_is_a_digit_away():
    next_door = voter(nik=TWIN, rt="4", nkk="3316090505059002")
    assert answers([held(name="WAGIYO")], [MAN, next_door]) == [(AUTO, 0)]


@pytest.mark.parametrize("place", ["BLORA", "PATI"])
def test_two_voters_of_one_name_and_birth_date_stay_open_whatever_else_agrees(place):
    roll = MAN, NAMESAKE | {"birth_place": "PATI"}
    assert Caution.TWO_AS_LIKELY in never_alone(held(nik=None, birth_place=place), *roll).cautions


def test_two_voters_with_one_number_are_two_people():
    found = answer(held(), MAN, voter(name="BAMBANG SUTEJO", birth_date=date(1971, 1, 4), nkk=None))
    assert found.chosen == 0
    assert found.status is REVIEW
    assert found.entries == (0,)


# Without evidence


@pytest.mark.parametrize(
    "register_row",
    [
        held(**THIN),
        held(**THIN, father="KASDI"),
        held(**THIN, birth_year=1983),
        held(**THIN, birth_year=1980, region_code="3316", address=None, rt=None, rw=None),
        held(**THIN, age=44, region_code=None, address=None, rt=None, rw=None),
        held(nik=None, nik_digits="331609", nik_quality="lost", birth_date=None),
    ],
)
def test_without_number_and_birth_date_nobody_is_decided(register_row):
    assert Caution.THIN in never_alone(register_row, voter(father="KASDI")).cautions


@pytest.mark.parametrize("stated", [{"birth_year": 1980, "birth_quality": "year"}, {"age": 44, "birth_quality": "age"}])
def test_a_year_or_an_age_stands_in_for_the_date_of_a_rare_name_at_home(stated):
    assert answers([held(**THIN, **stated)], [MAN]) == [(AUTO, 0)]


def test_a_call_name_that_differs_beside_the_next_number_is_a_twin_and_a_later_word_is_not():
    assert Caution.TWIN_POSSIBLE in never_alone(held(name="WAGIYA LEGAWA"), voter(nik=TWIN)).cautions
    miswritten = held(name="WAGIYA LEGAWA", birth_date=date(1982, 3, 14))
    assert Caution.TWIN_POSSIBLE in never_alone(miswritten, voter(nik=TWIN)).cautions
    assert answers([held(name="WAGIYO LEGAWI")], [voter(nik=TWIN)]) == [(AUTO, 0)]


@pytest.mark.parametrize(("born", "status"), [(date(1981, 3, 17), AUTO), (date(1990, 5, 17), REVIEW)])
def test_an_equal_number_under_its_own_name_bears_a_slip_in_the_birth_date_but_not_another_one(born, status):
    assert answers([held(birth_date=born)], [MAN]) == [(status, 0)]


def test_an_equal_number_under_another_name_is_left_to_a_person():
    found = never_alone(held(name="BAMBANG SUTEJO"), MAN)
    assert {Caution.NIK_OF_ANOTHER, Caution.NAME_FAR} <= {*found.cautions}


def test_another_sex_is_left_to_a_person_unless_the_number_says_it():
    assert Caution.SEX_DIFFERS in never_alone(held(sex="female", nik=None), MAN).cautions
    assert answers([held(sex="female")], [MAN]) == [(AUTO, 0)]
    for slip in ("3316091403809010", "3316071403809001"):
        assert Caution.SEX_DIFFERS not in answer(held(sex="female", nik=slip), MAN).cautions
    short = {"nik": None, "nik_quality": "short"}
    for digits, said in (("331091403809001", True), ("331609140380901", True), ("331609403809001", False)):
        found = answer(held(sex="female", nik_digits=digits, **short), MAN)
        assert (Caution.SEX_DIFFERS not in found.cautions) == said
    woman = voter(sex="female")  # her number says male: it vouches for neither
    assert Caution.SEX_DIFFERS in never_alone(held(), woman).cautions


def test_a_far_birth_year_is_left_to_a_person_unless_the_number_vouches_for_it():
    far = {"birth_date": date(1990, 3, 14)}
    assert Caution.BIRTH_YEAR_FAR in never_alone(held(nik=None, **far), MAN).cautions
    assert Caution.BIRTH_YEAR_FAR not in answer(held(**far), MAN).cautions


def test_a_name_that_only_the_alias_explains_is_left_to_a_person():
    assert Caution.NAME_FAR in never_alone(held(name="SLAMET", alias="WAGIYO LEGAWA", nik=None), MAN).cautions


def test_a_word_that_is_a_name_of_its_own_is_no_slip_for_another():
    twins_name = [voter(name="WAGIRO", nik=f"331609010170900{n}", birth_date=date(1970, 1, n)) for n in range(1, 7)]
    brother, register_row = voter(name="WAGINO LEGAWA"), held(name="WAGIRO LEGAWA", nik=None)
    telling = MatchOptions(tells_names=CROWD)
    assert only(run([register_row], [brother], telling)).status is AUTO
    among_namesakes = only(run([register_row], numbered([brother, *twins_name]), telling))
    assert Caution.TWIN_POSSIBLE in among_namesakes.cautions
    assert Caution.TWIN_POSSIBLE in never_alone(register_row, brother).cautions  # so few do not tell names


@pytest.mark.parametrize(("name", "status"), [("WAGIIYO LEGAWA", AUTO), ("WAGINO LEGAWA", REVIEW)])
def test_a_second_row_a_letter_off_is_the_same_person_where_nobody_is_called_so(name, status):
    twins = numbered([held(), held(name=name, nik=None)])
    other = voter(name="WAGINO", nik="3316090101709001", birth_date=date(1970, 1, 1), nkk=None)
    first, second = run(twins, numbered([MAN, other]), MatchOptions(tells_names=CROWD)).matches
    assert (first.status, second.status) == (AUTO, status)


def test_two_rows_of_one_person_are_one_whichever_has_the_damaged_number():
    lost = {"nik": None, "nik_digits": "331609140380900", "nik_quality": "rounded", "birth_date": date(1980, 5, 3)}
    for rows in ([held(**lost), held()], [held(), held(**lost)]):
        assert [found.status for found in run(numbered(rows), [MAN]).matches] == [AUTO, AUTO]
