"""What differs between two texts, mark by mark. The brackets stand for marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.queries.comparing import Pieces, Sign, date_parts, differing, number_pair, sign_of
from reconcile.writing.masking import masked


def shown(pieces: Pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("left", "right", "marked"),
    [
        ("AHMAD FAUZI", "AHMAD FAUZI", ("AHMAD FAUZI", "AHMAD FAUZI")),
        ("AHMAD FAUZI", "AHMAD FAUZY", ("AHMAD FAUZ[I]", "AHMAD FAUZ[Y]")),
        ("JASMIN WAWANNMAULANA", "JASMIN WAWAN MAULANA", ("JASMIN WAWAN[N]MAULANA", "JASMIN WAWAN[ ]MAULANA")),
        ("FAUZI AHMAD", "AHMAD FAUZI", ("FAUZI AHMAD", "AHMAD FAUZI")),  # only the order differs
        ("FAUZI AHMAD", "AHMAD FAUZY", ("FAUZ[I] AHMAD", "AHMAD FAUZ[Y]")),  # word by word, wherever they stand
        ("BUDI SETIAWAN AHMAD", "AHMAD BUDI", ("BUDI [SETIAWAN] AHMAD", "AHMAD BUDI")),
        ("TASDIYO", "TASDIJO", ("TASDI[Y]O", "TASDI[J]O")),  # a name of one word
        ("SUHARTO", "SUHARTO SUHARTO", ("SUHARTO", "SUHARTO [SUHARTO]")),
        ("<B>ANI</B>", "ANI", ("[<B>]ANI[</B>]", "ANI")),  # marked like any other text; the page escapes it
        ("SITI AMINAH", "SITI NUR AMINAH", ("SITI AMINAH", "SITI [NUR] AMINAH")),
        ("NUR SITI", "SITI", ("[NUR] SITI", "SITI")),
        ("ABDOEL", "ABDUL", ("ABD[OE]L", "ABD[U]L")),
        (
            "DK KALISARI RT 7, Jurangjero",
            "DK WATES RT 7 JURANGJERO.",
            ("DK [KALISARI] RT 7, Jurangjero", "DK [WATES] RT 7 JURANGJERO."),
        ),
        ("SUTRISNO", "BUDI", ("[SUTRISNO]", "[BUDI]")),  # too far apart for single letters to help
        ("", "BUDI", ("", "[BUDI]")),
    ],
)
def test_differing(left: str, right: str, marked: tuple[str, str]) -> None:
    pieces = differing(left, right)
    assert (shown(pieces[0]), shown(pieces[1])) == marked
    assert "".join(piece.text for piece in pieces[0]) == left
    assert "".join(piece.text for piece in pieces[1]) == right


@pytest.mark.parametrize(
    ("left", "right", "marked"),
    [
        ("05-11-1990", "11-05-1990", ("[05-][11-]1990", "[11-][05-]1990")),
        ("05-11-1990", "05-11-1991", ("05-11-[1990]", "05-11-[1991]")),
        ("1990", "05-11-1991", ("[1990]", "[05-11-1991]")),
    ],
)
def test_date_parts(left: str, right: str, marked: tuple[str, str]) -> None:
    pieces = date_parts(left, right)
    assert (shown(pieces[0]), shown(pieces[1])) == marked


def test_masked_hides_all_but_where_it_was_registered() -> None:
    assert masked("3316051907719001") == "331605••••••••••"
    assert masked("331605") == "331605"
    assert masked("") == ""


@pytest.mark.parametrize(
    ("left", "right", "marked"),
    [
        ("3316051907719001", "3316051907719001", ("331605••••••••••", "331605••••••••••")),
        ("3316051907719010", "3316051907719001", ("331605••••••••[10]", "331605••••••••[01]")),
        ("3316051907719001", "3316051907719005", ("331605•••••••••[1]", "331605•••••••••[5]")),
        ("3316051907719001", "3316055907719001", ("331605[1]•••••••••", "331605[5]•••••••••")),
        ("3316051907719001", "3315051907719001", ("331[6]05••••••••••", "331[5]05••••••••••")),
        ("331605190771901", "3316051907719101", ("331605•••••••••", "331605•••••••[1]••")),  # one digit lost
        # a whole serial would be given away: its places are marked, its digits stay hidden
        ("3316051907719001", "3316051907719876", ("331605•••••••[•••]", "331605•••••••[•••]")),
    ],
)
def test_number_pair(left: str, right: str, marked: tuple[str, str]) -> None:
    pieces = number_pair(left, right)
    assert (shown(pieces[0]), shown(pieces[1])) == marked


@pytest.mark.parametrize(
    ("left", "right", "sign"),
    [
        ("BLORA", "BLORA", Sign.SAME),
        ("Blora", "BLORA", Sign.ALIKE),
        ("BLORA", "CEPU", Sign.DIFFERENT),
        ("", "BLORA", Sign.EMPTY),
        ("BLORA", "", Sign.EMPTY),
        ("", "", Sign.EMPTY),
    ],
)
def test_sign_of(left: str, right: str, sign: Sign) -> None:
    assert sign_of(left, right) is sign


NAMES = st.text("ABCDEFGHIJ '<&", max_size=120)


@given(NAMES, NAMES)
def test_marks_take_nothing_away_and_mark_nothing_that_is_the_same(left: str, right: str) -> None:
    pieces = differing(left, right)
    assert "".join(piece.text for piece in pieces[0]) == left
    assert "".join(piece.text for piece in pieces[1]) == right
    # What is left unmarked is made of the same letters on both sides.
    plain = [sorted("".join(piece.text for piece in side if not piece.changed).replace(" ", "")) for side in pieces]
    assert plain[0] == plain[1]
    assert not any(piece.changed for side in differing(left, left) for piece in side)


def test_a_name_of_the_greatest_length_is_marked_where_it_differs() -> None:
    long = " ".join(["RADEN", "MAS", "SURYOPRANOTO"] * 12)
    pieces = differing(long, long[:-1] + "A")
    assert shown(pieces[0]) == long[:-1] + "[O]"


@given(st.text("0123456789", min_size=16, max_size=16), st.text("0123456789", min_size=15, max_size=16))
def test_a_masked_pair_never_gives_the_serial_away(left: str, right: str) -> None:
    for number, pieces in zip((left, right), number_pair(left, right), strict=True):
        written = "".join(piece.text for piece in pieces)
        assert len(written) == len(number)
        assert all(mark in (digit, "•") for mark, digit in zip(written, number, strict=True))
        assert written[:6] == number[:6]
        assert sum(digit != "•" for digit in written[12:]) <= 2


def test_a_whole_pair_is_for_who_has_asked() -> None:
    pieces = number_pair("9171010101909001", "9171010101909010", whole=True)  # Papua: no number can hold it
    assert (shown(pieces[0]), shown(pieces[1])) == ("91710101019090[01]", "91710101019090[10]")
    assert shown(number_pair("9171010101909001", "9171010101909010")[0]) == "917101••••••••[01]"
