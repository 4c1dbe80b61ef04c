"""The steps in order: encode, find pairs, compare, weigh, group, choose, judge."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa

from reconcile.matching.assigning import Ranked, assign, rank
from reconcile.matching.blocking import Index, candidate_pairs
from reconcile.matching.comparing import Compared, compare, is_named_alike
from reconcile.matching.counting import Frequencies, count_dates, count_like_names
from reconcile.matching.encoding import WHOLE, People
from reconcile.matching.grouping import Doubles, doubles, group_held, pairs_of_one_claim
from reconcile.matching.judging import judge
from reconcile.matching.options import MatchOptions
from reconcile.matching.preparing import Roll, prepare
from reconcile.matching.results import Matches
from reconcile.matching.scene import Scene
from reconcile.matching.seeking import AT_ONCE, seek
from reconcile.matching.training import train
from reconcile.matching.weighing import Counts, Weighed, weigh
from reconcile.matching.wording import Ints

_DOUBLE_ENTRIES = 0.05  # share of register rows that stand a second time, before any evidence
_FEW = 20  # usable NIK below which the share on the roll is not taken from them
Step = Callable[[str], None]


def match(
    held: pa.Table,
    roll: pa.Table | Roll,
    options: MatchOptions | None = None,
    *,
    as_of: date | None = None,
    step: Step | None = None,
    workers: int = 1,
    at_once: int = AT_ONCE,
) -> Matches:
    """Match a register with a roll; both tables have any columns of `records.COLUMNS`.

    `roll`: a table, or what `prepare` or `open_roll` made of it; the answers are the same.
    `as_of`: the day ages are stated on; without it, of the year in which the roll's youngest voter turns 17.
    `step(code)` is called as each step begins. `workers` (threads) and `at_once` (people whose candidates are compared
    together) change time and memory, never the answers.
    """
    options, step = options or MatchOptions(), step or (lambda code: None)
    step("encoding")
    prepared = roll if isinstance(roll, Roll) else prepare(roll)
    left, frequencies = prepared.beside(held, as_of.year if as_of else prepared.voting_year)
    right, index, voter_group, voters = prepared.people, prepared.index, prepared.group, prepared.voters
    step("candidates")
    counts = Counts(count_like_names(left.names, right.names), count_dates(left.born(np.arange(left.n)), index))
    step("comparing")
    compared = seek(left, index, frequencies, counts, options, workers=workers, at_once=at_once)

    def ranking(weighed: Weighed) -> Ranked:
        return rank(left.n, compared.left, compared.right, weighed.total, voter_group, right.rank)

    share = _share_on_roll(left, compared, options)
    prior = float(np.log2(share / (1 - share) / max(1, voters)))
    learnt = train(
        left, compared, lambda tried: ranking(weigh(compared, left, frequencies, counts, prior, tried)), options
    )
    weighed = weigh(compared, left, frequencies, counts, prior, learnt.options)
    step("choosing")
    ranked = ranking(weighed)
    claim, certainty = ranked.claims(options.same_claim)
    double_prior = float(np.log2(_DOUBLE_ENTRIES / max(1, left.n)))
    found = _doubles(left, claim, frequencies, counts, options)
    held_group, same = group_held(left.rank, found, double_prior, claim, certainty, options.same_person)
    chosen = assign(ranked, held_group, left.rank, right.rank, options)
    scene = Scene(
        left, right, index, weighed, ranked, voter_group, _entries(voter_group, right.rank, set(chosen.values())),
        held_group, same, chosen, frequencies.word_bits, options,
    )  # fmt: skip
    expected = float(np.minimum(np.bincount(ranked.row, ranked.probability, minlength=left.n), 1.0).sum())
    return Matches(tuple(judge(scene)), expected, voters)


def _share_on_roll(left: People, compared: Compared, options: MatchOptions) -> float:
    """Pin the share of held persons on the roll by a rule without a model: NIK found under a like name."""
    usable = left.nik_kind == WHOLE
    if usable.sum() < _FEW:
        return options.share_on_roll
    sure = compared.is_level("nik", "equal") & is_named_alike(compared)
    found = len(np.unique(compared.left[sure]))
    return float(np.clip(found / usable.sum() / options.nik_survives, 0.02, 0.98))


def _doubles(left: People, claim: Ints, frequencies: Frequencies, counts: Counts, options: MatchOptions) -> Doubles:
    """Compare register rows with each other, with the same core and the roll's frequencies."""
    index = Index(left)
    rows, others = candidate_pairs(left, index, options)
    one, two = pairs_of_one_claim(claim)
    rows, others = np.concatenate([rows, one, two]), np.concatenate([others, two, one])
    # Each pair once, the row that stands first in the register's files on the left: comparing is not symmetric.
    kept = left.rank[rows] < left.rank[others]
    code = np.unique(rows[kept] * left.n + others[kept])
    compared = compare(left, left, (code // left.n, code % left.n), index, frequencies.word_bits)
    return doubles(weigh(compared, left, frequencies, counts, 0.0, options))


def _entries(group: Ints, rank_of: Ints, wanted: set[int]) -> dict[int, tuple[int, ...]]:
    """Return all roll rows of the wanted people, in the order of the roll."""
    rows = np.flatnonzero(np.isin(group, np.asarray(sorted(wanted), np.int64)))
    rows = rows[np.argsort(rank_of[rows], kind="stable")]
    found: dict[int, list[int]] = {}
    for row in rows.tolist():
        found.setdefault(int(group[row]), []).append(row)
    return {person: tuple(entries) for person, entries in found.items()}
