"""The colours of the stylesheet have the contrast the design computed (review_screens.md 3.1; WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = (Path(settings.BASE_DIR) / "static" / "rutanvote.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", CSS)) | {"white": "#fff"}
ENOUGH = 4.5  # for text of any size


def light(colour: str) -> float:
    """Return the relative luminance of "#rgb" or "#rrggbb"."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(COLOURS[one]), light(COLOURS[other])))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("ground", "text", "designed"),
    [
        ("warn-soft", "text", 13.3),  # a row that differs
        ("left-mark", "text", 10.7),
        ("right-mark", "text", 11.4),
        ("empty", "quiet", 5.4),
        ("white", "quiet", 6.0),
        ("accent", "white", 6.7),
        ("white", "warn", 6.8),
        ("white", "stop", 6.5),
    ],
)
def test_colours_are_those_of_the_design(ground: str, text: str, designed: float) -> None:
    assert contrast(ground, text) == pytest.approx(designed, abs=0.1)


@pytest.mark.parametrize(
    ("ground", "text"),
    [
        ("warn-soft", "warn"),
        ("accent-soft", "accent-deep"),
        ("ground", "quiet"),
        ("ground", "accent"),
        ("head", "quiet"),
    ],
)
def test_other_pairs_of_the_panel_can_be_read(ground: str, text: str) -> None:
    assert contrast(ground, text) >= ENOUGH


def test_the_two_marks_differ_by_more_than_colour() -> None:
    assert contrast("left-mark", "right-mark") < 1.2  # almost as bright as each other
    assert re.search(r"\.left mark \{[^}]*underline;", CSS)
    assert re.search(r"\.right mark \{[^}]*underline dotted;", CSS)
