"""The agreement level of every field for all pairs at once. A level is an index in that field's LEVELS.

`left` and `right` are arrays of rows of the two tables, one entry a pair.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from reconcile.matching.encoding import DATE, LAST, NO_NIK, ROUNDED, SHORT, WHOLE, People
from reconcile.matching.indexing import Index
from reconcile.matching.lettering import letters_apart
from reconcile.matching.naming import LEVEL, name_levels
from reconcile.matching.numbering import transposed
from reconcile.matching.options import LEVELS, STREET_ALIKE
from reconcile.matching.placing import place_levels
from reconcile.matching.wording import NOTHING, Ints, Vocabulary

Levels = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
LIKE_NAME = LEVEL["missing_word"]  # the last level at which names are the same but for what offices do to names
_ALIAS_CLEAR = LEVEL["two_letters"]  # an alias must be so near to count at all


@dataclass(frozen=True)
class Compared:
    """Levels of all pairs by field, and the bits of the words their names share."""

    left: Ints
    right: Ints
    levels: dict[str, Levels]
    name_bits: Floats

    def level(self, field: str, pair: int) -> str:
        """Return the name of one pair's level."""
        return LEVELS[field][int(self.levels[field][pair])]

    def is_level(self, field: str, *wanted: str) -> Bools:
        is_wanted = np.zeros(len(LEVELS[field]), bool)
        is_wanted[[LEVELS[field].index(level) for level in wanted]] = True
        return is_wanted[self.levels[field]]

    def with_levels(self, **levels: Levels) -> Self:
        """Return the same with these levels of some fields in place of its own."""
        return replace(self, levels={**self.levels, **levels})

    def taken(self, pairs: Ints) -> Self:
        """Return the same for some of the pairs."""
        levels = {field: level[pairs] for field, level in self.levels.items()}
        return replace(self, left=self.left[pairs], right=self.right[pairs], levels=levels,
                       name_bits=self.name_bits[pairs])  # fmt: skip


def compare(left: People, right: People, pairs: tuple[Ints, Ints], index: Index | None, word_bits: Floats) -> Compared:
    """Compare all fields of all pairs. Without an index nobody's NIK is looked for on another's family card."""
    rows, others = pairs
    name, bits = _names(left, right, rows, others, word_bits)
    levels = {
        "name": name,
        "nik": nik_levels(left, right, rows, others, index),
        "birth_date": birth_levels(left, right, rows, others),
        "sex": _equal_or_not(left.sex[rows], right.sex[others], missing=0),
        "birth_place": place_levels(left.names.vocabularies.places, left.birth_place[rows], right.birth_place[others]),
        "region": region_levels(left, right, rows, others),
        "street": street_levels(left, right, rows, others),
        "nkk": _equal_or_not(left.nkk[rows], right.nkk[others], missing=NOTHING),
        "father": _equal_or_not(left.father[rows], right.father[others], missing=NOTHING),
    }
    return Compared(rows, others, levels, bits)


def _names(left: People, right: People, rows: Ints, others: Ints, word_bits: Floats) -> tuple[Levels, Floats]:
    """Compare names, and where a register gives an alias that fits when the name does not, the alias."""
    level, bits = name_levels(left.names, right.names, rows, others, word_bits)
    poor = np.flatnonzero((level >= LEVEL["clipped"]) & left.has_alias[rows])
    if len(poor):
        by_alias, alias_bits = name_levels(left.aliases, right.names, rows[poor], others[poor], word_bits)
        fits = (by_alias <= _ALIAS_CLEAR) | ((by_alias == LEVEL["missing_word"]) & (alias_bits > bits[poor]))
        level[poor[fits]] = LEVEL["alias"]
        bits[poor[fits]] = alias_bits[fits]
    return level, bits


def _select(field: str, conditions: list[tuple[str, Bools]], otherwise: str) -> Levels:
    """Return the first level whose condition holds."""
    names = LEVELS[field]
    return np.select(
        [held for _, held in conditions],
        [names.index(level) for level, _ in conditions],
        names.index(otherwise),
    ).astype(np.int8)


def _equal_or_not(mine: npt.NDArray[np.generic], theirs: npt.NDArray[np.generic], *, missing: object) -> Levels:
    """Return 0 equal, 1 differs, 2 missing on a side; the order of every two-level field."""
    unknown = (mine == missing) | (theirs == missing)
    return np.where(unknown, 2, np.where(mine == theirs, 0, 1)).astype(np.int8)


def nik_levels(left: People, right: People, rows: Ints, others: Ints, index: Index | None) -> Levels:
    """Return how two NIK agree: equal, one fault of typing or of Excel, a relative's, or contradicting."""
    mine, theirs = left.digits[rows], right.digits[others]
    kind = left.nik_kind[rows]
    known = (kind != NO_NIK) & (right.nik_kind[others] == WHOLE)
    differs = mine != theirs
    wrong = differs.sum(axis=1)
    whole = known & (kind == WHOLE)
    relative = np.zeros(len(rows), bool) if index is None else _of_relative(left, right, rows, others, index)
    first_wrong = differs.argmax(axis=1)
    return _select(
        "nik",
        [
            ("missing", ~known),
            ("equal", whole & (wrong == 0)),
            ("relative", whole & relative),
            ("contradicts", whole & _own_dates_differ(left, right, rows, others)),
            ("transposed", whole & transposed(mine, theirs, wrong, first_wrong)),
            ("one_digit_serial", whole & (wrong == 1) & (first_wrong == LAST)),
            ("one_digit_district", whole & (wrong == 1) & (first_wrong <= DATE)),
            ("one_digit", whole & (wrong == 1)),
            ("rounded_fits", known & (kind == ROUNDED) & ~differs[:, :15].any(axis=1)),
            ("short_fits", _one_left_out(mine, theirs, known & (kind == SHORT))),
            ("two_digits", whole & (wrong == 2)),
        ],
        "contradicts",
    )


def _own_dates_differ(left: People, right: People, rows: Ints, others: Ints) -> Bools:
    """True where each NIK carries its own row's birth date and the two dates are not the same.

    Then the digits differ because the people do: a slip of the hand would have broken one of the two.
    """
    both = left.nik_dated[rows] & right.nik_dated[others]
    same = (left.year[rows] == right.year[others]) & (left.month[rows] == right.month[others])
    return np.asarray(both & ~(same & (left.day[rows] == right.day[others])))


def _one_left_out(mine: npt.NDArray[np.int8], theirs: npt.NDArray[np.int8], among: Bools) -> Bools:
    """True where the 15 digits of `mine` are the 16 of `theirs` with one left out, `among` some of the pairs."""
    found = np.zeros(len(mine), bool)
    short, whole = mine[among][:, :15], theirs[among]
    from_start = np.cumprod(short == whole[:, :15], axis=1).sum(axis=1)
    from_end = np.cumprod((short == whole[:, 1:])[:, ::-1], axis=1).sum(axis=1)
    found[among] = from_start + from_end >= 15
    return found


def _of_relative(left: People, right: People, rows: Ints, others: Ints, index: Index) -> Bools:
    """True where the NIK written is that of another voter on the candidate's own family card."""
    asking, back = np.unique(rows, return_inverse=True)
    start, length = index.nik.spans(left.nik[asking], left.nik[asking])
    if not len(index.nik.order):
        return np.zeros(len(rows), bool)
    owner = index.nik.order[np.minimum(start, len(index.nik.order) - 1)][back]
    owned = ((length > 0) & (left.nik[asking] >= 0))[back]
    same_card = (right.nkk[owner] == right.nkk[others]) & (right.nkk[others] >= 0)
    return np.asarray(owned & same_card & (right.nik[owner] != right.nik[others]))


def birth_levels(left: People, right: People, rows: Ints, others: Ints) -> Levels:
    """Return how two birth dates agree; a date of 1 January stands for its year only."""
    y, m, d = left.year[rows], left.month[rows], left.day[rows]
    oy, om, od = right.year[others], right.month[others], right.day[others]
    dated, other_dated = m > 0, om > 0
    both = dated & other_dated
    same = (y == oy).astype(int) + (m == om) + (d == od)
    aged = (left.oldest[rows] > 0) & (oy > 0)
    fits = (oy >= left.oldest[rows]) & (oy <= left.youngest[rows])
    filler = left.filler[rows] | right.filler[others]
    missing = ((y < 0) & ~aged) | (oy < 0)
    return _select(
        "birth_date",
        [
            ("missing", missing),
            ("equal", both & (same == 3)),
            ("swapped", both & (y == oy) & (m == od) & (d == om)),
            ("filler", both & filler & (y == oy)),
            ("one_part", both & (same == 2)),
            ("year_only", ~both & (y > 0) & (y == oy)),
            ("age_fits", (y < 0) & aged & fits),
            ("year_near", ~both & (y > 0) & (np.abs(y - oy) <= 1)),
        ],
        "different",
    )


def region_levels(left: People, right: People, rows: Ints, others: Ints) -> Levels:
    """Return the deepest region both homes are known to share, or that they are in different ones."""
    (village, district, regency), (v, d, r) = left.region, right.region
    known = (regency[rows] >= 0) & (r[others] >= 0)
    return _select(
        "region",
        [
            ("missing", ~known),
            ("village", (village[rows] >= 0) & (village[rows] == v[others])),
            # Known to the same depth as written: a register that names only the district cannot say more.
            ("district", (district[rows] >= 0) & (district[rows] == d[others])),
            ("regency", regency[rows] == r[others]),
        ],
        "elsewhere",
    )


def street_levels(left: People, right: People, rows: Ints, others: Ints) -> Levels:
    """Return whether street or hamlet, and RT with RW, agree. A house number is part of the street."""
    mine, theirs = left.street[rows], right.street[others]
    stated = (mine >= 0) & (theirs >= 0)
    street = np.zeros(len(rows), bool)
    street[stated] = _alike(left.names.vocabularies.streets, mine[stated], theirs[stated])
    numbered = (left.rt[rows] > 0) & (right.rt[others] > 0)
    rt = numbered & (left.rt[rows] == right.rt[others]) & (left.rw[rows] == right.rw[others])
    return _select(
        "street",
        [("missing", ~stated & ~numbered), ("street_and_rt", street & rt), ("street", street), ("rt", rt)],
        "differs",
    )


def _alike(streets: Vocabulary, mine: Ints, theirs: Ints) -> Bools:
    """True where two streets, by number, are spelled alike; each pair of streets is read once."""
    code, back = np.unique(mine.astype(np.int64) * len(streets) + theirs, return_inverse=True)
    one, other = np.divmod(code, max(1, len(streets)))
    apart = letters_apart(streets.letters[one], streets.letters[other]).astype(np.int32)
    at = np.flatnonzero(apart * 100 <= (100 - STREET_ALIKE) * (streets.length[one] + streets.length[other]))
    both = streets.spelled(one[at]), streets.spelled(other[at])
    alike = np.zeros(len(code), bool)
    alike[at] = process.cpdist(*both, scorer=fuzz.ratio, score_cutoff=STREET_ALIKE, dtype=np.float32) > 0
    return alike[back]


def is_named_alike(compared: Compared) -> Bools:
    """True where the names are the same but for spelling, order, clipping or two letters."""
    return np.asarray(compared.levels["name"] <= LIKE_NAME)
