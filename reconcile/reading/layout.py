"""What a sheet is: its heading row, the kind of list, and the place its title lines name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from reconcile.reading.columns import field_of, fields_of, fold_heading, identity_label
from reconcile.reading.dates import read_date
from reconcile.reading.problems import Refusal, Refused
from reconcile.reading.workbook import RawSheet
from reconcile.records import ListKind

LOOK_AT = 80  # rows in which a heading is looked for
_LEAST_FIELDS = 3  # a heading has a name column and at least so many known columns in all

_STAGES = (
    ("DAFTAR PEMILIH TETAP", "DPT"), ("HASIL PERBAIKAN AKHIR", "DPSHPA"), ("SEMENTARA HASIL PERBAIKAN", "DPSHP"),
    ("DAFTAR PEMILIH SEMENTARA", "DPS"), ("HASIL PEMUTAKHIRAN", "DPHP"), ("POTENSIAL PEMILIH", "DP4"),
)  # fmt: skip
_MOVED_TITLE = re.compile(r"PEMILIH (?:TAMBAHAN|PINDAHAN)|PINDAH MEMILIH|\bDPTB\b|\bDPPH\b")
_ROLL_TITLE = re.compile(r"DAFTAR PEMILIH|\bDPT\b|\bDPS\b|\bDPHP\b|\bDPSHP\b")
_POLRES_TITLE = re.compile(r"POLRES|POLSEK|POLRI|POLDA|POLTABES|TAHTI|KEPOLISIAN")
_RUTAN_TITLE = re.compile(r"\bRUTAN\b|RUMAH TAHANAN|\bLAPAS\b|PEMASYARAKATAN|\bWBP\b|NARAPIDANA|WARGA BINAAN")
_AS_OF = re.compile(r"(?:KEADAAN|PER|TANGGAL|TGL|POSISI)\s*:?\s*(?:TANGGAL|TGL)?\s*:?\s*(\d{1,2}[\s/.-]+[A-Z0-9]+[\s/.-]+\d{4})")
_TPS_IN_TITLE = re.compile(r"\bTPS\s*(?:NO\.?|NOMOR)?\s*:?\s*(\d{1,3})\b")
_PLACE_IN_TITLE = re.compile(
    r"(?:KELURAHAN|DESA/KELURAHAN|DESA|KEL\.?)\s*:?\s*(?P<village>.+?)\s+(?:KECAMATAN|KEC\.?)\s*:?\s*(?P<district>.+?)"
    r"(?:\s+(?:KABUPATEN/KOTA|KABUPATEN|KOTA|KAB\.?)\s*:?\s*(?P<regency>.+?))?\s*$"
)
_FROM_FIELDS = {"from_tps", "from_village", "from_district", "from_regency"}
_ROLL_FIELDS = {"nkk", "tps", "ektp", "village_code", "voter_id", "marital", "disability"}


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
        """Return the office's own heading of one of our fields, on one line."""
        place = self.column(name)
        return " ".join(self.headings[place].split()) if place is not None else ""


@dataclass
class Place:
    """Names of the place as the identity block or the title gives them, and its TPS."""

    names: dict[str, str] = field(default_factory=dict)

    @property
    def tps(self) -> str:
        return self.names.get("tps", "")


def cells_of(sheet: RawSheet, row: int) -> list[str]:
    return [column[row].as_py().strip() for column in sheet.columns]


def find_layout(sheet: RawSheet) -> Layout | None:
    """Find the heading; None when there is no row with a name column and two more columns we know."""
    top = [column.slice(0, LOOK_AT).to_pylist() for column in sheet.columns]
    rows = [[cell.strip() for cell in row] for row in zip(*top, strict=True)]
    for place, row in enumerate(rows):
        below = rows[place + 1] if place + 1 < len(rows) else None
        if not _is_second_line(row, below):
            below = None
        fields = fields_of(row, below)
        if "name" in fields and len(set(fields) - {"", "ignored"}) >= _LEAST_FIELDS:
            headings = [under or over for over, under in zip(row, below, strict=True)] if below else row
            titles = tuple(" ".join(cell for cell in above if cell) for above in rows[:place])
            return Layout(place, place + (2 if below else 1), tuple(fields), tuple(headings), titles)
    return None


def _is_second_line(row: Sequence[str], below: Sequence[str] | None) -> bool:
    """Say whether `below` continues a heading: a row of headings above, and only known headings below it."""
    if not below or not any(below) or sum(bool(field_of(cell)) for cell in row) < _LEAST_FIELDS:
        return False
    return all(field_of(cell) for cell in below if cell)


def kind_of(layout: Layout, sheet_name: str) -> ListKind | None:
    """Recognise the kind of list by its columns first and its title second; None for no kind of ours."""
    known = set(layout.fields)
    said = " ".join((*layout.titles, sheet_name)).upper()
    if known & _FROM_FIELDS or (_MOVED_TITLE.search(said) and "nik" in known):
        return ListKind.MOVED
    if _ROLL_TITLE.search(said) or len(known & _ROLL_FIELDS) >= 2:
        return ListKind.ROLL
    police = bool(_POLRES_TITLE.search(said)) or bool(known & {"unit", "detention_order"})
    rutan = bool(known & {"registration_number", "register_class", "block"})
    if police and not (rutan and not _POLRES_TITLE.search(said)):
        return ListKind.POLRES
    if rutan or _RUTAN_TITLE.search(said) or known & {"release_date", "entry_date"}:
        return ListKind.RUTAN
    return None


def stage_of(layout: Layout) -> str:
    said = " ".join(layout.titles).upper()
    return next((stage for words, stage in _STAGES if words in said), "")


def as_of(layout: Layout) -> date | None:
    """Return the date on which a register says it stands ("KEADAAN TANGGAL 1 NOVEMBER 2024")."""
    found = _AS_OF.search(" ".join(layout.titles).upper())
    return read_date(found[1]).day if found else None


def title_place(layout: Layout) -> Place:
    """Read the identity block, or else one title line such as "TPS 901 KELURAHAN X KECAMATAN Y"."""
    place = Place()
    for title in layout.titles:
        read_identity(title.split("  "), place)
    return place


def read_identity(cells: Sequence[str], place: Place) -> bool:
    """Take one row of the identity block into `place`; say whether it was one."""
    filled = [cell for cell in cells if cell.strip(" :")]
    if not filled:
        return False
    level, value = identity_label(filled[0])
    if not level:
        return False
    value = value or (filled[1] if len(filled) > 1 else "")
    place.names[level] = value.strip(" :").upper()
    return True


def place_in_line(line: str) -> Place:
    """Read "TPS 901 KELURAHAN KUNDEN KECAMATAN BLORA" from one title line."""
    place, said = Place(), line.upper()
    tps, where = _TPS_IN_TITLE.search(said), _PLACE_IN_TITLE.search(said)
    if tps:
        place.names["tps"] = tps[1]
    if where:
        place.names.update({level: name.strip(" ,") for level, name in where.groupdict().items() if name})
    return place


def refuse_without_header(sheets: Sequence[RawSheet]) -> Refused:
    """Say whether the cells look like people without a heading, or like no list at all."""
    for sheet in sheets:
        for column in sheet.columns:
            cells = column.slice(0, LOOK_AT).to_pylist()
            if sum(len(fold_heading(cell)) == 16 and fold_heading(cell).isdigit() for cell in cells) >= 2:
                return Refused(Refusal.NO_HEADER)
    filled = any(pa.compute.any(pa.compute.not_equal(c, "")).as_py() for s in sheets for c in s.columns if len(c))
    return Refused(Refusal.NOT_A_LIST if filled else Refusal.EMPTY)
