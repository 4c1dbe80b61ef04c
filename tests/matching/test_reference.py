"""The fast path says what the plain one says: levels of every pair, candidates that matter, the best choice."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.matching import MatchOptions
from reconcile.matching.assigning import assign, rank
from reconcile.matching.blocking import candidate_pairs
from reconcile.matching.comparing import compare
from reconcile.matching.counting import count_roll
from reconcile.matching.encoding import encode
from reconcile.matching.indexing import Index
from reconcile.matching.options import LEVELS
from reconcile.matching.weighing import Counts, weigh
from reconcile.matching.wording import Vocabularies

from . import reference
from .builders import AS_OF, NUMBER, RELATIVE, crowd, held, numbered, table, voter

pytestmark = pytest.mark.slow

NAMES = (
    "WAGIYO LEGAWA", "WAGIO LEGOWO", "LEGAWA WAGIYO", "WAGIYO L", "WAGIYO", "WAGI YOLEGAWA", "MUHAMMAD KHAMDUN", "ALI",
    "MOH HAMDUN", "M HAMDUN SAPUTRA", "KHAMDUNMUHAMMAD", "MUHAMMAD KHODU", "WAG LEGAWA", "WAJIYOLEG", "SLAMET",
    "SLAMED", "SRI WAHYUNI", "SRIWAHYUNI", "NUR'AINI", "",
)  # fmt: skip
NUMBERS = (NUMBER, RELATIVE, "3316091403809002", "3316091403809010", "3316071403809001", "3316091503809001",
           "3316090304809001", "3316121403809001", None)  # fmt: skip
DAMAGED = (("331609140380900", "rounded"), ("331609140380901", "short"), ("3316091403809", "short"), ("331609", "lost"))
DATES = (date(1980, 3, 14), date(1980, 3, 15), date(1980, 4, 3), date(1980, 3, 4), date(1983, 6, 17), date(1980, 1, 1))
REGIONS = ("3316091015", "3316091013", "331609", "3316122005", "3316", "3517010001", "33", None)
STREETS = ("DK SUMBERJO", "DUSUN SUMBERJO RT 1", "SUMBEREJO", "JL. PEMUDA 12", "RT 1 RW 2", "", None)
PLACES = ("BLORA", "KAB. BLORA", "BLORO", "BLORA KOTA", "PATI", "PALI", "SAMPANG", "SMAPNAG", "ALOR", None)
CARDS = ("3316090505059001", "3316090505059002", None)
SMALLEST_REAL_ROLL = 10_000  # voters: what the prior is made for
QUICK = settings(max_examples=20, deadline=None, derandomize=True, database=None)

one_of = st.sampled_from
SHARED = {
    "name": one_of(NAMES), "sex": one_of(("male", "female", None)), "address": one_of(STREETS), "nkk": one_of(CARDS),
    "birth_place": one_of(PLACES), "rt": one_of(("1", "2", None)),
    "rw": one_of(("2", "3")), "region_code": one_of(REGIONS), "father": one_of(("KASDI", "PARDI", None)),
}  # fmt: skip
DATED = one_of(DATES).map(lambda day: {"birth_date": day, "birth_quality": "filler" if day.day == 1 else "exact"})
BIRTHS = st.one_of(
    DATED,
    st.integers(1978, 1983).map(lambda year: {"birth_date": None, "birth_year": year, "birth_quality": "year"}),
    st.integers(40, 46).map(lambda age: {"birth_date": None, "age": age, "birth_quality": "age"}),
)
NIKS = st.one_of(
    one_of(NUMBERS).map(lambda nik: {"nik": nik}),
    one_of(DAMAGED).map(lambda found: {"nik": None, "nik_digits": found[0], "nik_quality": found[1]}),
)
ALIAS = one_of((None, None, "WAGIYO", "SLAMET; KEBO", "LEGAWA"))


def rows(builder, births=BIRTHS, **more):
    return st.builds(
        lambda shared, born, number, extra: builder(**(shared | born | number | extra)),
        st.fixed_dictionaries(SHARED), births, NIKS, st.fixed_dictionaries(more),
    )  # fmt: skip


REGISTERS = st.lists(rows(held, alias=ALIAS), min_size=1, max_size=5).map(numbered)
ROLLS = st.lists(rows(voter).map(lambda row: row | {"age": None}), min_size=1, max_size=6).map(numbered)

# As KPU prints them: all with a birth date, none with a father.
PRINTED = st.lists(rows(voter, DATED).map(lambda row: row | {"father": None}), min_size=1, max_size=6).map(numbered)


class Pairs:
    """Every register row with every voter, encoded and compared as the fast path does."""

    def __init__(self, register, roll):
        vocabularies = Vocabularies()
        self.right, self.left = (encode(table(side), vocabularies, AS_OF.year) for side in (roll, register))
        self.index = Index(self.right)
        self.vocabularies = vocabularies
        self.rows, self.others = (
            grid.ravel() for grid in np.meshgrid(range(len(register)), range(len(roll)), indexing="ij")
        )

    def compare(self, word_bits):
        return compare(self.left, self.right, (self.rows, self.others), self.index, word_bits)


@QUICK
@given(REGISTERS, ROLLS)
def test_levels_of_every_pair_are_those_of_the_plain_way(register, roll):
    pairs = Pairs(register, roll)
    compared = pairs.compare(np.full(len(pairs.vocabularies.words.classes), reference.WORD_BITS))
    for pair, (row, other) in enumerate(zip(pairs.rows.tolist(), pairs.others.tolist(), strict=True)):
        found = {field: compared.level(field, pair) for field in compared.levels}
        assert found == reference.levels(register[row], roll[other], roll, AS_OF.year)


@QUICK
@given(REGISTERS, PRINTED)
def test_no_pair_that_is_not_looked_at_is_likelier_than_not(register, roll):
    options = MatchOptions()
    pairs = Pairs(register, [*roll, *crowd()])
    frequencies = count_roll(pairs.right, pairs.index, pairs.vocabularies)
    counts = Counts.of(pairs.left, pairs.index, frequencies)
    prior = float(np.log2(options.share_on_roll / (1 - options.share_on_roll) / SMALLEST_REAL_ROLL))
    compared = pairs.compare(frequencies.word_bits)
    weighed = weigh(compared, pairs.left, frequencies, counts, prior, options)
    every = np.arange(pairs.right.n)
    ranked = rank(pairs.left.n, pairs.rows, pairs.others, weighed.total, every, pairs.right.rank)
    seen = set(zip(*map(np.ndarray.tolist, candidate_pairs(pairs.left, pairs.index, options)), strict=True))
    for place in range(len(ranked.row)):
        pair = int(ranked.row[place]), int(ranked.person[place])
        assert pair in seen or ranked.probability[place] < 0.5, pair


@QUICK
@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 4)), st.integers(-8_000, 12_000), max_size=12))
def test_no_other_choice_is_worth_more(weights):
    options = MatchOptions()
    pairs = np.asarray(sorted(weights), np.int64).reshape(-1, 2)
    total = np.asarray([weights[one, other] for one, other in pairs.tolist()], np.int64)
    people, voters = np.arange(4), np.arange(5)
    ranked = rank(4, pairs[:, 0], pairs[:, 1], total, voters, voters)
    least = float(np.log2(options.reviewable / (1 - options.reviewable)))
    claims = {
        (int(ranked.row[at]), int(ranked.person[at])): ranked.weight[at] / 1000 - least
        for at in np.flatnonzero(ranked.probability >= options.reviewable / 4).tolist()
    }
    chosen = assign(ranked, people, people, voters, options)
    assert len(set(chosen.values())) == len(chosen)
    assert abs(sum(claims[pair] for pair in chosen.items()) - reference.best_worth(claims)) < 1e-9


def test_the_plain_way_knows_every_level():
    """A level that the reference cannot name would be compared with nothing."""
    assert set(reference.levels(held(), voter(), [voter()], AS_OF.year)) == set(LEVELS) - {"prior", "relative", "ektp"}
