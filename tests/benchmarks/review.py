r"""Officers who settle doubts at once: how long the next case takes, and whether every decision sent is stored.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/empty \
        python -m tests.benchmarks.review --officers 20 --voters 700000

The database must be empty; it is migrated and filled with made-up rows: one roll, `--cases` people with five
candidates each, an open case for everybody. Every officer decides `--decisions` cases through the views, each in a
thread and session of its own. Prints milliseconds of the server's work without a network.
"""

import argparse
import os
import re
import statistics
import time
from datetime import date
from threading import Barrier, Thread
from typing import Any

import django

AT_ONCE = 5_000
NEAR = 5
EQUAL = [["name", "equal", 9000], ["birth_date", "equal", 8000], ["nik", "one_digit", 4000]]


def _day(number: int) -> date:
    return date.fromordinal(date(1960, 1, 1).toordinal() + number % 15_000)


def build(voters: int, cases: int, officers: int) -> None:
    """Fill an empty database."""
    from django.utils import timezone

    from reconcile.actions.accounts import add_officer
    from reconcile.actions.elections import add_election, add_place
    from reconcile.deciding import TpsRef
    from reconcile.deciding.election import load_election
    from reconcile.models import MatchRun, Officer, PlaceKind, Role, RunStatus, SourceList, Upload, Voter

    election = add_election(definition=load_election("pilkada-2024").to_dict(), as_of=date(2024, 11, 1), by=None)
    tps = TpsRef.parse("33.16.09.1015/901")
    place = add_place(election=election, kind=PlaceKind.RUTAN, name="Rutan", regency_code="3316", tps=tps, by=None)
    password = "a long and made-up pass phrase"
    for number in range(officers):
        given: dict[str, Any] = {"username": f"o{number}", "full_name": f"Officer {number}", "role": Role.KPPS}
        add_officer(password=password, place=place, by=None, **given)
    Officer.objects.update(practised=timezone.now())
    by = Officer.objects.all()[0]
    now = timezone.now()
    lists = []
    for kind, where, rows in (("roll", None, voters), ("rutan", place, cases)):
        upload = Upload.objects.create(
            election=election, by=by, kind=kind, place=where, status="applied", applied_at=now
        )
        one = SourceList.objects.create(
            election=election, upload=upload, kind=kind, place=where, file="none", file_name=f"{kind}.xlsx", size=1,
            sha256=f"{kind:0>64}", status="accepted", accepted_at=now, rows=rows, records=rows, new=rows,
        )  # fmt: skip
        lists.append(one)
    for start in range(0, voters, AT_ONCE):
        lines = range(start, min(voters, start + AT_ONCE))
        Voter.objects.bulk_create(Voter(source_list=lists[0], **_record(line)) for line in lines)
    run = MatchRun.objects.create(
        election=election, started_by=by, as_of=election.as_of, version="0", status=RunStatus.READY,
        register_rows=cases, people=cases, finished=now, regencies=["3316"],
    )  # fmt: skip
    run.lists.set(lists)
    _people(run, lists[1], place, cases)


def _record(line: int) -> dict[str, Any]:
    born, name = _day(line), f"BUDI NOMOR {line}"
    return {
        "line": line, "row": line + 2, "sheet": "DPT", "name": name, "name_raw": name, "nik_quality": "ok",
        "nik": f"991609{born:%d%m%y}{line % 10_000:04}", "birth_date": born, "birth_quality": "exact", "sex": "male",
        "tps": "004", "tps_region": "3316091015", "region_code": "3316091015",
    }  # fmt: skip


def _people(run: Any, register: Any, place: Any, cases: int) -> None:
    from reconcile.actions.cases import open_cases
    from reconcile.models import Candidate, HeldEntry, HeldPerson, PersonOutcome, Voter

    voters = list(Voter.objects.order_by("line").values_list("pk", flat=True)[: cases * NEAR])
    persons = HeldPerson.objects.bulk_create(HeldPerson(election=run.election) for _number in range(cases))
    fields = {field.name for field in HeldEntry._meta.concrete_fields}
    entries = HeldEntry.objects.bulk_create(
        HeldEntry(
            source_list=register, person=person,
            **{name: value for name, value in _record(line * NEAR).items() if name in fields} | {"line": line},
        )
        for line, person in enumerate(persons)
    )  # fmt: skip
    near = [voters[line * NEAR : line * NEAR + NEAR] for line in range(cases)]
    Candidate.objects.bulk_create(
        (
            Candidate(
                run=run, entry=entry, rank=rank, voter_id=pk, weight=3500 if rank == 1 else -6000,
                probability=0.9 if rank == 1 else 0.01, reasons=EQUAL, rows=[pk],
            )
            for entry, its in zip(entries, near, strict=True)
            for rank, pk in enumerate(its, start=1)
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip
    PersonOutcome.objects.bulk_create(
        (
            PersonOutcome(
                run=run, person=person, entry=entry, place=place, outcome="needs_transfer", provisional=True,
                match_status="review", category="moved", voter_id=its[0], probability=0.9, ballots=["governor"],
                action="issue_transfer_letter", actor="kpu", cautions=["nik_of_another"],
            )
            for person, entry, its in zip(persons, entries, near, strict=True)
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip
    open_cases(run, [])


class Hand(Thread):
    """One officer at work."""

    def __init__(self, number: int, decisions: int, start: Barrier) -> None:
        super().__init__()
        self.number, self.decisions, self.begin = number, decisions, start
        self.times: list[float] = []
        self.sent = 0
        self.faults: list[str] = []

    def run(self) -> None:
        from django.db import connection
        from django.test import Client

        from reconcile.models import Officer

        client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        client.force_login(
            Officer.objects.get(username=f"o{self.number}"), backend="django.contrib.auth.backends.ModelBackend"
        )
        address = client.get("/review/").headers["Location"]
        page = client.get(address)
        self.begin.wait()
        for turn in range(self.decisions):
            given = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
            if "key" not in given:  # another officer took this case a moment before: go on to the next
                page = client.get(client.get("/review/").headers["Location"])
                continue
            what = {"answer": "no_list", "reason": "searched"} if turn % 5 == 4 else {"answer": "same"}
            answer = client.post(address + "decide/", {**given, **what})
            if answer.status_code != 302:
                self.faults.append(f"{answer.status_code}")
                continue
            self.sent += 1
            address = answer.headers["Location"]
            begun = time.perf_counter()
            page = client.get(address)
            self.times.append((time.perf_counter() - begun) * 1000)
            address = re.sub(r"\?.*", "", address)
        connection.close()


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--voters", type=int, default=20_000)
    words.add_argument("--cases", type=int, default=5_000)
    words.add_argument("--officers", type=int, default=5)
    words.add_argument("--decisions", type=int, default=20)
    given = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rutanvote.settings")
    django.setup()
    from django.core.management import call_command

    from reconcile.models import Case, Decision, Election

    call_command("migrate", interactive=False, verbosity=0)
    if not Election.objects.exists():
        build(given.voters, given.cases, given.officers)
    before, start = Decision.objects.count(), Barrier(given.officers)
    hands = [Hand(number, given.decisions, start) for number in range(given.officers)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    times = sorted(one for hand in hands for one in hand.times)
    sent, stored = sum(hand.sent for hand in hands), Decision.objects.count() - before
    print(f"open cases {Case.objects.filter(status__in=['new', 'second', 'reopened']).count()}")  # noqa: T201
    print(f"next case: median {statistics.median(times):.0f} ms, 95 % {times[int(len(times) * 0.95)]:.0f} ms")  # noqa: T201
    print(f"decisions sent {sent}, stored {stored}, faults {[one for hand in hands for one in hand.faults]}")  # noqa: T201
    if sent != stored or any(hand.faults for hand in hands):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
