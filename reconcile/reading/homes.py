"""Where people live and vote: from columns of names or codes, from the identity block, from free text."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reconcile import regions
from reconcile.reading import cleaning
from reconcile.reading.addresses import read_address, resolve
from reconcile.reading.draft import Draft
from reconcile.reading.problems import ProblemCode
from reconcile.records import COLUMNS, ListKind

_LEVELS = ("village", "district", "regency", "province")
_FROM = tuple(f"from_{level}" for level in ("tps", *_LEVELS))
_TO = tuple(f"to_{level}" for level in ("tps", *_LEVELS))
_BETWEEN = "\x1f"  # stands in no name
_SPECIAL_TPS = r"^9\d\d$"  # TPS in special locations are numbered from 901 (domain 2.1)
_INSTITUTION = re.compile(r"RUTAN|RUMAH TAHANAN|LAPAS|PEMASYARAKATAN|POLRES|KEPOLISIAN|TAHTI")


def add_home_of_voter(draft: Draft) -> None:
    """Fill address, RT, RW, the TPS and its place; on a moved list the TPS left and the one gone to."""
    address = draft.texts("address")
    if address is not None:
        draft.columns["address"] = address
    _add_rt_rw(draft)
    if draft.kind is ListKind.MOVED:
        has_from, has_to = draft.has(*_FROM), draft.has(*_TO)
        _add_tps(draft, "from_" if has_from or not has_to else "", "")
        _add_tps(draft, "to_" if has_to else "", "to_")
    else:
        _add_tps(draft, "", "")
    # The special TPS says where a person votes, not where that person's home is.
    special = pc.fill_null(pc.match_substring_regex(draft.columns["tps"].cast(pa.string()), _SPECIAL_TPS), False)
    draft.columns["region_code"] = pc.if_else(special, None, draft.columns["tps_region"].cast(pa.string()))


def _add_rt_rw(draft: Draft) -> None:
    rt, rw, both = draft.texts("rt"), draft.texts("rw"), draft.texts("rt_rw")
    if rt is None and both is not None:
        rt = both
    if rt is not None:
        draft.columns["rt"] = cleaning.rts(rt)
        draft.columns["rw"] = cleaning.rts(rw) if rw is not None else cleaning.rws_after_rt(rt)


def _add_tps(draft: Draft, prefix: str, target: str) -> None:
    """Fill `<target>tps` and its region from columns with `prefix`, or from the identity block in force."""
    is_origin = prefix == "from_"
    tps = draft.texts(f"{prefix}tps")
    if tps is None and not is_origin:
        tps = draft.identity(["tps"])["tps"]
    number, region = (f"{target}tps", f"{target}region") if target else ("tps", "tps_region")
    draft.columns[number] = draft.constant(None) if tps is None else cleaning.tps_numbers(tps)
    codes = draft.texts("village_code") if not prefix and not target else None
    if codes is not None:
        draft.columns[region] = _village_codes(codes, draft.texts("district_code"))
        draft.columns |= _names_of(draft.columns[region])
        said = codes
    else:
        said = _place_names(draft, prefix, target)
        draft.columns[region] = cleaning.by_unique(
            said, lambda names: resolve(*names.split(_BETWEEN), near=draft.near) or None, COLUMNS[region]
        )
    if not is_origin:
        _report_unknown(draft, number, region, said)


def _place_names(draft: Draft, prefix: str, target: str) -> pa.Array:
    """Return village to province of each person, joined; keep them as columns where they are the home's."""
    named = {level: draft.texts(f"{prefix}{level}") for level in _LEVELS}
    block = {} if prefix == "from_" else draft.identity(_LEVELS)
    nothing = pa.array([""] * draft.count, pa.string())
    whole: dict[str, pa.Array] = {}
    for level, written in named.items():
        said = block.get(level, nothing)
        # A cell says more than the block above the list, which may name the whole regency only.
        whole[level] = said if written is None else pc.if_else(pc.equal(written, ""), said, written)
        if not target:
            draft.columns[level] = cleaning.words(whole[level])
    return pc.binary_join_element_wise(*whole.values(), _BETWEEN)


def _report_unknown(draft: Draft, number: str, region: str, said: pa.Array) -> None:
    """Say of each unknown place, in its first row, that nobody knows where it lies; once if none is known."""
    sizes = pc.fill_null(pc.binary_length(draft.columns[region].cast(pa.string())), 0)
    known = pc.and_(pc.equal(sizes, regions.LEVELS["village"]), pc.is_valid(draft.columns[number]))
    unknown = ~np.asarray(known)
    if draft.count and unknown.all():
        draft.report_sheet(ProblemCode.PLACE_UNKNOWN)
        return
    if unknown.any():
        places = said.dictionary_encode().indices.to_numpy()
        _, first = np.unique(np.where(unknown, places, -1), return_index=True)
        wrong = np.zeros(draft.count, bool)
        wrong[first] = True
        draft.report(ProblemCode.PLACE_UNKNOWN, wrong & unknown, "village")


def _village_codes(villages: pa.Array, districts: pa.Array | None) -> pa.Array:
    """Return codes of 10 digits, null for anything else; a short one is completed by its district's."""
    if districts is not None:
        villages = pc.binary_join_element_wise(districts, villages, _BETWEEN)
    return cleaning.by_unique(villages, _village_code, COLUMNS["tps_region"])


def _village_code(cell: str) -> str | None:
    district, _, village = (regions.plain(part) for part in cell.rpartition(_BETWEEN))
    size = regions.LEVELS["village"]
    code = village if len(village) == size else f"{district}{village}"
    return code if len(code) == size and code.isdecimal() else None


def _names_of(codes: pa.Array) -> dict[str, pa.Array]:
    named = pc.fill_null(codes.cast(pa.string()), "")
    return {level: cleaning.by_unique(named, _Name(size), COLUMNS[level]) for level, size in regions.LEVELS.items()}


class _Name:
    """The official name at one level of a code, in capitals."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __call__(self, code: str) -> str | None:
        return regions.name_of(code[: self.size]).upper() or None


def add_home_of_held(draft: Draft) -> None:
    """Fill RT, RW, the names of the place and its code from the address, and from columns of their own."""
    address = draft.texts("address")
    if address is not None:
        draft.columns["address"] = address
    said = _as_one_address(draft, address)
    if said is None:
        return
    read = [read_address(text, draft.near) for text in said]
    for name in ("rt", "rw", *_LEVELS, "region_code"):
        draft.columns[name] = pa.array([getattr(found, name) or None for found in read], pa.string())


def _as_one_address(draft: Draft, address: pa.Array | None) -> list[str] | None:
    """Write columns of their own as offices write one line: "DESA KUNDEN KEC BLORA, DK X RT 1 RW 2"."""
    words = {"village": "DESA", "district": "KECAMATAN", "regency": "KABUPATEN/KOTA", "province": "PROVINSI"}
    parts: list[Sequence[str]] = []
    for level, word in words.items():
        cells = draft.texts(level)
        if cells is not None:
            parts.append([f"{word} {cell}" if cell else "" for cell in cells.to_pylist()])
    if parts:
        parts.append([","] * draft.count)
    if address is not None:
        parts.append(address.to_pylist())
    for name, word in (("rt", "RT"), ("rw", "RW"), ("rt_rw", "RT")):
        cells = draft.texts(name)
        if cells is not None:
            parts.append([f"{word} {cell}" if cell else "" for cell in cells.to_pylist()])
    return [" ".join(row) for row in zip(*parts, strict=True)] if parts else None


def regency_of(titles: Sequence[str]) -> str:
    """Return the code of the regency a title names ("POLRES BLORA"), of its province if in doubt, or ""."""
    for title in titles:
        if not _INSTITUTION.search(title.upper()):
            continue
        words = title.upper().split()
        for size in (3, 2, 1):
            code = resolve(regency=" ".join(words[-size:])) if len(words) >= size else ""
            if code:
                return code
    return ""
