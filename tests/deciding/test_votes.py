"""Which ballots a decided person gets here, in which category, and where there are none to get."""

from datetime import date

import pytest

from reconcile.deciding import Note, Setting, TpsRef, decide
from reconcile.records import Outcome, VoterCategory

from .builders import NGAWEN_VILLAGE, RUTAN_TPS, at_rutan, case, fixed, held, moved, setting

BEFORE = date(2024, 11, 19)  # the last day to move somebody held is 20 November
AFTER = date(2024, 11, 21)
FAR = "3515082001"  # a village in another province

HERE = at_rutan()
AT_HOME = fixed()
MOVED = moved()
OTHER_PLACE = fixed(tps="005", sheet="TPS 005")

FIVE = ("dpr", "dpd", "ppwp", "dprd_province", "dprd_regency")
FOUR = FIVE[:-1]


@pytest.mark.parametrize(
    "entries, home, ballots",
    [
        ((AT_HOME,), "3522", FOUR),  # the roll says Ngawen, whatever the register
        ((HERE,), "3316081001", FIVE),  # the special TPS does not say: Jepon by the register
        ((HERE,), "3522", ("ppwp",)),
        ((HERE,), None, None),
        ((HERE, AT_HOME), "3522", FOUR),
        ((moved(region_code="3522", tps_region=None),), "331609", ("ppwp",)),
        ((moved(region_code=None, tps_region=NGAWEN_VILLAGE),), "3522", FOUR),
        ((moved(region_code="3316", tps_region=NGAWEN_VILLAGE),), "3522", FOUR),
        ((moved(region_code=None, tps_region=None),), "3319", ("dpd", "ppwp")),
        ((fixed(tps="901", region_code=None),), "3319", ("dpd", "ppwp")),  # another special TPS
        ((AT_HOME, moved(region_code="3316")), None, FOUR),
    ],
)
def test_ballots_follow_the_address_on_the_ektp(entries, home, ballots):
    at_pemilu = setting("pemilu-2024", as_of=date(2024, 2, 1))
    decided = decide(case(*entries, of=held(region_code=home)), at_pemilu)
    assert decided.ballots == ballots


@pytest.mark.parametrize(
    "entries, as_of, category",
    [
        ((HERE,), BEFORE, VoterCategory.FIXED),
        ((MOVED,), BEFORE, VoterCategory.MOVED),
        ((AT_HOME,), BEFORE, VoterCategory.MOVED),
        ((AT_HOME,), AFTER, None),
        ((HERE, AT_HOME), AFTER, VoterCategory.FIXED),
        ((AT_HOME, OTHER_PLACE), BEFORE, VoterCategory.MOVED),
        ((AT_HOME, OTHER_PLACE), AFTER, None),
        ((), BEFORE, None),
    ],
)
def test_only_who_votes_here_has_a_category_and_ballots(entries, as_of, category):
    decided = decide(case(*entries), setting(as_of=as_of))
    assert decided.category == category
    assert decided.ballots == (("governor", "regent") if category else ())


def test_whoever_lives_in_the_village_of_the_tps_may_vote_with_an_ektp():
    decided = decide(case(of=held(region_code=RUTAN_TPS.region)), setting())
    assert (decided.outcome, decided.category) == (Outcome.NOT_ON_ROLL, VoterCategory.UNREGISTERED)
    assert decided.ballots == ("governor", "regent")
    assert Note.UNREGISTERED_POSSIBLE in decided.notes


@pytest.mark.parametrize("entries", [(HERE,), (fixed(tps_region=FAR, region_code=FAR),), ()])
def test_a_home_in_another_province_gets_no_ballot_in_a_regional_election(entries):
    decided = decide(case(*entries, of=held(region_code=FAR)), setting())
    assert decided.ballots == ()
    assert (decided.action, decided.due) == ("explain_no_ballot", None)
    assert Note.NO_BALLOT_HERE in decided.notes


def test_in_a_general_election_a_home_in_another_province_gets_one():
    at_pemilu = setting("pemilu-2024", as_of=date(2024, 2, 1))
    decided = decide(case(HERE, of=held(region_code=FAR)), at_pemilu)
    assert (decided.ballots, decided.action) == (("ppwp",), "count_ballots")


def test_a_setting_of_another_place():
    cells = Setting(setting().election, TpsRef("3316091014", "4"), date(2024, 11, 1), frozenset({"3316"}))
    assert decide(case(fixed(tps="004", tps_region="3316091014")), cells).outcome == Outcome.FIXED_HERE
