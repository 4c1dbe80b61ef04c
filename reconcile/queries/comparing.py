"""Two texts of one person, side by side: what is equal, what differs, which characters. Pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate, groupby

from reconcile.writing.masking import DOT, SHOWN

SERIAL = 12  # from here on the digits that make an identity number guessable when they are known
MOST_SERIAL_DIGITS = 2  # more differing digits than this would give the serial away
ALIKE_ENOUGH = 0.4  # below this, marking single letters in two words only confuses


class Sign(StrEnum):
    """The middle column. An empty cell is not a difference."""

    SAME = "="
    ALIKE = "≈"
    DIFFERENT = "≠"
    EMPTY = "∅"


@dataclass(frozen=True)
class Piece:
    """A run of characters, marked where they differ from the other side."""

    text: str
    changed: bool = False


Pieces = tuple[Piece, ...]
Marks = list[bool]


def plain(text: str) -> Pieces:
    """Return `text` unmarked."""
    return (Piece(text),) if text else ()


def _pieces(text: str, changed: Sequence[bool]) -> Pieces:
    """Join neighbours of equal mark; the pieces' texts joined give `text` again."""
    runs = groupby(zip(text, changed, strict=True), key=lambda pair: pair[1])
    return tuple(Piece("".join(char for char, _ in run), mark) for mark, run in runs)


def _changes(left: str, right: str) -> tuple[Marks, Marks]:
    """Mark the characters of both texts that the other one does not have in that place."""
    marks = [True] * len(left), [True] * len(right)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() >= ALIKE_ENOUGH:
        for block in matcher.get_matching_blocks():
            marks[0][block.a : block.a + block.size] = [False] * block.size
            marks[1][block.b : block.b + block.size] = [False] * block.size
    return marks


def differing(left: str, right: str) -> tuple[Pieces, Pieces]:
    """Mark what differs: whole words first, then the letters inside words that are alike.

    The same words in another order carry no mark: only their order differs. Of words compared in order and words
    compared wherever they stand, the way that marks less is taken. Capitals and points are no difference.
    """
    texts = _bare(left), _bare(right)
    ways = (_in_order(*texts), _anywhere(*texts))
    marks = min(ways, key=lambda way: sum(way[0]) + sum(way[1]))
    return _pieces(left, marks[0]), _pieces(right, marks[1])


def _bare(text: str) -> str:
    """Return capitals and spaces for what is no letter of a word: as many characters as there were."""
    return "".join(" " if char in ".," else char.upper() if len(char.upper()) == 1 else char for char in text)


def _in_order(left: str, right: str) -> tuple[Marks, Marks]:
    words, starts = (left.split(" "), right.split(" ")), (_starts(left), _starts(right))
    marks = [False] * len(left), [False] * len(right)
    for kind, *ends in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        # From the first letter of the block's first word to the last one of its last.
        spans = [(at[one], at[other] - 1) for at, one, other in zip(starts, ends[::2], ends[1::2], strict=True)]
        spans = [(one, max(one, other)) for one, other in spans]
        parts = [text[slice(*span)] for text, span in zip((left, right), spans, strict=True)]
        for side, span, found in zip(marks, spans, _changes(parts[0], parts[1]), strict=True):
            side[slice(*span)] = found
    return marks


def _starts(text: str) -> list[int]:
    """Return where each word begins, and where one after the last would."""
    return list(accumulate((len(word) + 1 for word in text.split(" ")), initial=0))


def _anywhere(left: str, right: str) -> tuple[Marks, Marks]:
    """Mark word by word, each beside the word most like it, wherever that stands; who has none is marked whole."""
    words = left.split(" "), right.split(" ")
    marks = [[True] * len(word) for word in words[0]], [[True] * len(word) for word in words[1]]
    alike = [
        (SequenceMatcher(None, one, other, autojunk=False).ratio(), -at, -there)
        for at, one in enumerate(words[0])
        for there, other in enumerate(words[1])
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    for ratio, at, there in sorted(alike, reverse=True):
        if ratio >= ALIKE_ENOUGH and -at not in taken[0] and -there not in taken[1]:
            taken[0].add(-at)
            taken[1].add(-there)
            marks[0][-at], marks[1][-there] = _changes(words[0][-at], words[1][-there])
    return _spaced(marks[0]), _spaced(marks[1])


def _spaced(marks: Sequence[Marks]) -> Marks:
    """Join the marks of words, the spaces between them unmarked."""
    return [mark for at, word in enumerate(marks) for mark in ([False] if at else []) + word]


def date_parts(left: str, right: str) -> tuple[Pieces, Pieces]:
    """Mark the parts (day, month, year) that differ in two dates written dd-mm-yyyy."""
    parts = left.split("-"), right.split("-")
    if len(parts[0]) != len(parts[1]):
        return (Piece(left, True),), (Piece(right, True),)
    pairs = list(zip(*parts, strict=True))
    marked = [
        [Piece(pair[side] + ("-" if at < len(pairs) - 1 else ""), pair[0] != pair[1]) for at, pair in enumerate(pairs)]
        for side in (0, 1)
    ]
    return tuple(marked[0]), tuple(marked[1])


def number_pair(left: str, right: str, *, whole: bool = False) -> tuple[Pieces, Pieces]:
    """Return two identity numbers with the digits that differ marked, by position.

    All other digits but the leading ones are masked, unless somebody may see the `whole` numbers. The last four
    are what must stay hidden (reliability 4.2): the rest is region and birth date. When so many of them differ
    that showing them would give the number away, their places are marked and the digits stay hidden.
    """
    changed = _number_changes(left, right)
    hide = max(sum(marks[SERIAL:]) for marks in changed) > MOST_SERIAL_DIGITS

    def seen(at: int, differs: bool) -> bool:
        return whole or at < SHOWN or (differs and not (hide and at >= SERIAL))

    sides: list[Pieces] = []
    for number, marks in zip((left, right), changed, strict=True):
        shown = "".join(c if seen(at, marks[at]) else DOT for at, c in enumerate(number))
        sides.append(_pieces(shown, marks))
    return sides[0], sides[1]


def _number_changes(left: str, right: str) -> tuple[Marks, Marks]:
    """Compare digit by digit; a number that lost a digit is aligned first."""
    if len(left) == len(right):
        marks = [a != b for a, b in zip(left, right, strict=True)]
        return marks, list(marks)
    found = [True] * len(left), [True] * len(right)
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        found[0][block.a : block.a + block.size] = [False] * block.size
        found[1][block.b : block.b + block.size] = [False] * block.size
    return found


def sign_of(left: str, right: str, tidy: Callable[[str], str] = str.upper) -> Sign:
    """Return how two texts stand to each other; `tidy` is the cleaning after which they may be alike."""
    if not left or not right:
        return Sign.EMPTY
    if left == right:
        return Sign.SAME
    return Sign.ALIKE if tidy(left) == tidy(right) else Sign.DIFFERENT
