"""Pairs worth comparing: every voter that any field could make the person, few enough to compare all fields.

A voter is a candidate when the NIK is the same but for one fault, or another's on the same family card; when the
birth date is the same; when part of it, the year or the village agrees and the name is near; when the birth year and
the RT agree; when the name is the same, holds the same rare word, or a word and is near. What agrees on none of these
could not be chosen.
"""

from collections.abc import Iterator

import numpy as np

from reconcile.matching.encoding import ROUNDED, SHORT, WHOLE, People
from reconcile.matching.indexing import Index, date_key, home_key
from reconcile.matching.nearing import Near
from reconcile.matching.numbering import last_digit, one_fault, one_lost
from reconcile.matching.options import MatchOptions
from reconcile.matching.sorting import Asked, Pairs, distinct, together
from reconcile.matching.wording import NOTHING, Ints


class Candidates:
    """The pairs of two tables that are worth comparing."""

    def __init__(self, left: People, index: Index, options: MatchOptions) -> None:
        self.left, self.index, self.options = left, index, options
        self.near = Near(left, index.people.names, index.looks)

    def of(self, people: Ints, *, by_part: bool = True) -> Pairs:
        """Return (rows of left, rows of right) of all candidates of some people, ordered by left row, then right.

        Without `by_part` nobody is looked for among all of a year, a village or a part of a date.
        """
        search = _Search(self.left, self.index, people, self.options, self.near)
        found = [*(one.pairs() for one in search.sure()), search.at_home(), *search.by_words()]
        found += search.near() if by_part else ()
        return distinct(*together(found), self.index.people.n)


def candidate_pairs(left: People, index: Index, options: MatchOptions, *, by_part: bool = True) -> Pairs:
    """Return all pairs to compare (`Candidates.of`)."""
    return Candidates(left, index, options).of(np.arange(left.n), by_part=by_part)


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
        for form, variants in ((WHOLE, one_fault), (ROUNDED, last_digit), (SHORT, one_lost)):
            some = self.people[kind == form]
            wanted = variants(left.digits[some])
            yield Asked.of(index.nik, np.repeat(some, wanted.shape[1]), wanted.ravel(), wanted.ravel())
        # All who are on one family card with the voter whose NIK it is.
        whole = self.people[kind == WHOLE]
        row, owner = Asked.of(index.nik, whole, left.nik[whole], left.nik[whole]).pairs()
        card = index.people.nkk[owner]
        yield Asked.of(index.nkk, row[card >= 0], card[card >= 0], card[card >= 0])

    def near(self) -> Iterator[Pairs]:
        """Of groups too large to compare whole, take only those whose name is near."""
        for key, asked in self.by_part():
            rows, places = self.near_names.among(asked, self.index.looks_by(key), self.options.near_name)
            yield rows, asked.order[places]

    def by_part(self) -> Iterator[tuple[str, Asked]]:
        """Ask by part of the birth date, by year or age, and by village; each with the name of the key."""
        left, index, people = self.left, self.index, self.people
        filler, stated = left.filler[people], left.year[people] > 0
        dated = people[(left.month[people] > 0) & ~filler]
        year, month, day = left.year[dated], left.month[dated], left.day[dated]
        for found, key in (
            ("month_day", date_key(0, month, day)),
            ("year_day", date_key(year, 0 * month, day)),
            ("year_month", date_key(year, month, 0 * day)),
        ):
            yield found, Asked.of(index.by(found), dated, key, key)
        undated = stated & (left.month[people] < 1)
        for found, some, off in (
            ("year", people[undated], 1),
            ("year", people[stated & ~undated & filler], 0),
            ("loose_year", people[stated & ~undated & ~filler], 0),
        ):
            yield found, Asked.of(index.by(found), some, left.year[some] - off, left.year[some] + off)
        aged = people[~stated & (left.oldest[people] > 0)]
        yield "year", Asked.of(index.year, aged, left.oldest[aged], left.youngest[aged])
        village = left.region[0]
        at_home = people[village[people] >= 0]
        yield "village", Asked.of(index.village, at_home, village[at_home], village[at_home])
        nowhere = np.full(len(people), NOTHING, np.int64)
        yield "village", Asked.of(index.village, people, nowhere, nowhere, self.options.frequent_token)

    def at_home(self) -> Pairs:
        """Of the few who live in the same RT and RW take those born in the same year, or the year beside it."""
        left, right = self.left, self.index.people
        some = self.people[(home_key(left)[self.people] >= 0) & (left.year[self.people] > 0)]
        key = home_key(left)[some]
        rows, others = Asked.of(self.index.home, some, key, key).pairs()
        near = np.abs(right.year[others] - left.year[rows]) <= 1
        return rows[near], others[near]

    def by_words(self) -> Iterator[Pairs]:
        """Ask by each word that is not everybody's, for the names that hold it; common words need a near name."""
        index, options = self.index, self.options
        names_on_roll = len(index.people.names.plain)
        for names in (self.left.names, self.left.aliases):
            folded = names.folded[names.number[self.people]]
            asker, place = np.nonzero(folded >= 0)
            row, word = self.people[asker], folded[asker, place]
            holders = index.holders(word)
            rare = holders <= options.rare_token
            rows, found = Asked.of(index.word, row[rare], word[rare], word[rare]).pairs()
            yield Asked.of(index.name, rows, found, found).pairs()
            common = ~rare & (holders <= options.frequent_token)
            rows, found = distinct(
                *Asked.of(index.word, row[common], word[common], word[common]).pairs(), names_on_roll
            )
            near = self.near_names.to(rows, found, index.looks.at(found), options.near_name_by_token)
            yield Asked.of(index.name, rows[near], found[near], found[near]).pairs()
