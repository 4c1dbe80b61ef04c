"""Weights -> at most one voter for each held person, nobody's voter given twice, and what forbids haste."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from reconcile.matching.grouping import joined_up
from reconcile.matching.options import MatchOptions
from reconcile.matching.sorting import by_weight
from reconcile.matching.weighing import MILLI
from reconcile.matching.wording import Ints

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ranked:
    """Pairs of one register row each with one person of the roll, best first within each row.

    `pair` is the pair (an index of the weighed arrays) that speaks for that person: the entry that fits best.
    """

    row: Ints
    person: Ints
    pair: Ints
    weight: Ints
    probability: Floats
    start: Ints  # row r's pairs are start[r]:start[r + 1]

    def claims(self, least: float) -> tuple[Ints, Floats]:
        """Return for each row the person it fits at least so probably (-1: none), and how surely."""
        rows = len(self.start) - 1
        claim = np.full(rows, -1, np.int64)
        some = np.flatnonzero(self.start[:-1] < self.start[1:])
        first = self.start[some]
        sure = self.probability[first] >= least
        claim[some[sure]] = self.person[first[sure]]
        certainty = np.zeros(rows)
        certainty[some] = self.probability[first]
        return claim, certainty

    def of(self, row: int) -> range:
        return range(int(self.start[row]), int(self.start[row + 1]))


def rank(rows: int, left: Ints, right: Ints, total: Ints, group: Ints, right_rank: Ints) -> Ranked:
    """Rank each row's people by weight, ties by their place on the roll; probabilities include "nobody"."""
    person = group[right]
    pair = _first_of_each(by_weight(left, total, right_rank[right]), left, person)
    row = left[pair]
    start = np.searchsorted(row, np.arange(rows + 1))
    return Ranked(row, person[pair], pair, total[pair], _probabilities(total[pair], row, start), start)


def _first_of_each(order: Ints, left: Ints, person: Ints) -> Ints:
    """Return the pairs in this order without the later ones of a row with one and the same person."""
    code = left[order].astype(np.int64) * (int(person.max(initial=0)) + 1) + person[order]
    in_order = np.sort(code)
    twice = in_order[1:][in_order[1:] == in_order[:-1]]
    some = np.flatnonzero(np.isin(code, twice)) if len(twice) else np.zeros(0, np.int64)
    kept = np.ones(len(order), bool)
    kept[some] = False
    kept[some[np.unique(code[some], return_index=True)[1]]] = True
    return order[kept]


def _probabilities(weight: Ints, row: Ints, start: Ints) -> Floats:
    """Share of each candidate's odds in the odds of all and of nobody (odds 1). Sums run best first."""
    odds = np.exp2(np.minimum(weight / MILLI, 200.0))
    rows = len(start) - 1
    whole = np.ones(rows)
    np.add.at(whole, row, odds)
    return np.asarray(odds / whole[row])


def assign(
    ranked: Ranked, held_group: Ints, held_rank: Ints, voter_rank: Ints, options: MatchOptions
) -> dict[int, int]:
    """Return person of the roll by group of register rows: the choice of greatest total weight, one to one.

    `held_rank`, `voter_rank`: ranks of all rows; between equal choices they decide, not the order of the tables.
    """
    claims = _claims(ranked, held_group, options)
    groups = sorted({group for group, _ in claims}, key=lambda group: int(held_rank[group]))
    people = sorted({person for _, person in claims}, key=lambda person: int(voter_rank[person]))
    place_of_group = {group: place for place, group in enumerate(groups)}
    place_of_person = {person: place + len(groups) for place, person in enumerate(people)}
    left = np.asarray([place_of_group[group] for group, _ in claims], np.int64)
    right = np.asarray([place_of_person[person] for _, person in claims], np.int64)
    component = joined_up(np.arange(len(groups) + len(people)), left, right)
    members: dict[int, tuple[list[int], list[int]]] = {}
    for place, group in enumerate(groups):
        members.setdefault(int(component[place]), ([], []))[0].append(group)
    for place, person in enumerate(people):
        members[int(component[place + len(groups)])][1].append(person)
    chosen: dict[int, int] = {}
    for some_groups, some_people in members.values():
        chosen |= _solve(some_groups, some_people, claims)
    return chosen


def _claims(ranked: Ranked, held_group: Ints, options: MatchOptions) -> dict[tuple[int, int], float]:
    """Return bits by (group of register rows, person): the best row's weight over the least worth it."""
    least = np.log2(options.reviewable / (1 - options.reviewable))
    worth = ranked.probability >= options.reviewable / 4
    claims: dict[tuple[int, int], float] = {}
    for at in np.flatnonzero(worth).tolist():
        key = (int(held_group[ranked.row[at]]), int(ranked.person[at]))
        claims[key] = max(claims.get(key, -np.inf), ranked.weight[at] / MILLI - least)
    return claims


def _solve(groups: Sequence[int], people: Sequence[int], claims: dict[tuple[int, int], float]) -> dict[int, int]:
    """Choose within one tangle of claims; beside the people stands a "nobody" for each group, worth 0."""
    if len(groups) == 1 and len(people) == 1:
        return {groups[0]: people[0]} if claims[groups[0], people[0]] > 0 else {}
    edges = [
        (i, j, claims[group, person])
        for i, group in enumerate(groups)
        for j, person in enumerate(people)
        if (group, person) in claims
    ]
    edges += [(i, len(people) + i, 0.0) for i in range(len(groups))]
    rows, columns, gain = (np.asarray(values) for values in zip(*edges, strict=True))
    # The library looks for the least cost and takes a cost of 0 for "no edge": so costs start at 1.
    cost = coo_array((gain.max() - gain + 1.0, (rows, columns)), shape=(len(groups), len(people) + len(groups)))
    chosen = zip(*min_weight_full_bipartite_matching(cost.tocsr()), strict=True)
    return {groups[i]: people[j] for i, j in chosen if j < len(people) and claims[groups[i], people[j]] > 0}
