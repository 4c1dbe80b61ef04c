"""m-probabilities of this very register: the prior of `MatchOptions`, improved by one EM over all pairs at once.

Expectation: the share each pair has in its row's odds (`assigning.rank`: one voter or nobody), which is the whole cross
product but for pairs that are no candidates and have no share. Maximisation: shares counted by level on top of
the prior's pseudo-counts, so that a register of 200 shifts the prior and cannot leave it. u stays as counted from
the roll, and the share of held persons on the roll as pinned.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from reconcile.matching.assigning import Ranked
from reconcile.matching.comparing import Compared
from reconcile.matching.encoding import WHOLE, People
from reconcile.matching.options import LEVELS, MatchOptions

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
# The levels of each field that shut each other out; who states less than a full date or a whole NIK is not asked.
_TABLES = {
    "m_name": ("name", LEVELS["name"]),
    "m_birth": ("birth_date", ("equal", "swapped", "one_part", "different")),
    "m_nik": ("nik", tuple(level for level in LEVELS["nik"] if level not in ("rounded_fits", "short_fits", "missing"))),
    "m_place": ("birth_place", LEVELS["birth_place"][:-1]),
    "m_region": ("region", LEVELS["region"][:-1]),
    "m_street": ("street", LEVELS["street"][:-1]),
}
_EQUAL = {"m_sex_equal": "sex", "m_nkk_equal": "nkk", "m_father_equal": "father"}
_STILL = 1e-3  # change of every m below which the rounds end


@dataclass(frozen=True)
class Trained:
    """Options with the m learnt; `pairs` is how many matches they were learnt from, `rounds` how long it took."""

    options: MatchOptions
    pairs: float
    rounds: int


def train(left: People, compared: Compared, score: Callable[[MatchOptions], Ranked], options: MatchOptions) -> Trained:
    """Return options with m learnt from the pairs. `score(options)` ranks all pairs by the weights of some options."""
    tables = _Tables(left, compared)
    learnt, pairs, rounds, change = options, 0.0, 0, 1.0
    while change >= _STILL and rounds < options.training_rounds:
        ranked = score(learnt)
        before, learnt = learnt, tables.learn(ranked, options)
        pairs, rounds, change = math.fsum(ranked.probability), rounds + 1, _change(before, learnt)
    return Trained(learnt, pairs, rounds)


class _Tables:
    """Counts of pairs by level, for the fields that can be learnt."""

    def __init__(self, left: People, compared: Compared) -> None:
        self.compared, self.rank = compared, left.rank
        self.asked: dict[str, Bools] = {
            "m_birth": left.month[compared.left] > 0,
            "m_nik": left.nik_kind[compared.left] == WHOLE,
            "m_region": left.region[0][compared.left] >= 0,
        }

    def learn(self, ranked: Ranked, prior: MatchOptions) -> MatchOptions:
        """Return the prior's options with every m counted anew over its pseudo-counts."""
        learnt: dict[str, float | Mapping[str, float]] = {}
        for name, (field, levels) in _TABLES.items():
            table: Mapping[str, float] = getattr(prior, name)
            counts = self._counts(ranked, field, levels, self.asked.get(name))
            learnt[name] = {**table, **_smoothed(table, levels, counts, prior.prior_pairs)}
        for name, field in _EQUAL.items():
            equal = getattr(prior, name)
            table = {"equal": equal, "differs": 1.0 - equal}
            counts = self._counts(ranked, field, tuple(table), None)
            learnt[name] = _smoothed(table, tuple(table), counts, prior.prior_pairs)["equal"]
        return replace(prior, **learnt)  # type: ignore[arg-type]  # names and kinds are those of the options read

    def _counts(self, ranked: Ranked, field: str, levels: Sequence[str], asked: Bools | None) -> Floats:
        # Sums of floats depend on their order: that of the register's files, not that of the table.
        order = np.argsort(self.rank[ranked.row], kind="stable")
        pair, share = ranked.pair[order], ranked.probability[order]
        if asked is not None:
            share = share * asked[pair]
        found = np.bincount(self.compared.levels[field][pair], share, minlength=len(LEVELS[field]))
        return np.asarray(found[[LEVELS[field].index(level) for level in levels]], np.float64)


def _smoothed(table: Mapping[str, float], levels: Sequence[str], counts: Floats, pairs: float) -> dict[str, float]:
    """Return m by level: counts over pseudo-counts of the prior; the levels keep their sum."""
    prior = np.asarray([table[level] for level in levels])
    learnt = prior.sum() * (pairs * prior / prior.sum() + counts) / (pairs + counts.sum())
    return dict(zip(levels, learnt.tolist(), strict=True))


def _change(before: MatchOptions, after: MatchOptions) -> float:
    tables = [abs(getattr(before, name)[level] - m) for name in _TABLES for level, m in getattr(after, name).items()]
    return max(tables + [abs(getattr(before, name) - getattr(after, name)) for name in _EQUAL])
