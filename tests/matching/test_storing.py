"""A stored roll answers as the table it was made of, only for its owner, and is refused when it is not whole."""

import json
import stat
from pathlib import Path

import pyarrow as pa
import pytest

from reconcile.matching import Roll, StoredRollError, match, open_roll, prepare

from .builders import AS_OF, crowd, held, numbered, table, voter

REGISTER = table(
    numbered(
        [
            held(),
            held(nik=None, alias="KEBO", birth_date=None, age=44),
            held(name="DARMO SANTOSO", region_code="3316", address="KAB. BLORA", rt=None),
            held(name="NUR-AINI ÉLOK", nik=None),
        ]
    )
)
ROLL = table(numbered([voter(), voter(name="ÉLOK NUR'AINI", nik="3316095706839001"), *crowd(60)], first=12))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepare(ROLL).store(tmp_path / "rolls" / "blora")
    return tmp_path / "rolls" / "blora"


def refused(folder: Path) -> str:
    with pytest.raises(StoredRollError) as refusal:
        open_roll(folder)
    return refusal.value.code


@pytest.mark.parametrize("as_of", [AS_OF, None])
def test_a_table_a_prepared_and_a_stored_roll_give_the_same_answers(folder: Path, as_of: object) -> None:
    answers = [match(REGISTER, roll, as_of=as_of) for roll in (ROLL, prepare(ROLL), open_roll(folder))]  # type: ignore[arg-type]
    assert answers[0].matches[0].chosen == 0
    assert answers[0] == answers[1] == answers[2]


def test_a_run_leaves_a_roll_as_it_was(folder: Path) -> None:
    roll = open_roll(folder)
    first = match(REGISTER, roll, as_of=AS_OF)
    match(table([held(name="SOMEBODY ELSE", birth_place="NOWHERE")]), roll, as_of=AS_OF)
    assert match(REGISTER, roll, as_of=AS_OF) == first


@pytest.mark.parametrize("rows", [[], [voter()], [voter(name=None, nik=None, birth_date=None, region_code=None)]])
def test_small_and_empty_rolls_can_be_stored(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    prepare(table(rows)).store(tmp_path / "roll")
    assert match(REGISTER, open_roll(tmp_path / "roll"), as_of=AS_OF) == match(REGISTER, table(rows), as_of=AS_OF)


def test_the_same_roll_is_stored_with_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    prepare(ROLL).store(tmp_path / "again")
    assert [(tmp_path / "again" / path.name).read_bytes() for path in sorted(folder.iterdir())] == [
        path.read_bytes() for path in sorted(folder.iterdir())
    ]


def test_only_the_owner_can_read_it(folder: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
    assert modes == {"blora": 0o700, "about.json": 0o600, "arrays.bin": 0o600}


def test_nothing_personal_can_be_read_in_what_says_what_it_is(folder: Path) -> None:
    about = (folder / "about.json").read_text(encoding="utf-8")
    assert "WAGIYO" not in about
    assert "3316" not in about


def test_a_new_roll_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(folder: Path) -> None:
    old = open_roll(folder)
    prepare(table([voter(name="SRI WAHYUNI")])).store(folder)
    assert (old.people.n, open_roll(folder).people.n) == (ROLL.num_rows, 1)
    assert [path.name for path in folder.parent.iterdir()] == ["blora"]


def test_a_store_that_fails_leaves_the_old_roll(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(OSError, match="no space"):
        prepare(table([voter()])).store(folder)
    assert open_roll(folder).people.n == ROLL.num_rows
    assert [path.name for path in folder.parent.iterdir()] == ["blora"]


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere") == "missing"


def test_another_version_is_refused(folder: Path) -> None:
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    (folder / "about.json").write_text(json.dumps(about | {"version": "0"}), encoding="utf-8")
    assert refused(folder) == "version"


@pytest.mark.parametrize("place", [0, -1])
def test_a_changed_byte_is_found(folder: Path, place: int) -> None:
    stored = bytearray((folder / "arrays.bin").read_bytes())
    stored[place] ^= 1
    (folder / "arrays.bin").write_bytes(stored)
    assert refused(folder) == "damaged"


@pytest.mark.parametrize("kept", [0, 100, -1])
def test_a_cut_file_is_found(folder: Path, kept: int) -> None:
    stored = (folder / "arrays.bin").read_bytes()
    (folder / "arrays.bin").write_bytes(stored[:kept])
    assert refused(folder) == "damaged"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": "1"}', "null"])
def test_what_says_what_it_is_must_be_whole(folder: Path, text: str) -> None:
    (folder / "about.json").write_text(text, encoding="utf-8")
    assert refused(folder) in ("damaged", "version")


def test_a_changed_table_of_arrays_is_found(folder: Path) -> None:
    about = (folder / "about.json").read_text(encoding="utf-8")
    (folder / "about.json").write_text(about.replace('"people.nik"', '"people.nkk_"'), encoding="utf-8")
    assert refused(folder) == "damaged"


def test_a_prepared_roll_is_a_roll() -> None:
    roll = prepare(ROLL)
    assert isinstance(roll, Roll)
    assert (roll.people.n, roll.voters, roll.voting_year) == (62, 62, 2006 + 17)


def test_a_column_of_texts_cut_out_of_another_is_stored_alone(tmp_path: Path) -> None:
    prepare(ROLL.slice(1, 5)).store(tmp_path / "cut")
    assert match(REGISTER, open_roll(tmp_path / "cut"), as_of=AS_OF) == match(REGISTER, ROLL.slice(1, 5), as_of=AS_OF)
    assert pa.types.is_string(open_roll(tmp_path / "cut").vocabularies.names.texts.type)
