"""The test database on the disk, where other threads and other processes find it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections


@contextmanager
def on_disk(folder: Path) -> Iterator[str]:
    """Yield the address of the test database (as DATABASE_URL says it); SQLite's is moved into a file meanwhile.

    SQLite's test database lives in memory: one connection, which a server's threads would have to share and
    no other process can open. PostgreSQL's is open to all.
    """
    memory = connections["default"]
    its = memory.settings_dict
    if memory.vendor != "sqlite":
        user = f"{its['USER']}:{its['PASSWORD']}" if its["PASSWORD"] else its["USER"]
        yield f"postgres://{user}@{its['HOST']}:{its['PORT'] or 5432}/{its['NAME']}"
        return
    path, before = folder / "test.sqlite3", its["NAME"]
    memory.ensure_connection()
    with sqlite3.connect(path) as copy:
        memory.connection.backup(copy)
    copy.close()
    its["NAME"] = str(path)
    connections["default"] = connections.create_connection("default")
    try:
        yield f"sqlite:///{path}"
    finally:
        connections["default"].close()
        its["NAME"] = before
        connections["default"] = memory
