"""What `manage.py reconcile` cannot use: one sentence a file on stderr, status 2, and nothing written."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError
from office_files import PEOPLE, polres_book, roll_text, rutan_book
from openpyxl import Workbook

from .desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def book_without_header() -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.worksheets[0].append(["Rapat koordinasi", "Blora"])
    book.worksheets[0].append(["Kamis", "pukul 9"])
    book.save(file)
    return file.getvalue()


BAD: dict[str, Callable[[], bytes]] = {
    "no list.csv": lambda: b"Rapat koordinasi hari Kamis\nbertempat di aula\n",
    "empty.csv": lambda: b"",
    "empty.xlsx": lambda: b"",
    "no header.xlsx": book_without_header,
    "broken.xlsx": lambda: rutan_book()[:-2000],
    "not what it says.xlsx": lambda: b"PK\x03\x04" + bytes(range(256)),
    "web page.xls": lambda: b"<html><body><table><tr><td>NIK</td></tr></table></body></html>",
    "nobody.csv": lambda: roll_text([]),
    "picture.png": lambda: b"\x89PNG\r\n\x1a\n" + bytes(64),
}


@pytest.mark.parametrize("option", ["--roll", "--rutan"])
def test_each_file_that_is_no_list_is_refused_in_one_sentence(desk: Desk, option: str) -> None:
    bad = [desk.put(name, content()) for name, content in BAD.items()]
    sentences = desk.refused("--roll", desk.roll, "--rutan", desk.rutan, option, *bad, desk.folder / "gone.xlsx")
    names = [*BAD, "gone.xlsx"]
    assert len(sentences) == len(names)
    for name, sentence in zip(names, sentences, strict=True):
        assert name in sentence
        assert sentence.endswith(".")
        assert len(sentence.split()) > 5  # it also says what to do


def test_one_bad_file_is_enough(desk: Desk) -> None:
    (sentence,) = desk.refused("--roll", desk.roll, desk.put("empty.csv", b""), "--rutan", desk.rutan)
    assert "empty.csv" in sentence


def test_a_roll_is_no_register_and_a_register_no_roll(desk: Desk) -> None:
    (said,) = desk.refused("--roll", desk.roll, "--rutan", desk.put("other.csv", roll_text()), "--language", "en")
    assert said.startswith("other.csv: ")
    assert "--roll" in said
    (said,) = desk.refused("--roll", desk.rutan, "--polres", desk.put("cells.xlsx", polres_book(PEOPLE[:2])))
    assert "--rutan" in said


def test_the_cells_register_given_as_the_rutans_is_read_as_what_it_is(desk: Desk) -> None:
    cells = desk.put("cells.xlsx", polres_book(PEOPLE[:2]))
    desk.run("--roll", desk.roll, "--rutan", cells)
    assert len(desk.rows()) == 2
    assert desk.faults.startswith("cells.xlsx: ")


@pytest.mark.parametrize(
    ("given", "missing"),
    [(["--roll", "DPT.csv"], "--rutan"), (["--rutan", "rutan.xlsx"], "--roll"), ([], "")],
)
def test_without_a_roll_or_a_register_nothing_is_done(desk: Desk, given: list[str], missing: str) -> None:
    words = [word if word.startswith("--") else desk.folder / word for word in given]
    (sentence,) = desk.refused(*words)
    assert missing in sentence


def test_a_refusal_leaves_the_last_answer_as_it_is(desk: Desk) -> None:
    desk.run("--roll", desk.roll, "--rutan", desk.rutan)
    before = {path.name: path.read_bytes() for path in desk.out.iterdir()}
    with pytest.raises(SystemExit):
        desk.run("--roll", desk.put("empty.csv", b""), "--rutan", desk.rutan)
    assert {path.name: path.read_bytes() for path in desk.out.iterdir()} == before


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--election", "pilkada-1955"),
        ("--tps", "Kunden"),
        ("--tps", "3316091015"),
        ("--as-of", "1-11-2024"),
        ("--as-of", "soon"),
    ],
)
def test_a_word_that_means_nothing_is_refused(desk: Desk, option: str, value: str) -> None:
    with pytest.raises(CommandError, match=option):
        desk.run("--roll", desk.roll, "--rutan", desk.rutan, option, value)
    assert not desk.out.exists()
