"""Papers opened by the programs offices have: LibreOffice and poppler, each started as seldom as may be.

Where they are not installed these tests are skipped with the reason; with PAPER_TESTS=required (`.ci/run`) they fail,
and with PAPER_TESTS=skip no other program is started (`.ci/run` opens papers once: they know no database).
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from reconcile.writing.papers import MadePaper, papers_of
from tests.writing.papers import builders

SOFFICE_SECONDS = 120


def program(name: str, package: str) -> str:
    """Return the path of a program; skip, or fail where these tests are required, when there is none."""
    if os.environ.get("PAPER_TESTS") == "skip":
        pytest.skip("PAPER_TESTS=skip: papers were opened with the other database")
    found = shutil.which(name)
    if not found:
        why = f"no {name} here: install {package} (Debian: apt-get install {package})"
        (pytest.fail if os.environ.get("PAPER_TESTS") == "required" else pytest.skip)(why)
    return found or ""


@pytest.fixture(scope="session")
def papers() -> dict[str, MadePaper]:
    """Every paper of a version with everything in it, by code."""
    matter = builders.matter()
    return {paper.code: paper.make(matter) for paper in papers_of(matter)}


@pytest.fixture(scope="session")
def by_libreoffice(papers: dict[str, MadePaper], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every workbook as LibreOffice saves it again, by code: opened without a word, in one start."""
    soffice = program("soffice", "libreoffice-calc")
    folder = tmp_path_factory.mktemp("office")
    ours, theirs = folder / "ours", folder / "theirs"
    ours.mkdir()
    books = [code for code, one in papers.items() if one.name.endswith(".xlsx")]
    for code in books:
        (ours / f"{code}.xlsx").write_bytes(papers[code].content)
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    command += ["--outdir", str(theirs), *(str(ours / f"{code}.xlsx") for code in books)]
    subprocess.run(command, check=True, capture_output=True, timeout=SOFFICE_SECONDS)
    return {code: theirs / f"{code}.xlsx" for code in books}


@pytest.fixture(scope="session")
def pdf_text():
    """A function: the text of a PDF, page by page, as it stands on the paper."""

    def text(content: bytes) -> list[str]:
        command = [program("pdftotext", "poppler-utils"), "-layout", "-enc", "UTF-8", "-", "-"]
        done = subprocess.run(command, input=content, capture_output=True, check=True, timeout=60)
        return done.stdout.decode().removesuffix("\f").split("\f")

    return text
