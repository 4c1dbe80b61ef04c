"""The people of one sheet -> an Arrow table of records, and what is wrong with their cells."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.reading import checking, cleaning
from reconcile.reading.draft import Draft
from reconcile.reading.homes import add_home_of_held, add_home_of_voter
from reconcile.reading.layout import Layout
from reconcile.reading.nik import clean_niks, qualities
from reconcile.reading.problems import Problem, ProblemCode
from reconcile.reading.raw import RawSheet
from reconcile.reading.registers import register_class
from reconcile.reading.rows import Sorted
from reconcile.records import COLUMNS, HELD_KINDS, ListKind, NikQuality

_WORDS = ("nationality", "occupation", "disability", "remark", "block", "unit")


def assemble(
    sheet: RawSheet, layout: Layout, done: Sorted, kind: ListKind, *, file: str, near: str
) -> tuple[pa.Table, list[Problem]]:
    """Return the records of one sheet, in its order, and all its problems."""
    draft = Draft(sheet, layout, done, kind, near)
    _add_person(draft)
    _add_numbers(draft)
    _add_birth(draft)
    if kind in HELD_KINDS:
        _add_custody(draft)
        add_home_of_held(draft)
    else:
        add_home_of_voter(draft)
    _check_numbers(draft)
    return draft.table(file), draft.problems


def _add_person(draft: Draft) -> None:
    written = draft.texts("name")
    assert written is not None
    name, alias, father, odd = cleaning.names(written, in_register=draft.kind in HELD_KINDS)
    for extra, in_name in (("alias", alias), ("father", father)):
        apart = draft.texts(extra)
        spelt = None if apart is None else cleaning.words(apart).cast(pa.string())
        draft.columns[extra] = in_name if spelt is None else pc.coalesce(in_name, spelt)
    draft.columns |= {"name_raw": written, "name": name}
    draft.report(ProblemCode.NAME_ODD, odd, "name")
    sex = draft.texts("sex")
    if sex is not None:
        draft.columns["sex"] = cleaning.sexes(sex)
        unread = pc.and_(pc.is_null(draft.columns["sex"]), pc.not_equal(sex, ""))
        draft.report(ProblemCode.SEX_UNREADABLE, np.asarray(unread), "sex")
    for field, judge in (("marital", cleaning.maritals), ("ektp", cleaning.ektps)):
        cells = draft.texts(field)
        if cells is not None:
            draft.columns[field] = judge(cells)
    for word in _WORDS:
        cells = draft.texts(word)
        if cells is not None:
            draft.columns[word] = cleaning.words(cells)


def _add_numbers(draft: Draft) -> None:
    written = draft.texts("nik")
    if written is None:
        draft.columns["nik_quality"] = draft.constant(NikQuality.MISSING)
        draft.report_sheet(ProblemCode.NIK_MISSING)
    else:
        value, digits, quality = clean_niks(written, draft.is_number("nik"))
        is_rounded, doubted = checking.zeros_at_the_end(value)
        if is_rounded:
            draft.report_sheet(ProblemCode.NIK_ZEROS, "nik")
        if doubted.any():
            value, digits, quality = _without(value, quality, doubted, digits)
        draft.columns |= {"nik_raw": written, "nik": value, "nik_digits": digits, "nik_quality": quality}
        for code, wrong in checking.unusable_niks(quality).items():
            draft.report(code, wrong, "nik")
    cards = draft.texts("nkk")
    if cards is not None:
        draft.columns["nkk"], unusable = cleaning.nkks(cards, draft.is_number("nkk"))
        draft.report(ProblemCode.NKK_UNUSABLE, unusable, "nkk")


def _without(
    value: pa.Array, quality: pa.Array, doubted: checking.Mask, digits: pa.Array
) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Take back the doubted NIK: they keep 15 digits, as numbers do."""
    kinds = [NikQuality(kind) for kind in quality.to_pylist()]
    kinds = [NikQuality.ROUNDED if doubt else kind for kind, doubt in zip(kinds, doubted.tolist(), strict=True)]
    mask = pa.array(doubted)
    shorter = pc.if_else(mask, pc.utf8_slice_codeunits(digits, 0, 15), digits)
    return pc.if_else(mask, None, value), shorter, qualities(np.zeros(len(kinds), bool), kinds)


def _add_birth(draft: Draft) -> None:
    """Take birth date and place from columns of their own, from one text, or only an age."""
    place, when, name = draft.texts("birth_place"), draft.texts("birth_date"), "birth_date"
    raw, numbers = when, None
    if when is not None:
        numbers = draft.is_number("birth_date")
    elif (both := draft.texts("birth_place_date")) is not None:
        in_text, when = cleaning.places_and_dates(both)
        place, name, raw = (in_text if place is None else place), "birth_place_date", both
    if place is not None:
        draft.columns["birth_place"] = cleaning.words(place).cast(pa.string())
    age = draft.texts("age")
    if when is None:
        if age is None:
            return
        when, name, raw = pa.array([""] * draft.count, pa.string()), "age", age
    births, problems = cleaning.births(when, numbers)
    draft.columns |= births if age is None else cleaning.with_ages(births, cleaning.ages(age))
    draft.columns["birth_raw"] = raw
    draft.report_each(problems, name)


def _check_numbers(draft: Draft) -> None:
    """Say where a NIK speaks against its own row."""
    niks = draft.columns.get("nik")
    if niks is None:
        return
    date_column = "birth_date" if draft.has("birth_date") else "birth_place_date"
    dates = draft.columns.get("birth_date")
    found = checking.against_rows(niks, dates, draft.columns.get("sex"))
    for code, wrong in found.items():
        if dates is None or code is ProblemCode.NIK_SEX_DIFFERS:
            draft.report(code, wrong, "sex")
        else:
            which = pa.array(wrong)
            draft.report(code, wrong, date_column, checking.dates_in(niks.filter(which), dates.filter(which)))


def _add_custody(draft: Draft) -> None:
    number, stated = draft.texts("registration_number"), draft.texts("register_class")
    if number is not None:
        draft.columns["registration_number"] = number
    source = stated if number is None else number
    if number is not None and stated is not None:
        source = pc.if_else(pc.equal(stated, ""), number, stated)
    if source is not None:
        judged = cleaning.by_unique(source, lambda cell: register_class(cell) or None, COLUMNS["register_class"])
        draft.columns["register_class"] = judged
    for name in ("entry_date", "release_date"):
        cells = draft.texts(name)
        if cells is not None:
            draft.columns[name], problems = cleaning.days(cells, draft.is_number(name))
            draft.report_each(problems, name)
