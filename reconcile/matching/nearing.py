"""Which names are near enough for two records to be looked at: letter by letter, words as written or in order."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from reconcile.matching.encoding import People
from reconcile.matching.lettering import Letters, letters_apart
from reconcile.matching.wording import Ints, Names, Vocabulary

Bools = npt.NDArray[np.bool_]
_LONGEST = 255  # letters: longer names are all read
_AT_ONCE = 500_000  # pairs
_SHORTEST = 4  # letters of a first word of which one may be wrong


@dataclass(frozen=True)
class _Looks:
    """What can be compared of distinct names without reading them."""

    letters: Letters
    length: npt.NDArray[np.uint8]
    first: Ints  # spelling class of the first word

    @classmethod
    def of(cls, names: Names) -> "_Looks":
        texts = names.vocabularies.names
        letters = np.append(texts.letters, np.uint64(0))[names.joined]
        length = np.minimum(np.append(texts.length, 0), _LONGEST).astype(np.uint8)
        return cls(letters, length[names.joined], names.folded[:, 0])


class Near:
    """The names of a roll beside the names and aliases of a register."""

    def __init__(self, left: People, right: Names) -> None:
        self.right = right
        self.own = [(names, _Looks.of(names)) for names in (left.names, left.aliases)]
        self.theirs = _Looks.of(right)
        self.texts = left.names.vocabularies.names
        self.first_words = _FirstWords(left.names.vocabularies.words.classes, self.theirs.first)

    def to(self, rows: Ints, names: Ints, least: int, *, or_first_word: bool = False) -> Bools:
        """Say for pairs of a row of left and a distinct name of right which are near by name or alias.

        Near: a ratio (rapidfuzz, 0 to 100) of at least `least`; "RIZKI" and "RITKI S" are far from "RIZKI SAPUTRA"
        letter by letter, so `or_first_word` takes the same first word, or one a letter away, as well.
        """
        parts = [slice(start, start + _AT_ONCE) for start in range(0, len(rows), _AT_ONCE)]
        found = [self._to(rows[part], names[part], least, or_first_word=or_first_word) for part in parts]
        return np.concatenate([np.zeros(0, bool), *found])

    def _to(self, rows: Ints, names: Ints, least: int, *, or_first_word: bool) -> Bools:
        near = np.zeros(len(names), bool)
        for own, looks in self.own:
            mine = own.number[rows]
            at = np.flatnonzero((own.count[mine] > 0) & ~near)
            if or_first_word:
                near[at] = self.first_words.near(looks.first[mine[at]], self.theirs.first[names[at]])
                at = at[~near[at]]
            at = at[self._are_likely(looks, mine[at], names[at], least) & (self.right.count[names[at]] > 0)]
            for one, other in ((own.joined, self.right.joined), (own.ordered, self.right.ordered)):
                near[at] = self._are_alike(one[mine[at]], other[names[at]], least)
                at = at[~near[at]]
        return near

    def _are_likely(self, looks: _Looks, mine: Ints, names: Ints, least: int) -> Bools:
        """Tell most unlike names apart unread: by how many letters they differ, beside how many they have."""
        length = looks.length[mine].astype(np.int32) + self.theirs.length[names]
        apart = letters_apart(self.theirs.letters[names], looks.letters[mine])
        cut = np.maximum(looks.length[mine], self.theirs.length[names]) == _LONGEST
        return np.asarray((apart.astype(np.int32) * 100 <= (100 - least) * length) | cut)

    def _are_alike(self, mine: Ints, theirs: Ints, least: int) -> Bools:
        """Say which pairs of texts, by number, are alike; each pair is read once."""
        code, back = np.unique(mine.astype(np.int64) * len(self.texts) + theirs, return_inverse=True)
        one, other = (self.texts.spelled(side) for side in np.divmod(code, max(1, len(self.texts))))
        scores = process.cpdist(one, other, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32)
        return np.asarray(scores > 0)[back]


class _FirstWords:
    """Which first words of a roll's names are at most a letter from a given word (both as spelling classes)."""

    def __init__(self, classes: Vocabulary, theirs: Ints) -> None:
        self.classes = classes
        self.known = np.unique(theirs[theirs >= 0])
        self.spelled = classes.spelled(self.known)
        self.found: dict[int, Ints] = {}

    def near(self, mine: Ints, theirs: Ints) -> Bools:
        """Say which pairs of words, by number (-1: no word), are at most a letter apart."""
        asked, back = np.unique(mine, return_inverse=True)
        # The last column stands for no word.
        flags = np.zeros((len(asked), int(self.known.max(initial=0)) + 2), bool)
        for place, word in enumerate(asked.tolist()):
            if word >= 0:
                flags[place, self._near(word)] = True
        return np.asarray(flags[back, theirs])

    def _near(self, word: int) -> Ints:
        if word not in self.found:
            query, least = self.classes.spelled(np.asarray([word])), int(self.classes.length[word] >= _SHORTEST)
            distance = process.cdist(query, self.spelled, scorer=OSA.distance, score_cutoff=least, dtype=np.uint8)
            self.found[word] = self.known[distance[0] <= least]
        return self.found[word]
