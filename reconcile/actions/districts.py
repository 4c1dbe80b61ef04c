"""Electoral districts: KPU's open table gathered into districts, and each held against the others before it is stored.

A region belongs to one district. One that is divided is named by its parts alone, so a region and a part of it
cannot lie in two districts either.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.errors import ActionRefused
from reconcile.actions.reference import save_reference
from reconcile.models import ElectoralDistrict, Officer
from reconcile.regions import LEVELS, plain

COLUMNS = ("kode_dapil", "jenis_dapil", "nama_dapil", "kode_wilayah")  # of the open table (domain 3.2)
SPLIT = frozenset({"true", "t", "1", "1.0", "ya", "y", "yes"})
WHOLE = frozenset({"", "false", "f", "0", "0.0", "tidak", "n", "no"})
_LEVELS = (("DPRD PROV", "dprd_province"), ("DPRD KAB", "dprd_regency"), ("DPRD KOTA", "dprd_regency"), ("DPR", "dpr"))
# A district never reaches beyond a region of this level, and is made of regions of that level or deeper ones.
_WITHIN = {"dpr": LEVELS["province"], "dprd_province": LEVELS["province"], "dprd_regency": LEVELS["regency"]}
_LEAST = {"dpr": LEVELS["province"], "dprd_province": LEVELS["regency"], "dprd_regency": LEVELS["district"]}

Key = tuple[str, str, str]  # election, level and code of a district


class Taken:
    """Which district has a region or a part of it, by election and level. `coming`: districts a table brings anew."""

    def __init__(self, coming: Collection[Key] = ()) -> None:
        self._regions: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
        self._parts: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        stored = ElectoralDistrict.objects.values_list("election__code", "level", "code", "name", "region_codes")
        for *key, name, regions in stored.order_by("level", "code"):
            if (key[0], key[1], key[2]) not in coming:
                self._add((key[0], key[1], key[2]), name, regions)

    def add(self, row: ElectoralDistrict) -> None:
        self._add((row.election.code, row.level, row.code), row.name, row.region_codes)

    def _add(self, key: Key, name: str, regions: Iterable[str]) -> None:
        *where, code = key
        for region in regions:
            self._regions[where[0], where[1]][region] = (code, name)
            for digits in LEVELS.values():
                if digits < len(region):
                    self._parts[where[0], where[1]][region[:digits]][code] = name

    def shared(self, row: ElectoralDistrict) -> tuple[list[str], str]:
        """Return the regions of a district that lie in another one, whole or in part, and the name of that one."""
        where = (row.election.code, row.level)
        regions, parts, found, other = self._regions[where], self._parts[where], [], ""
        for region in row.region_codes:
            holders = dict(regions[region[:n]] for n in LEVELS.values() if region[:n] in regions)
            holders |= parts.get(region, {})
            holders.pop(row.code, None)
            if holders:
                found.append(region)
                other = other or next(iter(holders.values()))
        return found, other


@transaction.atomic
def save_district(*, row: ElectoralDistrict, by: Officer | None, taken: Taken | None = None) -> None:
    """Store a new or changed district. Refused ("faulty", "exists", "overlap").

    `taken`: what a table has read so far.
    """
    row.region_codes = list(dict.fromkeys(row.region_codes))
    taken = taken or Taken({(row.election.code, row.level, row.code)})
    check_district(row, taken)
    save_reference(row=row, by=by)
    taken.add(row)


def check_district(row: ElectoralDistrict, taken: Taken) -> None:
    """Refuse ("faulty", "overlap") a district that cannot be, or that has a region of another one."""
    _check_codes(row)
    shared, other = taken.shared(row)
    if shared:
        sentence = _(
            "Region %(codes)s lies in district %(other)s already, whole or in part. A region belongs to one district; "
            "one that is divided is named by its parts alone."
        )
        raise ActionRefused("overlap", sentence, codes=", ".join(shared), other=other)


def _check_codes(row: ElectoralDistrict) -> None:
    """Refuse codes that name no region a district of this level can be made of, and regions that lie apart."""
    if row.level not in _LEAST:
        sentence = _("%(word)s is no kind of district. Write one of: %(kinds)s.")
        raise ActionRefused("faulty", sentence, word=row.level or "-", kinds=", ".join(_LEAST))
    fit = [digits for digits in LEVELS.values() if digits >= _LEAST[row.level]]
    wrong = [code for code in row.region_codes if not code.isdecimal() or len(code) not in fit]
    if wrong or not row.region_codes:
        sentence = _("District %(name)s: %(codes)s is no region code. Write %(digits)s digits for each region.")
        parts = {"codes": ", ".join(wrong) or "-", "digits": ", ".join(map(str, fit))}
        raise ActionRefused("faulty", sentence, name=row.name, **parts)
    if len(outer := sorted({code[: _WITHIN[row.level]] for code in row.region_codes})) > 1:
        sentence = _("District %(name)s reaches over %(codes)s; a district of this kind lies in one of them.")
        raise ActionRefused("faulty", sentence, name=row.name, codes=", ".join(outer))


def gather_districts(rows: Iterable[Mapping[str, Any]], only: str) -> list[dict[str, Any]]:
    """Return one row a district from KPU's open table, which has one a region (domain 3.2). Refused ("faulty").

    The election is the one the table names, else `only`. Of a region that is split (`is_pecah`) only the parts are
    kept: on its own it decides nothing ("perlu desa").
    """
    found: dict[Key, dict[str, Any]] = {}
    for number, row in enumerate(rows, start=2):
        if not any(str(value or "").strip() for value in row.values()):
            continue
        if _is_split(row, number):
            continue
        code, level = _text(row, "kode_dapil"), _level_of(_text(row, "jenis_dapil"))
        election = _text(row, "election") or only
        if not election:
            sentence = _("Several elections have districts. Add a column election with the code of the election.")
            raise ActionRefused("faulty", sentence)
        district = found.setdefault(
            (election, level, code),
            {
                "election": election, "level": level, "code": code, "name": _text(row, "nama_dapil"),
                "members": row.get("kursi") or 0, "region_codes": [],
            },
        )  # fmt: skip
        district["region_codes"].append(plain(_text(row, "kode_wilayah")))
    if not found:
        raise ActionRefused("faulty", _("The table names no region that lies in one district as a whole."))
    return [{**one, "region_codes": ",".join(one["region_codes"])} for one in found.values()]


def require_columns(headings: Collection[str]) -> None:
    """Refuse ("faulty") an open table that lacks a column."""
    if lacking := [name for name in COLUMNS if name not in headings]:
        sentence = _("The table has no column %(names)s. Add it, as in KPU's open data.")
        raise ActionRefused("faulty", sentence, names=", ".join(lacking))


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "").strip().removesuffix(".0")


def _is_split(row: Mapping[str, Any], number: int) -> bool:
    word = str(row.get("is_pecah") or "").strip().lower()
    if word not in SPLIT | WHOLE:
        sentence = _("Row %(row)s: write true or false under is_pecah, not %(word)s.")
        raise ActionRefused("faulty", sentence, row=number, word=word)
    return word in SPLIT


def _level_of(name: str) -> str:
    """Return the level a word stands for; what is not known stays as it is written, and is refused with its row."""
    word = " ".join(name.upper().split())
    return next((level for begins, level in _LEVELS if word.startswith(begins)), name)
