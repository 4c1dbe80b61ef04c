"""Names -> arrays: words as numbers of one vocabulary, and the folded name joined and in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.matching.folding import fold_word
from reconcile.matching.lettering import Letters, hashes_of, letters_of

WORDS = 8  # words of a name that are compared one by one; the joined name holds them all
NOTHING = -1
# Titles of nobility that one office writes and another leaves out (domain 7.1). "R" may be an initial, so it is kept.
HONORIFICS = frozenset({"R", "RR", "RM", "RNG", "RADEN"})
Ints = npt.NDArray[np.signedinteger[Any]]


def _no_texts() -> pa.Array:
    return pa.array([], pa.string())


def _no_numbers() -> Ints:
    return np.zeros(0, np.int32)


def _no_letters() -> Letters:
    return np.zeros(0, np.uint64)


@dataclass
class Vocabulary:
    """Texts as numbers. Numbers depend on the order texts are met, so they never order a result."""

    texts: pa.Array = field(default_factory=_no_texts)  # those of a roll, once `settle` was called
    letters: Letters = field(default_factory=_no_letters)
    length: Ints = field(default_factory=_no_numbers)  # in letters
    # The texts of the roll, sorted by a number made of each: looked up without reading them all.
    hashes: Letters = field(default_factory=_no_letters)
    by_hash: Ints = field(default_factory=_no_numbers)
    fresh: pa.Array = field(default_factory=_no_texts)  # the texts met since, numbered behind the others

    def __post_init__(self) -> None:
        self._spelled: list[npt.NDArray[np.object_]] = []  # those of a roll, for all copies; filled when asked for
        self._spelled_all: npt.NDArray[np.object_] | None = None

    def copy(self) -> Self:
        """Return a vocabulary that can grow without this one growing."""
        made = replace(self)
        made._spelled = self._spelled
        return made

    def encode(self, texts: pa.Array) -> Ints:
        """Return a number for each text, -1 for null or empty; texts not met before are added."""
        coded = pc.fill_null(texts, "").dictionary_encode()
        distinct = coded.dictionary
        numbers = self._numbers(distinct)
        fresh = (numbers == NOTHING) & np.asarray(pc.not_equal(distinct, ""))
        numbers[fresh] = len(self) + np.arange(fresh.sum())
        if fresh.any():
            self._add(distinct.filter(pa.array(fresh)))
        return np.asarray(numbers[np.asarray(coded.indices)] if len(numbers) else numbers)

    def _numbers(self, texts: pa.Array) -> Ints:
        """Return the numbers of texts met before, -1 for others."""
        settled = len(self.texts)
        found = pc.fill_null(pc.index_in(texts, value_set=self.fresh), NOTHING - settled)
        numbers = np.asarray(found).astype(np.int32) + np.int32(settled)
        if settled:
            wanted = hashes_of(texts)
            place = self.by_hash[np.minimum(np.searchsorted(self.hashes, wanted), settled - 1)]
            same = np.asarray(pc.equal(self.texts.take(pa.array(place)), texts))
            numbers = np.where(same, place, numbers)
        return numbers

    def _add(self, texts: pa.Array) -> None:
        # The roll's texts are many: they stay where they are.
        self.fresh = pa.concat_arrays([self.fresh, texts])
        self.letters = np.concatenate([self.letters, letters_of(texts)])
        self.length = np.concatenate([self.length, np.asarray(pc.utf8_length(texts)).astype(np.int32)])

    def settle(self) -> None:
        """Make the texts quick to look up, unless two of them share a number, which hardly ever happens."""
        hashes = hashes_of(self.fresh)
        order = np.argsort(hashes, kind="stable").astype(np.int32)
        if not len(self.texts) and (hashes[order][1:] != hashes[order][:-1]).all():
            self.hashes, self.by_hash = hashes[order], order
            self.texts, self.fresh = self.fresh, _no_texts()
            self.__post_init__()  # what was spelled out before was all of it fresh

    def all_texts(self) -> pa.Array:
        return pa.concat_arrays([self.texts, self.fresh])

    def spelled(self, numbers: Ints) -> list[str]:
        """Return the texts of these numbers. All are taken out of Arrow's memory when first asked for."""
        if self._spelled_all is None or len(self._spelled_all) < len(self):
            if not self._spelled:
                self._spelled.append(self.texts.to_numpy(zero_copy_only=False))
            self._spelled_all = np.append(self._spelled[0], self.fresh.to_numpy(zero_copy_only=False))
        return self._spelled_all[numbers].tolist()

    def __len__(self) -> int:
        return len(self.texts) + len(self.fresh)


@dataclass
class Words(Vocabulary):
    """Words of names, each with its spelling class (`folding`) and its letters."""

    class_of: Ints = field(default_factory=_no_numbers)
    first: Ints = field(default_factory=_no_numbers)  # code of the first letter
    only: Ints = field(default_factory=_no_numbers)  # code of the only letter of a word of one, -1 otherwise
    classes: Vocabulary = field(default_factory=Vocabulary)

    def copy(self) -> Self:
        made = super().copy()
        made.classes = self.classes.copy()
        return made

    def _add(self, texts: pa.Array) -> None:
        super()._add(texts)
        words = texts.to_pylist()
        classes = self.classes.encode(pa.array([fold_word(word) or word for word in words], pa.string()))
        first = np.asarray([ord(word[0]) for word in words], np.int32)
        single = np.asarray([len(word) == 1 for word in words], bool)
        self.class_of = np.concatenate([self.class_of, classes])
        self.first = np.concatenate([self.first, first])
        self.only = np.concatenate([self.only, np.where(single, first, NOTHING).astype(np.int32)])


@dataclass
class Vocabularies:
    """The words, names, places and streets of one roll, and of the registers compared with it."""

    words: Words = field(default_factory=Words)
    names: Vocabulary = field(default_factory=Vocabulary)  # whole names in all the ways `Names` keeps them
    places: Vocabulary = field(default_factory=Vocabulary)
    streets: Vocabulary = field(default_factory=Vocabulary)

    def settle(self) -> None:
        for one in (self.words, self.words.classes, self.names, self.places, self.streets):
            one.settle()

    def copy(self) -> "Vocabularies":
        """Return vocabularies that can grow without these growing."""
        return Vocabularies(self.words.copy(), self.names.copy(), self.places.copy(), self.streets.copy())


@dataclass
class Names:
    """The distinct names of n people, and which of them each carries.

    `number` (n,) is a row of the other arrays. `words`, `folded` (spelling classes), `first` and `only` (letters)
    are (d, WORDS), -1 where a name has fewer words. `plain` is the name as cleaned, `squeezed` the same without
    spaces, `joined` the folded name without spaces, `ordered` that with its words in alphabetical order, `bare` that
    without a title of nobility before it: numbers of `Vocabularies.names`, -1 where there is no name.
    """

    number: Ints
    words: Ints
    folded: Ints
    first: Ints
    only: Ints
    count: Ints
    plain: Ints
    squeezed: Ints
    joined: Ints
    ordered: Ints
    bare: Ints
    vocabularies: Vocabularies

    def folded_of(self, row: int) -> Ints:
        """Return the spelling classes of one person's words."""
        return np.asarray(self.folded[self.number[row]])


def encode_names(names: pa.Array, vocabularies: Vocabularies) -> Names:
    """Encode cleaned names: apostrophes vanish, hyphens part words (ASY'ARI, NUR-AINI)."""
    written = pc.fill_null(names, "").dictionary_encode()
    cleaned = pc.replace_substring_regex(written.dictionary, "['`]", "")
    cleaned = pc.utf8_trim_whitespace(pc.replace_substring_regex(cleaned, r"[-;\s]+", " ")).dictionary_encode()
    plain = cleaned.dictionary
    split = pc.split_pattern(plain, " ")
    known = vocabularies.words
    words, offsets = known.encode(split.flatten()), np.asarray(split.offsets)
    folded = _taken(known.class_of, words)
    titled = _titled(words, offsets, known)
    joined, ordered, bare = _joined(folded, offsets, titled, known.classes.all_texts())
    squeezed = pc.replace_substring(plain, " ", "")
    ways = [plain, squeezed, joined, ordered, bare]
    texts = vocabularies.names.encode(pa.concat_arrays(ways)).reshape(len(ways), len(plain))
    matrix = _padded(words, offsets)
    return Names(
        number=np.asarray(cleaned.indices)[np.asarray(written.indices)],
        words=matrix,
        folded=_taken(known.class_of, matrix),
        first=_taken(known.first, matrix),
        only=_taken(known.only, matrix),
        count=(matrix >= 0).sum(axis=1).astype(np.int8),
        plain=texts[0],
        squeezed=texts[1],
        joined=texts[2],
        ordered=texts[3],
        bare=texts[4],
        vocabularies=vocabularies,
    )


def _taken(table: Ints, places: Ints) -> Ints:
    """Return the entries of a table; -1 for a place of -1."""
    return np.append(table, np.int32(NOTHING))[places]


def _padded(flat: Ints, offsets: npt.NDArray[np.int32]) -> Ints:
    """Lay a flat list of words out as rows of WORDS, -1 behind the last word of each."""
    n = len(offsets) - 1
    rows = np.repeat(np.arange(n), np.diff(offsets))
    places = np.arange(len(flat)) - np.repeat(offsets[:-1], np.diff(offsets))
    kept = places < WORDS
    matrix = np.full((n, WORDS), NOTHING, np.int32)
    matrix[rows[kept], places[kept]] = flat[kept]
    return matrix


def _titled(words: Ints, offsets: npt.NDArray[np.int32], known: Words) -> npt.NDArray[np.bool_]:
    """Return for each word of all names whether it is a title of nobility before other words."""
    title = np.asarray(pc.is_in(known.all_texts(), value_set=pa.array(sorted(HONORIFICS))), bool)
    first = offsets[:-1][np.diff(offsets) > 1]
    titled = np.zeros(len(words), bool)
    titled[first] = title[words[first]] if len(title) else False
    return titled


def _joined(
    folded: Ints, offsets: npt.NDArray[np.int32], titled: npt.NDArray[np.bool_], classes: pa.Array
) -> Sequence[pa.Array]:
    """Return each name's folded words joined, as they stand, in alphabetical order, and that without the title."""
    texts = pa.concat_arrays([classes, pa.array([""])])
    place = np.empty(len(texts), np.int64)
    place[np.asarray(pc.array_sort_indices(texts))] = np.arange(len(texts))
    rows = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    in_order = np.lexsort((place[folded], rows))
    untitled = np.where(titled, len(classes), folded)
    return [
        pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), texts.take(pa.array(words % len(texts)))), "")
        for words in (folded, folded[in_order], untitled[in_order])
    ]
