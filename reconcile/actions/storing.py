"""Many rows into one database table, fast: COPY on PostgreSQL, executemany elsewhere.

Both ways write the same values. The caller opens the transaction: all rows or none.
"""

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from django.db import connection, models

ROWS_AT_ONCE = 10_000

# What COPY's text format gives a meaning of its own.
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_NULL = r"\N"


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
            columns = [_values(each, batch, same) for each in fields]
            write(cursor, model._meta.db_table, [each.column for each in fields], columns)
            done += batch.num_rows
            if tick:
                tick(done, table.num_rows)
    return done


def _values(field: Any, batch: pa.RecordBatch, same: Mapping[str, Any]) -> Sequence[Any]:
    """Return one field's values for all rows, as the database driver takes them."""
    if field.column not in batch.schema.names:
        value = same[field.column] if field.column in same else field.get_default()
        return [_prepared(field, value)] * batch.num_rows
    column = batch.column(field.column)
    if isinstance(field, models.TextField | models.CharField):
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        column = column.fill_null("")
    values = column.to_pylist()
    return values if isinstance(field, models.JSONField) else _all_prepared(field, values)


def _all_prepared(field: Any, values: list[Any]) -> Sequence[Any]:
    """Prepare a column; the classes below are stored as Python has them and need no call for each value."""
    as_they_are = (
        models.TextField,
        models.CharField,
        models.IntegerField,
        models.FloatField,
        models.ForeignKey,
    )
    if type(field) in as_they_are or isinstance(field, models.IntegerField):
        return values
    return [_prepared(field, value) for value in values]


def _prepared(field: Any, value: Any) -> Any:
    """Return one value in its stored form."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(field, models.JSONField):
        return None if value is None else json.dumps(value, cls=field.encoder)
    return field.get_prep_value(value)


def _insert(cursor: Any, table: str, names: list[str], columns: list[Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    places = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {quote(table)} ({', '.join(map(quote, names))}) VALUES ({places})"
    cursor.executemany(statement, zip(*columns, strict=True))


def _copy(cursor: Any, table: str, names: list[str], columns: list[Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    rows = zip(*map(_copy_column, columns), strict=True)
    text = "\n".join(map("\t".join, rows)) + "\n"
    statement = f"COPY {quote(table)} ({', '.join(map(quote, names))}) FROM STDIN"
    with connection.wrap_database_errors:  # Django does it for the statements it knows
        cursor.copy_expert(statement, io.StringIO(text))


def _copy_column(values: Sequence[Any]) -> list[str]:
    """Return a column in COPY's text format."""
    written = [value for value in values if isinstance(value, str)]
    if _SPECIAL.search("".join(written)):
        values = [value.translate(_ESCAPES) if isinstance(value, str) else value for value in values]
    if len(written) == len(values):
        return list(values)
    return [_NULL if value is None else str(value) for value in values]
