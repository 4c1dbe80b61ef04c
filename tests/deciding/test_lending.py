"""Ballots borrowed from the TPS around: reserves first, then what costs the lenders' own voters least; sums tie."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.deciding import Lender, LoanPlan, TpsRef, load_election, plan_loans, printed, reserve, shortage
from reconcile.deciding.lending import distance

from .builders import RUTAN_TPS

PEMILU, PILKADA = load_election("pemilu-2024"), load_election("pilkada-2024")
HERE = (-6.97, 111.42)
KUNDEN, KARANGJATI, KAUMAN = "3316091015", "3316091018", "3316091013"
CEPU = "3316041011"  # another electoral district of Blora
BOJONEGORO = "3522151001"


def lender(number: int, fixed: int = 250, region: str = KUNDEN, km: float = 1.0) -> Lender:
    return Lender(TpsRef(region, f"{number:03}"), fixed, (HERE[0] + km / 111.2, HERE[1]))


def plan(lacking: dict[str, int], *lenders: Lender, election=PEMILU) -> LoanPlan:
    return plan_loans(lacking, RUTAN_TPS, HERE, lenders, election)


def test_the_day_in_blora():
    """116 ballots from eleven TPS of Kunden, one of Karangjati and one of Kauman (domain 2.6)."""
    lacking = shortage(51 + 118, printed(51, PEMILU.reserve))
    around = [lender(number, km=number / 10) for number in range(1, 12)]
    around += [lender(1, region=KARANGJATI, km=2.0), lender(1, region=KAUMAN, km=2.5)]
    found = plan({ballot.code: lacking for ballot in PEMILU.ballots}, *around)
    for ballot in PEMILU.ballots:
        loans = [loan for loan in found.loans if loan.ballot == ballot.code]
        assert len(loans) == 13
        assert sum(loan.from_reserve for loan in loans) == 13 * reserve(250, PEMILU.reserve) == 65
        assert found.beyond_reserves(ballot.code) == 51
        assert found.short[ballot.code] == 0
        assert sum(loan.count for loan in loans) == 116
        # 51 ballots over 13 TPS of one size: nobody gives more than one more than another.
        assert {loan.own for loan in loans} == {3, 4}


def test_the_nearest_reserve_goes_first():
    found = plan({"ppwp": 7}, lender(1, km=5), lender(2, km=1), lender(3, km=3))
    assert [(loan.lender.number, loan.from_reserve, loan.own) for loan in found.loans] == [("002", 5, 0), ("003", 2, 0)]


def test_who_stands_nowhere_comes_last():
    nowhere = replace(lender(1), point=None)
    found = plan({"ppwp": 6}, nowhere, lender(2, km=9))
    assert [(loan.lender.number, loan.count, loan.km is None) for loan in found.loans] == [
        ("002", 5, False),
        ("001", 1, True),
    ]


def test_own_voters_lose_the_least_part():
    found = plan({"ppwp": 30}, lender(1, fixed=300), lender(2, fixed=100))
    given = {loan.lender.number: (loan.from_reserve, loan.own) for loan in found.loans}
    assert given == {"001": (6, 17), "002": (2, 5)}  # 17 of 300 and 5 of 100


def test_what_nobody_can_lend_is_said():
    found = plan({"ppwp": 100}, lender(1, fixed=100))
    assert [(loan.from_reserve, loan.own) for loan in found.loans] == [(2, 15)]
    assert found.short == {"ppwp": 83}
    assert plan({"ppwp": 3}).short == {"ppwp": 3}


def test_a_ballot_of_another_electoral_district_is_no_help():
    found = plan({"dprd_regency": 3, "dpd": 3}, lender(1, region=CEPU), lender(1, region=BOJONEGORO, km=0.1))
    assert [(loan.ballot, loan.lender.region) for loan in found.loans] == [("dpd", CEPU)]
    assert found.short == {"dpd": 0, "dprd_regency": 3}


def test_a_tps_does_not_lend_to_itself():
    own = Lender(RUTAN_TPS, 51, HERE)
    assert plan({"ppwp": 1}, own).short == {"ppwp": 1}


def test_what_was_lent_before_is_not_lent_again():
    """100 voters: a reserve of 2 and at most 15 of their own ballots; 5 are lent already."""
    once = replace(lender(1, fixed=100), lent={"ppwp": 5})
    found = plan({"ppwp": 100, "dpd": 1}, once)
    given = {loan.ballot: (loan.from_reserve, loan.own) for loan in found.loans}
    assert given == {"ppwp": (0, 12), "dpd": (1, 0)}
    assert found.short == {"ppwp": 88, "dpd": 0}


def test_who_has_lent_of_its_own_is_asked_later():
    tired = replace(lender(1, fixed=100), lent={"ppwp": 12})
    found = plan({"ppwp": 7}, tired, lender(2, fixed=100))
    assert [(loan.lender.number, loan.from_reserve, loan.own) for loan in found.loans] == [("002", 2, 5)]


def test_sums_of_a_ballot_are_those_of_its_loans():
    found = plan({"ppwp": 30, "dpd": 4}, lender(1, fixed=300), lender(2, fixed=100))
    for code, lacking in (("ppwp", 30), ("dpd", 4)):
        assert found.from_reserves(code) + found.beyond_reserves(code) + found.short[code] == lacking
        assert {loan.ballot for loan in found.loans_of(code)} == {code}


def test_a_tps_of_which_nobody_can_tell_the_constituency_is_named_and_not_asked():
    """Of Surabaya no table of electoral districts came with the program: two of its districts may share one."""
    here, there = TpsRef("3578011001", "901"), TpsRef("3578021001", "001")
    found = plan_loans({"dprd_regency": 1, "dpd": 1}, here, HERE, [Lender(there, 100, HERE)], PEMILU)
    assert found.undetermined == ((there, "dprd_regency"),)
    assert [(loan.ballot, loan.count) for loan in found.loans] == [("dpd", 1)]
    assert found.short == {"dpd": 0, "dprd_regency": 1}


def test_enough_is_enough():
    found = plan({"gubernur": 0}, lender(1), election=PILKADA)
    assert (found.loans, found.short, found.lacking) == ((), {}, {})


def test_distance_as_the_crow_flies():
    assert distance((-6.97, 111.42), (-6.97, 111.42)) == 0
    assert distance((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111.19, abs=0.01)
    assert distance(None, HERE) is None


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 400), st.integers(0, 20)), max_size=12),
    st.integers(0, 500),
)
def test_sums_tie_and_nobody_lends_more_than_the_rule(tps: list[tuple[int, int, int]], wanted: int) -> None:
    lenders = [lender(number, fixed, km=km) for number, fixed, km in {one[0]: one for one in tps}.values()]
    found = plan({"ppwp": wanted}, *lenders)
    fixed = {one.tps: one.fixed for one in lenders}
    assert sum(loan.count for loan in found.loans) + found.short.get("ppwp", 0) == wanted
    for loan in found.loans:
        assert 0 <= loan.from_reserve <= reserve(fixed[loan.lender], PEMILU.reserve)
        assert 0 <= loan.own <= fixed[loan.lender] * 15 // 100
    assert found == plan({"ppwp": wanted}, *reversed(lenders))
    if found.short.get("ppwp"):
        most = sum(reserve(n, PEMILU.reserve) + n * 15 // 100 for n in fixed.values())
        assert sum(loan.count for loan in found.loans) == most
