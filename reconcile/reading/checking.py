"""What a NIK says against the rest of its row, and against the other NIK of its list (domain 5.5, 6)."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.reading.nik import Bytes, birth_of, digit_matrix, female_by_nik
from reconcile.reading.problems import ProblemCode
from reconcile.records import NikQuality, Sex

Mask = npt.NDArray[np.bool_]

_CODES = {
    NikQuality.MISSING: ProblemCode.NIK_MISSING, NikQuality.SHORT: ProblemCode.NIK_SHORT,
    NikQuality.LONG: ProblemCode.NIK_LONG, NikQuality.ROUNDED: ProblemCode.NIK_ROUNDED,
    NikQuality.LOST: ProblemCode.NIK_LOST, NikQuality.LETTERS: ProblemCode.NIK_LETTERS,
    NikQuality.JUNK: ProblemCode.NIK_JUNK,
}  # fmt: skip
_LEAST_FOR_ZEROS = 5
_SHARE_TO_SAY, _SHARE_TO_DOUBT = 0.3, 0.6  # of NIK ending in 0; one in ten does by chance (reliability N04)


def unusable_niks(quality: pa.Array) -> dict[ProblemCode, Mask]:
    """Return where each kind of damage stands."""
    found = set(quality.unique().to_pylist()) - {NikQuality.OK.value}
    return {_CODES[NikQuality(kind)]: _where(quality, kind) for kind in sorted(found)}


def zeros_at_the_end(niks: pa.Array) -> tuple[bool, Mask]:
    """Say whether so many NIK end in 0 that a spreadsheet must have rounded the column, and which to doubt.

    None is doubted unless nearly all end in 0: in a short list a few do by chance.
    """
    ends = np.array(pc.fill_null(pc.ends_with(niks, "0"), False), bool)
    usable = len(niks) - niks.null_count
    is_odd = usable >= _LEAST_FOR_ZEROS and ends.sum() > _SHARE_TO_SAY * usable
    is_sure = is_odd and ends.sum() >= max(_LEAST_FOR_ZEROS, _SHARE_TO_DOUBT * usable)
    return bool(is_odd), ends & is_sure


def twice(niks: pa.ChunkedArray) -> Mask:
    """Return True in every row whose NIK stands in another row too."""
    counts = niks.drop_null().value_counts()
    again = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    return np.asarray(pc.is_in(niks, again)) if len(again) else np.zeros(len(niks), bool)


def against_rows(niks: pa.Array, dates: pa.Array | None, sexes: pa.Array | None) -> dict[ProblemCode, Mask]:
    """Return where a NIK says another birth date or sex than its row, or day and month swapped."""
    digits = digit_matrix(niks)
    found: dict[ProblemCode, Mask] = {}
    if dates is not None:
        known = np.asarray(pc.is_valid(dates)) & (digits[:, 0] >= 0)
        equal, swapped = _compare_dates(digits, dates)
        found[ProblemCode.DATE_SWAPPED] = known & ~equal & swapped
        found[ProblemCode.NIK_DATE_DIFFERS] = known & ~equal & ~swapped
    if sexes is not None:
        other = np.where(female_by_nik(digits), _where(sexes, Sex.MALE), _where(sexes, Sex.FEMALE))
        found[ProblemCode.NIK_SEX_DIFFERS] = other & (digits[:, 0] >= 0)
    return found


def dates_in(niks: pa.Array, dates: pa.Array) -> list[str]:
    """Return the date each NIK carries as DD-MM-YYYY, in the century nearest to the date beside it."""
    day, month, year = birth_of(digit_matrix(niks))
    beside = np.asarray(pc.fill_null(pc.year(dates), 1950))
    whole = year + 100 * np.rint((beside - year) / 100).astype(np.int64)
    return [f"{d:02}-{m:02}-{y}" for d, m, y in zip(day.tolist(), month.tolist(), whole.tolist(), strict=True)]


def _compare_dates(digits: Bytes, dates: pa.Array) -> tuple[Mask, Mask]:
    """Return where the dates are equal, and where they are with day and month swapped."""
    day, month, year = birth_of(digits)
    own_day, own_month, own_year = (np.asarray(pc.fill_null(part(dates), 0)) for part in (pc.day, pc.month, pc.year))
    same_year = own_year % 100 == year
    equal = (own_day == day) & (own_month == month) & same_year
    return equal, (own_day == month) & (own_month == day) & same_year


def _where(column: pa.Array, value: str) -> Mask:
    return np.array(pc.fill_null(pc.equal(column.cast(pa.string()), str(value)), False), bool)
