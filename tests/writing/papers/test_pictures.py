"""Every paper looks as the one that was looked at and kept (`pictures.py`)."""

from dataclasses import replace

import pytest
from PIL import Image

from reconcile.records import Outcome, VoterCategory
from reconcile.writing.papers import BY_CODE, PAPERS, make_pack
from tests.writing.papers import builders
from tests.writing.papers.conftest import program
from tests.writing.papers.pictures import FOLDER, difference, documents, picture

pytestmark = pytest.mark.slow

CODES = ["contents", *(paper.code for paper in PAPERS if paper.file.endswith(".pdf"))]
TOLERANCE = 12.0  # of 255, in the tile of a few letters that differs most; an unchanged paper stays below 2


@pytest.fixture(scope="module")
def found():
    return documents(make_pack(builders.matter()))


def test_every_paper_has_its_picture():
    assert sorted(path.stem for path in FOLDER.glob("*.png")) == sorted(CODES)
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < 200_000


@pytest.mark.parametrize("code", CODES)
def test_it_looks_as_it_did(code, found):
    page = picture(found[code], program("pdftoppm", "poppler-utils"))
    assert difference(page, Image.open(FOLDER / f"{code}.png").convert("L")) < TOLERANCE


def test_a_line_less_is_seen(found):
    """What the comparison would not see it could not guard."""
    pdftoppm = program("pdftoppm", "poppler-utils")
    rows = builders.matter().version.rows
    fewer = tuple(one for one in rows if one.outcome != Outcome.NEEDS_REVIEW)
    letterless = tuple(replace(one, ballots=None) if one.category == VoterCategory.MOVED else one for one in rows)
    for code, changed in (("meeting", fewer), ("list_minutes", fewer), ("letters", letterless)):
        now = BY_CODE[code].make(builders.matter(changed)).content
        assert difference(picture(found[code], pdftoppm), picture(now, pdftoppm)) > TOLERANCE
