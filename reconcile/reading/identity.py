"""The block above a printed roll that alone names its place: province, regency, district, village, TPS."""

import re
from collections.abc import Sequence

from reconcile.reading.columns import fold_heading

Place = dict[str, str]  # names by level ("province", "regency", "district", "village") and "tps"

_LABELS = {
    "PROVINSI": "province", "PROPINSI": "province", "PROV": "province",
    "KABUPATEN": "regency", "KABUPATENKOTA": "regency", "KABKOTA": "regency", "KOTA": "regency",
    "KAB": "regency", "KECAMATAN": "district", "KEC": "district",
    "DESAKELURAHAN": "village", "KELURAHANDESA": "village", "KELURAHAN": "village", "DESA": "village",
    "DESAKEL": "village", "KELDESA": "village",
    "TPS": "tps", "NOTPS": "tps", "NOMORTPS": "tps",
}  # fmt: skip
# Labels that also say which of two kinds of regency is meant; the word belongs to the name then.
_KINDS = {"KABUPATEN": "KABUPATEN", "KAB": "KABUPATEN", "KOTA": "KOTA"}
_TPS_ALONE = re.compile(r"^\W*TPS\s*(?:NO(?:MOR)?\.?)?\s*:?\s*(\d{1,3})\W*$")
_TPS_IN_LINE = re.compile(r"\bTPS\s*(?:NO(?:MOR)?\.?)?\s*:?\s*(\d{1,3})\b")
_PLACE_IN_LINE = re.compile(
    r"\b(?:DESA/KELURAHAN|KELURAHAN/DESA|KELURAHAN|DESA|KEL\.?)\s*:?\s*(?P<village>.+?)[\s,]+"
    r"(?:KECAMATAN|KEC\.?)\s*:?\s*(?P<district>.+?)"
    r"(?:[\s,]+(?P<regency>(?:KABUPATEN/KOTA|KABUPATEN|KOTA|KAB\.?)\s*:?\s*.+?))?"
    r"(?:[\s,]+(?:PROVINSI|PROPINSI|PROV\.?)\s*:?\s*(?P<province>.+?))?\s*$"
)


def read_identity(cells: Sequence[str]) -> Place:
    """Return what one row of the identity block names, empty when it is no such row.

    A row may hold one pair or several: "TPS : 001" | "PROVINSI", ": JAWA TENGAH", "KECAMATAN", ": BLORA".
    """
    filled = [cell for cell in cells if cell.strip(" :")]
    if not filled or not _label(filled[0]):
        return {}
    place: Place = {}
    for nth, cell in enumerate(filled):
        label = _label(cell)
        if not label:
            continue
        value = cell.partition(":")[2].strip(" :")
        following = filled[nth + 1] if nth + 1 < len(filled) else ""
        if not value and not _label(following):
            value = following.strip(" :")
        if value:
            place.setdefault(_LABELS[label], _with_kind(label, value.upper()))
    return place


def _label(cell: str) -> str:
    folded = fold_heading(cell.partition(":")[0]) if len(cell) < 60 else ""
    return folded if folded in _LABELS else ""


def _with_kind(label: str, name: str) -> str:
    kind = _KINDS.get(label, "")
    return name if not kind or name.startswith(("KAB", "KOTA")) else f"{kind} {name}"


def place_in_line(line: str) -> Place:
    """Read a title line such as "TPS 901 KELURAHAN KUNDEN KECAMATAN BLORA"; empty when it names no place."""
    said, place = " ".join(line.upper().split()), Place()
    tps, where = _TPS_IN_LINE.search(said), _PLACE_IN_LINE.search(said)
    if tps:
        place["tps"] = tps[1]
    if where:
        place |= {level: name.strip(" ,:") for level, name in where.groupdict().items() if name}
    return place


def tps_alone(line: str) -> Place:
    """Read a line that says nothing but "TPS 002": the next polling place of the same sheet begins."""
    found = _TPS_ALONE.match(line.upper())
    return {"tps": found[1]} if found else {}
