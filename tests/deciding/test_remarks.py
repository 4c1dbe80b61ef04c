"""What a remark on a roll does to its voter."""

from datetime import date

import pytest

from reconcile.deciding import Note, decide
from reconcile.records import Outcome

from .builders import at_rutan, case, fixed, moved, setting


@pytest.mark.parametrize(
    "election, remark, expected",
    [
        ("pilkada-2024", "6", "ineligible"),
        ("pilkada-2024", "TMS 7", "ineligible"),
        ("pilkada-2024", "Polri", "ineligible"),
        ("pilkada-2024", "5", "ineligible"),
        ("pilkada-2024", "WNA", "ineligible"),
        ("pilkada-2024", "hak pilih dicabut", "ineligible"),
        ("pemilu-2024", "5", "needs_transfer"),  # not known at the address: not struck
        ("pilkada-2024", "2", "not_on_roll"),  # this row is struck, and there is no other
        ("pilkada-2024", "4", "not_on_roll"),
        ("pilkada-2024", "8", "needs_transfer"),  # means nothing on the fixed roll
        ("pilkada-2024", "0", "needs_transfer"),
        ("pilkada-2024", "", "needs_transfer"),
        ("pilkada-2024", "U", "needs_transfer"),
        ("pilkada-2024", "B", "needs_transfer"),
        ("pilkada-2024", "6 anak", "needs_transfer"),
    ],
)
def test_a_remark_means_what_it_means_in_this_election_and_stage(election, remark, expected):
    as_of = date(2024, 2, 1) if election == "pemilu-2024" else date(2024, 11, 1)
    assert decide(case(fixed(remark=remark)), setting(election, as_of=as_of)).outcome == expected


def test_a_remark_of_an_earlier_stage():
    decided = decide(case(fixed(remark="8")), setting(stage="DPHP"))
    assert decided.outcome == Outcome.NOT_ON_ROLL
    assert Note.ENTRY_STRUCK in decided.notes


def test_a_number_that_is_no_remark_is_noted():
    assert Note.REMARK_UNKNOWN in decide(case(fixed(remark="8")), setting()).notes
    assert Note.REMARK_UNKNOWN not in decide(case(fixed(remark="0")), setting()).notes


def test_a_struck_row_makes_no_duplicate():
    decided = decide(case(at_rutan(), fixed(remark="2")), setting())
    assert (decided.outcome, decided.provisional) == (Outcome.FIXED_HERE, False)
    assert Note.ENTRY_STRUCK in decided.notes


def test_the_reason_on_a_moved_list_is_no_remark_against_the_voter():
    """Reason 5 is "detained"; remark 5 would be "foreign"."""
    assert decide(case(moved(remark="5")), setting()).outcome == Outcome.MOVED_HERE


def test_dead_on_the_roll_but_held_alive_is_provisional():
    decided = decide(case(fixed(remark="1")), setting())
    assert (decided.outcome, decided.provisional) == (Outcome.INELIGIBLE, True)
    assert Note.DEATH_CONTRADICTED in decided.notes
