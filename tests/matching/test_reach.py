"""The candidate step loses nobody the model would choose: every held person against every voter, all fields."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Indel

from reconcile.generating import generate_case, write_case
from reconcile.matching import MatchOptions, Roll, prepare
from reconcile.matching.assigning import rank
from reconcile.matching.blocking import Candidates
from reconcile.matching.comparing import compare
from reconcile.matching.encoding import People, encode
from reconcile.matching.lettering import letters_apart, letters_of
from reconcile.matching.nearing import Looks, Near
from reconcile.matching.sorting import Asked
from reconcile.matching.weighing import Counts, weigh
from reconcile.matching.wording import Vocabularies
from reconcile.reading import ReadResult, read_lists
from reconcile.records import HELD_KINDS, ROLL_KINDS

from .builders import AS_OF, crowd, held, table, voter

OPTIONS = MatchOptions()
LIKELY = 0.5
QUICK = settings(max_examples=40, deadline=None, derandomize=True, database=None)
TEXTS = st.text("ABKRISTUÉÑ '-", max_size=14)
NAMES = st.lists(st.sampled_from("SITI SIT SITTI AMINAH AMIN AMINA NUR M MUH A B".split()), max_size=4).map(" ".join)  # noqa: SIM905


@QUICK
@given(TEXTS, TEXTS)
def test_letters_never_say_more_than_the_letters_to_change(one: str, other: str) -> None:
    apart = int(letters_apart(*(letters_of(pa.array([text])) for text in (one, other)))[0])
    assert apart <= Indel.distance(one, other)
    assert apart <= 2 * OSA.distance(one, other)


@pytest.mark.slow
@QUICK
@given(NAMES, NAMES, st.lists(NAMES, min_size=1, max_size=6), st.sampled_from([50, 70, 80]), st.booleans())
def test_a_name_is_near_when_reading_it_says_so(
    name: str, alias: str, roll: list[str], least: int, first: bool
) -> None:
    vocabularies = Vocabularies()
    right = encode(table([voter(name=one) for one in roll]), vocabularies, 2024)
    left = encode(table([held(name=name, alias=alias or None)]), vocabularies, 2024)
    looks, rows = Looks.of(right.names), np.zeros(right.n, np.int64)
    near, theirs = Near(left, right.names, looks), looks.at(right.names.number)
    if first:
        whole = Asked(np.arange(right.n), np.zeros(1, np.int32), np.zeros(1, np.int64), np.asarray([right.n]))
        places = set(near.among(whole, theirs, least)[1].tolist())
        found = [place in places for place in range(right.n)]
    else:
        found = near.to(rows, right.names.number, theirs, least).tolist()
    assert found == [any(_is_near(own, other, least, first) for own in _folded(left)) for other in _of(right)]


def _is_near(own: list[str], other: list[str], least: int, first: bool) -> bool:
    if not own or not other:
        return False
    texts = [("".join(words), "".join(sorted(words))) for words in (own, other)]
    alike = any(fuzz.ratio(mine, theirs) >= least for mine, theirs in zip(*texts, strict=True))
    return alike or (first and OSA.distance(own[0], other[0]) <= (len(own[0]) >= 4))


def _of(people: People) -> list[list[str]]:
    """Return the folded words of each name."""
    classes = people.names.vocabularies.words.classes.all_texts()
    return [
        [classes[int(word)].as_py() for word in people.names.folded_of(row) if word >= 0] for row in range(people.n)
    ]


def _folded(left: People) -> list[list[str]]:
    classes = left.names.vocabularies.words.classes.all_texts()
    return [
        [classes[int(word)].as_py() for word in names.folded_of(0) if word >= 0] for names in (left.names, left.aliases)
    ]


@pytest.fixture(scope="module", params=[(11, 1.0), (12, 1.7)], ids=["usual", "strong"])
def lists(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[pa.Table, Roll]:
    """A register of 214 rows, and a roll of 20,000 voters."""
    seed, strength = request.param
    case = generate_case(seed=seed, strength=strength, voters=20_000, held=180, cells=34)
    files = write_case(case, tmp_path_factory.mktemp("case"), "sidalih")
    paths = [*files.roll, files.moved, files.rutan, files.polres]
    read = list(read_lists(paths, names=[path.name for path in paths], near="3316"))
    register, roll = (
        pa.concat_tables(
            [one.table for one in read if isinstance(one, ReadResult) and one.kind in kinds], promote_options="default"
        ).unify_dictionaries()
        for kinds in (HELD_KINDS, ROLL_KINDS)
    )
    return register, prepare(roll)


@pytest.mark.slow
def test_nobody_likelier_than_not_is_left_out(lists: tuple[pa.Table, Roll]) -> None:
    register, roll = lists
    left, frequencies = roll.beside(register, AS_OF.year)
    counts = Counts.of(left, roll.index, frequencies)
    prior = float(np.log2(OPTIONS.share_on_roll / (1 - OPTIONS.share_on_roll) / roll.voters))
    candidates, every = Candidates(left, roll.index, OPTIONS), np.arange(roll.people.n)
    rows, chosen = range(0, left.n, 3), 0
    for row in rows:
        pairs = np.full(len(every), row), every
        compared = compare(left, roll.people, pairs, roll.index, frequencies.word_bits)
        weighed = weigh(compared, left, frequencies, counts, prior, OPTIONS)
        ranked = rank(left.n, *pairs, weighed.total, roll.group, roll.people.rank)
        best = [ranked.pair[place] for place in ranked.of(row) if ranked.probability[place] >= LIKELY]
        seen = set(roll.group[candidates.of(np.asarray([row]))[1]].tolist())
        assert {int(roll.group[voter]) for voter in best} <= seen, row
        chosen += len(best)
    assert chosen > 0.6 * len(rows)  # else there was nothing to lose


@pytest.mark.slow
def test_every_voter_of_the_village_with_a_near_name_is_looked_at(lists: tuple[pa.Table, Roll]) -> None:
    """Every name against every voter, read letter by letter."""
    register, roll = lists
    left, _ = roll.beside(register, AS_OF.year)
    candidates, found = Candidates(left, roll.index, OPTIONS), 0
    joined = [_spelled(people) for people in (left, roll.people)]
    village, home = roll.people.region[0], left.region[0]
    for row, scores in _near_rows(*joined):
        near = np.flatnonzero((scores >= OPTIONS.near_name) & (village == home[row]) & (home[row] >= 0))
        assert set(near.tolist()) <= set(candidates.of(np.asarray([row]))[1].tolist()), row
        found += len(near)
    assert found > left.n


def _spelled(people: People) -> list[str]:
    return people.names.vocabularies.names.spelled(people.names.joined[people.names.number])


def _near_rows(mine: list[str], theirs: list[str]) -> Iterator[tuple[int, npt.NDArray[np.float32]]]:
    for row, name in enumerate(mine):
        yield row, process.cdist([name], theirs, scorer=fuzz.ratio, dtype=np.float32)[0]


@pytest.mark.slow
@pytest.mark.parametrize("frequent", [0, 3])
def test_a_cap_on_common_words_bounds_the_pairs(frequent: int) -> None:
    """All voters are called alike: without a cap everybody would be compared with all of them."""
    same = [row | {"name": "SLAMET", "region_code": None, "birth_date": None, "birth_year": None} for row in crowd(120)]
    roll = prepare(table(same))
    left, _ = roll.beside(table([held(name="SLAMET", nik=None, birth_date=None, region_code=None)]), 2024)
    options = MatchOptions(frequent_token=frequent, frequent_name=frequent, rare_token=0)
    assert len(Candidates(left, roll.index, options).of(np.asarray([0]))[0]) == 0
