"""Which names are near enough for two records to be looked at: letter by letter, words as written or in order."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from reconcile.matching.encoding import People
from reconcile.matching.lettering import Letters, letters_apart
from reconcile.matching.wording import Ints, Names

Bools = npt.NDArray[np.bool_]
_NEVER = -400  # length of no name: near to nothing
_LONGEST = 300  # letters: more of a name are not counted, so that sums stay small


@dataclass(frozen=True)
class _Looks:
    """What can be compared of distinct names without reading them."""

    letters: Letters
    length: npt.NDArray[np.int16]
    first: Ints  # spelling class of the first word

    @classmethod
    def of(cls, names: Names) -> "_Looks":
        texts = names.vocabularies.names
        letters = np.append(texts.letters, np.uint64(0))[names.joined]
        length = np.append(np.minimum(texts.length, _LONGEST), _NEVER).astype(np.int16)[names.joined]
        return cls(letters, length, names.folded[:, 0])

    def at(self, numbers: Ints, no_word: int) -> "_Looks":
        """Return the looks of these names; `no_word`: the first word of who has none, equal to nobody's."""
        first = self.first[numbers]
        return _Looks(self.letters[numbers], self.length[numbers], np.where(first < 0, no_word, first))


class Near:
    """The names of a roll beside the names and aliases of a register."""

    def __init__(self, left: People, right: Names) -> None:
        self.left, self.right = left, right
        self.theirs = _Looks.of(right)
        self.own = [(names, _Looks.of(names).at(names.number, -2)) for names in (left.names, left.aliases)]

    def is_near(self, rows: Ints, names: Ints, least: int, *, or_first_word: bool) -> Bools:
        """Say for pairs of a row of left and a distinct name of right whether a name of the row is near it.

        Near: a ratio (rapidfuzz, 0 to 100) of at least `least`; "RIZKI" and "RIZKI S" are far from "RIZKI SAPUTRA"
        letter by letter, so `or_first_word` takes the same first word as well.
        """
        (named, looks), (other_named, other_looks) = self.own
        near = self._is_near(named, looks, rows, names, least, or_first_word)
        known = np.flatnonzero(self.left.has_alias[rows])
        near[known] |= self._is_near(other_named, other_looks, rows[known], names[known], least, or_first_word)
        return near

    def _is_near(self, own: Names, looks: _Looks, rows: Ints, names: Ints, least: int, or_first_word: bool) -> Bools:
        apart = letters_apart(looks.letters[rows], self.theirs.letters[names]).astype(np.int16)
        both = looks.length[rows] + self.theirs.length[names]
        likely = apart * np.int16(100) <= np.int16(100 - least) * both
        near = looks.first[rows] == self.theirs.first[names] if or_first_word else np.zeros(len(rows), bool)
        at = np.flatnonzero(likely & ~near)
        near[at] = self._is_alike(own, own.number[rows[at]], names[at], least)
        return near

    def _is_alike(self, own: Names, mine: Ints, theirs: Ints, least: int) -> Bools:
        """Read the names of the pairs that the letters did not tell apart, each pair of names once."""
        code, back = np.unique(mine.astype(np.int64) * len(self.right.plain) + theirs, return_inverse=True)
        one, other = np.divmod(code, max(1, len(self.right.plain)))
        near = np.zeros(len(code), bool)
        for query, choice in ((own.joined, self.right.joined), (own.ordered, self.right.ordered)):
            left = np.flatnonzero(~near)
            near[left] = _ratios(own, query[one[left]], choice[other[left]], least)
        return near[back]


def _ratios(own: Names, queries: Ints, choices: Ints, least: int) -> Bools:
    """True where two texts, by number, are alike. `queries` stand in runs of one text each: read against many."""
    texts = own.vocabularies.names
    distinct, place = np.unique(choices, return_inverse=True)
    spelled = np.asarray(texts.spelled(distinct), object)[place]
    begins = np.flatnonzero(np.append(len(queries) > 0, queries[1:] != queries[:-1]))
    runs = pairwise([*begins.tolist(), len(queries)])
    alike = np.zeros(len(queries), bool)
    for (start, stop), query in zip(runs, texts.spelled(queries[begins]), strict=True):
        scores = process.cdist(
            [query], spelled[start:stop].tolist(), scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32
        )
        alike[start:stop] = scores[0] > 0
    return alike
