"""The columns of an accepted list as one Parquet file: what matching reads.

The file is a copy: whoever loses it loses nothing, it is rebuilt from the database. It holds exactly the
columns the database holds, so a run gives the same answers before and after a rebuild.
"""

import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from reconcile.models import HeldEntry, SourceList, Voter
from reconcile.records import HELD_KINDS, SCHEMA

ROWS_AT_ONCE = 20_000
SAME_FOR_ALL = ("source_file", "kind")  # told by the list, not by its rows


def row_model(kind: str) -> type[Voter] | type[HeldEntry]:
    """Return the model that holds the rows of a list of this kind."""
    return HeldEntry if kind in HELD_KINDS else Voter


def schema_of(kind: str) -> pa.Schema:
    """Return the columns stored for a kind of list, in the order of `records.COLUMNS`."""
    stored = {field.column for field in row_model(kind)._meta.concrete_fields} | set(SAME_FOR_ALL)
    return pa.schema([field for field in SCHEMA if field.name in stored])


def storable(table: pa.Table, *, kind: str, file_name: str) -> pa.Table:
    """Return a read table with exactly the stored columns; text that says nothing is null."""
    same = {"source_file": file_name, "kind": kind}
    columns = []
    for field in schema_of(kind):
        plain = _value_field(field).type
        if field.name in same:
            column = pa.repeat(pa.scalar(same[field.name], plain), table.num_rows)
        elif field.name in table.schema.names:
            column = _tidy(table[field.name].combine_chunks().cast(plain), keep_empty=field.name == "sheet")
        else:
            column = pa.nulls(table.num_rows, plain)
        columns.append(column.dictionary_encode() if pa.types.is_dictionary(field.type) else column)
    return pa.table(columns, schema=schema_of(kind))


def _tidy(column: "pa.Array[Any]", keep_empty: bool) -> "pa.Array[Any]":
    """Return text without empty values (null instead) and without NUL, which PostgreSQL cannot hold."""
    if not pa.types.is_string(column.type):
        return column
    if keep_empty:
        return column.fill_null("")
    column = pc.replace_substring(column, "\0", "\N{REPLACEMENT CHARACTER}")
    tidied: pa.Array[Any] = pc.if_else(pc.equal(column, pa.scalar("")), pa.scalar(None, column.type), column)
    return tidied


def _value_field(field: "pa.Field[Any]") -> "pa.Field[Any]":
    """Return the field with plain values, where it holds a dictionary of words."""
    return field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field


def path_of(source_list: SourceList) -> Path:
    return Path(settings.MEDIA_ROOT) / "columns" / f"{source_list.pk}.parquet"


def write_columns(source_list: SourceList, table: pa.Table) -> None:
    """Put the columns beside the upload: the whole file or none, readable by the program only."""
    write_table(path_of(source_list), table.replace_schema_metadata({"sha256": source_list.sha256}))


def write_table(path: Path, table: pa.Table) -> None:
    """Put a table on the disk: the whole file or none, readable by the program only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            pq.write_table(table, file, compression="zstd")
        Path(fresh).replace(path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise


def columns_of(source_list: SourceList) -> pa.Table:
    """Return the columns of an accepted list, row n being line n; rebuilt where the file is missing."""
    path = path_of(source_list)
    if path.exists():
        table = pq.read_table(path)
        marks = table.schema.metadata or {}
        if marks.get(b"sha256") == source_list.sha256.encode() and table.num_rows == source_list.records:
            return table.replace_schema_metadata(None)
    table = rebuilt(source_list)
    write_columns(source_list, table)
    return table


def rebuilt(source_list: SourceList) -> pa.Table:
    """Return the columns of an accepted list as the database holds them."""
    schema = schema_of(source_list.kind)
    names = [name for name in schema.names if name not in SAME_FOR_ALL]
    rows = row_model(source_list.kind).objects.filter(source_list=source_list).order_by("line")
    plain = pa.schema([_value_field(schema.field(name)) for name in names])
    read = pa.Table.from_batches(_batches(rows.values_list(*names).iterator(ROWS_AT_ONCE), plain), plain)
    return storable(read, kind=source_list.kind, file_name=source_list.file_name)


def _batches(rows: Iterator[tuple[Any, ...]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        columns = zip(*chunk, strict=True)
        yield pa.record_batch(
            [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)],
            schema=schema,
        )


def row_columns(table: pa.Table) -> pa.Table:
    """Return what `storing.store` takes: the columns of the rows, and the line of each."""
    lines = pa.array(range(table.num_rows), pa.int32())
    return table.drop_columns(list(SAME_FOR_ALL)).append_column("line", lines)
