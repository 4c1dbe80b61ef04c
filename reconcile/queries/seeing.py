"""Which sight a field of a record follows (see `access.SIGHT`): fields that tell the same share one."""

from collections.abc import Mapping

FOLLOWS = {
    **dict.fromkeys(("rt", "rw", "village", "district", "regency", "province", "region_code"), "address"),
    **dict.fromkeys(("to_tps", "to_region", "tps_region", "ektp"), "tps"),
    "birth_year": "birth_date",
    "disability": "remark",
}


def sight_of_field(sight: Mapping[str, str], name: str) -> str:
    """Return how much of a field is shown: "full", "masked", "age" or "hidden"."""
    return sight.get(FOLLOWS.get(name, name), "hidden")
