"""Each outcome, and which of two neighbours in the table prevails."""

from datetime import date

import pytest

from reconcile.deciding import DiscrepancyCode, Note, decide
from reconcile.deciding.rules import RULES
from reconcile.records import MatchStatus, Outcome

from .builders import RUTAN_TPS, at_rutan, case, codes, fixed, held, moved, setting

BEFORE = date(2024, 11, 19)  # the last day to move somebody held is 20 November
LAST = date(2024, 11, 20)
AFTER = date(2024, 11, 21)
SOON = date(2024, 11, 26)  # the day before the vote
NEAR_BY = "3317052001"  # in another regency of the same province

HERE = at_rutan()
AT_HOME = fixed()
MOVED = moved()


def outcome(*entries, as_of=date(2024, 11, 1), **of):
    return decide(case(*entries, of=held(**of)), setting(as_of=as_of)).outcome


def test_the_table_is_in_the_order_of_the_outcomes():
    """LEFT is not decided about people who are held."""
    assert [outcome for outcome, _ in RULES] == [one for one in Outcome if one is not Outcome.LEFT]


# one row a rule of the table: entries, changes of the held person, as-of date, outcome, action, actor, due
TABLE = [
    ((), {"nationality": "WNA"}, BEFORE, "ineligible", "send_evidence", "institution", None),
    ((HERE, AT_HOME), {}, BEFORE, "duplicate", "strike_one", "kpu", LAST),
    (
        (),
        {"register_class": "B.I", "release_date": SOON},
        BEFORE,
        "leaving",
        "vote_at_home",
        "institution",
        None,
    ),
    ((HERE,), {}, BEFORE, "fixed_here", "count_ballots", "kpps", None),
    ((MOVED,), {}, BEFORE, "moved_here", "count_ballots", "kpps", None),
    ((AT_HOME, MOVED), {}, BEFORE, "moved_here", "count_ballots", "kpps", None),
    ((AT_HOME,), {}, BEFORE, "needs_transfer", "issue_transfer_letter", "kpu", LAST),
    ((AT_HOME,), {}, AFTER, "too_late", "record_loss", "kpu", None),
    ((), {"nik": None, "nik_quality": "missing"}, BEFORE, "needs_identity", "find_nik", "disdukcapil", LAST),
    ((), {"ektp": "unrecorded"}, BEFORE, "needs_identity", "record_ektp", "disdukcapil", LAST),
    ((), {"region_code": NEAR_BY}, BEFORE, "other_regency", "ask_other_kpu", "kpu", LAST),
    ((), {}, BEFORE, "not_on_roll", "search_sidalih", "kpu", LAST),
]


@pytest.mark.parametrize("entries, of, as_of, expected, action, actor, due", TABLE)
def test_each_outcome_with_its_next_step(entries, of, as_of, expected, action, actor, due):
    decided = decide(case(*entries, of=held(**of)), setting(as_of=as_of))
    assert (decided.outcome, decided.action, decided.actor, decided.due) == (expected, action, actor, due)
    assert not decided.provisional


@pytest.mark.parametrize(
    "entries, of, first, second",
    [
        # what would be the second outcome alone is the first with one more circumstance
        ((HERE, AT_HOME), {"nationality": "MALAYSIA"}, "ineligible", "duplicate"),
        ((HERE, AT_HOME), {"register_class": "B.I", "release_date": SOON}, "duplicate", "leaving"),
        ((HERE,), {"register_class": "B.I", "release_date": SOON}, "leaving", "fixed_here"),
        ((HERE, MOVED), {}, "duplicate", "moved_here"),
        ((MOVED, AT_HOME), {}, "moved_here", "needs_transfer"),
        ((AT_HOME,), {"nik": None, "nik_quality": "short"}, "needs_transfer", "needs_identity"),
        ((), {"nik": None, "nik_quality": "lost", "region_code": NEAR_BY}, "needs_identity", "other_regency"),
        ((), {"region_code": NEAR_BY}, "other_regency", "not_on_roll"),
    ],
)
def test_the_upper_of_two_neighbours_prevails(entries, of, first, second):
    order = list(Outcome)
    assert order.index(Outcome(first)) < order.index(Outcome(second))
    assert outcome(*entries, **of) == first


@pytest.mark.parametrize(
    "election, as_of, expected",
    [
        ("pilkada-2024", date(2024, 11, 20), "needs_transfer"),
        ("pilkada-2024", date(2024, 11, 21), "too_late"),
        ("pemilu-2024", date(2024, 2, 7), "needs_transfer"),
        ("pemilu-2024", date(2024, 2, 8), "too_late"),
        ("pemilu-2024", date(2024, 1, 16), "needs_transfer"),  # H-30 is for other reasons
    ],
)
def test_the_last_day_to_move_a_detainee_is_seven_days_before_the_vote(election, as_of, expected):
    decided = decide(case(AT_HOME), setting(election, as_of=as_of))
    assert decided.outcome == expected


@pytest.mark.parametrize(
    "as_of, due",
    [
        (date(2024, 11, 13), date(2024, 11, 13)),  # a week before the last day: our own rule
        (date(2024, 11, 14), date(2024, 11, 20)),
        (date(2024, 11, 20), date(2024, 11, 20)),
        (date(2024, 11, 21), None),
    ],
)
def test_what_must_lead_to_a_letter_is_due_a_week_earlier(as_of, due):
    decided = decide(case(of=held(region_code=NEAR_BY)), setting(as_of=as_of))
    assert decided.due == due
    assert ("deadline_passed" in decided.notes) == (due is None)


# --- review -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entries, expected", [((AT_HOME,), "needs_transfer"), ((), "not_on_roll")])
def test_a_match_in_review_has_a_provisional_outcome(entries, expected):
    decided = decide(case(*entries, status=MatchStatus.REVIEW), setting())
    assert (decided.outcome, decided.provisional) == (expected, True)


def test_without_a_match_entries_are_nobodys():
    decided = decide(case(AT_HOME, status=MatchStatus.NONE), setting())
    assert decided.outcome == Outcome.NOT_ON_ROLL


def test_register_rows_that_contradict_each_other_leave_no_outcome_to_name():
    other = held(nationality="WNI", kind="polres", source_file="polres.xlsx")
    decided = decide(case(AT_HOME, of=held(nationality="WNA"), same_as=(other,)), setting())
    assert decided.outcome == Outcome.NEEDS_REVIEW
    assert not decided.provisional
    assert decided.ballots is None
    assert (decided.action, decided.actor) == ("settle_review", "kpps")
    assert Note.NATIONALITY_CONTRADICTED in decided.notes


def test_a_contradiction_that_changes_nothing_is_no_case_for_review():
    """Contradicted nationality, but under age beyond doubt."""
    young = {"birth_date": date(2009, 5, 1), "marital": "single"}
    decided = decide(case(of=held(nationality="WNA", **young), same_as=(held(nationality="WNI", **young),)), setting())
    assert (decided.outcome, decided.provisional) == (Outcome.INELIGIBLE, False)


@pytest.mark.parametrize(
    "tps, region, expected",
    [
        ("901", None, "needs_review"),  # ours, or another village's special TPS
        (None, None, "needs_review"),
        ("003", None, "needs_transfer"),
        ("901", "331610", "needs_transfer"),
    ],
)
def test_a_roll_that_does_not_say_where_its_tps_lies(tps, region, expected):
    decided = decide(case(fixed(tps=tps, tps_region=region)), setting())
    assert decided.outcome == expected
    assert (Note.TPS_UNKNOWN in decided.notes) == (expected == "needs_review")


# --- duplicates ---------------------------------------------------------------------------------------------

OTHER_PLACE = fixed(tps="005", sheet="TPS 005")
ELSEWHERE = {"to_tps": "002", "to_region": "3316092003"}


@pytest.mark.parametrize(
    "entries, expected",
    [
        ((HERE, AT_HOME), "duplicate"),
        ((AT_HOME, OTHER_PLACE), "duplicate"),
        ((AT_HOME, fixed(tps_region="3316122006")), "duplicate"),
        ((AT_HOME, moved(**ELSEWHERE)), "duplicate"),
        ((moved(**ELSEWHERE),), "duplicate"),
        ((HERE, MOVED), "duplicate"),
        ((AT_HOME, fixed(row=271)), "needs_transfer"),  # twice on the list of one TPS
        ((AT_HOME, fixed(tps="3")), "needs_transfer"),
        ((AT_HOME, fixed(tps_region=None)), "needs_transfer"),  # may be the same place
        ((HERE, at_rutan(row=9)), "fixed_here"),
        ((MOVED, moved(row=9)), "moved_here"),
        ((AT_HOME, moved(to_tps="901", to_region=RUTAN_TPS.region)), "moved_here"),
        ((AT_HOME, moved(to_tps="901")), "moved_here"),
    ],
)
def test_a_duplicate_stands_where_one_may_stand_once(entries, expected):
    assert decide(case(*entries), setting()).outcome == expected


# --- identity and home --------------------------------------------------------------------------------------


@pytest.mark.parametrize("quality", ["missing", "short", "long", "rounded", "lost", "letters", "junk"])
def test_a_nik_that_cannot_be_believed_needs_identity(quality):
    assert outcome(nik=None, nik_quality=quality) == Outcome.NEEDS_IDENTITY


def test_a_nik_on_another_row_of_the_same_person_will_do():
    lost = held(nik=None, nik_quality="rounded")
    decided = decide(case(of=lost, same_as=(held(row=7),)), setting())
    assert decided.outcome == Outcome.NOT_ON_ROLL


def test_a_voter_without_ektp_is_moved_and_recorded():
    decided = decide(case(fixed(ektp="unrecorded")), setting())
    assert decided.outcome == Outcome.NEEDS_TRANSFER
    assert Note.EKTP_UNRECORDED in decided.notes


@pytest.mark.parametrize(
    "home, expected, notes",
    [
        ("3316122005", "not_on_roll", ()),
        ("3316", "not_on_roll", ()),
        ("33", "not_on_roll", ("home_unknown",)),
        (None, "not_on_roll", ("home_unknown",)),
        ("3315", "other_regency", ()),
        ("33.15", "other_regency", ()),
    ],
)
def test_where_the_home_lies_says_whom_to_ask(home, expected, notes):
    decided = decide(case(of=held(region_code=home)), setting())
    assert (decided.outcome, decided.notes) == (expected, notes)


def test_two_homes_in_two_regencies_leave_the_outcome_provisional():
    decided = decide(case(of=held(), same_as=(held(kind="polres", region_code="3315"),)), setting())
    assert (decided.outcome, decided.provisional) == (Outcome.NOT_ON_ROLL, True)
    assert Note.HOMES_DIFFER in decided.notes


def test_the_regencies_loaded_are_those_of_the_setting():
    both = setting(regencies=frozenset({"3316", "3317"}))
    assert decide(case(of=held(region_code=NEAR_BY)), both).outcome == Outcome.NOT_ON_ROLL


# --- notes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entered, is_noted",
    [(date(2024, 11, 21), True), (date(2024, 11, 20), False), (None, False)],
)
def test_an_arrest_after_the_deadline_is_left_to_kpu(entered, is_noted):
    decided = decide(case(AT_HOME, of=held(entry_date=entered)), setting(as_of=date(2024, 11, 25)))
    assert decided.outcome == Outcome.TOO_LATE
    assert (Note.ARRESTED_AFTER_DEADLINE in decided.notes) == is_noted


def test_a_row_of_only_a_name_still_gets_exactly_one_outcome():
    decided = decide(case(of={"name": "SUPARNO", "kind": "polres"}), setting())
    assert decided.outcome == Outcome.NEEDS_IDENTITY
    assert codes(decided) == [DiscrepancyCode.NIK_UNUSABLE]
