"""Who is given which voter, over small conflicts drawn by hand: one voter a person, all choices at once."""

from datetime import date

import numpy as np
import pytest

from reconcile.matching import Caution, MatchOptions
from reconcile.matching.assigning import assign, rank
from reconcile.records import MatchStatus

from .builders import STRANGERS, answers, crowd, held, numbered, only, run, voter

pytestmark = pytest.mark.slow

AUTO, REVIEW, NONE = MatchStatus.AUTO, MatchStatus.REVIEW, MatchStatus.NONE
MAN = voter()
WIFE = voter(name="SRI WAHYUNI", sex="female", nik="3316095706839001", birth_date=date(1983, 6, 17))


def test_one_person_one_voter_nothing_in_doubt():
    found = only(run([held()], numbered([MAN, WIFE])))
    assert (found.status, found.chosen, found.entries, found.cautions) == (AUTO, 0, (0,), ())
    assert found.probability > 0.999


def test_somebody_like_nobody_has_no_voter():
    stranger = held(name="TARMUDI", nik="3517022002919001", birth_date=date(1991, 2, 20), region_code="3517")
    assert answers([stranger], [MAN]) == [(NONE, None)]


# One to one


def test_the_better_claim_gets_the_voter_and_nobody_gets_it_twice():
    other = held(nik="3316122511789005", birth_date=date(1978, 11, 25), region_code="3316122005")
    assert answers([other, held()], [MAN])[1] == (AUTO, 0)
    assert answers([other, held()], [MAN])[0][1] is None


def test_two_people_of_one_name_who_fit_one_voter_are_both_left_to_a_person():
    """Their own numbers and birth dates differ, and the roll has neither: they are not one person twice."""
    born = {"nik": "3316090209809003", "birth_date": date(1980, 9, 2)}
    register = numbered([held(**born), held(nik="3316091403809004", birth_place="PATI")])
    found = run(register, [voter(nik=None, birth_date=None, birth_year=1980)]).matches
    assert [one.status for one in found] == [REVIEW, REVIEW]
    assert [one.same_as for one in found] == [(), ()]
    assert sorted(one.chosen is None for one in found) == [False, True]


def test_who_loses_a_likely_voter_to_a_better_claim_is_not_ruled_out():
    elder = held(nik=None, birth_date=date(1955, 7, 2))
    winner, loser = run(numbered([held(nik=None), elder]), [MAN]).matches
    assert (winner.status, winner.chosen) == (AUTO, 0)
    assert (loser.status, loser.chosen, loser.cautions) == (REVIEW, None, (Caution.CLAIMED_TWICE,))


CONFLICTS = [
    # bits by (register row, voter) -> voter by register row
    ({(0, 0): 20, (0, 1): 19, (1, 0): 18}, {0: 1, 1: 0}),  # the best single claim is not the best whole
    ({(0, 0): 20, (0, 1): 2, (1, 0): 12}, {0: 0}),  # but nobody is moved to a voter who hardly fits
    ({(0, 0): 9, (1, 0): 9, (1, 1): 8}, {0: 0, 1: 1}),
    ({(0, 0): 9, (0, 1): 8, (1, 1): 9, (1, 2): 8, (2, 2): 9, (2, 0): 8}, {0: 0, 1: 1, 2: 2}),
    ({(0, 0): 9, (0, 1): 8, (1, 1): 9, (1, 2): 8, (2, 1): 12}, {0: 0, 1: 2, 2: 1}),
    ({(0, 0): -10}, {}),
    ({}, {}),
]


@pytest.mark.parametrize(("bits", "expected"), CONFLICTS)
def test_the_choice_of_greatest_weight_gives_each_voter_once(bits, expected):
    pairs = np.array(sorted(bits), np.int64).reshape(-1, 2)
    total = np.array([1000 * bits[tuple(pair)] for pair in pairs.tolist()], np.int64)
    ranked = rank(3, pairs[:, 0], pairs[:, 1], total, np.arange(3), np.arange(3))
    assert assign(ranked, np.arange(3), np.arange(3), np.arange(3), MatchOptions()) == expected


def test_no_voter_is_given_to_two_people_among_many():
    register = [held(**{name: row[name] for name in ("name", "nik", "birth_date", "sex")}) for row in crowd()[:60]]
    loose = [row | {"nik": None, "nik_quality": "missing", "birth_place": "PATI"} for row in register[::3]]
    found = run(numbered([*register, *loose]), [MAN]).matches
    takers = {}
    for one in found:
        if one.chosen is not None:
            takers.setdefault(one.chosen, set()).add(frozenset({one.held, *one.same_as}))
    assert len(takers) >= 60
    assert all(len(people) == 1 for people in takers.values())


# One person, several entries


def test_two_entries_of_one_voter_are_one_match_with_both():
    twice = voter(
        source_file="DPT_TPS901.xlsx", sheet="TPS 901", row=4, tps="901", region_code=None, name="WAGIO LEGAWA"
    )
    found = only(run([held()], [twice, MAN]))
    assert (found.status, found.chosen, found.entries) == (AUTO, 1, (1, 0))
    assert len({candidate.voter for candidate in found.candidates} & {0, 1}) == 1


def test_rutan_and_polres_rows_of_one_person_share_the_voter():
    cell = held(source_file="polres.xlsx", sheet="TAHANAN", kind="polres", name="WAGIO LEGAWA", sex=None)
    found = run([held(), cell], [MAN]).matches
    assert [(one.status, one.chosen, one.same_as) for one in found] == [(AUTO, 0, (1,)), (AUTO, 0, (0,))]


def test_a_second_row_is_decided_by_the_evidence_of_the_first():
    cell = held(source_file="polres.xlsx", kind="polres", nik=None, birth_date=date(1980, 1, 1), birth_quality="filler")
    first, second = run([held(), cell], [MAN]).matches
    assert second.chosen == first.chosen == 0
    assert second.same_as == (0,)


def test_two_rows_with_two_numbers_stay_two_people():
    other = held(nik=STRANGERS, name="SUTRIMO ANDAYANI", birth_date=date(1991, 2, 2))
    assert [one.same_as for one in run(numbered([held(), other]), [MAN]).matches] == [(), ()]
