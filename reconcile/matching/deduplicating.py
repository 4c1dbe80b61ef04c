"""A list that says many people twice -> the pairs of rows that may be one person, by what the list itself teaches.

How often a civil registry says somebody twice, and how, is known (`doubling`); of other people's lists nothing is. So
each row is matched with all others as a held person with a roll, and the share of rows that stand twice is learnt
beside m: no rule can pin it, for the second rows of such lists seldom agree in name and date at once.
"""

import math
from dataclasses import replace

import numpy as np

from reconcile.matching.assigning import Ranked
from reconcile.matching.fitting import Fitting, odds
from reconcile.matching.grouping import Floats, are_two, doubles
from reconcile.matching.options import MatchOptions
from reconcile.matching.preparing import Roll
from reconcile.matching.training import train
from reconcile.matching.weighing import Counts, Weighed, weigh
from reconcile.matching.wording import Ints


def deduplicate(roll: Roll, options: MatchOptions, share: float) -> tuple[Weighed, Ints, Floats]:
    """Return weighed pairs of rows, which of them to look at, each two rows once, and how likely they are one person.

    `share`: of rows that stand twice, to begin with.
    """
    itself = _Itself(roll, options, share)
    itself.score(train(roll.people, itself.found, itself.score, options).options)
    return itself.weighed, *itself.pairs()


class _Itself:
    """A list beside itself: each weighing teaches the share of rows that stand twice."""

    weighed: Weighed
    ranked: Ranked

    def __init__(self, roll: Roll, options: MatchOptions, share: float) -> None:
        people, self.share = roll.people, share
        self.fitting = Fitting(replace(roll, group=np.arange(people.n), voters=people.n), roll.frequencies, options)
        sought = self.fitting.seek(people)
        others = sought.found.taken(np.flatnonzero(sought.found.left != sought.found.right))
        self.people, self.found = people, others.taken(np.flatnonzero(~are_two(others, people, options.neighbours)))
        # Everybody is called like himself and was born on his day: that says nothing of how common either is.
        names, dates = (np.maximum(counts - 1, 0) for counts in (sought.counts.names, sought.counts.dates))
        self.counts = Counts(names, dates, sought.counts.places)

    def score(self, options: MatchOptions) -> Ranked:
        prior = odds(self.share, self.people.n)
        self.weighed = weigh(self.found, self.people, self.fitting.frequencies, self.counts, prior, options)
        self.ranked = self.fitting.ranked(self.people, self.weighed)
        share = math.fsum(self.ranked.probability) / self.people.n
        self.share = min(max(share, options.doubled_voters), options.most_on_roll)
        return self.ranked

    def pairs(self) -> tuple[Ints, Floats]:
        """Return the pairs whose left row stands first, and their probability: what both rows say of it, halved."""
        left, right, rank = self.found.left.astype(np.int64), self.found.right, self.people.rank
        own = np.zeros(len(left))
        own[self.ranked.pair] = np.where(doubles(self.weighed).apart[self.ranked.pair], 0.0, self.ranked.probability)
        code = left * self.people.n + right
        order = np.argsort(code)
        back = right.astype(np.int64) * self.people.n + left
        place = order[np.minimum(np.searchsorted(code, back, sorter=order), len(order) - 1)]
        other = np.where(code[place] == back, own[place], 0.0)
        first = np.flatnonzero(rank[left] < rank[right])
        return first, ((own + other) / 2)[first]
