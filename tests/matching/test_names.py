"""Names of one person that stood two ways in what was read about Blora (domain 7.3), and names of two people."""

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from reconcile.matching.naming import LEVEL, name_levels
from reconcile.matching.options import NAME_LEVELS
from reconcile.matching.wording import Vocabularies, encode_names

with (Path(__file__).parent / "names_7_3.csv").open(encoding="utf-8", newline="") as lines:
    SEEN = [tuple(row.values()) for row in csv.DictReader(lines)]

# One pair a level: what each is for.
LEVELS = [
    ("SITI AMINAH", "SITI AMINAH", "equal"),
    ("SITI AMINAH", "AMINAH SITI", "same_words"),
    ("SRI WAHYUNI", "SRIWAHYUNI", "joined"),
    ("NUR HAYATI", "NURHAYATI", "joined"),
    ("ABDUL RAHMAN", "ABDULRAHMAN", "joined"),
    ("NUR-AINI", "NUR AINI", "equal"),
    ("NUR'AINI", "NURAINI", "equal"),
    ("DJOKO SOESILO", "JOKO SUSILO", "spelling"),
    ("DJOKO SOESILO", "SUSILO JOKO", "spelling"),
    ("SUPARNO", "SUPARMO", "one_letter"),
    ("SUPARNO", "SUPRANO", "one_letter"),  # two neighbours exchanged
    ("WAGIYO LEGAWA", "WAGINO LEGAWI", "two_letters"),
    ("MUH S ANWAR", "MUHAMMAD SYAIFUL ANWAR", "initials"),
    ("WAHYU K", "WAHYU KURNIAWAN", "initials"),
    ("BUDI HARDIONO", "BUDI", "missing_word"),
    ("KADARI", "KADARISMAN", "clipped"),
    ("WIDI NURINTAN ARI KUR", "WIDI NURINTAN ARI KURNIANTO", "clipped"),
    ("RIFQI FIRMANSYAH AND", "RIFQI FIRMANSYAH ANDRIANTO", "clipped"),  # "AND" folds to ANT, ANDRIANTO does not
    ("YLHAM WIJAYA SETIAW", "ILHAM WIJAYA SETIAWAN HIDAYAT", "clipped"),  # cut, and what followed is missing
    ("ARIF PRASETYO KURNRA", "ARIF PRASETYO KURNIAWAN", "clipped"),  # cut, and a letter of what is left is wrong
    ("HERMAWAN AGUS SAKA", "AGUS HERMAWAN SUKARNO", "clipped"),
    ("HERMAWAN AGUS SKA", "AGUS HERMAWAN SUKARNO", "partial"),  # of three letters none may be wrong
    ("FARHMINUGROHOSETIAW", "FAHMI NUGROHO SETIAWAN", "clipped"),
    ("HUSEBP", "HUSEIN PRATAMA", "different"),
    ("HIDAYATBAGAS", "BAGAS HIDAYAT", "spelling"),
    ("AZISABDUL", "ABDUL ASIS", "spelling"),
    ("DNI S", "DANI SAPUTRA", "initials"),
    ("DNI S", "DWI SAPUTRA", "different"),  # three letters each are two names
    ("SETIAWAN PRAM", "PRAMUDITA SETIAWAN", "partial"),  # what was cut off stood last
    ("R TUKIDI SANTOSO", "TUKIDI SANTOSO", "spelling"),  # Raden
    ("R TUKIDI SANTOSO", "TUKUDI SANTOSO", "one_letter"),
    ("SISWANTO ANWAR", "SYSWANTO ANWEAR", "two_letters"),  # near as written; folding SY to S tears them apart
    ("LASD", "LASDI", "one_letter"),
    ("AGUS SALIM", "AGUS RIYADI", "partial"),
    ("SUKIMAN", "PARJONO", "different"),
    ("ALI", "ADI", "one_letter"),  # how many share such a short name is counted, so it weighs little
    ("NO", "NA", "different"),
    ("SUKIMAN", "", "different"),
    ("S", "SUKIMAN", "different"),  # an initial alone is nobody's name
]


def levels(pairs):
    """Return the level of each pair of names, all in one call."""
    vocabularies = Vocabularies()
    own, other = (encode_names(pa.array(names, pa.string()), vocabularies) for names in zip(*pairs, strict=True))
    places = np.arange(len(pairs))
    found, _ = name_levels(own, other, places, places, np.full(len(vocabularies.words.classes), 8.0))
    return [NAME_LEVELS[number] for number in found]


def test_names_seen_two_ways_are_no_worse_than_agreed():
    found = levels([(one, other) for one, other, _ in SEEN])
    worse = [
        (one, other, got) for (one, other, worst), got in zip(SEEN, found, strict=True) if LEVEL[got] > LEVEL[worst]
    ]
    assert not worse


@pytest.mark.parametrize(
    ("one", "other", "expected", "got"),
    [(*row, got) for row, got in zip(LEVELS, levels([row[:2] for row in LEVELS]), strict=True)],
)
def test_each_level_has_its_example(one, other, expected, got):
    assert got == expected


def test_which_list_writes_it_which_way_does_not_matter():
    pairs = [row[:2] for row in (*SEEN, *LEVELS)]
    assert levels(pairs) == levels([(other, one) for one, other in pairs])
