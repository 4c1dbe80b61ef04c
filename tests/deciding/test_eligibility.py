"""Who may vote: age and marriage, nationality, service, and what happens when sources differ."""

from datetime import date

import pytest

from reconcile.deciding import Note, decide
from reconcile.deciding.answers import settle
from reconcile.deciding.birth import BirthRange, age_on, birth_range, is_under, nik_birth
from reconcile.records import MatchStatus, Outcome

from .builders import case, fixed, held, setting

VOTE = date(2024, 11, 27)
ADULT, MINOR = date(1990, 5, 1), date(2008, 5, 1)


@pytest.mark.parametrize(
    "born, day, age",
    [
        (date(2007, 11, 27), VOTE, 17),
        (date(2007, 11, 28), VOTE, 16),
        (date(2007, 2, 14), date(2024, 2, 14), 17),
        (date(2008, 2, 29), date(2025, 2, 28), 16),  # 29 February counts as 1 March in other years
        (date(2008, 2, 29), date(2025, 3, 1), 17),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2008, 3, 1), date(2028, 2, 29), 19),
    ],
)
def test_age_in_whole_years(born, day, age):
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    "row, answer",
    [
        ({"birth_date": date(2007, 11, 27), "birth_quality": "exact"}, False),
        ({"birth_date": date(2007, 11, 28), "birth_quality": "exact"}, True),
        ({"birth_date": date(2007, 11, 28)}, True),
        ({"birth_year": 2006, "birth_quality": "year"}, False),
        ({"birth_year": 2007, "birth_quality": "year"}, None),
        ({"birth_year": 2008, "birth_quality": "year"}, True),
        ({"birth_date": date(2007, 1, 1), "birth_year": 2007, "birth_quality": "filler"}, None),
        ({"birth_date": date(2008, 1, 1), "birth_quality": "filler"}, True),
        ({"age": 17, "birth_quality": "age"}, False),
        ({"age": 16, "birth_quality": "age"}, None),
        ({"age": 15, "birth_quality": "age"}, True),
        ({"birth_quality": "missing"}, None),
        ({}, None),
    ],
)
def test_under_seventeen_on_voting_day_only_when_certain(row, answer):
    assert is_under(birth_range(row, date(2024, 11, 1)), 17, VOTE) is answer


def test_an_age_is_a_range_of_days():
    assert birth_range({"age": 34}, date(2024, 2, 29)) == BirthRange(date(1989, 3, 1), date(1990, 2, 28), from_age=True)


@pytest.mark.parametrize(
    "of, expected",
    [
        ({"birth_date": date(2007, 11, 27)}, "not_on_roll"),
        ({"birth_date": date(2007, 11, 28)}, "ineligible"),
        ({"birth_date": date(2007, 11, 28), "marital": "single"}, "ineligible"),
        ({"birth_date": date(2007, 11, 28), "marital": "married"}, "not_on_roll"),
        ({"birth_date": date(2007, 11, 28), "marital": "widowed"}, "not_on_roll"),
        ({"birth_date": None, "birth_year": 2007, "birth_quality": "year"}, "not_on_roll"),
        ({"birth_date": None, "age": 15, "birth_quality": "age"}, "ineligible"),
    ],
)
def test_under_age_and_never_married_may_not_vote(of, expected):
    assert decide(case(of=held(**of)), setting()).outcome == expected


@pytest.mark.parametrize("born, expected", [(date(2007, 2, 14), "not_on_roll"), (date(2007, 2, 15), "ineligible")])
def test_the_day_that_counts_is_the_voting_day_of_the_election(born, expected):
    at_pemilu = setting("pemilu-2024", as_of=date(2024, 2, 1))
    assert decide(case(of=held(birth_date=born)), at_pemilu).outcome == expected


def test_marriage_on_the_roll_counts():
    minor = {"birth_date": MINOR}
    decided = decide(case(fixed(**minor, marital="married"), of=held(**minor)), setting())
    assert (decided.outcome, decided.provisional) == (Outcome.NEEDS_TRANSFER, False)


@pytest.mark.parametrize(
    "of, notes",
    [
        ({"birth_date": MINOR}, [Note.UNDER_AGE, Note.MARITAL_UNKNOWN]),
        ({"birth_date": MINOR, "marital": "single"}, [Note.UNDER_AGE]),
        ({"birth_date": None, "birth_year": 2007, "nik": None}, [Note.AGE_UNCERTAIN]),
        ({"birth_date": None, "nik": None}, [Note.AGE_UNCERTAIN]),
        ({"birth_date": None, "marital": "married"}, []),
        ({"nationality": "WNA"}, [Note.FOREIGN]),
        ({"nationality": "ISLAM"}, [Note.NATIONALITY_UNREADABLE]),
        ({"occupation": "POLRI"}, [Note.SERVING]),
        ({"occupation": "PNS/TNI/POLRI"}, [Note.OCCUPATION_UNCLEAR]),
        ({"occupation": "BURUH", "nationality": "WNI"}, []),
    ],
)
def test_notes_say_why_and_what_is_not_known(of, notes):
    assert list(decide(case(of=held(**of)), setting()).notes) == notes


# Sources that differ: the date on the roll, the date on the register, how sure the match is.
@pytest.mark.parametrize(
    "roll, register, status, expected, is_provisional",
    [
        (ADULT, ADULT, MatchStatus.AUTO, "needs_transfer", False),
        (ADULT, MINOR, MatchStatus.AUTO, "needs_transfer", True),
        (MINOR, ADULT, MatchStatus.AUTO, "ineligible", True),
        (MINOR, MINOR, MatchStatus.AUTO, "ineligible", False),
        (None, MINOR, MatchStatus.AUTO, "ineligible", False),
        (ADULT, date(1991, 5, 1), MatchStatus.AUTO, "needs_transfer", False),
        (ADULT, MINOR, MatchStatus.REVIEW, "ineligible", True),
        (MINOR, ADULT, MatchStatus.REVIEW, "needs_transfer", True),
    ],
)
def test_the_roll_prevails_where_the_match_is_certain(roll, register, status, expected, is_provisional):
    entry = fixed(birth_date=roll, marital=None)
    decided = decide(case(entry, of=held(birth_date=register), status=status), setting())
    assert (decided.outcome, decided.provisional) == (expected, is_provisional)
    assert (Note.AGE_CONTRADICTED in decided.notes) == (roll is not None and (roll == MINOR) != (register == MINOR))


# A NIK carries a birth date too: made-up NIKs of 12-08 of some year, serial 9001.
def nik_of(year: str, day: str = "12") -> str:
    return f"331612{day}08{year}9001"


@pytest.mark.parametrize(
    "nik, stated, born",
    [
        (nik_of("79"), date(1979, 8, 12), date(1979, 8, 12)),
        (nik_of("08"), None, date(2008, 8, 12)),
        (nik_of("30"), None, date(1930, 8, 12)),
        (nik_of("08"), date(1998, 8, 12), date(2008, 8, 12)),
        (nik_of("08"), date(1918, 8, 12), date(1908, 8, 12)),
        (nik_of("79", day="52"), date(1979, 8, 12), date(1979, 8, 12)),  # a woman's
        (nik_of("79"), date(1979, 8, 13), None),  # of somebody else, or mistyped
        (nik_of("79", day="32"), None, None),
        (nik_of("79", day="00"), None, None),
    ],
)
def test_the_date_a_nik_carries(nik, stated, born):
    range_of = BirthRange(stated, stated) if stated else None
    expected = BirthRange(born, born) if born else None
    assert nik_birth(nik, range_of, date(2024, 11, 1)) == expected


@pytest.mark.parametrize(
    "year, of, expected, is_provisional",
    [
        ("79", {}, "not_on_roll", False),
        ("80", {}, "not_on_roll", False),  # differs, but changes nothing
        ("08", {"birth_date": date(1998, 8, 12)}, "not_on_roll", True),
        ("98", {"birth_date": date(2008, 8, 12)}, "ineligible", True),
        ("98", {"birth_date": date(2008, 8, 13)}, "ineligible", False),  # the NIK is of another birthday
        ("05", {"birth_date": date(2015, 8, 12)}, "not_on_roll", True),  # nobody of nine years is held
        ("70", {"birth_date": date(2015, 8, 13)}, "ineligible", True),
        ("08", {"birth_date": None}, "not_on_roll", False),  # a NIK alone bars nobody
        ("98", {"birth_date": None, "birth_year": 2007}, "not_on_roll", False),
        ("98", {"birth_date": None, "birth_year": 2008}, "ineligible", True),
    ],
)
def test_a_nik_is_heard_last(year, of, expected, is_provisional):
    decided = decide(case(of=held(nik=nik_of(year), **of)), setting())
    assert (decided.outcome, decided.provisional) == (expected, is_provisional)
    assert (Note.AGE_CONTRADICTED in decided.notes) == is_provisional


def test_a_nik_is_not_heard_where_a_roll_gives_a_date():
    born = {"birth_date": date(1998, 8, 12), "marital": None}
    decided = decide(case(fixed(**born), of=held(nik=nik_of("08"), **born)), setting())
    assert (decided.outcome, decided.provisional) == (Outcome.NEEDS_TRANSFER, False)


@pytest.mark.parametrize("year, notes", [("98", []), ("08", [Note.AGE_UNCERTAIN])])
def test_a_nik_alone_clears_somebody_but_bars_nobody(year, notes):
    decided = decide(case(of=held(nik=nik_of(year), birth_date=None)), setting())
    assert list(decided.notes) == notes


@pytest.mark.parametrize(
    "one, other, expected",
    [
        ({"birth_date": ADULT}, {"birth_date": MINOR}, "needs_review"),
        (
            {"birth_date": MINOR, "marital": "single"},
            {"birth_date": MINOR, "marital": "married"},
            "needs_review",
        ),
        ({"birth_date": MINOR}, {"birth_date": MINOR, "marital": "married"}, "not_on_roll"),
        (
            {"birth_date": ADULT, "marital": "single"},
            {"birth_date": ADULT, "marital": "married"},
            "not_on_roll",
        ),
        ({"nationality": "WNA"}, {"nationality": "WNI"}, "needs_review"),
        ({"nationality": "WNA"}, {"nationality": None}, "ineligible"),
        ({"occupation": "TNI AD"}, {"occupation": "WIRASWASTA"}, "needs_review"),
        ({"occupation": "TNI AD"}, {"occupation": "POLRI"}, "ineligible"),
        ({"occupation": "TNI AD"}, {}, "ineligible"),
    ],
)
def test_two_register_rows_of_one_person(one, other, expected):
    for first, second in ((one, other), (other, one)):
        decided = decide(case(of=held(**first), same_as=(held(row=7, **second),)), setting())
        assert decided.outcome == expected


def test_the_roll_settles_what_register_rows_contradict():
    rows = held(birth_date=ADULT), held(birth_date=MINOR, row=7)
    decided = decide(case(fixed(birth_date=ADULT), of=rows[0], same_as=rows[1:]), setting())
    assert (decided.outcome, decided.provisional) == (Outcome.NEEDS_TRANSFER, False)  # married on the roll
    entry = fixed(birth_date=ADULT, marital="single")
    decided = decide(case(entry, of=rows[0], same_as=rows[1:]), setting())
    assert (decided.outcome, decided.provisional) == (Outcome.NEEDS_TRANSFER, True)


@pytest.mark.parametrize(
    "sources, value, is_split, is_contradicted",
    [
        ([[], []], None, False, False),
        ([[None], [True]], True, False, False),
        ([[False], [True, False]], False, False, True),
        ([[True, False], [True]], None, True, False),
    ],
)
def test_the_first_source_that_says_anything_prevails(sources, value, is_split, is_contradicted):
    answer = settle(*sources)
    assert (answer.value, answer.is_split, answer.is_contradicted) == (value, is_split, is_contradicted)
