"""The people of one sheet -> an Arrow table of records, and what is wrong with their cells."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile import regions
from reconcile.reading import cleaning
from reconcile.reading.addresses import read_address, resolve
from reconcile.reading.checking import check_births, check_niks
from reconcile.reading.child import NUMBER
from reconcile.reading.layout import Layout
from reconcile.reading.nik import clean_niks
from reconcile.reading.problems import Problem, ProblemCode
from reconcile.reading.registers import register_class
from reconcile.reading.rows import Sorted, place_of_rows
from reconcile.reading.workbook import RawSheet
from reconcile.records import COLUMNS, HELD_KINDS, ListKind

_WORDS = ("nationality", "occupation", "disability", "remark", "block", "unit")
_LEVELS = ("village", "district", "regency", "province")
_FIRST_SPECIAL_TPS = 901  # TPS in special locations are numbered from 901 (domain 2.1)


class Assembly:
    """Columns of one sheet's people, filled step by step; every step adds what it finds wrong."""

    def __init__(self, sheet: RawSheet, layout: Layout, done: Sorted, kind: ListKind, near: str) -> None:
        self.sheet, self.layout, self.done, self.kind, self.near = sheet, layout, done, kind, near
        self.rows = pa.array(done.people)
        self.count = len(done.people)
        self.columns: dict[str, pa.Array] = {}
        self.problems: list[Problem] = list(done.problems)

    def build(self, file: str) -> pa.Table:
        constant = {"source_file": file, "sheet": self.sheet.name, "kind": self.kind.value}
        for name, value in constant.items():
            self.columns[name] = _constant(value, self.count)
        self.columns["row"] = pa.array(self.done.people + 1, pa.int32())
        self._person()
        self._numbers()
        self._birth()
        (self._custody if self.kind in HELD_KINDS else self._roll)()
        ordered = [name for name in COLUMNS if name in self.columns]
        return pa.table({name: self.columns[name].cast(COLUMNS[name]) for name in ordered})

    def texts(self, name: str) -> pa.Array | None:
        place = self.layout.column(name)
        return None if place is None else cleaning.tidy(self.sheet.columns[place].take(self.rows))

    def is_number(self, name: str) -> npt.NDArray[np.bool_] | None:
        kinds = self.sheet.kinds[self.layout.fields.index(name)]
        return None if kinds is None else np.asarray(kinds[self.done.people] == NUMBER)

    def report(self, code: ProblemCode, wrong: npt.NDArray[np.bool_] | Sequence[bool], name: str) -> None:
        """Add one problem for every person (array position) that is True in `wrong`."""
        heading = self.layout.heading(name)
        rows = self.done.people[np.asarray(wrong)] + 1
        self.problems += [Problem(code, self.sheet.name, row, heading) for row in rows.tolist()]

    def _person(self) -> None:
        written = self.texts("name")
        assert written is not None
        name, alias, father, odd = cleaning.names(written, in_register=self.kind in HELD_KINDS)
        for extra, already in (("alias", alias), ("father", father)):
            apart = self.texts(extra)
            value = already if apart is None else pc.coalesce(already, cleaning.words(apart).cast(pa.string()))
            self.columns[extra] = value
        self.columns |= {"name_raw": written, "name": name}
        self.report(ProblemCode.NAME_ODD, odd, "name")
        sex = self.texts("sex")
        if sex is not None:
            self.columns["sex"] = cleaning.sexes(sex)
            unread = pc.and_(pc.is_null(self.columns["sex"]), pc.not_equal(sex, ""))
            self.report(ProblemCode.SEX_UNREADABLE, np.asarray(unread), "sex")
        marital = self.texts("marital")
        if marital is not None:
            self.columns["marital"] = cleaning.maritals(marital)
        for word in _WORDS:
            cells = self.texts(word)
            if cells is not None:
                self.columns[word] = cleaning.words(cells)

    def _numbers(self) -> None:
        written = self.texts("nik")
        if written is not None:
            value, digits, quality = clean_niks(written, self.is_number("nik"))
            self.columns |= {"nik_raw": written, "nik": value, "nik_digits": digits, "nik_quality": quality}
            self.problems += check_niks(self)
        else:
            self.columns["nik_quality"] = _constant("missing", self.count)
        nkk = self.texts("nkk")
        if nkk is not None:
            self.columns["nkk"] = cleaning.nkks(nkk)
            unusable = pc.and_(pc.is_null(self.columns["nkk"]), pc.not_equal(nkk, ""))
            self.report(ProblemCode.NKK_UNUSABLE, np.asarray(unusable), "nkk")

    def _birth(self) -> None:
        both, when, place = self.texts("birth_place_date"), self.texts("birth_date"), self.texts("birth_place")
        name, numbers = "birth_date", None
        if when is not None:
            numbers = self.is_number("birth_date")
        elif both is not None:
            split_place, when = cleaning.places_and_dates(both)
            place, name = (split_place if place is None else place), "birth_place_date"
        if place is not None:
            self.columns["birth_place"] = cleaning.words(place).cast(pa.string())
        age = self.texts("age")
        if when is None:
            if age is not None:
                self.columns |= cleaning.age_only(age) | {"birth_raw": age}
            return
        columns, problems = cleaning.births(when, numbers)
        self.columns |= columns | {"birth_raw": both if name == "birth_place_date" else when}
        for code in sorted({problem for problem in problems if problem}):
            self.report(code, [problem is code for problem in problems], name)
        self.problems += check_births(self, name)

    def _custody(self) -> None:
        address = self.texts("address")
        if address is not None:
            read = [read_address(text, self.near) for text in address.to_pylist()]
            self.columns["address"] = address
            for name in ("rt", "rw", "village", "district", "regency", "province", "region_code"):
                self.columns[name] = pa.array([getattr(found, name) or None for found in read], pa.string())
        number = self.texts("registration_number")
        if number is not None:
            self.columns["registration_number"] = number
            stated = self.texts("register_class")
            source = number if stated is None else pc.if_else(pc.not_equal(stated, ""), stated, number)
            self.columns["register_class"] = cleaning.by_unique(source, register_class, COLUMNS["register_class"])
        for name in ("entry_date", "release_date"):
            cells = self.texts(name)
            if cells is not None:
                self.columns[name] = cleaning.days(cells, self.is_number(name))

    def _roll(self) -> None:
        for name, judge in (("address", None), ("rt", cleaning.rts), ("rw", cleaning.rts), ("ektp", cleaning.ektps)):
            cells = self.texts(name)
            if cells is not None:
                self.columns[name] = judge(cells) if judge else cells
        merged = self.texts("rt_rw")
        if merged is not None and "rt" not in self.columns:
            self.columns["rt"] = cleaning.rts(merged)
            self.columns["rw"] = cleaning.by_unique(
                merged, lambda cell: cell.partition("/")[2].strip().lstrip("0") or None, COLUMNS["rw"]
            )
        if self.kind is ListKind.MOVED:
            self._place("from_", "")
            self._place("", "to_")
        else:
            self._place("", "")
            unknown = pc.is_null(self.columns["tps_region"])
            if self.count and pc.all(unknown).as_py():
                self.problems.append(Problem(ProblemCode.PLACE_UNKNOWN, self.sheet.name, 0, ""))
        tps = pc.fill_null(self.columns["tps"].cast(pa.string()), "000")
        # The special TPS says where a person votes, not where that person's home is.
        special = pc.greater_equal(tps.cast(pa.int32()), _FIRST_SPECIAL_TPS)
        home = self.columns["tps_region"].cast(pa.string())
        self.columns["region_code"] = home if self.kind is ListKind.MOVED else pc.if_else(special, None, home)

    def _place(self, source: str, target: str) -> None:
        """Fill `<target>tps` and its region code from columns, or from the identity block in force."""
        number, region = f"{target}tps", f"{target}region" if target else "tps_region"
        if source:
            number, region = "tps", "tps_region"
        tps = self.texts(f"{'to_' if target else source}tps")
        identity = self._identity() if not source else None
        if tps is None and identity:
            tps = pa.array([place.get("tps", "") for place in identity], pa.string()).take(self._place_index())
        self.columns[number] = cleaning.tps_numbers(tps) if tps is not None else _constant(None, self.count)
        codes = None if target or source else self.texts("village_code")
        if codes is not None:
            self.columns[region] = cleaning.by_unique(codes, _village_code, COLUMNS["tps_region"])
            self._names_from_codes()
            return
        self.columns[region] = self._resolved("to_" if target else source, identity)

    def _identity(self) -> list[dict[str, str]]:
        return [place.names for _, place in self.done.places]

    def _place_index(self) -> pa.Array:
        return pa.array(place_of_rows(self.done))

    def _resolved(self, prefix: str, identity: list[dict[str, str]] | None) -> pa.Array:
        columns = {level: self.texts(f"{prefix}{level}") for level in _LEVELS}
        if identity is not None and columns["village"] is None:
            codes = [_resolve(tuple(place.get(level, "") for level in _LEVELS), self.near) for place in identity]
            if not prefix:
                for level in _LEVELS:
                    named = pa.array([place.get(level) for place in identity], pa.string())
                    self.columns[level] = named.take(self._place_index())
            return pa.array(codes, pa.string()).take(self._place_index())
        present = {level: cells for level, cells in columns.items() if cells is not None}
        if prefix != "to_":
            self.columns |= {level: cleaning.words(cells) for level, cells in present.items()}
        rows = zip(*(present[level].to_pylist() if level in present else [""] * self.count for level in _LEVELS), strict=True)
        return pa.array([_resolve(row, self.near) for row in rows], pa.string())

    def _names_from_codes(self) -> None:
        codes = self.columns["tps_region"].cast(pa.string())
        for level, size in regions.LEVELS.items():
            self.columns[level] = cleaning.by_unique(
                pc.fill_null(codes, ""), lambda code, size=size: regions.name_of(code[:size]).upper() or None, COLUMNS[level]
            )


def _village_code(cell: str) -> str | None:
    code = regions.plain(cell)
    return code if len(code) == regions.LEVELS["village"] and code.isdecimal() else None


@lru_cache(maxsize=65536)
def _resolve(names: tuple[str, str, str, str], near: str) -> str | None:
    """Resolve (village, district, regency, province) as written in columns or an identity block."""
    return resolve(*names, near=near) or None


def _constant(value: str | None, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([value], pa.string()))
