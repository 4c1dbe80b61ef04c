"""How long the pack of a meeting takes: every paper of a version, one zip.

    python -m tests.benchmarks.papers [--people 300] [--runs 5]

Made-up people with the longest names, visits and loans. Prints each paper's seconds, then the whole pack's median.
"""

import argparse
import resource
import statistics
import time
from dataclasses import replace

from reconcile.writing.papers import Matter, make_pack, papers_of
from tests.writing.papers import builders


def seconds(matter: Matter) -> float:
    """Return how long the pack takes. The typesetter remembers: each run has another fingerprint."""
    begun = time.perf_counter()
    make_pack(matter)
    return time.perf_counter() - begun


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=300)
    words.add_argument("--runs", type=int, default=5)
    asked = words.parse_args()
    matter = builders.matter(builders.crowd(asked.people, builders.LONGEST))
    matter = replace(matter, visits=(builders.visit(matter.version),))
    for paper in papers_of(matter):
        begun = time.perf_counter()
        made = paper.make(matter)
        took = time.perf_counter() - begun
        print(f"{paper.code:14} {took:6.2f} s  {made.pages:4} pages  {made.rows:5} rows  {len(made.content):9,} bytes")  # noqa: T201
    marks = (f"{run:064x}" for run in range(asked.runs))
    runs = [seconds(replace(matter, version=replace(matter.version, mark=mark))) for mark in marks]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"pack of {asked.people}: median {statistics.median(runs):.1f} s, {min(runs):.1f} to {max(runs):.1f} s,")  # noqa: T201
    print(f"peak memory {memory:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
