"""Why one candidate and not the other: nothing of either weight is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.matching import Candidate
from reconcile.matching.contrasting import Difference, are_as_likely, contrast, deciding
from reconcile.matching.options import LEVELS
from reconcile.records import Reason

QUICK = settings(max_examples=40, deadline=None, derandomize=True, database=None)


def candidate(*reasons: tuple[str, str, int], probability: float = 0.5, voter: int = 0) -> Candidate:
    parts = tuple(Reason(*reason) for reason in reasons)
    return Candidate(voter, sum(part.weight for part in parts), probability, parts)


FIRST = candidate(
    ("prior", "prior", -13000), ("name", "equal", 9000), ("nik", "equal", 14500), ("birth_date", "different", -4000)
)
SECOND = candidate(
    ("prior", "prior", -13000),
    ("name", "one_letter", 5200),
    ("nik", "contradicts", -4644),
    ("birth_date", "equal", 8000),
)


def test_the_deciding_fields_come_first_with_both_levels() -> None:
    assert contrast(FIRST, SECOND) == (
        Difference("nik", "equal", "contradicts", 19144),
        Difference("birth_date", "different", "equal", -12000),
        Difference("name", "equal", "one_letter", 3800),
        Difference("prior", "prior", "prior", 0),
    )


def test_a_field_only_one_of_them_was_compared_by_counts_whole() -> None:
    found = contrast(candidate(("nkk", "equal", 8000)), candidate(("father", "differs", -2300)))
    assert found == (Difference("nkk", "equal", "missing", 8000), Difference("father", "missing", "differs", 2300))


def test_the_other_way_round_is_the_same_with_the_sign_turned() -> None:
    turned = {(each.field, each.second, each.first, -each.weight) for each in contrast(SECOND, FIRST)}
    assert turned == {(each.field, each.first, each.second, each.weight) for each in contrast(FIRST, SECOND)}


def test_at_most_three_fields_decide_and_none_that_says_little() -> None:
    assert [each.field for each in deciding(contrast(FIRST, SECOND))] == ["nik", "birth_date", "name"]
    assert deciding(contrast(FIRST, FIRST)) == ()
    assert deciding((Difference("sex", "equal", "missing", 993),)) == ()


def test_two_are_as_likely_where_either_has_the_share_of_the_other() -> None:
    def asked(one: float, other: float) -> bool:
        return are_as_likely(candidate(probability=one), candidate(probability=other), 0.05)

    assert (asked(0.9, 0.05), asked(0.05, 0.9)) == (True, True)
    assert (asked(0.99, 0.01), asked(0.01, 0.99)) == (False, False)


REASONS = st.lists(
    st.sampled_from(sorted(LEVELS)).flatmap(
        lambda field: st.builds(Reason, st.just(field), st.sampled_from(LEVELS[field]), st.integers(-20_000, 20_000))
    ),
    unique_by=lambda reason: reason.field,
)


@pytest.mark.slow
@QUICK
@given(REASONS, REASONS)
def test_the_weights_add_up_to_the_difference_of_the_totals(one: list[Reason], two: list[Reason]) -> None:
    first, second = (Candidate(0, sum(part.weight for part in parts), 0.5, tuple(parts)) for parts in (one, two))
    found = contrast(first, second)
    assert sum(each.weight for each in found) == first.weight - second.weight
    assert sorted(each.field for each in found) == sorted({part.field for part in (*one, *two)})
    sizes = [abs(each.weight) for each in found]
    assert sizes == sorted(sizes, reverse=True)
