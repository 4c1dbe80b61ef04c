"""The rows that say who somebody is: always shown, for that they agree is the evidence (rule 2)."""

from datetime import date

from reconcile import regions
from reconcile.labels.working import DATE_QUALITIES, NIK_QUALITIES, SEXES
from reconcile.models import HeldEntry, Voter
from reconcile.queries.births import age_text, birth_text, fits, is_vague
from reconcile.queries.cells import Row, Seen, dated, texts, tidied
from reconcile.queries.comparing import (
    Piece,
    Pieces,
    Sign,
    date_parts,
    differing,
    number_pair,
    plain,
    sign_of,
)
from reconcile.queries.meanings import Meaning, of_dates, of_names, of_numbers
from reconcile.records import DateQuality, NikQuality, Sex
from reconcile.writing.masking import DOT, masked

CUT_OFF = frozenset({NikQuality.ROUNDED, NikQuality.LOST})  # only the leading digits can be believed


def name(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    """Names as cleaned; how they were written where cleaning took something away."""
    left, right = held.name, voter.name if voter else ""
    sign = sign_of(left, right, lambda text: " ".join(sorted(text.split())))
    notes = [tidied(one.name_raw, one.name) if one else "" for one in (held, voter)]
    kind = of_names(left, right) if sign in (Sign.ALIKE, Sign.DIFFERENT) else None
    pieces = differing(left, right) if sign is Sign.DIFFERENT else (plain(left), plain(right))
    return Row(
        "name",
        *pieces,
        Sign.ALIKE if sign is Sign.SAME and any(notes) else sign,
        left_note=notes[0] if seen.of("alias") == "full" else "",
        right_note=notes[1],
        evidence=("name",),
        kind=kind,
    )


def father(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    row = Row("father", plain(held.father), (), Sign.EMPTY, evidence=("father",), one_sided=True)
    return row if held.father else None


def birth_place(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    return texts("birth_place", held.birth_place, voter.birth_place if voter else "", regions.fold_regency)


def birth_date(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    """Birth dates, or the ages for who may not know a date."""
    if seen.of("birth_date") == "age":
        return _age(held, voter, seen.as_of)
    left, right = birth_text(held), birth_text(voter) if voter else ""
    sign = sign_of(left, right)
    if sign is Sign.DIFFERENT and fits(held, voter, seen.as_of):
        sign = Sign.ALIKE
    pieces = date_parts(left, right) if sign is Sign.DIFFERENT else (plain(left), plain(right))
    kind = of_dates(left, right) if sign is Sign.DIFFERENT else None
    notes = _born_note(held, left), _born_note(voter, right)
    return Row("birth_date", *pieces, sign, *notes, evidence=("birth_date",), kind=kind)


def _born_note(one: HeldEntry | Voter | None, shown: str) -> str:
    """Return what is not known of a birth date, else how it was written where that is not what is shown."""
    if one is None:
        return ""
    if is_vague(one):
        return str(DATE_QUALITIES[DateQuality(one.birth_quality)])
    return dated(one.birth_raw, shown)


def _age(held: HeldEntry, voter: Voter | None, as_of: date) -> Row:
    left, right = age_text(held, as_of), age_text(voter, as_of) if voter else ""
    return Row("age", plain(left), plain(right), sign_of(left, right), evidence=("birth_date",))


def sex(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    left, right = (str(SEXES[Sex(one.sex)]).capitalize() if one and one.sex else "" for one in (held, voter))
    return words("sex", left, right)


def words(name_: str, left: str, right: str) -> Row:
    """Return a row of two of our own words: they are equal or not, letters do not matter."""
    sign = sign_of(left, right)
    changed = sign is Sign.DIFFERENT
    sides = [(Piece(text, changed),) if text else () for text in (left, right)]
    return Row(name_, sides[0], sides[1], sign, evidence=(name_,))


def nik(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    """Identity numbers: masked but for the digits that differ, or whole for who was given them to see."""
    quality = NikQuality(held.nik_quality or NikQuality.MISSING)
    whole = seen.of("nik") == "full"
    left, right = held.nik or held.nik_digits, voter.nik if voter else ""
    note = str(NIK_QUALITIES[quality]) if quality is not NikQuality.OK else ""
    if not left or not right:
        alone = [plain(number if whole else masked(number)) for number in (left, right)]
        return Row("nik", alone[0], alone[1], Sign.EMPTY, left_note=note, evidence=("nik",))
    known = len(left) if quality in CUT_OFF else len(right)
    pieces = number_pair(left, right[:known], whole=whole)
    rest = plain(right[known:] if whole else DOT * (len(right) - known))
    sign, kind = _compared(left, right[:known], rest)
    return Row("nik", pieces[0], pieces[1] + rest, sign, left_note=note, evidence=("nik",), kind=kind)


def _compared(left: str, right: str, rest: Pieces) -> tuple[Sign, Meaning | None]:
    if left != right:
        return Sign.DIFFERENT, of_numbers(left, right)
    return (Sign.ALIKE if rest else Sign.SAME), None
