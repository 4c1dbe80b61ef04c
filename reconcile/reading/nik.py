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

_DECORATION = re.compile(r"[\s.\-'’‘`´,_\u00a0\u200b-\u200f\u2060\ufeff]+")
_EXPONENT = re.compile(r"^(\d)(?:[.,](\d+))?E\+?\d+$", re.IGNORECASE)
_NUMBER_AS_TEXT = re.compile(r"^\d+[.,]0$")
_NOTHING = frozenset({"", "0", "?", "X", "NA", "N/A", "NIHIL", "KOSONG", "TIDAKADA", "TDKADA", "BELUMADA", "TANPANIK"})
LENGTH = 16


@dataclass(frozen=True)
class Nik:
    """`value` is 16 digits or None; `digits` are the leading digits that can be believed."""

    value: str | None
    digits: str
    quality: NikQuality


def clean_nik(written: str, *, is_number: bool = False) -> Nik:
    """Judge one cell. `is_number`: the cell holds a number, of which a spreadsheet keeps 15 digits."""
    text = written.strip()
    exponent = _EXPONENT.match(text.lstrip("'"))
    if exponent:
        # "3.31609E+15" saved as text: only the digits before the exponent are left, a hint at the region.
        return Nik(None, (exponent[1] + (exponent[2] or ""))[:6], NikQuality.LOST)
    if _NUMBER_AS_TEXT.match(text):
        text, is_number = text[:-2], True
    bare = _DECORATION.sub("", text).upper()
    if bare in _NOTHING:
        return Nik(None, "", NikQuality.MISSING)
    if not (bare.isascii() and bare.isdecimal()):
        return Nik(None, "", NikQuality.LETTERS)
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
    plain = pc.match_substring_regex(written, r"^[1-9]\d{15}$")
    odd = pc.match_substring_regex(written, r"0000$|^(1{16}|2{16}|3{16}|4{16}|5{16}|6{16}|7{16}|8{16}|9{16})$")
    fine = np.asarray(pc.and_not(plain, odd))
    if is_number is not None:
        fine &= ~is_number
    rest = np.flatnonzero(~fine)
    if not len(rest):
        quality = pa.array(np.zeros(len(written), np.int32))
        return written, written, pa.DictionaryArray.from_arrays(quality, [NikQuality.OK.value])
    values, digits = written.to_pylist(), written.to_pylist()
    quality_list: list[str] = [NikQuality.OK.value] * len(written)
    for i in rest.tolist():
        nik = clean_nik(values[i], is_number=bool(is_number is not None and is_number[i]))
        values[i], digits[i], quality_list[i] = nik.value, nik.digits, nik.quality.value
    return pa.array(values, pa.string()), pa.array(digits, pa.string()), pa.array(quality_list).dictionary_encode()


def digit_matrix(niks: pa.Array) -> npt.NDArray[np.int8]:
    """Return an (n, 16) array of digits; -1 in every place of a row that is null or not 16 digits."""
    matrix = np.full((len(niks), LENGTH), -1, np.int8)
    whole = np.asarray(pc.fill_null(pc.equal(pc.binary_length(niks), LENGTH), False))
    if whole.any():
        text = "".join(niks.filter(pa.array(whole)).to_pylist())
        matrix[whole] = np.frombuffer(text.encode("ascii"), np.uint8).reshape(-1, LENGTH).astype(np.int8) - 48
    return matrix


def birth_of(digits: npt.NDArray[np.int8]) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    """Return day, month and two-digit year that each NIK carries, -1 where there is none.

    A woman's NIK carries her day of birth plus 40 (domain 6).
    """
    wide = digits.astype(np.int16)
    day = wide[:, 6] * 10 + wide[:, 7]
    month = wide[:, 8] * 10 + wide[:, 9]
    year = wide[:, 10] * 10 + wide[:, 11]
    day = np.where(day > 40, day - 40, day)
    missing = digits[:, 0] < 0
    return (np.where(missing, -1, day), np.where(missing, -1, month), np.where(missing, -1, year))


def female_by_nik(digits: npt.NDArray[np.int8]) -> npt.NDArray[np.bool_]:
    """Return True where the NIK says female (day over 40)."""
    return np.asarray(digits[:, 6] >= 4)
