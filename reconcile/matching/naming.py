"""The level at which two names agree, for all pairs at once, and how rare what they share is."""

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from reconcile.matching.lettering import letters_apart
from reconcile.matching.options import (
    INITIAL_BITS,
    LETTER_BITS,
    NAME_LEVELS,
    NEAR_WORD_LOSS,
    SHORTEST_CLIPPED,
    SHORTEST_CLIPPED_SLIP,
    SHORTEST_CUT,
    SHORTEST_FOR_TWO,
    SHORTEST_FUZZY,
    SHORTEST_NAME,
)
from reconcile.matching.wording import Ints, Names, Vocabulary

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
LEVEL = {level: number for number, level in enumerate(NAME_LEVELS)}
_MOST = 16  # more words than a name is compared by
_BLOCK = 100_000  # pairs whose words are laid against each other at once


def name_levels(
    own: Names, other: Names, left: Ints, right: Ints, word_bits: Floats
) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return for each pair (left[i], right[i]) its level (index in NAME_LEVELS) and the bits of what they share.

    `own` is encoded with all words of `other`. Each pair of names is compared once, however many people carry it.
    """
    size = max(1, len(other.plain))
    code = own.number[left].astype(np.int64) * size + other.number[right]
    code, back = np.unique(code, return_inverse=True)
    mine, theirs = np.divmod(code, size)
    levels, bits = np.full(len(code), LEVEL["different"], np.int8), np.zeros(len(code))
    stated = np.flatnonzero((own.count[mine] > 0) & (other.count[theirs] > 0))
    for start in range(0, len(stated), _BLOCK):
        part = stated[start : start + _BLOCK]
        levels[part], bits[part] = _block(own, other, mine[part], theirs[part], word_bits)
    return levels[back], bits[back]


def _block(own: Names, other: Names, left: Ints, right: Ints, word_bits: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Compare names (rows of `own` and `other`) that have words."""
    texts = own.vocabularies.names
    ways = (
        (own.joined, other.joined),
        (own.ordered, other.ordered),
        (own.bare, other.bare),
        (own.squeezed, other.squeezed),
    )
    joined, *more = [(mine[left], theirs[right]) for mine, theirs in ways]
    shortest = np.minimum(texts.length[joined[0]], texts.length[joined[1]])
    distance = distances(texts, *joined, 2)
    for way in more:
        distance = np.minimum(distance, distances(texts, *way, 2))
    words = _Words(own, other, left, right, word_bits)
    one = (distance <= 1) & (shortest >= SHORTEST_NAME)
    two = (distance <= 2) & (shortest >= SHORTEST_FOR_TWO)
    some = words.shared > 0
    begun = _begun(texts, *joined)
    clipped = (begun > 0) | (words.cut & some)
    conditions = {
        "equal": own.plain[left] == other.plain[right],
        "same_words": words.same,
        "joined": own.squeezed[left] == other.squeezed[right],
        "spelling": (distance == 0) | _turned(texts, *joined),
        "one_letter": one | (words.whole & (words.near == 1) & ~words.initial),
        "two_letters": two | (words.whole & (words.near > 1) & ~words.initial),
        "initials": words.whole & words.initial & some,
        "missing_word": words.part & some,
        "clipped": clipped,
        "partial": some,
    }
    level = np.select(list(conditions.values()), [LEVEL[name] for name in conditions], LEVEL["different"])
    bits = np.where((begun > 0) & ~some, LETTER_BITS * begun, words.bits)
    return level.astype(np.int8), bits


def distances(texts: Vocabulary, one: Ints, other: Ints, most: int) -> Ints:
    """Return the OSA distance of texts, by number; any number above `most` where it is more."""
    distance = np.full(len(one), most + 1, np.int16)
    likely = letters_apart(texts.letters[one], texts.letters[other]) <= 2 * most
    at = np.flatnonzero(likely & (np.abs(texts.length[one] - texts.length[other]) <= most))
    mine, theirs = texts.spelled(one[at]), texts.spelled(other[at])
    distance[at] = process.cpdist(mine, theirs, scorer=OSA.distance, score_cutoff=most, dtype=np.int16)
    return distance


def _turned(texts: Vocabulary, one: Ints, other: Ints) -> Bools:
    """True where two texts are the same but for where they begin: "HIDAYATBAGAS" for BAGAS HIDAYAT."""
    turned = np.zeros(len(one), bool)
    same_letters = (texts.letters[one] == texts.letters[other]) & (texts.length[one] == texts.length[other])
    at = np.flatnonzero(same_letters & (one != other))
    turned[at] = [a in b + b for a, b in zip(texts.spelled(one[at]), texts.spelled(other[at]), strict=True)]
    return turned


def _begun(texts: Vocabulary, one: Ints, other: Ints) -> Ints:
    """Return the letters with which one text, not too short, begins the other (`_beginning`), else 0."""
    longer = texts.length[one] > texts.length[other]
    begun, whole = np.where(longer, other, one), np.where(longer, one, other)
    letters, at = np.zeros(len(one), np.int64), np.flatnonzero(texts.length[begun] >= SHORTEST_CLIPPED)
    letters[at] = _beginning(texts, begun[at], whole[at], SHORTEST_CLIPPED_SLIP)
    return letters


def _beginning(texts: Vocabulary, begun: Ints, whole: Ints, least: int) -> Ints:
    """Return with how many letters texts begin others, less what a wrong one of at least so many costs, else 0.

    What has more letters that the other has not is not read.
    """
    strange = np.bitwise_count(texts.letters[begun] & ~texts.letters[whole])
    at = np.flatnonzero(strange <= (texts.length[begun] >= least))
    letters = np.zeros(len(begun), np.int64)
    both = zip(texts.spelled(begun[at]), texts.spelled(whole[at]), strict=True)
    letters[at] = [_begins(mine, theirs, least) for mine, theirs in both]
    return letters


def _begins(begun: str, whole: str, least: int) -> int:
    """Return the letters with which a text begins another; one of `least` letters may be wrong, and counts no more."""
    if whole.startswith(begun):
        return len(begun)
    if len(begun) < least:
        return 0
    size = len(begun)
    near = any(OSA.distance(begun, whole[: size + more], score_cutoff=1) <= 1 for more in (-1, 0, 1))
    return near * (size - 1)


class _Words:
    """Words of both names laid against each other: equal after folding, near, or an initial for a word.

    same: the same words, as written, in any order; whole: every word of both names has its counterpart; part: every
    word of one of them has; cut: every word of one of them has, if its last is a beginning; near: how many only by
    one letter; initial: some only by their first letter; shared: counterparts but initials; bits: how rare the
    counterparts are together.
    """

    def __init__(self, own: Names, other: Names, left: Ints, right: Ints, word_bits: Floats) -> None:
        self.same, self.whole, self.part, self.cut, self.initial = (np.zeros(len(left), bool) for _ in range(5))
        self.near, self.shared = (np.zeros(len(left), np.int8) for _ in range(2))
        self.bits = np.zeros(len(left))
        # Names of as many words each are laid out together, so that nothing is compared with no word.
        sizes = own.count[left] * _MOST + other.count[right]
        order = np.argsort(sizes, kind="stable")
        for part in np.split(order, np.flatnonzero(np.diff(sizes[order])) + 1):
            if len(part):
                self._lay(part, own, other, left[part], right[part], word_bits)

    def _lay(self, part: Ints, own: Names, other: Names, left: Ints, right: Ints, word_bits: Floats) -> None:
        """Lay out the pairs `part`, all of as many words on either side."""
        i, j = slice(own.count[left[0]]), slice(other.count[right[0]])
        mine, theirs = own.folded[left, i], other.folded[right, j]
        equal = mine[:, :, None] == theirs[:, None, :]
        known, written = own.vocabularies.words, (own.words[left, i], other.words[right, j])
        near = _near_words(known.classes, mine, theirs, ~equal.any(2), ~equal.any(1))
        near |= _near_words(known, *written, ~equal.any(2), ~equal.any(1))
        full = equal | near
        letter = own.only[left, i][:, :, None] == other.first[right, j][:, None, :]
        letter |= own.first[left, i][:, :, None] == other.only[right, j][:, None, :]
        letter &= ~full.any(2)[:, :, None] & ~full.any(1)[:, None, :]
        found = full | letter
        all_mine, all_theirs = found.any(2).all(1), found.any(1).all(1)
        by_letter_only = near.any(1) & ~equal.any(1)
        rare = word_bits[theirs]
        if mine.shape == theirs.shape:
            self.same[part] = np.equal(*(np.sort(words, axis=1) for words in written)).all(1)
        cut = _last_cut(known, *written, found) + _last_cut(known, *written[::-1], found.transpose(0, 2, 1))
        self.cut[part] = cut > 0
        self.whole[part], self.part[part] = all_mine & all_theirs, all_mine | all_theirs
        self.near[part] = by_letter_only.sum(1)
        self.initial[part] = letter.any((1, 2))
        self.shared[part] = full.any(1).sum(1)
        self.bits[part] = (
            (rare * equal.any(1)).sum(1)
            + (np.maximum(rare - NEAR_WORD_LOSS, 1.0) * by_letter_only).sum(1)
            + INITIAL_BITS * letter.any(1).sum(1)
            + LETTER_BITS * cut
        )


def _last_cut(known: Vocabulary, mine: Ints, theirs: Ints, found: Bools) -> Ints:
    """Return the letters of my last word where it alone has no counterpart and begins a word that has none, else 0.

    Old registers hold 20 letters of a name: the last word is cut, and what followed it is missing. So the word it
    begins stands in its place or behind. A letter of it may be wrong, as in a whole word: "KURNAWA" for KURNIAWAN.
    """
    letters = np.zeros(len(mine), np.int64)
    open_mine: Bools = np.logical_not(found.any(2))
    open_mine[:, -1] &= known.length[mine[:, -1]] >= SHORTEST_CUT
    likely = open_mine[:, -1] & ~open_mine[:, :-1].any(1)
    behind = np.arange(theirs.shape[1]) >= mine.shape[1] - 1
    pair, place = np.nonzero(likely[:, None] & ~found.any(1) & behind)
    np.maximum.at(letters, pair, _beginning(known, mine[pair, -1], theirs[pair, place], SHORTEST_FUZZY))
    return letters


def _near_words(known: Vocabulary, mine: Ints, theirs: Ints, open_mine: Bools, open_theirs: Bools) -> Bools:
    """Return (pairs, words, words) True where two words without an equal differ in one letter only."""
    near = open_mine[:, :, None] & open_theirs[:, None, :]
    letters, length = known.letters, known.length
    near &= letters_apart(letters[mine][:, :, None], letters[theirs][:, None, :]) <= 2
    one, other = length[mine][:, :, None], length[theirs][:, None, :]
    long = (np.maximum(one, other) >= SHORTEST_FUZZY) & (np.minimum(one, other) >= SHORTEST_FUZZY - 1)
    pair, a, b = np.nonzero(near & long)
    code = mine[pair, a].astype(np.int64) * (1 << 31) + theirs[pair, b]
    code, back = np.unique(code, return_inverse=True)
    one, other = np.divmod(code, 1 << 31)
    near[:] = False
    near[pair, a, b] = (distances(known, one, other, 1) <= 1)[back]
    return near
