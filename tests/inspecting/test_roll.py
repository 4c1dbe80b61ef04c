"""What is found in a roll: each check by a row that has just this wrong, and nothing where nothing is."""

from datetime import date
from typing import Any

import pytest
from diffing.builders import election, stage, voter

from reconcile.deciding import load_election
from reconcile.inspecting import CHECKS, FAULTS, Check, inspect_roll

VOTING_DAY = date(2024, 11, 27)


def found(*rows: dict[str, Any], code: str = "DPT", rules: str = "pilkada-2024") -> list[tuple[str, int, int, str]]:
    """Return check, rows and what is said of each finding."""
    findings = inspect_roll(stage(code, *rows), load_election(rules)).to_pylist()
    return [(CHECKS[one["check"]].value, one["row"], one["other"], one["said"]) for one in findings]


def aged(number: int, born: date, **changes: Any) -> dict[str, Any]:
    """Return somebody born that day, with a NIK that says so."""
    row = voter(number, **changes)
    day = born.day + (40 if row["sex"] == "female" else 0)
    return row | {"birth_date": born, "nik": f"331609{day:02}{born:%m%y}{9001 + number}"} | changes


def right(number: int, **changes: Any) -> dict[str, Any]:
    return aged(number, date(1980, 1, 1 + number % 28), **changes)


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert found(right(1), right(2), right(3, tps="002")) == []


def test_an_empty_roll() -> None:
    assert found() == []


def test_one_nik_under_two_names() -> None:
    nik = right(1)["nik"]
    other = right(3) | {"nik": nik, "birth_date": right(1)["birth_date"]}
    assert found(right(1), right(2), other) == [("nik_twice", 0, 2, ""), ("nik_twice", 2, 0, "")]


def test_three_rows_with_one_nik_each_have_another() -> None:
    row = right(1)
    rows = [row, row | {"tps": "002"}, row | {"tps": "003"}]
    assert [one for one in found(*rows) if one[0] == "nik_twice"] == [
        ("nik_twice", 0, 1, ""), ("nik_twice", 1, 0, ""), ("nik_twice", 2, 0, ""),
    ]  # fmt: skip


def test_a_row_that_is_struck_is_no_second_one() -> None:
    assert found(right(1), right(1) | {"tps": "002", "remark": "2"}) == []


def test_at_the_special_tps_and_at_home() -> None:
    others = [right(number) for number in range(2, 40)]
    assert found(*others, right(1), right(1) | {"tps": "901"}) == [("special_and_home", 38, 39, "")]


def test_likely_twice_without_the_same_nik() -> None:
    others = [aged(number, date(1950 + number % 50, 1 + number % 12, 1 + number % 28)) for number in range(2, 500)]
    slip = right(1) | {"tps": "002", "nik": right(1)["nik"].replace("331609", "331605")}
    assert found(*others, right(1), slip) == [("likely_twice", 498, 499, "")]


class TestAge:
    def test_seventeen_on_voting_day_is_old_enough(self) -> None:
        assert found(aged(1, date(2007, 11, 27))) == []

    def test_a_day_younger_is_not(self) -> None:
        assert found(aged(1, date(2007, 11, 28))) == [("under_age", 0, -1, "")]

    @pytest.mark.parametrize("marital", ["married", "widowed"])
    def test_who_is_or_was_married_may_vote_with_proof(self, marital: str) -> None:
        assert found(aged(1, date(2008, 5, 1), marital=marital)) == [("married_minor", 0, -1, "")]

    def test_nothing_said_of_marriage_is_not_married(self) -> None:
        assert found(aged(1, date(2008, 5, 1), marital=None)) == [("under_age", 0, -1, "")]

    def test_the_day_is_each_elections_own(self) -> None:
        row = aged(1, date(2007, 2, 15))
        assert (found(row, rules="pemilu-2024"), found(row)) == ([("under_age", 0, -1, "")], [])

    def test_of_a_year_alone_nobody_is_called_too_young_who_may_be_old_enough(self) -> None:
        assert found(right(1) | {"birth_date": None, "birth_year": 2007}) == []
        assert found(right(1) | {"birth_date": None, "birth_year": 2008}) == [("under_age", 0, -1, "")]

    def test_no_birth_date(self) -> None:
        assert found(right(1) | {"birth_date": None}) == [("age_unknown", 0, -1, "")]


@pytest.mark.parametrize("born", [date(2024, 11, 28), date(1899, 12, 31)])
def test_a_date_that_cannot_be(born: date) -> None:
    assert found(aged(1, born)) == [("date_impossible", 0, -1, "")]


def test_a_date_that_never_was() -> None:
    assert found(right(1) | {"birth_date": None, "birth_raw": "31-02-1980"}) == [("date_impossible", 0, -1, "")]


class TestNumber:
    def test_another_date_than_the_nik_is_a_warning_with_the_niks_date(self) -> None:
        assert found(right(1) | {"birth_date": date(1980, 3, 9)}) == [("nik_date_differs", 0, -1, "02-01-1980")]
        assert Check.NIK_DATE_DIFFERS not in FAULTS

    def test_another_sex_than_the_nik(self) -> None:
        assert found(right(1) | {"sex": "female"}) == [("nik_sex_differs", 0, -1, "")]

    def test_no_number(self) -> None:
        assert found(right(1) | {"nik": None}) == [("nik_unusable", 0, -1, "")]


class TestStation:
    def rows(self, count: int, tps: str) -> list[dict[str, Any]]:
        row = right(1)
        return [row | {"name": f"W{place}", "nik": None, "tps": tps} for place in range(count)]

    def large(self, count: int, tps: str, rules: str) -> list[tuple[str, int, int, str]]:
        return [one for one in found(*self.rows(count, tps), rules=rules) if one[0] == "tps_too_large"]

    def test_as_many_as_allowed(self) -> None:
        assert self.large(600, "001", "pilkada-2024") == []

    def test_one_more(self) -> None:
        assert self.large(601, "001", "pilkada-2024") == [("tps_too_large", 0, -1, "601")]

    def test_the_limit_is_the_elections(self) -> None:
        assert self.large(301, "001", "pemilu-2024") == [("tps_too_large", 0, -1, "301")]

    def test_a_special_tps_may_have_more_where_the_election_says_so(self) -> None:
        assert self.large(301, "901", "pemilu-2024") == []
        assert self.large(601, "901", "pilkada-2024") != []


def test_a_number_that_is_no_code() -> None:
    assert found(right(1) | {"remark": "8"}) == [("code_unknown", 0, -1, "")]
    assert found(right(1) | {"remark": "8"}, code="DPHP") == []  # there it strikes


def test_findings_come_by_check_faults_first() -> None:
    places = [place for place, check in enumerate(CHECKS) if check in FAULTS]
    assert places == list(range(len(FAULTS)))
    assert election().minimum_age == 17
