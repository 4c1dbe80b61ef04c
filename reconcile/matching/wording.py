"""Names -> arrays: words as numbers of one vocabulary, and the folded name joined and in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.matching.folding import fold_word

WORDS = 8  # words of a name that are compared one by one; the joined name holds them all
NOTHING = -1
Ints = npt.NDArray[np.signedinteger[Any]]


@dataclass
class Vocabulary:
    """Texts as numbers. Numbers depend on the order texts are met, so they never order a result."""

    number_by_text: dict[str, int] = field(default_factory=dict)

    def encode(self, texts: pa.Array) -> Ints:
        """Return a number for each text, -1 for null or empty."""
        coded = pc.fill_null(texts, "").dictionary_encode()
        numbers = [
            NOTHING if not text else self.number_by_text.setdefault(text, len(self.number_by_text))
            for text in coded.dictionary.to_pylist()
        ]
        return np.asarray(numbers, np.int64)[np.asarray(coded.indices)] if len(numbers) else np.zeros(0, np.int64)

    def __len__(self) -> int:
        return len(self.number_by_text)


@dataclass
class Names:
    """Names of n people. `words` and `folded` are (n, WORDS) numbers, -1 where a name has fewer.

    `plain` is the name as cleaned; `joined` the folded name without spaces; `ordered` the same with its words
    in alphabetical order.
    """

    words: Ints
    folded: Ints
    letters: Ints  # number of the only letter of a one-letter word, -1 otherwise
    first: Ints  # number of the first letter of every word
    plain: pa.Array
    joined: pa.Array
    ordered: pa.Array
    fold_text: list[str]  # text of each folded word, shared by all tables of one run

    @property
    def count(self) -> Ints:
        return np.asarray((self.words >= 0).sum(axis=1))


@dataclass
class Vocabularies:
    words: Vocabulary = field(default_factory=Vocabulary)
    folded: Vocabulary = field(default_factory=Vocabulary)
    places: Vocabulary = field(default_factory=Vocabulary)
    folded_of_word: list[int] = field(default_factory=list)
    first_of_word: list[int] = field(default_factory=list)
    letter_of_word: list[int] = field(default_factory=list)
    text_of_fold: list[str] = field(default_factory=list)

    def grow(self) -> None:
        """Fold the words met since the last call."""
        for word in list(self.words.number_by_text)[len(self.folded_of_word) :]:
            key = fold_word(word) or word
            number = self.folded.number_by_text.setdefault(key, len(self.folded))
            if number == len(self.text_of_fold):
                self.text_of_fold.append(key)
            self.folded_of_word.append(number)
            self.first_of_word.append(ord(word[0]))
            self.letter_of_word.append(ord(word) if len(word) == 1 else NOTHING)


def encode_names(names: pa.Array, vocabularies: Vocabularies) -> Names:
    """Encode cleaned names: apostrophes vanish, hyphens part words (ASY'ARI, NUR-AINI)."""
    plain = pc.replace_substring_regex(pc.fill_null(names, ""), "['`]", "")
    plain = pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, r"[-;\s]+", " "))
    split = pc.split_pattern(plain, " ")
    words = vocabularies.words.encode(split.flatten())
    vocabularies.grow()
    offsets = np.asarray(split.offsets)
    folded = _taken(vocabularies.folded_of_word, words)
    matrix = _padded(words, offsets)
    fold_text = pa.array([*vocabularies.text_of_fold, ""], pa.string())
    joined = pc.binary_join(
        pa.ListArray.from_arrays(split.offsets, fold_text.take(pa.array(folded % len(fold_text)))), ""
    )
    return Names(
        words=matrix,
        folded=_padded(folded, offsets),
        letters=_padded(_taken(vocabularies.letter_of_word, words), offsets),
        first=_padded(_taken(vocabularies.first_of_word, words), offsets),
        plain=plain,
        joined=joined,
        ordered=_ordered(folded, offsets, vocabularies.text_of_fold),
        fold_text=vocabularies.text_of_fold,
    )


def _taken(numbers: Sequence[int], places: Ints) -> Ints:
    table = np.asarray([*numbers, NOTHING], np.int64)
    return table[places]


def _padded(flat: Ints, offsets: npt.NDArray[np.int32]) -> Ints:
    """Lay a flat list of words out as rows of WORDS, -1 behind the last word of each."""
    n = len(offsets) - 1
    rows = np.repeat(np.arange(n), np.diff(offsets))
    places = np.arange(len(flat)) - np.repeat(offsets[:-1], np.diff(offsets))
    kept = places < WORDS
    matrix = np.full((n, WORDS), NOTHING, np.int32)
    matrix[rows[kept], places[kept]] = flat[kept]
    return matrix


def _ordered(folded: Ints, offsets: npt.NDArray[np.int32], text_of_fold: Sequence[str]) -> pa.Array:
    """Return each name's folded words in alphabetical order, joined; equal for any order of words."""
    rank = np.empty(len(text_of_fold) + 1, np.int64)
    rank[np.argsort(np.asarray([*text_of_fold, ""], object), kind="stable")] = np.arange(len(text_of_fold) + 1)
    rows = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    order = np.lexsort((rank[folded], rows))
    text = pa.array([*text_of_fold, ""], pa.string())
    return pc.binary_join(
        pa.ListArray.from_arrays(pa.array(offsets), text.take(pa.array(folded[order] % len(text)))), ""
    )
