"""Electoral districts (dapil): in which constituency of a kind a region lies, and whether two share one.

Tables: `fixtures/districts/<folder>/<kind>.csv`, columns as in KPU's open data (domain 3.2). They need not be
complete: what they do not hold "cannot be determined", unless the answer follows without them.
"""

import csv
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from reconcile.deciding.election_parts import ConstituencyKind, Districts
from reconcile.regions import LEVELS

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "districts"
TABLED = frozenset({ConstituencyKind.DPR, ConstituencyKind.DPRD_PROVINCE, ConstituencyKind.DPRD_REGENCY})
NATION = "nation"

# A constituency never reaches beyond this level of region, so two regions of that level never share one ...
_WITHIN = {
    ConstituencyKind.PROVINCE: LEVELS["province"],
    ConstituencyKind.DPR: LEVELS["province"],
    ConstituencyKind.DPRD_PROVINCE: LEVELS["province"],
    ConstituencyKind.REGENCY: LEVELS["regency"],
    ConstituencyKind.DPRD_REGENCY: LEVELS["regency"],
}
# ... and never divides a region of this level, so that one region of that level needs no table. A district of
# the DPR is made of whole regencies; those of the councils may part regencies and even districts.
_WHOLE = {
    ConstituencyKind.PROVINCE: LEVELS["province"],
    ConstituencyKind.REGENCY: LEVELS["regency"],
    ConstituencyKind.DPR: LEVELS["regency"],
    ConstituencyKind.DPRD_PROVINCE: LEVELS["village"],
    ConstituencyKind.DPRD_REGENCY: LEVELS["village"],
}


class Gap(StrEnum):
    """What is missing where a constituency cannot be named."""

    DEEPER = "deeper"  # the home is known too roughly: its district (kecamatan), or even its regency, is needed
    VILLAGE = "village"  # its district is split between constituencies: the village (desa) is needed
    TABLE = "table"  # no table names the region


def districts_of(folder: str) -> Districts:
    """Return the districts of a folder of tables; "" holds none."""
    return Districts(folder, {kind: _table(folder, kind) for kind in TABLED if has_districts(folder, kind)})


def with_added(districts: Districts, added: Mapping[ConstituencyKind, Mapping[str, str]]) -> Districts:
    """Return districts with those an office has brought in: the key by region code, for each kind.

    A region named there, what lies in it and what it is a part of are not looked for in the folder's tables any more.
    """
    tables = dict(districts.tables)
    for kind, mine in added.items():
        shipped = tables.get(kind, {})
        whole = {code[:level] for code in mine for level in LEVELS.values()}
        within = {code for code in shipped if any(code[:level] in mine for level in LEVELS.values())}
        tables[kind] = {code: key for code, key in shipped.items() if code not in whole | within} | dict(mine)
    return Districts(districts.folder, tables)


def constituency(kind: ConstituencyKind, code: str, districts: Districts) -> str | None:
    """Return the key of the constituency of `kind` that holds a region.

    `code` has 2, 4, 6 or 10 digits. None: the region is too large to lie in one constituency, divided between
    several, or not in the tables.
    """
    if kind is ConstituencyKind.NATION:
        return NATION
    if kind not in TABLED:
        return code[: _WITHIN[kind]] if len(code) >= _WITHIN[kind] else None
    table = districts.tables.get(kind, {})
    # The deepest region listed decides: a divided one is followed by its parts.
    for level in sorted(LEVELS.values(), reverse=True):
        if len(code) >= level and code[:level] in table:
            return table[code[:level]]
    return None


def shares_constituency(kind: ConstituencyKind, one: str, other: str, districts: Districts) -> bool | None:
    """Say whether two regions lie in the same constituency of `kind`; None where it cannot be determined."""
    if kind is ConstituencyKind.NATION:
        return True
    if _are_apart(one, other, _WITHIN[kind]):
        return False
    whole = _WHOLE[kind]
    if len(one) >= whole and one[:whole] == other[:whole]:
        return True
    keys = constituency(kind, one, districts), constituency(kind, other, districts)
    return None if None in keys else keys[0] == keys[1]


def what_is_missing(kind: ConstituencyKind, code: str, districts: Districts) -> Gap | None:
    """Say what is needed to name the constituency of `kind` that holds a region; None: nothing, it has a key."""
    if constituency(kind, code, districts) is not None:
        return None
    if kind not in TABLED:
        return Gap.DEEPER  # the region is a whole province, or less is known
    # A region the table knows only by its parts, or says to be divided: the next level decides.
    table = districts.tables.get(kind, {})
    parts = {len(each) for each in table if len(each) > len(code) and each.startswith(code)}
    if parts:
        return Gap.VILLAGE if min(parts) == LEVELS["village"] else Gap.DEEPER
    return Gap.TABLE


def has_districts(districts: str, kind: ConstituencyKind) -> bool:
    """Say whether a folder holds a table of this kind."""
    return bool(re.fullmatch(r"[a-z0-9_-]+", districts)) and _path(districts, kind).is_file()


def _are_apart(one: str, other: str, level: int) -> bool:
    """Say whether two codes differ within their first `level` digits, as far as both are known."""
    known = min(len(one), len(other), level)
    return one[:known] != other[:known]


def _path(districts: str, kind: ConstituencyKind) -> Path:
    return FOLDER / districts / f"{kind.value}.csv"


@cache
def _table(districts: str, kind: ConstituencyKind) -> dict[str, str | None]:
    """Return the district by region code; None for a region divided between districts."""
    if not has_districts(districts, kind):
        return {}
    with _path(districts, kind).open(encoding="utf-8", newline="") as lines:
        return {
            row["kode_wilayah"]: None if row["is_pecah"] == "true" else row["kode_dapil"]
            for row in csv.DictReader(lines)
        }
