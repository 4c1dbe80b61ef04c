"""Time of searching the rolls from the screen on a large made-up roll, in this process (no network).

    python -m tests.benchmarks.roll_search [--voters 700000] [--runs 5] [--folder DIR]

Makes a roll (seed 1; kept in --folder when given), stores it in a database of its own there, prepares it, and signs an
officer in. Then posts each question `runs` times, and prints a question's median and slowest time in milliseconds: of
the whole request, and of the search in it. The first question of the process, which opens the roll, stands apart.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import django

QUESTIONS: tuple[dict[str, str], ...] = (
    {"name": "SUTRISNO"},
    {"name": "ahmad fauzy"},
    {"name": "siti aminah", "born": "1985"},
    {"name": "wagiyo legawa", "born": "14-03-1980"},
    {"born": "14-03-1980"},
    {"nik": "33160914"},
    {"nik": "140380"},  # inside the number: nothing is sorted by that
    {"nik": "3316091403809001"},
    {"village": "jurangjero"},
    {"name": "joko", "village": "jurangjero"},
    {"name": "slamet", "born": "1970", "village": "cepu"},
    {"name": "xyzzy"},
)


def make(folder: Path, voters: int) -> None:
    """Write a made-up roll as Parquet, as reading makes it, unless it is there."""
    if (folder / "roll.parquet").exists():
        return
    import pyarrow as pa
    import pyarrow.parquet as pq

    from reconcile.generating import generate_case, write_case
    from reconcile.reading import read_list

    case = generate_case(seed=1, voters=min(voters, 24_000), held=200, cells=20)
    with tempfile.TemporaryDirectory() as place:
        files = write_case(case, Path(place), "sidalih", voters=voters)
        tables = [read_list(path).table for path in files.roll]
    pq.write_table(pa.concat_tables(tables, promote_options="default").unify_dictionaries(), folder / "roll.parquet")


def store(folder: Path) -> Any:
    """Store the roll, one held person and a finished run; return the person's address and a signed-in browser."""
    import pyarrow.parquet as pq
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from reconcile.actions.accounts import add_officer
    from reconcile.actions.columns import row_columns, storable
    from reconcile.actions.elections import add_election, add_place
    from reconcile.actions.rolls import prepared_roll
    from reconcile.actions.storing import store as store_rows
    from reconcile.deciding import TpsRef, load_election
    from reconcile.models import (
        HeldEntry,
        HeldPerson,
        MatchRun,
        PersonOutcome,
        PlaceKind,
        Role,
        SourceList,
        Upload,
        Voter,
    )

    call_command("migrate", verbosity=0)
    election = add_election(definition=load_election("pilkada-2024").to_dict(), as_of=date(2024, 11, 1), by=None)
    tps = TpsRef.parse("33.16.09.1015/901")
    place = add_place(election=election, kind=PlaceKind("rutan"), name="Rutan", regency_code="3316", tps=tps, by=None)
    by = add_officer(
        username="kpps", password="a made-up pass phrase", role=Role("kpps"), place=place, full_name="K", by=None
    )
    table = storable(pq.read_table(folder / "roll.parquet"), kind="roll", file_name="DPT.csv")
    upload = Upload.objects.create(election=election, by=by, kind="roll", status="applied", applied_at=timezone.now())
    given = {"election": election, "upload": upload, "file": "none", "size": 1, "status": "accepted"}
    size = table.num_rows
    roll = SourceList.objects.create(
        **given, kind="roll", file_name="DPT.csv", sha256="0" * 64, rows=size, records=size, new=size
    )
    register = SourceList.objects.create(
        **given, kind="rutan", place=place, file_name="rutan.xlsx", sha256="1" * 64, rows=1, records=1, new=1
    )
    store_rows(Voter, row_columns(table), {"source_list_id": roll.pk})
    run = MatchRun.objects.create(
        election=election, as_of=election.as_of, version="0", status="ready", started_by=by, regencies=["3316"]
    )
    run.lists.set([roll, register])
    person = HeldPerson.objects.create(election=election)
    entry = HeldEntry.objects.create(
        source_list=register, person=person, line=0, row=1, name="WAGIYO", name_raw="WAGIYO"
    )
    PersonOutcome.objects.create(
        run=run, person=person, entry=entry, place=place, outcome="not_on_roll", provisional=False, match_status="none"
    )
    prepared_roll(election, [roll], table)
    client = Client(headers={"host": "localhost"})
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    return client, f"/people/{person.pk}/", table.num_rows


def report(client: Any, page: str, runs: int) -> Iterator[str]:
    from reconcile.models import MatchRun
    from reconcile.queries.searches import Asked, search_rolls

    def timed(work: Any) -> tuple[float, Any]:
        begun = time.perf_counter()
        found = work()
        return (time.perf_counter() - begun) * 1000, found

    def post(words: Mapping[str, str]) -> Any:
        return client.post(page + "find/", words)

    yield f"first, with the roll opened: {timed(partial(post, QUESTIONS[0]))[0]:.0f} ms"
    run = MatchRun.objects.get()
    slowest = 0.0
    for words in QUESTIONS:
        times = [timed(partial(post, words))[0] for _ in range(runs)]
        alone = [timed(partial(search_rolls, run, Asked(**words), {})) for _ in range(runs)]
        search, answer = statistics.median(took for took, _answer in alone), alone[0][1]
        slowest = max(slowest, statistics.median(times))
        told = ", ".join(f"{name} {value}" for name, value in words.items())
        shown = f"{len(answer.hits)} hits{f' ({answer.state})' if answer.state else ''}"
        yield f"{told}: {statistics.median(times):.0f} ms (at most {max(times):.0f}), search {search:.0f} ms, {shown}"
    yield f"slowest median: {slowest:.0f} ms"
    post(QUESTIONS[1])
    pk = next(iter(client.session["found_voters"].values()))
    if pk:
        yield f"picked voter's page: {timed(partial(client.get, page, {'voter': pk[0]}))[0]:.0f} ms"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--voters", type=int, default=700_000)
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--folder", type=Path)
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as var:
        folder = chosen.folder or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ |= {"VAR_DIR": var, "DJANGO_SETTINGS_MODULE": "rutanvote.settings"}
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        from reconcile.actions import looking_up

        # The limits by the hour are for officers; here one asks what a day brings.
        looking_up.SEARCHES_AN_HOUR = looking_up.NUMBERS_SEARCHED_AN_HOUR = 1_000_000
        make(folder, chosen.voters)
        client, page, voters = store(folder)
        print(f"{voters:,} voters", flush=True)  # noqa: T201
        for line in report(client, page, chosen.runs):
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
