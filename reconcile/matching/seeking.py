"""Candidates found and compared a few people at a time: memory is bounded, whatever the size of the two lists."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from reconcile.matching.blocking import Candidates
from reconcile.matching.comparing import Compared, compare
from reconcile.matching.counting import Frequencies
from reconcile.matching.encoding import People
from reconcile.matching.indexing import Index
from reconcile.matching.options import MatchOptions
from reconcile.matching.sorting import by_weight
from reconcile.matching.weighing import Counts, Weighed, weigh
from reconcile.matching.wording import Ints

AT_ONCE = 256  # people


def seek(
    left: People, index: Index, frequencies: Frequencies, counts: Counts, options: MatchOptions,
    *, workers: int = 1, at_once: int = AT_ONCE,
) -> Compared:  # fmt: skip
    """Find and compare the candidates of all people; of each the `options.compared` of greatest weight are kept.

    Each person is looked at alone: neither `workers` (threads) nor `at_once` (people) changes the answer.
    """
    candidates = Candidates(left, index, options)

    def of(people: Ints) -> Compared:
        compared = compare(left, index.people, candidates.of(people), index, frequencies.word_bits)
        weighed = weigh(compared, left, frequencies, counts, 0.0, options)
        return compared.taken(_best(weighed, index.people.rank, options.compared))

    parts = np.split(np.arange(left.n), np.arange(at_once, left.n, at_once))
    with ThreadPoolExecutor(workers) as pool:
        return _together(list(pool.map(of, parts)))


def _best(weighed: Weighed, rank: Ints, most: int) -> Ints:
    """Return the pairs of greatest weight of each row, in their order; ties by place on the roll."""
    left, right = weighed.compared.left, weighed.compared.right
    order = by_weight(left, weighed.total, rank[right])
    row = left[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    return np.sort(order[place < most])


def _together(parts: Sequence[Compared]) -> Compared:
    return Compared(
        left=np.concatenate([part.left for part in parts]),
        right=np.concatenate([part.right for part in parts]),
        levels={field: np.concatenate([part.levels[field] for part in parts]) for field in parts[0].levels},
        name_bits=np.concatenate([part.name_bits for part in parts]),
    )
