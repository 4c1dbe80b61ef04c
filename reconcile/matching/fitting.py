"""The model of one run: candidates compared, their share on the roll pinned, m learnt, all pairs weighed and ranked."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reconcile.matching.assigning import Ranked, rank
from reconcile.matching.comparing import LIKE_NAME, Compared, is_named_alike
from reconcile.matching.counting import Frequencies
from reconcile.matching.encoding import WHOLE, People
from reconcile.matching.options import NAME_LEVELS, SAME_NAME, MatchOptions
from reconcile.matching.preparing import Roll
from reconcile.matching.seeking import AT_ONCE, seek
from reconcile.matching.training import Trained, train
from reconcile.matching.weighing import Counts, Weighed, weigh

Floats = npt.NDArray[np.float64]
_SAME_NAME = NAME_LEVELS.index(SAME_NAME[-1])


@dataclass(frozen=True)
class Model:
    """What a run has learnt: the options with its own m, and the bits before any evidence."""

    trained: Trained
    share: float  # of held persons that is on the roll
    prior: float  # bits: odds of one voter to be one held person

    @property
    def options(self) -> MatchOptions:
        return self.trained.options


@dataclass(frozen=True)
class Linked:
    """A register beside a roll, every pair weighed."""

    left: People
    counts: Counts
    weighed: Weighed
    ranked: Ranked
    model: Model

    @property
    def top(self) -> Floats:
        """Probability of each row's likeliest voter; 0 where it has none."""
        first = np.minimum(self.ranked.start[:-1], max(0, len(self.ranked.row) - 1))
        some = self.ranked.start[:-1] < self.ranked.start[1:]
        return np.where(some, self.ranked.probability[first], 0.0) if len(self.ranked.row) else np.zeros(self.left.n)


@dataclass(frozen=True)
class Sought:
    """People, what is common for each of them, and their candidates compared."""

    left: People
    counts: Counts
    found: Compared


@dataclass(frozen=True)
class Fitting:
    """How to fit: the roll, its frequencies with the register's words, and what changes only time and memory."""

    roll: Roll
    frequencies: Frequencies
    options: MatchOptions
    workers: int = 1
    at_once: int = AT_ONCE

    def seek(self, left: People) -> Sought:
        """Find and compare all candidates of these people; no model is needed for that."""
        index = self.roll.index
        counts = Counts.of(left, index, self.frequencies)
        found = seek(left, index, self.frequencies, counts, self.options, workers=self.workers, at_once=self.at_once)
        return Sought(left, counts, found)

    def link(self, sought: Sought, model: Model | None = None) -> Linked:
        """Weigh the candidates; by a model learnt before, or by the one they teach."""
        left, counts, found = sought.left, sought.counts, sought.found
        model = model or self._learn(left, found, counts)
        weighed = weigh(found, left, self.frequencies, counts, model.prior, model.options)
        return Linked(left, counts, weighed, self.ranked(left, weighed), model)

    def _learn(self, left: People, found: Compared, counts: Counts) -> Model:
        voters = self.roll.voters

        def prior_of(options: MatchOptions) -> tuple[float, float]:
            share = share_on_roll(left, found, counts, voters, options)
            return share, odds(share, voters)

        _, first = prior_of(self.options)
        trained = train(
            left, found,
            lambda tried: self.ranked(left, weigh(found, left, self.frequencies, counts, first, tried)),
            self.options,
        )  # fmt: skip
        # How often the rule misses somebody depends on the register's faults, which are known only now.
        share, prior = prior_of(trained.options)
        if share >= self.options.many_on_roll and left.n >= self.options.fewest_for_share:
            ranked = self.ranked(left, weigh(found, left, self.frequencies, counts, prior, trained.options))
            share = max(share, min(math.fsum(ranked.probability) / left.n, self.options.most_on_roll))
            prior = odds(share, voters)
        return Model(trained, share, prior)

    def ranked(self, left: People, weighed: Weighed) -> Ranked:
        """Rank each person's candidates by their weights."""
        compared = weighed.compared
        return rank(left.n, compared.left, compared.right, weighed.total, self.roll.group, self.roll.people.rank)


def odds(share: float, voters: int) -> float:
    """Return the bits of one of so many voters being one held person."""
    return float(np.log2(share / (1 - share) / max(1, voters)))


def share_on_roll(left: People, compared: Compared, counts: Counts, voters: int, options: MatchOptions) -> float:
    """Pin the share of held persons on the roll by a rule without a model: a NIK under a like name, or name and day.

    Found persons, less those found by chance, over those the rule would find if all were on the roll; of the options
    where too few state what the rule asks for.
    """
    alike, named = is_named_alike(compared), compared.levels["name"] <= _SAME_NAME
    by_nik = compared.is_level("nik", "equal") & alike
    by_day = named & compared.is_level("birth_date", "equal")
    known, dated = left.nik_kind == WHOLE, left.month > 0
    like, same = (sum(options.m_name[level] for level in NAME_LEVELS[: last + 1]) for last in (LIKE_NAME, _SAME_NAME))
    missed = np.where(known, 1.0 - like * options.m_nik["equal"], 1.0) * np.where(
        dated, 1.0 - same * options.m_birth["equal"], 1.0
    )
    if (missed < 1.0).sum() < options.fewest_for_share:
        return options.share_on_roll
    by_chance = np.where(dated, counts.names[:, 0] * counts.dates[:, 0] / max(1, voters), 0.0)
    found = np.zeros(left.n)
    found[compared.left[by_nik | by_day]] = 1.0
    expected = math.fsum(1.0 - missed)
    return float(np.clip((found.sum() - math.fsum(np.minimum(by_chance, found))) / expected, 0.02, 0.98))
