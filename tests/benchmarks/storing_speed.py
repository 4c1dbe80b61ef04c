"""Checked rows into the database: `actions.storing` beside the barest way there is, and beside django-import-export.

    [DATABASE_URL=...] python -m tests.benchmarks.storing_speed [--rows 700000] [--runs 3] [--peer-rows 20000]

Bare: one COPY of prepared text (PostgreSQL), or one `executemany` of prepared tuples with the database's own driver
(SQLite), of the same columns into the same table with the same indexes. The peer is run on fewer rows and compared by
rows a second: as its documentation says (`use_bulk`, `skip_diff`), and with all its other savings as well. All of them
run turn by turn in a database made for this; every run is taken back, so none pays for the rows of another.
"""

import argparse
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import pyarrow as pa

LIST = 1  # the key of the list all rows belong to; there need be none, as nothing is committed


def checked_rows(count: int) -> pa.Table:
    """Return the rows of a read roll of made-up people, as `storing.store` takes them."""
    from reconcile.actions.columns import row_columns, storable
    from reconcile.generating import write_text_roll
    from reconcile.reading import read_list

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "roll.csv")
        write_text_roll(path, seed=1, voters=count)
        result = read_list(path)
    return row_columns(storable(result.table, kind=result.kind.value, file_name=path.name))


@contextmanager
def taken_back() -> Iterator[None]:
    """Run in a transaction that leaves nothing behind."""
    from django.db import connection, transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # what was taken back still lies in the table
            cursor.execute("TRUNCATE reconcile_voter CASCADE")


def seconds(work: Callable[[], object]) -> float:
    with taken_back():
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun


def ours(table: pa.Table) -> Callable[[], object]:
    from reconcile.actions.storing import store
    from reconcile.models import Voter

    return lambda: store(Voter, table, {"source_list_id": LIST})


def bare(table: pa.Table) -> Callable[[], object]:
    """Return the barest way to insert the same values, everything prepared beforehand."""
    from django.db import connection

    from reconcile.models import Voter

    fields = [field for field in Voter._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    rows = prepared(table, fields)
    if connection.vendor == "postgresql":
        text = "".join("\t".join(r"\N" if cell is None else str(cell) for cell in row) + "\n" for row in rows)

        def copy() -> None:
            with connection.cursor() as cursor:
                cursor.cursor.copy_expert(f"COPY reconcile_voter ({names}) FROM STDIN", io.StringIO(text))

        return copy
    statement = f"INSERT INTO reconcile_voter ({names}) VALUES ({', '.join('?' * len(fields))})"

    def executemany() -> None:
        connection.ensure_connection()
        connection.connection.cursor().executemany(statement, rows)

    return executemany


def prepared(table: pa.Table, fields: list[Any]) -> list[tuple[Any, ...]]:
    """Return rows as the driver takes them: text never null, dates as text."""
    columns = []
    for field in fields:
        if field.column in table.column_names:
            values = table[field.column].to_pylist()
            is_text = field.get_internal_type() in ("TextField", "CharField")
            values = [("" if is_text else None) if value is None else value for value in values]
            columns.append([value.isoformat() if hasattr(value, "isoformat") else value for value in values])
        else:
            columns.append([LIST if field.column == "source_list_id" else field.get_default()] * table.num_rows)
    return list(zip(*columns, strict=True))


def peer(table: pa.Table, *, all_savings: bool) -> Callable[[], object]:
    """Return django-import-export's bulk mode on the same rows."""
    import tablib
    from import_export.resources import modelresource_factory

    from reconcile.models import Voter

    names = [name for name in table.column_names if name in {field.column for field in Voter._meta.concrete_fields}]
    options: dict[str, Any] = {
        "use_bulk": True,
        "skip_diff": True,
        "exclude": ["id", "source_list"],
        "import_id_fields": [],
    }
    if all_savings:
        options |= {
            "force_init_instance": True,
            "clean_model_instances": False,
            "batch_size": 2000,
            "use_transactions": False,
        }

    def before_save_instance(self: Any, instance: Any, row: Any, **_options: Any) -> None:
        instance.source_list_id = LIST

    resource = modelresource_factory(Voter, meta_options=options)
    resource.before_save_instance = before_save_instance
    columns = [["" if value is None else value for value in table[name].to_pylist()] for name in names]
    data = tablib.Dataset(*zip(*columns, strict=True), headers=names)
    return lambda: resource().import_data(data, dry_run=False, raise_errors=True)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, default=700_000)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--peer-rows", type=int, default=20_000)
    chosen = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rutanvote.settings")
    django.setup()
    from django.db import connection

    table = checked_rows(chosen.rows)
    few = table.slice(0, chosen.peer_rows)
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder, "bench.sqlite3"))
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            measure(table, few, chosen.runs, connection.vendor)
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def measure(table: pa.Table, few: pa.Table, runs: int, vendor: str) -> None:
    ways = {
        "bare": (bare(table), table.num_rows), "ours": (ours(table), table.num_rows),
        "django-import-export, use_bulk and skip_diff": (peer(few, all_savings=False), few.num_rows),
        "django-import-export, all its savings": (peer(few, all_savings=True), few.num_rows),
    }  # fmt: skip
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, (work, _rows) in ways.items():
            times[name].append(seconds(work))
    rate = {name: rows / statistics.median(times[name]) for name, (_work, rows) in ways.items()}
    print(f"{vendor}, {table.num_rows:,} rows, median of {runs}")  # noqa: T201
    for name, (_work, rows) in ways.items():
        spread = f"{min(times[name]):.2f} to {max(times[name]):.2f}"
        middle = statistics.median(times[name])
        print(f"  {name}: {middle:.2f} s ({spread}) for {rows:,} rows, {rate[name]:,.0f} rows/s")  # noqa: T201
    ratios = {name: rate["bare"] / rate["ours"] if name == "bare" else rate["ours"] / rate[name] for name in ways}
    print(f"  ours takes {ratios['bare']:.2f} times the bare time")  # noqa: T201
    for name in list(ways)[2:]:
        print(f"  ours is {ratios[name]:.1f} times as fast as {name}")  # noqa: T201


if __name__ == "__main__":
    main()
