"""Pairs worth comparing: every voter that any field could make the person, few enough to compare all fields.

A voter is a candidate when the NIK is the same but for one fault, when the birth date or part of it
agrees and the name is near, when a word of the name is shared, or when the village is the same and the
name is near. What agrees on none of these could not be chosen.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from reconcile.matching.encoding import ROUNDED, SHORT, WHOLE, People
from reconcile.matching.nearing import Near
from reconcile.matching.options import MatchOptions
from reconcile.matching.sorting import Asked, Pairs, Sorted, blocks, distinct, pairs, together
from reconcile.matching.wording import Ints

PLACES = 10 ** np.arange(15, -1, -1, dtype=np.int64)  # what a digit of a NIK counts in its place
Numbers = npt.NDArray[np.int64]


class Index:
    """Sorted keys of one table, each made when first asked for, or `stored` with the roll."""

    def __init__(self, people: People, stored: Mapping[str, Sorted] | None = None) -> None:
        self.people = people
        self.__dict__.update(stored or {})  # where a cached property looks first

    @cached_property
    def nik(self) -> Sorted:
        return Sorted.of(self.people.nik, self.people.nik >= 0, self.people.rank)

    @cached_property
    def nkk(self) -> Sorted:
        return Sorted.of(self.people.nkk, self.people.nkk >= 0)

    @cached_property
    def date(self) -> Sorted:
        people = self.people
        return Sorted.of(date_key(people.year, people.month, people.day), people.month > 0)

    @cached_property
    def year(self) -> Sorted:
        return Sorted.of(self.people.year, self.people.year > 0)

    @cached_property
    def loose_year(self) -> Sorted:
        """Years of those whose day is not known, or is the filler of 1 January."""
        people = self.people
        return Sorted.of(people.year, (people.year > 0) & ((people.month < 1) | people.filler))

    @cached_property
    def month_day(self) -> Sorted:
        people = self.people
        return Sorted.of(date_key(0, people.month, people.day), people.month > 0)

    @cached_property
    def village(self) -> Sorted:
        return Sorted.of(self.people.region[0], self.people.region[0] >= 0)

    @cached_property
    def joined(self) -> Sorted:
        joined = self.people.names.joined[self.people.names.number]
        return Sorted.of(joined, joined >= 0)

    @cached_property
    def ordered(self) -> Sorted:
        ordered = self.people.names.ordered[self.people.names.number]
        return Sorted.of(ordered, ordered >= 0)

    @cached_property
    def word(self) -> Sorted:
        """Keys are spelling classes of words; distinct names repeat once a word."""
        folded = self.people.names.folded
        found = Sorted.of(folded.ravel(), folded.ravel() >= 0)
        return Sorted(found.keys, found.order // folded.shape[1])

    @cached_property
    def name(self) -> Sorted:
        """Keys are distinct names."""
        number = self.people.names.number
        return Sorted.of(number, number >= 0)

    def holders(self, words: Ints) -> Ints:
        """Return how many records carry each of these words, once for each time it stands in a name."""
        start, length = self.word.spans(words, words)
        return self._carriers[start + length] - self._carriers[start]

    @cached_property
    def _carriers(self) -> Ints:
        """Records that carry the names of `word`, added up in its order."""
        of_name = np.bincount(self.people.names.number, minlength=len(self.people.names.plain))
        return np.append(0, np.cumsum(of_name[self.word.order]))


def date_key(year: Ints | int, month: Ints, day: Ints) -> npt.NDArray[np.int32]:
    return np.asarray(np.int32(year) * 10_000 + month.astype(np.int32) * 100 + day)


class Candidates:
    """The pairs of two tables that are worth comparing."""

    def __init__(self, left: People, index: Index, options: MatchOptions) -> None:
        self.left, self.index, self.options = left, index, options
        self.near = Near(left, index.people.names)

    def of(self, people: Ints) -> Pairs:
        """Return (rows of left, rows of right) of all candidates of some people, ordered by left row, then right."""
        search = _Search(self.left, self.index, people, self.options, self.near)
        found = [pairs(*search.sure()), *search.near(), *search.by_words()]
        return distinct(*together(found), self.index.people.n)


def candidate_pairs(left: People, index: Index, options: MatchOptions) -> Pairs:
    """Return all pairs to compare."""
    return Candidates(left, index, options).of(np.arange(left.n))


class _Search:
    """What some people ask of the index. `people`: their rows of left."""

    def __init__(self, left: People, index: Index, people: Ints, options: MatchOptions, near: Near) -> None:
        self.left, self.index, self.people, self.options, self.near_names = left, index, people, options, near

    def sure(self) -> Iterator[Asked]:
        """Ask by keys that need no other support."""
        left, index = self.left, self.index
        yield from self.by_nik()
        card = self.people[left.nkk[self.people] >= 0]
        yield Asked.of(index.nkk, card, left.nkk[card], left.nkk[card])
        dated = self.people[left.month[self.people] > 0]
        year, month, day = left.year[dated], left.month[dated], left.day[dated]
        for date in (date_key(year, month, day), date_key(year, day, month)):
            yield Asked.of(index.date, dated, date, date)
        for names in (left.names, left.aliases):
            number = names.number[self.people]
            for found, text in ((index.joined, names.joined[number]), (index.ordered, names.ordered[number])):
                yield Asked.of(found, self.people, text, text, self.options.frequent_name)

    def by_nik(self) -> Iterator[Asked]:
        left, index = self.left, self.index
        kind = left.nik_kind[self.people]
        for form, variants in ((WHOLE, one_fault), (ROUNDED, _last_digit), (SHORT, _one_lost)):
            some = self.people[kind == form]
            wanted = variants(left.digits[some])
            yield Asked.of(index.nik, np.repeat(some, wanted.shape[1]), wanted.ravel(), wanted.ravel())
        # All who are on one family card with the voter whose NIK it is.
        whole = self.people[kind == WHOLE]
        row, owner = pairs(Asked.of(index.nik, whole, left.nik[whole], left.nik[whole]))
        card = index.people.nkk[owner]
        yield Asked.of(index.nkk, row[card >= 0], card[card >= 0], card[card >= 0])

    def near(self) -> Iterator[Pairs]:
        """Of groups too large to compare whole, take only those whose name is near."""
        number = self.index.people.names.number
        for rows, others in blocks(self.by_part()):
            near = self.near_names.is_near(rows, number[others], self.options.near_name, or_first_word=True)
            yield rows[near], others[near]

    def by_part(self) -> Iterator[Asked]:
        """Ask by part of the birth date, by year or age, and by village."""
        left, index, people = self.left, self.index, self.people
        dated = people[left.month[people] > 0]
        year, month, day = left.year[dated], left.month[dated], left.day[dated]
        yield Asked.of(index.month_day, dated, date_key(0, month, day), date_key(0, month, day))
        yield Asked.of(index.date, dated, date_key(year, month, 0 * day), date_key(year, month, 0 * day + 31))
        for other in range(1, 13):
            key = date_key(year, 0 * month + other, day)
            yield Asked.of(index.date, dated, key, key)
        loose = (left.month[people] < 1) | left.filler[people]
        stated = left.year[people] > 0
        for found, some in ((index.year, people[stated & loose]), (index.loose_year, people[stated & ~loose])):
            yield Asked.of(found, some, left.year[some] - 1, left.year[some] + 1)
        aged = people[~stated & (left.oldest[people] > 0)]
        yield Asked.of(index.year, aged, left.oldest[aged], left.youngest[aged])
        village = left.region[0]
        at_home = people[village[people] >= 0]
        yield Asked.of(index.village, at_home, village[at_home], village[at_home])

    def by_words(self) -> Iterator[Pairs]:
        """Ask by each word that is not everybody's, for the names that hold it and are near."""
        for names in (self.left.names, self.left.aliases):
            folded = names.folded[names.number[self.people]]
            asker, place = np.nonzero(folded >= 0)
            word = folded[asker, place]
            rare = self.index.holders(word) <= self.options.frequent_token
            asked = Asked.of(self.index.word, self.people[asker[rare]], word[rare], word[rare])
            for rows, found in blocks([asked]):
                near = self.near_names.is_near(rows, found, self.options.near_name_by_token, or_first_word=False)
                row, name = rows[near], found[near]
                yield pairs(Asked.of(self.index.name, row, name, name))


def one_fault(digits: npt.NDArray[np.int8]) -> Numbers:
    """Return (n, 175) numbers: those of 16 digits with one changed (or none), or two neighbours exchanged."""
    wide = digits.astype(np.int64)
    own = wide @ PLACES
    changed = own[:, None, None] + (np.arange(10) - wide[:, :, None]) * PLACES[:, None]
    crossed = own[:, None] + np.diff(wide) * (PLACES[:-1] - PLACES[1:])
    return np.column_stack([changed.reshape(len(digits), 160), crossed])


def _last_digit(digits: npt.NDArray[np.int8]) -> Numbers:
    """Return (n, 10) numbers that begin with 15 digits."""
    return (digits[:, :15].astype(np.int64) @ PLACES[:15])[:, None] + np.arange(10)


def _one_lost(digits: npt.NDArray[np.int8]) -> Numbers:
    """Return (n, 160) numbers of 16 digits that become these 15 when one digit is left out."""
    own = (digits[:, :15].astype(np.int64) @ PLACES[1:])[:, None]
    before, behind = own // PLACES * PLACES, own % PLACES
    return (10 * before[:, :, None] + (np.arange(10) * PLACES[:, None]) + behind[:, :, None]).reshape(len(digits), 160)
