"""A roll with all that can be counted and sorted from it alone, stored once and mapped into memory for each run."""

from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.matching.counting import Frequencies, count_roll
from reconcile.matching.encoding import People, column, encode
from reconcile.matching.grouping import group_voters
from reconcile.matching.indexing import Index
from reconcile.matching.nearing import Carried, Looks
from reconcile.matching.sorting import Sorted
from reconcile.matching.storing import flatten, load, rebuild, store
from reconcile.matching.wording import Ints, Vocabularies

STORED_AS = "4"  # a change of what is stored, or of how it is counted, is another version
_YOUNGEST = 17  # years on voting day (domain 1.4)
_KEYS = (
    "nik", "nkk", "date", "year", "loose_year", "month_day", "year_month", "year_day", "village", "home", "joined",
    "ordered", "word", "name",
)  # fmt: skip
_LOOKED_AT = ("month_day", "year_day", "year_month", "year", "loose_year", "village")  # keys whose names are looked at


@dataclass(frozen=True)
class Roll:
    """A roll ready to be matched with. Rows are known by their number in the table it was prepared from."""

    people: People
    vocabularies: Vocabularies
    index: Index
    frequencies: Frequencies
    group: Ints  # entries of one person share a number
    voters: int  # people on the roll, entries of one person counted once
    voting_year: int  # in which the youngest voter turns 17

    def beside(self, held: pa.Table, as_of_year: int) -> tuple[People, Frequencies]:
        """Encode a register with this roll's words and its own; return it and the frequencies that know them all."""
        vocabularies = self.vocabularies.copy()
        people = encode(held, vocabularies, as_of_year)
        return people, self.frequencies.grown(vocabularies)

    def store(self, folder: Path) -> None:
        """Write everything to a folder, in the place of what was there; only its owner can read it."""
        parts = [flatten(self.vocabularies, "vocabularies")]
        for name in ("people", "frequencies", "group", "voters", "voting_year"):
            parts.append(flatten(getattr(self, name), name, (Vocabularies,)))
        parts += [flatten(self.index.by(name), name) for name in _KEYS]
        parts.append(flatten(self.index.carried, "carried"))
        parts += [flatten(self.index.looks_by(name), f"looks.{name}") for name in _LOOKED_AT]
        store(folder, dict(chain.from_iterable(parts)), STORED_AS)


def prepare(table: pa.Table) -> Roll:
    """Encode, sort and count a roll: a table with any columns of `records.COLUMNS`."""
    vocabularies = Vocabularies()
    voting_year = int(pc.max(column(table, "birth_year", pa.int16())).as_py() or 0) + _YOUNGEST
    people = encode(table, vocabularies, voting_year)
    index = Index(people)
    frequencies = count_roll(people, index, vocabularies)
    group = group_voters(people, frequencies.word_bits).astype(np.int32)
    vocabularies.settle()
    return Roll(people, vocabularies, index, frequencies, group, len(np.unique(group)), voting_year)


def open_roll(folder: Path) -> Roll:
    """Return a stored roll, mapped into memory. Raises StoredRollError: missing, of another version, damaged."""
    arrays = load(folder, STORED_AS)
    vocabularies = rebuild(Vocabularies, "vocabularies", arrays)
    people = rebuild(People, "people", arrays, vocabularies)
    stored = {name: rebuild(Sorted, name, arrays) for name in _KEYS} | {"carried": rebuild(Carried, "carried", arrays)}
    index = Index(people, stored, {name: rebuild(Looks, f"looks.{name}", arrays) for name in _LOOKED_AT})
    frequencies = rebuild(Frequencies, "frequencies", arrays)
    voters, year = (int(arrays[name]) for name in ("voters", "voting_year"))
    return Roll(people, vocabularies, index, frequencies, arrays["group"], voters, year)
