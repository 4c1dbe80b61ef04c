"""What is common on this roll: the chances of agreement between two people (u), counted, never chosen."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from reconcile.matching.blocking import Index, date_key, one_fault
from reconcile.matching.encoding import SERIAL, Births, People
from reconcile.matching.lettering import letters_apart
from reconcile.matching.options import NIK_LEVELS, UNSEEN
from reconcile.matching.sorting import Asked, Sorted
from reconcile.matching.wording import Ints, Names, Vocabularies, Vocabulary

Floats = npt.NDArray[np.float64]
_SAMPLE = 3_000  # voters whose neighbours in NIK are looked up
_LETTERS = 2  # letters by which the names counted as like may differ


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

    def grown(self, vocabularies: Vocabularies) -> Self:
        """Return the same with nobody behind the words and places that only a register has."""
        words = len(vocabularies.words.classes) - len(self.word_bits)
        places = len(vocabularies.places) - len(self.place)
        nobody = _bits(np.zeros(words), self.voters)
        return replace(self, word_bits=np.append(self.word_bits, nobody), place=np.pad(self.place, (0, places)))


def count_roll(right: People, index: Index, vocabularies: Vocabularies) -> Frequencies:
    """Count words, birth places and regions of a roll."""
    names, voters = right.names, max(1, right.n)
    folded = np.sort(names.folded, axis=1)
    fresh = folded >= 0
    fresh[:, 1:] &= folded[:, 1:] != folded[:, :-1]
    carriers = np.bincount(names.number, minlength=len(folded))
    times = np.broadcast_to(carriers[:, None], folded.shape)[fresh]
    holders = np.bincount(folded[fresh], times, minlength=len(vocabularies.words.classes))
    known = right.birth_place[right.birth_place >= 0]
    same_day, near_day, any_day = count_niks(right, index)
    levels = [
        dict(zip(*map(np.ndarray.tolist, np.unique(level, return_counts=True)), strict=True)) for level in right.region
    ]
    return Frequencies(
        voters=voters,
        word_bits=_bits(holders, voters),
        place=np.bincount(known, minlength=len(vocabularies.places)),
        village=levels[0],
        district=levels[1],
        regency=levels[2],
        nik_same_day=same_day,
        nik_near_day=near_day,
        nik_any_day=any_day,
    )


def _bits(holders: npt.NDArray[np.generic], voters: int) -> Floats:
    return np.asarray(-np.log2((holders + 0.5) / voters))  # type: ignore[operator]


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
    every = max(1, len(sample)) * max(1, right.n)
    shares = []
    for related, whole in ((same == 3, dates[0]), (same == 2, dates[1]), (same >= 0, every)):
        counts = np.asarray([float((found & related).sum()) for found in patterns]) + UNSEEN
        shares.append(np.minimum(counts / max(1, whole), 1.0))
    return shares[0], shares[1], shares[2]


def _one_fault_apart(right: People, index: Index, sample: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of a sampled voter and another whose NIK differs by one digit or two exchanged neighbours."""
    wanted = one_fault(right.digits[sample])
    asked, place = np.nonzero(wanted != right.nik[sample][:, None])
    numbers = wanted[asked, place]
    return Asked.of(index.nik, sample[asked], numbers, numbers).pairs()


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
    """Return (n, 3) counts: voters whose folded joined name is 0, up to 1, up to 2 letters from each left one.

    `left` is encoded with all words of `right`.
    """
    texts, joined = left.vocabularies.names, right.joined[right.number]
    voters = np.bincount(joined[joined >= 0], minlength=len(texts))
    carried = np.flatnonzero(voters)
    found = _LikeNames(texts, carried[np.argsort(texts.length[carried], kind="stable")], voters)
    mine = left.joined[left.number]
    asked, back = np.unique(mine[mine >= 0], return_inverse=True)
    counted = [found.count(*one) for one in zip(asked.tolist(), texts.spelled(asked), strict=True)]
    counts = np.zeros((len(mine), _LETTERS + 1), np.int64)
    counts[mine >= 0] = np.reshape(counted, (-1, _LETTERS + 1))[back]
    return counts


class _LikeNames:
    """The joined names of a roll (numbers of texts, short ones first), and how many voters carry each text."""

    def __init__(self, texts: Vocabulary, carried: Ints, voters: Ints) -> None:
        self.texts, self.carried, self.voters = texts, carried, voters
        self.length, self.letters = texts.length[carried], texts.letters[carried]

    def count(self, text: int, spelled: str) -> list[int]:
        """Return how many voters carry names up to 0, 1, 2 letters from this one."""
        length = self.texts.length[text]
        start, stop = np.searchsorted(self.length, [length - _LETTERS, length + _LETTERS + 1]).tolist()
        # A letter exchanged for another counts two; most names are further apart by their letters alone.
        apart = letters_apart(self.letters[start:stop], self.texts.letters[text])
        like = self.carried[start + np.flatnonzero(apart <= 2 * _LETTERS)]
        others = self.texts.spelled(like)
        distance = process.cdist([spelled], others, scorer=OSA.distance, score_cutoff=_LETTERS, dtype=np.uint8)[0]
        return [int(self.voters[like[distance <= letters]].sum()) for letters in range(_LETTERS + 1)]


def count_dates(left: Births, index: Index) -> npt.NDArray[np.int64]:
    """Return (n, 4) counts of voters: same date, one part of it different, same year, year an age allows."""
    year, month, day = left.year, left.month, left.day
    same = _within(index.date, date_key(year, month, day))
    month_day = _within(index.month_day, date_key(0, month, day))
    year_month = _within(index.year_month, date_key(year, month, 0 * day))
    year_day = _within(index.year_day, date_key(year, 0 * month, day))
    one_part = np.maximum(month_day + year_month + year_day - 3 * same, 1)
    same_year = _within(index.year, left.year)
    by_age = _within(index.year, left.oldest, left.youngest)
    return np.column_stack([same, one_part, same_year, by_age])


def _within(found: Sorted, low: Ints, high: Ints | None = None) -> Ints:
    return np.asarray(found.spans(low, low if high is None else high)[1], np.int64)
