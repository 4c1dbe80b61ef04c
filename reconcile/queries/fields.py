"""The rows of the comparison: one field of a held person's record beside the same field of a voter's.

Every value passes the officer's sight here; a field without sight gives no row. Pure but for region names.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from reconcile import regions
from reconcile.labels.working import DATE_QUALITIES, MARITALS, NIK_QUALITIES, SEXES
from reconcile.models import HeldEntry, Voter
from reconcile.queries.births import age_text, birth_text, fits, is_vague
from reconcile.queries.comparing import (
    DOT,
    Piece,
    Pieces,
    Sign,
    date_parts,
    differing,
    masked,
    masked_pair,
    plain,
    sign_of,
)
from reconcile.queries.homes import home_text, tps_text
from reconcile.records import DateQuality, Marital, NikQuality, Sex

CUT_OFF = frozenset({NikQuality.ROUNDED, NikQuality.LOST})  # only the leading digits can be believed


@dataclass(frozen=True)
class Row:
    """One field. `evidence` names the reasons of a match that speak of it."""

    name: str
    left: Pieces
    right: Pieces
    sign: Sign
    left_note: str = ""
    right_note: str = ""
    evidence: tuple[str, ...] = field(default=())
    one_sided: bool = False  # only one of the two kinds of list states this field at all

    @property
    def differs(self) -> bool:
        return self.sign is Sign.DIFFERENT


@dataclass(frozen=True)
class Seen:
    """How much of each field the officer sees ("full", "masked", "age"), and the day an age is counted on.

    `levels` are what the matcher found, by field; empty where it did not look.
    """

    sight: Mapping[str, str]
    as_of: date
    levels: Mapping[str, str] = field(default_factory=dict)

    def of(self, field_name: str) -> str:
        """Return the sight of a field; one that is not named is hidden."""
        return self.sight.get(field_name, "hidden")


Build = Callable[[HeldEntry, Voter | None, Seen], Row | None]


def rows(held: HeldEntry, voter: Voter | None, seen: Seen) -> Iterator[Row]:
    """Yield the rows the officer may see, in the order of the page."""
    for name, build in FIELDS.items():
        row = build(held, voter, seen) if seen.of(name) != "hidden" else None
        if row:
            yield row


def _name(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    right = voter.name if voter else ""
    sign = sign_of(held.name, right, lambda text: " ".join(sorted(text.split())))
    notes = [_as_written(one) for one in (held, voter)]
    left_pieces, right_pieces = differing(held.name, right) if right else (plain(held.name), ())
    return Row(
        "name",
        left_pieces,
        right_pieces,
        Sign.ALIKE if sign is Sign.SAME and any(notes) else sign,
        left_note=notes[0] if seen.of("alias") == "full" else "",
        right_note=notes[1],
        evidence=("name",),
    )


def _as_written(one: HeldEntry | Voter | None) -> str:
    """Return the name as the office wrote it, where tidying changed more than capitals."""
    return one.name_raw if one and one.name_raw.upper() != one.name else ""


def _alias(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    return Row("alias", plain(held.alias), (), Sign.EMPTY, one_sided=True) if held.alias else None


def _father(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    row = Row("father", plain(held.father), (), Sign.EMPTY, evidence=("father",), one_sided=True)
    return row if held.father else None


def _birth_place(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    return _texts("birth_place", held.birth_place, voter.birth_place if voter else "", regions.fold_regency)


def _texts(name: str, left: str, right: str, tidy: Callable[[str], str] = regions.fold) -> Row:
    """Return a row of two short texts, marked where they differ."""
    sign = sign_of(left, right, tidy)
    pieces = differing(left, right) if sign is Sign.DIFFERENT else (plain(left), plain(right))
    return Row(name, *pieces, sign, evidence=(name,))


def _birth_date(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    if seen.of("birth_date") == "age":
        return _age(held, voter, seen.as_of)
    left, right = birth_text(held), birth_text(voter) if voter else ""
    sign = sign_of(left, right)
    if sign is Sign.DIFFERENT and fits(held, voter, seen.as_of):
        sign = Sign.ALIKE
    pieces = date_parts(left, right) if sign is Sign.DIFFERENT else (plain(left), plain(right))
    return Row("birth_date", *pieces, sign, _vagueness(held), _vagueness(voter), evidence=("birth_date",))


def _vagueness(one: HeldEntry | Voter | None) -> str:
    """Return what is not known of a birth date, "" where all is or nothing."""
    return str(DATE_QUALITIES[DateQuality(one.birth_quality)]) if one and is_vague(one) else ""


def _age(held: HeldEntry, voter: Voter | None, as_of: date) -> Row:
    """Return the row of those who may know an age but no birth date."""
    left, right = age_text(held, as_of), age_text(voter, as_of) if voter else ""
    return Row("age", plain(left), plain(right), sign_of(left, right), evidence=("birth_date",))


def _sex(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    left, right = (str(SEXES[Sex(one.sex)]).capitalize() if one and one.sex else "" for one in (held, voter))
    return _words("sex", left, right)


def _marital(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    found = (one.marital if one else "" for one in (held, voter))
    left, right = (str(MARITALS[Marital(word)]).capitalize() if word else "" for word in found)
    return _words("marital", left, right) if left and right and left != right else None


def _words(name: str, left: str, right: str) -> Row:
    """Return a row of two of our own words: they are equal or not, letters do not matter."""
    sign = sign_of(left, right)
    changed = sign is Sign.DIFFERENT
    return Row(
        name,
        (Piece(left, changed),) if left else (),
        (Piece(right, changed),) if right else (),
        sign,
        evidence=(name,),
    )


def _nik(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    quality = NikQuality(held.nik_quality or NikQuality.MISSING)
    left, right = held.nik or held.nik_digits, voter.nik if voter else ""
    note = str(NIK_QUALITIES[quality]) if quality is not NikQuality.OK else ""
    if not left or not right:
        return Row("nik", plain(masked(left)), plain(masked(right)), Sign.EMPTY, left_note=note, evidence=("nik",))
    known = len(left) if quality in CUT_OFF else len(right)
    pieces = masked_pair(left, right[:known])
    rest = plain(DOT * (len(right) - known))
    sign = Sign.DIFFERENT if left != right[:known] else (Sign.ALIKE if rest else Sign.SAME)
    return Row("nik", pieces[0], pieces[1] + rest, sign, left_note=note, evidence=("nik",))


def _nkk(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    if not held.nkk or not voter or not voter.nkk:
        return None
    return Row("nkk", *masked_pair(held.nkk, voter.nkk), sign_of(held.nkk, voter.nkk), evidence=("nkk",))


def _address(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    left, right = home_text(held), home_text(voter) if voter else ""
    sign = sign_of(left, right, regions.fold)
    if sign is Sign.DIFFERENT and _is_same_home(seen.levels):
        sign = Sign.ALIKE
    return Row("address", plain(left), plain(right), sign, evidence=("region", "street"))


def _is_same_home(levels: Mapping[str, str]) -> bool:
    """Return whether the matcher found the village in the address, or the street where no village is."""
    region, street = levels.get("region", "missing"), levels.get("street", "missing")
    return region == "village" or (region == "missing" and street in {"street", "street_and_rt"})


def _tps(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    return Row("tps", (), plain(tps_text(voter)) if voter else (), Sign.EMPTY, one_sided=True)


FIELDS: dict[str, Build] = {
    "name": _name,
    "alias": _alias,
    "father": _father,
    "birth_place": _birth_place,
    "birth_date": _birth_date,
    "sex": _sex,
    "nik": _nik,
    "nkk": _nkk,
    "marital": _marital,
    "address": _address,
    "tps": _tps,
}
