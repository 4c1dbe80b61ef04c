"""What a difference between two texts means, in one of a few fixed words (review_screens.md 3.1, rule 6).

Pure functions of what the screen shows, so that the word and the row can never say two things.
"""

from collections.abc import Sequence
from enum import StrEnum

from rapidfuzz import fuzz

from reconcile.matching.folding import fold_word
from reconcile.queries.comparing import Sign

SPELT_ALIKE = 60  # rapidfuzz ratio from which two names are one name written in two ways
MOST_DIGITS = 4  # of an identity number; more differing ones are another number, no slip of the pen
LONGEST_SHORT = 4  # letters of a word that stands for a longer one: MUH, ABD, MOCH


class Meaning(StrEnum):
    """SPELLING to SHORT are the six kinds of difference; the others say that there is none, or no kind."""

    SAME = "same"
    TIDIED = "tidied"
    SPELLING = "spelling"
    SWAPPED = "swapped"
    EMPTY = "empty"
    DIGITS = "digits"
    YEAR = "year"
    SHORT = "short"
    DIFFERENT = "different"
    ONE_SIDED = "one_sided"  # only one kind of list states this at all: not compared


OF_SIGN = {
    Sign.SAME: Meaning.SAME,
    Sign.ALIKE: Meaning.TIDIED,
    Sign.DIFFERENT: Meaning.DIFFERENT,
    Sign.EMPTY: Meaning.EMPTY,
}


def of_names(left: str, right: str) -> Meaning:
    """Say in what two names, or places, differ."""
    words = left.split(), right.split()
    if left == right:
        return Meaning.SAME
    if sorted(words[0]) == sorted(words[1]):
        return Meaning.SWAPPED
    if _is_short_for(*sorted(words, key=lambda some: sum(map(len, some)))):
        return Meaning.SHORT
    folded = [" ".join(map(fold_word, some)) for some in words]
    if max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right), fuzz.ratio(*folded)) >= SPELT_ALIKE:
        return Meaning.SPELLING
    return Meaning.DIFFERENT


def _is_short_for(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether each word of a name begins, or stands for, a word of the other, in its order."""
    waiting = iter(long)
    found = [next((other for other in waiting if _stands_for(word, other)), "") for word in short]
    return bool(short) and all(found) and any(len(word) > 1 for word in short)


def _stands_for(word: str, other: str) -> bool:
    if other.startswith(word.rstrip(".")):
        return True
    return len(word) <= LONGEST_SHORT < len(other) and fold_word(word) == fold_word(other)


def of_numbers(left: str, right: str) -> Meaning:
    """Say in what two identity numbers differ; one may have lost a digit."""
    if left == right:
        return Meaning.SAME
    if len(left) != len(right):
        return Meaning.DIGITS
    at = [place for place, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]
    if len(at) == 2 and (left[at[0]], left[at[1]]) == (right[at[1]], right[at[0]]):
        return Meaning.SWAPPED
    return Meaning.DIGITS if len(at) <= MOST_DIGITS else Meaning.DIFFERENT


def of_dates(left: str, right: str) -> Meaning:
    """Say in what two dates differ, written dd-mm-yyyy or the year alone."""
    one, other = left.split("-"), right.split("-")
    if left == right:
        return Meaning.SAME
    if len(one) != 3 or len(other) != 3:
        return Meaning.YEAR if one[-1] != other[-1] else Meaning.TIDIED
    differ = [a != b for a, b in zip(one, other, strict=True)]
    if differ == [True, True, False] and one[:2] == other[1::-1]:
        return Meaning.SWAPPED
    if differ == [False, False, True]:
        return Meaning.YEAR
    return Meaning.DIGITS if sum(differ) == 1 else Meaning.DIFFERENT
