"""Shares and their intervals, and what a table of stated probabilities says."""

from typing import Any

import pytest

from reconcile.evaluating.figures import BIN_EDGES, Share, measure
from reconcile.evaluating.verdicts import Verdict


def verdict(**changes: Any) -> Verdict:
    usual = {
        "place": "rutan.xlsx|Sheet1|7", "named": "roll.csv||3", "on_roll": True, "lost": False, "automatic": True,
        "first": True, "among_five": True, "outcome": True, "probability": 1.0, "likely_right": True, "cautions": (),
        "traits": {},
    }  # fmt: skip
    return Verdict(**{**usual, **changes})


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        # Wilson's interval as in textbooks, e.g. Agresti and Coull 1998 for 5 of 10 and 0 of 10.
        (5, 10, 0.2366, 0.7634),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (990, 1000, 0.9817, 0.9946),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_interval(right: int, of: int, low: float, high: float) -> None:
    assert Share(right, of).interval == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nobody_is_no_number() -> None:
    assert Share(0, 0).value is None
    assert measure([]).brier is None
    assert measure([]).bins == ()


def test_each_figure_has_its_own_denominator() -> None:
    figures = measure(
        [
            verdict(),
            verdict(automatic=False, first=False, outcome=None, probability=0.4, likely_right=False),
            verdict(on_roll=False, first=False, among_five=False, probability=0.99, likely_right=False),
            verdict(on_roll=False, automatic=False, first=False, among_five=False, probability=None),
            verdict(lost=True, automatic=False, first=False, among_five=False, outcome=False, probability=None),
        ]
    )
    assert (figures.people, figures.lost) == (5, 1)
    assert figures.shares == {
        "precision": Share(1, 2),
        "automatic": Share(1, 3),
        "first": Share(1, 3),
        "among_five": Share(2, 3),
        "outcome": Share(3, 4),
    }
    assert figures.brier == pytest.approx((0.0 + 0.4**2 + 0.99**2) / 3)
    assert figures.stated_wrong == pytest.approx(0.01)


def test_every_stated_probability_falls_into_one_bin() -> None:
    stated = [*BIN_EDGES, 0.9999, 0.5001, 0.0001]
    figures = measure([verdict(probability=p, likely_right=p > 0.5) for p in stated])
    assert sum(one.share.of for one in figures.bins) == len(stated)
    last = figures.bins[-1]
    assert (last.low, last.high, last.share) == (0.999, 1.0, Share(3, 3))
    assert all(one.low <= one.stated <= one.high for one in figures.bins)


def test_order_does_not_matter() -> None:
    verdicts = [verdict(probability=place / 7, likely_right=place % 2 == 0) for place in range(8)]
    assert measure(verdicts) == measure(verdicts[::-1])
