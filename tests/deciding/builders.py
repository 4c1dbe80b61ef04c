"""Made-up rows and settings for the tests of deciding: a good default, changed by name."""

from datetime import date
from typing import Any

from reconcile.deciding import Case, Setting, TpsRef, load_election
from reconcile.records import Decided, MatchStatus

RUTAN_TPS = TpsRef.parse("33.16.09.1015/901")
NGAWEN_VILLAGE = "3316122005"


def held(**changes: Any) -> dict[str, Any]:
    """A detained man of a village in Ngawen, as the Rutan's register has him."""
    row = {
        "source_file": "rutan.xlsx",
        "sheet": "DATA WBP",
        "row": 6,
        "kind": "rutan",
        "name": "SUPARNO",
        "nik": "3316121208799001",
        "nik_quality": "ok",
        "sex": "male",
        "birth_date": date(1979, 8, 12),
        "birth_quality": "exact",
        "region_code": NGAWEN_VILLAGE,
        "register_class": "A.III",
        "entry_date": date(2024, 7, 14),
        "release_date": date(2025, 3, 1),
    }
    return row | changes


def sentenced(release: date | None, **changes: Any) -> dict[str, Any]:
    return held(register_class="B.IIa", release_date=release, **changes)


def fixed(**changes: Any) -> dict[str, Any]:
    """The same man on the fixed roll of his village."""
    row = {
        "source_file": "DPT_NGAWEN.xlsx",
        "sheet": "TPS 003",
        "row": 270,
        "kind": "roll",
        "name": "SUPARNO",
        "nik": "3316121208799001",
        "nik_quality": "ok",
        "sex": "male",
        "birth_date": date(1979, 8, 12),
        "birth_quality": "exact",
        "marital": "married",
        "region_code": NGAWEN_VILLAGE,
        "tps": "003",
        "tps_region": NGAWEN_VILLAGE,
        "ektp": "recorded",
        "remark": "0",
    }
    return row | changes


def at_rutan(**changes: Any) -> dict[str, Any]:
    """The same man on the fixed roll of the special TPS, which does not say where he lives."""
    here = {"tps": "901", "tps_region": RUTAN_TPS.region, "region_code": RUTAN_TPS.region, "sheet": "TPS 901"}
    return fixed(**here | changes)


def moved(**changes: Any) -> dict[str, Any]:
    """The same man on the moved-voter list of the special TPS."""
    row = fixed(kind="moved", source_file="DPTb_TPS901.xlsx", sheet="DPTb", row=5, remark="5")
    return row | {"to_tps": None, "to_region": None} | changes


def setting(election: str = "pilkada-2024", as_of: date = date(2024, 11, 1), **changes: Any) -> Setting:
    values: dict[str, Any] = {"tps": RUTAN_TPS, "regencies": frozenset({"3316"})}
    return Setting(load_election(election), as_of=as_of, **values | changes)


def case(
    *entries: dict[str, Any],
    of: dict[str, Any] | None = None,
    same_as: tuple[dict[str, Any], ...] = (),
    status: MatchStatus | None = None,
) -> Case:
    """A case; without a status, found for certain where there are entries."""
    found = MatchStatus.AUTO if entries else MatchStatus.NONE
    return Case(of or held(), same_as, entries, status or found)


def codes(decided: Decided) -> list[str]:
    return [discrepancy.code for discrepancy in decided.discrepancies]
