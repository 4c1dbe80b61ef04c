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
_SHORTEST = 4  # letters of a first word of which one may be wrong


@dataclass(frozen=True)
class Looks:
    """What can be compared of names without reading them; of distinct names, or of records in some order."""

    number: Ints  # the distinct name
    letters: Letters
    length: npt.NDArray[np.uint8]
    first: Ints  # spelling class of the first word, -1: no word

    @classmethod
    def of(cls, names: Names) -> "Looks":
        """Return the looks of distinct names."""
        texts = names.vocabularies.names
        letters = np.append(texts.letters, np.uint64(0))[names.joined]
        length = np.minimum(np.append(texts.length, 0), _LONGEST).astype(np.uint8)
        return cls(np.arange(len(names.joined)), letters, length[names.joined], names.folded[:, 0])

    def at(self, places: Ints | slice) -> "Looks":
        return Looks(self.number[places], self.letters[places], self.length[places], self.first[places])


class Near:
    """The names of a roll beside the names and aliases of a register. `looks`: those of the roll's distinct names."""

    def __init__(self, left: People, right: Names, looks: Looks) -> None:
        self.right = right
        self.own = [(names, Looks.of(names).at(names.number)) for names in (left.names, left.aliases)]
        self.texts = left.names.vocabularies.names
        self.first_words = _FirstWords(left.names.vocabularies.words.classes, looks.first)

    def to(self, rows: Ints, theirs: Looks, least: int, *, or_first_word: bool = False) -> Bools:
        """Say for pairs of a row of left and a name of right which are near by name or alias.

        Near: a ratio (rapidfuzz, 0 to 100) of at least `least`; "RIZKI" and "RITKI S" are far from "RIZKI SAPUTRA"
        letter by letter, so `or_first_word` takes the same first word, or one a letter away, as well.
        """
        near = np.zeros(len(rows), bool)
        for own, looks in self.own:
            if not own.count[own.number].any():
                continue
            near |= self._to(own, looks, rows, theirs, least, or_first_word=or_first_word)
        return near

    def _to(self, own: Names, looks: Looks, rows: Ints, theirs: Looks, least: int, *, or_first_word: bool) -> Bools:
        near = np.zeros(len(rows), bool)
        if or_first_word:
            near |= self.first_words.near(looks.first, rows, theirs.first)
        apart = letters_apart(theirs.letters, looks.letters[rows])
        length = theirs.length + looks.length[rows].astype(np.uint16)
        likely = (apart * np.uint16(100) <= length * np.uint16(100 - least)) | (length >= _LONGEST)
        at = np.flatnonzero(likely & ~near)
        mine, names = own.number[rows[at]], theirs.number[at]
        at = at[(own.count[mine] > 0) & (self.right.count[names] > 0)]
        for one, other in ((own.joined, self.right.joined), (own.ordered, self.right.ordered)):
            near[at] = self._are_alike(one[own.number[rows[at]]], other[theirs.number[at]], least)
            at = at[~near[at]]
        return near

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

    def near(self, mine: Ints, rows: Ints, theirs: Ints) -> Bools:
        """Say which pairs of words, `mine[rows]` and `theirs` (-1: no word), are at most a letter apart."""
        if not len(rows):
            return np.zeros(0, bool)
        base = int(rows.min())
        asked, back = np.unique(mine[base : int(rows.max()) + 1], return_inverse=True)
        # The last column stands for no word.
        flags = np.zeros((len(asked), int(self.known.max(initial=0)) + 2), bool)
        for place, word in enumerate(asked.tolist()):
            if word >= 0:
                flags[place, self._near(word)] = True
        return np.asarray(flags[back[rows - base], theirs])

    def _near(self, word: int) -> Ints:
        if word not in self.found:
            query, least = self.classes.spelled(np.asarray([word])), int(self.classes.length[word] >= _SHORTEST)
            distance = process.cdist(query, self.spelled, scorer=OSA.distance, score_cutoff=least, dtype=np.uint8)
            self.found[word] = self.known[distance[0] <= least]
        return self.found[word]
