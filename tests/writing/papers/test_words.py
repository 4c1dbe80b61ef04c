"""Numbers and days as minutes write them; every code has its Indonesian word."""

from datetime import UTC, date, datetime

import pytest

from reconcile.deciding.codes import Action, Actor
from reconcile.records import Outcome
from reconcile.writing.papers import Audience
from reconcile.writing.papers.words import (
    ACTIONS,
    ACTORS,
    COPIES,
    OUTCOMES,
    REMARKS,
    day_in_words,
    number,
    spelt,
    weekday,
)
from tests.writing.papers import builders


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "nol"), (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (19, "sembilan belas"),
        (20, "dua puluh"), (21, "dua puluh satu"), (100, "seratus"), (116, "seratus enam belas"),
        (200, "dua ratus"), (999, "sembilan ratus sembilan puluh sembilan"), (1000, "seribu"),
        (1001, "seribu satu"), (2024, "dua ribu dua puluh empat"), (11_011, "sebelas ribu sebelas"),
        (101_100, "seratus satu ribu seratus"),
    ],
)  # fmt: skip
def test_counts_in_words(count, words):
    assert spelt(count) == words


def test_days_and_thousands():
    day = date(2024, 11, 27)
    assert (weekday(day), day_in_words(day), number(1234567)) == ("Rabu", "27 November 2024", "1.234.567")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (OUTCOMES, Outcome),
        (REMARKS, Outcome),
        (ACTIONS, Action),
        (ACTORS, Actor),
        (COPIES, Audience),
    ],
)
def test_every_code_has_words_and_every_word_a_code(words, codes):
    assert list(words) == list(codes)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Rutan Kelas IIB Blora, versi 3, disetujui 12-11-2024 pukul 14.05 WIB oleh Rini Komisioner"),
        (
            {"approved": datetime(2024, 11, 12, 23, 5, tzinfo=UTC), "approver": ""},
            "Rutan Kelas IIB Blora, versi 3, disetujui 13-11-2024 pukul 06.05 WIB",
        ),
        (
            {"approved": None},
            "Rutan Kelas IIB Blora, versi 3, RANCANGAN belum disetujui, keadaan 01-11-2024",
        ),
    ],
)
def test_the_foot_says_which_version(changes, text):
    matter = builders.matter()
    now = builders.version(matter.version.rows, **changes)
    assert type(matter)(now, matter.election).edition == text
