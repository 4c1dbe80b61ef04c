"""Every difference between what a register row says of a person and what the other sources say.

Values are for the screen: dates and region codes as text, sources as "file|sheet|row". Of identity numbers
only the fact is told, never a value.
"""

from collections.abc import Iterator

from reconcile.deciding.birth import birth_range
from reconcile.deciding.cases import Case, Row, Setting
from reconcile.deciding.codes import DiscrepancyCode
from reconcile.deciding.entries import Entries
from reconcile.deciding.home import Home
from reconcile.records import Discrepancy, NikQuality, Source
from reconcile.regions import LEVELS


def discrepancies(case: Case, entries: Entries, home: Home, setting: Setting) -> tuple[Discrepancy, ...]:
    """Return the differences, each code once, with the first row that shows it."""
    return (
        *_identity(case.held, entries),
        *_person(case.held, entries, setting),
        *_place(home),
        *_listed(case, entries),
    )


def has_usable_nik(row: Row) -> bool:
    """Say whether a row carries a NIK that can be believed."""
    return row.get("nik") is not None and row.get("nik_quality", NikQuality.OK) in (NikQuality.OK, None)


def _identity(held: Row, entries: Entries) -> Iterator[Discrepancy]:
    if not has_usable_nik(held):
        yield Discrepancy(DiscrepancyCode.NIK_UNUSABLE)
        return
    known = {row["nik"] for row in entries.counted if has_usable_nik(row)}
    if known - {held["nik"]}:
        yield Discrepancy(DiscrepancyCode.NIK_DIFFERS)


def _person(held: Row, entries: Entries, setting: Setting) -> Iterator[Discrepancy]:
    for code, column in ((DiscrepancyCode.NAME_DIFFERS, "name"), (DiscrepancyCode.SEX_DIFFERS, "sex")):
        mine = _folded(held.get(column))
        theirs = (row[column] for row in entries.counted if row.get(column))
        other = next((value for value in theirs if mine and _folded(value) != mine), None)
        if other is not None:
            yield Discrepancy(code, str(held[column]), str(other))
        if code is DiscrepancyCode.NAME_DIFFERS:
            yield from _birth(held, entries, setting)


def _birth(held: Row, entries: Entries, setting: Setting) -> Iterator[Discrepancy]:
    mine = birth_range(held, setting.as_of)
    for row in entries.counted:
        theirs = birth_range(row, setting.as_of)
        if mine and theirs and mine.contradicts(theirs):
            yield Discrepancy(DiscrepancyCode.BIRTH_DATE_DIFFERS, _birth_text(held), _birth_text(row))
            return


def _place(home: Home) -> Iterator[Discrepancy]:
    """Homes are compared by village: anything shallower may well be the same place."""
    pair = home.on_register, home.on_roll
    if pair[0] != pair[1] and all(code and len(code) == LEVELS["village"] for code in pair):
        yield Discrepancy(DiscrepancyCode.PLACE_DIFFERS, pair[0] or "", pair[1] or "")


def _listed(case: Case, entries: Entries) -> Iterator[Discrepancy]:
    kind = case.held.get("kind")
    same = [row for row in case.same_as if row.get("kind") == kind]
    other = [row for row in case.same_as if row.get("kind") != kind]
    for code, rows in (
        (DiscrepancyCode.LISTED_TWICE_IN_REGISTER, same),
        (DiscrepancyCode.IN_BOTH_REGISTERS, other),
    ):
        if rows:
            yield Discrepancy(code, _source(case.held), _source(rows[0]))
    for rows_of_a_kind in (entries.fixed, entries.moved):
        if len(rows_of_a_kind) > 1:
            first, second = rows_of_a_kind[:2]
            yield Discrepancy(DiscrepancyCode.LISTED_TWICE_ON_ROLL, _source(first), _source(second))
            return


def _folded(value: str | None) -> str:
    return " ".join((value or "").upper().split())


def _birth_text(row: Row) -> str:
    born = row.get("birth_date")
    return born.isoformat() if born else row.get("birth_raw") or str(row.get("birth_year") or "")


def _source(row: Row) -> str:
    return str(Source(row.get("source_file") or "", row.get("sheet") or "", row.get("row") or 0))
