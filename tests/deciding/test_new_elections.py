"""An election of another shape is a file, not code: the national and the local one apart, and the words of 2020."""

from datetime import date

import pytest

from reconcile.deciding import TpsRef, ballots_for, decide, load_election
from reconcile.records import VoterCategory

from .builders import RUTAN_TPS, case, fixed, held, moved, setting

NATIONAL, LOCAL = "nasional-2029", "daerah-2031"

# homes as in domain 3.4, seen from TPS 901 in Kunden, Blora
HOMES = [
    ("3316091015", ["dpr", "dpd", "ppwp"], ["governor", "regent", "dprd_province", "dprd_regency"]),
    ("331605", ["dpr", "dpd", "ppwp"], ["governor", "regent", "dprd_province"]),  # Cepu: another DPRD Kab district
    ("3315", ["dpr", "dpd", "ppwp"], ["governor", "dprd_province"]),  # Grobogan
    ("3317", ["dpr", "dpd", "ppwp"], ["governor"]),  # Rembang
    ("3319", ["dpd", "ppwp"], ["governor"]),  # Kudus
    ("3522", ["ppwp"], []),  # Bojonegoro
]


@pytest.mark.parametrize("home, national, local", HOMES)
def test_ballots_of_elections_of_another_shape(home, national, local):
    tps = TpsRef.parse("33.16.09.1015/901")
    assert ballots_for(home, tps, load_election(NATIONAL)) == tuple(national)
    assert ballots_for(home, tps, load_election(LOCAL)) == tuple(local)


@pytest.mark.parametrize(
    "election, as_of, home, outcome, ballots",
    [
        (NATIONAL, date(2029, 2, 1), "3316091015", "needs_transfer", ("dpr", "dpd", "ppwp")),
        (NATIONAL, date(2029, 2, 8), "3316091015", "too_late", ()),
        (
            LOCAL,
            date(2031, 7, 1),
            "3316091015",
            "needs_transfer",
            ("governor", "regent", "dprd_province", "dprd_regency"),
        ),
        (LOCAL, date(2031, 7, 1), "3522152001", "needs_transfer", ()),
    ],
)
def test_outcomes_of_elections_of_another_shape(election, as_of, home, outcome, ballots):
    entry = fixed(tps_region=home, region_code=home)
    decided = decide(case(entry, of=held(region_code=home)), setting(election, as_of))
    assert (decided.outcome, decided.ballots) == (outcome, ballots)


def test_the_same_word_is_another_kind_of_voter_up_to_2020():
    """DPTb: the moved voter of a general election, in Pilkada 2020 who votes with an e-KTP (domain 0)."""
    called = {
        code: {category for category in VoterCategory if load_election(code).categories[category].short == "DPTb"}
        for code in ("pemilu-2024", "pilkada-2020", "pilkada-2024")
    }
    assert called == {
        "pemilu-2024": {VoterCategory.MOVED},
        "pilkada-2020": {VoterCategory.UNREGISTERED},
        "pilkada-2024": set(),
    }


def test_the_word_decides_nothing():
    """The same rows give the same category in all three elections, whatever it is called."""
    home = fixed()
    for election, as_of in (("pemilu-2024", date(2024, 2, 1)), ("pilkada-2020", date(2020, 12, 1))):
        decided = decide(case(home, moved()), setting(election, as_of, tps=RUTAN_TPS))
        assert (decided.outcome, decided.category) == ("moved_here", VoterCategory.MOVED)


@pytest.mark.parametrize(
    "election, as_of, expected",
    [
        ("pilkada-2020", date(2020, 12, 1), "needs_transfer"),  # code 5: not known at the address
        ("pilkada-2024", date(2024, 11, 1), "ineligible"),  # code 5: foreign
        ("pemilu-2024", date(2024, 2, 1), "needs_transfer"),
    ],
)
def test_the_same_code_is_another_reason_in_another_election(election, as_of, expected):
    assert decide(case(fixed(remark="5")), setting(election, as_of)).outcome == expected
