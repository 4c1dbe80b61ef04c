"""How officers answer is counted as they answered."""

from typing import Any

import pytest
from doubts import Doubts, answer

from reconcile.models import Case
from reconcile.queries.agreement import agreement

pytestmark = pytest.mark.django_db


def case(doubts: Doubts, number: int) -> Case:
    return doubts.case(f"ORANG {number}", (doubts.voter(f"PEMILIH {number}"), 0.9))


def test_the_second_agrees_or_not(doubts: Doubts, officers: Any) -> None:
    first, second = officers["kpps"], officers["second"]
    for number, says in enumerate(("no_list", "same", "unsure")):
        made = case(doubts, number)
        answer(made, first, "no_list")
        answer(made, second, says, made.outcome.voter if says == "same" else None)
    answer(case(doubts, 9), first, "no_list")  # waits for the second
    found = agreement(doubts.place, doubts.run)
    assert (found.both, found.agreed, found.percent) == (3, 1, 33)
    assert {one.officer.username: (one.answers, one.same) for one in found.officers} == {
        "kpps": (4, 0),
        "second": (3, 1),
    }


def test_nobody_has_answered(doubts: Doubts) -> None:
    found = agreement(doubts.place, doubts.run)
    assert (found.both, found.percent, found.officers) == (0, 0, ())


def test_an_unusual_rate_needs_many_answers(doubts: Doubts, officers: Any) -> None:
    def unusual() -> list[str]:
        return [one.officer.username for one in agreement(doubts.place, doubts.run).officers if one.is_unusual]

    for number in range(12):
        made = case(doubts, number)
        yes = number % 2 == 0
        answer(
            made,
            officers["kpps" if yes else "second"],
            "same" if yes else "no_list",
            made.outcome.voter if yes else None,
        )
    assert unusual() == []  # six answers each
    for number in range(20, 30):
        made = case(doubts, number)
        answer(made, officers["kpps"], "same", made.outcome.voter)
        other = case(doubts, number + 20)
        answer(other, officers["second"], "no_list")
    assert unusual() == ["kpps", "second"]
