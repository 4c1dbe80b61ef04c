import math
from dataclasses import replace

import pytest

from reconcile.deciding import TpsRef, ballot_answers, ballots_for, load_election, printed, reserve, shortage

from .builders import RUTAN_TPS

PEMILU = load_election("pemilu-2024")
PILKADA = load_election("pilkada-2024")

# Domain 3.4: destination TPS 901, Kunden, Kec. Blora. Homes as deep as people write them.
#                     PPWP DPR DPD Prov Kab | Gov Regent
BLORA_1 = (["331609", "331608", "331607", "331615", "3316091014"], "yyyyy", "yy")
OTHER_DISTRICTS = (["331605", "331602", "331612", "331614", "3316122005", "331601"], "yyyy-", "yy")
GROBOGAN = (["3315", "331510", "3315102001"], "yyyy-", "y-")
REMBANG_PATI = (["3317", "3318", "331709"], "yyy--", "y-")
REST_OF_CENTRAL_JAVA = (["3319", "3374", "3301", "3376"], "y-y--", "y-")
OTHER_PROVINCES = (["3522", "3523", "3521", "35", "3525", "3171", "91"], "y----", "--")
ROWS = [BLORA_1, OTHER_DISTRICTS, GROBOGAN, REMBANG_PATI, REST_OF_CENTRAL_JAVA, OTHER_PROVINCES]
TABLE = [(home, five, two) for homes, five, two in ROWS for home in homes]


@pytest.mark.parametrize("home, marks, _", TABLE)
def test_ballots_of_the_general_election(home, marks, _):
    in_table_order = ("ppwp", "dpr", "dpd", "dprd_province", "dprd_regency")
    due = {code for code, mark in zip(in_table_order, marks, strict=True) if mark == "y"}
    assert set(ballots_for(home, RUTAN_TPS, PEMILU)) == due


@pytest.mark.parametrize("home, _, marks", TABLE)
def test_ballots_of_the_regional_election(home, _, marks):
    due = tuple(code for code, mark in zip(("governor", "regent"), marks, strict=True) if mark == "y")
    assert ballots_for(home, RUTAN_TPS, PILKADA) == due


@pytest.mark.parametrize("election", [PEMILU, PILKADA])
@pytest.mark.parametrize("home", [None, ""])
def test_without_a_home_nothing_is_said(home, election):
    assert ballots_for(home, RUTAN_TPS, election) is None
    assert set(ballot_answers(home, RUTAN_TPS, election).values()) == {None}


def test_ballots_come_in_the_order_of_the_letter():
    assert ballots_for("331609", RUTAN_TPS, PEMILU) == ("dpr", "dpd", "ppwp", "dprd_province", "dprd_regency")


@pytest.mark.parametrize(
    "home, unknown",
    [
        ("33", {"dpr", "dprd_province", "dprd_regency"}),  # which regency of Central Java?
        ("3316", {"dprd_regency"}),  # which district of Blora?
        ("35", set()),
    ],
)
def test_a_shallow_home_leaves_only_what_it_does_not_decide(home, unknown):
    answers = ballot_answers(home, RUTAN_TPS, PEMILU)
    assert {code for code, answer in answers.items() if answer is None} == unknown
    assert (ballots_for(home, RUTAN_TPS, PEMILU) is None) == bool(unknown)


def test_the_same_village_has_the_same_ballots_where_no_table_exists():
    surabaya = TpsRef("3578011001", "901")
    assert len(ballots_for("3578011001", surabaya, PEMILU)) == 5
    assert ballot_answers("3578011002", surabaya, PEMILU) == {
        "dpr": True,
        "dpd": True,
        "ppwp": True,
        "dprd_province": None,
        "dprd_regency": None,
    }


@pytest.mark.parametrize(
    "voters, more",
    [(0, 0), (1, 1), (49, 1), (50, 1), (51, 2), (100, 2), (250, 5), (251, 6), (300, 6), (550, 11)],
)
def test_the_reserve_is_two_percent_rounded_up_in_whole_numbers(voters, more):
    assert reserve(voters, PEMILU.reserve) == more
    assert printed(voters, PEMILU.reserve) == voters + more


@pytest.mark.parametrize("part, whole, voters, more", [(7, 100, 100, 7), (2, 100, 250, 5), (2, 100, 550, 11)])
def test_no_fraction_of_a_ballot_comes_of_the_arithmetic(part, whole, voters, more):
    """With floating point 7% of 100 rounds up to 8 (domain 3.5)."""
    rule = replace(PEMILU.reserve, numerator=part, denominator=whole)
    assert reserve(voters, rule) == more
    assert math.ceil(0.07 * 100) == 8


@pytest.mark.parametrize("voters, more", [(0, 0), (1, 1), (40, 1), (41, 2), (200, 5), (201, 6), (600, 15)])
def test_the_reserve_of_a_regional_election_is_two_and_a_half_percent(voters, more):
    assert reserve(voters, PILKADA.reserve) == more


def test_ballots_are_printed_for_moved_voters_only_where_the_rule_says_so():
    assert printed(51, PEMILU.reserve, moved=118) == 53
    assert printed(51, PILKADA.reserve, moved=118) == 51 + 118 + 2


def test_a_roll_below_zero_is_refused():
    with pytest.raises(ValueError):
        reserve(-1, PEMILU.reserve)


def test_the_day_in_blora():
    """14 February 2024, TPS 901: 51 fixed, 118 moved and 33 other voters; 116 ballots short (domain 2.6)."""
    fixed, moved, unregistered = 51, 118, 33
    supply, need = printed(fixed, PEMILU.reserve), fixed + moved
    assert fixed + moved + unregistered == 202
    assert (supply, need, shortage(need, supply)) == (53, 169, 116)
    assert shortage(50, supply) == 0
