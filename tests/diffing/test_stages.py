"""Two stages of a roll: what became of each voter, which codes do not add up, and that nobody is lost."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.diffing import COMPARED, FIRST, GROUPS, SECOND, Fault, Group, compare_stages, recap_of

from .builders import VILLAGE, compared, election, stage, voter

NONE = Fault(0)


def dp4(*rows: dict[str, Any]) -> Any:
    return stage("DP4", *rows)


def dphp(*rows: dict[str, Any]) -> Any:
    return stage("DPHP", *rows)


class TestWhatBecameOfAVoter:
    def test_the_same(self) -> None:
        assert compared(dp4(voter(1)), dphp(voter(1, remark="0"))) == [("same", 0, 0, -1, NONE)]

    def test_changed_with_the_field(self) -> None:
        changed = voter(1, remark="U", address="JL MAWAR 5")
        events = compare_stages(dp4(voter(1)), dphp(changed), election()).to_pylist()
        assert [GROUPS[one["group"]] for one in events] == [Group.CHANGED]
        assert events[0]["fields"] == 1 << COMPARED.index("address") and events[0]["faults"] == 0

    def test_the_nik_was_corrected(self) -> None:
        assert compared(dp4(voter(1)), dphp(voter(1, remark="U", nik="3316090201809999")))[0][0] == "changed"

    def test_another_name_without_a_nik(self) -> None:
        changed = voter(1, remark="U", nik=None, name="NAMA YANG LAIN")
        assert compared(dp4(voter(1, nik=None)), dphp(changed)) == [("changed", 0, 0, -1, NONE)]

    def test_struck_with_a_code(self) -> None:
        assert compared(dp4(voter(1)), dphp(voter(1, remark="1"))) == [("struck", 0, -1, 0, NONE)]

    def test_gone_without_a_code_is_a_fault(self) -> None:
        assert compared(dp4(voter(1), voter(2)), dphp(voter(2))) == [
            ("gone", 0, -1, -1, Fault.GONE), ("same", 1, 0, -1, NONE),
        ]  # fmt: skip

    def test_new(self) -> None:
        assert compared(dp4(), dphp(voter(1, remark="B"))) == [("new", -1, 0, -1, NONE)]

    def test_a_code_means_what_it_means_in_this_election_and_stage(self) -> None:
        """Code 8 is none of the DPS: the row still counts."""
        assert compared(stage("DPHP", voter(1)), stage("DPS", voter(1, remark="8"))) == [
            ("same", 0, 0, -1, Fault.UNKNOWN_CODE)
        ]

    def test_struck_before_is_no_voter_of_the_first_stage(self) -> None:
        assert compared(dphp(voter(1, remark="2")), stage("DPS")) == [("struck_before", 0, -1, -1, NONE)]

    def test_struck_before_and_a_voter_again(self) -> None:
        assert compared(dphp(voter(1, remark="4")), stage("DPS", voter(1))) == [("new", 0, 0, -1, Fault.RETURNED)]

    def test_struck_though_nobody_knew_them(self) -> None:
        assert compared(dp4(), dphp(voter(1, remark="1"))) == [("struck_unknown", -1, -1, 0, Fault.STRUCK_UNKNOWN)]

    def test_a_first_stage_that_knows_no_tps_moves_nobody(self) -> None:
        assert compared(dp4(voter(1, tps="", tps_region="")), dphp(voter(1)))[0][0] == "same"

    @pytest.mark.parametrize("less", [{"tps": ""}, {"tps_region": ""}, {"tps": "", "tps_region": ""}])
    def test_a_stage_that_says_less_of_the_tps_moves_nobody_and_ties(self, less: dict[str, str]) -> None:
        """DP4 knows no TPS: a voter is counted where the other stage says, at the TPS, the village and the district."""
        for first, second in (({**less}, {}), ({}, {**less})):
            events = compare_stages(dp4(voter(1, **first)), dphp(voter(1, **second)), election())
            assert [GROUPS[one["group"]] for one in events.to_pylist()] == [Group.SAME]
            (row,) = recap_of(events).rows("", None)
            assert row.area == f"{VILLAGE}-001"
            assert row.figures["first"] == row.figures["second"] and row.figures["first"].total == 1

    def test_a_stage_that_says_less_of_the_village_still_moves_to_another_number(self) -> None:
        assert compared(dp4(voter(1, tps_region="")), dphp(voter(1, tps="002", remark="B")))[0][0] == "moved"


class TestMoves:
    def test_code_8_with_its_new_entry(self) -> None:
        second = dphp(voter(1, remark="8"), voter(1, tps="002", remark="B"))
        assert compared(dp4(voter(1)), second) == [("moved", 0, 1, 0, NONE)]

    def test_of_two_new_entries_one_is_the_match(self) -> None:
        second = dphp(voter(1, remark="8"), voter(1, tps="002", remark="B"), voter(1, tps="003", remark="B"))
        assert compared(dp4(voter(1)), second) == [("moved", 0, 1, 0, NONE), ("new", -1, 2, -1, NONE)]

    def test_of_two_struck_entries_one_has_its_match(self) -> None:
        first = dp4(voter(1), voter(1, tps="002"))
        second = dphp(voter(1, remark="8"), voter(1, tps="002", remark="8"), voter(1, tps="003", remark="B"))
        assert compared(first, second) == [
            ("struck", 1, -1, 1, Fault.NO_NEW_ENTRY), ("moved", 0, 2, 0, NONE),
        ]  # fmt: skip

    def test_struck_with_8_twice(self) -> None:
        second = dphp(voter(1, remark="8"), voter(1, remark="8"), voter(1, tps="002", remark="B"))
        assert compared(dp4(voter(1)), second) == [
            ("struck_unknown", -1, -1, 1, Fault.STRUCK_UNKNOWN), ("moved", 0, 2, 0, NONE),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ({}, {"name": "NAMA YANG LAIN"}),
            ({"nik": None}, {"nik": None, "name": "NAMA YANG LAIN"}),
            ({}, {"nik": None, "name": "NAMA YANG LAIN"}),
            ({"nik": None, "nkk": None}, {"nik": None, "nkk": None, "tps_region": "3316091016"}),
        ],
    )
    def test_moved_and_otherwise_written(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        """By the NIK; else by family card, birth date and sex; else by name, birth date, birth place and sex."""
        second = dphp(voter(1, remark="8", **before), voter(1, tps="002", remark="B", **after))
        assert compared(dp4(voter(1, **before)), second) == [("moved", 0, 1, 0, NONE)]

    def test_a_sister_of_the_same_card_is_not_the_match(self) -> None:
        sister = voter(2, tps="002", remark="B", nkk=voter(1)["nkk"])
        found = compared(dp4(voter(1)), dphp(voter(1, remark="8"), sister))
        assert found == [("struck", 0, -1, 0, Fault.NO_NEW_ENTRY), ("new", -1, 1, -1, NONE)]

    def test_code_8_without_its_new_entry(self) -> None:
        assert compared(dp4(voter(1)), dphp(voter(1, remark="8"))) == [("struck", 0, -1, 0, Fault.NO_NEW_ENTRY)]

    def test_the_new_entry_of_another_person_is_not_its_own(self) -> None:
        found = compared(dp4(voter(1)), dphp(voter(1, remark="8"), voter(2, tps="002", remark="B")))
        assert found == [("struck", 0, -1, 0, Fault.NO_NEW_ENTRY), ("new", -1, 1, -1, NONE)]

    def test_a_new_entry_elsewhere_without_code_8(self) -> None:
        second = dphp(voter(1, tps="002", remark="B"))
        assert compared(dp4(voter(1)), second) == [("moved", 0, 0, -1, Fault.NO_STRIKE)]

    def test_a_new_entry_that_is_not_marked(self) -> None:
        second = dphp(voter(1, remark="8"), voter(1, tps="002"))
        assert compared(dp4(voter(1)), second) == [("moved", 0, 1, 0, Fault.NEW_UNMARKED)]

    def test_marked_new_at_the_same_tps(self) -> None:
        assert compared(dp4(voter(1)), dphp(voter(1, remark="B"))) == [("same", 0, 0, -1, Fault.NOT_NEW)]

    def test_a_later_stage_has_no_code_for_moving(self) -> None:
        assert compared(stage("DPS", voter(1)), stage("DPT", voter(1, tps="002")))[0] == ("moved", 0, 0, -1, NONE)

    def test_who_is_barred_does_not_move(self) -> None:
        second = dphp(voter(1, remark="1"), voter(1, tps="002", remark="B"))
        assert [one[0] for one in compared(dp4(voter(1)), second)] == ["struck", "new"]


class TestListedTwice:
    def test_each_entry_meets_its_own(self) -> None:
        first = dp4(voter(1), voter(1, tps="002"))
        second = dphp(voter(1, remark="2"), voter(1, tps="002"))
        assert compared(first, second) == [("struck", 0, -1, 0, NONE), ("same", 1, 1, -1, NONE)]

    def test_at_one_tps(self) -> None:
        found = compared(dp4(voter(1), voter(1)), dphp(voter(1), voter(1, remark="2")))
        assert found == [("same", 0, 0, -1, NONE), ("struck", 1, -1, 1, NONE)]

    def test_one_entry_taken_out_silently(self) -> None:
        assert [one[0] for one in compared(dp4(voter(1), voter(1, tps="002")), dphp(voter(1)))] == ["same", "gone"]


class TestMarks:
    def test_new_without_b_beside_rows_that_have_marks(self) -> None:
        second = dphp(voter(1, remark="U", rt="9"), voter(2))
        assert compared(dp4(voter(1)), second)[1] == ("new", -1, 1, -1, Fault.NEW_UNMARKED)

    def test_a_list_without_marks_says_nothing_by_none(self) -> None:
        assert compared(stage("DPS", voter(1)), stage("DPT", voter(1, rt="9"), voter(2))) == [
            ("changed", 0, 0, -1, NONE), ("new", -1, 1, -1, NONE),
        ]  # fmt: skip

    def test_u_without_a_change_and_a_change_without_u(self) -> None:
        second = dphp(voter(1, remark="U"), voter(2, rt="9"))
        assert [one[4] for one in compared(dp4(voter(1), voter(2)), second)] == [Fault.NO_CHANGE, Fault.CHANGE_UNMARKED]


ROW = st.builds(
    lambda number, tps, remark, sex, rt: voter(number, f"{tps:03}", remark, sex=sex, rt=rt),
    st.integers(0, 9),
    st.integers(1, 3),
    st.sampled_from(["", "0", "B", "U", "1", "2", "4", "8", "9", "TNI"]),
    st.sampled_from(["male", "female", None]),
    st.sampled_from(["1", "2"]),
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, max_size=12), st.lists(ROW, max_size=12), st.sampled_from(["DP4", "DPHP", "DPS"]))
def test_sums_tie_and_every_row_stands_once(first: list[Any], second: list[Any], code: str) -> None:
    one, other = stage(code, *first), stage("DPHP" if code == "DP4" else "DPT", *second)
    events = compare_stages(one, other, election())
    group = events["group"].to_numpy()
    for column, rows in (("before", len(first)), ("after", None), ("struck", None)):
        found = events[column].to_numpy()
        found = np.sort(found[found >= 0])
        if rows is not None:
            assert found.tolist() == list(range(rows))
    theirs = np.concatenate([events[name].to_numpy() for name in ("after", "struck")])
    assert sorted(theirs[theirs >= 0].tolist()) == list(range(len(second)))

    counts = {one: int((group == GROUPS.index(one)).sum()) for one in Group}
    recap = recap_of(events)
    total = recap.total()
    assert total.figures["first"].total == sum(counts[one] for one in FIRST)
    assert total.figures["second"].total == sum(counts[one] for one in SECOND)
    returned = int((events["faults"].to_numpy() & Fault.RETURNED > 0).sum())
    assert len(first) == sum(counts[one] for one in FIRST) + counts[Group.STRUCK_BEFORE] + returned
    for row in recap.rows("", None):
        figures = row.figures
        gained = row.entered.total - row.taken_out.total - figures["gone"].total
        assert figures["second"].total == figures["first"].total + gained
    villages = recap.rows("", 10)
    for measure in total.figures:
        assert sum(row.figures[measure].total for row in villages) == total.figures[measure].total


def test_a_sex_that_is_not_stated_is_counted_apart() -> None:
    events = compare_stages(dp4(), dphp(voter(1), voter(2), voter(3, sex=None)), election())
    new = recap_of(events).total().figures["new"]
    assert (new.male, new.female, new.unstated, new.both, new.total) == (1, 1, 1, 2, 3)


def test_a_recap_survives_its_table() -> None:
    recap = recap_of(compare_stages(dp4(voter(1), voter(2)), dphp(voter(1), voter(3, tps="002")), election()))
    assert recap.stations == (f"{VILLAGE}-001", f"{VILLAGE}-002")
    again = type(recap).from_table(recap.to_table())
    assert again.stations == recap.stations and (again.counts == recap.counts).all()
