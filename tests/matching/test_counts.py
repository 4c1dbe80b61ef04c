"""What is counted from a roll: exact for names and dates, a fair sample for streets; never the order of rows."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from rapidfuzz.distance import OSA

from reconcile.matching import prepare
from reconcile.matching.counting import count_like_names, count_streets
from reconcile.matching.encoding import encode
from reconcile.matching.folding import fold_word
from reconcile.matching.nearing import Carried
from reconcile.matching.options import STREET_LEVELS
from reconcile.matching.wording import Vocabularies, encode_names

from .builders import VILLAGES, Row, crowd, numbered, table, voter

NAMES = [
    "SITI AMINAH",
    "SITI AMINA",
    "AMINAH SITI",
    "SITTI AMINAH",
    "SITIAMINAH",
    "SRI",
    "",
    "MOCH ALI",
    "MUHAMMAD ALI",
]


def streets(rows: Sequence[Row]) -> list[dict[str, float]]:
    """Return the shares by level of pairs of one village, and of two."""
    counted = count_streets(encode(table(rows), Vocabularies(), 2024))
    return [dict(zip(STREET_LEVELS, shares.tolist(), strict=True)) for shares in counted]


def folded(name: str) -> str:
    return "".join(map(fold_word, name.split()))


def test_like_names_are_counted_as_reading_all_of_them_counts() -> None:
    vocabularies, asked = Vocabularies(), [*NAMES, "SITI AMINAHH", "BUDI"]
    roll, left = (encode_names(pa.array(names), vocabularies) for names in (NAMES * 2, asked))
    distances = [[OSA.distance(folded(one), folded(other)) for other in NAMES * 2 if other] for one in asked]
    expected = [
        [sum(found <= letters for found in row) if name else 0 for letters in range(3)]
        for name, row in zip(asked, distances, strict=True)
    ]
    assert count_like_names(left, Carried.of(roll)).tolist() == expected


def test_streets_of_one_village_agree_more_often_than_those_of_two() -> None:
    village, elsewhere = streets(crowd())
    assert village["street"] > 0.1
    assert elsewhere["street"] > 0.1  # the made-up crowd has six hamlets for all villages
    hamlets = [
        row | {"address": f"DK {name}"}
        for row in crowd()
        for code, name in zip(VILLAGES, ("NGLAWAN", "TEMPEL", "KRAJAN"), strict=True)
        if row["region_code"] == code
    ]
    village, elsewhere = streets(hamlets)
    assert village["street"] + village["street_and_rt"] > 0.99
    assert elsewhere["street"] + elsewhere["street_and_rt"] < 0.01


def test_the_shares_of_those_who_state_a_street_add_up() -> None:
    for shares in streets(crowd()):
        assert sum(share for level, share in shares.items() if level != "missing") == pytest.approx(1.0)
        assert shares["missing"] == 1.0  # says nothing
        assert min(shares.values()) > 0  # what was not seen is rare, not impossible


def test_a_household_is_no_chance() -> None:
    household = numbered([voter(nik=None) for _ in range(30)])
    assert streets(household)[0]["street_and_rt"] == pytest.approx(0.25)  # nothing was counted
    strangers = [row | {"nkk": f"33160905050590{place:02}"} for place, row in enumerate(household)]
    assert streets(strangers)[0]["street_and_rt"] > 0.99


@pytest.mark.parametrize("rows", [[], [voter()], [voter(region_code=None), voter(region_code=None)]])
def test_where_nothing_can_be_counted_every_level_is_as_likely(rows: list[Row]) -> None:
    assert [set(shares.values()) for shares in streets(rows)] == [{0.25, 1.0}, {0.25, 1.0}]


def test_the_order_of_the_roll_changes_no_count() -> None:
    rows = crowd()
    shuffled = [rows[place] for place in np.random.default_rng(3).permutation(len(rows))]
    counted = [prepare(table(order)).frequencies for order in (rows, shuffled)]
    for name in ("nik_same_day", "nik_near_day", "nik_any_day", "street_same_village", "street_elsewhere"):
        assert np.array_equal(*(getattr(found, name) for found in counted)), name
    assert counted[0].village == counted[1].village
