"""What must not matter: the order of rows, how files are cut, how texts are encoded, what is not stated."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from reconcile.deciding import TpsRef, load_election
from reconcile.matching import match
from reconcile.reconciling import reconcile
from reconcile.records import COLUMNS, MatchStatus
from reconcile.writing.results import summarise, write_result

from .builders import AS_OF, VILLAGES, Row, crowd, held, numbered, table, voter

pytestmark = pytest.mark.slow

TPS = TpsRef.parse("33.16.09.1015/901")
COMPARED = (
    "name", "alias", "father", "nik", "nik_digits", "nik_quality", "nkk", "sex", "birth_place", "birth_date",
    "birth_year", "age", "birth_quality", "address", "rt", "rw", "village", "region_code",
)  # fmt: skip


def register_rows() -> list[Row]:
    """People easy and hard to place: doubles, namesakes, people without numbers, people on no roll."""
    rows = [held(**{name: row[name] for name in ("name", "nik", "birth_date", "sex", "rt")}) for row in crowd()[:8]]
    rows += [row | {"nik": None, "nik_digits": None, "nik_quality": "missing"} for row in rows[::2]]
    rows += [held(name="SLAMET", nik=None, birth_date=None), held(name="SLAMET", nik=None, birth_date=None)]
    rows += [held(), held(nik=None), held(name="WAGIYO", nik=None, birth_date=date(1980, 1, 1), birth_quality="filler")]
    rows += [row | {"name": row["name"][:-2], "birth_place": None, "region_code": "3316"} for row in rows[8:12]]
    rows += [held(name="TARMUDI", nik="3517022002919001", birth_date=date(1991, 2, 20), region_code="3517")]
    return numbered(rows)


def roll_rows() -> list[Row]:
    """A crowd with namesakes who are as likely as each other, and one voter twice with another birth date."""
    alike = [voter(name="SLAMET", nik=None, nkk=None, birth_date=None) for _ in range(3)]
    twice = [voter(), voter(birth_date=date(1980, 3, 15), nkk=None, sheet="TPS 901")]
    elsewhere = voter(nik="3316120104809001", birth_date=date(1980, 4, 1), region_code=VILLAGES[2])
    return numbered([*alike, *twice, elsewhere, *crowd(120)], first=12)


def written(folder: Path, register: pa.Table, roll: pa.Table) -> list[bytes]:
    """Return the bytes of the result files, register rows in the order of the register."""
    result = reconcile(register, roll, load_election("pilkada-2024"), TPS, AS_OF)
    write_result(folder, result, summarise(result, []), lambda kind, code: code)
    files = [(folder / name).read_bytes() for name in ("people.csv", "candidates.csv")]
    return [b"\n".join(sorted(file.splitlines())) for file in files] + [(folder / "summary.json").read_bytes()]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    return written(tmp_path_factory.mktemp("first"), table(register_rows()), table(roll_rows()))


def shuffled(rows: Sequence[Row], seed: int) -> list[Row]:
    return [rows[place] for place in np.random.default_rng(seed).permutation(len(rows))]


def test_the_same_again_gives_the_same_bytes(expected: list[bytes], tmp_path: Path) -> None:
    assert written(tmp_path, table(register_rows()), table(roll_rows())) == expected


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_roll_does_not_matter(expected: list[bytes], tmp_path: Path, seed: int) -> None:
    assert written(tmp_path, table(register_rows()), table(shuffled(roll_rows(), seed))) == expected


@pytest.mark.parametrize("seed", [4, 5])
def test_the_order_of_the_register_does_not_matter(expected: list[bytes], tmp_path: Path, seed: int) -> None:
    assert written(tmp_path, table(shuffled(register_rows(), seed)), table(roll_rows())) == expected


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("at_once", [1, 7, 1_000])
def test_how_many_people_are_compared_together_and_by_how_many_threads_does_not_matter(
    workers: int, at_once: int
) -> None:
    register, roll = table(register_rows()), table(roll_rows())
    found = match(register, roll, as_of=AS_OF, workers=workers, at_once=at_once)
    assert found == match(register, roll, as_of=AS_OF)


def test_how_the_tables_are_cut_and_encoded_does_not_matter(expected: list[bytes], tmp_path: Path) -> None:
    def cut(rows: list[Row], at: int) -> pa.Table:
        return pa.concat_tables([table(rows[:at]), table(rows[at:])])  # each part has its own dictionaries

    assert written(tmp_path, cut(register_rows(), 5), cut(roll_rows(), 50)) == expected


def test_plain_texts_do_as_well_as_dictionaries(expected: list[bytes], tmp_path: Path) -> None:
    plain = pa.schema([(name, pa.string() if pa.types.is_dictionary(kind) else kind) for name, kind in COLUMNS.items()])
    assert written(tmp_path, table(register_rows()).cast(plain), table(roll_rows()).cast(plain)) == expected


@pytest.mark.parametrize("name", COMPARED)
def test_any_column_may_be_missing(name: str) -> None:
    register, roll = numbered([held(), held(name="SLAMET", nik=None)]), [voter(), *crowd(20)]
    found = match(table(register, [name]), table(roll, [name]), as_of=AS_OF)
    assert [one.held for one in found.matches] == [0, 1]


def test_columns_that_are_not_compared_change_nothing() -> None:
    register, roll = table(register_rows()), table(roll_rows())
    # File, sheet and row decide between equals.
    rest = sorted(COLUMNS.keys() - {*COMPARED, "source_file", "sheet", "row"})
    found = match(register.drop_columns(rest), roll.drop_columns(rest), as_of=AS_OF)
    assert found == match(register, roll, as_of=AS_OF)


@pytest.mark.parametrize("side", [0, 1])
def test_one_side_may_have_names_only(side: int) -> None:
    tables = [table([held()]), table([voter(), *crowd(20)])]
    tables[side] = tables[side].select(["name"])
    assert match(*tables, as_of=AS_OF).matches[0].candidates[0].voter == 0


def test_a_missing_column_says_as_little_as_an_empty_one() -> None:
    register, roll = table(register_rows()), table([row | {"nik": None, "nik_digits": None} for row in roll_rows()])
    assert match(register, roll.drop_columns(["nik", "nik_digits"]), as_of=AS_OF) == match(register, roll, as_of=AS_OF)


def test_an_empty_register_has_no_answers() -> None:
    found = match(table([]), table(roll_rows()), as_of=AS_OF)
    assert (found.matches, found.expected) == ((), 0.0)


def test_on_an_empty_roll_nobody_is_found() -> None:
    found = match(table(register_rows()), table([]), as_of=AS_OF)
    assert {one.status for one in found.matches} == {MatchStatus.NONE}
    assert not any(one.candidates for one in found.matches)
    assert (found.expected, found.voter_groups) == (0.0, 0)


def test_two_empty_lists_are_no_error() -> None:
    assert match(table([]), table([]), as_of=AS_OF).matches == ()


def test_a_roll_without_any_number_still_finds_people_by_name_and_birth() -> None:
    roll = [voter(), *crowd()]
    found = match(table([held()]), table(roll, ["nik", "nik_digits", "nik_quality", "nkk"]), as_of=AS_OF).matches[0]
    assert (found.status, found.chosen) == (MatchStatus.AUTO, 0)


def test_names_alone_decide_nobody() -> None:
    kept = {"name", "name_raw", "source_file", "sheet", "row", "kind"}
    found = match(table([held()]).select(sorted(kept)), table([voter(), *crowd()]).select(sorted(kept)), as_of=AS_OF)
    assert found.matches[0].status is not MatchStatus.AUTO
    assert found.matches[0].candidates[0].voter == 0


@pytest.mark.parametrize("nik", ["", "123", "33160914038090011", "x" * 16])
def test_a_number_that_is_none_is_no_evidence(nik: str) -> None:
    """Other people's tables may hold anything; two equal scraps are not an equal NIK."""
    found = match(table([held(nik=nik, nik_digits=None)]), table([voter(nik=nik, nik_digits=None)]), as_of=AS_OF)
    levels = {reason.field: reason.level for reason in found.matches[0].candidates[0].reasons}
    assert levels["nik"] == "missing"
