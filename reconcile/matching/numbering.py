"""Digits of a NIK: the numbers one fault of writing away, and at which level two numbers agree."""

import numpy as np
import numpy.typing as npt

from reconcile.matching.encoding import DATE, LAST, SERIAL
from reconcile.matching.options import NIK_LEVELS
from reconcile.matching.wording import Ints

Numbers = npt.NDArray[np.int64]
_PLACES = 10 ** np.arange(15, -1, -1, dtype=np.int64)  # what a digit counts in its place


def one_fault(digits: npt.NDArray[np.int8]) -> Numbers:
    """Return (n, 175) numbers: those of 16 digits with one changed (or none), or two neighbours exchanged."""
    wide = digits.astype(np.int64)
    own = wide @ _PLACES
    changed = own[:, None, None] + (np.arange(10) - wide[:, :, None]) * _PLACES[:, None]
    crossed = own[:, None] + np.diff(wide) * (_PLACES[:-1] - _PLACES[1:])
    return np.column_stack([changed.reshape(len(digits), 160), crossed])


def last_digit(digits: npt.NDArray[np.int8]) -> Numbers:
    """Return (n, 10) numbers that begin with 15 digits."""
    return (digits[:, :15].astype(np.int64) @ _PLACES[:15])[:, None] + np.arange(10)


def one_lost(digits: npt.NDArray[np.int8]) -> Numbers:
    """Return (n, 160) numbers of 16 digits that become these 15 when one digit is left out."""
    own = (digits[:, :15].astype(np.int64) @ _PLACES[1:])[:, None]
    before, behind = own // _PLACES * _PLACES, own % _PLACES
    return (10 * before[:, :, None] + (np.arange(10) * _PLACES[:, None]) + behind[:, :, None]).reshape(len(digits), 160)


def nik_patterns(mine: npt.NDArray[np.int8], theirs: npt.NDArray[np.int8]) -> list[npt.NDArray[np.bool_]]:
    """Say for pairs of whole NIK which level of NIK_LEVELS they would be taken for, one array a level."""
    differs = mine != theirs
    wrong, first = differs.sum(axis=1), differs.argmax(axis=1)
    found = {
        "transposed": transposed(mine, theirs, wrong, first),
        "one_digit": (wrong == 1) & (first > DATE) & (first < LAST),
        # Who is born the same day may be registered in the next district, or be of the other sex: the day says so.
        "one_digit_district": (wrong == 1) & (first <= DATE),
        "one_digit_serial": (wrong == 1) & (first == LAST),
        "rounded_fits": ~differs[:, :15].any(axis=1),
        # One of sixteen digits was left out: two people's numbers fit when they differ in one of the last.
        "short_fits": (wrong == 1) & (first >= SERIAL),
        # Two wrong digits are not looked up; they are about as much commoner as there are digits.
        "two_digits": (wrong == 1) | (wrong == 2),
    }
    nothing = np.zeros(len(mine), bool)
    return [found.get(level, nothing) for level in NIK_LEVELS]


def transposed(
    mine: npt.NDArray[np.int8], theirs: npt.NDArray[np.int8], wrong: Ints, first: Ints
) -> npt.NDArray[np.bool_]:
    """True where two NIK differ only by two neighbouring digits that changed places."""
    pair = np.arange(len(mine))
    second = np.minimum(first + 1, 15)
    crossed = (mine[pair, first] == theirs[pair, second]) & (mine[pair, second] == theirs[pair, first])
    return np.asarray((wrong == 2) & crossed)
