"""Weights drawn as bars that visibly add up."""

from hypothesis import given
from hypothesis import strategies as st

from reconcile.queries.waterfall import WIDE, waterfall

FIELDS = ("prior", "name", "nik", "birth_date", "sex", "region", "street", "nkk")
REASONS = st.lists(st.tuples(st.sampled_from(FIELDS), st.just("equal"), st.integers(-40_000, 40_000)), max_size=9)


@given(REASONS)
def test_the_bars_add_up_and_stay_in_the_drawing(reasons: list[tuple[str, str, int]]) -> None:
    shown = waterfall(reasons)
    assert shown.total == sum(weight for _field, _level, weight in reasons)
    so_far = 0
    for bar in shown.bars:
        so_far += bar.weight
        assert bar.total == so_far
        assert -0.1 <= float(bar.at) <= float(bar.at) + float(bar.width) <= WIDE + 0.2
        assert bar.way == ("for" if bar.weight > 0 else "against")


def test_each_bar_begins_where_the_last_one_ended() -> None:
    shown = waterfall([("name", "equal", 9000), ("prior", "prior", -12000), ("nik", "equal", 15000)])
    assert [bar.weight for bar in shown.bars] == [-12000, 15000, 9000]  # before looking, then the heaviest
    ends = [(float(bar.at), float(bar.at) + float(bar.width)) for bar in shown.bars]
    assert [(round(left), round(right)) for left, right in ends] == [(0, 50), (0, 62), (62, 100)]
    assert shown.zero == "50.0"


def test_nothing_to_weigh_is_no_waterfall() -> None:
    assert not waterfall([])
    assert not waterfall([("name", "missing", 0)])
