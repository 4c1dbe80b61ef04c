"""What a sheet's own total rows say against the people read from it."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reconcile.reading.problems import Ending, Problem, ProblemCode
from reconcile.reading.raw import RawSheet

TOTAL_WORDS = r"^\W*(?:SUB\s*TOTAL|SUB\s*JUMLAH|JUMLAH|TOTAL|JML|REKAP\w*)\b"
_TOTAL = re.compile(TOTAL_WORDS, re.IGNORECASE)
_MEN = re.compile(r"\b(?:L|LK|LAKI|LAKI\W{0,3}LAKI|PRIA)\W{1,3}(\d{1,9})")
_WOMEN = re.compile(r"(?<!\+)(?<!\+ )\b(?:P|PR|PEREMPUAN|WANITA)\W{1,3}(\d{1,9})")


def is_total(cell: str) -> bool:
    return bool(_TOTAL.match(cell))


def check_totals(
    sheet: RawSheet, people: npt.NDArray[np.int64], ends: Sequence[tuple[int, Ending]], heading: str
) -> list[Problem]:
    """Compare each total with the people since the last one and with all people above it.

    `people` and `ends` are 0-based rows in order. Total rows without people between them are one total
    ("L: 145", "P: 146", "L+P: 291").
    """
    problems, start, said = [], 0, ""
    rows = [row for row, ending in ends if ending is Ending.TOTAL]
    for row, following in zip(rows, [*rows[1:], sheet.rows], strict=False):
        said = " ".join((said, *sheet.cells([row])[0]))
        is_last = following == sheet.rows or bool(np.any((people > row) & (people < following)))
        if not is_last:
            continue
        counted = {int(np.sum(people < row)), int(np.sum((people >= start) & (people < row)))}
        stated = _stated(said.upper())
        if stated and not counted & stated:
            problems.append(Problem(ProblemCode.TOTAL_DIFFERS, sheet.name, row + 1, heading))
        start, said = row, ""
    return problems


def _stated(said: str) -> set[int]:
    """Return the numbers that may be meant as the total: men and women together, or any number there is."""
    said = re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", said)  # "1.234" people
    men, women = _MEN.search(said), _WOMEN.search(said)
    if men and women:
        return {int(men[1]) + int(women[1])}
    return {int(digits) for digits in re.findall(r"\d{1,9}", said)}
