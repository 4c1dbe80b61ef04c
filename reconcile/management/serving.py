"""A web server and a worker as child processes, watched until somebody stops them."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from django.conf import settings

HOST = "127.0.0.1"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
BETWEEN_LOOKS = 0.2

Child = subprocess.Popen[bytes]


class ChildDied(Exception):
    """A server that should be running is not. The message is its name."""


def is_free(port: int) -> bool:
    """Return whether a server could listen on the port of this machine."""
    with socket.socket() as probe:
        if os.name != "nt":  # there the option means something else: a port in use would count as free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def web_command(port: int) -> list[str]:
    """Return how to start the web server: gunicorn where it is installed, else Django's own."""
    if os.name != "nt" and importlib.util.find_spec("gunicorn"):
        options = ["--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4", "--log-level", "warning"]
        return [sys.executable, "-m", "gunicorn", "rutanvote.wsgi", "--no-control-socket", *options]
    return [sys.executable, "manage.py", "runserver", "--noreload", "--skip-checks", f"{HOST}:{port}"]


def worker_command() -> list[str]:
    return [sys.executable, "manage.py", "db_worker", "--no-reload", "--skip-checks", "--verbosity", "0"]


def serve(port: int, when_ready: Callable[[str], None]) -> None:
    """Run both until Ctrl-C or SIGTERM; calls `when_ready` with the address once pages can be opened.

    Raises ChildDied when one of them cannot start or ends by itself. Neither outlives this call.
    """
    with _stopped_by_signals(), _children(worker_command(), web_command(port)) as (worker, web):
        named = {"db_worker": worker, "web": web}
        _wait_until_healthy(port, named)
        when_ready(f"http://{HOST}:{port}/")
        while True:
            _look_after(named)
            time.sleep(1)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM leave the block quietly."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _children(*commands: list[str]) -> Iterator[list[Child]]:
    children: list[Child] = []
    try:
        for command in commands:
            children.append(subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL))
        yield children
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _look_after(children: dict[str, Child]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise ChildDied(name)


def _wait_until_healthy(port: int, children: dict[str, Child]) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never by an office's proxy
    latest = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < latest:
        _look_after(children)
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            direct.open(f"http://{HOST}:{port}/healthz", timeout=5).close()
            return
        time.sleep(BETWEEN_LOOKS)
    raise ChildDied("web")
