"""What is common on this roll: the chances of agreement between two people (u), counted, never chosen."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from reconcile.matching.comparing import street_levels
from reconcile.matching.encoding import Births, People
from reconcile.matching.indexing import Index, date_key
from reconcile.matching.lettering import letters_apart
from reconcile.matching.naming import distances
from reconcile.matching.nearing import Carried
from reconcile.matching.numbering import nik_patterns, one_fault
from reconcile.matching.options import STREET_LEVELS, UNSEEN
from reconcile.matching.sorting import Asked, Sorted
from reconcile.matching.wording import Ints, Names, Vocabularies, Vocabulary

Floats = npt.NDArray[np.float64]
_SAMPLE = 3_000  # voters whose neighbours in NIK are looked up
_NEIGHBOURS = (5_000, 20)  # voters whose streets are looked at, and with how many others of a village, and elsewhere
_SCATTERED = 2_654_435_761  # a prime: multiples of it fall everywhere
_PAIRS = 1_000_000  # names compared together by their letters alone
_LETTERS = 2  # letters by which the names counted as like may differ
NAMED_ALIKE = _LETTERS + 1  # columns of those counts


@dataclass(frozen=True)
class Frequencies:
    """Counts on the roll. `word_bits[w]` is -log2 of the share of voters whose name holds the word.

    `nik_*`: share of other voters whose NIK agrees at each level of NIK_LEVELS (`count_niks`); `street_*`: share of
    voters of the same village, or of another, whose street agrees at each level of STREET_LEVELS (`count_streets`).
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
    street_same_village: Floats
    street_elsewhere: Floats

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
    same_village, elsewhere = count_streets(right)
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
        street_same_village=same_village,
        street_elsewhere=elsewhere,
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


def count_streets(right: People) -> tuple[Floats, Floats]:
    """Return the share of pairs of voters whose streets agree at each level of STREET_LEVELS: of one village, of two.

    Voters of one family card are no pair, nor are those of whom one states no street. Looked at are voters taken
    evenly from the order of villages, each with others taken here and there from the village and from the whole roll.
    """
    village = right.region[0]
    order = np.lexsort((right.rank, village))[np.count_nonzero(village < 0) :]
    n, (most, others) = len(order), _NEIGHBOURS
    place = np.arange(0, n, max(1, n // most))[:, None]
    first = np.searchsorted(village[order], village[order[place]], side="left")
    size = np.searchsorted(village[order], village[order[place]], side="right") - first
    # Not evenly: neighbours stand beside each other on a roll, and no even step would ever meet them.
    step = place * _SCATTERED + np.arange(others) * (_SCATTERED >> 8)
    at_home = first + (place - first + 1 + step % np.maximum(size - 1, 1)) % np.maximum(size, 1)
    anywhere = (place + 1 + step % max(n - 1, 1)) % max(n, 1)
    return _streets_apart(right, order, place, at_home, True), _streets_apart(right, order, place, anywhere, False)


def _streets_apart(right: People, order: Ints, place: Ints, other: Ints, same_village: bool) -> Floats:
    """Return the share of these pairs (places in an order) that agree at each level of STREET_LEVELS."""
    left, others = order[np.broadcast_to(place, other.shape).ravel()], order[other.ravel()]
    card = right.nkk[left]
    wanted = (left != others) & ((card < 0) | (card != right.nkk[others]))
    wanted &= (right.region[0][left] == right.region[0][others]) == same_village
    level = street_levels(right, right, left[wanted], others[wanted])
    stated = np.bincount(level, minlength=len(STREET_LEVELS))[:-1] + UNSEEN
    return np.append(stated / stated.sum(), 1.0)


def count_like_names(left: Names, carried: Carried) -> npt.NDArray[np.int64]:
    """Return (n, 3) counts: voters whose folded joined name is 0, up to 1, up to 2 letters from each left one.

    `left` is encoded with all words of the roll whose names are `carried`.
    """
    texts, mine = left.vocabularies.names, left.joined[left.number]
    asked, back = np.unique(mine[mine >= 0], return_inverse=True)
    found = np.zeros((len(asked), NAMED_ALIKE), np.int64)
    for length in np.unique(texts.length[asked]).tolist():
        of_length = np.flatnonzero(texts.length[asked] == length)
        start, stop = np.searchsorted(carried.length, [length - _LETTERS, length + _LETTERS + 1]).tolist()
        at_once = max(1, _PAIRS // max(1, stop - start))
        for part in np.split(of_length, np.arange(at_once, len(of_length), at_once)):
            found[part] = _count_like(texts, asked[part], carried, slice(start, stop))
    counts = np.zeros((len(mine), NAMED_ALIKE), np.int64)
    counts[mine >= 0] = found[back]
    return counts


def _count_like(texts: Vocabulary, asked: Ints, carried: Carried, among: slice) -> npt.NDArray[np.int64]:
    # A letter exchanged for another counts two; most names are further apart by their letters alone.
    apart = letters_apart(texts.letters[asked][:, None], carried.letters[among])
    row, place = np.nonzero(apart <= 2 * _LETTERS)
    distance = distances(texts, asked[row], carried.text[among][place], _LETTERS)
    carriers = carried.voters[among][place]
    return np.column_stack(
        [
            np.bincount(row, np.where(distance <= letters, carriers, 0), len(asked)).astype(np.int64)
            for letters in range(NAMED_ALIKE)
        ]
    )


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
