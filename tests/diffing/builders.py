"""Made-up stages of a roll: voters as short words, remarks and TPS as given."""

from datetime import date
from typing import Any

import pyarrow as pa

from reconcile.deciding import Election, load_election
from reconcile.diffing import GROUPS, Fault, Stage, compare_stages
from reconcile.records import COLUMNS

VILLAGE = "3316091015"
FIELDS = (
    "name", "nik", "nkk", "sex", "birth_place", "birth_date", "birth_year", "birth_raw", "marital", "address", "rt",
    "rw", "tps", "tps_region", "ektp", "disability", "remark",
)  # fmt: skip
SCHEMA = pa.schema([(name, COLUMNS[name]) for name in FIELDS])
HEADS, TAILS = ("SU", "KAR", "WAR", "PAR", "MUL", "TRI", "SAR"), ("TONO", "WATI", "JO", "MINAH", "YADI", "LESTARI")
LAST = ("PRASETYO", "HANDAYANI", "WIBOWO", "SANTOSO", "RAHAYU", "KUSUMA", "NUGROHO", "HIDAYAT")


def election() -> Election:
    return load_election("pilkada-2024")


def voter(number: int, tps: str = "001", remark: str = "", **changes: Any) -> dict[str, Any]:
    """Return a row of its own person for each number."""
    day = date(1980, 1, 1 + number % 28)
    made = {
        "name": f"{HEADS[number % 7]}{TAILS[number % 6]} {LAST[number % 8]}",
        "nik": f"331609{day:%d%m%y}{9001 + number}",
        "nkk": f"331609010110{9001 + number}", "sex": "male" if number % 2 else "female", "birth_place": "BLORA",
        "birth_date": day, "marital": "single", "address": f"DK KRAJAN {number}", "rt": "1", "rw": "2",
        "tps": tps, "tps_region": VILLAGE, "remark": remark or None,
    }  # fmt: skip
    return made | changes


def stage(code: str, *rows: dict[str, Any]) -> Stage:
    return Stage(code, pa.Table.from_pylist(list(rows), schema=SCHEMA))


def compared(first: Stage, second: Stage) -> list[tuple[str, int, int, int, Fault]]:
    """Return group, rows and faults of each event."""
    events = compare_stages(first, second, election())
    return [
        (GROUPS[one["group"]].value, one["before"], one["after"], one["struck"], Fault(one["faults"]))
        for one in events.to_pylist()
    ]
