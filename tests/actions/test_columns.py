"""The Parquet copy of a list: equal to the database, and dispensable."""

from typing import Any

import pyarrow as pa
import pytest
from office_files import PEOPLE, roll_text, rutan_book
from walking import applied, the_list

from reconcile.actions import columns
from reconcile.models import SourceList, Voter

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[roll_text, rutan_book], ids=["roll", "register"])
def source_list(request: Any, election: Any, officers: Any, rutan: Any) -> SourceList:
    return the_list(applied(election, officers["admin"], request.param()))


def test_what_is_written_is_what_the_database_holds(source_list: SourceList) -> None:
    written = columns.columns_of(source_list)
    assert written.schema == columns.schema_of(source_list.kind)
    assert written.equals(columns.rebuilt(source_list))
    assert written["name"].to_pylist() == [name for name, _, _ in PEOPLE]


def test_the_file_is_private(source_list: SourceList) -> None:
    assert columns.path_of(source_list).stat().st_mode & 0o077 == 0


def test_a_missing_file_is_made_anew(source_list: SourceList) -> None:
    before = columns.columns_of(source_list)
    columns.path_of(source_list).unlink()
    assert columns.columns_of(source_list).equals(before)
    assert columns.path_of(source_list).exists()


def test_a_file_of_another_list_is_not_believed(source_list: SourceList) -> None:
    before = columns.columns_of(source_list)
    columns.write_columns(SourceList(pk=source_list.pk, sha256="0" * 64), before.slice(1))
    assert columns.columns_of(source_list).equals(before)


def test_text_that_says_nothing_is_null_and_nul_is_shown() -> None:
    read = pa.table({"row": [1, 2], "name": ["", "A\0B"], "sheet": ["", ""]})
    table = columns.storable(read, kind="roll", file_name="f.csv")
    assert table["name"].to_pylist() == [None, "A\N{REPLACEMENT CHARACTER}B"]
    assert table["sheet"].to_pylist() == ["", ""]
    assert table["source_file"].to_pylist() == ["f.csv", "f.csv"]
    assert table["nik"].null_count == 2


def test_no_column_of_a_roll_is_lost_in_the_database() -> None:
    fields = {field.column for field in Voter._meta.concrete_fields} - {"id", "line", "source_list_id"}
    assert fields <= set(columns.schema_of("roll").names)
