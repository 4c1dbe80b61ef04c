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
        self.left, self.right = left, right
        self.own = [(names, _Looks.of(names)) for names in (left.names, left.aliases)]
        self.theirs = _Looks.of(right)
        self.texts = left.names.vocabularies.names
        self.first_words = _FirstWords(left.names.vocabularies.words.classes, self.theirs.first)

    def to(self, row: int, names: Ints, least: int, *, or_first_word: bool = False) -> Bools:
        """Say which distinct names of right are near to a name or alias of one row of left.

        Near: a ratio (rapidfuzz, 0 to 100) of at least `least`; "RIZKI" and "RITKI S" are far from "RIZKI SAPUTRA"
        letter by letter, so `or_first_word` takes the same first word, or one a letter away, as well.
        """
        near = np.zeros(len(names), bool)
        letters, length = self.theirs.letters[names], self.theirs.length[names]
        for own, looks in self.own:
            name = int(own.number[row])
            if not own.count[name]:
                continue
            if or_first_word:
                near |= self.first_words.near(int(looks.first[name]))[self.theirs.first[names]]
            likely = letters_apart(letters, looks.letters[name]) <= _allowed(int(looks.length[name]), least)[length]
            at = np.flatnonzero(likely & ~near)
            at = at[self.right.count[names[at]] > 0]
            for mine, theirs in ((own.joined, self.right.joined), (own.ordered, self.right.ordered)):
                if len(at):
                    near[at] = self._is_alike(int(mine[name]), theirs[names[at]], least)
                    at = at[~near[at]]
        return near

    def _is_alike(self, query: int, choices: Ints, least: int) -> Bools:
        """Say which texts, by number, are alike to one."""
        asked, *spelled = self.texts.spelled(np.append(query, choices))
        scores = process.cdist([asked], spelled, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32)
        return np.asarray(scores[0] > 0)


def _allowed(own: int, least: int) -> npt.NDArray[np.uint8]:
    """Return by how many letters names of each length may be apart from one of `own` letters and still be near."""
    allowed = np.minimum((100 - least) * (own + np.arange(_LONGEST + 1)) // 100, 255).astype(np.uint8)
    allowed[_LONGEST] = 255
    return allowed


class _FirstWords:
    """Which first words of a roll's names are at most a letter from a given word (both as spelling classes)."""

    def __init__(self, classes: Vocabulary, theirs: Ints) -> None:
        self.classes = classes
        self.known = np.unique(theirs[theirs >= 0])
        self.spelled = classes.spelled(self.known)
        self.found: dict[int, Ints] = {}

    def near(self, word: int) -> Bools:
        """Return a flag for each spelling class; that of -1, no word, is the last and not set."""
        if word not in self.found:
            query, least = self.classes.spelled(np.asarray([word])), int(self.classes.length[word] >= _SHORTEST)
            distance = process.cdist(query, self.spelled, scorer=OSA.distance, score_cutoff=least, dtype=np.uint8)
            self.found[word] = self.known[distance[0] <= least]
        flags = np.zeros(int(self.known.max(initial=0)) + 2, bool)
        flags[self.found[word]] = True
        return flags
