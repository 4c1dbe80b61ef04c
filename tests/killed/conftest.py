"""A database that other processes can open, and a worker that can be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from on_disk import on_disk
from pytest_django.plugin import DjangoDbBlocker

from reconcile.actions import claims
from reconcile.models import Upload

LONGEST = 120.0  # seconds until a worker must have come to what is waited for


@pytest.fixture(scope="package", autouse=True)
def address(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the test database; SQLite's lies on the disk meanwhile."""
    with django_db_blocker.unblock(), on_disk(tmp_path_factory.mktemp("database")) as address:
        yield address


class Worker:
    """`manage.py db_worker`, as in production."""

    def __init__(self, address: str, folder: Path, *words: str) -> None:
        self.log = (folder / "worker.log").open("ab")
        env = {**os.environ, "DATABASE_URL": address, "VAR_DIR": str(folder), "SECRET_KEY": "of a test"}
        words = ("--no-startup-delay", "--no-reload", "--interval", "0.1", *words)
        command = [sys.executable, "manage.py", "db_worker", *words]
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=env, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def kill_when(self, is_due: Callable[[], bool]) -> None:
        """Kill the process, as a power cut does, in the moment in which something is so."""
        ends = time.monotonic() + LONGEST
        while not is_due():
            assert self.process.poll() is None, "the worker ended by itself"
            assert time.monotonic() < ends, "the worker never came so far"
            time.sleep(0.005)
        self.process.send_signal(signal.SIGKILL)
        assert self.process.wait() == -signal.SIGKILL
        self._leaves_nobody(ends)

    def _leaves_nobody(self, ends: float) -> None:
        """See that the process which opened the office's file is gone too: it would hold the file and the memory."""
        while True:
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return
            assert time.monotonic() < ends, "a process of the worker outlives it"
            time.sleep(0.05)

    def finish(self) -> None:
        """Wait until a worker that ends when nothing is due has ended."""
        assert self.process.wait(LONGEST) == 0

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()


@pytest.fixture
def worker(address: str, tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    begun: list[Worker] = []

    def begin(*words: str) -> Worker:
        begun.append(Worker(address, tmp_path, *words))
        return begun[-1]

    yield begin
    for each in begun:
        each.end()


@pytest.fixture
def let_the_lease_end() -> Callable[[], None]:
    """Return a function that lets the time pass after which a silent worker counts as dead."""

    def pass_by() -> None:
        now = timezone.now()
        Upload.objects.update(heartbeat=now - claims.LEASE - timedelta(seconds=1))
        DBTaskResult.objects.filter(status="READY").update(run_after=now - timedelta(seconds=1))

    return pass_by
