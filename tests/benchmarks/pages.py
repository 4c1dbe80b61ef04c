"""Median answer time of every page of the demo, by role, in this process (no network).

    python manage.py demo --no-serve && python -m tests.benchmarks.pages [--runs 20]

Prints one line a page: the slowest role's median in milliseconds.
"""

import argparse
import os
import statistics
import time
from typing import Any

import django


def measure(client: Any, address: str, runs: int) -> float:
    """Return the median milliseconds of one page, 0 where this role may not see it."""
    if client.get(address).status_code != 200:
        return 0.0
    times = []
    for _run in range(runs):
        begun = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def addresses() -> list[str]:
    from django.urls import reverse

    from reconcile.models import MatchRun, PersonOutcome, SourceList

    run = MatchRun.objects.order_by("-pk")[0]
    people = PersonOutcome.objects.filter(run=run).order_by("pk")
    reviewed = people.filter(match_status="review").first()
    register = SourceList.objects.filter(kind="rutan").first()
    pages = [reverse(f"reconcile:{name}") for name in ("home", "people", "lists", "help")]
    pages += [reverse("reconcile:person", args=[person.pk]) for person in (people[0], reviewed) if person]
    pages += [reverse("reconcile:list", args=[register.pk]), reverse("reconcile:run", args=[run.pk])]
    return pages


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--runs", type=int, default=20)
    runs = words.parse_args().runs
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rutanvote.settings")
    django.setup()
    from django.test import Client

    from reconcile.models import Officer

    clients = []
    for officer in Officer.objects.order_by("pk"):
        client = Client(headers={"host": "localhost"})
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        clients.append(client)
    for address in addresses():
        print(f"{address}: {max(measure(client, address, runs) for client in clients):.0f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
