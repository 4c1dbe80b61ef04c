"""Pairs worth comparing: every voter that any field could make the person, few enough to compare all fields.

A voter is a candidate when the NIK is the same but for one fault, when the birth date or part of it
agrees and the name is near, when a word of the name is shared, or when the village is the same and the
name is near. What agrees on none of these could not be chosen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from reconcile.matching.encoding import NO_NIK, ROUNDED, SHORT, WHOLE, People
from reconcile.matching.options import MatchOptions
from reconcile.matching.wording import NOTHING, Ints

_DIGITS = np.frombuffer(b"0123456789", np.uint8)


@dataclass
class Sorted:
    """One key of all records in order: `take(low, high)` gives the records whose key lies between."""

    keys: npt.NDArray[np.generic]
    order: Ints

    @classmethod
    def of(cls, keys: npt.NDArray[np.generic], known: npt.NDArray[np.bool_], rank: Ints | None = None) -> "Sorted":
        """Sort the known keys; `rank` orders records of one key where that order can tell."""
        rows = np.flatnonzero(known)
        if rank is not None:
            rows = rows[np.argsort(rank[rows])]
        order = rows[np.argsort(keys[rows], kind="stable")]
        return cls(keys[order], order)

    def between(self, low: object, high: object) -> Ints:
        """Return records with low <= key <= high."""
        start = np.searchsorted(self.keys, low, side="left")  # type: ignore[call-overload]
        return self.order[start : np.searchsorted(self.keys, high, side="right")]  # type: ignore[call-overload]

    def equal_to(self, wanted: npt.NDArray[np.generic]) -> Ints:
        """Return records whose key is any of `wanted`."""
        start = np.searchsorted(self.keys, wanted, side="left")
        end = np.searchsorted(self.keys, wanted, side="right")
        hit = end > start
        return np.concatenate(
            [self.order[a:b] for a, b in zip(start[hit], end[hit], strict=True)] or [np.zeros(0, np.int64)]
        )


class Index:
    """Sorted keys of one table, each made when first asked for."""

    def __init__(self, people: People) -> None:
        self.people = people

    @cached_property
    def nik(self) -> Sorted:
        return Sorted.of(self.people.nik, self.people.nik != b"", self.people.rank)

    @cached_property
    def nkk(self) -> Sorted:
        return Sorted.of(self.people.nkk, self.people.nkk != b"")

    @cached_property
    def date(self) -> Sorted:
        return Sorted.of(date_key(self.people), self.people.month > 0)

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
        month = self.people.month.astype(np.int32)
        return Sorted.of(month * 100 + self.people.day, month > 0)

    @cached_property
    def village(self) -> Sorted:
        return Sorted.of(self.people.region[0], self.people.region[0] >= 0)

    @cached_property
    def word(self) -> Sorted:
        """Keys are folded words; records repeat once a word."""
        folded = self.people.names.folded
        flat = folded.ravel()
        found = Sorted.of(flat, flat >= 0)
        return Sorted(found.keys, found.order // folded.shape[1])

    @cached_property
    def joined(self) -> "Spelled":
        return Spelled(self.people.names.joined)

    @cached_property
    def ordered(self) -> "Spelled":
        return Spelled(self.people.names.ordered)


class Spelled:
    """Records by a text: `codes_of(texts)` once for all that will be asked, then `with_code` for each."""

    def __init__(self, texts: pa.Array) -> None:
        coded = texts.dictionary_encode()
        self.texts = coded.dictionary
        codes = np.asarray(coded.indices)
        self.sorted = Sorted.of(codes, np.asarray(pc.not_equal(texts, "")))

    def codes_of(self, texts: pa.Array) -> Ints:
        """Return the code of each text, -1 for one that no record carries."""
        return np.asarray(pc.fill_null(pc.index_in(texts, value_set=self.texts), NOTHING))

    def with_code(self, code: int) -> Ints:
        return self.sorted.between(code, code)


def date_key(people: People) -> npt.NDArray[np.int32]:
    year = people.year.astype(np.int32)
    return np.asarray(year * 10_000 + people.month.astype(np.int32) * 100 + people.day)


def candidate_pairs(left: People, index: Index, options: MatchOptions) -> tuple[Ints, Ints]:
    """Return (rows of left, rows of right) of all pairs to compare, ordered by left row then right row."""
    spelled = [
        (by_text, by_text.codes_of(texts))
        for names in (left.names, left.aliases)
        for by_text, texts in ((index.joined, names.joined), (index.ordered, names.ordered))
    ]
    rows = [_Search(left, person, index, spelled, options).candidates() for person in range(left.n)]
    lengths = [len(found) for found in rows]
    return np.repeat(np.arange(left.n), lengths), np.concatenate(rows) if rows else np.zeros(0, np.int64)


class _Search:
    """All candidates of one person."""

    def __init__(
        self, left: People, person: int, index: Index, spelled: Sequence[tuple[Spelled, Ints]], options: MatchOptions
    ) -> None:
        self.left, self.person, self.index, self.spelled, self.options = left, person, index, spelled, options
        self.names = [names for names in (left.names, left.aliases) if names.folded[person, 0] >= 0]

    def candidates(self) -> Ints:
        near = [found for found in self.near_name_needed() if len(found)]
        found = [*self.sure(), self.named_like(near, self.options.near_name)]
        by_word = list(self.by_words())
        if by_word:
            found.append(self.named_like(by_word, self.options.near_name_by_token))
        return np.unique(np.concatenate(found))

    def sure(self) -> Iterator[Ints]:
        """Found by a key that needs no other support."""
        yield np.zeros(0, np.int64)
        yield self.by_nik()
        card = self.left.nkk[self.person]
        if card:
            yield self.index.nkk.between(card, card)
        date = self.date
        if date:
            year, month, day = date
            yield self.index.date.between(year * 10_000 + month * 100 + day, year * 10_000 + month * 100 + day)
            if day <= 12:
                yield self.index.date.between(year * 10_000 + day * 100 + month, year * 10_000 + day * 100 + month)
        for by_text, codes in self.spelled:
            same = by_text.with_code(int(codes[self.person]))
            if len(same) <= self.options.frequent_name:
                yield same

    @property
    def date(self) -> tuple[int, int, int] | None:
        if self.left.month[self.person] < 1:
            return None
        return (
            int(self.left.year[self.person]),
            int(self.left.month[self.person]),
            int(self.left.day[self.person]),
        )

    def by_nik(self) -> Ints:
        digits = self.left.digits[self.person]
        kind = self.left.nik_kind[self.person]
        if kind == NO_NIK:
            return np.zeros(0, np.int64)
        text = (digits[digits >= 0] + 48).astype(np.uint8)
        wanted = {WHOLE: one_fault, ROUNDED: _last_digit, SHORT: _one_lost}[int(kind)](text)
        found = self.index.nik.equal_to(wanted)
        if kind == WHOLE:
            owner = self.index.nik.equal_to(np.asarray([text.tobytes()], "S16"))
            families = self.index.people.nkk[owner]
            found = np.concatenate([found, self.index.nkk.equal_to(np.unique(families[families != b""]))])
        return found

    def near_name_needed(self) -> Iterator[Ints]:
        """Groups too large to compare whole: only names that are near are taken from them."""
        date = self.date
        year = int(self.left.year[self.person])
        if date:
            _, month, day = date
            yield self.index.month_day.between(month * 100 + day, month * 100 + day)
            yield self.index.date.between(year * 10_000 + month * 100, year * 10_000 + month * 100 + 31)
            months = np.arange(1, 13, dtype=np.int32)
            yield self.index.date.equal_to(year * 10_000 + months * 100 + day)
        if year > 0:
            by_year = self.index.year if not date or self.left.filler[self.person] else self.index.loose_year
            yield by_year.between(year - 1, year + 1)
        elif self.left.oldest[self.person] > 0:
            yield self.index.year.between(self.left.oldest[self.person], self.left.youngest[self.person])
        village = self.left.region[0][self.person]
        if village >= 0:
            yield self.index.village.between(village, village)

    def by_words(self) -> Iterator[Ints]:
        for names in self.names:
            for word in sorted(set(names.folded[self.person].tolist())):
                if word != NOTHING:
                    found = self.index.word.between(word, word)
                    if len(found) <= self.options.frequent_token:
                        yield found

    def named_like(self, groups: list[Ints], least: int) -> Ints:
        """Return those of the groups whose name or ordered name is near, or holds this one's words."""
        if not groups:
            return np.zeros(0, np.int64)
        rows = np.unique(np.concatenate(groups))
        right = self.index.people.names
        near = np.zeros(len(rows), bool)
        joined, ordered = (
            right.joined.take(pa.array(rows)).to_pylist(),
            right.ordered.take(pa.array(rows)).to_pylist(),
        )
        for own in self.names:
            queries = own.joined[self.person].as_py(), own.ordered[self.person].as_py()
            for query, choices in zip(queries, (joined, ordered), strict=True):
                score = process.cdist([query], choices, scorer=fuzz.ratio, score_cutoff=least, dtype=np.uint8)
                near |= score[0] >= least
            # "RIZKI" and "RIZKI S" are far from "RIZKI SAPUTRA" letter by letter: the same first word is near, too.
            if least <= self.options.near_name:
                near |= right.folded[rows, 0] == own.folded[self.person, 0]
        return rows[near]


def one_fault(text: npt.NDArray[np.uint8]) -> npt.NDArray[np.bytes_]:
    """Return all 16-digit numbers equal to `text`, or with one digit changed, or two neighbours exchanged."""
    changed = np.repeat(text[None, :], 160, axis=0)
    changed[np.arange(160), np.repeat(np.arange(16), 10)] = np.tile(_DIGITS, 16)
    swapped = np.repeat(text[None, :], 15, axis=0)
    place = np.arange(15)
    swapped[place, place], swapped[place, place + 1] = text[1:], text[:-1]
    return _as_numbers(np.concatenate([changed, swapped]))


def _last_digit(text: npt.NDArray[np.uint8]) -> npt.NDArray[np.bytes_]:
    return _as_numbers(np.column_stack([np.repeat(text[None, :], 10, axis=0), _DIGITS]))


def _one_lost(text: npt.NDArray[np.uint8]) -> npt.NDArray[np.bytes_]:
    """Return all 16-digit numbers that become `text` (15 digits) when one digit is left out."""
    parts = [np.insert(np.repeat(text[None, :], 10, axis=0), place, _DIGITS, axis=1) for place in range(16)]
    return _as_numbers(np.concatenate(parts))


def _as_numbers(matrix: npt.NDArray[np.uint8]) -> npt.NDArray[np.bytes_]:
    return np.unique(np.ascontiguousarray(matrix).view("S16").ravel())
