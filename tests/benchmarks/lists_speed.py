"""Large lists on their way in: reading and checking, memory of worker and web process, and a page full of problems.

    python -m tests.benchmarks.lists_speed reading [--rows 700000] [--runs 3] [--file FLAT.xlsx]
    [DATABASE_URL=...] python -m tests.benchmarks.lists_speed walk [--rows 1000000] [--file FLAT.xlsx]

`reading`: every row read and checked (`reading.read_list`) beside python-calamine's own time to turn the same sheet
into Python rows; turn by turn, each in a process of its own, the start of Python left out.

`walk`: one upload through the wizard, by HTTP into gunicorn and by `manage.py db_worker`, in a database made for this;
prints seconds and peak memory of each step (the resident memory of all its processes added up, looked at twenty times
a second), and the time of the check page with its problems (50,000 NIKs are too short). Storing: `storing_speed`.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import django

from tests.benchmarks.flat_roll import write_flat_roll

ROOT = Path(__file__).resolve().parents[2]
CALAMINE = """
import sys, time
from python_calamine import CalamineWorkbook
begun = time.perf_counter()
rows = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(len(rows), time.perf_counter() - begun)
"""
OURS = """
import sys, time
from pathlib import Path
from reconcile.reading import read_list
begun = time.perf_counter()
found = read_list(Path(sys.argv[1]), near="3316")
print(found.rows, time.perf_counter() - begun)
"""
PROBLEMS = 50_000
BOUNDARY = "a-boundary-of-this-benchmark"
PORT = 8791


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def middle(times: list[float]) -> str:
    return f"{statistics.median(times):.2f} s median of {len(times)} ({min(times):.2f} to {max(times):.2f})"


def reading(file: Path, runs: int) -> None:
    times: dict[str, list[float]] = {"calamine": [], "ours": []}
    rows = ""
    for _ in range(runs):
        for name, code in (("calamine", CALAMINE), ("ours", OURS)):
            words = [sys.executable, "-c", code, str(file)]
            told = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
            rows, took = told.split()
            times[name].append(float(took))
    say(f"{int(rows):,} rows, {file.stat().st_size / 1e6:.0f} MB")
    say(f"  python-calamine into Python rows: {middle(times['calamine'])}")
    say(f"  reading and checking: {middle(times['ours'])}")
    say(f"  ratio: {statistics.median(times['ours']) / statistics.median(times['calamine']):.2f}")


class Memory:
    """The peak of the resident memory of a process and all its descendants, in MB."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self._over = pid, 0.0, Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.peak = max(self.peak, sum(map(resident, family(self.pid))))

    def end(self) -> float:
        self._over.set()
        self._thread.join()
        return self.peak


def family(pid: int) -> Iterator[int]:
    yield pid
    try:
        tasks = [*Path(f"/proc/{pid}/task").iterdir()]
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6
    except (OSError, IndexError):
        return 0.0


class Office:
    """A database with one administrator, a web process and a worker, all in one folder."""

    def __init__(self, folder: Path, address: str) -> None:
        from django.conf import settings

        from reconcile.actions.accounts import add_officer
        from reconcile.actions.elections import add_election
        from reconcile.deciding.election import load_election
        from reconcile.models import Role

        settings.MEDIA_ROOT = folder / "files"
        self.env = {**os.environ, "DATABASE_URL": address, "VAR_DIR": str(folder), "SECRET_KEY": settings.SECRET_KEY}
        definition = load_election("pilkada-2024").to_dict()
        self.election = add_election(definition=definition, as_of=load_election("pilkada-2024").voting_day, by=None)
        password = "a long and made-up pass phrase"
        self.admin = add_officer(
            username="admin", password=password, role=Role.ADMIN, place=None, full_name="", by=None
        )

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, *words], cwd=ROOT, env=self.env, stderr=subprocess.DEVNULL)

    def work(self, step: str) -> None:
        begun = time.perf_counter()
        process = self.start("manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload")
        memory = Memory(process.pid)
        assert process.wait() == 0
        say(f"  {step}: {time.perf_counter() - begun:.1f} s, peak memory of the worker {memory.end():.0f} MB")

    def send(self, path: str, file: Path) -> None:
        """Send a file to the web process as a browser does, a part at a time."""
        from django.test import Client

        client = Client()
        client.force_login(self.admin, backend="django.contrib.auth.backends.ModelBackend")
        token, name = "t" * 32, file.name
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="chosen"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        foot = f"\r\n--{BOUNDARY}--\r\n".encode()
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=600)
        headers = {
            "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}", "X-CSRFToken": token,
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "X-Requested-With": "XMLHttpRequest",
            "Content-Length": str(len(head) + file.stat().st_size + len(foot)),
        }  # fmt: skip
        connection.request("POST", path, body=_parts(head, file, foot), headers=headers)
        assert connection.getresponse().status == 204


def _parts(head: bytes, file: Path, foot: bytes) -> Iterator[bytes]:
    yield head
    with file.open("rb") as stream:
        while part := stream.read(1 << 16):
            yield part
    yield foot


def walk(file: Path, runs: int) -> None:
    from reconcile.actions import recognising, uploads

    with database() as office:
        made = uploads.begin_upload(election=office.election, kind=None, place=None, expected=None, by=office.admin)
        web = office.start("-m", "gunicorn", "--bind", f"127.0.0.1:{PORT}", "--threads", "4", "rutanvote.wsgi")
        try:
            time.sleep(5)
            calm, memory, begun = sum(map(resident, family(web.pid))), Memory(web.pid), time.perf_counter()
            office.send(f"/uploads/{made.pk}/files/", file)
            took, peak = time.perf_counter() - begun, memory.end()
        finally:
            web.terminate()
            web.wait()
        say(f"{file.name}, {file.stat().st_size / 1e6:.0f} MB")
        say(f"  upload: {took:.1f} s, memory of the web process {calm:.0f} MB before, {peak:.0f} MB at most")
        uploads.send_files(upload=made, by=office.admin)
        office.work("recognise")
        recognising.confirm_recognition(upload=made, told={}, by=office.admin)
        office.work("check, and the correction workbook")
        page(office, f"/uploads/{made.pk}/", runs)
        made.refresh_from_db()
        uploads.apply(upload=made, fingerprint=made.fingerprint, by=office.admin)
        office.work("apply")
        made.refresh_from_db()
        one = made.lists.get()
        say(f"  {made.status}: {one.records:,} records + {one.rejected} + {one.skipped} = {one.rows:,} rows")


def page(office: Office, path: str, runs: int) -> None:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(office.admin, backend="django.contrib.auth.backends.ModelBackend")
    last = -(-PROBLEMS // 50)
    for query in ("", "?page=2", f"?page={last}", "?code=nik_short", f"?code=nik_short&page={last}"):
        times = [_answer(lambda: client.get(path + query)) for _ in range(max(runs, 5) + 1)][1:]  # noqa: B023
        say(f"  check page {query}: {statistics.median(times) * 1000:.0f} ms median of {len(times)}")


def _answer(ask: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    assert ask().status_code == 200
    return time.perf_counter() - begun


@contextmanager
def database() -> Iterator[Office]:
    """Yield an office in a database of its own, which other processes find too."""
    from django.db import connection

    from tests.on_disk import on_disk

    with tempfile.TemporaryDirectory() as place:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            with on_disk(Path(place)) as address:
                say(connection.vendor)
                yield Office(Path(place), address)
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("what", choices=["reading", "walk"])
    words.add_argument("--rows", type=int)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--file", type=Path, help="a flat roll made before; made anew where it is missing")
    chosen = words.parse_args()
    rows = chosen.rows or (700_000 if chosen.what == "reading" else 1_000_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rutanvote.settings")
    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        file = chosen.file or Path(folder, "flat.xlsx")
        if not file.exists():
            write_flat_roll(file, rows, short_niks=PROBLEMS if chosen.what == "walk" else 0)
        (reading if chosen.what == "reading" else walk)(file, chosen.runs)


if __name__ == "__main__":
    main()
