"""A typed query -> voters, best first: the same candidates, levels and weights as for a held person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

import numpy as np
import pyarrow as pa

from reconcile.matching.blocking import candidate_pairs
from reconcile.matching.comparing import compare
from reconcile.matching.counting import Frequencies
from reconcile.matching.encoding import People
from reconcile.matching.options import MatchOptions
from reconcile.matching.preparing import Roll
from reconcile.matching.sorting import Asked
from reconcile.matching.weighing import Counts, Weighed, weigh
from reconcile.matching.wording import Ints
from reconcile.records import Reason

FEWEST_DIGITS = 4  # of a part of a NIK; fewer are a year or nothing
_WHOLE, _VILLAGE = 16, 10  # digits of a NIK and of a village's code
_MOST_HOLDING = 20_000  # voters compared for a part of a NIK, or for a name
_DATE = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_YEARS = (1900, 2100)


@dataclass(frozen=True)
class Query:
    """What somebody knows of a voter. `nik` is a NIK or a part of one, `region` a code of 4, 6 or 10 digits."""

    name: str = ""
    nik: str = ""
    born: date | None = None
    year: int | None = None
    region: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.nik, self.born, self.year, self.region))


@dataclass(frozen=True)
class Found:
    """A voter (row of the roll), the weight in thousandths of a bit, and the reasons that add up to it."""

    voter: int
    weight: int
    reasons: tuple[Reason, ...]


def parse_query(text: str, region: str = "") -> Query:
    """Understand "wagiyo 1980", "3316091403", "wagiyo 14-03-1980": a date, a year, digits of a NIK, and words."""
    born, year, nik = None, None, ""
    for day, month, stated in _DATE.findall(text):
        try:
            born = date(int(stated), int(month), int(day))
        except ValueError:
            year = int(stated)  # 31-02-1980: the year can still help
    rest = re.sub(r"(?<=\d)[ .](?=\d)", "", _DATE.sub(" ", text))  # "3316 0914 0380 9001"
    for digits in re.findall(r"\d+", rest):
        if len(digits) == 4 and _YEARS[0] <= int(digits) < _YEARS[1]:
            year = int(digits)
        elif len(digits) >= FEWEST_DIGITS:
            nik = digits[:_WHOLE]
    words = re.sub(r"[^\w' -]|\d|_", " ", rest).upper().split()
    name = " ".join(word for word in words if word.strip("'-"))
    return Query(name, nik, born, None if born else year, region)


def search(roll: Roll, query: Query, most: int = 20, options: MatchOptions | None = None) -> tuple[Found, ...]:
    """Return the voters a query fits best, at most `most`; ties by their place on the roll. Nothing asked: nobody.

    A part of a NIK leaves only voters whose NIK holds it; all else is evidence, and may be a little wrong.
    """
    if not query:
        return ()
    # Who asks for a name that thousands carry is shown the first of them, and can ask for more.
    options = replace(options or MatchOptions(), frequent_name=_MOST_HOLDING)
    asked, frequencies = roll.beside(_as_record(query), roll.voting_year)
    others = _candidates(roll, query, asked, options, most)
    weighed = _weigh(roll, asked, frequencies, others, options)
    best = np.lexsort((roll.people.rank[others], -weighed.total))[:most]
    return tuple(_found(weighed, others, int(at)) for at in best)


def weigh_person(
    roll: Roll, person: pa.Table, voters: Sequence[int], as_of_year: int, options: MatchOptions | None = None
) -> tuple[Found, ...]:
    """Weigh what speaks for voters somebody picked, in their order: `person` is a table of one register row.

    The same levels and weights as those of the comparison, but for the prior: here it is one voter of the roll.
    """
    left, frequencies = roll.beside(person, as_of_year)
    others = np.asarray(voters, np.int64)
    weighed = _weigh(roll, left, frequencies, others, options or MatchOptions())
    return tuple(_found(weighed, others, at) for at in range(len(others)))


def _weigh(roll: Roll, left: People, frequencies: Frequencies, others: Ints, options: MatchOptions) -> Weighed:
    """Weigh one person, the first of `left`, with these voters."""
    rows = np.zeros(len(others), np.int64)
    compared = compare(left, roll.people, (rows, others), roll.index, frequencies.word_bits)
    counts = Counts.of(left, roll.index, frequencies)
    return weigh(compared, left, frequencies, counts, -float(np.log2(max(1, roll.voters))), options)


def _found(weighed: Weighed, others: Ints, at: int) -> Found:
    return Found(int(others[at]), int(weighed.total[at]), weighed.reasons(np.asarray([at]))[0])


def _as_record(query: Query) -> pa.Table:
    year = query.born.year if query.born else query.year
    whole = query.nik if len(query.nik) == _WHOLE else None
    return pa.table(
        {
            "name": pa.array([query.name or None], pa.string()),
            "nik": pa.array([whole], pa.string()),
            "birth_date": pa.array([query.born], pa.date32()),
            "birth_year": pa.array([year], pa.int16()),
            "region_code": pa.array([query.region or None], pa.string()),
        }
    )


def _candidates(roll: Roll, query: Query, left: People, options: MatchOptions, most: int) -> Ints:
    part = query.nik if len(query.nik) < _WHOLE else ""
    if part:
        holders = _holding(roll, part)
        if len(holders):
            return holders
    if query.name or query.born or len(query.nik) == _WHOLE:
        return candidate_pairs(left, roll.index, options)[1]
    # All of a village, or of a year: the first of them.
    asked = [(roll.index.year, query.year)] if query.year else []
    asked += [(roll.index.village, int(query.region))] if len(query.region) == _VILLAGE else []
    groups = [found.equal_to(np.asarray([key])) for found, key in asked]
    both = reduce(np.intersect1d, groups) if groups else np.zeros(0, np.int64)
    return both[np.argsort(roll.people.rank[both], kind="stable")][:most]


def _holding(roll: Roll, part: str) -> Ints:
    """Return voters whose NIK holds these digits, one behind the other, anywhere; those it begins with, if any."""
    size = len(part)
    beginning = np.asarray([int(part) * 10 ** (_WHOLE - size)])
    begun = Asked.of(roll.index.nik, np.zeros(1, np.int32), beginning, beginning + 10 ** (_WHOLE - size) - 1).pairs()[1]
    if len(begun):
        return begun[:_MOST_HOLDING]
    written, wanted = roll.people.digits.tobytes(), bytes(map(int, part))  # a byte a digit, NIK after NIK
    found: list[int] = []
    place = written.find(wanted)
    while place >= 0 and len(found) < _MOST_HOLDING:
        if place % _WHOLE <= _WHOLE - size:
            found.append(place // _WHOLE)
        place = written.find(wanted, place + 1)
    return np.unique(np.asarray(found, np.int64))
