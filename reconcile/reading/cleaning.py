"""Whole columns of cells -> columns of `records`: each distinct cell is judged once."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.reading.dates import read_birth, read_day, split_place_and_date
from reconcile.reading.names import FATHER_WORDS, LONG_TITLES_AFTER, TITLES_BEFORE, read_name
from reconcile.records import COLUMNS, DateQuality, Marital, Sex

Mask = npt.NDArray[np.bool_]

_SEX = {
    Sex.MALE: "L LK LAKI LAKILAKI PRIA M LELAKI MALE LAKI2",
    Sex.FEMALE: "P PR PEREMPUAN WANITA F W FEMALE PRP",
}
_MARITAL = {
    Marital.SINGLE: "B BELUM BELUMKAWIN BELUMMENIKAH BK LAJANG TIDAKKAWIN",
    Marital.MARRIED: "S SUDAH KAWIN SUDAHKAWIN MENIKAH SUDAHMENIKAH NIKAH K KAWINTERCATAT KAWINBELUMTERCATAT",
    Marital.WIDOWED: """P PERNAH PERNAHKAWIN CERAI CERAIHIDUP CERAIMATI JANDA DUDA CH CM CERAIHIDUPTERCATAT
        CERAIHIDUPBELUMTERCATAT""",
}
_EKTP = {"recorded": "S SUDAH SUDAHREKAM 1 YA", "unrecorded": "B BELUM BELUMREKAM 0 TIDAK"}
_UNSEEN = r"[\x{00ad}\x{200b}-\x{200f}\x{2060}\x{feff}]"  # marks nobody sees, as Arrow's expressions write them
_ODD_SPACE = rf"[^\S ]|\pZ\pZ|{_UNSEEN}|[^\x00-\x7f]"
_SPACE, _LAST_ASCII = 0x20, 0x7E
_IS_NUMBER = "\x00"  # put before a number while distinct cells are collected: 1987 is read otherwise than "1987"
_CARD = r"^[1-9]\d{15}$"
_NOTHING = r"^[\s\-.?0]*$"
# A roll's name that needs no cleaning: capital words, none of them a title or bin/binti.
_CLEAN_NAME = r"^[A-Z]+( [A-Z]+)*$"
_NEEDS_SPLIT = rf"\b({'|'.join(sorted(TITLES_BEFORE | FATHER_WORDS | LONG_TITLES_AFTER))})\b"


def by_unique(cells: pa.Array, judge: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """Return `judge` of every cell, computed once for each distinct one."""
    coded = cells.dictionary_encode()
    judged = [judge(cell or "") for cell in coded.dictionary.to_pylist()]
    if pa.types.is_dictionary(kind):
        return pa.array(judged, pa.string()).take(coded.indices).dictionary_encode()
    return pa.array(judged, kind).take(coded.indices)


def tidy(cells: pa.Array) -> pa.Array:
    """Return cells with single spaces; marks that cannot be seen are removed."""
    if _is_tidy(cells):
        return cells
    if pc.any(pc.match_substring_regex(cells, _ODD_SPACE)).as_py():
        cells = pc.replace_substring_regex(cells, _UNSEEN, "")
        cells = pc.replace_substring_regex(cells, r"[\s\pZ]+", " ")
    return pc.utf8_trim_whitespace(cells)


def _is_tidy(cells: pa.Array) -> bool:
    """Say whether no cell can need tidying, from the letters of all of them at once."""
    letters, bounds = bytes_of(cells)
    if len(letters) and (letters.min() < _SPACE or letters.max() > _LAST_ASCII):
        return False
    is_space = letters == _SPACE
    filled = np.diff(bounds) > 0
    begins_or_ends = is_space[bounds[:-1][filled]].any() or is_space[bounds[1:][filled] - 1].any()
    return not begins_or_ends and not np.any(is_space[1:] & is_space[:-1])


def bytes_of(cells: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return the letters of a column of text one after the other, and where each cell begins; the last is the end."""
    _, offsets, letters = cells.buffers()
    bounds = np.frombuffer(offsets, np.int32)[cells.offset : cells.offset + len(cells) + 1].astype(np.int64)
    if letters is None or not len(cells):
        return np.zeros(0, np.uint8), np.zeros(1, np.int64)
    return np.frombuffer(letters, np.uint8)[bounds[0] : bounds[-1]], bounds - bounds[0]


def _meaning(words: Mapping[Any, str]) -> Callable[[str], str | None]:
    table = {spelling: str(code) for code, spellings in words.items() for spelling in spellings.split()}
    return lambda cell: table.get(re.sub(r"[^A-Z0-9]", "", cell.upper()))


def sexes(cells: pa.Array) -> pa.Array:
    return by_unique(cells, _meaning(_SEX), COLUMNS["sex"])


def maritals(cells: pa.Array) -> pa.Array:
    return by_unique(cells, _meaning(_MARITAL), COLUMNS["marital"])


def ektps(cells: pa.Array) -> pa.Array:
    return by_unique(cells, _meaning(_EKTP), COLUMNS["ektp"])


def words(cells: pa.Array) -> pa.Array:
    """Return cells in capitals, null where empty or a dash."""
    return by_unique(cells, lambda cell: cell.upper().strip(" -") or None, COLUMNS["remark"])


def tps_numbers(cells: pa.Array) -> pa.Array:
    """Return TPS numbers as printed: three digits as text ("TPS 1" -> "001")."""
    return by_unique(cells, _tps_number, COLUMNS["tps"])


def _tps_number(cell: str) -> str | None:
    digits = re.sub(r"\D", "", cell)
    # Sidalih's own key of a TPS is its village's code and the number.
    return digits[-3:].zfill(3) if len(digits) in (1, 2, 3, 13) else digits or None


def rts(cells: pa.Array) -> pa.Array:
    """Return RT (or RW) numbers without leading zeros; of "01/02" the first."""
    return by_unique(cells, lambda cell: _number(cell.partition("/")[0]), COLUMNS["rt"])


def rws_after_rt(cells: pa.Array) -> pa.Array:
    """Return the second number of "01/02"."""
    return by_unique(cells, lambda cell: _number(cell.partition("/")[2]), COLUMNS["rw"])


def _number(cell: str) -> str | None:
    return re.sub(r"\D", "", cell).lstrip("0") or None


def nkks(cells: pa.Array, is_number: Mask | None) -> tuple[pa.Array, Mask]:
    """Return family card numbers of 16 digits kept as text, and True where another thing stands there."""
    bare, usable = cells, np.array(pc.match_substring_regex(cells, _CARD), bool)
    if not usable.all():
        bare = pc.replace_substring_regex(cells, r"[\s.\-'’]", "")
        usable = np.array(pc.match_substring_regex(bare, _CARD), bool)
    if is_number is not None:
        usable &= ~is_number  # a number has lost its last digit
    if usable.all():
        return bare, ~usable
    written = ~np.asarray(pc.match_substring_regex(cells, _NOTHING))
    return pc.if_else(pa.array(usable), bare, None), written & ~usable


def names(cells: pa.Array, *, in_register: bool) -> tuple[pa.Array, pa.Array, pa.Array, Mask]:
    """Return name, alias, father's name, and True where digits or marks stood in the name."""
    clean = np.zeros(len(cells), bool)
    if not in_register:
        clean = np.asarray(pc.match_substring_regex(cells, _CLEAN_NAME))
        clean = clean & ~np.asarray(pc.match_substring_regex(cells, _NEEDS_SPLIT))
    rest = np.flatnonzero(~clean)
    read = [read_name(cell, in_register=in_register) for cell in cells.take(pa.array(rest)).to_pylist()]
    odd = np.zeros(len(cells), bool)
    odd[rest] = [name.odd for name in read]
    nothing, mask = pa.nulls(len(cells), pa.string()), pa.array(~clean)
    parts = (
        (cells, [name.name for name in read]),
        (nothing, ["; ".join(name.aliases) or None for name in read]),
        (nothing, [name.father or None for name in read]),
    )
    name, alias, father = (pc.replace_with_mask(all_, mask, pa.array(some, pa.string())) for all_, some in parts)
    return name, alias, father, odd


def births(cells: pa.Array, is_number: Mask | None) -> tuple[dict[str, pa.Array], pa.Array]:
    """Return the birth columns of `records`, and the code of what is wrong with each row or null."""
    coded, read = _judge_dates(cells, is_number, read_birth)
    parts: dict[str, tuple[list[Any], pa.DataType]] = {
        "birth_date": ([birth.day for birth in read], pa.date32()),
        "birth_year": ([birth.year for birth in read], pa.int16()),
        "age": ([birth.age for birth in read], pa.int16()),
        "birth_quality": ([birth.quality.value for birth in read], pa.string()),
        "problem": ([birth.problem for birth in read], pa.string()),
    }
    columns = {name: pa.array(values, kind).take(coded) for name, (values, kind) in parts.items()}
    problems = columns.pop("problem")
    return columns, problems


def days(cells: pa.Array, is_number: Mask | None) -> tuple[pa.Array, pa.Array]:
    """Return dates of custody, null where unreadable, and the code of what is wrong or null."""
    coded, read = _judge_dates(cells, is_number, read_day)
    found = pa.array([day for day, _ in read], pa.date32()), pa.array([code for _, code in read], pa.string())
    return found[0].take(coded), found[1].take(coded)


def _judge_dates(cells: pa.Array, is_number: Mask | None, judge: Callable[..., Any]) -> tuple[pa.Array, list[Any]]:
    """Return for each row the place of its reading, and the readings of each distinct cell."""
    if is_number is not None and is_number.any():
        marks = pc.if_else(pa.array(is_number), _IS_NUMBER, "")
        cells = pc.binary_join_element_wise(marks, cells, "")
    coded = cells.dictionary_encode()
    read = [
        judge(cell.removeprefix(_IS_NUMBER), is_number=cell.startswith(_IS_NUMBER))
        for cell in coded.dictionary.to_pylist()
    ]
    return coded.indices, read


def places_and_dates(cells: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Split a column of "BLORA, 12-08-1987" in two columns of text."""
    split = [split_place_and_date(cell) for cell in cells.to_pylist()]
    return pa.array([place for place, _ in split], pa.string()), pa.array([day for _, day in split], pa.string())


def ages(cells: pa.Array) -> pa.Array:
    """Return years of age, null where none is said."""
    return by_unique(cells, lambda cell: read_birth(cell, is_number=cell.isdecimal()).age, pa.int16())


def with_ages(births: Mapping[str, pa.Array], age: pa.Array) -> dict[str, pa.Array]:
    """Return the birth columns with an age from a column of its own, where nothing better is known."""
    missing = pc.equal(births["birth_quality"], DateQuality.MISSING.value)
    takes = pc.and_(missing, pc.is_valid(age))
    return {
        **births,
        "age": pc.if_else(takes, age, births["age"]),
        "birth_quality": pc.if_else(takes, DateQuality.AGE.value, births["birth_quality"]),
    }
