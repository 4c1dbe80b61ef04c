"""What each field of a pair weighs: sums are exact, rare things weigh more, nothing is counted twice."""

from datetime import date

import pytest

from reconcile.matching import MatchOptions
from reconcile.matching.options import LEVELS

from .builders import NUMBER, crowd, held, numbered, only, reasons, run, voter

pytestmark = pytest.mark.slow

LIKELY = [
    held(),
    held(nik=None),
    held(nik="3316071403809001", name="WAGIYO"),
    held(nik=None, birth_date=None, age=44, name="SLAMET", alias="WAGIYO"),
    held(birth_date=None, region_code="33", address=None, rt=None),
    held(sex="female", birth_place="PATI"),
]


def weight(field, register_row, *roll):
    """Return thousandths of a bit of one field between a register row and the first of some voters."""
    return reasons(only(run([register_row], [*(roll or (voter(),))])))[field][1]


def test_reasons_add_up_exactly_to_the_weight():
    candidates = [one for found in run(numbered(LIKELY), [voter()]).matches for one in found.candidates]
    assert len(candidates) > len(LIKELY)
    for candidate in candidates:
        assert candidate.weight == sum(reason.weight for reason in candidate.reasons)
        assert all(type(reason.weight) is int for reason in candidate.reasons)


def test_every_field_and_the_prior_give_a_reason_with_a_known_level():
    candidate = only(run([held()], [voter()])).candidates[0]
    assert [reason.field for reason in candidate.reasons][0] == "prior"
    assert {reason.field for reason in candidate.reasons} == set(LEVELS) - {"ektp"}  # of one list beside itself
    assert all(reason.level in LEVELS[reason.field] for reason in candidate.reasons)


def test_candidates_stand_best_first_and_their_probabilities_leave_room_for_nobody():
    for found in run(numbered(LIKELY), [voter()]).matches:
        weights = [candidate.weight for candidate in found.candidates]
        assert weights == sorted(weights, reverse=True)
        assert sum(candidate.probability for candidate in found.candidates) < 1


def test_a_rare_name_weighs_more_than_a_common_one():
    many = [voter(name="WAGIYO LEGAWA", nik=None, birth_date=date(1960 + n, 1, 2), nkk=None) for n in range(20)]
    rare, common = (weight("name", held(), *numbered([voter(), *more])) for more in ([], many))
    assert rare - common > 3_000  # twenty bearers instead of one: more than three bits


def test_a_rare_birth_date_weighs_more_than_a_common_one():
    same_day = [voter(name="SRI MULYANI", nik=None, nkk=None) for _ in range(20)]
    rare, common = (weight("birth_date", held(), *numbered([voter(), *more])) for more in ([], same_day))
    assert rare - common > 3_000


def test_a_rare_birth_place_weighs_more_than_a_common_one():
    blora = weight("birth_place", held())
    assert weight("birth_place", held(birth_place="SAMPANG"), voter(birth_place="SAMPANG")) > blora


def test_a_misspelt_birth_place_says_what_the_place_meant_says():
    meant = weight("birth_place", held(birth_place="SAMPANG"), voter(birth_place="SAMPANG"))
    misspelt = weight("birth_place", held(birth_place="SAMPNG"), voter(birth_place="SAMPANG"))
    assert misspelt > 2_000
    assert meant >= misspelt
    assert abs(weight("birth_place", held(birth_place="BLORO"))) < 1_000  # most are born there


def test_two_places_that_are_nearly_called_alike_are_two():
    """PATI is written by many voters: who writes it seldom means PALI."""
    assert weight("birth_place", held(birth_place="PATI"), voter(birth_place="PALI")) < -1_000


def test_a_village_of_few_voters_weighs_more_than_one_of_many():
    home = {"region_code": "3316152001"}
    assert weight("region", held(**home), voter(**home)) > weight("region", held())


def test_a_wrong_digit_weighs_less_where_the_birth_dates_agree_already():
    """The NIK contains the birth date: digits that agree with it anyway say nothing new."""
    slip = "3316071403809001"
    dated = weight("nik", held(nik=slip))
    undated = weight("nik", held(nik=slip, birth_date=None))
    assert undated > 0
    assert dated < undated


def test_village_and_district_are_one_evidence():
    village, district = (weight("region", held(region_code=code)) for code in ("3316091015", "331609"))
    fields = {reason.field for reason in only(run([held()], [voter()])).candidates[0].reasons}
    assert village > district
    assert not {"village", "district"} & fields


def test_family_card_and_address_are_one_evidence():
    card = {"nkk": "3316090505059001"}
    found = reasons(only(run([held(**card)], [voter(**card)])))
    assert found["nkk"][1] > 0
    assert (found["region"][1], found["street"][1]) == (0, 0)
    away = {"region_code": "3316122005", "address": "DK NGLAWAN", "rt": "9"}
    assert weight("region", held(**card, **away), voter(**card)) < 0


@pytest.mark.parametrize(
    ("field", "nothing"),
    [
        ("nik", {"nik": None}),
        ("birth_date", {"birth_date": None}),
        ("sex", {"sex": None}),
        ("birth_place", {"birth_place": None}),
        ("region", {"region_code": None}),
        ("street", {"address": None, "rt": None, "rw": None}),
        ("nkk", {"nkk": None}),
        ("father", {"father": None}),
    ],
)
def test_a_missing_field_weighs_nothing(field, nothing):
    family = {"father": "KASDI", "nkk": "3316090505059001"}
    stated, silent = held(**family), held(**(family | nothing))
    assert weight(field, silent, voter(**family)) == 0
    assert weight(field, stated, voter(**(family | nothing))) == 0


def test_what_agrees_speaks_for_and_what_differs_against():
    other = {
        "nik": "3316122511789005", "birth_date": date(1985, 8, 2), "sex": "female", "birth_place": "PATI",
        "region_code": "3517010001", "address": "DK KRAJAN", "rt": "9", "father": "PARDI", "nkk": "3316090505059009",
    }  # fmt: skip
    family = {"father": "KASDI", "nkk": "3316090505059001"}
    equal = reasons(only(run([held(**family)], [voter(**family)])))
    at_home = reasons(only(run([held()], [voter()])))  # beside an equal family card the home says nothing new
    differs = reasons(only(run([held(**(family | other))], [voter(**family)])))
    assert all(equal[field][1] > 0 for field in (*other.keys() & equal, "name"))
    assert all(at_home[field][1] > 0 for field in ("region", "street"))
    assert all(differs[field][1] < 0 for field in (*other.keys() & differs, "region", "street"))


def test_no_field_speaks_louder_than_allowed():
    options = MatchOptions(most_bits=5.0, most_name_bits=4.0)
    candidate = only(run([held()], [voter()], options)).candidates[0]
    fields = [reason for reason in candidate.reasons if reason.field != "prior"]
    assert max(abs(reason.weight) for reason in fields) == 5_000
    assert all(reason.weight <= 4_000 for reason in fields if reason.field == "name")


def test_a_larger_roll_asks_for_more_evidence():
    small, large = (reasons(only(run([held()], [voter()], alone=alone)))["prior"][1] for alone in (True, False))
    assert large < small - 7_000  # 161 voters instead of one


def test_options_travel_without_loss():
    options = MatchOptions(automatic=0.995, m_nik=MatchOptions().m_nik | {"equal": 0.8})
    assert MatchOptions.from_json(options.to_json()) == options


def test_the_share_on_the_roll_is_what_the_numbers_say():
    """Thirty held persons whose NIK stand on the roll leave less doubt than thirty whose do not."""
    voters = crowd()[:60:2]
    here = [held(**{name: row[name] for name in ("name", "nik", "birth_date", "sex")}) for row in voters]
    away = [row | {"nik": f"3517{row['nik'][4:]}", "name": "MARDIKUN"} for row in here]
    last = held(nik=NUMBER)
    priors = [reasons(run(numbered([*rows, last]), [voter()]).matches[-1])["prior"][1] for rows in (here, away)]
    assert priors[0] > priors[1] + 3_000
