"""Two texts of one person, side by side: what is equal, what differs, which characters. Pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

SHOWN = 6  # leading digits of an identity number that anyone may see: where it was first registered
SERIAL = 12  # from here on the digits that make an identity number guessable when they are known
MOST_SERIAL_DIGITS = 2  # more differing digits than this would give the serial away
DOT = "•"
WHOLE_NUMBER = 16
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


def plain(text: str) -> Pieces:
    """Return `text` unmarked."""
    return (Piece(text),) if text else ()


def _pieces(text: str, changed: Sequence[bool]) -> Pieces:
    """Join neighbours of equal mark; the pieces' texts joined give `text` again."""
    runs = groupby(zip(text, changed, strict=True), key=lambda pair: pair[1])
    return tuple(Piece("".join(char for char, _ in run), mark) for mark, run in runs)


def _changes(left: str, right: str) -> tuple[list[bool], list[bool]]:
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

    The same words in another order carry no mark: only their order differs.
    """
    words = left.split(" "), right.split(" ")
    if sorted(words[0]) == sorted(words[1]):
        return plain(left), plain(right)
    marks: tuple[list[bool], list[bool]] = ([], [])
    matcher = SequenceMatcher(None, *words, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        block = " ".join(words[0][a:b]), " ".join(words[1][c:d])
        found = _changes(*block) if kind != "equal" else tuple([False] * len(part) for part in block)
        for side, part, at in zip(marks, found, (a, c), strict=True):
            gap = [False] if at and part else []  # the space before every block but the first
            side.extend([*gap, *part])
    return _pieces(left, marks[0]), _pieces(right, marks[1])


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


def masked(number: str) -> str:
    """Return an identity number with only its leading digits, as long as it was: "331601••••••••••"."""
    return number[:SHOWN] + DOT * (len(number) - SHOWN)


def masked_pair(left: str, right: str) -> tuple[Pieces, Pieces]:
    """Mask two identity numbers but show, by position, the digits that differ.

    When so many digits of the serial differ that showing them would give it away, their places are
    marked and the digits stay hidden.
    """
    changed = _number_changes(left, right)
    hide = max(sum(marks[SERIAL:]) for marks in changed) > MOST_SERIAL_DIGITS

    def seen(at: int, differs: bool) -> bool:
        return at < SHOWN or (differs and not (hide and at >= SERIAL))

    sides: list[Pieces] = []
    for number, marks in zip((left, right), changed, strict=True):
        shown = "".join(c if seen(at, marks[at]) else DOT for at, c in enumerate(number))
        sides.append(_pieces(shown, marks))
    return sides[0], sides[1]


def _number_changes(left: str, right: str) -> tuple[list[bool], list[bool]]:
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
