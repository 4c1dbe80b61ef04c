"""Whether age takes the vote away: under age on voting day and never married (UU 7/2017 Pasal 198)."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from reconcile.deciding.answers import Answer, Said, by_trust, settle
from reconcile.deciding.birth import BirthRange, birth_range, is_under, nik_birth
from reconcile.deciding.cases import Case, Row, Setting
from reconcile.deciding.codes import Note
from reconcile.deciding.discrepancies import has_usable_nik
from reconcile.deciding.election_parts import Point
from reconcile.deciding.entries import Entries

# Nobody younger is held (UU 11/2012 Pasal 21): a date that says so is a slip of the pen.
YOUNGEST_HELD = 12


def age_bar(case: Case, entries: Entries, setting: Setting) -> Answer:
    """Say whether age bars this person. Where nothing is said of marriage, it counts as never married."""
    young, married = _is_young(case, entries, setting), _is_married(case, entries, setting)

    def is_bar(pair: tuple[bool | None, bool | None]) -> bool:
        return pair[0] is True and pair[1] is not True

    likely = {is_bar(pair) for pair in product(young.possible, married.possible)}
    said = {is_bar(pair) for pair in product(young.said or {None}, married.said or {None})}
    return Answer(likely.pop() if len(likely) == 1 else None, frozenset(said))


def age_gaps(case: Case, entries: Entries, setting: Setting, *, is_barred: bool) -> Iterator[Note]:
    """Name what is not known well enough to be sure of the answer."""
    married = _is_married(case, entries, setting)
    if not _is_young(case, entries, setting).said and not married.value:
        yield Note.AGE_UNCERTAIN
    if is_barred and not married.said:
        yield Note.MARITAL_UNKNOWN


def _is_young(case: Case, entries: Entries, setting: Setting) -> Answer:
    """Weigh remarks, dates and ages, then what NIKs say, then dates that cannot be right."""
    remarks = [True for remark in entries.barring if remark.point == Point.UNDER_AGE]
    roll = [_says_young(row, setting) for row in entries.counted]
    register: list[bool | None] = []
    slips: list[bool | None] = []
    for row in case.register_rows:
        (slips if _is_slip(row, setting) else register).append(_says_young(row, setting))
    trusted = by_trust(case, remarks, roll, register)
    niks = _niks_say(case, roll, _is_anything_said(*trusted, slips), setting)
    if slips and not _is_anything_said(*trusted, niks):
        # A slip alone names the likely answer, but nobody should rely on it.
        return Answer(True, frozenset({True, False}))
    return settle(*trusted, niks, slips)


def _is_anything_said(*sources: Said) -> bool:
    return any(answer is not None for source in sources for answer in source)


def _says_young(row: Row, setting: Setting) -> bool | None:
    election = setting.election
    return is_under(birth_range(row, setting.as_of), election.minimum_age, election.voting_day)


def _is_slip(row: Row, setting: Setting) -> bool:
    return is_under(birth_range(row, setting.as_of), YOUNGEST_HELD, setting.as_of) is True


def _niks_say(case: Case, roll: Said, is_stated: bool, setting: Setting) -> Said:
    """Return what the birth dates in the register's NIKs say of age.

    A right NIK may carry a wrong date (domain 6), so it is heard last, and not at all where a roll gives a
    date; alone it can clear somebody but bar nobody.
    """
    if _is_anything_said(roll):
        return []
    election = setting.election
    births = [_nik_birth(row, setting.as_of) for row in case.register_rows]
    answers = [is_under(born, election.minimum_age, election.voting_day) for born in births]
    return [answer for answer in answers if is_stated or answer is False]


def _nik_birth(row: Row, as_of: date) -> BirthRange | None:
    return nik_birth(row["nik"], birth_range(row, as_of), as_of) if has_usable_nik(row) else None


def _is_married(case: Case, entries: Entries, setting: Setting) -> Answer:
    """Say whether this person is or was married, by the words of `Marital` that make up for age."""

    def says(row: Row) -> bool | None:
        status = row.get("marital")
        return status in setting.election.adult_by_marriage if status else None

    roll, register = [says(r) for r in entries.counted], [says(r) for r in case.register_rows]
    return settle(*by_trust(case, [], roll, register))
