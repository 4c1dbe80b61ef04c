"""Two snapshots of one register: the same people linked by the core, never two people as one."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from reconcile.generating import generate_case, write_anew, write_case
from reconcile.matching import link_snapshots
from reconcile.reading import read_list

from .builders import AS_OF, held, numbered, table

CUSTODY = {"registration_number": "A.III-12/2024", "entry_date": date(2024, 8, 1)}
CONVICTED = {"registration_number": "B.I-77/2024", "entry_date": date(2024, 10, 20)}
OTHERS = (
    {"name": "SUPARDI", "nik": "3316090101709002", "birth_date": date(1970, 1, 1), "address": "DK KRAJAN"},
    {"name": "TEGUH PRASETYO", "nik": "3316090512889003", "birth_date": date(1988, 12, 5), "address": "DK TEMPEL"},
    {"name": "KUSNAN", "nik": None, "birth_date": date(1979, 6, 7), "address": "DK NGLAWAN"},
    {"name": "ENDRO WIBOWO", "nik": "3316120203919004", "birth_date": date(1991, 3, 2), "address": "DK GREYAGAN"},
)


def snapshot(*rows: dict[str, Any]) -> pa.Table:
    return table(numbered([held(**row) for row in rows]))


def linked(before: list[dict[str, Any]], after: dict[str, Any]) -> tuple[int, int]:
    """Return what the last row of a later snapshot is linked to, and how many doubts there are."""
    found = link_snapshots(snapshot(*OTHERS, *before), snapshot(*OTHERS, after), as_of=AS_OF)
    assert found.of[: len(OTHERS)].tolist() == list(range(len(OTHERS)))
    return int(found.of[-1]) - len(OTHERS), len(found.doubts)


class TestOneRow:
    def test_a_convict_gets_a_new_number_and_stays_himself(self) -> None:
        assert linked([CUSTODY], CONVICTED) == (0, 0)

    def test_the_same_number_given_to_somebody_else_links_nobody(self) -> None:
        other = {"name": "SLAMET RIYADI", "nik": "3316101708669009", "birth_date": date(1966, 8, 17), "address": "X"}
        assert linked([CUSTODY], CUSTODY | other) == (-1 - len(OTHERS), 0)

    def test_a_number_and_the_name_make_up_for_a_nik_corrected_since(self) -> None:
        corrected = {"nik": "3316152011859007"}
        assert linked([CUSTODY], CUSTODY | corrected) == (0, 0)

    def test_a_day_of_entry_and_the_name_make_up_for_everything_else(self) -> None:
        bare = {"nik": None, "birth_date": None, "birth_year": None, "address": None, "region_code": None}
        assert linked([CUSTODY | bare], CONVICTED | bare | {"entry_date": CUSTODY["entry_date"]}) == (0, 0)

    def test_a_namesake_who_came_as_the_other_left_is_for_an_officer(self) -> None:
        bare = {"nik": None, "address": None}
        assert linked([CUSTODY | bare], CONVICTED | bare) == (-1 - len(OTHERS), 1)

    def test_a_twin_is_not_the_one_who_left(self) -> None:
        twin = CONVICTED | {"name": "WAGIMAN LEGAWA", "nik": "3316091403809002"}
        of, _ = linked([CUSTODY], twin)
        assert of < 0


def test_empty_snapshots_link_nobody() -> None:
    nobody = snapshot(*OTHERS).slice(0, 0)
    assert link_snapshots(nobody, snapshot(*OTHERS)).of.tolist() == [-1] * len(OTHERS)
    assert not len(link_snapshots(snapshot(*OTHERS), nobody).of)


def test_two_entries_of_one_person_are_no_tie() -> None:
    again = {"name": "WAGIYO L", "nik": None}
    before = snapshot(*OTHERS, CUSTODY, CUSTODY | again)
    persons = [*range(len(OTHERS)), 99, 99]
    found = link_snapshots(before, snapshot(*OTHERS, CONVICTED), persons, as_of=AS_OF)
    assert persons[int(found.of[-1])] == 99


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[pa.Table, list[int]]]:
    """Return two registers with their people, of whom thirty left and thirty came; every row is written anew."""
    case = generate_case(seed=6, voters=6_000, held=180, cells=34)
    people = sorted({one.person.pid for one in case.parts.rutan})
    read = []
    for seed, without in ((6, people[:30]), (1006, people[-30:])):
        files = write_case(write_anew(case, seed, without=without), tmp_path_factory.mktemp("snapshot"), "sidalih")
        read.append((read_list(files.rutan).table, _people(files.truth)))
    return read


def _people(truth: Path) -> list[int]:
    with truth.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["source"] == "rutan"]
    return [int(row["pid"]) for row in sorted(rows, key=lambda row: int(row["row"]))]


@pytest.mark.slow
def test_no_link_of_a_rewritten_register_is_wrong(rewritten: list[tuple[pa.Table, list[int]]]) -> None:
    (before, who), (after, later) = rewritten
    found = link_snapshots(before, after, who, as_of=AS_OF)
    links = [(later[row], who[of]) for row, of in enumerate(found.of.tolist()) if of >= 0]
    assert all(one == other for one, other in links)
    here = sum(person in who for person in later)
    right = sum(later[row] == who[of] for row, of, _ in found.doubts)
    assert len(links) >= 0.45 * here  # 58 of 120: all custody is drawn anew, so that who has no NIK is mostly a doubt
    assert len(links) + right >= 0.95 * here


@pytest.mark.slow
def test_an_unchanged_register_is_linked_whole(rewritten: list[tuple[pa.Table, list[int]]]) -> None:
    (before, who), _ = rewritten
    found = link_snapshots(before, before, who, as_of=AS_OF)
    assert [who[of] for of in found.of.tolist()] == who
