"""The JSON object of a file, and the exit status it deserves."""

import json
from typing import Any

import pytest

from reconcile.reading import Problem, ProblemCode, ReadResult, Refusal, Refused
from reconcile.writing.account import account_line, account_of, exit_status
from tests.reading.builders import (
    ROLL_HEADING,
    RUTAN_HEADING,
    Row,
    nik,
    read,
    roll_head,
    roll_person,
    rutan_person,
)

TITLE: Row = ("DATA WBP RUTAN BLORA",)


def account(result: ReadResult | Refused, *, records: bool = False) -> dict[str, Any]:
    return account_of(result, records=records, say_problem=_say, say_refusal=lambda refused: f"{refused.file}: no.")


def _say(problem: Problem) -> str:
    return f"{problem.code} in row {problem.row}"


def test_a_file_that_was_read() -> None:
    found = account(read(TITLE, RUTAN_HEADING, rutan_person(1), rutan_person(2, c3=None), rutan_person(3, c2=None)))
    assert found == {
        "file": "daftar.xlsx",
        "kind": "rutan",
        "refused": None,
        "sheets": [{"name": "Lembar 1", "header_row": 2, "hidden": False}],
        "rows": 5,
        "records": 2,
        "rejected": 1,
        "skipped": 2,
        "problems": [
            {"code": code, "sheet": "Lembar 1", "row": row, "column": column, "message": f"{code} in row {row}"}
            for code, row, column in (("nik_missing", 4, "NIK"), ("name_missing", 5, "NAMA"))
        ],
    }
    assert list(found)[-1] == "problems"


def test_a_file_that_was_refused() -> None:
    refused = Refused(Refusal.EMPTY, "kosong.xlsx")
    assert account(refused, records=True) == {
        "file": "kosong.xlsx", "kind": None, "refused": "kosong.xlsx: no.", "sheets": [],
        "rows": 0, "records": 0, "rejected": 0, "skipped": 0, "problems": [],
    }  # fmt: skip


def test_the_records_carry_no_number_where_a_text_belongs() -> None:
    (row,) = account(read(TITLE, RUTAN_HEADING, rutan_person(1)), records=True)["data"]
    assert (row["sheet"], row["row"], row["name"], row["nik"]) == ("Lembar 1", 3, "SUTRIMO ANDAYANI", nik(1))
    assert (row["nik_quality"], row["birth_date"], row["release_date"]) == ("ok", "1980-03-14", "2027-02-01")
    assert (row["region_code"], row["register_class"], row["block"]) == ("3316091015", "A.III", "A1")
    assert not {"kind", "source_file"} & set(row)


def test_what_a_list_does_not_say_is_null() -> None:
    heading = ("NO", "NAMA", "ALAMAT", "SATUAN")
    result = read(("TAHANAN POLRES BLORA",), heading, (1, "TEGUH PRASTYA", "KUNDEN BLORA", "RESKRIM"))
    (row,) = account(result, records=True)["data"]
    assert (row["nik"], row["nik_quality"], row["birth_date"]) == (None, "missing", None)


@pytest.mark.parametrize("records", [True, False])
def test_the_line_is_the_object(records: bool) -> None:
    result = read(TITLE, RUTAN_HEADING, rutan_person(1), rutan_person(2))
    pieces = account_line(result, records=records, say_problem=_say, say_refusal=lambda refused: "")
    line = "".join(pieces)
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert json.loads(line) == account(result, records=records)
    assert list(json.loads(line)) == list(account(result, records=records))


_ROLL = [*roll_head(), roll_person(1)]


@pytest.mark.parametrize(
    "rows, status",
    [
        ([TITLE, RUTAN_HEADING, rutan_person(1)], 0),
        ([TITLE, RUTAN_HEADING, rutan_person(1), (), ("JUMLAH", 1)], 0),
        ([TITLE, RUTAN_HEADING, rutan_person(1), ("JUMLAH", 2)], 1),
        ([TITLE, RUTAN_HEADING, rutan_person(1, c3=None)], 1),
        ([TITLE, RUTAN_HEADING, rutan_person(1), rutan_person(2, c2=None)], 1),
        ([TITLE, RUTAN_HEADING, rutan_person(1, c5="15-03-1980")], 1),
        ([TITLE, (*RUTAN_HEADING, "NOMOR SEPATU"), [*rutan_person(1), 42]], 0),
        (_ROLL, 0),
        ([*roll_head(), roll_person(1, c5="15|03|1980")], 0),  # KPU's own roll: a warning
        ([*roll_head(), roll_person(1, c7="P")], 0),
        ([*roll_head(), roll_person(1, c2="123")], 1),
        ([ROLL_HEADING, roll_person(1)], 1),  # nobody says where its TPS lies
    ],
)
def test_the_status_says_whether_somebody_must_look(rows: list[Row], status: int) -> None:
    assert exit_status(read(*rows)) == status


def test_a_refusal_and_a_hidden_sheet() -> None:
    assert exit_status(Refused(Refusal.BROKEN, "x")) == 2
    result = read(TITLE, RUTAN_HEADING, rutan_person(1))
    object.__setattr__(result, "problems", (Problem(ProblemCode.HIDDEN_SHEET, "LAMA", 0, ""),))
    assert exit_status(result) == 1
