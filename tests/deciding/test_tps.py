import pytest

from reconcile.deciding import TpsRef


@pytest.mark.parametrize(
    "text, region, number",
    [
        ("33.16.09.1015/901", "3316091015", "901"),
        ("3316091015/901", "3316091015", "901"),
        (" 33.16.09.1015/1 ", "3316091015", "001"),
        ("99.16.09.1015/012", "9916091015", "012"),
    ],
)
def test_a_tps_is_read_with_or_without_dots(text, region, number):
    assert TpsRef.parse(text) == TpsRef(region, number)


def test_a_tps_is_printed_as_offices_write_it():
    assert str(TpsRef("3316091015", "1")) == "33.16.09.1015/001"


@pytest.mark.parametrize("text", ["", "901", "33.16.09/901", "33.16.09.1015", "33.16.09.1015/A", "3316091015/9010"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError):
        TpsRef.parse(text)


@pytest.mark.parametrize(
    "region, number, answer",
    [
        ("3316091015", "901", True),
        ("3316091015", "902", False),
        ("3316091014", "901", False),
        ("331609", "901", None),
        ("331610", "901", False),
        (None, "901", None),
        (None, "003", False),
        ("3316091015", None, None),
        (None, None, None),
    ],
)
def test_a_place_on_a_list_is_ours_or_not_or_cannot_be_told(region, number, answer):
    assert TpsRef("3316091015", "901").is_at(region, number) is answer


def test_leading_zeros_do_not_matter():
    assert TpsRef("3316091015", "001").is_at("3316091015", "1") is True
