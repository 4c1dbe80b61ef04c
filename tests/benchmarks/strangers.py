"""Lists of strangers, names and birth dates only: 9,000 people, and 1,000 of them written anew with a slip or two.

    python -m tests.benchmarks.strangers [--seeds 1 2 3]

Made in the manner of the list of 10,000 that record linkage is often tried on: invented names, some of them common,
and in each second record a wrong letter, or another day, month or year; one in ten has two of these. Prints for each
seed F1 of the second records against the people, at our own cut (.5) and one to one, and how many are matched
automatically; then F1 of the doubles in one list of all, the rows shuffled; and the seconds of both.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from random import Random

import pyarrow as pa

from reconcile.matching import Match, find_doubles, match
from reconcile.records import MatchStatus

TWO_SLIPS = 0.1
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SYLLABLES = (
    "BER", "MUL", "SCHNEI", "DER", "HOFF", "MANN", "KRA", "USE", "WER", "NER", "FI", "SCHER", "WEI", "LEH", "KOCH",
    "BAU", "RICH", "TER", "KLEIN", "WOLF", "HAR", "LAN", "GE",
)  # fmt: skip
BORN = date(1920, 1, 1)
CUT = 0.5
Person = tuple[str, str, date]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    for seed in parser.parse_args().seeds:
        people, again, of = make(seed)
        begun = time.perf_counter()
        found = match(table(again), table(people), as_of=date(2024, 1, 1)).matches
        took = time.perf_counter() - begun
        automatic = sum(one.status is MatchStatus.AUTO for one in found) / len(found)
        own, all_chosen = (f1(found, of, least) for least in (CUT, 0.0))
        linked = f"own cut {own:.4f}, one to one {all_chosen:.4f}, automatic {automatic:.2f}, {took:.1f} s"
        listed, doubled = one_list(people, again, of, Random(seed))
        begun = time.perf_counter()
        shown = {tuple(sorted((one.left, one.right))) for one in find_doubles(listed)}
        took = time.perf_counter() - begun
        within = 2 * len(shown & doubled) / (len(shown) + len(doubled))
        print(f"seed {seed}: two lists: {linked}; one list: {within:.4f}, {took:.1f} s")  # noqa: T201


def make(seed: int, people: int = 9_000, twice: int = 1_000) -> tuple[list[Person], list[Person], list[int]]:
    """Return people, the second records of some, and whose each of these is."""
    rng = Random(seed)
    first, last = (_names(Random(f"{seed}/{kind}"), size) for kind, size in (("first", 150), ("last", 900)))
    everybody = [(first(), last(), BORN + timedelta(days=rng.randrange(30_000))) for _ in range(people)]
    of = sorted(rng.sample(range(people), twice))
    again = [_slipped(everybody[one], rng) for one in of]
    return everybody, [_slipped(one, rng) if rng.random() < TWO_SLIPS else one for one in again], of


def one_list(
    people: list[Person], again: list[Person], of: list[int], rng: Random
) -> tuple[pa.Table, set[tuple[int, ...]]]:
    """Return all rows in one table, in any order, and which pairs of them are one person."""
    order = list(range(len(people) + len(again)))
    rng.shuffle(order)
    place = {row: at for at, row in enumerate(order)}
    doubled = {tuple(sorted((place[one], place[len(people) + at]))) for at, one in enumerate(of)}
    return table([(people + again)[row] for row in order]), doubled


def _names(rng: Random, size: int) -> Callable[[], str]:
    """Return what draws one of so many names: the commonest of 150 is every thirtieth person's."""
    names = sorted({"".join(rng.choices(SYLLABLES, k=rng.choice((2, 3)))) for _ in range(2 * size)})
    rng.shuffle(names)
    shares = list(accumulate(1 / (place + 10) for place in range(size)))
    return lambda: rng.choices(names[:size], cum_weights=shares)[0]


def _slipped(person: Person, rng: Random) -> Person:
    first, last, born = person
    kind = rng.random()
    if kind < 0.4:
        return _misspelt(first, rng), last, born
    if kind < 0.7:
        return first, _misspelt(last, rng), born
    if kind < 0.8:
        return first, last, date(rng.randint(1920, 2001), born.month, min(born.day, 28))
    if kind < 0.9:
        return first, last, born.replace(month=rng.randint(1, 12), day=min(born.day, 28))
    return first, last, born.replace(day=rng.randint(1, 28))


def _misspelt(name: str, rng: Random) -> str:
    at, letter = rng.randrange(1, len(name)), rng.choice(LETTERS)
    before, behind = name[:at], name[at:]
    return rng.choice((f"{before}{letter}{behind[1:]}", f"{before}{behind[1:]}", f"{before}{letter}{behind}"))


def table(people: list[Person]) -> pa.Table:
    return pa.table(
        {
            "row": pa.array(range(1, len(people) + 1), pa.int32()),
            "name": pa.array([f"{first} {last}" for first, last, _ in people]),
            "birth_date": pa.array([born for *_, born in people], pa.date32()),
        }
    )


def f1(found: tuple[Match, ...], of: list[int], least: float) -> float:
    named = [one for one in found if one.chosen is not None and one.probability >= least]
    right = sum(one.chosen == of[one.held] for one in named)
    return 2 * right / (len(named) + len(of))


if __name__ == "__main__":
    main()
