"""Sorted keys of one table: what people are asked for by, made once for a roll and stored with it."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from reconcile.matching.encoding import People
from reconcile.matching.nearing import Carried, Looks
from reconcile.matching.numbering import Numbers
from reconcile.matching.sorting import Sorted
from reconcile.matching.wording import NOTHING, Ints


class Index:
    """Sorted keys of one table, each made when first asked for, or `stored` with the roll, as the `looks` may be."""

    def __init__(
        self,
        people: People,
        stored: Mapping[str, Sorted | Carried] | None = None,
        looks: Mapping[str, Looks] | None = None,
    ) -> None:
        self.people = people
        self.looks_in_order = dict(looks or {})
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
    def year_month(self) -> Sorted:
        people = self.people
        return Sorted.of(date_key(people.year, people.month, 0 * people.day), people.month > 0)

    @cached_property
    def year_day(self) -> Sorted:
        people = self.people
        return Sorted.of(date_key(people.year, 0 * people.month, people.day), people.month > 0)

    @cached_property
    def village(self) -> Sorted:
        """Villages; -1 for who is not known to live in one, as on the roll of a special TPS."""
        return Sorted.of(self.people.region[0], np.ones(self.people.n, bool))

    @cached_property
    def home(self) -> Sorted:
        """Keys are village, RT and RW in one number."""
        key = home_key(self.people)
        return Sorted.of(key, key >= 0)

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

    @cached_property
    def looks(self) -> Looks:
        """How the distinct names look."""
        return Looks.of(self.people.names)

    @cached_property
    def carried(self) -> Carried:
        """The folded names, to count who is called nearly so."""
        return Carried.of(self.people.names)

    def by(self, key: str) -> Sorted:
        found: Sorted = getattr(self, key)
        return found

    def looks_by(self, key: str) -> Looks:
        """Return how the names of all records look in the order of a key: neighbours in it are asked for together."""
        if key not in self.looks_in_order:
            self.looks_in_order[key] = self.looks.at(self.people.names.number[self.by(key).order])
        return self.looks_in_order[key]

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


def home_key(people: People) -> Numbers:
    """Return village, RT and RW in one number, -1 where one of them is not stated."""
    key = people.region[0] * 100_000_000 + people.rt.astype(np.int64) * 10_000 + people.rw
    return np.where((people.region[0] >= 0) & (people.rt > 0) & (people.rw > 0), key, NOTHING)
