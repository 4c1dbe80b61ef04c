"""Records -> arrays. One `People` a table; texts are numbers of vocabularies shared by both tables."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.matching.wording import NOTHING, Ints, Names, Vocabularies, Vocabulary, encode_names
from reconcile.records import DateQuality, NikQuality, Sex

MALE, FEMALE = 1, 2
RECORDED, UNRECORDED = 1, 2
DATE = 6  # first digit of a NIK's birth date; before it stands the district
SERIAL = 12  # first digit of a NIK's serial
LAST = 15  # its last digit: who is registered beside somebody on one day has a number that differs there
Small = npt.NDArray[np.int16]
Bools = npt.NDArray[np.bool_]
Digits = npt.NDArray[np.int8]


@dataclass
class People:
    """A table as arrays of length n; -1 stands for "not stated" in every number."""

    n: int
    names: Names
    aliases: Names
    has_alias: Bools
    digits: Digits  # (n, 16); -1 from where a damaged NIK cannot be believed
    nik: npt.NDArray[np.int64]  # -1 unless usable
    nik_kind: npt.NDArray[np.int8]  # NO_NIK, WHOLE, ROUNDED or SHORT
    nik_dated: Bools  # the NIK carries the row's own birth date
    nkk: npt.NDArray[np.int64]
    year: Small
    month: Small
    day: Small
    filler: Bools
    oldest: Small  # birth years an age allows
    youngest: Small
    sex: npt.NDArray[np.int8]  # 0 unknown, MALE or FEMALE
    birth_place: Ints
    region: tuple[Ints, Ints, Ints]  # village, district, regency as numbers of their codes
    street: Ints
    rt: Small
    rw: Small
    father: Ints
    ektp: npt.NDArray[np.int8]  # whether recorded for the electronic card: 0 unknown, RECORDED or UNRECORDED
    rank: Ints  # place in the order of file, sheet and row: what breaks ties

    def born(self, rows: Ints) -> "Births":
        """Return what is known of the birth dates of some people."""
        return Births(self.year[rows], self.month[rows], self.day[rows], self.oldest[rows], self.youngest[rows])


@dataclass(frozen=True)
class Births:
    """Birth dates as numbers; -1 where a part is not stated."""

    year: Small
    month: Small
    day: Small
    oldest: Small
    youngest: Small


# How far a NIK can be a key: not at all, whole, without its last digit, with one digit left out somewhere.
NO_NIK, WHOLE, ROUNDED, SHORT = range(4)


def column(table: pa.Table, name: str, kind: pa.DataType) -> pa.Array:
    """Return one column as a plain array of `kind`; nulls when the table does not have it."""
    if name not in table.schema.names:
        return pa.nulls(table.num_rows, kind)
    return table[name].combine_chunks().cast(kind) if table.num_rows else pa.array([], kind)


def texts(table: pa.Table, name: str) -> pa.Array:
    return column(table, name, pa.string())


def encode(table: pa.Table, vocabularies: Vocabularies, as_of_year: int) -> People:
    """Encode a table with any subset of `records.COLUMNS`. `as_of_year`: the year ages are counted from."""
    alias = texts(table, "alias")
    year, month, day, filler, oldest, youngest = _births(table, as_of_year)
    rt = _small(texts(table, "rt"))
    digits, kind, nik = _niks(table)
    return People(
        n=table.num_rows,
        names=encode_names(texts(table, "name"), vocabularies),
        aliases=encode_names(alias, vocabularies),
        has_alias=np.asarray(pc.is_valid(alias)),
        digits=digits,
        nik=nik,
        nik_kind=kind,
        nik_dated=_carries_date(digits, kind, year, month, day),
        nkk=_numbers(_whole(texts(table, "nkk"))),
        year=year,
        month=month,
        day=day,
        filler=filler,
        oldest=oldest,
        youngest=youngest,
        sex=_one_of(texts(table, "sex"), Sex.MALE.value, Sex.FEMALE.value),
        birth_place=_places(texts(table, "birth_place"), vocabularies.places),
        region=_regions(texts(table, "region_code")),
        street=_streets(table, rt, vocabularies),
        rt=rt,
        rw=_small(texts(table, "rw")),
        father=_places(texts(table, "father"), vocabularies.places),
        ektp=_one_of(texts(table, "ektp"), "recorded", "unrecorded"),
        rank=ranks(table),
    )


def _niks(table: pa.Table) -> tuple[Digits, npt.NDArray[np.int8], npt.NDArray[np.int64]]:
    nik = _whole(texts(table, "nik"))
    usable = np.asarray(pc.is_valid(nik))
    believed = pc.fill_null(pc.if_else(pc.is_valid(nik), nik, texts(table, "nik_digits")), "")
    length = np.asarray(pc.binary_length(believed))
    digits = np.full((len(nik), 16), NOTHING, np.int8)
    for size in (16, 15):
        rows = np.flatnonzero(length == size)
        if len(rows):
            text = "".join(believed.take(pa.array(rows)).to_pylist())
            digits[rows, :size] = np.frombuffer(text.encode("ascii"), np.uint8).reshape(-1, size).view(np.int8) - 48
    quality = texts(table, "nik_quality")
    rounded, short = (
        np.asarray(pc.fill_null(pc.equal(quality, kind.value), False)) & (length == 15)
        for kind in (NikQuality.ROUNDED, NikQuality.SHORT)
    )
    kind = np.select([usable, rounded, short], [WHOLE, ROUNDED, SHORT], NO_NIK).astype(np.int8)
    return digits, kind, _numbers(nik)


def _whole(numbers: pa.Array) -> pa.Array:
    """Return NIK or NKK of 16 digits. What is none is nobody's key, whatever the table says: two scraps would look
    equal."""
    return pc.if_else(pc.match_substring_regex(numbers, r"^\d{16}$"), numbers, None)


def _numbers(numbers: pa.Array) -> npt.NDArray[np.int64]:
    return np.asarray(pc.fill_null(numbers.cast(pa.int64()), NOTHING))


def _carries_date(digits: Digits, kind: npt.NDArray[np.int8], year: Small, month: Small, day: Small) -> Bools:
    """True where digits 7 to 12 are the row's own birth date; a woman's day is written plus 40 (domain 6)."""
    parts = [digits[:, place] * 10 + digits[:, place + 1] for place in (6, 8, 10)]
    own_day = np.where(parts[0] > 40, parts[0] - 40, parts[0])
    same = (own_day == day) & (parts[1] == month) & (parts[2] == year % 100)
    return np.asarray(same & (kind == WHOLE) & (month > 0))


def _births(table: pa.Table, as_of_year: int) -> tuple[Small, Small, Small, Bools, Small, Small]:
    date = column(table, "birth_date", pa.date32())
    year, month, day = (
        np.asarray(pc.fill_null(part(date), NOTHING)).astype(np.int16) for part in (pc.year, pc.month, pc.day)
    )
    stated = np.asarray(pc.fill_null(column(table, "birth_year", pa.int16()), NOTHING))
    age = np.asarray(pc.fill_null(column(table, "age", pa.int16()), NOTHING))
    quality = texts(table, "birth_quality")
    filler = np.asarray(pc.fill_null(pc.equal(quality, DateQuality.FILLER.value), False))
    year = np.where(year < 0, stated, year).astype(np.int16)
    # Who is 35 on a day of 2024 was born in 1988 or 1989; one more year each way for ages said loosely.
    oldest = np.where(age >= 0, as_of_year - age - 2, NOTHING).astype(np.int16)
    youngest = np.where(age >= 0, as_of_year - age + 1, NOTHING).astype(np.int16)
    return year, month, day, filler, oldest, youngest


def _one_of(texts: pa.Array, *known: str) -> npt.NDArray[np.int8]:
    """Return 1 for the first of these texts, 2 for the next, 0 for none of them."""
    flags = [np.asarray(pc.fill_null(pc.equal(texts, one), False)) for one in known]
    return np.select(flags, [*range(1, len(known) + 1)], 0).astype(np.int8)


def _places(names: pa.Array, places: Vocabulary) -> Ints:
    """Return the numbers of places, or of fathers: capitals only, without "KAB." or "KOTA"."""
    coded = names.dictionary_encode()
    return _spread(places.encode(_folded_place(coded.dictionary)), coded)


def _folded_place(names: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(pc.utf8_upper(pc.fill_null(names, "")), r"^(KABUPATEN|KAB\.?|KOTA)\s+|[^A-Z]", "")


def _spread(numbers: Ints, coded: pa.DictionaryArray) -> Ints:
    """Return the number of each row's text, -1 where there is none."""
    return np.append(numbers, numbers.dtype.type(NOTHING))[np.asarray(pc.fill_null(coded.indices, NOTHING))]


def _streets(table: pa.Table, rt: Small, vocabularies: Vocabularies) -> Ints:
    """Return the numbers of streets and hamlets. An address that names only a village or what contains it ("KUNDEN,
    BLORA") has none, unless it states an RT."""
    address = texts(table, "address").dictionary_encode()
    street = _spread(vocabularies.streets.encode(street_of(address.dictionary)), address)
    larger = Vocabulary()  # of places, with one for an address of none
    bare = _spread(larger.encode(_stated_place(pc.replace_substring_regex(address.dictionary, ",.*$", ""))), address)
    nowhere = np.zeros(table.num_rows, bool)
    for name in ("village", "district", "regency"):
        place = texts(table, name).dictionary_encode()
        nowhere |= bare == _spread(larger.encode(_stated_place(place.dictionary)), place)
    empty = larger.encode(pa.array(["."]))[0]
    return np.where((rt < 0) & (nowhere | (bare == empty)), np.int32(NOTHING), street)


def _stated_place(names: pa.Array) -> pa.Array:
    """Return folded places; "." for a text that names none."""
    folded = _folded_place(names)
    return pc.if_else(pc.equal(folded, ""), ".", folded)


_STREET = r"^(?:JALAN|JLN|JL|DUKUH|DKH|DK|DUSUN|DSN|GANG|GG|LINGKUNGAN|LINGK|KAMPUNG|KP|PERUMAHAN|PERUM)\b[. ]*"
_AFTER_STREET = (
    r"\s*(?:,|\bRT\b|\bRW\b|\bDS\b|\bDESA\b|\bKEL\b|\bKELURAHAN\b|\bKEC\b|\bKECAMATAN\b|\bKAB\b|\bKOTA\b).*$"
)


def street_of(addresses: pa.Array) -> pa.Array:
    """Return street or hamlet of free-text addresses: what stands before RT, village and district."""
    known = pc.utf8_upper(pc.fill_null(addresses, ""))
    cut = pc.replace_substring_regex(known, _AFTER_STREET, "")
    return pc.utf8_trim_whitespace(
        pc.replace_substring_regex(pc.replace_substring_regex(cut, _STREET, ""), r"[.\s]+", " ")
    )


def _regions(codes: pa.Array) -> tuple[Ints, Ints, Ints]:
    """Return village, district and regency numbers; a code of 6 digits has no village."""
    coded = codes.dictionary_encode()
    known = coded.dictionary
    length = np.asarray(pc.binary_length(known))
    found = []
    for size in (10, 6, 4):
        cut = pc.if_else(pc.greater_equal(pc.binary_length(known), size), pc.utf8_slice_codeunits(known, 0, size), "0")
        found.append(_spread(np.where(length >= size, np.asarray(cut.cast(pa.int64())), NOTHING), coded))
    return found[0], found[1], found[2]


def _small(numbers: pa.Array) -> Small:
    coded = numbers.dictionary_encode()
    fine = pc.match_substring_regex(coded.dictionary, r"^\d{1,4}$")
    return _spread(np.asarray(pc.if_else(fine, coded.dictionary, "-1").cast(pa.int16())), coded)


def ranks(table: pa.Table) -> Ints:
    """Return each record's place in the order of file, sheet and row, whatever the order of the table."""
    file, sheet = (texts(table, name).dictionary_encode() for name in ("source_file", "sheet"))
    keys = [np.asarray(pc.fill_null(column(table, "row", pa.int32()), NOTHING))]
    for coded in (sheet, file):
        order = np.asarray(pc.rank(coded.dictionary, sort_keys="ascending", tiebreaker="dense")).astype(np.int64)
        codes = np.asarray(pc.fill_null(coded.indices, NOTHING))
        keys.append(np.append(order, 0)[codes] if len(order) else np.zeros(table.num_rows, np.int64))
    rank = np.empty(table.num_rows, np.int32)
    rank[np.lexsort(keys)] = np.arange(table.num_rows)
    return rank
