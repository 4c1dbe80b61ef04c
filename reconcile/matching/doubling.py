"""Likely doubles inside one list: rows that may be one person, by the core that finds voters.

Two rows are compared when they share a NIK, a birth date or a family card beside a near name, or a name and with it the
village or the birth year. What agrees on none of these could not be told from a namesake.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import pyarrow as pa

from reconcile.matching.comparing import Compared, Levels, compare
from reconcile.matching.counting import NAMED_ALIKE, count_dates, count_like_names
from reconcile.matching.deduplicating import deduplicate
from reconcile.matching.encoding import RECORDED, UNRECORDED, WHOLE, People
from reconcile.matching.grouping import Floats, are_two, doubles
from reconcile.matching.lettering import letters_apart
from reconcile.matching.options import EKTP_LEVELS, LEVELS, UNSEEN, MatchOptions
from reconcile.matching.placing import count_like_places
from reconcile.matching.preparing import Roll, prepare
from reconcile.matching.sorting import Pairs, Sorted
from reconcile.matching.weighing import MILLI, Counts, Weighed, weigh
from reconcile.matching.wording import Ints
from reconcile.records import Reason

AT_ONCE = 250_000  # pairs compared together


@dataclass(frozen=True)
class Double:
    """Two rows of one list that may be one person, the one that stands first in the office's files on the left.

    `weight` is in thousandths of a bit, the sum of the reasons; `same_number`: both carry one whole NIK.
    """

    left: int
    right: int
    weight: int
    probability: float
    same_number: bool
    reasons: tuple[Reason, ...]


def find_doubles(
    table: pa.Table | Roll, options: MatchOptions | None = None, *, of_register: bool = False
) -> tuple[Double, ...]:
    """Return the likely doubles of a list, surest first, ties in the list's order.

    `table`: any columns of `records.COLUMNS`, or a prepared roll; `of_register`: a register, which is written by hand
    and says the same person again otherwise than a roll does. A list without NIK that says one in a hundred twice is
    neither: it is weighed by what it teaches itself (`deduplicating`). Neither twins nor two people with one NIK and
    different names are doubles; the latter are a fault of a number, which reading reports.
    """
    options = options or MatchOptions()
    roll = table if isinstance(table, Roll) else prepare(table)
    found, rank = _by_itself(roll, options), roll.people.rank
    if found is None:
        found = _by_known_ways(roll, options, of_register)
    return tuple(sorted(found, key=lambda double: (-double.weight, int(rank[double.left]), int(rank[double.right]))))


def _by_itself(roll: Roll, options: MatchOptions) -> list[Double] | None:
    """Return the likely doubles of a list without NIK that says many twice, by what it teaches; None of another."""
    n = roll.people.n
    if not 2 * np.count_nonzero(roll.people.nik_kind == WHOLE) < n <= options.most_learnt:
        return None
    weighed, pairs, probability = deduplicate(roll, options, options.double_entries)
    many = math.fsum(probability) >= options.many_doubled * n
    return _doubles(weighed, pairs, probability, options.likely_double) if many else None


def _by_known_ways(roll: Roll, options: MatchOptions, of_register: bool) -> list[Double]:
    """Return the likely doubles by how registers, or rolls, are known to say somebody twice."""
    one, two = _candidates(roll, options)
    parts = [slice(start, start + AT_ONCE) for start in range(0, len(one), AT_ONCE)]
    share = options.double_entries if of_register else options.doubled_voters
    weighing = _Weighing(roll, options if of_register else options.for_doubles(), share, of_register)
    return [double for part in parts for double in weighing.doubles(one[part], two[part])]


class _Weighing:
    """Pairs of rows of one list -> those that are likely one person."""

    def __init__(self, roll: Roll, options: MatchOptions, share: float, of_register: bool) -> None:
        self.roll, self.options, self.of_register, people = roll, options, of_register, roll.people
        # On a roll everybody's own number stands: that it is somebody's of the same card says nothing.
        self.index = roll.index if of_register else None
        self.prior = float(np.log2(share / max(1, people.n)))
        places = count_like_places(people.birth_place, roll.frequencies.place, people.names.vocabularies.places)
        dates = count_dates(people.born(np.arange(people.n)), roll.index)
        # How many are named alike is slow to count for everybody. Where it is not counted, nobody else is: then a
        # weight is the most it can be, and it is counted for those who would be likely at that.
        self.counts = Counts(np.zeros((people.n, NAMED_ALIKE), np.int64), dates, places)
        self.ektp = _ektp_weights(people, options)

    def doubles(self, one: Ints, two: Ints) -> list[Double]:
        roll = self.roll
        compared = compare(roll.people, roll.people, (one, two), self.index, roll.frequencies.word_bits)
        compared = compared.taken(np.flatnonzero(~are_two(compared, roll.people, self.options.neighbours)))
        if not self.of_register:
            compared = compared.with_levels(nik=_numbers_apart(compared))
            compared = compared.with_levels(ektp=_recorded(compared, roll.people))
        compared = compared.taken(np.flatnonzero(self._weigh(compared)[1] >= self.options.likely_double))
        self._count_names(np.unique(compared.left))
        weighed, probability = self._weigh(compared)
        return _doubles(weighed, np.arange(len(probability)), probability, self.options.likely_double)

    def _weigh(self, compared: Compared) -> tuple[Weighed, Floats]:
        roll = self.roll
        weighed = weigh(compared, roll.people, roll.frequencies, self.counts, self.prior, self.options)
        if "ektp" in compared.levels:
            weighed = replace(weighed, parts={**weighed.parts, "ektp": self.ektp[compared.levels["ektp"]]})
        sides = doubles(weighed)
        return weighed, np.where(sides.apart, 0.0, sides.probability(self.prior))

    def _count_names(self, rows: Ints) -> None:
        names = self.roll.people.names
        self.counts.names[rows] = count_like_names(replace(names, number=names.number[rows]), self.roll.index.carried)


def _doubles(weighed: Weighed, pairs: Ints, probability: Floats, least: float) -> list[Double]:
    """Return the pairs that are likely enough, with their reasons."""
    likely = probability >= least
    some, compared = pairs[likely], weighed.compared
    columns = (compared.left[some], compared.right[some], weighed.total[some], probability[likely])
    same_number = compared.is_level("nik", "equal")[some]
    made = zip(*(column.tolist() for column in (*columns, same_number)), weighed.reasons(some), strict=True)
    return [Double(*double) for double in made]


def _ektp_weights(people: People, options: MatchOptions) -> Ints:
    """Return the weight of each of EKTP_LEVELS: u is how often two voters of this roll agree so."""
    recorded, unrecorded = (np.count_nonzero(people.ektp == one) + UNSEEN for one in (RECORDED, UNRECORDED))
    share = recorded / (recorded + unrecorded)
    u = {"both": share**2, "one": 2 * share * (1 - share), "neither": (1 - share) ** 2}
    bits = [np.log2(options.m_ektp[level] / u[level]) for level in EKTP_LEVELS[:-1]]
    return np.asarray(np.rint(np.clip([*bits, 0.0], -options.most_bits, options.most_bits) * MILLI), np.int64)


def _numbers_apart(compared: Compared) -> Levels:
    """Return the levels of the NIK, where no slip makes one of two numbers in two families.

    Whose entry was keyed in again with a slip stands on the card of the first, or where no card is stated in its home;
    who has another one as well has a second number, and that two people born the same day have numbers alike says
    nothing, for a NIK holds the day.
    """
    slip = compared.is_level("nik", "transposed", "one_digit", "one_digit_district", "one_digit_serial", "two_digits")
    elsewhere = compared.is_level("nkk", "missing") & compared.is_level("street", "street", "rt", "differs")
    return np.where(
        slip & (elsewhere | compared.is_level("nkk", "differs")),
        LEVELS["nik"].index("contradicts"),
        compared.levels["nik"],
    ).astype(np.int8)


def _recorded(compared: Compared, people: People) -> Levels:
    """Return a level of EKTP_LEVELS for pairs with two numbers of which neither is a slip for the other."""
    one, two = people.ektp[compared.left], people.ektp[compared.right]
    stated = (one > 0) & (two > 0) & compared.is_level("nik", "two_digits", "contradicts")
    recorded = (one == RECORDED).astype(np.int8) + (two == RECORDED)
    return np.where(stated, 2 - recorded, EKTP_LEVELS.index("missing")).astype(np.int8)


def _candidates(roll: Roll, options: MatchOptions) -> Pairs:
    """Return all pairs to compare, each once, the row of lower rank on the left."""
    people, index = roll.people, roll.index
    names = [key[people.names.number].astype(np.int64) for key in (people.names.joined, people.names.ordered)]
    near = chain(_pairs_of(index.date), _pairs_of(index.nkk))
    pairs = [*_pairs_of(index.nik), *(_near(people, *pair, options) for pair in near)]
    for name in names:
        for beside in (people.region[0], people.year):
            pairs += _pairs_of(_both(name, beside))
    one, two = (np.concatenate([pair[side] for pair in pairs] or [np.zeros(0, np.int64)]) for side in (0, 1))
    first = people.rank[one] < people.rank[two]
    code = np.unique(np.where(first, one, two) * np.int64(people.n) + np.where(first, two, one))
    return code // people.n, code % people.n


def _pairs_of(keys: Sorted) -> Iterator[Pairs]:
    """Yield the pairs of records with one key: neighbours in its order, then those two apart, and so on."""
    order = keys.order.astype(np.int64)
    some = np.arange(max(0, len(order) - 1))
    apart = 1
    while len(some):
        some = some[some + apart < len(order)]
        some = some[keys.keys[some] == keys.keys[some + apart]]
        yield order[some], order[some + apart]
        apart += 1


def _near(people: People, one: Ints, two: Ints, options: MatchOptions) -> Pairs:
    """Of pairs of one day or one card keep those whose names could be alike (`Near`), told by their letters."""
    names, texts = people.names, people.names.vocabularies.names
    mine, theirs = (names.ordered[names.number[side]] for side in (one, two))
    apart = letters_apart(texts.letters[mine], texts.letters[theirs]).astype(np.int32)
    length = texts.length[mine].astype(np.int32) + texts.length[theirs]
    same_word = _first_words(people, one) == _first_words(people, two)
    keep = (mine >= 0) & (theirs >= 0) & (same_word | (apart * 100 <= (100 - options.near_name) * length))
    return one[keep], two[keep]


def _first_words(people: People, rows: Ints) -> Ints:
    return people.names.folded[people.names.number[rows], 0]


def _both(name: Ints, beside: Ints) -> Sorted:
    """Return the key of who is named so and lives there, or was born then: neither alone."""
    numbers = np.unique(beside, return_inverse=True)[1]
    return Sorted.of(name * (len(beside) + 1) + numbers, (name >= 0) & (beside >= 0))
