"""Free-text addresses -> RT, RW and the deepest region code they name (domain 4.5, 5.2).

A region's NIK code is never used here: it says where a person was first registered, not where they live.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from os.path import commonprefix

from rapidfuzz import fuzz, process

from reconcile import regions
from reconcile.regions import LEVELS

_KEYWORDS = {
    "province": r"PROVINSI|PROPINSI|PROV|PROP",
    "regency": r"KABUPATEN/KOTA|KAB/KOTA|KABUPATEN|KAB|KOTAMADYA|KODYA|KOTA",
    "district": r"KECAMATAN|KEC",
    "village": r"DESA/KELURAHAN|KELURAHAN/DESA|DESA/KEL|KELURAHAN|KEL|DESA|DS|NAGARI|PEKON|GAMPONG",
}
_KEYWORD = re.compile(rf"\b(?:{'|'.join(f'(?P<{level}>{words})' for level, words in _KEYWORDS.items())})\b[\s:/]*")
_NUMBER = r"\W*0*(\d{1,3})"
_RT_RW = re.compile(
    rf"\bRT\W*RW{_NUMBER}\W+0*(\d{{1,3}})\b"  # RT/RW 001/002
    rf"|\bRW{_NUMBER}\W*RT{_NUMBER}\b"  # RW 2 RT 1
    rf"|\bRT{_NUMBER}(?:\W*(?:RW\W*)?0*(\d{{1,3}}))?\b"  # RT 1 RW 2, RT 1/2, RT 1
)
_STREET_WORDS = re.compile(
    r"\b(?:JL|JLN|JALAN|DK|DKH|DUKUH|DSN|DUSUN|GG|GANG|PERUM|PERUMAHAN|LINGK|LINGKUNGAN|BLOK|KAMPUNG|KP|NO)\b"
)
_POSTAL_CODE = re.compile(r"\b\d{5}\b")
_CLOSE_NAME = 88  # rapidfuzz ratio: one letter in eight may be wrong in a place's name


@dataclass(frozen=True)
class Address:
    """RT and RW without leading zeros; place names as written; `region_code` "" when nothing is certain."""

    rt: str = ""
    rw: str = ""
    village: str = ""
    district: str = ""
    regency: str = ""
    province: str = ""
    region_code: str = ""


@lru_cache(maxsize=65536)
def read_address(written: str, near: str = "") -> Address:
    """Read one address. `near`: code of the regency that wins where several places share the names."""
    text = re.sub(r"[\s\u00a0]+", " ", written.upper().replace(".", " ")).strip(" ,;-")
    if not text:
        return Address()
    rt, rw, before, after = _around_rt_rw(text)
    named = _named_places(f"{before}, {after}")
    if not named:
        code = _resolve_tail(after or before, near, after_rt=bool(rt))
        return Address(rt, rw, region_code=code, **_names_of(code))
    code = resolve(near=near, **named) or _best_split(named.get("village", "").split(), near)
    return Address(rt, rw, region_code=code, **{**_names_of(code), **named})


def _names_of(code: str) -> dict[str, str]:
    sizes = ((level, size) for level, size in LEVELS.items() if len(code) >= size)
    return {level: regions.name_of(code[:size]).upper() for level, size in sizes}


def _around_rt_rw(text: str) -> tuple[str, str, str, str]:
    """Return RT, RW, and the text before and after them."""
    found = _RT_RW.search(text)
    if not found:
        return "", "", text, ""
    both, reversed_, usual = found.groups()[:2], found.groups()[3:1:-1], found.groups()[4:]
    rt, rw = next(pair for pair in (both, reversed_, usual) if pair[0])
    before, after = text[: found.start()].strip(" ,"), text[found.end() :].strip(" ,")
    return (rt or "").lstrip("0"), (rw or "").lstrip("0"), before, after


def _named_places(text: str) -> dict[str, str]:
    """Return place name by level for every keyword in the text ("KEC JEPON" -> district)."""
    named: dict[str, str] = {}
    marks = list(_KEYWORD.finditer(text))
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        value = text[mark.end() : end].split(",")[0].strip(" -/")
        level = mark.lastgroup or ""
        if not value or level in named:
            continue
        if level == "regency" and "/" not in mark[0].rstrip(" :/"):
            value = f"{'KABUPATEN' if mark[0].startswith('KAB') else 'KOTA'} {value}"
        named[level] = value
    return named


def _resolve_tail(text: str, near: str, *, after_rt: bool) -> str:
    """Resolve an address without keywords: "KADENGAN, RANDUBLATUNG", "Kunden Blora" after RT/RW, "BLORA"."""
    parts = [part.strip() for part in re.split(r"[,;]|\s-\s", _POSTAL_CODE.sub("", text)) if part.strip()]
    if not parts:
        return ""
    if len(parts) == 1:
        words = parts[0].split()
        if not after_rt and _STREET_WORDS.search(parts[0]):
            words = words[2:]  # the street's own name is no place
        return _best_split(words, near)
    if len(parts) >= 3 and (code := resolve(parts[-3], parts[-2], parts[-1], near=near)):
        return code
    as_village = resolve(parts[-2], parts[-1], near=near)
    return max(as_village, resolve(district=parts[-2], regency=parts[-1], near=near), key=len)


def _best_split(words: Sequence[str], near: str) -> str:
    """Try the last words as village and district, as district, as regency; the deepest answer wins."""
    best = ""
    for size in range(1, min(4, len(words)) + 1):
        last, before = " ".join(words[-size:]), words[:-size]
        whole = regions.fold(last)
        if whole in regions.codes_by_name(LEVELS["district"]):
            for village_size in range(1, min(4, len(before)) + 1):
                code = _exact(" ".join(before[-village_size:]), last, near)
                best = max(best, code, key=len)
        for regency in regions.codes_by_name(LEVELS["regency"]).get(regions.fold_regency(last), ()):
            # "Tahunan Sale Rembang": the regency stands last and says which Sale is meant.
            inside = _best_split(before, regency)
            best = max(best, inside if inside.startswith(regency) else "", key=len)
        if not before and regions.fold_regency(last) in regions.codes_by_name(LEVELS["regency"]):
            best = max(best, resolve(regency=last, near=near), key=len)
        if not best and whole in regions.codes_by_name(LEVELS["district"]):
            best = resolve(district=last, near=near)
    return best


def _exact(village: str, district: str, near: str) -> str:
    codes = regions.codes_by_name(LEVELS["village"]).get(regions.fold(village), ())
    outer = regions.codes_by_name(LEVELS["district"]).get(regions.fold(district), ())
    return _settle(regions.within(codes, outer), near)


def resolve(village: str = "", district: str = "", regency: str = "", province: str = "", *, near: str = "") -> str:
    """Return the deepest code on which all the given names agree, "" when nothing is certain.

    Each name narrows what the wider one allows; a misspelt name is matched only within a known wider
    place. Where several places remain, `near` wins, otherwise the part of the code they share.
    """
    allowed: list[str] = []
    named = {"province": province, "regency": regency, "district": district, "village": village}
    for level, name in named.items():
        found = _codes(level, name, allowed) if name else []
        if found:
            allowed = found
        elif name and level != "district":
            break  # a wider place that nobody knows tells nothing of the narrower ones
    return _settle(allowed, near)


def _codes(level: str, name: str, allowed: Sequence[str]) -> list[str]:
    size = LEVELS[level]
    table = regions.codes_by_name(size)
    folded = regions.fold_regency(name) if level == "regency" else regions.fold(name)
    codes: Iterable[str] = table.get(folded, ())
    if level == "regency":
        codes = _of_same_kind(name, list(codes))
    if not allowed:
        return list(codes)
    inside = regions.within(codes, allowed)
    return inside or _misspelt(folded, size, allowed)


def _of_same_kind(name: str, codes: list[str]) -> list[str]:
    """A Kota and a Kabupaten may share a name; without either word both stay possible."""
    kind = name.upper().split(" ")[0].rstrip(".")
    if len(codes) < 2 or kind[:3] not in {"KAB", "KOT", "KOD"}:
        return codes
    wants_city = not kind.startswith("KAB")
    return [code for code in codes if regions.name_of(code).startswith("KOTA") == wants_city] or codes


def _misspelt(folded: str, size: int, allowed: Sequence[str]) -> list[str]:
    names = {code: regions.fold(name) for code, name in _inside(size, tuple(sorted(allowed)))}
    best = process.extractOne(folded, names, scorer=fuzz.ratio, score_cutoff=_CLOSE_NAME)
    if best is None:
        return []
    return [code for code, name in names.items() if name == best[0]]


@lru_cache(maxsize=256)
def _inside(size: int, allowed: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(code, name) for code, name in regions.names(size).items() if code.startswith(allowed)]


def _settle(codes: Sequence[str], near: str) -> str:
    if near:
        for size in (len(near), LEVELS["province"]):
            close = regions.within(codes, [near[:size]])
            if close:
                codes = close
                break
    if len(codes) == 1:
        return codes[0]
    shared = commonprefix(list(codes)) if codes else ""
    return next((shared[:size] for size in (6, 4, 2) if len(shared) >= size), "")
