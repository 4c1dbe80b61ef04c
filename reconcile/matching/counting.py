"""What is common on this roll: the chances of agreement between two people (u), counted, never chosen."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rapidfuzz import process
from rapidfuzz.distance import OSA

from reconcile.matching.blocking import Index
from reconcile.matching.encoding import SERIAL, Births, People
from reconcile.matching.options import NIK_LEVELS
from reconcile.matching.wording import Ints, Names

Floats = npt.NDArray[np.float64]
_SAMPLE = 3_000  # voters whose neighbours in NIK are looked up
_UNSEEN = 0.3  # pairs added to every count: what was not seen is rare, not impossible
_PLACES = 10 ** np.arange(15, -1, -1, dtype=np.int64)  # what a digit of a NIK counts in its place
_BLOCK = 200_000  # distinct names compared at once: bounds the memory of the distance matrix


@dataclass(frozen=True)
class Frequencies:
    """Counts on the roll. `word_bits[w]` is -log2 of the share of voters whose name holds the word.

    `nik_*`: share of other voters whose NIK agrees at each level of NIK_LEVELS (`count_niks`).
    """

    voters: int
    word_bits: Floats
    place: Ints
    village: dict[int, int]
    district: dict[int, int]
    regency: dict[int, int]
    nik_same_day: Floats
    nik_near_day: Floats
    nik_any_day: Floats


def count_roll(right: People, index: Index, words: int, places: int) -> Frequencies:
    """Count words, birth places and regions of a roll. `words`, `places`: sizes of the vocabularies."""
    folded = np.sort(right.names.folded, axis=1)
    fresh = np.ones_like(folded, bool)
    fresh[:, 1:] = folded[:, 1:] != folded[:, :-1]
    holders = np.bincount(folded[(folded >= 0) & fresh], minlength=words)
    known = right.birth_place[right.birth_place >= 0]
    same_day, near_day, any_day = count_niks(right, index)
    levels = [
        dict(zip(*map(np.ndarray.tolist, np.unique(level, return_counts=True)), strict=True)) for level in right.region
    ]
    return Frequencies(
        voters=max(1, right.n),
        word_bits=-np.log2((holders + 0.5) / max(1, right.n)),
        place=np.bincount(known, minlength=places),
        village=levels[0],
        district=levels[1],
        regency=levels[2],
        nik_same_day=same_day,
        nik_near_day=near_day,
        nik_any_day=any_day,
    )


def count_niks(right: People, index: Index) -> tuple[Floats, Floats, Floats]:
    """Return the share of other voters whose NIK agrees at each level of NIK_LEVELS, by birth dates.

    Among voters born the same day, voters born the same day but for one part, and all voters. Counted by
    looking up all one-fault variants of the NIK of some voters, taken evenly from the order of numbers.
    """
    order = index.nik.order
    sample = order[:: max(1, len(order) // _SAMPLE)]
    left, other = _one_fault_apart(right, index, sample)
    same = (right.year[left] == right.year[other]).astype(int)
    same += (right.month[left] == right.month[other]).astype(int) + (right.day[left] == right.day[other])
    patterns = nik_patterns(right.digits[left], right.digits[other])
    dates = count_dates(right.born(sample), index).sum(axis=0) - [len(sample), 0, 0, 0]
    whole = max(1, len(sample)) * max(1, right.n)
    shares = []
    for related, pairs in ((same == 3, dates[0]), (same == 2, dates[1]), (same >= 0, whole)):
        counts = np.asarray([float((found & related).sum()) for found in patterns]) + _UNSEEN
        shares.append(np.minimum(counts / max(1, pairs), 1.0))
    return shares[0], shares[1], shares[2]


def _one_fault_apart(right: People, index: Index, sample: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of a sampled voter and another whose NIK differs by one digit or two exchanged neighbours."""
    order = index.nik.order
    numbers = right.digits[order].astype(np.int64) @ _PLACES  # in rising order, as the index is
    digits = right.digits[sample].astype(np.int64)
    own = digits @ _PLACES
    changed = own[:, None, None] + (np.arange(10) - digits[:, :, None]) * _PLACES[:, None]
    crossed = own[:, None] + np.diff(digits) * (_PLACES[:-1] - _PLACES[1:])
    wanted = np.column_stack([changed.reshape(len(sample), 160), crossed])
    asked, place = np.nonzero(wanted != own[:, None])
    start = np.searchsorted(numbers, wanted[asked, place], side="left")
    end = np.searchsorted(numbers, wanted[asked, place], side="right")
    found = np.flatnonzero(end > start)
    length = end[found] - start[found]
    behind = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    return np.repeat(sample[asked[found]], length), order[np.repeat(start[found], length) + behind]


def nik_patterns(mine: npt.NDArray[np.int8], theirs: npt.NDArray[np.int8]) -> list[npt.NDArray[np.bool_]]:
    """Say for pairs of whole NIK which level of NIK_LEVELS they would be taken for, one array a level."""
    differs = mine != theirs
    wrong, first = differs.sum(axis=1), differs.argmax(axis=1)
    found = {
        "transposed": transposed(mine, theirs, wrong, first),
        "one_digit": (wrong == 1) & (first < SERIAL),
        "one_digit_serial": (wrong == 1) & (first >= SERIAL),
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


def count_like_names(left: Names, right: Names) -> npt.NDArray[np.int64]:
    """Return (n, 3) counts: voters whose folded joined name is 0, up to 1, up to 2 letters from each left one."""
    queries, back = _distinct(left.joined)
    counted = right.joined.value_counts()
    choices, voters = counted.field("values"), np.asarray(counted.field("counts"))
    counts = np.zeros((len(queries), 3), np.int64)
    for start in range(0, len(choices), _BLOCK):
        names = choices.slice(start, _BLOCK).to_pylist()
        distance = process.cdist(queries, names, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8, workers=-1)
        share = voters[start : start + _BLOCK]
        for query, row in enumerate(distance):
            counts[query] += [int(share[row <= letters].sum()) for letters in range(3)]
    return counts[back]


def _distinct(texts: pa.Array) -> tuple[list[str], Ints]:
    coded = texts.dictionary_encode()
    return coded.dictionary.to_pylist(), np.asarray(coded.indices)


def count_dates(left: Births, index: Index) -> npt.NDArray[np.int64]:
    """Return (n, 4) counts of voters: same date, one part of it different, same year, year an age allows."""
    year, month, day = left.year.astype(np.int32), left.month.astype(np.int32), left.day.astype(np.int32)
    key = year * 10_000 + month * 100 + day
    same = _within(index.date.keys, key, key)
    month_day = _within(index.month_day.keys, month * 100 + day, month * 100 + day)
    year_month = _within(index.date.keys, year * 10_000 + month * 100, year * 10_000 + month * 100 + 31)
    year_day = sum(
        _within(index.date.keys, year * 10_000 + m * 100 + day, year * 10_000 + m * 100 + day) for m in range(1, 13)
    )
    one_part = np.maximum(month_day + year_month + year_day - 3 * same, 1)
    same_year = _within(index.year.keys, left.year, left.year)
    by_age = _within(index.year.keys, left.oldest, left.youngest)
    return np.column_stack([same, one_part, same_year, by_age])


def _within(keys: npt.NDArray[np.generic], low: npt.NDArray[np.generic], high: npt.NDArray[np.generic]) -> Ints:
    return np.asarray(np.searchsorted(keys, high, side="right") - np.searchsorted(keys, low, side="left"), np.int64)
