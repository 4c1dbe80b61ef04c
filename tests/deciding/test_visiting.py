"""Places without a TPS of their own: the nearest TPS, and what keeps a visit from taking place as planned."""

from dataclasses import replace
from datetime import date, time

import pytest

from reconcile.deciding import ConflictCode, Near, Stop, TpsRef, conflicts, load_election, nearest, route

PILKADA = load_election("pilkada-2024")
HERE = (-6.97, 111.42)
KUNDEN = "3316091015"
NEAR, FAR, NOWHERE = (TpsRef(KUNDEN, number) for number in ("003", "001", "002"))
SPECIAL = TpsRef(KUNDEN, "901")

READY = Stop(
    place=1, tps=NEAR, is_chosen=True, begins=time(11), ends=time(12), officers=("SITI AMINAH", "BUDI SANTOSO"),
    supervisor="RATNA DEWI", witnesses=("SAKSI SATU",), permit="B/12/XI/2024", permit_date=date(2024, 11, 20),
    voters=12, undetermined=0,
)  # fmt: skip
OTHER = replace(
    READY, place=2, tps=FAR, officers=("TONO", "TINI"), supervisor="WAHYU", witnesses=("SAKSI DUA",), permit="7"
)


def codes(*stops: Stop) -> list[tuple[int, str]]:
    return [(found.place, found.code.value) for found in conflicts(stops, PILKADA)]


def test_the_nearest_tps_is_proposed_first_and_never_a_special_one():
    stations = {FAR: (-6.98, 111.42), NEAR: (-6.971, 111.42), NOWHERE: None, SPECIAL: HERE}
    found = nearest(HERE, stations, PILKADA)
    assert [near.tps for near in found] == [NEAR, FAR]
    assert found[0].km == pytest.approx(0.111, abs=0.001)
    assert nearest(HERE, stations, PILKADA, most=1) == found[:1]


def test_of_equally_near_tps_the_order_is_that_of_their_codes():
    stations = {FAR: HERE, NOWHERE: HERE, NEAR: HERE}
    assert nearest(HERE, stations, PILKADA) == (Near(FAR, 0.0), Near(NOWHERE, 0.0), Near(NEAR, 0.0))
    assert nearest(HERE, dict(reversed(stations.items())), PILKADA) == nearest(HERE, stations, PILKADA)


def test_without_a_point_nothing_is_proposed():
    assert nearest(None, {NEAR: HERE}, PILKADA) == ()
    assert nearest(HERE, {NEAR: None}, PILKADA) == ()


def test_a_complete_plan_has_no_conflict():
    assert codes(READY) == codes(READY, OTHER) == []


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"is_chosen": False}, "tps_not_chosen"),
        ({"begins": None}, "no_window"),
        ({"ends": None}, "no_window"),
        ({"begins": time(6, 59)}, "outside_hours"),
        ({"ends": time(13, 1)}, "outside_hours"),
        ({"officers": ("SITI AMINAH",)}, "few_officers"),
        ({"supervisor": ""}, "no_supervisor"),
        ({"witnesses": ()}, "no_witness"),
        ({"permit": ""}, "no_permit"),
        ({"permit_date": None}, "no_permit"),
        ({"permit_date": date(2024, 11, 28)}, "permit_late"),
        ({"undetermined": 2}, "no_ballots"),
        ({"witnesses": ("ratna  dewi",)}, "person_twice"),
    ],
)
def test_what_a_plan_lacks(changes, code):
    assert codes(replace(READY, **changes)) == [(1, code)]


def test_one_officer_named_twice_is_one_officer():
    assert codes(replace(READY, officers=("Siti Aminah", "SITI AMINAH"))) == [(1, "person_twice"), (1, "few_officers")]


def test_the_hours_of_the_election_themselves_are_inside():
    assert codes(replace(READY, begins=PILKADA.opens, ends=PILKADA.closes)) == []


@pytest.mark.parametrize(
    "begins, ends, is_twice",
    [
        (time(11), time(12), True),
        (time(11, 59), time(12, 30), True),
        (time(10), time(13), True),
        (time(12), time(13), False),  # begins as the other ends
        (time(10), time(11), False),
        (None, time(13), None),
    ],
)
def test_a_tps_cannot_be_at_two_places_in_the_same_hour(begins, ends, is_twice):
    found = codes(READY, replace(OTHER, tps=READY.tps, begins=begins, ends=ends))
    expected = [(1, "tps_twice"), (2, "tps_twice")] if is_twice else []
    assert found == (expected if is_twice is not None else [(2, "no_window")])


def test_an_officer_cannot_be_at_two_places_in_the_same_hour():
    there = replace(OTHER, officers=("BUDI  Santoso", "TINI"))
    found = conflicts((READY, there), PILKADA)
    assert [(one.place, one.other, one.code, one.name) for one in found] == [
        (1, 2, ConflictCode.PERSON_TWICE, "BUDI SANTOSO"),
        (2, 1, ConflictCode.PERSON_TWICE, "BUDI  Santoso"),
    ]
    assert codes(READY, replace(there, begins=time(12), ends=time(13))) == []


def test_how_many_have_no_ballots_is_told():
    (found,) = conflicts((replace(READY, undetermined=3),), PILKADA)
    assert (found.code, found.people) == (ConflictCode.NO_BALLOTS, 3)


def test_the_route_goes_by_the_clock():
    late, untimed = replace(OTHER, begins=time(12)), replace(OTHER, place=3, begins=None)
    assert route((untimed, late, READY)) == (READY, late, untimed)
