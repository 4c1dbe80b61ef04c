"""Entries that are one person: twice on the rolls, twice in a register, in the Rutan's and the Polres's."""

from dataclasses import dataclass
from itertools import combinations, groupby

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from reconcile.matching.comparing import Compared
from reconcile.matching.encoding import SERIAL, WHOLE, People
from reconcile.matching.naming import LEVEL, name_levels
from reconcile.matching.options import OTHER_NAME, SAME_NAME, MatchOptions
from reconcile.matching.weighing import MILLI, Weighed
from reconcile.matching.wording import Ints

Floats = npt.NDArray[np.float64]
_PLACES = np.array([1000, 100, 10, 1])  # of the digits of a serial


def joined_up(rank: Ints, left: Ints, right: Ints) -> Ints:
    """Return for each thing the number of its group, where pairs (left[i], right[i]) belong together.

    A group's number is that of its member of least `rank`: whoever orders groups orders them by rank.
    """
    graph = coo_array((np.ones(len(left), bool), (left, right)), shape=(len(rank), len(rank)))
    _, label = connected_components(graph, directed=False)
    order = np.argsort(rank, kind="stable")
    _, first = np.unique(label[order], return_index=True)
    return np.asarray(order[first][label], np.int64)


def group_voters(right: People, word_bits: Floats) -> Ints:
    """Return each voter's group: entries with the same NIK and a like name are one person with two entries.

    The same NIK under two different names stays two people: one of the numbers is wrong.
    """
    known = np.flatnonzero(right.nik >= 0)
    order = known[np.lexsort((right.rank[known], right.nik[known]))]
    same = right.nik[order[1:]] == right.nik[order[:-1]]
    left, other = order[:-1][same], order[1:][same]
    level, _ = name_levels(right.names, right.names, left, other, word_bits)
    like = level <= LEVEL["clipped"]
    return joined_up(right.rank, left[like], other[like])


@dataclass(frozen=True)
class Doubles:
    """Register rows compared with each other: pairs (left[i], right[i]), each once, and their odds in bits."""

    left: Ints
    right: Ints
    bits: Floats
    compatible: npt.NDArray[np.bool_]  # neither birth date nor sex speaks against one person
    apart: npt.NDArray[np.bool_]  # born on different days, and no number says otherwise: never one person

    def probability(self, prior: float) -> Floats:
        """Return the probability of each pair to be one person; `prior`: bits before any evidence."""
        odds = np.exp2(np.clip(self.bits + prior, -60.0, 60.0))
        return np.asarray(odds / (1.0 + odds))


def doubles(weighed: Weighed) -> Doubles:
    """Return the pairs of register rows with the evidence of their fields, without a prior."""
    compared = weighed.compared
    born_apart = compared.is_level("birth_date", "different")
    compatible = ~born_apart & ~compared.is_level("sex", "differs")
    apart = born_apart & compared.is_level("nik", "two_digits", "relative", "contradicts", "missing")
    bits = (weighed.total - weighed.prior) / MILLI
    return Doubles(compared.left, compared.right, bits, compatible, apart)


def are_two(compared: Compared, people: People, neighbours: int) -> npt.NDArray[np.bool_]:
    """True for other names, and for twins: two names with a relative's number, or numbers that follow each other."""
    one, two = people.digits[compared.left].astype(np.int64), people.digits[compared.right].astype(np.int64)
    whole = (people.nik_kind[compared.left] == WHOLE) & (people.nik_kind[compared.right] == WHOLE)
    apart = np.abs((one - two)[:, SERIAL:] @ _PLACES)
    next_door = whole & (one[:, :SERIAL] == two[:, :SERIAL]).all(axis=1) & (apart > 0) & (apart <= neighbours)
    twins = (next_door | compared.is_level("nik", "relative")) & ~compared.is_level("name", *SAME_NAME)
    return np.asarray(twins | compared.is_level("name", *OTHER_NAME))


def group_held(
    rank: Ints, found: Doubles, claim: Ints, certainty: Floats, options: MatchOptions
) -> tuple[Ints, dict[tuple[int, int], float]]:
    """Return each register row's group, and the probability of pairs of rows to be one person.

    `rank`: each row's place in the order that does not depend on the table's; `claim`: the person of the roll
    each row fits by itself (-1: none); `certainty`: how surely. Two rows that each surely fit one voter are that
    voter: an impostor of that quality is far rarer than a double entry. Two rows that likely do are weighed
    without the prior. Two rows that each likely fit another voter are two people, however alike: twins.
    """
    prior = float(np.log2(options.double_entries / max(1, len(rank))))
    claimed = (claim[found.left] >= 0) & (claim[found.right] >= 0)
    same_claim = claimed & (claim[found.left] == claim[found.right])
    both_sure = same_claim * np.minimum(certainty[found.left], certainty[found.right])
    probability = np.where(same_claim & found.compatible, found.probability(0.0), found.probability(prior))
    probability = np.maximum(probability, np.where(both_sure >= options.surely_one, both_sure, 0.0))
    sure = (probability >= options.same_person) & ~found.apart & (same_claim | ~claimed)
    likely = {
        (int(a), int(b)): float(p)
        for a, b, p in zip(found.left[sure], found.right[sure], probability[sure], strict=True)
    }
    return joined_up(rank, found.left[sure], found.right[sure]), likely


def pairs_of_one_claim(claim: Ints) -> tuple[Ints, Ints]:
    """Return all pairs (i < j) of register rows that fit the same person of the roll."""
    rows = np.flatnonzero(claim >= 0)
    rows = rows[np.argsort(claim[rows], kind="stable")]
    left, right = [], []
    for _, members in groupby(rows.tolist(), key=lambda row: int(claim[row])):
        for one, two in combinations(sorted(members), 2):
            left.append(one)
            right.append(two)
    return np.asarray(left, np.int64), np.asarray(right, np.int64)
