"""Hundreds of thousands of voters as columns of numbers, made without a loop over people.

Their NIK and NKK serials begin at 9501, so that they never meet those of a generated case.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from reconcile.generating import names, naming, places
from reconcile.generating.families import UNRECORDED_SHARE
from reconcile.generating.identity_numbers import LAST_SERIAL, WOMAN
from reconcile.generating.names import Era
from reconcile.generating.rolls import USUAL_TPS
from reconcile.records import Sex

FIRST_SERIAL = 9501
PEOPLE_A_FAMILY = 2.6
_FIRST_ISSUE = np.datetime64(date(2005, 1, 1))
_ISSUE_DAYS = 6900
_HAMLET_KINDS = ("DK ", "DSN ", "DUKUH ", "")

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Crowd:
    """Columns of equal length, in the printed order: village, TPS, RW, RT, family card, name.

    `village` is a place in the list of villages, `words` (people, 3) are places in `vocabulary()`, 0 for
    none; NIK and NKK are whole numbers; `street` is a place in `streets()`.
    """

    village: Ints
    tps: Ints
    rt: Ints
    rw: Ints
    nkk: Ints
    nik: Ints
    words: Ints
    female: Bools
    birth: Days
    born: Ints  # a place in `birth_places(regency)`
    street: Ints
    marital: Ints  # 0 single, 1 married, 2 widowed
    recorded: Bools  # for the electronic card


def vocabulary() -> list[str]:
    """Return every word a name can hold, sorted, "" first: the order of codes is the order of words."""
    pools = [naming.first_words(sex, era) for sex in Sex for era in Era]
    pools += [naming.later_words(sex, era) for sex in Sex for era in Era]
    words = {word for pool in pools for word in pool.words}
    return sorted(words | {"", *names.AFTER_ABDUL, *names.AFTER_SITI})


def streets() -> list[str]:
    """Return hamlets in all their spellings, then streets with numbers."""
    hamlets = [f"{kind}{name}" for kind in _HAMLET_KINDS for name in places.HAMLETS]
    return hamlets + [f"JL {name} NO {number}" for name in places.STREETS for number in range(1, 161)]


def birth_places(regency: str) -> list[str]:
    """Return the regency's own name, then those of the others people come from."""
    return [places.short_name(code) for code in (regency, *places.origins(regency).regencies)]


def make_crowd(rng: np.random.Generator, villages: tuple[str, ...], people: int, voting_day: date) -> Crowd:
    """Return `people` voters spread unevenly over `villages`. ValueError when the serials run out."""
    weights = rng.uniform(0.4, 1.6, len(villages))
    village = np.sort(rng.choice(len(villages), people, p=weights / weights.sum()))
    family = _families(rng, village)
    codes = np.array([int(code[:6]) for code in villages], np.int64)
    birth, female = _births(rng, people, voting_day), rng.random(people) < 0.5
    age = (np.datetime64(voting_day) - birth).astype(np.int64) // 365
    family_count = int(family[-1]) + 1
    first = np.searchsorted(family, np.arange(family_count))
    issued = _FIRST_ISSUE + rng.integers(0, _ISSUE_DAYS, family_count)
    nkk = _numbered(codes[village[first]], issued, np.zeros(family_count, bool))
    district = np.where(rng.random(people) < 0.85, codes[village], rng.choice(np.unique(codes), people))
    crowd = {
        "village": village,
        "rt": rng.integers(1, 10, family_count)[family],
        "rw": rng.integers(1, 7, family_count)[family],
        "nkk": nkk[family],
        "nik": _numbered(district, birth, female),
        "words": _names(rng, birth, female),
        "female": female,
        "birth": birth,
        "born": _born(rng, villages[0][:4], people),
        "street": _homes(rng, family_count)[family],
        "marital": np.where(age < 25, 0, np.where(rng.random(people) < 0.9, 1, 2)),
        "recorded": rng.random(people) >= UNRECORDED_SHARE,
    }
    order = _printed_order(crowd)
    crowd = {name: column[order] for name, column in crowd.items()}
    return Crowd(tps=_count_within(crowd["village"]) // USUAL_TPS + 1, **crowd)


def _born(rng: np.random.Generator, regency: str, people: int) -> Ints:
    weights = np.diff(places.origins(regency).totals, prepend=0.0)
    away = rng.choice(len(weights), people, p=weights / weights.sum()) + 1
    return np.where(rng.random(people) < 0.82, 0, away)


def _homes(rng: np.random.Generator, families: int) -> Ints:
    """Return streets: hamlets mostly, which come first in `streets()`."""
    hamlets = len(places.HAMLETS) * len(_HAMLET_KINDS)
    numbered = rng.integers(hamlets, len(streets()), families)
    return np.where(rng.random(families) < 0.7, rng.integers(0, hamlets, families), numbered)


def _printed_order(crowd: dict[str, Ints]) -> Ints:
    words = crowd["words"].T[::-1]
    keys = (*words, crowd["nkk"], crowd["rt"], crowd["rw"], crowd["village"])
    return np.lexsort(keys)


def _families(rng: np.random.Generator, village: Ints) -> Ints:
    """Return each person's family number; families follow each other and never cross a village's border."""
    begins = rng.random(len(village)) < 1 / PEOPLE_A_FAMILY
    begins[1:] |= village[1:] != village[:-1]
    begins[0] = True
    return np.cumsum(begins, dtype=np.int64) - 1


def _births(rng: np.random.Generator, people: int, voting_day: date) -> Days:
    """Return birth dates of people from 17 to 90 years on; some of the old were given 1 January."""
    age = rng.triangular(17.05, 42, 90, people)
    birth = np.datetime64(voting_day) - (age * 365.25).astype(np.int64)
    new_year = (age > 50) & (rng.random(people) < 0.04)
    return np.where(new_year, birth.astype("M8[Y]").astype("M8[D]"), birth)


def _numbered(district: Ints, day: Days, woman: Bools) -> Ints:
    """Return 16-digit numbers: district, DDMMYY (a woman's day plus 40), and the next serial of that stem."""
    year = day.astype("M8[Y]").astype(np.int64) + 1970
    month = day.astype("M8[M]").astype(np.int64) % 12 + 1
    day_of_month = (day - day.astype("M8[M]")).astype(np.int64) + 1 + WOMAN * woman
    stem = ((district * 100 + day_of_month) * 100 + month) * 100 + year % 100
    order = np.argsort(stem, kind="stable")
    serial = np.empty(len(stem), np.int64)
    serial[order] = _count_within(stem[order]) + FIRST_SERIAL
    if serial.size and serial.max() > LAST_SERIAL:
        raise ValueError("more people of one district and birth date than made-up serials")
    numbers: Ints = stem * 10_000 + serial
    return numbers


def _count_within(groups: Ints) -> Ints:
    """Return 0, 1, 2 ... anew for each run of equal values."""
    place = np.arange(len(groups), dtype=np.int64)
    begins = np.ones(len(groups), bool)
    begins[1:] = groups[1:] != groups[:-1]
    first: Ints = np.maximum.accumulate(np.where(begins, place, 0))
    return place - first


def _names(rng: np.random.Generator, birth: Days, female: Bools) -> Ints:
    """Return (people, 3) word codes, composed by sex and era as `naming.compose` does."""
    code = {word: number for number, word in enumerate(vocabulary())}
    words = np.zeros((len(birth), 3), np.int64)
    year = birth.astype("M8[Y]").astype(np.int64) + 1970
    eras = np.select([year < 1970, year < 1993], [0, 1], default=2)
    for place, era in enumerate(Era):
        for sex in Sex:
            rows = np.flatnonzero((eras == place) & (female == (sex is Sex.FEMALE)))
            words[rows] = _words(rng, sex, era, len(rows), code)
    return words


def _words(rng: np.random.Generator, sex: Sex, era: Era, people: int, code: dict[str, int]) -> Ints:
    def draw(pool: naming.Pool) -> Ints:
        return rng.choice([code[word] for word in pool.words], people, p=pool.shares()).astype(np.int64)

    one, two, *more = names.WORD_COUNTS[era]
    count = rng.choice((1, 2, 3), people, p=(one, two, sum(more)))
    first, second, third = (
        draw(naming.first_words(sex, era)),
        *(draw(naming.later_words(sex, era)) for _ in "23"),
    )
    for head in ("ABDUL", "SITI"):
        second = np.where(first == code[head], draw(naming.later_words(sex, era, head)), second)
    never_alone = np.isin(first, [code[word] for word in naming.NEVER_ALONE])
    second = np.where((count >= 2) | never_alone, second, 0)
    third = np.where((count == 3) & (third != second), third, 0)
    return np.stack([first, second, third], axis=1)
