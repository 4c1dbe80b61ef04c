"""The one app of this project, and the system check that belongs to its storage."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import connections
from django.utils.translation import gettext_lazy as _

# Releases in which the WAL-reset fault is mended: the first of the main line, and of two older lines.
MENDED = (3, 51, 3)
MENDED_LINES = {(3, 44): 6, (3, 50): 7}


def has_wal_fault(version: tuple[int, int, int]) -> bool:
    """Return whether this SQLite may damage its file when two processes reset the write-ahead log at once."""
    line, patch = version[:2], version[2]
    return version < MENDED and not (line in MENDED_LINES and patch >= MENDED_LINES[line])


def sqlite_is_safe(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[checks.CheckMessage]:
    """Warn where SQLite runs in WAL mode in a version with the WAL-reset fault, by its number."""
    is_used = any(connections[alias].vendor == "sqlite" for alias in databases or ())
    if not is_used or settings.SQLITE_JOURNAL_MODE != "WAL":
        return []
    if not has_wal_fault(sqlite3.sqlite_version_info):
        return []
    return [
        checks.Warning(
            f"SQLite {sqlite3.sqlite_version} has the WAL-reset fault, unless its distributor mended it: "
            "rarely, two processes at once can damage the database file.",
            hint=(
                "Set SQLITE_JOURNAL_MODE=DELETE for the rollback journal (people then wait while a list is "
                "stored), update SQLite to 3.51.3, 3.50.7 or 3.44.6, or use PostgreSQL by DATABASE_URL."
            ),
            id="reconcile.W001",
        )
    ]


class ReconcileConfig(AppConfig):
    name = "reconcile"
    label = "reconcile"
    verbose_name = _("Voters in custody")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Shown by `migrate` and `check --database default`, not by the commands that need no database.
        checks.register(sqlite_is_safe, checks.Tags.database)
