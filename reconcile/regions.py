"""Names and codes of provinces, regencies, districts and villages (Kemendagri codes without dots).

A code is 2, 4, 6 or 10 digits; a longer code begins with the code of what contains it. Data:
`fixtures/regions/` (from the npm package idn-area-data, Open Database License, notice kept there).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "regions"
LEVELS = {"province": 2, "regency": 4, "district": 6, "village": 10}
_FILES = {2: "provinces", 4: "regencies", 6: "districts", 10: "villages"}
# A table instead of an expression: 84,000 village names are folded when the first address is read.
_MARKS = (*(code for code in range(256) if not chr(code).isalnum()), *range(0x2000, 0x2070))
_NO_LETTER = dict.fromkeys(_MARKS)
_KIND_OF_REGENCY = re.compile(r"^(?:KABUPATEN|KAB|KOTA ADMINISTRASI|KOTA ADM|KOTAMADYA|KOTA|KODYA)\s+")


def fold(name: str) -> str:
    """Return capitals and digits only, as offices part words at will ("Gedong Tengen" = "GEDONGTENGEN")."""
    return name.upper().translate(_NO_LETTER)


def fold_regency(name: str) -> str:
    """Fold a regency's name without its kind: "KABUPATEN BLORA" -> "BLORA"."""
    return fold(_KIND_OF_REGENCY.sub("", name.upper().replace(".", " ").strip()))


@cache
def names(level: int) -> dict[str, str]:
    """Return official name by code for one level: 2, 4, 6 or 10 digits."""
    with (FOLDER / f"{_FILES[level]}.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)  # the headings: code, name
        return {row[0]: row[1] for row in rows}


def name_of(code: str) -> str:
    """Return the official name of a code, or "" when it is not in the tables."""
    return names(len(code)).get(code, "") if len(code) in _FILES else ""


@cache
def codes_by_name(level: int) -> dict[str, tuple[str, ...]]:
    """Return all codes of a level by folded name; several places share a name."""
    found: dict[str, list[str]] = defaultdict(list)
    folded = fold_regency if level == LEVELS["regency"] else fold
    for code, name in names(level).items():
        found[folded(name)].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def within(codes: Iterable[str], outer: Iterable[str]) -> list[str]:
    """Return those of `codes` that lie in any of the `outer` codes."""
    outer = tuple(outer)
    return [code for code in codes if code.startswith(outer)]


def plain(code: str) -> str:
    """Return a code without dots: "33.16.09.1015" -> "3316091015"."""
    return code.replace(".", "").strip()


def dotted(code: str) -> str:
    """Return a code as printed: "3316091015" -> "33.16.09.1015"."""
    cuts = (code[:2], code[2:4], code[4:6], code[6:])
    return ".".join(part for part in cuts if part)
