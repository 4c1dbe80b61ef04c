r"""How long a large list takes to be shown, sent and approved.

    python -m tests.benchmarks.approval_speed --people 5000

Builds made-up answers for one place in an empty database (SQLite in a temporary folder; another one by DATABASE_URL)
and prints seconds: the draft, the page, sending it, approving it, a recomputed fingerprint, and the first page of
people.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import django

PASSWORD = "a long and made-up pass phrase"
OUTCOMES = ("fixed_here", "moved_here", "needs_transfer", "not_on_roll", "leaving")
AT_ONCE = 2_000


def build(people: int) -> Any:
    """Fill an empty database: a roll, a register, one finished run whose answers are all certain."""
    from reconcile.actions.accounts import add_officer
    from reconcile.actions.elections import add_election, add_place
    from reconcile.deciding import TpsRef
    from reconcile.deciding.election import load_election
    from reconcile.models import MatchRun, PlaceKind, Role, RunStatus

    election = add_election(definition=load_election("pilkada-2024").to_dict(), as_of=date(2024, 11, 1), by=None)
    tps = TpsRef.parse("33.16.09.1015/901")
    place = add_place(election=election, kind=PlaceKind.RUTAN, name="Rutan", regency_code="3316", tps=tps, by=None)
    for name, role, where in (("kpps", Role.KPPS, place), ("komisioner", Role.COMMISSIONER, None)):
        add_officer(username=name, password=PASSWORD, role=role, place=where, full_name=name.title(), by=None)
    admin = add_officer(
        username="admin", password=PASSWORD, role=Role.ADMIN, place=None, full_name="Sari Admin", by=None
    )
    lists = [_list(election, admin, kind, where, people) for kind, where in (("roll", None), ("rutan", place))]
    run = MatchRun.objects.create(
        election=election, started_by=admin, as_of=election.as_of, version="0", status=RunStatus.READY,
        register_rows=people, people=people, regencies=["3316"],
    )  # fmt: skip
    run.lists.set(lists)
    _people(run, *lists, place, people)
    return place


def _list(election: Any, by: Any, kind: str, place: Any, rows: int) -> Any:
    from django.utils import timezone

    from reconcile.models import SourceList, Upload

    now = timezone.now()
    upload = Upload.objects.create(election=election, by=by, kind=kind, place=place, status="applied", applied_at=now)
    return SourceList.objects.create(
        election=election, upload=upload, kind=kind, place=place, file="none", file_name=f"{kind}.xlsx", size=1,
        sha256=f"{kind:0>64}", status="accepted", accepted_at=now, rows=rows, records=rows, new=rows,
    )  # fmt: skip


def _record(line: int) -> dict[str, Any]:
    born, name = date.fromordinal(date(1960, 1, 1).toordinal() + line % 15_000), f"BUDI NOMOR {line:05}"
    return {
        "line": line, "row": line + 2, "sheet": "1", "name": name, "name_raw": name, "nik_quality": "ok",
        "nik": f"991609{born:%d%m%y}{line % 10_000:04}", "birth_date": born, "birth_quality": "exact", "sex": "male",
        "birth_place": "BLORA", "address": f"DK SUMBERJO {line}", "rt": "1", "rw": "2", "region_code": "3316091015",
    }  # fmt: skip


def _people(run: Any, roll: Any, register: Any, place: Any, people: int) -> None:
    from reconcile.models import HeldEntry, HeldPerson, PersonOutcome, Voter

    persons = HeldPerson.objects.bulk_create(HeldPerson(election=run.election) for _line in range(people))
    where = {"tps": "901", "tps_region": "3316091015"}
    voters = Voter.objects.bulk_create(
        (Voter(source_list=roll, **_record(line), **where) for line in range(people)), batch_size=AT_ONCE
    )
    entries = HeldEntry.objects.bulk_create(
        (HeldEntry(source_list=register, person=one, **_record(line)) for line, one in enumerate(persons)),
        batch_size=AT_ONCE,
    )
    PersonOutcome.objects.bulk_create(
        (
            PersonOutcome(
                run=run, person=person, entry=entry, place=place, outcome=OUTCOMES[line % len(OUTCOMES)],
                provisional=False, match_status="auto", category="fixed", voter=voter, probability=0.99,
                ballots=["governor", "regent"], action="count_ballots", actor="kpps",
            )
            for line, (person, entry, voter) in enumerate(zip(persons, entries, voters, strict=True))
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip


def timed(what: str, deed: Callable[[], Any]) -> Any:
    before = time.perf_counter()
    found = deed()
    print(f"{what:<44}{time.perf_counter() - before:7.2f} s")  # noqa: T201
    return found


def measure(place: Any) -> None:
    from django.test import Client

    from reconcile.access import newest_run
    from reconcile.actions.approval import approve
    from reconcile.actions.sending import send_version
    from reconcile.models import Officer
    from reconcile.queries.versions import draft_of, version_of

    run = newest_run(place.election)
    assert run
    kpps, komisioner = (Officer.objects.get(username=name) for name in ("kpps", "komisioner"))
    browser = Client(headers={"host": "localhost"})
    browser.force_login(komisioner, backend="django.contrib.auth.backends.ModelBackend")
    draft = timed("the draft", lambda: draft_of(place, run))
    timed("page of the draft", lambda: browser.get(f"/places/{place.pk}/list/"))
    stored = timed("send", lambda: send_version(place=place, mark=draft.mark, by=kpps))
    timed("page of what was sent", lambda: browser.get(f"/versions/{stored.pk}/"))
    timed("approve", lambda: approve(stored=stored, mark=stored.mark, password=PASSWORD, by=komisioner))
    stored.refresh_from_db()
    assert stored.status == "approved"
    timed("the stored rows, their fingerprint anew", lambda: version_of(stored).is_whole)
    timed("page of fifty people", lambda: browser.get(f"/versions/{stored.pk}/people/"))
    timed("all places", lambda: browser.get("/versions/"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rutanvote.settings")
        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        place = build(people)
        print(f"{people} people")  # noqa: T201
        measure(place)


if __name__ == "__main__":
    main()
