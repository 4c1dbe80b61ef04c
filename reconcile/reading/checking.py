"""What a NIK says against the rest of its row, and against the other rows of its list (domain 5.5, 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.reading.nik import birth_of, digit_matrix, female_by_nik
from reconcile.reading.problems import Problem, ProblemCode
from reconcile.records import NikQuality, Sex

if TYPE_CHECKING:
    from reconcile.reading.assembling import Assembly

_CODES = {
    NikQuality.MISSING: ProblemCode.NIK_MISSING, NikQuality.SHORT: ProblemCode.NIK_SHORT,
    NikQuality.LONG: ProblemCode.NIK_LONG, NikQuality.ROUNDED: ProblemCode.NIK_ROUNDED,
    NikQuality.LOST: ProblemCode.NIK_LOST, NikQuality.LETTERS: ProblemCode.NIK_LETTERS,
    NikQuality.JUNK: ProblemCode.NIK_JUNK,
}  # fmt: skip
_LEAST_FOR_ZEROS, _SHARE_OF_ZEROS = 5, 0.3  # more NIK ending in 0 than this is Excel's rounding (reliability N04)


def check_niks(assembly: Assembly) -> list[Problem]:
    """Return a problem for every unusable NIK, every NIK written twice, and a column that Excel rounded."""
    columns, done, sheet = assembly.columns, assembly.done, assembly.sheet
    heading = assembly.layout.heading("nik")
    quality = columns["nik_quality"].to_pylist()
    problems = [
        Problem(_CODES[NikQuality(found)], sheet.name, int(row) + 1, heading)
        for found, row in zip(quality, done.people, strict=True)
        if found != NikQuality.OK
    ]
    counts = columns["nik"].drop_null().value_counts()
    twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    if len(twice):
        again = np.asarray(pc.is_in(columns["nik"], twice))
        problems += [Problem(ProblemCode.NIK_TWICE, sheet.name, int(row) + 1, heading) for row in done.people[again]]
    usable = columns["nik"].drop_null()
    zeros = pc.sum(pc.ends_with(usable, "0")).as_py() or 0
    if len(usable) >= _LEAST_FOR_ZEROS and zeros > _SHARE_OF_ZEROS * len(usable):
        problems.append(Problem(ProblemCode.NIK_ZEROS, sheet.name, 0, heading))
    return problems


def check_births(assembly: Assembly, name: str) -> list[Problem]:
    """Return a warning where the NIK's own date or sex is not the row's; a swapped day and month by name."""
    columns = assembly.columns
    if "nik" not in columns:
        return []
    digits = digit_matrix(columns["nik"])
    day, month, year = birth_of(digits)
    date = columns["birth_date"]
    known = np.asarray(pc.is_valid(date)) & (digits[:, 0] >= 0)
    own_day, own_month, own_year = (np.asarray(pc.fill_null(part(date), 0)) for part in (pc.day, pc.month, pc.year))
    same_year = own_year % 100 == year
    equal = (own_day == day) & (own_month == month) & same_year
    swapped = known & ~equal & (own_day == month) & (own_month == day) & same_year
    found = _problems(assembly, ProblemCode.DATE_SWAPPED, swapped, name)
    found += _problems(assembly, ProblemCode.NIK_DATE_DIFFERS, known & ~equal & ~swapped, name)
    if "sex" in columns:
        sex = pc.fill_null(columns["sex"].cast(pa.string()), "")
        said = np.where(female_by_nik(digits), Sex.FEMALE.value, Sex.MALE.value)
        differs = (digits[:, 0] >= 0) & np.asarray(pc.not_equal(sex, "")) & (np.asarray(sex) != said)
        found += _problems(assembly, ProblemCode.NIK_SEX_DIFFERS, differs, "sex")
    return found


def _problems(assembly: Assembly, code: ProblemCode, wrong: np.ndarray, name: str) -> list[Problem]:
    heading = assembly.layout.heading(name)
    rows = assembly.done.people[wrong] + 1
    return [Problem(code, assembly.sheet.name, int(row), heading) for row in rows]
