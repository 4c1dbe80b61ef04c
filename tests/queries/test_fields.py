"""The rows of the comparison, from records that are not stored."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from reconcile.access import SIGHT
from reconcile.models import HeldEntry, Role, Voter
from reconcile.queries.comparing import Sign
from reconcile.queries.fields import Row, Seen, rows
from reconcile.queries.meanings import Meaning

AS_OF = date(2024, 11, 1)
PERSON = {
    "name": "AHMAD FAUZI", "name_raw": "AHMAD FAUZI", "sex": "male", "birth_place": "BLORA",
    "birth_date": date(1990, 5, 11), "birth_quality": "exact", "nik": "3316091105909001", "nik_quality": "ok",
    "address": "DK SUMBERJO", "rt": "1", "rw": "2", "region_code": "3316091015",
}  # fmt: skip

YEAR_ONLY = {"birth_date": None, "birth_quality": "year"}


def row(name: str, held: Mapping[str, Any], voter: Mapping[str, Any], levels: Mapping[str, str] | None = None) -> Row:
    records = HeldEntry(**{**PERSON, **held}), Voter(**{**PERSON, "tps": "004", "tps_region": "3316091015", **voter})
    found = {one.name: one for one in rows(*records, Seen(SIGHT[Role.KPPS], AS_OF, levels or {}))}
    return found[name]


def text(pieces: Any) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("name", "held", "voter", "sign"),
    [
        ("name", {}, {}, Sign.SAME),
        ("name", {"name_raw": "Ahmad Fauzi"}, {}, Sign.SAME),  # capitals are no difference
        ("name", {"name_raw": "H. AHMAD FAUZI"}, {}, Sign.ALIKE),
        ("name", {"name": "FAUZI AHMAD", "name_raw": "FAUZI AHMAD"}, {}, Sign.ALIKE),
        ("name", {"name": "AHMAD FAUZY", "name_raw": "AHMAD FAUZY"}, {}, Sign.DIFFERENT),
        ("birth_date", {}, {}, Sign.SAME),
        ("birth_date", {"birth_date": date(1990, 11, 5)}, {}, Sign.DIFFERENT),
        (
            "birth_date",
            {"birth_date": None, "birth_year": 1990, "birth_quality": "year"},
            {"birth_year": 1990},
            Sign.ALIKE,
        ),
        (
            "birth_date",
            {"birth_date": None, "birth_year": 1991, "birth_quality": "year"},
            {"birth_year": 1990},
            Sign.DIFFERENT,
        ),
        ("birth_date", {"birth_date": None, "age": 34, "birth_quality": "age"}, {}, Sign.ALIKE),
        ("birth_date", {"birth_date": None, "age": 50, "birth_quality": "age"}, {}, Sign.DIFFERENT),
        ("birth_date", {"birth_date": None, "birth_quality": "missing"}, {}, Sign.EMPTY),
        ("birth_place", {"birth_place": "KAB. BLORA"}, {}, Sign.ALIKE),
        ("sex", {"sex": "female"}, {}, Sign.DIFFERENT),
        ("nik", {}, {}, Sign.SAME),
        ("nik", {"nik": "", "nik_digits": "331609110590900", "nik_quality": "rounded"}, {}, Sign.ALIKE),
        ("nik", {"nik": "", "nik_digits": "331609110590901", "nik_quality": "short"}, {}, Sign.DIFFERENT),
        ("nik", {"nik": "", "nik_digits": "", "nik_quality": "missing"}, {}, Sign.EMPTY),
        ("tps", {}, {}, Sign.EMPTY),
    ],
)
def test_signs(name: str, held: dict[str, Any], voter: dict[str, Any], sign: Sign) -> None:
    assert row(name, held, voter).sign is sign


@pytest.mark.parametrize(
    ("levels", "sign"),
    [
        ({"region": "village", "street": "missing"}, Sign.ALIKE),
        ({"region": "village", "street": "street"}, Sign.ALIKE),
        ({"region": "village", "street": "differs"}, Sign.DIFFERENT),
        ({"region": "missing", "street": "street"}, Sign.ALIKE),  # a special TPS's roll names no home village
        ({"region": "elsewhere", "street": "street"}, Sign.DIFFERENT),
        ({}, Sign.DIFFERENT),
    ],
)
def test_an_address_is_judged_as_the_matcher_did(levels: dict[str, str], sign: Sign) -> None:
    assert row("address", {"address": "DSN SUMBEREJO"}, {}, levels).sign is sign


def test_an_address_is_said_once() -> None:
    held = {"address": "DSN TEMPEL RT 3 RW 1 DS KADENGAN KEC RANDUBLATUNG", "rt": "3", "rw": "1"}
    shown = row("address", {**held, "region_code": "3316031012"}, {})
    assert text(shown.left).upper().count("RT 3") == 1
    assert text(shown.right) == "DK SUMBERJO RT 1 RW 2, Kunden, Blora"


def test_the_village_of_a_special_tps_is_not_taken_for_a_home() -> None:
    shown = row("address", {}, {"region_code": "", "village": "KUNDEN", "district": "BLORA", "tps": "901"})
    assert text(shown.right) == "DK SUMBERJO RT 1 RW 2"


def test_a_moved_voter_shows_both_ends() -> None:
    moved = {"tps": "004", "tps_region": "3316091015", "to_tps": "901", "to_region": "3316091015"}
    assert text(row("tps", {}, moved).right) == "TPS 004 Kunden → TPS 901 Kunden"


def test_a_field_without_sight_gives_no_row() -> None:
    records = HeldEntry(**PERSON, alias="KENTHUS"), Voter(**PERSON)
    assert list(rows(*records, Seen({}, AS_OF))) == []
    observed = list(rows(*records, Seen(SIGHT[Role.OBSERVER], AS_OF)))
    assert [one.name for one in observed] == ["name", "age", "sex", "address", "tps"]


@pytest.mark.parametrize(
    ("name", "held", "voter", "meaning"),
    [
        ("name", {}, {}, Meaning.SAME),
        ("name", {"name_raw": "H. AHMAD FAUZI"}, {}, Meaning.TIDIED),
        ("name", {"name": "FAUZI AHMAD", "name_raw": "FAUZI AHMAD"}, {}, Meaning.SWAPPED),
        ("name", {"name": "AHMAD FAUZY", "name_raw": "AHMAD FAUZY"}, {}, Meaning.SPELLING),
        ("name", {"name": "AHMAD", "name_raw": "AHMAD"}, {}, Meaning.SHORT),
        ("birth_place", {"birth_place": "KAB. BLORA"}, {}, Meaning.TIDIED),
        ("birth_place", {"birth_place": ""}, {}, Meaning.EMPTY),
        ("birth_date", {"birth_date": date(1991, 5, 11)}, {}, Meaning.YEAR),
        ("nik", {"nik": "3316091105909010"}, {}, Meaning.SWAPPED),
        ("nik", {"nik": ""}, {}, Meaning.EMPTY),
        ("sex", {"sex": "female"}, {}, Meaning.DIFFERENT),
        ("tps", {}, {}, Meaning.ONE_SIDED),
    ],
)
def test_meanings(name: str, held: dict[str, Any], voter: dict[str, Any], meaning: Meaning) -> None:
    assert row(name, held, voter).meaning is meaning


def test_what_cleaning_did_is_shown() -> None:
    assert row("name", {"name_raw": "H. Ahmad  Fauzi"}, {}).left_note == "H. Ahmad  Fauzi → AHMAD FAUZI"
    assert row("name", {"name_raw": "Ahmad  Fauzi"}, {}).left_note == ""  # capitals and spaces are nothing to tell
    place = row("birth_place", {"birth_place": "KAB. BLORA"}, {})
    assert (place.left_note, place.right_note) == ("KAB. BLORA → BLORA", "")
    for written, note in {
        "11 MEI 1990": "11 MEI 1990 → 11-05-1990",
        "11/05/90": "11/05/90 → 11-05-1990",
        "1990-05-11": "",
        "11|5|1990": "",
    }.items():
        assert row("birth_date", {"birth_raw": written}, {}).left_note == note
    home = row("address", {"address": "DSN SUMBEREJO", "rt": "001"}, {}, {"region": "village"})
    assert home.left_note == home.right_note == "→ RT 1 RW 2, Kunden, Blora"


def test_a_whole_number_is_for_whoever_was_given_it_to_see() -> None:
    held = {**PERSON, "nik": "9171011105909001"}
    records = HeldEntry(**held), Voter(**{**held, "nik": "9171011105909004"})
    for sight, texts in {
        "masked": ("917101•••••••••1", "917101•••••••••4"),
        "full": (held["nik"], "9171011105909004"),
    }.items():
        (shown,) = [one for one in rows(*records, Seen({"nik": sight}, AS_OF)) if one.name == "nik"]
        assert (text(shown.left), text(shown.right)) == texts


@pytest.mark.parametrize("name", ["name", "birth_place", "birth_date", "sex", "nik", "address"])
def test_nothing_on_either_side_is_empty_and_no_difference(name: str) -> None:
    nothing = {key: None if key == "birth_date" else "" for key in PERSON} | {"birth_quality": "missing"}
    found = {one.name: one for one in rows(HeldEntry(**nothing), Voter(**nothing), Seen(SIGHT[Role.KPPS], AS_OF))}
    assert (found[name].sign, found[name].left, found[name].right) == (Sign.EMPTY, (), ())
