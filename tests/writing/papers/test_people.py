"""Who stands on which paper, and that everybody of a version is counted once."""

from dataclasses import replace

import pytest

from reconcile.deciding import load_election
from reconcile.records import Outcome, VoterCategory
from reconcile.writing.papers import Audience, Matter
from reconcile.writing.papers.counts import ballot_needs, by_sex, tasks, undetermined
from reconcile.writing.papers.people import (
    attending,
    by_block,
    by_other_regency,
    for_registry,
    moved,
    needing_letters,
    on_roll,
    voting,
)
from tests.writing.papers import builders
from tests.writing.papers.builders import of_outcome, row, version


def of(*rows, election="pilkada-2024", **changes) -> Matter:
    return Matter(version(rows), load_election(election), **changes)


def outcomes(rows) -> list[str]:
    return sorted({one.outcome for one in rows})


def test_the_roll_holds_who_stands_on_it_whatever_became_of_them():
    matter = builders.matter()
    assert outcomes(on_roll(matter)) == sorted([Outcome.FIXED_HERE, Outcome.LEFT, Outcome.DUPLICATE, Outcome.LEAVING])


def test_who_stands_on_another_roll_is_not_on_ours_though_both_tps_have_one_number():
    away = of_outcome(1, Outcome.NEEDS_TRANSFER, roll_tps="901", roll_region="3316051014")
    moved_here = of_outcome(2, Outcome.MOVED_HERE, roll_tps="901", roll_region="3316091015")
    assert on_roll(of(away, moved_here)) == ()


def test_the_roll_is_in_the_order_of_the_form_numbers_by_value():
    rows = (
        row(1, rw="10", rt="1", nkk="1", name="A"),
        row(2, rw="2", rt="010", nkk="1", name="B"),
        row(3, rw="2", rt="9", nkk="2", name="A"),
        row(4, rw="2", rt="9", nkk="1", name="Z"),
        row(5, rw="2", rt="9", nkk="1", name="C"),
    )
    assert [one.number for one in on_roll(of(*rows))] == [5, 4, 3, 2, 1]


def test_no_letter_without_a_ballot_but_one_where_ballots_are_not_known():
    none, unknown = (of_outcome(n, Outcome.NEEDS_TRANSFER, ballots=b) for n, b in ((1, ()), (2, None)))
    matter = of(none, unknown, of_outcome(3, Outcome.NEEDS_TRANSFER, action="explain_no_ballot", ballots=()))
    assert needing_letters(matter) == (unknown,)
    assert moved(matter) == (unknown,)


def test_disdukcapil_gets_who_lacks_a_number_or_a_card():
    nik, card, fine = (
        of_outcome(1, Outcome.NEEDS_IDENTITY),
        row(2, ektp="unrecorded"),
        row(3),
    )
    left = of_outcome(4, Outcome.LEFT, ektp="unrecorded")
    assert for_registry(of(nik, card, fine, left)) == (nik, card)


def test_other_regencies_are_asked_each_for_its_own():
    asked = of_outcome(1, Outcome.OTHER_REGENCY)
    unknown = of_outcome(2, Outcome.OTHER_REGENCY, region_code="33", regency="")
    voter = of_outcome(3, Outcome.NEEDS_TRANSFER, roll_region="3318101012")
    own = of_outcome(4, Outcome.NEEDS_TRANSFER)
    assert by_other_regency(of(voter, asked, unknown, own)) == (("", (unknown,)), ("3318", (voter, asked)))


def test_blocks_come_in_order_and_who_is_in_none_last():
    rows = [row(1, block=""), row(2, block="B1"), row(3, block="A1"), row(4, block="A1", name="AAN")]
    assert [(block, [one.number for one in some]) for block, some in by_block(rows)] == [
        ("A1", [4, 3]), ("B1", [2]), ("", [1]),
    ]  # fmt: skip


def test_the_roll_call_names_everybody_with_a_category_and_a_ballot_once():
    matter = builders.matter()
    found = voting(matter)
    expected = {one.number for one in matter.version.rows if one.category}
    assert {one.number for one in found} == expected
    assert len(found) == len(expected)


def test_three_attendance_lists_and_nobody_on_two():
    matter = builders.matter()
    parts = attending(matter)
    assert [category for category, _ in parts] == list(VoterCategory)
    numbers = [one.number for _, rows in parts for one in rows]
    assert len(numbers) == len(set(numbers))


def test_ballots_are_the_sum_of_the_people_and_the_unknown_stay_apart():
    matter = builders.matter()
    needs = {one.ballot.code: one for one in ballot_needs(matter)}
    rows = [one for one in matter.version.rows if one.category in (VoterCategory.FIXED, VoterCategory.MOVED)]
    for code, need in needs.items():
        assert need.needed == sum(code in (one.ballots or ()) for one in rows)
        assert need.given == 5 + 1 + 1  # the roll, who was moved, and 2.5% rounded up
        assert need.lacking == max(0, need.needed - 7)
    assert undetermined(matter) == tuple(one for one in rows if one.ballots is None)


def test_where_the_size_of_the_roll_is_not_known_nothing_is_said_of_a_lack():
    (need, _) = ballot_needs(replace(builders.matter(), supply=None))
    assert (need.given, need.lacking) == (None, None)


@pytest.mark.parametrize("audience", Audience)
def test_sums_tie(audience):
    matter = builders.matter(audience=audience)
    whole = len(matter.version.rows)
    assert by_sex(matter, matter.version.rows).whole == whole
    assert sum(one.people for one in tasks(matter)) == whole
