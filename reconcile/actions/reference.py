"""Institutions, polling stations and electoral districts, as an administrator keeps them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused, check_or_refuse, store_or_refuse
from reconcile.models import ElectoralDistrict, Institution, Officer, Tps
from reconcile.regions import LEVELS, plain

SPLIT = frozenset({"true", "1", "1.0", "ya", "y"})
LEVEL_BY_NAME = {"DPR RI": "dpr", "DPRD PROVINSI": "dprd_province", "DPRD KABUPATEN/KOTA": "dprd_regency"}


@transaction.atomic
def save_reference(*, row: Institution | Tps | ElectoralDistrict, by: Officer | None) -> None:
    """Store a new or changed row. Refused ("faulty", "exists", "overlap")."""
    what = "reference.add" if row._state.adding else "reference.change"
    if isinstance(row, ElectoralDistrict):
        _check_district(row)
    with check_or_refuse():
        row.full_clean(validate_unique=False, validate_constraints=False)
    with store_or_refuse("exists", _("There is such a row already, or its values do not fit together.")):
        row.save()
    record(what, by=by, election=getattr(row, "election", None), subject=row)


def _check_district(row: ElectoralDistrict) -> None:
    """Refuse ("faulty", "overlap") codes that name no region, and regions that another district has already."""
    wrong = [code for code in row.region_codes if not code.isdecimal() or len(code) not in LEVELS.values()]
    if wrong or not row.region_codes:
        sentence = _("District %(name)s: %(codes)s is no region code. Write 4, 6 or 10 digits for each region.")
        raise ActionRefused("faulty", sentence, name=row.name, codes=", ".join(wrong) or "-")
    others = ElectoralDistrict.objects.filter(election=row.election, level=row.level).exclude(pk=row.pk)
    for other in others:
        if shared := set(row.region_codes).intersection(other.region_codes):
            sentence = _("Region %(codes)s lies in district %(other)s already. A region belongs to one district.")
            raise ActionRefused("overlap", sentence, codes=", ".join(sorted(shared)), other=other.name)


def gather_districts(rows: Iterable[Mapping[str, Any]], elections: list[str]) -> list[dict[str, Any]]:
    """Return one row a district from KPU's open table, which has one a region (domain 3.2).

    The election is the one the table names, else the only one there is. Of a region that is split (`is_pecah`) only
    the parts are kept: on its own it decides nothing ("perlu desa").
    """
    only = elections[0] if len(elections) == 1 else ""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        if str(row.get("is_pecah") or "").strip().lower() in SPLIT:
            continue
        code, name = str(row["kode_dapil"]).removesuffix(".0"), str(row["jenis_dapil"]).strip().upper()
        level = LEVEL_BY_NAME.get(name, name)
        district = found.setdefault(
            (level, code),
            {
                "election": row.get("election") or only, "level": level, "code": code, "name": row["nama_dapil"],
                "members": row.get("kursi") or 0, "region_codes": "",
            },
        )  # fmt: skip
        region = plain(str(row["kode_wilayah"]).removesuffix(".0"))
        district["region_codes"] = ",".join(filter(None, [district["region_codes"], region]))
    return list(found.values())
