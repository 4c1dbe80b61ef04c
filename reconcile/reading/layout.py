"""What a sheet is: its heading rows, the kind of list, the stage and the date its title lines name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow.compute as pc

from reconcile.reading.columns import IGNORED, field_of, fields_under
from reconcile.reading.dates import read_birth
from reconcile.reading.mapping import NOTHING_SAID, ListMapping, shown_headings
from reconcile.reading.problems import Refusal, Refused
from reconcile.reading.raw import RawSheet
from reconcile.records import ListKind

LOOK_AT = 80  # rows in which a heading is looked for
_LONGEST_TITLE = 200
_LEAST_FIELDS = 3  # a heading has a name column and at least so many known columns in all

_STAGES = (
    ("DAFTAR PEMILIH TETAP", "DPT"),
    ("HASIL PERBAIKAN AKHIR", "DPSHP AKHIR"),
    ("SEMENTARA HASIL PERBAIKAN", "DPSHP"),
    ("DAFTAR PEMILIH SEMENTARA", "DPS"),
    ("HASIL PEMUTAKHIRAN", "DPHP"),
    ("POTENSIAL PEMILIH", "DP4"),
)
_STAGE_LETTERS = re.compile(r"\b(DPT|DPSHP AKHIR|DPSHP|DPS|DPHP|DP4)\b")
_MOVED_TITLE = re.compile(r"PEMILIH (?:TAMBAHAN|PINDAHAN)|PINDAH MEMILIH|\bDPTB\b|\bDPPH\b")
_ROLL_TITLE = re.compile(r"DAFTAR (?:POTENSIAL )?PEMILIH|\bDPT\b|\bDPS\b|\bDPHP\b|\bDPSHP\b|\bDP4\b")
_POLRES_TITLE = re.compile(r"POLRES|POLSEK|POLRI|POLDA|POLTABES|TAHTI|KEPOLISIAN")
_RUTAN_TITLE = re.compile(r"\bRUTAN\b|RUMAH TAHANAN|\bLAPAS\b|PEMASYARAKATAN|\bWBP\b|NARAPIDANA|WARGA BINAAN")
_AS_OF = re.compile(
    r"\b(?:KEADAAN|PER|TANGGAL|TGL|POSISI)\b[\s:.]*(?:TANGGAL|TGL)?[\s:.]*(\d{1,2}[\s/.-]+[A-Z0-9]+[\s/.-]+\d{4})"
)

_FROM = frozenset({"from_tps", "from_village", "from_district", "from_regency"})
_ROLL = frozenset({"nkk", "tps", "ektp", "village_code", "voter_id", "marital", "disability"})
_RUTAN = frozenset({"registration_number", "register_class", "block"})
_POLRES = frozenset({"unit", "detention_order"})
_CUSTODY = frozenset({"release_date", "entry_date"})
# A sheet whose kind nothing tells may still continue the list of its neighbour, if it knows people this well.
_TITLES = {
    ListKind.ROLL: _ROLL_TITLE, ListKind.MOVED: _MOVED_TITLE, ListKind.RUTAN: _RUTAN_TITLE,
    ListKind.POLRES: _POLRES_TITLE,
}  # fmt: skip
_COLUMNS = {
    ListKind.ROLL: _ROLL, ListKind.MOVED: _FROM, ListKind.RUTAN: _RUTAN | _CUSTODY, ListKind.POLRES: _POLRES | _CUSTODY,
}  # fmt: skip
# Two columns of one of these leave in doubt which of them tells who somebody is.
_ONCE = frozenset({"nik", "name", "birth_date", "birth_place_date", "registration_number"})
_PERSONAL = frozenset({"nik", "birth_date", "birth_place_date", "registration_number"})


@dataclass(frozen=True)
class Layout:
    """`header` is the 0-based row of the heading, `body` the first row below it and its second line."""

    header: int
    body: int
    fields: tuple[str, ...]
    headings: tuple[str, ...]
    titles: tuple[str, ...]

    def column(self, name: str) -> int | None:
        return self.fields.index(name) if name in self.fields else None

    def heading(self, name: str) -> str:
        """Return the office's own heading of one of our fields, on one line; "" without such a column."""
        place = self.column(name)
        return " ".join(self.headings[place].split()) if place is not None else ""

    def unread(self) -> Iterator[tuple[str, bool]]:
        """Yield the headings of columns that are not read, and whether another column of the same field is."""
        for heading, field in zip(self.headings, self.fields, strict=True):
            if heading and not field:
                guess = field_of(heading)
                yield " ".join(heading.split()), guess in _ONCE and guess in self.fields

    @property
    def title(self) -> str:
        return " · ".join(title for title in self.titles if title)[:_LONGEST_TITLE]

    @property
    def is_personal(self) -> bool:
        return bool(_PERSONAL.intersection(self.fields))


def find_layout(sheet: RawSheet, mapping: ListMapping = NOTHING_SAID) -> Layout | None:
    """Find the heading: the row that `mapping` names, else the first with a name column and two more we know.

    None where there is none, or where the sheet is to be left out.
    """
    top = [[cell.strip() for cell in row] for row in sheet.cells(range(min(LOOK_AT, sheet.rows)))]
    said = mapping.header_rows.get(sheet.name)
    if said is not None:
        return _layout_at(top, said - 1, mapping) if 0 < said <= len(top) else None
    for place in range(len(top)):
        found = _layout_at(top, place, mapping)
        if found.column("name") is not None and len(set(found.fields) - {"", IGNORED}) >= _LEAST_FIELDS:
            return found
    return None


def _layout_at(top: Sequence[Sequence[str]], place: int, mapping: ListMapping) -> Layout:
    row, below = top[place], top[place + 1] if place + 1 < len(top) else None
    if below is not None and not _is_second_line(row, below):
        below = None
    titles = tuple(" ".join(cell for cell in above if cell) for above in top[:place])
    fields, headings = mapping.apply(row, below), shown_headings(row, below)
    return Layout(place, place + (2 if below else 1), tuple(fields), tuple(headings), titles)


def _is_second_line(row: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether `below` continues a heading: nothing but known headings, under gaps of merged cells.

    Cells merged downwards leave a gap in the second line; a heading of its own, or a person, leaves none.
    """
    found = fields_under(row, below)
    if not any(below) or not all(field for field, cell in zip(found, below, strict=True) if cell):
        return False
    return sum(bool(field_of(over)) for over, under in zip(row, below, strict=True) if not under) >= 2


def kind_of(layout: Layout, sheet_name: str) -> ListKind | None:
    """Recognise the kind of list by its columns first and its title second; None for no kind of ours."""
    known = frozenset(layout.fields)
    said = " ".join((*layout.titles, sheet_name)).upper()
    if known & _RUTAN:
        return _register_of(known, said)
    if known & _FROM or (_MOVED_TITLE.search(said) and "nik" in known):
        return ListKind.MOVED
    if _ROLL_TITLE.search(said) and not known & _CUSTODY:
        return ListKind.ROLL
    from_custody = _POLRES_TITLE.search(said) or _RUTAN_TITLE.search(said)
    return ListKind.ROLL if len(known & _ROLL) >= 2 and not from_custody else _register_of(known, said)


def _register_of(known: frozenset[str], said: str) -> ListKind | None:
    """Tell the two registers apart. A police title alone does not outweigh the Rutan's register number."""
    police_title, rutan_title = _POLRES_TITLE.search(said), _RUTAN_TITLE.search(said)
    if police_title and not (rutan_title and known & _RUTAN):
        return ListKind.POLRES
    if known & _RUTAN or rutan_title:
        return ListKind.RUTAN
    if known & _POLRES:
        return ListKind.POLRES
    return ListKind.RUTAN if known & _CUSTODY else None


def evidence_for(kind: ListKind, layout: Layout, sheet_name: str) -> list[str]:
    """Return the office's own words that speak for a kind: of the title or the sheet's name, then headings."""
    said = _TITLES[kind].search(" ".join((*layout.titles, sheet_name)).upper())
    columns = [layout.heading(field) for field in layout.fields if field in _COLUMNS[kind]]
    return ([said[0]] if said else []) + columns


def stage_of(layout: Layout) -> str:
    said = " ".join(layout.titles).upper()
    letters = _STAGE_LETTERS.search(said)
    return next((stage for words, stage in _STAGES if words in said), letters[1] if letters else "")


def as_of(layout: Layout) -> date | None:
    """Return the date on which a register says it stands ("KEADAAN TANGGAL 1 NOVEMBER 2024")."""
    found = _AS_OF.search(" ".join(layout.titles).upper())
    return read_birth(found[1]).day if found else None


def refuse_without_header(sheets: Sequence[RawSheet]) -> Refused:
    """Say whether the cells look like people without a heading, or like no list at all."""
    columns = [column for sheet in sheets for column in sheet.columns]
    if not any(pc.any(pc.match_substring_regex(column, r"\S")).as_py() for column in columns):
        return Refused(Refusal.EMPTY)
    like_people = any(
        pc.sum(pc.match_substring_regex(column.slice(0, LOOK_AT), r"^\W*\d{6}[\s.-]?\d{6}[\s.-]?\d{4}\W*$")).as_py()
        >= 2
        for column in columns
        if len(column)
    )
    return Refused(Refusal.NO_HEADER if like_people else Refusal.NOT_A_LIST)
