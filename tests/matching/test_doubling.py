"""Likely doubles inside one list: one person twice is found, two people are not made one."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from reconcile.generating import generate_case, write_case
from reconcile.generating.doubled_rolls import write_doubled_roll
from reconcile.matching import find_doubles, prepare
from reconcile.reading import read_list

from .builders import numbered, table, voter

Roll = tuple[pa.Table, set[tuple[int, int]]]


class TestTwoRows:
    """Two rows at the head of a whole roll, which says what is common."""

    @pytest.fixture(autouse=True)
    def _beside(self, roll: Roll) -> None:
        self.others = roll[0]

    def doubles(self, *rows: dict[str, Any]) -> list[tuple[int, int]]:
        listed = pa.concat_tables([table(numbered(rows)), self.others], promote_options="default").unify_dictionaries()
        found = [(one.left, one.right) for one in find_doubles(listed)]
        return [pair for pair in found if min(pair) < len(rows)]

    def test_one_nik_and_one_name(self) -> None:
        assert self.doubles(voter(), voter(tps="007", address="JL VETERAN")) == [(0, 1)]

    def test_a_slip_in_the_number_and_another_spelling(self) -> None:
        second = voter(name="WAGIJO LEGAWA", nik="3316901403809001", nkk=None, tps="004")
        assert self.doubles(voter(), second) == [(0, 1)]

    def test_a_namesake_born_another_day(self) -> None:
        other = voter(nik="3316091708669009", birth_date=date(1966, 8, 17), nkk=None)
        assert self.doubles(voter(), other) == []

    def test_twins_on_a_family_card(self) -> None:
        assert self.doubles(voter(), voter(name="WAGIMAN LEGAWA", nik="3316091403809002")) == []

    @pytest.mark.parametrize(("ektp", "found"), [("unrecorded", [(0, 1)]), ("recorded", [])])
    def test_nobody_is_recorded_under_two_numbers(self, ektp: str, found: list[tuple[int, int]]) -> None:
        """Fingerprints are compared with everybody's (domain 6: DUPLICATE): who is recorded twice is two people."""
        other = voter(nik="3316041403809007", nkk="3316041402129004", address="DK NGROTO", rt="9", tps="008", ektp=ektp)
        assert self.doubles(voter(ektp="recorded"), other) == found

    def test_a_slip_in_the_number_counts_on_one_card_only(self) -> None:
        first = voter(name="SITI AMINAH", sex="female", ektp="recorded", nik="3316095403809001")
        slip = {**first, "nik": "3316095403889001", "tps": "004"}
        assert self.doubles(first, slip) == [(0, 1)]
        assert self.doubles(first, {**slip, "nkk": "3316041402129004", "address": "DK NGROTO", "rt": "9"}) == []

    def test_near_names_on_one_card_are_looked_at_whatever_the_date(self) -> None:
        second = voter(name="WAGIYO LEGOWWA", nik="3376091403809001", birth_date=date(1978, 3, 14), tps="004")
        assert self.doubles(voter(), second) == [(0, 1)]

    def test_one_nik_under_two_names_is_a_fault_of_a_number(self) -> None:
        assert self.doubles(voter(), voter(name="SUTINAH", sex="female", birth_date=date(1991, 2, 3))) == []


def test_an_empty_list_has_none() -> None:
    assert find_doubles(table(numbered([voter()])).slice(0, 0)) == ()


@pytest.fixture(scope="module")
def roll(tmp_path_factory: pytest.TempPathFactory) -> Roll:
    """Return a roll and its true doubles, as pairs of rows."""
    case = generate_case(seed=4, voters=8_000, held=120, cells=20)
    files = write_case(case, tmp_path_factory.mktemp("case"), "sidalih")
    read = [read_list(path).table for path in files.roll]
    rows = {
        (Path(file).name, row): number
        for number, (file, row) in enumerate(
            place for one in read for place in zip(one["source_file"].to_pylist(), one["row"].to_pylist(), strict=True)
        )
    }
    people = defaultdict(set)
    with files.truth.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            places = [one.split("|") for one in line["dpt"].split(";") if one]
            people[line["pid"]] |= {rows[file, int(row)] for file, _, row in places}
    true = {(one, two) for found in people.values() for one in found for two in found if one < two}
    return pa.concat_tables(read, promote_options="default").unify_dictionaries(), true


def test_all_doubles_of_a_roll_are_found_and_twins_are_none(roll: Roll) -> None:
    listed, true = roll
    found = {tuple(sorted((one.left, one.right))) for one in find_doubles(listed)}
    assert true
    assert true <= found
    assert len(found - true) <= 3  # 2: voters outside who are on it twice, of whom the truth says nothing


def test_the_order_of_rows_does_not_matter(roll: Roll) -> None:
    listed, _ = roll
    order = Random(1).sample(range(listed.num_rows), listed.num_rows)
    straight = [(one.left, one.right, one.weight) for one in find_doubles(prepare(listed))]
    shuffled = find_doubles(listed.take(pa.array(order)))
    assert [(order[one.left], order[one.right], one.weight) for one in shuffled] == straight


def test_weights_add_up(roll: Roll) -> None:
    assert all(one.weight == sum(reason.weight for reason in one.reasons) for one in find_doubles(roll[0]))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12])
def test_of_doubles_made_in_four_ways_nearly_all_are_found_and_hardly_anybody_else(seed: int, tmp_path: Path) -> None:
    """The floor at a size a test can bear; `tests.benchmarks.doubles` measures whole regencies."""
    doubled = write_doubled_roll(tmp_path / "roll.csv", seed=seed, voters=20_000, doubled=0.01)
    listed = read_list(tmp_path / "roll.csv").table
    rows = {row: number for number, row in enumerate(listed["row"].to_pylist())}
    true = {(rows[one.first], rows[one.second]) for one in doubled}
    found = {tuple(sorted((one.left, one.right))) for one in find_doubles(listed)}
    hits = found & true
    assert len(hits) >= 0.95 * len(found)
    assert len(hits) >= 0.98 * len(true)
