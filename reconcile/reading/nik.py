"""What a NIK as written can be believed for, and what a believable one says (domain 5.5 and 6).

A NIK is text from the first byte to the last. Nothing is repaired: a damaged one keeps the digits that
can be trusted in `nik_digits` and is no key any more.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.records import NikQuality

LENGTH = 16
_DECORATION = re.compile(r"[\s.\-'’‘`´,_\u00a0\u200b-\u200f\u2060\ufeff]+")
_EXPONENT = re.compile(r"(\d)(?:[.,](\d+))?E\+?\d+", re.IGNORECASE)
_NUMBER_AS_TEXT = re.compile(r"\d+[.,]0")
_WHOLE = r"^[1-9]\d{15}$"
_JUNK = r"0000$|^000000|" + "|".join(rf"^{digit}{{16}}$" for digit in "123456789")
Bytes = npt.NDArray[np.int8]
Shorts = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Nik:
    """`value` is 16 digits or None; `digits` are the leading digits that can be believed."""

    value: str | None
    digits: str
    quality: NikQuality


def clean_nik(written: str, *, is_number: bool = False) -> Nik:
    """Judge one cell. `is_number`: the cell holds a number, of which a spreadsheet keeps 15 digits."""
    text = written.strip()
    exponent = _EXPONENT.fullmatch(text.lstrip("'"))
    if exponent:
        # "3.31609E+15" saved as text: only the digits before the exponent are left, a hint at the region.
        return Nik(None, (exponent[1] + (exponent[2] or ""))[:6], NikQuality.LOST)
    if _NUMBER_AS_TEXT.fullmatch(text):
        text, is_number = text[:-2], True
    bare = _DECORATION.sub("", text)
    if bare.strip("0") == "" or not re.search(r"\d", bare):
        return Nik(None, "", NikQuality.JUNK if len(bare) > 1 and "0" in bare else NikQuality.MISSING)
    if not (bare.isascii() and bare.isdecimal()):
        before = re.match(r"[0-9]*", bare)
        return Nik(None, before[0] if before else "", NikQuality.LETTERS)
    return _judge_digits(bare, is_number)


def _judge_digits(digits: str, is_number: bool) -> Nik:
    if len(set(digits)) == 1 or digits.startswith("000000"):
        return Nik(None, "", NikQuality.JUNK)
    if len(digits) < LENGTH:
        return Nik(None, digits, NikQuality.SHORT)
    if len(digits) > LENGTH:
        return Nik(None, digits, NikQuality.LONG)
    if is_number:
        return Nik(None, digits[:15], NikQuality.ROUNDED)
    if digits.endswith("0000"):
        return Nik(None, digits[:12], NikQuality.JUNK)
    return Nik(digits, digits, NikQuality.OK)


def clean_niks(written: pa.Array, is_number: npt.NDArray[np.bool_] | None) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return value, believable digits and quality for a whole column; one Python call only per odd cell."""
    whole, junk = pc.match_substring_regex(written, _WHOLE), pc.match_substring_regex(written, _JUNK)
    fine = np.array(pc.and_not(whole, junk), bool)
    if is_number is not None:
        fine &= ~is_number
    odd = np.flatnonzero(~fine)
    if not len(odd):
        quality = pa.array(np.zeros(len(written), np.int32))
        return written, written, pa.DictionaryArray.from_arrays(quality, [NikQuality.OK.value])
    texts = written.take(pa.array(odd)).to_pylist()
    numbers = np.zeros(len(odd), bool) if is_number is None else is_number[odd]
    niks = [clean_nik(text, is_number=number) for text, number in zip(texts, numbers.tolist(), strict=True)]
    mask = pa.array(~fine)
    return (
        pc.replace_with_mask(written, mask, pa.array([nik.value for nik in niks], pa.string())),
        pc.replace_with_mask(written, mask, pa.array([nik.digits for nik in niks], pa.string())),
        qualities(fine, [nik.quality for nik in niks]),
    )


def qualities(fine: npt.NDArray[np.bool_], others: list[NikQuality]) -> pa.Array:
    """Return one quality a row: OK where `fine`, else the next of `others`."""
    kinds = list(NikQuality)
    codes = np.full(len(fine), kinds.index(NikQuality.OK), np.int32)
    codes[~fine] = [kinds.index(quality) for quality in others]
    return pa.DictionaryArray.from_arrays(pa.array(codes), [kind.value for kind in kinds])


def digit_matrix(niks: pa.Array) -> Bytes:
    """Return an (n, 16) array of digits; -1 in every place of a row that is null or not 16 digits."""
    matrix = np.full((len(niks), LENGTH), -1, np.int8)
    whole = np.array(pc.fill_null(pc.match_substring_regex(niks, r"^\d{16}$"), False), bool)
    if whole.any():
        fixed = niks.filter(pa.array(whole)).cast(pa.binary()).cast(pa.binary(LENGTH))
        matrix[whole] = np.frombuffer(fixed.buffers()[1], np.int8)[: len(fixed) * LENGTH].reshape(-1, LENGTH) - 48
    return matrix


def birth_of(digits: Bytes) -> tuple[Shorts, Shorts, Shorts]:
    """Return day, month and two-digit year that each NIK carries, -1 where there is none.

    A woman's NIK carries her day of birth plus 40 (domain 6).
    """
    wide = digits.astype(np.int16)
    day, month, year = (wide[:, place] * 10 + wide[:, place + 1] for place in (6, 8, 10))
    day = np.where(day > 40, day - 40, day)
    missing = digits[:, 0] < 0
    return np.where(missing, -1, day), np.where(missing, -1, month), np.where(missing, -1, year)


def female_by_nik(digits: Bytes) -> npt.NDArray[np.bool_]:
    """Return True where the NIK says female (day over 40)."""
    return np.asarray(digits[:, 6] >= 4)
