"""`manage.py check_list`: texts on stdout, refusals on stderr, the worst status of all files."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.reading.builders import RUTAN_HEADING, Row, nik, rutan_person, write_book
from tests.reading.faults import truncated

TITLE: Row = ("RUMAH TAHANAN NEGARA KELAS IIB BLORA",)
STANDS: Row = ("KEADAAN TANGGAL 1 NOVEMBER 2024",)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("lists")
    write_book(folder / "rutan.xlsx", {"DATA": [TITLE, STANDS, RUTAN_HEADING, rutan_person(1), (), ("JUMLAH", 1)]})
    damaged = [rutan_person(number, c3=None) for number in range(1, 31)]
    write_book(folder / "rusak.xlsx", {"DATA": [TITLE, RUTAN_HEADING, *damaged]})
    truncated(folder / "patah.xlsx")
    return folder


def check(*paths: Path, **options: Any) -> tuple[str, str, int]:
    """Return what the command writes, and its exit status."""
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("check_list", *map(str, paths), stdout=out, stderr=err, **options)
    assert isinstance(left.value.code, int)
    return out.getvalue(), err.getvalue(), left.value.code


def test_a_list_without_doubts(folder: Path) -> None:
    out, err, status = check(folder / "rutan.xlsx", language="en")
    assert (err, status) == ("", 0)
    assert out.splitlines() == [
        "rutan.xlsx: Rutan register, as of Nov. 1, 2024",
        "  Rows: 6 = 1 read as people + 0 rejected + 5 skipped",
        "  title 2, heading 1, total 1, empty row 1",
    ]


def test_many_doubts_are_cut_short(folder: Path) -> None:
    out, err, status = check(folder / "rusak.xlsx", language="en")
    assert (err, status) == ("", 1)
    lines = out.splitlines()
    assert lines[1].startswith("  ! Sheet DATA, row 3, column NIK: The NIK is missing; copy")
    assert sum(line.startswith("  !") for line in lines) == 20
    assert lines[21] == "  and 10 more"


def test_a_refusal_is_one_line_and_the_other_files_are_still_told(folder: Path) -> None:
    out, err, status = check(folder / "patah.xlsx", folder / "rutan.xlsx", folder / "tidak-ada.xlsx", language="en")
    assert status == 2
    assert [line.split(":")[0] for line in err.splitlines()] == ["patah.xlsx", "tidak-ada.xlsx"]
    assert out.startswith("rutan.xlsx: ")


def test_indonesian_is_the_default(folder: Path) -> None:
    out, err, status = check(folder / "patah.xlsx", folder / "rusak.xlsx")
    assert "NIK" in out
    assert "kosong" in out
    assert "patah.xlsx" in err
    assert status == 2


def test_json_is_one_line_a_file(folder: Path) -> None:
    out, err, status = check(folder / "patah.xlsx", folder / "rusak.xlsx", json=True)
    refused, damaged = (json.loads(line) for line in out.splitlines())
    assert status == 2
    assert refused["refused"].startswith("patah.xlsx")
    assert refused["refused"] == err.strip()
    assert refused["kind"] is None
    assert (damaged["kind"], damaged["records"], len(damaged["problems"])) == ("rutan", 30, 30)
    assert damaged["rows"] == damaged["records"] + damaged["rejected"] + damaged["skipped"]
    assert all("baris" in problem["message"] for problem in damaged["problems"])
    assert "data" not in damaged


def test_json_with_the_records(folder: Path) -> None:
    out, _, status = check(folder / "rutan.xlsx", json=True, records=True)
    (line,) = out.splitlines()
    (person,) = json.loads(line)["data"]
    assert (person["nik"], person["row"], person["birth_date"]) == (nik(1), 4, "1980-03-14")
    assert status == 0


def test_two_files_of_one_name_are_told_apart(folder: Path, tmp_path: Path) -> None:
    write_book(tmp_path / "rutan.xlsx", {"DATA": [TITLE, RUTAN_HEADING, rutan_person(1)]})
    out, _, _ = check(folder / "rutan.xlsx", tmp_path / "rutan.xlsx", json=True)
    assert [json.loads(line)["file"] for line in out.splitlines()] == [
        f"{folder.name}/rutan.xlsx",
        f"{tmp_path.name}/rutan.xlsx",
    ]


def test_the_regency_must_exist(folder: Path) -> None:
    with pytest.raises(CommandError):
        call_command("check_list", str(folder / "rutan.xlsx"), "--near", "9999")
    assert check(folder / "rutan.xlsx", near="33.16")[2] == 0


def test_likely_doubles_are_told_by_row(folder: Path) -> None:
    twice = [rutan_person(1), *(rutan_person(number) for number in range(2, 30)), rutan_person(1)]
    write_book(folder / "ganda.xlsx", {"DATA": [TITLE, STANDS, RUTAN_HEADING, *twice]})
    out, _, _ = check(folder / "ganda.xlsx", language="en", doubles=True)
    assert "Likely the same person twice: 1" in out
    assert "! row DATA 4 and row DATA 33 (one NIK)" in out
    assert "twice" not in check(folder / "ganda.xlsx", language="en")[0]
