"""A list that says many people twice is weighed by what it teaches; a list that does not is left to what is known."""

from random import Random

import pytest

from reconcile.matching import find_doubles
from reconcile.matching.options import MatchOptions
from tests.benchmarks.strangers import make, one_list

pytestmark = pytest.mark.slow
Pairs = set[tuple[int, ...]]


def shown(seed: int, order: int, options: MatchOptions | None = None, twice: int = 160) -> tuple[Pairs, Pairs, Pairs]:
    """Return the pairs shown and those that are one person, by row; and those shown by whose rows they are."""
    people, again, of = make(seed, people=1_500, twice=twice)
    listed, doubled = one_list(people, again, of, Random(order))
    found = {tuple(sorted((one.left, one.right))) for one in find_doubles(listed, options)}
    rows = list(zip(listed["name"].to_pylist(), listed["birth_date"].to_pylist(), strict=True))
    return found, doubled, {tuple(sorted(map(str, (rows[one], rows[other])))) for one, other in found}


@pytest.mark.parametrize("seed", [1, 2])
def test_of_strangers_with_a_slip_each_nearly_all_are_found_and_hardly_anybody_else(seed: int) -> None:
    found, doubled, _ = shown(seed, order=1)
    assert len(found & doubled) >= 0.95 * len(doubled)
    assert len(found & doubled) >= 0.95 * len(found)
    known, _, _ = shown(seed, order=1, options=MatchOptions(most_learnt=0))
    assert len(known & doubled) < 0.8 * len(doubled)


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert shown(3, order=1)[2] == shown(3, order=2)[2]


def test_a_list_that_says_few_twice_teaches_nothing() -> None:
    few = shown(4, order=1, twice=12)
    assert few == shown(4, order=1, options=MatchOptions(most_learnt=0), twice=12)


@pytest.mark.parametrize("people", [0, 1, 2])
def test_a_list_of_hardly_anybody_has_none(people: int) -> None:
    assert find_doubles(one_list(*make(6, people=people, twice=0), Random(1))[0]) == ()


def test_reasons_add_up_and_each_pair_is_shown_once() -> None:
    people, again, of = make(5, people=1_500, twice=160)
    found = find_doubles(one_list(people, again, of, Random(1))[0])
    assert all(sum(reason.weight for reason in one.reasons) == one.weight for one in found)
    assert len({frozenset((one.left, one.right)) for one in found}) == len(found)
    assert all(one.left < one.right and 0.5 <= one.probability <= 1 for one in found)
