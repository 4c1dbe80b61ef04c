"""The slow, plain way: one pair of rows at a time, every pair, every choice tried. Held equal to the fast way.

Rows are mappings by column of `records.COLUMNS`. Only the folding of a word is taken from the package: it is a table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product, takewhile
from typing import Any

from rapidfuzz import fuzz

from reconcile.matching.folding import fold_word
from reconcile.matching.options import NAME_LEVELS

Row = Mapping[str, Any]
WORD_BITS = 8.0  # what every shared word is worth here
_LARGER = {",", "RT", "RW", "DS", "DESA", "KEL", "KELURAHAN", "KEC", "KECAMATAN", "KAB", "KOTA"}
_STREETS = set(
    "JALAN JLN JL DUKUH DKH DK DUSUN DSN GANG GG LINGKUNGAN LINGK KAMPUNG KP PERUMAHAN PERUM".split()  # noqa: SIM905
)
_CLEAR = NAME_LEVELS.index("two_letters")
_POOR = NAME_LEVELS.index("clipped")


def levels(held: Row, voter: Row, roll: Sequence[Row], as_of_year: int) -> dict[str, str]:
    """Return the level of every field of one pair."""
    return {
        "name": _best_name(held, voter),
        "nik": nik_level(held, voter, roll),
        "birth_date": birth_level(held, voter, as_of_year),
        "sex": _equal(held["sex"], voter["sex"]),
        "birth_place": place_level(_place(held["birth_place"]), _place(voter["birth_place"])),
        "region": region_level(held["region_code"], voter["region_code"]),
        "street": street_level(held, voter),
        "nkk": _equal(held.get("nkk"), voter.get("nkk")),
        "father": _equal(_place(held.get("father")), _place(voter.get("father"))),
    }


def _equal(mine: Any, theirs: Any) -> str:
    if not mine or not theirs:
        return "missing"
    return "equal" if mine == theirs else "differs"


def _place(name: str | None) -> str:
    return re.sub(r"^(KABUPATEN|KAB\.?|KOTA)\s+|[^A-Z]", "", (name or "").upper())


def place_level(mine: str, theirs: str) -> str:
    shorter = min(len(mine), len(theirs))
    if not shorter or mine == theirs:
        return "equal" if shorter else "missing"
    slips = distance(mine, theirs) <= (2 if shorter >= 6 else 1)
    return "near" if shorter >= 4 and (slips or mine in theirs or theirs in mine) else "differs"


def _best_name(held: Row, voter: Row) -> str:
    """The name, or a clear alias where the name fits poorly."""
    level, bits = name_level(held["name"], voter["name"])
    if held.get("alias") is None or NAME_LEVELS.index(level) < _POOR:
        return level
    by_alias, alias_bits = name_level(held["alias"], voter["name"])
    fits = NAME_LEVELS.index(by_alias) <= _CLEAR or (by_alias == "missing_word" and alias_bits > bits)
    return "alias" if fits else level


def distance(one: str, other: str) -> int:
    """Letters inserted, left out, changed, or exchanged with their neighbour (optimal string alignment)."""
    table = [[i + j if i * j == 0 else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            changed = table[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, changed)
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


def name_level(one: str | None, other: str | None) -> tuple[str, float]:
    """Return the level of two names and the bits of the words they share."""
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return "different", 0.0
    joined = ["".join(map(fold_word, words)) for words in (mine, theirs)]
    ordered = ["".join(sorted(map(fold_word, words))) for words in (mine, theirs)]
    bare = ["".join(sorted(map(fold_word, _untitled(words)))) for words in (mine, theirs)]
    squeezed = ["".join(words) for words in (mine, theirs)]
    apart = min(distance(*way) for way in (joined, ordered, bare, squeezed))
    shortest, laid = min(map(len, joined)), _Laid(mine, theirs)
    begun = _begun(*sorted(joined, key=len), least=7) if shortest >= 5 else 0
    turned = len(joined[0]) == len(joined[1]) and joined[0] in 2 * joined[1]
    near = len(laid.near) if laid.whole and not laid.letters else 0
    held = {
        "equal": mine == theirs,
        "same_words": sorted(mine) == sorted(theirs),
        "joined": "".join(mine) == "".join(theirs),
        "spelling": apart == 0 or turned,
        "one_letter": (apart <= 1 and shortest >= 3) or near == 1,
        "two_letters": (apart <= 2 and shortest >= 5) or near > 1,
        "initials": laid.whole and bool(laid.letters) and laid.shared > 0,
        "missing_word": laid.part and laid.shared > 0,
        "clipped": begun > 0 or (laid.cut > 0 and laid.shared > 0),
        "partial": laid.shared > 0,
        "different": True,
    }
    bits = 2.0 * begun if begun and not laid.shared else laid.bits
    return next(level for level, holds in held.items() if holds), bits


def _untitled(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] in ("R", "RR", "RM", "RNG", "RADEN") else words


def _words(name: str | None) -> list[str]:
    return re.sub(r"[-;\s]+", " ", (name or "").replace("'", "").replace("`", "")).split()


class _Laid:
    """Words of two names laid against each other; sets hold places in the second name."""

    def __init__(self, mine: list[str], theirs: list[str]) -> None:
        one, two = [fold_word(word) for word in mine], [fold_word(word) for word in theirs]
        pairs = list(product(range(len(one)), range(len(two))))
        equal = {(i, j) for i, j in pairs if one[i] == two[j]}
        left, right = ({pair[side] for pair in equal} for side in (0, 1))
        near = {
            (i, j)
            for i, j in pairs
            if i not in left and j not in right and (_is_near(one[i], two[j]) or _is_near(mine[i], theirs[j]))
        }
        full = equal | near
        left, right = ({pair[side] for pair in full} for side in (0, 1))
        letters = {(i, j) for i, j in pairs if i not in left and j not in right and _is_initial(mine[i], theirs[j])}
        found = full | letters
        all_mine = {i for i, _ in found} == set(range(len(one)))
        all_theirs = {j for _, j in found} == set(range(len(two)))
        self.whole, self.part = all_mine and all_theirs, all_mine or all_theirs
        self.near, self.letters = {j for _, j in near}, {j for _, j in letters}
        self.shared = len(right)
        self.cut = _cut(mine, theirs, found) + _cut(theirs, mine, {(j, i) for i, j in found})
        self.bits = (
            2.0 * self.cut
            + WORD_BITS * len({j for _, j in equal})
            + (WORD_BITS - 2) * len(self.near)
            + 3 * len(self.letters)
        )


def _cut(mine: list[str], theirs: list[str], found: set[tuple[int, int]]) -> int:
    """Letters of my last word where it alone has no counterpart and begins a word that has none."""
    left, right = ({pair[side] for pair in found} for side in (0, 1))
    if set(range(len(mine))) - left != {len(mine) - 1} or len(mine[-1]) < 2:
        return 0
    behind = set(range(len(mine) - 1, len(theirs))) - right
    return max((_begun(mine[-1], theirs[j], least=4) for j in behind), default=0)


def _begun(one: str, other: str, least: int) -> int:
    """Letters with which the one begins the other; of `least` one may be wrong, and does not count."""
    if other.startswith(one):
        return len(one)
    near = any(distance(one, other[:size]) <= 1 for size in (len(one) - 1, len(one), len(one) + 1))
    return len(one) - 1 if near and len(one) >= least else 0


def _is_near(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 3 and max(len(one), len(other)) >= 4 and distance(one, other) <= 1


def _is_initial(one: str, other: str) -> bool:
    return one[0] == other[0] and 1 in (len(one), len(other))


def nik_level(held: Row, voter: Row, roll: Sequence[Row]) -> str:
    mine, theirs, quality = held["nik_digits"] or "", voter["nik"], held["nik_quality"]
    if not theirs or (quality == "ok" and len(mine) != 16) or (quality != "ok" and len(mine) != 15):
        return "missing"
    if quality != "ok":
        fits = {
            "rounded": theirs.startswith(mine),
            "short": any(theirs[:place] + theirs[place + 1 :] == mine for place in range(16)),
        }
        if quality not in fits:
            return "missing"
        return f"{quality}_fits" if fits[quality] else "contradicts"
    return _whole_nik_level(held, voter, roll)


def _whole_nik_level(held: Row, voter: Row, roll: Sequence[Row]) -> str:
    mine, theirs = held["nik"], voter["nik"]
    wrong = [place for place in range(16) if mine[place] != theirs[place]]
    family = {row["nkk"] for row in roll if row["nik"] == mine}
    crossed = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and {*mine[wrong[0] :][:2]} == {*theirs[wrong[0] :][:2]}
    both_dated = _carries(held) and _carries(voter) and held["birth_date"] != voter["birth_date"]
    held_levels = {
        "equal": not wrong,
        "relative": voter["nkk"] is not None and voter["nkk"] in family,
        "contradicts": both_dated,
        "transposed": crossed and mine[wrong[0]] != mine[wrong[0] + 1],
        "one_digit_serial": len(wrong) == 1 and wrong[0] == 15,
        "one_digit_district": len(wrong) == 1 and wrong[0] <= 6,
        "one_digit": len(wrong) == 1,
        "two_digits": len(wrong) == 2,
    }
    return next((level for level, holds in held_levels.items() if holds), "contradicts")


def _carries(row: Row) -> bool:
    """True where the NIK carries the row's own birth date; a woman's day is written plus 40."""
    born, nik = row["birth_date"], row["nik"]
    return born is not None and nik[6:12] in (f"{born:%d%m%y}", f"{born.day + 40}{born:%m%y}")


def birth_level(held: Row, voter: Row, as_of_year: int) -> str:
    born, other, year = held["birth_date"], voter["birth_date"], voter["birth_year"]
    own_year, age = held["birth_year"], held.get("age")
    if year is None or (own_year is None and age is None):
        return "missing"
    if own_year is None:
        return "age_fits" if as_of_year - age - 2 <= year <= as_of_year - age + 1 else "different"
    if born is None or other is None:
        return "year_only" if own_year == year else ("year_near" if abs(own_year - year) == 1 else "different")
    filler = "filler" in (held["birth_quality"], voter["birth_quality"])
    return _date_level(born, other, filler)


def _date_level(born: date, other: date, filler: bool) -> str:
    same = (born.year == other.year) + (born.month == other.month) + (born.day == other.day)
    swapped = born.year == other.year and (born.month, born.day) == (other.day, other.month)
    if same == 3:
        return "equal"
    if swapped:
        return "swapped"
    if filler and born.year == other.year:
        return "filler"
    return "one_part" if same == 2 else "different"


def region_level(mine: str | None, theirs: str | None) -> str:
    mine, theirs = mine or "", theirs or ""
    if min(len(mine), len(theirs)) < 4:
        return "missing"
    for level, size in (("village", 10), ("district", 6), ("regency", 4)):
        if min(len(mine), len(theirs)) >= size and mine[:size] == theirs[:size]:
            return level
    return "elsewhere"


def street_level(held: Row, voter: Row) -> str:
    mine, theirs = _street(held["address"] or ""), _street(voter["address"] or "")
    numbered = held["rt"] and voter["rt"]
    street = bool(mine and theirs) and fuzz.ratio(mine, theirs) >= 85
    rt = bool(numbered) and (held["rt"], held["rw"]) == (voter["rt"], voter["rw"])
    if not numbered and not (mine and theirs):
        return "missing"
    return {(True, True): "street_and_rt", (True, False): "street", (False, True): "rt"}.get((street, rt), "differs")


def _street(address: str) -> str:
    """Return what stands before the first word of a larger place, without the word for street or hamlet."""
    words = re.split(r"[\s.]+", address.upper().replace(",", " , ").strip())
    words = list(takewhile(lambda word: word not in _LARGER, words))
    return " ".join(words[1:] if words and words[0] in _STREETS else words)


def best_worth(claims: Mapping[tuple[int, int], float]) -> float:
    """Return the greatest sum of claims (bits by person in custody and voter) that gives no voter twice."""
    return max(sum(claims[pair] for pair in chosen) for chosen in _choices(sorted({row for row, _ in claims}), claims))


def _choices(rows: list[int], claims: Mapping[tuple[int, int], float]) -> Iterator[frozenset[tuple[int, int]]]:
    """Yield every way to give each row one of its voters or nobody, no voter twice."""
    if not rows:
        yield frozenset()
        return
    for chosen in _choices(rows[1:], claims):
        yield chosen
        taken = {voter for _, voter in chosen}
        yield from (chosen | {pair} for pair in claims if pair[0] == rows[0] and pair[1] not in taken)
