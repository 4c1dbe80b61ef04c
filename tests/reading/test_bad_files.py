"""Files that hold no list, or hold it badly: one refusal with its reason, or the right people. Never a hang."""

from pathlib import Path

import pytest

from reconcile.reading import Ending, ProblemCode, ReadResult, Refusal, Refused, read_lists
from reconcile.reading.raw import Raw
from reconcile.reading.workbook import Asked, child_environment, read_workbooks
from tests.reading.builders import assert_adds_up, nik, problems
from tests.reading.faults import READ, REFUSED, good

pytestmark = pytest.mark.slow

CODES = {
    "no_cells.xlsx": Refusal.EMPTY,
    "zero_bytes.xlsx": Refusal.EMPTY,
    "price_list.xlsx": Refusal.NOT_A_LIST,
    "letter.xlsx": Refusal.NOT_A_LIST,
    "scan.xlsx": Refusal.NOT_A_LIST,
    "picture.xlsx": Refusal.NOT_A_LIST,
    "no_heading.xlsx": Refusal.NO_HEADER,
    "heading_only.xlsx": Refusal.NO_PEOPLE,
    "nobody_but_a_total.xlsx": Refusal.NO_PEOPLE,
    "two_kinds.xlsx": Refusal.MIXED_KINDS,
    "page.xls": Refusal.HTML,
    "encrypted.xlsx": Refusal.ENCRYPTED,
    "encrypted_entry.xlsx": Refusal.ENCRYPTED,
    "truncated.xlsx": Refusal.BROKEN,
    "bit_flip.xlsx": Refusal.BROKEN,
    "old_format_in_name_only.xls": Refusal.BROKEN,
    "part_missing.xlsx": Refusal.BROKEN,
    "bomb.xlsx": Refusal.DANGEROUS,
    "many_parts.xlsx": Refusal.DANGEROUS,
    "macros.xlsm": Refusal.DANGEROUS,
    "entities.xlsx": Refusal.DANGEROUS,
    "packed_otherwise.xlsx": Refusal.DANGEROUS,
    "endless_cell.xlsx": Refusal.DANGEROUS,
    "far_to_the_right.xlsx": Refusal.DANGEROUS,
    "far_corner.xlsx": Refusal.NO_READER,  # the reading process dies of it
    "shared_text_count.xlsx": Refusal.NO_READER,
    "last_row_of_the_format.xlsx": Refusal.AT_FORMAT_LIMIT,
    "last_row_of_the_old_format.xlsx": Refusal.AT_FORMAT_LIMIT,
    "rows_in_utf16.xlsx": Refusal.ROWS_DISAGREE,
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadResult | Refused]:
    """Read all files in one go: the bad ones between the good ones."""
    folder: Path = tmp_path_factory.mktemp("faults")
    names = sorted(REFUSED) + sorted(READ)
    for name in names:
        (REFUSED | READ)[name](folder / name)
    order = sorted(names, key=lambda name: name[::-1])
    found = read_lists([folder / name for name in order], near="3316")
    return dict(zip(order, found, strict=True))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_bad_file_is_refused_with_its_reason(outcomes: dict[str, ReadResult | Refused], name: str) -> None:
    refused = outcomes[name]
    assert isinstance(refused, Refused)
    assert (refused.code, refused.file) == (CODES[name], name)


@pytest.mark.parametrize("name", sorted(READ))
def test_an_odd_file_gives_the_right_people(outcomes: dict[str, ReadResult | Refused], name: str) -> None:
    result = outcomes[name]
    assert isinstance(result, ReadResult), result
    assert_adds_up(result)
    assert sorted(zip(result.table["row"].to_pylist(), result.table["nik"].to_pylist(), strict=True)) == [
        (3, nik(1)), (4, nik(2)), (5, nik(3)),
    ]  # fmt: skip
    assert {str(day) for day in result.table["birth_date"].to_pylist()} == {"1980-03-14"}


def _result(outcomes: dict[str, ReadResult | Refused], name: str) -> ReadResult:
    result = outcomes[name]
    assert isinstance(result, ReadResult)
    return result


def test_rows_nobody_filled_are_no_rows(outcomes: dict[str, ReadResult | Refused]) -> None:
    assert _result(outcomes, "empty_rows_to_the_end.xlsx").rows == 5
    assert _result(outcomes, "only_errors_in_a_row.xlsx").rows in (5, 6)
    assert _result(outcomes, "empty_shared_texts.xlsx").rows == 7


def test_what_is_hidden_is_said(outcomes: dict[str, ReadResult | Refused]) -> None:
    assert problems(_result(outcomes, "hidden_rows.xlsx")) == [(ProblemCode.HIDDEN_ROWS, 4)]
    result = _result(outcomes, "hidden_sheet.xlsx")
    assert problems(result) == [(ProblemCode.HIDDEN_SHEET, 0)]
    assert [(seen.name, seen.hidden, seen.records) for seen in result.sheets] == [
        ("LAMA", True, 0), ("TAHANAN", False, 3),
    ]  # fmt: skip
    assert {end.why for end in result.ends if end.sheet == "LAMA"} == {Ending.OTHER_SHEET}


def test_a_process_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    good(tmp_path / "good.xlsx")
    found: list[Raw] = []
    read_workbooks([tmp_path / "good.xlsx"], lambda _place, raw: found.append(raw), Asked(seconds=0))
    assert [raw.code for raw in found if isinstance(raw, Refused)] == [Refusal.NO_READER]


def test_the_reading_process_inherits_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "x")
    assert "PATH" in child_environment()
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(child_environment())
