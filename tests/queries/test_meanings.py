"""What a difference means, in one of the fixed words."""

import pytest

from reconcile.queries.meanings import Meaning, of_dates, of_names, of_numbers

SAME, SPELLING, SWAPPED, SHORT = Meaning.SAME, Meaning.SPELLING, Meaning.SWAPPED, Meaning.SHORT
DIGITS, YEAR, DIFFERENT = Meaning.DIGITS, Meaning.YEAR, Meaning.DIFFERENT


@pytest.mark.parametrize(
    ("left", "right", "meaning"),
    [
        ("AHMAD FAUZI", "AHMAD FAUZI", SAME),
        ("AHMAD FAUZI", "AHMAD FAUZY", SPELLING),
        ("JASMIN WAWANNMAULANA", "JASMIN WAWAN MAULANA", SPELLING),
        ("FAUZI AHMAD", "AHMAD FAUZI", SWAPPED),
        ("FAUZI AHMAD", "AHMAD FAUZY", SPELLING),
        ("MUH FAUZI", "MUHAMMAD FAUZI", SHORT),
        ("MOCH FAUZI", "MUHAMMAD FAUZI", SHORT),
        ("M FAUZI", "MUHAMMAD FAUZI", SHORT),
        ("A. FAUZI", "AHMAD FAUZI", SHORT),
        ("SITI AMINAH", "SITI NUR AMINAH", SHORT),
        ("TASDIYO", "TASDIYO UTOMO", SHORT),  # a name of one word
        ("TASDIYO", "TASDIJO", SPELLING),
        ("NOER", "NUR", SPELLING),  # too short for letters to tell: the spelling class does
        ("T", "TASDIYO", DIFFERENT),  # one letter stands for anybody
        ("SUTRISNO", "BUDI", DIFFERENT),
    ],
)
def test_names(left: str, right: str, meaning: Meaning) -> None:
    assert of_names(left, right) is meaning
    assert of_names(right, left) is meaning


@pytest.mark.parametrize(
    ("left", "right", "meaning"),
    [
        ("3316051907719001", "3316051907719001", SAME),
        ("3316051907719010", "3316051907719001", SWAPPED),
        ("3316051907719001", "3316051907719002", DIGITS),
        ("331605190771901", "3316051907719001", DIGITS),  # one lost
        ("9171010101909001", "9171010101909004", DIGITS),  # what a spreadsheet makes of Papua
        ("9171010101909001", "3316051907719876", DIFFERENT),
    ],
)
def test_numbers(left: str, right: str, meaning: Meaning) -> None:
    assert of_numbers(left, right) is meaning
    assert of_numbers(right, left) is meaning


@pytest.mark.parametrize(
    ("left", "right", "meaning"),
    [
        ("05-11-1990", "05-11-1990", SAME),
        ("05-11-1990", "11-05-1990", SWAPPED),
        ("05-11-1990", "05-11-1991", YEAR),
        ("05-11-1990", "06-11-1990", DIGITS),
        ("05-11-1990", "05-12-1990", DIGITS),
        ("05-11-1990", "06-12-1991", DIFFERENT),
        ("1990", "05-11-1991", YEAR),
        ("1990", "05-11-1990", Meaning.TIDIED),
    ],
)
def test_dates(left: str, right: str, meaning: Meaning) -> None:
    assert of_dates(left, right) is meaning
    assert of_dates(right, left) is meaning
