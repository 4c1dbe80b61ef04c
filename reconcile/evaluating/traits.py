"""The groups a person belongs to, for asking whether the program serves all of them alike."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from reconcile.evaluating.truth import TruthRow

# Provinces split from Papua and Papua itself: names, spellings and family cards differ most from Java's there.
PAPUA = "91"
UNKNOWN = "unknown"


class Trait(StrEnum):
    """What people are grouped by."""

    SEX = "sex"
    NAME = "name"  # one word, or more
    NIK = "nik"  # as the truth says it was written
    PROVINCE = "province"  # code below 91, or from it on
    GROUP = "group"  # the truth's own
    DAMAGE = "damage"  # each kind done to the row; a row may carry several


def traits_of(row: TruthRow, record: Mapping[str, Any], voter_region: str) -> dict[Trait, tuple[str, ...]]:
    """Return a person's values by trait. `record` is the register row as read, empty where it was not."""
    damage = () if row.damage is None else row.damage or ("none",)
    return {
        Trait.SEX: (record.get("sex") or UNKNOWN,),
        Trait.NAME: (_words(record.get("name") or ""),),
        Trait.NIK: ({"ok": "whole", "missing": "missing"}.get(row.nik_kind, "damaged"),),
        Trait.PROVINCE: (_province(record, voter_region),),
        Trait.GROUP: (row.group,),
        Trait.DAMAGE: damage,
    }


def _words(name: str) -> str:
    return UNKNOWN if not name else "several" if " " in name else "one"


def _province(record: Mapping[str, Any], voter_region: str) -> str:
    """By the home written in the register, else by its NIK, else by the voter's own home."""
    for code in (record.get("region_code"), record.get("nik"), voter_region):
        if code:
            return "papua" if code[:2] >= PAPUA else "other"
    return UNKNOWN
