"""Relatives: they live where the person lives, and some are named and born alike. Fields that agree for them

all at once are no chance agreements one by one (a household shares village, street and birth place; twins the day).
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from reconcile.matching.comparing import Compared
from reconcile.matching.options import LEVELS, MatchOptions

Floats = npt.NDArray[np.float64]
_SAME_DAY = ("equal", "swapped")


def relative_bits(compared: Compared, bits: Mapping[str, Floats], voters: int, options: MatchOptions) -> Floats:
    """Return what the weight of each pair loses because some of the voters are relatives (never above 0).

    `bits`: log2(m/u) of each field against any other voter. Of `voters`, `options.relatives` are near relatives,
    who agree at a level `options.of_relative[field][level]` times as often as the person does. The chance of two
    people's agreement is that of both kinds together: 2^-bits of a stranger and that of a relative, by their shares.
    With no relatives among them (lists of people without families) nothing is lost.
    """
    if options.relatives <= 0:
        return np.zeros(len(compared.left))
    against_stranger = np.full(len(compared.left), np.log2(options.relatives / max(voters, options.relatives + 1)))
    for field, found in bits.items():
        against_stranger += found + _log_ratio(compared, field, options)
    return np.asarray(-np.logaddexp2(0.0, against_stranger))


def _log_ratio(compared: Compared, field: str, options: MatchOptions) -> Floats:
    """Return log2 of how often a relative agrees so, for each time the person does."""
    level = compared.levels[field]
    found = _table(options.of_relative, field, field)[level]
    of_twin = f"{field}_of_twin"
    if of_twin not in options.of_relative:
        return found
    return np.where(
        compared.is_level("birth_date", *_SAME_DAY), _table(options.of_relative, of_twin, field)[level], found
    )


def _table(ratios: Mapping[str, Mapping[str, float]], name: str, field: str) -> Floats:
    return np.log2([ratios.get(name, {}).get(level, 1.0) for level in LEVELS[field]])
