"""Which names are near enough for two records to be looked at: letter by letter, words as written or in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from reconcile.matching.encoding import People
from reconcile.matching.lettering import Letters, letters_apart
from reconcile.matching.sorting import Asked, Pairs, together
from reconcile.matching.wording import Ints, Names, Vocabulary

Bools = npt.NDArray[np.bool_]
_LONGEST = 255  # letters: longer names are all read
_SHORTEST = 4  # letters of a first word of which one may be wrong


@dataclass(frozen=True)
class Looks:
    """What can be compared of names without reading them; of distinct names, or of records in some order."""

    letters: Letters
    length: npt.NDArray[np.uint8]
    first: Ints  # spelling class of the first word, -1: no word

    @classmethod
    def of(cls, names: Names) -> "Looks":
        """Return the looks of distinct names."""
        texts = names.vocabularies.names
        letters = np.append(texts.letters, np.uint64(0))[names.joined]
        length = np.minimum(np.append(texts.length, 0), _LONGEST).astype(np.uint8)
        return cls(letters, length[names.joined], names.folded[:, 0])

    def at(self, places: Ints | slice) -> "Looks":
        return Looks(self.letters[places], self.length[places], self.first[places])


@dataclass(frozen=True)
class Carried:
    """The folded names that somebody on a roll carries, short ones first, and how they look."""

    text: Ints
    voters: Ints  # who carry it
    length: Ints
    letters: Letters

    @classmethod
    def of(cls, names: Names) -> "Carried":
        texts, joined = names.vocabularies.names, names.joined[names.number]
        voters = np.bincount(joined[joined >= 0], minlength=len(texts))
        carried = np.flatnonzero(voters)
        text = carried[np.argsort(texts.length[carried], kind="stable")].astype(np.int32)
        return cls(text, voters[text], texts.length[text], texts.letters[text])


class Near:
    """The names of a roll beside the names and aliases of a register. `looks`: those of the roll's distinct names."""

    def __init__(self, left: People, right: Names, looks: Looks) -> None:
        self.right = right
        self.own = [(names, Looks.of(names).at(names.number)) for names in (left.names, left.aliases)]
        self.texts = left.names.vocabularies.names
        self.first_words = _FirstWords(left.names.vocabularies.words.classes, looks.first)

    def to(self, rows: Ints, numbers: Ints, theirs: Looks, least: int) -> Bools:
        """Say for pairs of a row of left and a name of right, by number, which are near by name or alias.

        Near: a ratio (rapidfuzz, 0 to 100) of at least `least`. `theirs`: how the names of these numbers look.
        """
        near = np.zeros(len(rows), bool)
        for own, looks in self._stated():
            apart = letters_apart(theirs.letters, looks.letters[rows])
            likely = np.flatnonzero((apart <= _most_apart(least)[looks.length[rows], theirs.length]) & ~near)
            near[likely] = self._read(own, rows[likely], numbers[likely], least)
        return near

    def among(self, asked: Asked, theirs: Looks, least: int) -> Pairs:
        """Return pairs of a row of left and a place, of the stretches asked for, whose names are near by name or alias.

        `theirs`: how all names look in the order of the stretches. Near is what it is for `to`, and who has the same
        first word or one a letter away: "RIZKI" and "RITKI S" are far from "RIZKI SAPUTRA" letter by letter. A pair
        that is near both ways may stand twice.
        """
        return together(self._among(own, looks, asked, theirs, least) for own, looks in self._stated())

    def _stated(self) -> Iterator[tuple[Names, Looks]]:
        return ((own, looks) for own, looks in self.own if own.count[own.number].any())

    def _among(self, own: Names, looks: Looks, asked: Asked, theirs: Looks, least: int) -> Pairs:
        places, first, most = [np.zeros(0, np.int64)], [np.zeros(0, bool)], _most_apart(least)
        named = np.flatnonzero(own.count[own.number[asked.asker]] > 0)  # few have an alias
        rows = asked.asker[named]
        # Stretch by stretch: what lies side by side is looked at many times as fast as what is gathered.
        for row, start, length in zip(rows, asked.start[named].tolist(), asked.length[named].tolist(), strict=True):
            one = slice(start, start + length)
            same_word = self.first_words.near(int(looks.first[row]))[theirs.first[one]]
            apart = letters_apart(theirs.letters[one], looks.letters[row])
            likely = np.flatnonzero(same_word | (apart <= most[looks.length[row]][theirs.length[one]]))
            places.append(likely + start)
            first.append(same_word[likely])
        rows = np.repeat(rows, [len(some) for some in places[1:]])
        found, near = np.concatenate(places), np.concatenate(first)
        at = np.flatnonzero(~near)
        near[at] = self._read(own, rows[at], self.right.number[asked.order[found[at]]], least)
        return rows[near], found[near]

    def _read(self, own: Names, rows: Ints, theirs: Ints, least: int) -> Bools:
        """Say which pairs of a row and a name, by number, are alike, words as written or in order."""
        near, mine = np.zeros(len(rows), bool), own.number[rows]
        at = np.flatnonzero((own.count[mine] > 0) & (self.right.count[theirs] > 0))
        for one, other in ((own.joined, self.right.joined), (own.ordered, self.right.ordered)):
            near[at] = self._are_alike(one[mine[at]], other[theirs[at]], least)
            at = at[~near[at]]
        return near

    def _are_alike(self, mine: Ints, theirs: Ints, least: int) -> Bools:
        """Say which pairs of texts, by number, are alike; each pair is read once."""
        code, back = np.unique(mine.astype(np.int64) * len(self.texts) + theirs, return_inverse=True)
        one, other = (self.texts.spelled(side) for side in np.divmod(code, max(1, len(self.texts))))
        scores = process.cpdist(one, other, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32)
        return np.asarray(scores > 0)[back]


@cache
def _most_apart(least: int) -> npt.NDArray[np.uint8]:
    """Return by two lengths how far apart by their letters (`letters_apart`) two texts of a ratio of `least` can be."""
    length = np.add.outer(np.arange(_LONGEST + 1), np.arange(_LONGEST + 1))
    return np.where(length >= _LONGEST, _LONGEST, length * (100 - least) // 100).astype(np.uint8)


class _FirstWords:
    """Which first words of a roll's names are at most a letter from a given word (both as spelling classes)."""

    def __init__(self, classes: Vocabulary, theirs: Ints) -> None:
        self.classes = classes
        self.known = np.unique(theirs[theirs >= 0])
        self.spelled = classes.spelled(self.known)
        self.found: dict[int, Bools] = {}

    def near(self, word: int) -> Bools:
        """Return for each first word whether it is at most a letter from this one; no word (-1) is near none."""
        if word not in self.found:
            near = np.zeros(int(self.known.max(initial=0)) + 2, bool)  # the last stands for no word
            if word >= 0:
                near[self._near(word)] = True
            self.found[word] = near
        return self.found[word]

    def _near(self, word: int) -> Ints:
        query, least = self.classes.spelled(np.asarray([word])), int(self.classes.length[word] >= _SHORTEST)
        distance = process.cdist(query, self.spelled, scorer=OSA.distance, score_cutoff=least, dtype=np.uint8)
        return np.asarray(self.known[distance[0] <= least])
