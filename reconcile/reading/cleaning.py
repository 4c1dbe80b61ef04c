"""Whole columns of cells -> columns of `records`: each distinct cell is judged once."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.reading.dates import read_date, split_place_and_date
from reconcile.reading.names import FATHER_WORDS, TITLES_BEFORE, read_name
from reconcile.reading.problems import ProblemCode
from reconcile.records import COLUMNS, DateQuality, Marital, Sex

_SEX = {
    Sex.MALE: "L LK LAKI LAKILAKI PRIA M LELAKI MALE LAKI2",
    Sex.FEMALE: "P PR PEREMPUAN WANITA F W FEMALE PRP",
}
_MARITAL = {
    Marital.SINGLE: "B BELUM BELUMKAWIN BELUMMENIKAH BK LAJANG",
    Marital.MARRIED: "S SUDAH KAWIN SUDAHKAWIN MENIKAH SUDAHMENIKAH NIKAH K",
    Marital.WIDOWED: "P PERNAH PERNAHKAWIN CERAI CERAIHIDUP CERAIMATI JANDA DUDA CH CM",
}
_EKTP = {"recorded": "S SUDAH SUDAHREKAM 1 YA", "unrecorded": "B BELUM BELUMREKAM 0 TIDAK"}
_UNSEEN = r"[\x{200b}-\x{200f}\x{2060}\x{feff}]"  # the marks as Arrow's expressions write them
_SPACES = r"[\s\x{00a0}]+"
_ODD_SPACE = r"[\x{00a0}\x{200b}-\x{200f}\x{2060}\x{feff}]|\s\s"
# A roll's name that needs no cleaning: capital words, none of them a title or bin/binti.
_CLEAN_NAME = r"^[A-Z]+( [A-Z]+)*$"
_NEEDS_SPLIT = r"\b(" + "|".join(sorted(re.escape(word) for word in TITLES_BEFORE | FATHER_WORDS)) + r"|SPD|SPDI|SKOM|SSOS|AMD|ALM)\b"


def by_unique(cells: pa.Array, judge: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """Return `judge` of every cell, computed once for each distinct one."""
    coded = cells.dictionary_encode()
    judged = [judge(cell or "") for cell in coded.dictionary.to_pylist()]
    if pa.types.is_dictionary(kind):
        return pa.array(judged, pa.string()).take(coded.indices).dictionary_encode()
    return pa.array(judged, kind).take(coded.indices)


def tidy(cells: pa.Array) -> pa.Array:
    """Return cells with single spaces; marks that cannot be seen are removed."""
    if pc.any(pc.match_substring_regex(cells, _ODD_SPACE)).as_py():
        cells = pc.replace_substring_regex(cells, _UNSEEN, "")
        cells = pc.replace_substring_regex(cells, _SPACES, " ")
    return pc.utf8_trim_whitespace(cells)


def _meaning(words: Mapping[str, str]) -> Callable[[str], str | None]:
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
    return by_unique(cells, tps_number, COLUMNS["tps"])


def tps_number(cell: str) -> str | None:
    digits = re.sub(r"\D", "", cell)
    return str(int(digits)).zfill(3) if digits else None


def rts(cells: pa.Array) -> pa.Array:
    return by_unique(cells, lambda cell: re.sub(r"\D", "", cell.split("/")[0]).lstrip("0") or None, COLUMNS["rt"])


def nkks(cells: pa.Array) -> pa.Array:
    """Return family card numbers of 16 digits, null for anything else."""
    bare = pc.replace_substring_regex(cells, r"[\s.\-']", "")
    return pc.if_else(pc.match_substring_regex(bare, r"^[1-9]\d{15}$"), bare, None)


def names(cells: pa.Array, *, in_register: bool) -> tuple[pa.Array, pa.Array, pa.Array, npt.NDArray[np.bool_]]:
    """Return name, alias, father's name, and True where digits or marks stood in the name."""
    if not in_register:
        simple = pc.and_not(
            pc.match_substring_regex(cells, _CLEAN_NAME), pc.match_substring_regex(cells, _NEEDS_SPLIT)
        )
        rest = np.flatnonzero(~np.asarray(simple))
    else:
        rest = np.arange(len(cells))
    name, alias, father = cells.to_pylist(), [None] * len(cells), [None] * len(cells)
    odd = np.zeros(len(cells), bool)
    for row in rest.tolist():
        read = read_name(name[row], in_register=in_register)
        name[row], odd[row] = read.name, read.odd
        alias[row], father[row] = "; ".join(read.aliases) or None, read.father or None  # type: ignore[call-overload]
    return pa.array(name, pa.string()), pa.array(alias, pa.string()), pa.array(father, pa.string()), odd


def births(cells: pa.Array, is_number: npt.NDArray[np.bool_] | None) -> tuple[dict[str, pa.Array], list[ProblemCode | None]]:
    """Return the birth columns of `records` and a problem or None for every row."""
    coded = cells.dictionary_encode()
    plain = [read_date(cell or "") for cell in coded.dictionary.to_pylist()]
    found = [plain[code] for code in coded.indices.to_pylist()]
    if is_number is not None:
        written = cells.to_pylist()
        for row in np.flatnonzero(is_number).tolist():
            found[row] = read_date(written[row], is_number=True)
    columns = {
        "birth_date": pa.array([birth.day for birth in found], pa.date32()),
        "birth_year": pa.array([birth.year for birth in found], pa.int16()),
        "age": pa.array([birth.age for birth in found], pa.int16()),
        "birth_quality": pa.array([birth.quality.value for birth in found], pa.string()).dictionary_encode(),
    }
    return columns, [birth.problem for birth in found]


def places_and_dates(cells: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Split a column of "BLORA, 12-08-1987" in two columns of text."""
    split = [split_place_and_date(cell) for cell in cells.to_pylist()]
    return pa.array([place for place, _ in split], pa.string()), pa.array([when for _, when in split], pa.string())


def days(cells: pa.Array, is_number: npt.NDArray[np.bool_] | None) -> pa.Array:
    """Return plain dates (of arrest, of release), null where unreadable."""
    columns, _ = births(cells, is_number)
    return columns["birth_date"]


def age_only(ages: pa.Array) -> dict[str, pa.Array]:
    """Return the birth columns of a register that gives nothing but an age."""
    numbers = by_unique(ages, lambda cell: (read_date(cell, is_number=cell.isdecimal()).age), pa.int16())
    known = np.asarray(pc.is_valid(numbers))
    quality = np.where(known, DateQuality.AGE.value, DateQuality.MISSING.value)
    return {
        "birth_date": pa.nulls(len(ages), pa.date32()),
        "birth_year": pa.nulls(len(ages), pa.int16()),
        "age": numbers,
        "birth_quality": pa.array(quality.tolist(), pa.string()).dictionary_encode(),
    }
