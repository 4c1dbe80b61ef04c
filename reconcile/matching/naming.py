"""The level at which two names agree, for all pairs at once, and how rare what they share is."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process
from rapidfuzz.distance import OSA

from reconcile.matching.options import NAME_LEVELS
from reconcile.matching.wording import Ints, Names

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
LEVEL = {level: number for number, level in enumerate(NAME_LEVELS)}
_INITIAL_BITS = 3.0  # a first letter is shared by about one name in eight
_NEAR_WORD_LOSS = 2.0  # a word but one letter is shared by about four times as many people as the word
_LETTER_BITS = 2.0  # of each letter of a clipped word
_SHORTEST_FUZZY = 4  # letters of a word in which one may be wrong
_SHORTEST_NAME = 3  # letters of a whole name in which one may be wrong; how common that is, is counted
_SHORTEST_FOR_TWO = 5
_SHORTEST_CLIPPED = 5
_BLOCK = 100_000  # pairs whose words are laid against each other at once


def name_levels(
    own: Names, other: Names, left: Ints, right: Ints, word_bits: Floats
) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return for each pair (left[i], right[i]) its level (index in NAME_LEVELS) and the bits of what they share."""
    levels = np.full(len(left), LEVEL["different"], np.int8)
    bits = np.zeros(len(left))
    for start in range(0, len(left), _BLOCK):
        part = slice(start, start + _BLOCK)
        levels[part], bits[part] = _block(own, other, left[part], right[part], word_bits)
    return levels, bits


def _block(own: Names, other: Names, left: Ints, right: Ints, word_bits: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    distance, shortest = _distances(own, other, left, right)
    words = _Words(own, other, left, right, word_bits)
    same_words = (np.sort(own.words[left], axis=1) == np.sort(other.words[right], axis=1)).all(axis=1)
    one = (distance <= 1) & (shortest >= _SHORTEST_NAME)
    two = (distance <= 2) & (shortest >= _SHORTEST_FOR_TWO)
    clipped = _clipped(own, other, left, right)
    some = words.shared > 0
    conditions = [
        _equal(own.plain, other.plain, left, right),
        same_words,
        _equal(own.plain, other.plain, left, right, without=" "),
        distance == 0,
        one | (words.whole & (words.near == 1) & ~words.initial),
        two | (words.whole & (words.near > 1) & ~words.initial),
        words.whole & words.initial & some,
        words.part & some,
        clipped,
        some,
    ]
    order = [
        "equal",
        "same_words",
        "joined",
        "spelling",
        "one_letter",
        "two_letters",
        "initials",
        "missing_word",
        "clipped",
        "partial",
    ]
    empty = (own.count[left] == 0) | (other.count[right] == 0)
    level = np.select([empty, *conditions], [LEVEL["different"], *(LEVEL[name] for name in order)], LEVEL["different"])
    bits = np.where(clipped & ~some, _LETTER_BITS * shortest, words.bits)
    return level.astype(np.int8), bits


def _distances(own: Names, other: Names, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Return the least OSA distance of the folded names, words as written or in order, and the shorter length."""
    pairs = [
        (mine.take(pa.array(left)).to_pylist(), theirs.take(pa.array(right)).to_pylist())
        for mine, theirs in ((own.joined, other.joined), (own.ordered, other.ordered))
    ]
    found = [process.cpdist(a, b, scorer=OSA.distance, score_cutoff=3, dtype=np.int16, workers=-1) for a, b in pairs]
    shortest = np.asarray([min(len(a), len(b)) for a, b in zip(*pairs[0], strict=True)], np.int64)
    return np.minimum(*found), shortest


def _equal(mine: pa.Array, theirs: pa.Array, left: Ints, right: Ints, without: str = "") -> Bools:
    one, two = mine.take(pa.array(left)), theirs.take(pa.array(right))
    if without:
        one, two = (pc.replace_substring(names, without, "") for names in (one, two))
    return np.asarray(pc.equal(one, two))


def _clipped(own: Names, other: Names, left: Ints, right: Ints) -> Bools:
    """True where one joined name is the beginning of the other and at least five letters long."""
    mine, theirs = own.joined.take(pa.array(left)).to_pylist(), other.joined.take(pa.array(right)).to_pylist()
    return np.asarray(
        [
            min(len(a), len(b)) >= _SHORTEST_CLIPPED and (a.startswith(b) or b.startswith(a))
            for a, b in zip(mine, theirs, strict=True)
        ],
        bool,
    )


class _Words:
    """Words of both names laid against each other: equal after folding, near, or an initial for a word.

    whole: every word of both names has its counterpart; part: every word of one of them has;
    near: how many only by one letter; initial: some only by their first letter; shared: counterparts but
    initials; bits: how rare the counterparts are together.
    """

    def __init__(self, own: Names, other: Names, left: Ints, right: Ints, word_bits: Floats) -> None:
        mine, theirs = own.folded[left], other.folded[right]
        equal = (mine[:, :, None] == theirs[:, None, :]) & (mine >= 0)[:, :, None]
        near = _near_words(own, other, left, right, ~equal.any(2) & (mine >= 0), ~equal.any(1) & (theirs >= 0))
        full = equal | near
        open_mine, open_theirs = ~full.any(2) & (mine >= 0), ~full.any(1) & (theirs >= 0)
        letter = own.letters[left][:, :, None] == other.first[right][:, None, :]
        letter |= own.first[left][:, :, None] == other.letters[right][:, None, :]
        letter &= open_mine[:, :, None] & open_theirs[:, None, :]
        found = full | letter
        all_mine = (found.any(2) | (mine < 0)).all(1)
        all_theirs = (found.any(1) | (theirs < 0)).all(1)
        self.whole = all_mine & all_theirs
        self.part = all_mine | all_theirs
        self.near = (near.any(1) & ~equal.any(1)).sum(1)
        self.initial = letter.any((1, 2))
        self.shared = full.any(1).sum(1)
        known = np.append(word_bits, 0.0)[theirs]  # the place behind the last stands for no word
        self.bits = (known * equal.any(1)).sum(1)
        self.bits += (np.maximum(known - _NEAR_WORD_LOSS, 1.0) * (near.any(1) & ~equal.any(1))).sum(1)
        self.bits += _INITIAL_BITS * letter.any(1).sum(1)


def _near_words(own: Names, other: Names, left: Ints, right: Ints, open_mine: Bools, open_theirs: Bools) -> Bools:
    """Return (pairs, words, words) True where two words without an equal differ in one letter only."""
    near = np.zeros((*open_mine.shape, open_theirs.shape[1]), bool)
    pair, a, b = np.nonzero(open_mine[:, :, None] & open_theirs[:, None, :])
    if not len(pair):
        return near
    mine, theirs = own.folded[left[pair], a], other.folded[right[pair], b]
    codes = mine.astype(np.int64) * (1 << 31) + theirs
    _, first, back = np.unique(codes, return_index=True, return_inverse=True)
    texts = own.fold_text
    one, two = [texts[word] for word in mine[first]], [texts[word] for word in theirs[first]]
    distance = process.cpdist(one, two, scorer=OSA.distance, score_cutoff=1, dtype=np.int16, workers=-1)
    long = np.asarray([min(len(x), len(y)) >= _SHORTEST_FUZZY for x, y in zip(one, two, strict=True)], bool)
    near[pair, a, b] = ((distance <= 1) & long)[back]
    return near
