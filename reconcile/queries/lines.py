"""The lines of the comparison: a row, the word for it, and its part of the sentence above the records."""

from collections.abc import Mapping
from dataclasses import dataclass

from reconcile.labels import MEANINGS, difference_text, level_text, reason_text
from reconcile.queries.comparing import Sign
from reconcile.queries.fields import IDENTITY, Row
from reconcile.queries.meanings import Meaning

MISSING = "missing"  # the level of a field that could not be compared
PLAIN = frozenset(
    {"equal", "differs", "different", "contradicts", "one_part", MISSING}
)  # levels that say no more than the sign does
SAID = frozenset(
    {(Meaning.SWAPPED, level) for level in ("transposed", "swapped", "same_words")} | {(Meaning.SPELLING, "spelling")}
)


@dataclass(frozen=True)
class Line:
    """A row of the comparison. `detail`: what the matcher found, where that says more than the meaning."""

    row: Row
    detail: str
    levels: tuple[tuple[str, str], ...]  # of the fields of a match that speak of this row

    @property
    def word(self) -> str:
        """Return the meaning in one of the fixed words."""
        return str(MEANINGS[self.row.meaning])

    @property
    def doubts(self) -> bool:
        return self.row.differs

    @property
    def reason(self) -> str:
        """Return the line as a part of the sentence above the records, "" where nothing was compared."""
        if self.row.sign is Sign.EMPTY or not (self.levels or self.doubts):
            return ""
        if len(self.levels) > 1 or not self.doubts or any(level not in PLAIN for _name, level in self.levels):
            return ", ".join(reason_text(name, level) for name, level in self.levels)
        return difference_text(self.row.name, self.row.meaning)


def line_of(row: Row, levels: Mapping[str, str]) -> Line:
    found = tuple((name, levels[name]) for name in row.evidence if levels.get(name, MISSING) != MISSING)
    telling = [one for one in found if one[1] not in PLAIN and (row.meaning, one[1]) not in SAID]
    text = level_text if len(found) == 1 else reason_text
    return Line(row, "; ".join(text(name, level) for name, level in telling), found)


def stays(line: Line) -> bool:
    """Say whether a row is shown among the differences only: who somebody is always is (rule 2)."""
    return line.row.name in IDENTITY or line.row.sign is Sign.DIFFERENT
