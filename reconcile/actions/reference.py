"""Institutions, polling stations and electoral districts, as an administrator keeps them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.models import ElectoralDistrict, Institution, Officer, Tps

LEVEL_BY_NAME = {"DPR RI": "dpr", "DPRD PROVINSI": "dprd_province", "DPRD KABUPATEN/KOTA": "dprd_regency"}


@transaction.atomic
def save_reference(*, row: Institution | Tps | ElectoralDistrict, by: Officer | None) -> None:
    """Store a new or changed row. Refused ("faulty", "exists")."""
    what = "reference.add" if row._state.adding else "reference.change"
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as fault:
        raise ActionRefused("faulty", " ".join(fault.messages)) from fault
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ActionRefused("exists", _("There is such a row already, or its values do not fit together.")) from error
    record(what, by=by, election=getattr(row, "election", None), subject=row)


def gather_districts(rows: Iterable[Mapping[str, Any]], elections: list[str]) -> list[dict[str, Any]]:
    """Return one row a district from KPU's open table, which has one a region (domain 3.2).

    The election is the one the table names, else the only one there is.
    """
    only = elections[0] if len(elections) == 1 else ""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        code, name = str(row["kode_dapil"]).removesuffix(".0"), str(row["jenis_dapil"]).strip().upper()
        level = LEVEL_BY_NAME.get(name, name)
        district = found.setdefault(
            (level, code),
            {
                "election": row.get("election") or only, "level": level, "code": code, "name": row["nama_dapil"],
                "members": row.get("kursi") or 0, "region_codes": "",
            },
        )  # fmt: skip
        region = str(row["kode_wilayah"]).removesuffix(".0")
        district["region_codes"] = ",".join(filter(None, [district["region_codes"], region]))
    return list(found.values())
