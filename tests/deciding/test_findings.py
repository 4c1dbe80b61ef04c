"""What officers establish prevails over every list; where they say the body will be, over every date."""

from dataclasses import replace
from datetime import date

import pytest

from reconcile.deciding import Finding, Note, Stay, decide
from reconcile.deciding.constituencies import with_added
from reconcile.deciding.custody import Forecast, end_of, forecast
from reconcile.deciding.election_parts import ConstituencyKind as Kind
from reconcile.deciding.election_parts import Point

from .builders import at_rutan, case, fixed, held, sentenced, setting

MINOR = date(2008, 5, 1)
VOTE = date(2024, 11, 27)
BARRED = [
    (Point.UNDER_AGE, {"birth_date": MINOR, "marital": "single"}),
    (Point.SERVING, {"occupation": "POLRI"}),
    (Point.FOREIGN, {"nationality": "WNA"}),
]


@pytest.mark.parametrize("point", list(Point))
def test_a_finding_takes_the_vote_whatever_the_lists_say(point):
    one = case(fixed(), of=held())
    assert decide(one, setting()).outcome == "needs_transfer"
    decided = decide(replace(one, findings=(Finding(point, True),)), setting())
    assert (decided.outcome, decided.provisional, decided.ballots) == ("ineligible", False, ())
    assert list(decided.notes) == [Note(point.value), Note.ESTABLISHED]


@pytest.mark.parametrize(("point", "of"), BARRED)
def test_a_finding_gives_the_vote_back_whatever_the_lists_say(point, of):
    one = case(fixed(birth_date=of.get("birth_date", date(1979, 8, 12)), marital=None), of=held(**of))
    assert decide(one, setting()).outcome == "ineligible"
    decided = decide(replace(one, findings=(Finding(point, False),)), setting())
    assert (decided.outcome, decided.provisional) == ("needs_transfer", False)
    assert list(decided.notes) == [Note.ESTABLISHED]


@pytest.mark.parametrize("code", ["1", "3", "5", "6", "7"])
def test_a_remark_of_the_roll_is_overruled_by_what_is_established(code):
    point = {"1": Point.DEAD, "3": Point.UNDER_AGE, "5": Point.FOREIGN, "6": Point.SERVING, "7": Point.SERVING}[code]
    one = case(fixed(remark=code, marital=None), of=held())
    assert decide(one, setting()).outcome == "ineligible"
    assert decide(replace(one, findings=(Finding(point, False),)), setting()).outcome == "needs_transfer"


def test_a_finding_on_one_point_leaves_the_others_alone():
    one = case(fixed(), of=held(nationality="WNA", occupation="POLRI"))
    decided = decide(replace(one, findings=(Finding(Point.SERVING, False),)), setting())
    assert decided.outcome == "ineligible"
    assert Note.FOREIGN in decided.notes
    assert Note.SERVING not in decided.notes


@pytest.mark.parametrize(
    ("stay", "outcome", "action", "note"),
    [
        (None, "leaving", "vote_at_home", None),
        (Stay.HELD, "needs_transfer", "issue_transfer_letter", Note.STAY_SAID),
        (Stay.FREE, "leaving", "vote_at_home", Note.STAY_SAID),
        (Stay.ELSEWHERE, "leaving", "move_along", Note.ELSEWHERE_ON_DAY),
    ],
)
def test_where_the_body_will_be_prevails_over_the_dates(stay, outcome, action, note):
    one = replace(case(fixed(), of=sentenced(date(2024, 11, 20))), stay=stay)
    decided = decide(one, setting())
    assert (decided.outcome, decided.action) == (outcome, action)
    assert (note in decided.notes) or note is None


@pytest.mark.parametrize(
    ("stay", "as_of", "action"),
    [
        (Stay.FREE, date(2024, 11, 1), "move_back"),
        (Stay.FREE, date(2024, 11, 21), "ask_kpu"),
        (Stay.ELSEWHERE, date(2024, 11, 20), "move_along"),
        (Stay.ELSEWHERE, date(2024, 11, 21), "ask_kpu"),
    ],
)
def test_who_stands_on_the_rutans_roll_and_will_not_be_there(stay, as_of, action):
    decided = decide(replace(case(at_rutan(), of=held()), stay=stay), setting(as_of=as_of))
    assert (decided.outcome, decided.action, decided.ballots) == ("leaving", action, ())


BEFORE, AFTER = date(2024, 11, 26), date(2025, 1, 1)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((sentenced(BEFORE),), Forecast.OUT),
        ((sentenced(VOTE),), Forecast.STAYS),
        ((sentenced(AFTER),), Forecast.STAYS),
        ((sentenced(None),), Forecast.NO_END),
        ((sentenced(BEFORE), sentenced(AFTER)), Forecast.RUNS_LONGER),
        ((sentenced(BEFORE), held(entry_date=date(2024, 11, 27), release_date=None)), Forecast.AGAIN),
        ((held(release_date=BEFORE),), Forecast.STAGE_ENDS),
        ((held(release_date=BEFORE, register_class=None),), Forecast.STAGE_ENDS),  # police cells
        ((held(release_date=AFTER),), Forecast.STAYS),
        ((held(release_date=None),), Forecast.NO_DATE),
    ],
)
def test_the_forecast_by_register_class(rows, expected):
    assert forecast(rows, VOTE) == expected
    assert forecast(rows[::-1], VOTE) == expected


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        ((sentenced(BEFORE), sentenced(AFTER), held(release_date=date(2024, 10, 1))), AFTER),
        ((held(release_date=AFTER), held(release_date=BEFORE)), BEFORE),
        ((sentenced(None), held(release_date=BEFORE)), None),
        ((held(release_date=None),), None),
    ],
)
def test_the_date_a_forecast_rests_on(rows, end):
    assert end_of(rows) == end_of(rows[::-1]) == end


def test_every_register_class_of_the_rutan_is_one_or_the_other():
    """Domain 5.1: A.I to A.V are detained, B.I to B.III sentenced; C and D are neither and are not trusted."""
    firm = {
        name for name in ("A.I", "A.II", "A.III", "A.IV", "A.V", "B.I", "B.IIa", "B.IIb", "B.III", "C", "D", "")
        if forecast((held(register_class=name, release_date=BEFORE),), VOTE) is Forecast.OUT
    }  # fmt: skip
    assert firm == {"B.I", "B.IIa", "B.IIb", "B.III"}


def test_a_split_district_says_that_the_village_is_needed():
    election = setting("pemilu-2024", date(2024, 2, 1))
    added = {Kind.DPRD_REGENCY: {"3316122001": "a", "3316122005": "b", "3316091015": "a"}}
    rules = replace(election.election, districts=with_added(election.election.districts, added))
    at = replace(election, election=rules)
    known = decide(case(fixed(), of=held()), at)
    assert known.ballots == ("dpr", "dpd", "ppwp", "dprd_province")
    rough = fixed(tps_region="331612", region_code="331612")
    decided = decide(case(rough, of=held(region_code="331612")), at)
    assert decided.ballots is None
    assert Note.BALLOTS_NEED_VILLAGE in decided.notes


@pytest.mark.parametrize(
    ("home", "note"),
    [
        ("3316", Note.BALLOTS_NEED_DISTRICT),
        ("331612", None),
        ("", None),
    ],
)
def test_what_is_missing_to_name_the_ballots_is_said(home, note):
    row = fixed(tps_region=home, region_code=home)
    decided = decide(case(row, of=held(region_code=home)), setting("pemilu-2024", date(2024, 2, 1)))
    gaps = [each for each in decided.notes if each.startswith("ballots_need")]
    assert gaps == ([note] if note else [])
