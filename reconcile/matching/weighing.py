"""Levels -> weights in thousandths of a bit, each field's share kept, so that every sum is exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from reconcile.matching.comparing import Compared
from reconcile.matching.counting import Frequencies, count_dates, count_like_names
from reconcile.matching.encoding import People
from reconcile.matching.indexing import Index
from reconcile.matching.options import LEVELS, NAME_LEVELS, MatchOptions
from reconcile.matching.placing import count_like_places
from reconcile.matching.relating import relative_bits
from reconcile.matching.wording import Ints
from reconcile.records import Reason

Floats = npt.NDArray[np.float64]
MILLI = 1000
_TINY = 1e-9  # where nobody was born at a place, nor near it, neither can be found
_LIKE_COLUMN = {"equal": 0, "same_words": 0, "joined": 0, "spelling": 0, "one_letter": 1, "two_letters": 2}


@dataclass(frozen=True)
class Counts:
    """What is common for each left person: names, dates and birth places like it (`counting`, `placing`)."""

    names: Ints
    dates: Ints
    places: Ints

    @classmethod
    def of(cls, left: People, index: Index, frequencies: Frequencies) -> Self:
        """Count for people beside the roll of an index. `frequencies` know all their words and places."""
        places = count_like_places(left.birth_place, frequencies.place, left.names.vocabularies.places)
        names = count_like_names(left.names, index.carried)
        return cls(names, count_dates(left.born(np.arange(left.n)), index), places)


@dataclass(frozen=True)
class Weighed:
    """Weights of all pairs by field, in thousandths of a bit; `total` is their sum with the prior."""

    compared: Compared
    parts: dict[str, Ints]
    prior: int

    @property
    def total(self) -> Ints:
        return np.asarray(sum(self.parts.values()) + self.prior, np.int64)

    def reasons(self, pairs: Ints) -> list[tuple[Reason, ...]]:
        """Return for each pair what speaks for and against it; the weights add up to its total."""
        made: dict[tuple[str, str, int], Reason] = {}

        def reason(field: str, level: str, weight: int) -> Reason:
            key = (field, level, weight)
            if key not in made:
                made[key] = Reason(*key)
            return made[key]

        columns = [[reason("prior", "prior", self.prior)] * len(pairs)]
        for field, level in self.compared.levels.items():
            numbers, weights = level[pairs].tolist(), self.parts[field][pairs].tolist()
            columns.append([reason(field, LEVELS[field][one], w) for one, w in zip(numbers, weights, strict=True)])
        stated = zip(*columns, strict=True)
        relatives = self.parts["relative"][pairs].tolist()
        return [
            (*one, reason("relative", "relative", weight)) if weight else one
            for one, weight in zip(stated, relatives, strict=True)
        ]


def weigh(
    compared: Compared, left: People, frequencies: Frequencies, counts: Counts, prior: float, options: MatchOptions
) -> Weighed:
    """Weigh every field of every pair. `prior`: bits of evidence before any field is looked at."""
    bits = {
        "name": _name_bits(compared, counts.names, frequencies.voters, options),
        "nik": _nik_bits(compared, frequencies, options),
        "birth_date": _birth_bits(compared, left, counts.dates, frequencies.voters, options),
        "sex": _sex_bits(compared, options),
        "birth_place": _place_bits(compared, counts.places, frequencies.voters, options),
        "region": _region_bits(compared, left, frequencies, options),
        "street": _street_bits(compared, frequencies, options),
        "nkk": _flag_bits(
            compared, "nkk", options.m_nkk_equal, options.family / max(frequencies.voters, options.family)
        ),
        "father": _flag_bits(compared, "father", options.m_father_equal, options.u_father_equal),
    }
    # A family lives in one home: who is on the family card says nothing new by living there.
    on_card = compared.is_level("nkk", "equal")
    for field in ("region", "street"):
        bits[field] = np.where(on_card, np.minimum(bits[field], 0.0), bits[field])
    bits = {field: np.clip(found, -options.most_bits, options.most_bits) for field, found in bits.items()}
    bits["relative"] = relative_bits(compared, bits, frequencies.voters, options)
    parts = {field: _milli(found) for field, found in bits.items()}
    return Weighed(compared, parts, round(prior * MILLI))


def _milli(bits: Floats) -> Ints:
    return np.asarray(np.rint(bits * MILLI), np.int64)


def _by_level(field: str, weights: Mapping[str, float]) -> Floats:
    """Return a table of weights by level number; levels not named weigh nothing."""
    return np.asarray([weights.get(level, 0.0) for level in LEVELS[field]])


def _name_bits(compared: Compared, like: Ints, voters: int, options: MatchOptions) -> Floats:
    """m over u: u is the share of voters whose name is as like, or whose words hold the shared ones."""
    levels = compared.levels["name"]
    log_m = np.log2(_by_level("name", options.m_name))[levels]
    shared = compared.name_bits
    for name, column in _LIKE_COLUMN.items():
        chance = np.maximum(like[compared.left, column] - 1, 0) + options.more_alike[name]
        found = levels == NAME_LEVELS.index(name)
        shared = np.where(found, -np.log2(np.minimum(chance / voters, 1.0)), shared)
    different = levels == NAME_LEVELS.index("different")
    return np.minimum(np.where(different, log_m, log_m + shared), options.most_name_bits)


def _nik_bits(compared: Compared, frequencies: Frequencies, options: MatchOptions) -> Floats:
    """A NIK contains the birth date: as far as that agrees already, it is weighed against voters so born."""
    log_m = np.log2(np.maximum(_by_level("nik", options.m_nik), 1e-9))
    # An equal NIK is another's only when that person's number was typed by mistake, for one voter of all.
    mistaken = options.nik_of_another / frequencies.voters
    tables = []
    for counted in (frequencies.nik_same_day, frequencies.nik_near_day, frequencies.nik_any_day):
        bits = log_m - np.log2(counted)
        for name, chance in {
            "equal": mistaken,
            "relative": options.family / frequencies.voters,
            "contradicts": 1.0,
        }.items():
            bits[LEVELS["nik"].index(name)] = np.log2(options.m_nik[name] / chance)
        bits[LEVELS["nik"].index("missing")] = 0.0
        tables.append(bits)
    level = compared.levels["nik"]
    same_day = compared.is_level("birth_date", "equal", "swapped")
    near_day = compared.is_level("birth_date", "one_part", "filler")
    return np.select([same_day, near_day], [tables[0][level], tables[1][level]], tables[2][level])


def _birth_bits(compared: Compared, left: People, counts: Ints, voters: int, options: MatchOptions) -> Floats:
    level, rows = compared.levels["birth_date"], compared.left
    log_m = np.log2(np.maximum(_by_level("birth_date", options.m_birth), 1e-9))[level]
    column_of = {"equal": 0, "swapped": 0, "one_part": 1, "year_only": 2, "filler": 2, "age_fits": 3}
    chance = np.ones(len(rows))
    for name, column in column_of.items():
        found = level == LEVELS["birth_date"].index(name)
        chance = np.where(found, (counts[rows, column] + 0.5) / voters, chance)
    near = compared.is_level("birth_date", "year_near")
    chance = np.where(near, 3 * (counts[rows, 2] + 0.5) / voters, chance)
    return np.where(compared.is_level("birth_date", "missing"), 0.0, log_m - np.log2(np.minimum(chance, 1.0)))


def _sex_bits(compared: Compared, options: MatchOptions) -> Floats:
    equal = options.m_sex_equal
    return _by_level("sex", {"equal": np.log2(equal / 0.5), "differs": np.log2((1 - equal) / 0.5)})[
        compared.levels["sex"]
    ]


def _place_bits(compared: Compared, counts: Ints, voters: int, options: MatchOptions) -> Floats:
    """A place many voters are born at is seldom a slip for one nearly called so; what nobody is born at mostly is."""
    same, near = ((counts[compared.left] + 0.5) / voters).T
    m = options.m_place
    # The place written may be meant, or be one of the ways to misspell one near it.
    meant, slipped = (counts[compared.left] * [m["equal"], m["near"] / options.place_slips] + _TINY).T
    like = (m["equal"] + m["near"]) / (meant + slipped)
    bits = [np.log2(like * meant / same), np.log2(like * slipped / near)]
    bits = [np.minimum(found, options.most_place_bits) for found in bits]
    differs = np.log2(m["differs"] / np.maximum(1.0 - same - near, 0.05))
    return np.choose(compared.levels["birth_place"], [*bits, differs, np.zeros(len(same))])


def _region_bits(compared: Compared, left: People, frequencies: Frequencies, options: MatchOptions) -> Floats:
    """Each level is weighed against the voters it leaves: village and district are one evidence, not two."""
    level, rows = compared.levels["region"], compared.left
    tables = zip((frequencies.village, frequencies.district, frequencies.regency), left.region, strict=True)
    counts = [_looked_up(table, region, rows) for table, region in tables]
    village, district, regency = (np.minimum((count + 0.5) / frequencies.voters, 1.0) for count in counts)
    # Who gives only a district or a regency cannot agree on more: then the deeper shares move up.
    m = options.m_region
    no_village, no_district = left.region[0][rows] < 0, left.region[1][rows] < 0
    m_district = m["district"] + np.where(no_village, m["village"], 0.0)
    m_regency = m["regency"] + np.where(no_district, m["village"] + m["district"], 0.0)
    elsewhere = np.maximum(1.0 - regency, 0.05)
    rest_district = np.maximum(district - np.where(no_village, 0.0, village), 0.5 / frequencies.voters)
    rest_regency = np.maximum(regency - np.where(no_district, 0.0, district), 0.05)
    bits = [
        np.log2(m["village"] / village), np.log2(m_district / rest_district), np.log2(m_regency / rest_regency),
        np.log2(m["elsewhere"] / elsewhere), np.zeros(len(rows)),
    ]  # fmt: skip
    return np.choose(level, bits)


def _looked_up(table: Mapping[int, int], codes: Ints, rows: Ints) -> Floats:
    """Return the count of each row's code; of the rows between the first and the last each is looked up once."""
    if not len(rows):
        return np.zeros(0)
    first = int(rows.min())
    return np.asarray([table.get(code, 0) for code in codes[first : int(rows.max()) + 1].tolist()], float)[rows - first]


def _street_bits(compared: Compared, frequencies: Frequencies, options: MatchOptions) -> Floats:
    """u from voters of one village, or of two: in one, a hamlet and an RT are shared by many."""
    level = compared.levels["street"]
    log_m = np.log2([options.m_street.get(name, 1.0) for name in LEVELS["street"]])
    same_village, elsewhere = (
        (log_m - np.log2(counted))[level] for counted in (frequencies.street_same_village, frequencies.street_elsewhere)
    )
    return np.where(compared.is_level("region", "village"), same_village, elsewhere)


def _flag_bits(compared: Compared, field: str, m_equal: float, u_equal: float) -> Floats:
    differs = np.log2((1 - m_equal) / (1 - u_equal)) if u_equal < 1 else 0.0
    return _by_level(field, {"equal": float(np.log2(m_equal / u_equal)), "differs": float(differs)})[
        compared.levels[field]
    ]
