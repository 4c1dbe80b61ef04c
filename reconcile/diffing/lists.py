"""Two lists of one source: which rows of the later one continue a row of the earlier, and in what they differ.

A roll's rows are continued by what leaves no doubt (KPU's own numbers); a register's by the matching core,
because a new register number, spelling or NIK is the rule there and not the exception. Never imports Django.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.records import SCHEMA

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

NOBODY = -1
_BETWEEN = "\x1f"  # the parts of a key

# What an officer wants to know of a person who is held, in the order in which it is told.
OF_HELD = (
    "registration_number", "register_class", "release_date", "entry_date", "block", "unit",
    "name", "nik", "birth_date", "birth_year", "sex", "marital", "nationality", "address", "region_code",
)  # fmt: skip
OF_VOTER = (
    "tps", "tps_region", "to_tps", "to_region", "name", "nik", "nkk", "birth_date", "sex", "marital",
    "address", "rt", "rw", "ektp", "disability", "remark",
)  # fmt: skip
# Where a row stands, how it was written, and what follows from another field.
NOT_COMPARED = frozenset(
    {
        "source_file", "sheet", "row", "kind", "name_raw", "alias", "father", "nik_raw", "nik_digits", "nik_quality",
        "birth_place", "birth_raw", "age", "birth_quality", "occupation", "village", "district", "regency", "province",
    }
)  # fmt: skip
NUMBERS = frozenset({"nik", "nkk"})  # told as changed, never with their digits

# By what a voter of a roll is the same voter: the first that names one row on each side.
_KEYS_OF_VOTER = (("nik", "name"), ("nik",), ("name", "birth_date", "address"), ("name", "birth_date", "tps_region"))
_TWICE = (("nik",), ("name", "birth_date", "address"))  # how the same people are seen in two lists


def link_voters(before: pa.Table, after: pa.Table) -> Ints:
    """Return for each later row of a roll the earlier row it continues, or NOBODY.

    Rows are linked where a key names exactly one row on each side.
    """
    of = np.full(after.num_rows, NOBODY, np.int64)
    free = np.ones(before.num_rows, bool)
    for names in _KEYS_OF_VOTER:
        left, right = np.flatnonzero(free), np.flatnonzero(of == NOBODY)
        if not len(left) or not len(right):
            break
        earlier, later = pair(before, after, names, left, right)
        of[later] = earlier
        free[earlier] = False
    return of


def pair(
    before: pa.Table, after: pa.Table, names: Sequence[str], left: Ints, right: Ints, *, in_turn: bool = False
) -> tuple[Ints, Ints]:
    """Return rows of `left` (of before) and of `right` (of after) that share a key which names one row on each side.

    `in_turn`: where a key names several, the first of them is the first of the others, and so on.
    """
    earlier, later = _key(before, names, left), _key(after, names, right)
    if in_turn:
        earlier, later = _numbered(earlier), _numbered(later)
    places = pc.index_in(later, value_set=earlier).fill_null(NOBODY).to_numpy().astype(np.int64)
    sure = (places != NOBODY) & _is_single(later)
    places = places[sure]
    once = _is_single(earlier)[places]
    return left[places[once]], right[sure][once]


def overlap(one: pa.Table, other: pa.Table) -> int:
    """Return how many rows of `one` are people whom `other` holds too, by NIK, or by name, birth date and home."""
    known = np.zeros(one.num_rows, bool)
    for names in _TWICE:
        keys = _key(one, names)
        known |= np.asarray(pc.is_in(keys, value_set=_key(other, names))) & np.asarray(pc.is_valid(keys))
    return int(known.sum())


def _key(table: pa.Table, names: Sequence[str], rows: Ints | None = None) -> pa.Array:
    """Return one text a row made of several columns, null where one of them is."""
    columns = [plain(table, name) for name in names]
    if rows is not None:
        columns = [column.take(pa.array(rows)) for column in columns]
    texts = [column.cast(pa.string()) for column in columns]
    return texts[0] if len(texts) == 1 else pc.binary_join_element_wise(*texts, _BETWEEN, null_handling="emit_null")


def _numbered(keys: pa.Array) -> pa.Array:
    """Return each key with how often it came before: no key comes twice."""
    code = keys.dictionary_encode().indices.fill_null(NOBODY).to_numpy()
    order = np.argsort(code, kind="stable")
    place, begins = np.arange(len(code)), np.ones(len(code), bool)
    begins[1:] = code[order][1:] != code[order][:-1]
    times = np.empty(len(code), np.int64)
    times[order] = place - np.maximum.accumulate(np.where(begins, place, 0))
    return pc.binary_join_element_wise(keys, pa.array(times).cast(pa.string()), _BETWEEN, null_handling="emit_null")


def _is_single(keys: pa.Array) -> Mask:
    """Return True where a key occurs once and is not null."""
    counts = keys.value_counts()
    again = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    single: Mask = np.asarray(pc.is_valid(keys)) & ~np.asarray(pc.is_in(keys, value_set=again))
    return single


def plain(table: pa.Table, name: str) -> pa.Array:
    """Return a column as one array of plain values; nulls where the table has none."""
    if name not in table.column_names:
        kind = SCHEMA.field(name).type
        return pa.nulls(table.num_rows, kind.value_type if pa.types.is_dictionary(kind) else kind)
    column = table[name].combine_chunks()
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def differing(before: pa.Table, after: pa.Table, of: Ints, fields: Iterable[str]) -> dict[str, Mask]:
    """Return for each field the later rows (a mask over all of them) that say something else than before.

    What is empty on both sides is equal; what becomes empty, or is filled for the first time, differs.
    """
    rows = np.flatnonzero(of != NOBODY)
    here, there = pa.array(rows), pa.array(of[rows])
    found = {}
    for name in fields:
        left, right = plain(before, name).take(there), plain(after, name).take(here)
        unequal = pc.fill_null(pc.not_equal(left, right), False)
        one_sided = pc.xor(pc.is_null(left), pc.is_null(right))
        mask = np.zeros(after.num_rows, bool)
        mask[rows] = np.asarray(pc.or_(unequal, one_sided))
        if mask.any():
            found[name] = mask
    return found


def values_of(table: pa.Table, fields: Iterable[str], rows: Ints) -> list[Mapping[str, str]]:
    """Return the fields of some rows as text, "" where there is nothing; numbers that identify stay out."""
    wanted = pa.array(rows)
    columns = {}
    for name in fields:
        texts = plain(table, name).take(wanted).cast(pa.string()).fill_null("").to_pylist()
        columns[name] = [""] * len(rows) if name in NUMBERS else texts
    return [dict(zip(columns, each, strict=True)) for each in zip(*columns.values(), strict=True)] if columns else []
