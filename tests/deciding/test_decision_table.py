"""The decision table of domain 2.4, row by row, for both elections: what happens to whom, and what must be done."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from reconcile.deciding import DiscrepancyCode, Note, TpsRef, decide, left_step, left_voters, load_election
from reconcile.records import Decided, Outcome, VoterCategory

from .builders import NGAWEN_VILLAGE, RUTAN_TPS, at_rutan, case, codes, fixed, held, moved, sentenced, setting

pytestmark = pytest.mark.parametrize("election", ["pemilu-2024", "pilkada-2024"])

BEHIND_BARS = {"register_class": "A.III", "entry_date": date(2023, 11, 1), "release_date": None}


def deadline(election: str) -> date:
    return load_election(election).detainee_deadline


def on(
    election: str, days: int, *entries: dict[str, Any], same_as: Any = (), tps: Any = RUTAN_TPS, **of: Any
) -> Decided:
    """Decide so many days after the last day to move detainees (before it: below 0)."""
    as_of = deadline(election) + timedelta(days=days)
    return decide(case(*entries, of=held(**BEHIND_BARS | of), same_as=same_as), setting(election, as_of=as_of, tps=tps))


def step(decided: Decided) -> tuple[str, str, str]:
    return decided.outcome.value, decided.action, decided.actor


def test_row_1_on_the_special_roll_and_inside(election):
    decided = on(election, -10, at_rutan())
    assert step(decided) == ("fixed_here", "count_ballots", "kpps")
    assert decided.category is VoterCategory.FIXED
    four_or_two = 4 if election == "pemilu-2024" else 2  # by the address on the e-KTP: Ngawen
    assert decided.ballots is not None
    assert len(decided.ballots) == four_or_two


def test_row_2_on_the_special_roll_and_out_before_the_vote(election):
    out = load_election(election).voting_day - timedelta(days=1)
    before = on(election, -1, at_rutan(), **{**sentenced(out), "entry_date": date(2023, 1, 1)})
    assert (step(before), before.due) == (("leaving", "move_back", "kpu"), deadline(election))
    after = on(election, 1, at_rutan(), **{**sentenced(out), "entry_date": date(2023, 1, 1)})
    assert (step(after), after.due) == (("leaving", "ask_kpu", "kpu"), None)


def test_row_3_on_the_special_roll_and_gone(election):
    roll = pa.Table.from_pylist([at_rutan(), at_rutan(row=9), fixed()])
    assert left_voters(roll, {0}, RUTAN_TPS) == (1,)
    action, actor, due = left_step(setting(election, as_of=deadline(election)))
    assert (action, actor, due) == ("mark_copy", "kpps", deadline(election))


def test_row_4_came_in_after_the_roll_was_fixed_and_in_time(election):
    decided = on(election, 0, fixed())
    assert (step(decided), decided.due) == (("needs_transfer", "issue_transfer_letter", "kpu"), deadline(election))
    assert decided.category is VoterCategory.MOVED


def test_row_5_the_same_a_day_later(election):
    decided = on(election, 1, fixed())
    assert (step(decided), decided.due) == (("too_late", "record_loss", "kpu"), None)
    assert (decided.category, decided.ballots) == (None, ())
    assert Note.DEADLINE_PASSED in decided.notes


@pytest.mark.parametrize("home, is_of_the_tps", [(RUTAN_TPS.region, True), (NGAWEN_VILLAGE, False)])
def test_row_6_on_no_roll_votes_with_the_ektp_at_home_alone(election, home, is_of_the_tps):
    decided = on(election, -20, region_code=home)
    assert step(decided) == ("not_on_roll", "search_sidalih", "kpu")
    assert (Note.UNREGISTERED_POSSIBLE in decided.notes) == is_of_the_tps
    assert decided.category is (VoterCategory.UNREGISTERED if is_of_the_tps else None)


@pytest.mark.parametrize("quality", ["missing", "short", "junk"])
def test_row_7_no_nik_is_for_disdukcapil(election, quality):
    assert step(on(election, -20, nik=None, nik_quality=quality)) == ("needs_identity", "find_nik", "disdukcapil")


def test_row_8_an_ektp_never_recorded_is_recorded_on_site(election):
    assert step(on(election, -20, ektp="unrecorded")) == ("needs_identity", "record_ektp", "disdukcapil")


@pytest.mark.parametrize(
    "entries",
    [
        (fixed(), moved(to_tps="002", to_region="3316092003")),  # moved to another TPS
        (at_rutan(), fixed(tps="902", tps_region="3317052001")),  # on the roll of another special location
    ],
)
def test_row_9_one_voter_one_list(election, entries):
    assert step(on(election, -5, *entries)) == ("duplicate", "strike_one", "kpu")


@pytest.mark.parametrize(
    "of, note",
    [
        ({"nationality": "WNA"}, Note.FOREIGN),
        ({"birth_date": date(2009, 1, 1), "marital": "single"}, Note.UNDER_AGE),
        ({"occupation": "POLRI"}, Note.SERVING),
    ],
)
def test_row_10_who_may_not_vote(election, of, note):
    decided = on(election, -5, **of)
    assert step(decided) == ("ineligible", "send_evidence", "institution")
    assert note in decided.notes


@pytest.mark.parametrize(
    "remark, is_doubted, note",
    [
        ("HAK PILIH DICABUT", False, Note.REVOKED),
        ("MENINGGAL", True, Note.DEATH_CONTRADICTED),  # but held alive: somebody must look
    ],
)
def test_row_10_what_the_roll_remarks(election, remark, is_doubted, note):
    decided = on(election, -5, at_rutan(remark=remark))
    assert (decided.outcome, decided.provisional) == (Outcome.INELIGIBLE, is_doubted)
    assert note in decided.notes


def test_row_11_in_police_cells_the_nearby_tps_serves(election):
    nearby = TpsRef("3316091015", "004")
    cells = {"kind": "polres", "register_class": None, "tps": nearby}
    assert step(on(election, -5, fixed(), **cells)) == ("needs_transfer", "issue_transfer_letter", "kpu")
    there = moved(to_tps="004", to_region="3316091015")
    assert step(on(election, 3, fixed(), there, **cells)) == ("moved_here", "count_ballots", "kpps")


def test_row_12_in_two_registers_is_one_person_with_one_answer(election):
    again = held(kind="polres", source_file="polres.xlsx", register_class=None)
    decided = on(election, -5, fixed(), same_as=(again,))
    assert decided.outcome is Outcome.NEEDS_TRANSFER
    assert DiscrepancyCode.IN_BOTH_REGISTERS in codes(decided)


def test_row_13_a_home_in_another_province(election):
    decided = on(election, -5, at_rutan(), region_code="3522151001")
    if election == "pemilu-2024":  # one ballot: the president's
        assert decided.ballots == ("ppwp",)
        assert decided.action == "count_ballots"
    else:
        assert decided.ballots == ()
        assert (decided.action, decided.actor) == ("explain_no_ballot", "institution")
        assert Note.NO_BALLOT_HERE in decided.notes


def test_row_14_arrested_after_the_last_day_is_left_to_kpu(election):
    entered = deadline(election) + timedelta(days=1)
    decided = on(election, 3, fixed(), entry_date=entered)
    assert step(decided) == ("too_late", "record_loss", "kpu")
    assert Note.ARRESTED_AFTER_DEADLINE in decided.notes
