"""How far a run can be trusted: false matches expected above each threshold, and the threshold chosen by them."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reconcile.matching.options import MatchOptions
from reconcile.matching.results import Threshold

Floats = npt.NDArray[np.float64]


def thresholds_of(top: Floats, decoys: Floats, share: float, options: MatchOptions) -> tuple[Threshold, ...]:
    """Return what is expected above each of `options.thresholds`.

    `top`, `decoys`: probability of the likeliest voter of each held person and of each decoy. Held persons who are on
    no roll reach a threshold as often as decoys do; `share` of the held persons is on the roll. One decoy more is
    counted than was seen (Levitsky et al., 2017): that none of 200 linked does not say that none ever will.
    """
    off_roll = len(top) * (1.0 - share)
    found = []
    for least in options.thresholds:
        above = top >= least
        by_decoys = off_roll * float((decoys >= least).sum() + 1) / (len(decoys) + 1) if len(decoys) else None
        found.append(Threshold(least, int(above.sum()), math.fsum(1.0 - top[above]), by_decoys))
    return tuple(found)


def choose_threshold(thresholds: Sequence[Threshold], options: MatchOptions) -> float:
    """Return the least threshold, not below `options.automatic`, whose false share is small enough by the decoys.

    Where none is, the strictest. Without decoys the options' own.
    """
    strict = [one for one in thresholds if one.probability >= options.automatic]
    fine = (one.probability for one in strict if (one.by_decoys or 0.0) <= options.false_share * max(1, one.matches))
    return next(fine, max((one.probability for one in strict), default=options.automatic))
