"""Generated cases, answered and judged: nothing lost, sums add up, groups are parts of the whole."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reconcile.evaluating import Answered, Evaluation, Setting, Trait, answer_case, read_case
from reconcile.evaluating.traits import traits_of
from reconcile.evaluating.truth import TruthRow
from reconcile.records import Sex

pytestmark = pytest.mark.slow


def test_every_row_is_answered(answered: list[Answered]) -> None:
    for case in answered:
        assert (len(case.verdicts), case.extra) == (72, 0)
        assert not any(one.lost for one in case.verdicts)
        assert case.left.of > 0


def test_figures_are_what_a_usable_program_reaches(answered: list[Answered]) -> None:
    """Not the floors of the matcher: those are held elsewhere. A judge that mixed up rows would fall below."""
    whole = Evaluation(answered).whole
    floors = {"precision": 0.99, "automatic": 0.7, "first": 0.9, "among_five": 0.9, "outcome": 0.9}
    assert {name: share.value for name, share in whole.shares.items() if (share.value or 0) < floors[name]} == {}


def test_cases_add_up(answered: list[Answered]) -> None:
    both, parts = Evaluation(answered), [Evaluation([case]) for case in answered]
    for name, share in both.whole.shares.items():
        assert share.right == sum(part.whole.shares[name].right for part in parts)
        assert share.of == sum(part.whole.shares[name].of for part in parts)


def test_groups_of_one_value_a_person_add_up_to_the_whole(answered: list[Answered]) -> None:
    evaluation = Evaluation(answered)
    for trait in set(Trait) - {Trait.DAMAGE}:
        assert sum(figures.people for figures in evaluation.by_trait[trait].values()) == evaluation.whole.people
    assert {"female", "male"} <= evaluation.by_trait[Trait.SEX].keys()
    assert evaluation.by_trait[Trait.NIK].keys() == {"damaged", "missing", "whole"}
    assert {"nik_missing", "name_letter"} <= evaluation.by_trait[Trait.DAMAGE].keys()


def test_order_of_the_truth_does_not_matter(folders: list[Path], setting: Setting, answered: list[Answered]) -> None:
    case = read_case(folders[1])
    turned = answer_case(replace(case, truth=case.truth[::-1]), setting)
    assert Evaluation([turned]).whole == Evaluation([answered[1]]).whole


def test_a_row_that_is_not_read_is_lost_and_not_forgotten(folders: list[Path], setting: Setting) -> None:
    case = read_case(folders[1])
    gone = replace(case.truth[0], row=9999)
    answered = answer_case(replace(case, truth=(gone, *case.truth[1:])), setting)
    whole = Evaluation([answered]).whole
    assert (whole.people, whole.lost, answered.extra) == (72, 1, 1)


def test_a_wrong_automatic_match_is_named_by_place_only(answered: list[Answered]) -> None:
    case = answered[0]
    automatic = next(one for one in case.verdicts if one.automatic)
    spoilt = replace(
        case, verdicts=tuple(replace(one, first=one is not automatic and one.first) for one in case.verdicts)
    )
    said = Evaluation([spoilt]).to_dict()["cases"][0]["wrong"]
    assert said == [{"held": automatic.place, "voter": automatic.named}]
    assert automatic.place.split("|")[0] in ("rutan.xlsx", "polres.xlsx")


def test_what_left_right_matches_to_a_person(answered: list[Answered]) -> None:
    evaluation = Evaluation(answered)
    careful = [one for one in evaluation.verdicts if one.first and not one.automatic]
    assert sum(alone for _, alone in evaluation.held_back.values()) == sum(len(one.cautions) == 1 for one in careful)
    assert sum(count for count, _ in evaluation.held_back.values()) == sum(len(one.cautions) for one in careful)


def test_times_the_error(answered: list[Answered]) -> None:
    evaluation = Evaluation(answered)
    error = evaluation.whole.error("first")
    for figures in evaluation.by_trait[Trait.NAME].values():
        times = evaluation.times_the_error(figures)
        assert times is None if not error else times == pytest.approx((figures.error("first") or 0.0) / error)


def test_what_is_written_is_json_without_times(answered: list[Answered]) -> None:
    evaluation = Evaluation(answered)
    slower = Evaluation([replace(case, seconds=(9.0, 9.0)) for case in answered])
    assert json.dumps(evaluation.to_dict(), sort_keys=True) == json.dumps(slower.to_dict(), sort_keys=True)


ROW = TruthRow.of({"source": "rutan", "row": "7", "group": "regular", "nik_kind": "ok", "dpt": "", "dptb": ""})


@pytest.mark.parametrize(
    ("record", "region", "name", "province"),
    [
        ({"name": "SUKARNO", "region_code": "3316"}, "", "one", "other"),
        ({"name": "WELLEM KOGOYA", "region_code": "9171"}, "33", "several", "papua"),
        ({"name": "WELLEM", "nik": "9271010101909001"}, "", "one", "papua"),
        ({"name": None}, "9603", "unknown", "papua"),
        ({}, "", "unknown", "unknown"),
    ],
)
def test_traits(record: dict[str, str | None], region: str, name: str, province: str) -> None:
    found = traits_of(ROW, {**record, "sex": Sex.MALE.value}, region)
    assert (found[Trait.NAME], found[Trait.PROVINCE], found[Trait.SEX]) == ((name,), (province,), ("male",))
    assert found[Trait.DAMAGE] == ()
