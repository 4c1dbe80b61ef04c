"""Many rows into one database table, fast: COPY on PostgreSQL, executemany elsewhere.

Both ways write the same values. The caller opens the transaction: all rows or none.
"""

import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, models
from pyarrow import csv

ROWS_AT_ONCE = 10_000


def store(
    model: type[models.Model],
    table: pa.Table,
    same: Mapping[str, Any],
    tick: Callable[[int, int], None] | None = None,
) -> int:
    """Insert the rows of `table` and return how many.

    Columns carry the names of the model's database columns; `same` gives values equal for all rows; every
    other field gets its default. A null becomes "" in a text field. A JSON field's column holds JSON text.
    """
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    write = _copy if connection.vendor == "postgresql" else _insert
    done = 0
    with connection.cursor() as cursor:
        for batch in table.to_batches(max_chunksize=ROWS_AT_ONCE):
            columns = {each.column: _stored(each, batch, same) for each in fields}
            write(cursor, model._meta.db_table, columns)
            done += batch.num_rows
            if tick:
                tick(done, table.num_rows)
    return done


def _stored(field: Any, batch: pa.RecordBatch, same: Mapping[str, Any]) -> "pa.Array[Any]":
    """Return one field's values for all rows, as the database holds them: dates as text, words still coded."""
    if field.column not in batch.schema.names:
        value = same[field.column] if field.column in same else field.get_default()
        return pa.repeat(pa.scalar(_prepared(field, value)), batch.num_rows)
    column = batch.column(field.column)
    if pa.types.is_temporal(column.type):
        column = pc.cast(column, pa.string())
    if not isinstance(field, models.TextField | models.CharField):
        return column
    if pa.types.is_dictionary(column.type):
        nothing = len(column.dictionary)
        words = pa.concat_arrays([column.dictionary.cast(pa.string()), pa.array([""])])
        return pa.DictionaryArray.from_arrays(column.indices.fill_null(nothing), words)
    return column.fill_null("")


def _prepared(field: Any, value: Any) -> Any:
    """Return one value in its stored form."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(field, models.JSONField):
        return None if value is None else json.dumps(value, cls=field.encoder)
    return field.get_prep_value(value)


def _insert(cursor: Any, table: str, columns: Mapping[str, "pa.Array[Any]"]) -> None:
    quote = connection.ops.quote_name
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(table)} ({_names(columns)}) VALUES ({places})"
    cursor.executemany(statement, zip(*map(_values, columns.values()), strict=True))


def _names(columns: Iterable[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, columns))


def _values(column: "pa.Array[Any]") -> list[Any]:
    """Return Python's values; a word that stands in many rows is made once."""
    if pa.types.is_dictionary(column.type):
        words = np.array(column.dictionary.to_pylist(), object)
        return words[column.indices.to_numpy()].tolist()  # type: ignore[no-any-return]
    return column.to_pylist()  # type: ignore[no-any-return]


def _copy(cursor: Any, table: str, columns: Mapping[str, "pa.Array[Any]"]) -> None:
    """Send rows as CSV. Arrow puts every text in quotes and nothing around a null: the two are never the same."""
    plain = [
        column.dictionary_decode() if pa.types.is_dictionary(column.type) else column for column in columns.values()
    ]
    text = io.BytesIO()
    csv.write_csv(pa.table(plain, names=list(columns)), text, csv.WriteOptions(include_header=False))
    text.seek(0)
    statement = f"COPY {connection.ops.quote_name(table)} ({_names(columns)}) FROM STDIN WITH (FORMAT csv)"
    with connection.wrap_database_errors:  # Django does it for the statements it knows
        cursor.copy_expert(statement, text)
