"""Who will be released before voting day, and what follows."""

from datetime import date

import pytest

from reconcile.deciding import Note, decide
from reconcile.records import Outcome

from .builders import at_rutan, case, fixed, held, moved, sentenced, setting

BEFORE = date(2024, 11, 19)
LAST = date(2024, 11, 20)  # to move somebody held
AFTER = date(2024, 11, 21)
SOON = date(2024, 11, 26)  # the day before the vote

HERE = at_rutan()
AT_HOME = fixed()
MOVED = moved()


@pytest.mark.parametrize(
    "register_class, release, expected",
    [
        ("B.I", date(2024, 11, 26), "leaving"),
        ("B.IIa", date(2024, 10, 1), "leaving"),
        ("B.III", date(2024, 11, 26), "leaving"),
        ("B.II", date(2024, 11, 26), "leaving"),
        ("B.I", date(2024, 11, 27), "fixed_here"),  # released on voting day itself
        ("B.I", None, "fixed_here"),
        ("A.V", date(2024, 11, 26), "fixed_here"),
        ("A.I", date(2024, 11, 26), "fixed_here"),
        (None, date(2024, 11, 26), "fixed_here"),  # police cells
        ("", date(2024, 11, 26), "fixed_here"),
    ],
)
def test_only_the_end_of_a_sentence_is_a_release(register_class, release, expected):
    decided = decide(case(HERE, of=held(register_class=register_class, release_date=release)), setting())
    assert decided.outcome == expected
    stage_ends = expected == "fixed_here" and release == date(2024, 11, 26)
    assert (Note.DETENTION_STAGE_ENDS in decided.notes) == stage_ends


def test_a_longer_sentence_prevails():
    rows = sentenced(SOON), sentenced(date(2025, 6, 1), row=7)
    decided = decide(case(HERE, of=rows[0], same_as=rows[1:]), setting())
    assert decided.outcome == Outcome.FIXED_HERE
    assert Note.LATER_RELEASE_PREVAILS in decided.notes


def test_a_detention_after_the_sentence_prevails():
    again = held(kind="polres", register_class=None, entry_date=date(2024, 10, 20), release_date=None)
    decided = decide(case(HERE, of=sentenced(date(2024, 10, 1)), same_as=(again,)), setting())
    assert decided.outcome == Outcome.FIXED_HERE
    assert Note.DETAINED_AGAIN in decided.notes


def test_the_class_before_the_sentence_is_forgotten():
    before = held(register_class="A.III", release_date=date(2024, 8, 1), row=7)
    decided = decide(case(HERE, of=before, same_as=(sentenced(date(2025, 6, 1)),)), setting())
    assert decided.outcome == Outcome.FIXED_HERE
    assert decided.notes == ()


@pytest.mark.parametrize(
    "entries, as_of, action, due",
    [
        ((HERE,), BEFORE, "move_back", LAST),
        ((AT_HOME, MOVED), BEFORE, "move_back", LAST),
        ((AT_HOME,), BEFORE, "vote_at_home", None),
        ((), BEFORE, "vote_at_home", None),
        ((HERE,), AFTER, "ask_kpu", None),
        ((AT_HOME,), AFTER, "vote_at_home", None),
    ],
)
def test_who_leaves_votes_at_home_and_must_be_moved_back_if_listed_here(entries, as_of, action, due):
    decided = decide(case(*entries, of=sentenced(SOON)), setting(as_of=as_of))
    assert (decided.outcome, decided.action, decided.due) == ("leaving", action, due)
    assert (decided.category, decided.ballots) == (None, ())
