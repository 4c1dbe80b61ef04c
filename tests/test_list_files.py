"""Every file of `fixtures/lists/` is read as stands beside it: status, kind, rows, codes, and the sentence told."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from reconcile.labels import problem_text, refusal_text
from reconcile.reading import ReadResult, Refused, read_list, read_lists, recognise
from reconcile.writing.account import exit_status, needs_a_look
from tests.reading.builders import assert_adds_up
from tests.reading.fault_files import FILES, FOLDER

pytestmark = pytest.mark.slow

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
OF_A_PROGRAM = {"password.xlsx", "excel_97_by_libreoffice.xls", "open_document.ods"}  # never twice the same bytes


@pytest.fixture(scope="module")
def outcomes() -> dict[str, ReadResult | Refused]:
    """All files in one go, bad ones between good ones."""
    names = sorted(EXPECTED, key=lambda name: name[::-1])
    return dict(zip(names, read_lists([FOLDER / name for name in names], near="3316"), strict=True))


def test_every_file_has_its_expectation() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"expected.toml"}
    assert files == set(EXPECTED) == set(FILES)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_file_is_read_as_expected(outcomes: dict[str, ReadResult | Refused], name: str) -> None:
    found, expected = outcomes[name], EXPECTED[name]
    assert exit_status(found) == expected["exit"]
    if isinstance(found, Refused):
        assert [found.code] == expected["codes"]
        return
    assert_adds_up(found)
    assert [found.rows, found.records, found.rejected, found.skipped] == expected["rows"]
    assert found.kind == expected["kind"]
    assert [f"{problem.code}@{problem.row}" for problem in found.problems] == expected["codes"]


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_sentence_says_where_what_and_what_to_do(
    outcomes: dict[str, ReadResult | Refused], name: str, language: str
) -> None:
    with translation.override(language):
        assert sentence(outcomes[name]) == EXPECTED[name].get(language, "")


def sentence(found: ReadResult | Refused) -> str:
    if isinstance(found, Refused):
        return refusal_text(found.code, found.file)
    told = sorted(found.problems, key=lambda problem: not needs_a_look(found, problem))[:1]
    return "".join(problem_text(one.code, one.sheet, one.row, one.column, one.said) for one in told)


@pytest.mark.parametrize("name", sorted(name for name in EXPECTED if name.startswith(("good", "headings", "column"))))
def test_what_is_recognised_is_what_is_read(outcomes: dict[str, ReadResult | Refused], name: str) -> None:
    whole, seen = outcomes[name], recognise(FOLDER / name)
    assert isinstance(whole, ReadResult)
    assert (seen.kind, seen.missing) == (whole.kind, ())
    read_again = read_list(FOLDER / name, near="3316", mapping=seen.mapping())
    assert read_again.table.equals(whole.table)


def test_a_damaged_nik_is_no_key_and_keeps_only_what_can_be_believed(
    outcomes: dict[str, ReadResult | Refused],
) -> None:
    damaged = {
        "nik_as_number.xlsx": "331609140380900", "nik_as_number_of_papua.xlsx": "917101020380901",
        "nik_shortened_to_exponent.xlsx": "331609", "nik_with_letters.xlsx": "33",
    }  # fmt: skip
    for name, believed in damaged.items():
        result = outcomes[name]
        assert isinstance(result, ReadResult)
        row = result.table.to_pylist()[1]
        assert (row["nik"], row["nik_digits"]) == (None, believed)


@pytest.mark.parametrize("name", sorted(set(FILES) - OF_A_PROGRAM))
def test_a_file_is_what_its_writer_writes(name: str, tmp_path: Path) -> None:
    if name.startswith("excel_97"):
        pytest.importorskip("xlwt")
    FILES[name](tmp_path / name)
    assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()
