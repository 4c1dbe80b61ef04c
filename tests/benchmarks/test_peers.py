"""The judge of the peers' benchmark: its sums on pairs small enough to count by hand. Needs no peer."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tests.benchmarks.peers import febrl, made_up
from tests.benchmarks.peers.quality import judge, one_to_one
from tests.benchmarks.peers.running import SCHEMA

TRUTH = pa.table({"left": [0, 1, 2, 3], "right": [0, 1, 2, 3]})
# left, right, score, probability, the tool's own link
PAIRS = [
    (0, 0, 9.0, 0.99, True),
    (1, 1, 8.0, 0.9, True),
    (1, 0, 7.0, 0.8, True),
    (2, 2, 3.0, 0.4, False),
    (2, 5, 1.0, 0.1, False),
]


def pairs(rows: list[tuple[int, int, float, float, bool]], chosen: list[bool] | None = None) -> pa.Table:
    left, right, score, probability, own = map(list, zip(*rows, strict=True))
    columns = [left, right, score, [0.0] * len(rows), probability, own, chosen or [None] * len(rows)]
    return pa.table(dict(zip(SCHEMA.names, columns, strict=True)), schema=SCHEMA)


def test_cuts_are_counted_against_all_true_pairs() -> None:
    found = judge(pairs(PAIRS), TRUTH)
    assert (found["pairs"], found["reached"]) == (5, 0.75)
    assert found["own"] == pytest.approx({"f1": 4 / 7, "precision": 2 / 3, "recall": 0.5})
    assert found["best"] == pytest.approx({"f1": 6 / 8, "precision": 3 / 4, "recall": 3 / 4})
    assert found["one_to_one"] == pytest.approx({"f1": 6 / 7, "precision": 1.0, "recall": 3 / 4})
    assert found["false_stated"] == pytest.approx((0.01 + 0.1 + 0.2) / 3)
    assert found["false_true"] == pytest.approx(1 / 3)


def test_order_of_the_pairs_does_not_matter() -> None:
    assert judge(pairs(PAIRS[::-1]), TRUTH) == judge(pairs(PAIRS), TRUTH)


def test_pairs_of_one_score_are_linked_together() -> None:
    """No cut can be drawn between two pairs a tool cannot tell apart."""
    level = [(0, 0, 1.0, 0.5, True), (0, 1, 1.0, 0.5, True)]
    assert judge(pairs(level), TRUTH)["best"]["precision"] == 0.5


def test_a_tool_that_assigns_by_itself_is_taken_at_its_word() -> None:
    found = judge(pairs(PAIRS, [True, False, True, False, False]), TRUTH)
    assert found["one_to_one"] == pytest.approx({"f1": 2 / 5, "precision": 1.0, "recall": 1 / 4})


def test_one_to_one_takes_the_best_first() -> None:
    left, right = (pa.array(side).to_numpy() for side in ([0, 0, 1, 1], [0, 1, 0, 2]))
    assert one_to_one(left, right).tolist() == [True, False, False, True]


def test_nothing_scored_is_nothing_found() -> None:
    empty = SCHEMA.empty_table()
    assert judge(empty, TRUTH)["best"] == {"f1": 0.0, "precision": 0.0, "recall": 0.0}


def test_febrl_columns_become_records() -> None:
    rows = {
        "given_name": ["ann", None],
        "surname": ["lee", None],
        "street_number": ["3", "12"],
        "address_1": ["high street", None],
        "postcode": ["3101", "310"],
        "date_of_birth": ["19510230", "19510228"],
        "soc_sec_id": ["1234567", None],
    }
    table = pa.table(
        {"id": [0, 1], **{name: pa.array(rows.get(name, [None, None]), pa.string()) for name in febrl.COLUMNS}}
    )
    found = febrl.as_records(table).to_pylist()
    assert [one["name"] for one in found] == ["ANN LEE", None]
    assert [one["address"] for one in found] == ["3 HIGH STREET", "12"]
    assert [(one["birth_date"], one["birth_year"]) for one in found] == [(None, 1951), (date(1951, 2, 28), None)]
    assert [(one["region_code"], one["nik"]) for one in found] == [("3101", "1234567000000000"), (None, None)]


def test_febrl_with_few_partners(tmp_path: Path) -> None:
    header = "rec_id, " + ", ".join(febrl.COLUMNS) + "\n"
    for side, kind in (("a", "org"), ("b", "dup-0")):
        lines = [f"rec-{person}-{kind}" + ", x" * len(febrl.COLUMNS) for person in range(400)]
        (tmp_path / f"dataset4{side}.csv").write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    whole, few = febrl.whole(tmp_path), febrl.few(tmp_path)
    assert (len(whole.left), len(whole.truth)) == (400, 400)
    assert len(few.left) == len(few.right) == 205
    assert len(few.truth) == 10


def test_everybody_stands_once_in_a_made_up_case() -> None:
    whole = made_up.make(seed=5, voters=900, held=60)
    few = made_up.make(seed=5, voters=900, held=60, few=True)
    for case in (whole, few):
        for side in ("left", "right"):
            rows = case.truth[side].to_pylist()
            assert len(set(rows)) == len(rows)
            assert max(rows) < len(getattr(case, side))
    assert len(few.left) == len(whole.left)
    assert len(few.truth) == round(0.05 * len(few.left))
    assert len(whole.right) - len(few.right) == len(whole.truth) - len(few.truth)
    names = [set(case.right["name"].to_pylist()) for case in (whole, few)]
    assert names[1] < names[0]
