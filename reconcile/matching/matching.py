"""The steps in order: encode, fit the model to the candidates, see what decoys reach, group, choose, judge."""

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from reconcile.matching.assigning import assign
from reconcile.matching.blocking import candidate_pairs
from reconcile.matching.comparing import compare
from reconcile.matching.decoying import make_decoys
from reconcile.matching.encoding import WHOLE
from reconcile.matching.fitting import Fitting, Linked, Model, Sought
from reconcile.matching.grouping import Doubles, doubles, group_held, pairs_of_one_claim
from reconcile.matching.indexing import Index
from reconcile.matching.judging import judge
from reconcile.matching.options import MatchOptions
from reconcile.matching.preparing import Roll, prepare
from reconcile.matching.reporting import choose_threshold, thresholds_of
from reconcile.matching.results import Matches, Report
from reconcile.matching.scene import Scene
from reconcile.matching.seeking import AT_ONCE
from reconcile.matching.weighing import weigh
from reconcile.matching.wording import Ints

Step = Callable[[str], None]


def match(
    held: pa.Table,
    roll: pa.Table | Roll,
    options: MatchOptions | None = None,
    *,
    as_of: date | None = None,
    step: Step | None = None,
    workers: int = 2,
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
    year = as_of.year if as_of else prepared.voting_year
    left, frequencies = prepared.beside(held, year)
    step("comparing")
    fitting = Fitting(prepared, frequencies, options, workers, at_once)
    with ThreadPoolExecutor(1) as beside:
        decoys = _Decoys(held, fitting, year)
        seeking = beside.submit(decoys.seek) if workers > 1 else None
        linked = fitting.link(fitting.seek(left))
        report = _report(linked, decoys.reach(seeking.result() if seeking else decoys.seek(), linked.model), options)
    step("choosing")
    ranked, right = linked.ranked, prepared.people
    claim, certainty = ranked.claims(options.same_claim)
    held_group, same = group_held(left.rank, _doubles(linked, claim, fitting), claim, certainty, options)
    chosen = assign(ranked, held_group, left.rank, right.rank, options)
    scene = Scene(
        left, right, prepared.index, linked.weighed, ranked, prepared.group,
        _entries(prepared.group, right.rank, set(chosen.values())), held_group, same, chosen, frequencies.word_bits,
        replace(options, automatic=report.automatic),
    )  # fmt: skip
    expected = math.fsum(np.minimum(np.bincount(ranked.row, ranked.probability, minlength=left.n), 1.0))
    return Matches(tuple(judge(scene)), expected, prepared.voters, report)


@dataclass
class _Decoys:
    """Decoys of a register, matched with the same roll; looking for their voters does not wait for the model."""

    held: pa.Table
    fitting: Fitting
    year: int

    def seek(self) -> tuple[Fitting, Sought] | None:
        decoys = make_decoys(self.held, self.fitting.roll, self.fitting.options)
        if not decoys.num_rows:
            return None
        left, frequencies = self.fitting.roll.beside(decoys, self.year)
        fitting = replace(self.fitting, frequencies=frequencies)
        return fitting, fitting.seek(left)

    @staticmethod
    def reach(found: tuple[Fitting, Sought] | None, model: Model) -> npt.NDArray[np.float64]:
        """Return the probability of each decoy's likeliest voter, by the model learnt from the held persons."""
        if found is None:
            return np.zeros(0)
        fitting, sought = found
        return fitting.link(sought, model).top


def _report(linked: Linked, decoys: npt.NDArray[np.float64], options: MatchOptions) -> Report:
    model = linked.model
    thresholds = thresholds_of(linked.top, decoys, model.share, options)
    return Report(
        model.share, model.share < options.few_on_roll, len(decoys), thresholds, choose_threshold(thresholds, options),
        model.trained.pairs, model.options,
    )  # fmt: skip


def _doubles(linked: Linked, claim: Ints, fitting: Fitting) -> Doubles:
    """Compare register rows with each other, with the same core and the roll's frequencies."""
    left, options, frequencies = linked.left, fitting.options, fitting.frequencies
    index = Index(left)
    # Two rows of somebody on the roll meet at the voter; of others a word, a day or a number must be the same.
    rows, others = candidate_pairs(left, index, options, by_part=False)
    one, two = pairs_of_one_claim(claim)
    rows, others = np.concatenate([rows, one, two]), np.concatenate([others, two, one])
    # Each pair once, for comparing is not symmetric: a damaged number is read beside a whole one, on the right, and
    # else the row that stands first in the register's files is on the left.
    place = left.rank + left.n * (left.nik_kind == WHOLE)
    kept = place[rows] < place[others]
    code = np.unique(rows[kept] * left.n + others[kept])
    compared = compare(left, left, (code // left.n, code % left.n), index, frequencies.word_bits)
    return doubles(weigh(compared, left, frequencies, linked.counts, 0.0, options))


def _entries(group: Ints, rank_of: Ints, wanted: set[int]) -> dict[int, tuple[int, ...]]:
    """Return all roll rows of the wanted people, in the order of the roll."""
    rows = np.flatnonzero(np.isin(group, np.asarray(sorted(wanted), np.int64)))
    rows = rows[np.argsort(rank_of[rows], kind="stable")]
    found: dict[int, list[int]] = {}
    for row in rows.tolist():
        found.setdefault(int(group[row]), []).append(row)
    return {person: tuple(entries) for person, entries in found.items()}
