"""The pure stages in a row: every register row answered, provisional where it is not certain, leavers found."""

from datetime import date

import pytest
from matching.builders import NUMBER, crowd, held, numbered, table, voter

from reconcile.deciding import TpsRef, load_election
from reconcile.reconciling import Result, reconcile
from reconcile.records import MatchStatus, Outcome

TPS = TpsRef.parse("33.16.09.1015/901")
TEN = ("name", "nik", "birth_date", "sex", "region_code", "address", "rt", "rw")
SPECIAL = {"source_file": "DPT_TPS901.xlsx", "sheet": "TPS 901", "tps": "901", "region_code": None}
MOVED = {"source_file": "DPTb_TPS901.xlsx", "kind": "moved", "to_tps": "901", "to_region": TPS.region}
ABSENT = {"name": "TARMUDI", "nik": "3316122002919001", "birth_date": date(1991, 2, 20)}


def answer(register, roll, **more) -> Result:
    tables = table(numbered(register)), table([*roll, *crowd()])
    return reconcile(*tables, load_election("pilkada-2024"), TPS, date(2024, 11, 1), **more)


def decided(register_row, *roll):
    """Return match and decision of one register row."""
    (person,) = answer([register_row], roll).people
    return person.match, person.decided


def test_every_register_row_is_answered_in_order():
    register = [held(**{name: row[name] for name in TEN}) for row in crowd()[:12]] + [held(), held(**ABSENT)]
    result = answer(register, [])
    assert [person.held for person in result.people] == list(range(14))
    assert [person.match.held for person in result.people] == list(range(14))


def test_a_certain_match_decides_for_good():
    match, answered = decided(held(), voter())
    assert match.status is MatchStatus.AUTO
    assert (answered.outcome, answered.provisional) == (Outcome.NEEDS_TRANSFER, False)


def test_nobody_found_decides_for_good():
    match, answered = decided(held(**ABSENT), voter())
    assert match.status is MatchStatus.NONE
    assert (answered.outcome, answered.provisional) == (Outcome.NOT_ON_ROLL, False)


def test_a_likely_voter_to_be_checked_carries_the_outcome_for_the_time_being():
    match, answered = decided(held(sex="female", nik=None), voter())
    assert match.status is MatchStatus.REVIEW
    assert (answered.outcome, answered.provisional) == (Outcome.NEEDS_TRANSFER, True)


def test_an_unlikely_voter_to_be_checked_does_not_carry_the_outcome():
    loose = held(name="WAGIYO", nik=None, birth_date=None, address=None, rt=None, birth_place=None)
    match, answered = decided(loose, voter())
    assert match.status is MatchStatus.REVIEW
    assert match.probability < 0.5
    assert (answered.outcome, answered.provisional) == (Outcome.NEEDS_IDENTITY, True)


@pytest.mark.parametrize(
    ("roll_row", "outcome"),
    [
        (voter(**SPECIAL), Outcome.FIXED_HERE),
        (voter(**MOVED), Outcome.MOVED_HERE),
        (voter(), Outcome.NEEDS_TRANSFER),
    ],
)
def test_the_roll_on_which_a_person_stands_decides(roll_row, outcome):
    assert decided(held(), roll_row)[1].outcome is outcome


def test_both_entries_of_one_voter_are_looked_at():
    _, answered = decided(held(), voter(), voter(**SPECIAL))
    assert answered.outcome is Outcome.DUPLICATE


def test_people_of_the_special_tps_who_are_not_held_have_left():
    gone = voter(name="SUKARDI", nik="3316091103759002", birth_date=date(1975, 3, 11), **SPECIAL, row=2)
    result = answer([held()], [voter(**SPECIAL, row=1), gone])
    assert result.left == (1,)


def test_a_person_who_may_be_the_voter_has_not_left():
    assert answer([held(sex="female", nik=None)], [voter(**SPECIAL)]).left == ()


def test_the_regencies_are_those_of_the_fixed_rolls():
    away = voter(**(MOVED | {"tps_region": "3317010001", "region_code": "3317010001"}), nik=None)
    assert answer([held()], [voter(), away]).regencies == {"3316"}


def test_a_roll_that_does_not_say_where_its_tps_lie_covers_no_regency():
    roll = table([voter()], ["tps_region"])
    result = reconcile(table([held()]), roll, load_election("pilkada-2024"), TPS, date(2024, 11, 1))
    assert result.regencies == frozenset()


def test_a_remark_means_what_it_means_at_the_stage_of_the_roll():
    """Struck with 8 and entered anew in another TPS: at the door-to-door check one entry, on the fixed roll two."""
    roll = [voter(tps="001", remark="8"), voter(tps="002", remark="B", row=2)]
    for stage, outcome in (("DPHP", Outcome.NEEDS_TRANSFER), ("DPT", Outcome.DUPLICATE)):
        assert answer([held()], roll, stage=stage).people[0].decided.outcome is outcome, stage


def test_progress_names_each_step_once_and_counts_the_decisions():
    told = []
    answer([held(), held(**ABSENT)], [voter()], progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(step for step, _, _ in told)) == [
        "encoding", "comparing", "choosing", "deciding",
    ]  # fmt: skip
    assert [(done, total) for step, done, total in told if step == "deciding"] == [(0, 2), (1, 2)]


def test_counts_of_the_model_are_passed_on():
    result = answer([held()], [voter(), voter(**SPECIAL), voter(nik=NUMBER[:-1] + "5", name="SUTEJO")])
    assert result.voters == 2 + len(crowd())  # two entries are one voter
    assert result.expected == pytest.approx(1.0, abs=0.01)
