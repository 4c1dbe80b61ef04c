"""What the settings promise, whatever machine they run on."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from reconcile.apps import has_wal_fault, sqlite_is_safe


def setting(name: str, folder: Path, **environment: str) -> str:
    """Return a setting as a fresh process sees it."""
    code = f"from rutanvote import settings; print(settings.{name})"
    clean = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**clean, "VAR_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_secret_key_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    first = setting("SECRET_KEY", tmp_path)
    assert len(first) >= 50
    assert setting("SECRET_KEY", tmp_path) == first
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_secret_key_can_be_given(tmp_path: Path) -> None:
    assert setting("SECRET_KEY", tmp_path, SECRET_KEY="given") == "given"
    assert not (tmp_path / "secret.key").exists()


def test_debug_is_never_the_default(tmp_path: Path) -> None:
    assert setting("DEBUG", tmp_path) == "False"


def test_sqlite_takes_the_write_lock_at_once(tmp_path: Path) -> None:
    options = setting("DATABASES['default']['OPTIONS']", tmp_path)
    assert "'transaction_mode': 'IMMEDIATE'" in options
    assert "'timeout': 20" in options
    assert "journal_mode=WAL" in options


def test_sqlite_can_keep_a_rollback_journal(tmp_path: Path) -> None:
    options = setting("DATABASES['default']['OPTIONS']", tmp_path, SQLITE_JOURNAL_MODE="delete")
    assert "journal_mode=DELETE" in options


def test_postgresql_comes_by_address(tmp_path: Path) -> None:
    engine = setting("DATABASES['default']['ENGINE']", tmp_path, DATABASE_URL="postgres://a@localhost/b")
    assert engine == "django.db.backends.postgresql"


def test_cookies_are_guarded_where_there_is_https(tmp_path: Path) -> None:
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert setting(name, tmp_path, HTTPS="true") == "True"
        assert setting(name, tmp_path) == "False"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite")
@pytest.mark.django_db(transaction=True)
def test_sqlite_guards_keys_and_survives_a_power_cut() -> None:
    asked = {"foreign_keys": 1, "synchronous": 2, "secure_delete": 1, "temp_store": 2}
    with connection.cursor() as cursor:
        for name, value in asked.items():
            assert cursor.execute(f"PRAGMA {name}").fetchone()[0] == value, name


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 9), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_versions_with_the_wal_fault(version: tuple[int, int, int], faulty: bool) -> None:
    assert has_wal_fault(version) is faulty


def test_the_check_warns_of_a_faulty_sqlite(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))
    settings.SQLITE_JOURNAL_MODE = "WAL"
    found = sqlite_is_safe(None, databases=["default"])
    assert [message.id for message in found] == ["reconcile.W001"] * (connection.vendor == "sqlite")
    assert all("SQLITE_JOURNAL_MODE" in str(message.hint) for message in found)
    settings.SQLITE_JOURNAL_MODE = "DELETE"
    assert sqlite_is_safe(None, databases=["default"]) == []


def test_the_check_stays_away_from_commands_without_a_database() -> None:
    assert sqlite_is_safe(None, databases=None) == []
