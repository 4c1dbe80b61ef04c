"""When two names of birth places are one place: misspelt, or with more or less written about it."""

import numpy as np
import numpy.typing as npt

from reconcile.matching.naming import distances
from reconcile.matching.options import PLACE_LEVELS, SHORTEST_FOR_TWO_IN_PLACE, SHORTEST_PLACE
from reconcile.matching.wording import Ints, Vocabulary

Bools = npt.NDArray[np.bool_]
_CODE = 1 << 31
_PAIRS = 500_000  # places compared together


def place_levels(places: Vocabulary, mine: Ints, theirs: Ints) -> npt.NDArray[np.int8]:
    """Return how two places, by number (-1: not stated), agree: an index in PLACE_LEVELS."""
    equal, near, differs, missing = (PLACE_LEVELS.index(level) for level in PLACE_LEVELS)
    stated = (mine >= 0) & (theirs >= 0)
    level = np.where(stated, np.where(mine == theirs, equal, differs), missing).astype(np.int8)
    other = np.flatnonzero(level == differs)
    code, back = np.unique(mine[other].astype(np.int64) * _CODE + theirs[other], return_inverse=True)
    level[other[is_near_place(places, *np.divmod(code, _CODE))[back]]] = near
    return level


def is_near_place(places: Vocabulary, one: Ints, other: Ints) -> Bools:
    """True where two places differ by a letter or two, or one name holds the other ("BLORA", "BLORAKOTA")."""
    shorter = np.minimum(places.length[one], places.length[other])
    distance = distances(places, one, other, 2)
    near = (distance <= 1) | ((distance <= 2) & (shorter >= SHORTEST_FOR_TWO_IN_PLACE))
    mine, theirs = places.letters[one], places.letters[other]
    holds = np.flatnonzero(((mine & theirs) == mine) | ((mine & theirs) == theirs))
    texts = zip(places.spelled(one[holds]), places.spelled(other[holds]), strict=True)
    near[holds] |= np.asarray([a in b or b in a for a, b in texts], bool)
    return np.asarray(near & (shorter >= SHORTEST_PLACE))


def count_like_places(mine: Ints, voters: Ints, places: Vocabulary) -> npt.NDArray[np.int64]:
    """Return (n, 2) counts: voters born at each place, and at one near it. `voters`: how many were born where."""
    asked, back = np.unique(mine, return_inverse=True)
    known = np.flatnonzero(voters)
    counts = np.zeros((len(asked), 2), np.int64)
    stated = np.flatnonzero(asked >= 0)
    counts[stated, 0] = voters[asked[stated]]
    at_once = max(1, _PAIRS // max(1, len(known)))
    for part in np.split(stated, np.arange(at_once, len(stated), at_once)):
        one, other = np.repeat(asked[part], len(known)), np.tile(known, len(part))
        near = (is_near_place(places, one, other) & (one != other)).reshape(len(part), len(known))
        counts[part, 1] = near @ voters[known]
    return counts[back]
