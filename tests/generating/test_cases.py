"""A generated case is whole: every row accounted for, every group and trap there, nobody real."""

import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from reconcile.generating import Group, generate_case, register_before
from reconcile.generating.rolls import LARGEST_TPS, order
from reconcile.records import Marital

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def case():
    return generate_case(seed=11, voters=900, held=60, cells=12)


@pytest.fixture(scope="module")
def voters(case):
    return [voter for sheet in case.sheets for voter in sheet.voters]


def stands_by_pid(case):
    stands = defaultdict(list)
    for sheet in case.sheets:
        for voter in sheet.voters:
            stands[voter.pid].append((sheet.village, sheet.tps))
    return stands


def test_same_arguments_give_the_same_case(case):
    assert generate_case(seed=11, voters=900, held=60, cells=12) == case


def test_another_seed_gives_other_people(case, voters):
    other = generate_case(seed=12, voters=900, held=60, cells=12)
    names = {(v.name, v.birth) for sheet in other.sheets for v in sheet.voters}
    assert len(names & {(v.name, v.birth) for v in voters}) < 20


def test_sizes_are_those_asked_for(case, voters):
    assert len(voters) == case.roll_rows == 900
    assert (len(case.rutan), len(case.polres)) == (60, 12)


def test_sheets_are_in_the_printed_order_and_within_the_limit(case):
    *regular, special = case.sheets
    assert (special.village, special.tps) == case.tps
    assert len({sheet.village for sheet in regular}) >= 2
    for sheet in regular:
        assert 0 < len(sheet.voters) <= LARGEST_TPS
        assert list(sheet.voters) == sorted(sheet.voters, key=order)


def test_families_are_not_torn_between_tps(case):
    tps_by_card = defaultdict(set)
    for sheet in case.sheets[:-1]:
        for voter in sheet.voters:
            tps_by_card[voter.nkk].add((sheet.village, sheet.tps))
    assert all(len(tps) == 1 for tps in tps_by_card.values())


def test_every_group_is_held(case):
    in_rutan, in_cells = ({row.group for row in rows} for rows in (case.rutan, case.polres))
    cells = {group for group in Group if group.startswith("cell_")}
    assert in_rutan == set(Group) - cells
    assert in_cells == cells | {Group.BOTH}


@pytest.mark.parametrize(
    "group, entries, moved",
    [
        (Group.LOKSUS_IN, 1, False),
        (Group.LOKSUS_DOUBLE, 2, False),
        (Group.REGULAR, 1, False),
        (Group.DPTB, 1, True),
        (Group.UNREGISTERED, 0, False),
        (Group.NO_EKTP, 1, False),
        (Group.LEAVING, 1, False),
        (Group.DUP_REGISTER, 1, False),
        (Group.BOTH, 1, False),
        (Group.OUTSIDE, 0, False),
        (Group.OUTSIDE_DPTB, 0, True),
        (Group.MINOR, 0, False),
        (Group.CELL_REGULAR, 1, False),
        (Group.CELL_UNREG, 0, False),
        (Group.CELL_OUTSIDE, 0, False),
        (Group.CELL_MINOR, 0, False),
    ],
)
def test_people_of_a_group_stand_where_the_group_says(case, group, entries, moved):
    stands = stands_by_pid(case)
    moved_pids = {row.person.pid for row in case.moved}
    rows = [row for row in case.rutan + case.polres if row.group is group]
    for row in rows:
        assert len(stands[row.pid]) == entries
        assert (row.pid in moved_pids) is moved


def test_only_the_special_groups_and_the_gone_stand_on_the_special_roll(case):
    special = {voter.pid for voter in case.sheets[-1].voters}
    held = {row.pid for row in case.rutan if row.group in (Group.LOKSUS_IN, Group.LOKSUS_DOUBLE)}
    gone = {person.pid for person in case.gone}
    assert special == held | gone
    assert not gone & {row.pid for row in case.rutan + case.polres}


def test_a_person_in_the_register_twice_has_two_classes_and_numbers(case):
    rows = defaultdict(list)
    for row in case.rutan:
        if row.group is Group.DUP_REGISTER:
            rows[row.pid].append(row.custody)
    for first, second in rows.values():
        assert {first.register_class[0], second.register_class[0]} == {"A", "B"}
        assert first.number != second.number


def test_a_person_in_rutan_and_cells_is_one_person(case):
    both = [{row.pid for row in rows if row.group is Group.BOTH} for rows in (case.rutan, case.polres)]
    assert both[0] == both[1] != set()


def test_only_the_leaving_among_convicts_end_before_voting_day(case):
    for row in case.rutan:
        before = row.custody.release < case.voting_day
        if row.group is Group.LEAVING:
            assert before and row.custody.release > case.as_of
        if before and row.custody.register_class.startswith("B"):
            assert row.group is Group.LEAVING
        assert row.custody.entry <= case.as_of


def test_identity_numbers_are_whole_made_up_and_unique(case, voters):
    people = {voter.pid: voter for voter in [*voters, *(row.person for row in case.moved)]}.values()
    assert all(re.fullmatch(r"\d{12}9\d{3}", number) for p in people for number in (p.nik, p.nkk))
    assert len({p.nik for p in people}) == len(people)
    assert not {p.nik for p in people} & {p.nkk for p in people}


def test_a_nik_tells_birth_and_sex(voters):
    for voter in voters:
        day = voter.birth.day + (40 if voter.sex == "female" else 0)
        assert voter.nik[6:12] == f"{day:02}{voter.birth:%m%y}"
    assert 0.1 < sum(v.nik[:6] != v.home.district for v in voters) / len(voters) < 0.4


def test_families_share_a_card_and_a_home(voters):
    homes = defaultdict(set)
    for voter in voters:
        homes[voter.nkk].add(voter.home)
    assert all(len(home) == 1 for home in homes.values())
    assert len(homes) < 0.7 * len(voters)


def test_names_look_javanese_in_shape():
    case = generate_case(seed=3, voters=4000, held=60, cells=12)
    names = [voter.name for sheet in case.sheets for voter in sheet.voters]
    mononyms = [name for name in names if " " not in name]
    assert 0.20 <= len(mononyms) / len(names) <= 0.26
    assert Counter(mononyms).most_common(1)[0][1] >= 12
    assert any(re.search(r"\bM[OU]C?H+A", name) for name in names)
    assert any(re.search(r"OE|DJ|TJ", name) for name in names)


def test_traps_are_set(case, voters):
    person = {voter.pid: voter for voter in voters}
    pairs = {kind: [p for p in case.traps[kind] if set(p) <= set(person)] for kind in case.traps}
    assert set(pairs) == {"twins", "father_and_son", "namesakes", "married_minor", "mononyms"}
    for one, other in pairs["twins"]:
        assert person[one].birth == person[other].birth and person[one].nkk == person[other].nkk
        assert person[one].name != person[other].name
    for father, son in pairs["father_and_son"]:
        assert person[father].name == person[son].name and person[father].birth < person[son].birth
    for one, other in pairs["namesakes"]:
        assert (person[one].name, person[one].birth) == (person[other].name, person[other].birth)
    for (pid,) in pairs["married_minor"]:
        assert person[pid].marital is Marital.MARRIED and person[pid].birth > date(2007, 11, 27)
    assert all(case.traps[kind] for kind in case.traps)


def test_everybody_but_the_married_is_of_age(case, voters):
    young = [voter for voter in voters if voter.birth > date(2007, 11, 27)]
    assert {voter.pid for voter in young} <= {pid for (pid,) in case.traps["married_minor"]}


def test_the_register_of_a_week_before_lacks_who_came_and_has_who_left(case):
    before = register_before(case, 7, 5)
    assert before == register_before(case, 7, 5)
    assert (case.as_of - before.as_of).days == 7
    assert before.rutan[: len(case.rutan) - 5] == case.rutan[:-5]
    left = {row.pid for row in before.rutan} - {row.pid for row in case.rutan}
    assert left == {person.pid for person in case.gone}
    assert (before.polres, before.sheets) == (case.polres, case.sheets)


def test_another_regency_and_election():
    tps = ("3315131003", "902")
    case = generate_case(
        seed=1,
        voters=600,
        held=30,
        cells=8,
        regency="3315",
        tps=tps,
        as_of=date(2024, 1, 20),
        voting_day=date(2024, 2, 14),
        title="PEMILIHAN UMUM TAHUN {year}",
    )
    assert case.title == "PEMILIHAN UMUM TAHUN 2024"
    assert all(sheet.village.startswith("3315") for sheet in case.sheets)
    assert case.sheets[-1].tps == "902"


@pytest.mark.parametrize(
    "wrong",
    [
        {"held": 12},
        {"cells": 3},
        {"voters": 60},
        {"as_of": date(2024, 11, 26)},
        {"tps": ("3315132001", "901")},
    ],
)
def test_impossible_sizes_are_refused(wrong):
    with pytest.raises(ValueError):
        generate_case(**({"seed": 1, "voters": 600, "held": 60, "cells": 12} | wrong))
