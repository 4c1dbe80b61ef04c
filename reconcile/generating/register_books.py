"""The registers as the Rutan and the Polres keep them, in workbooks of two habits."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from reconcile import regions
from reconcile.generating import places
from reconcile.generating.birth_damage import Birth
from reconcile.generating.cases import GeneratedCase
from reconcile.generating.names import words
from reconcile.generating.official_rolls import SEX
from reconcile.generating.registers import RegisterRow
from reconcile.workbooks import Cell, StillWorkbook, heading

MONTHS = words("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")
FAITHS = ("ISLAM",) * 24 + ("KRISTEN", "KATOLIK")
# The offence stands in every register; the program must not keep it (domain 9).
OFFENCES = (
    ("363 KUHP", "Pencurian"),
    ("378 KUHP", "Penipuan"),
    ("372 KUHP", "Penggelapan"),
    ("303 KUHP", "Perjudian"),
)

_APART = heading(
    "NO|NO. REGISTRASI|NAMA|NIK|TEMPAT LAHIR|TGL LAHIR|JK|AGAMA|ALAMAT|PASAL / PERKARA|TGL MASUK|TGL EKSPIRASI|BLOK"
)
_TOGETHER = heading(
    "No.|Nama Lengkap / Alias / Bin|No Reg.|Tempat, Tanggal Lahir|L/P|Agama|Alamat Asal|N I K|"
    "Jenis Kejahatan|Tanggal Ditahan|Ekspirasi|Kamar"
)
_CELLS = heading("NO|NAMA|TTL / UMUR|ALAMAT|NIK|SATUAN|TGL MASUK|S.D. TANGGAL|KET")


def capitalized(text: str) -> str:
    """Return the text in capitals as one with capital initials ("DK GADING RT 1/2" -> "Dk Gading Rt 1/2")."""
    return " ".join(word.capitalize() for word in text.split(" "))


def in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def write_rutan(case: GeneratedCase, path: Path, *, together: bool) -> list[int]:
    """Write the Rutan's register; return the row of each entry as the office sees it.

    `together` puts birth place and date in one text and writes dates as text; otherwise they stand apart,
    as true dates where a day is known.
    """
    office = places.short_name(case.regency)
    if together:
        rows: list[Sequence[Cell]] = [
            (f"Data Tahanan & Narapidana per {case.as_of:%d-%m-%Y}",),
            (),
            _TOGETHER,
        ]
        return _write(path, "DATA WBP", rows, case.rutan, _together, office)
    rows = [("DAFTAR WARGA BINAAN PEMASYARAKATAN",), (f"RUMAH TAHANAN NEGARA KELAS IIB {office}",)]
    rows += [(f"KEADAAN TANGGAL {in_words(case.as_of).upper()}",), (), _APART]
    return _write(path, "DATA WBP", rows, case.rutan, _apart, office)


def write_polres(case: GeneratedCase, path: Path) -> list[int]:
    """Write the Polres's register; return the row of each entry as the office sees it."""
    office = regions.name_of(case.regency).upper().removeprefix("KABUPATEN ")
    rows: list[Sequence[Cell]] = [(f"DAFTAR TAHANAN POLRES {office}",), ("SAT TAHTI",), _CELLS]
    return _write(path, "TAHANAN", rows, case.polres, _in_cells, "")


def _write(
    path: Path,
    sheet: str,
    rows: list[Sequence[Cell]],
    entries: Sequence[RegisterRow],
    as_row: Callable[[int, RegisterRow], Sequence[Cell]],
    signed_by: str,
) -> list[int]:
    """Add the entries below the heading, then total and signature when the office signs."""
    first = len(rows) + 1
    rows += [as_row(number, entry) for number, entry in enumerate(entries, 1)]
    if signed_by:
        rows += [(), ("", "JUMLAH", len(entries)), (), (*("",) * 7, f"KEPALA RUTAN KELAS IIB {signed_by}")]
    book = StillWorkbook()
    book.add_sheet(sheet, rows)
    book.save(path)
    return list(range(first, first + len(entries)))


def _apart(number: int, entry: RegisterRow) -> Sequence[Cell]:
    custody = entry.custody
    return (
        number,
        custody.number,
        entry.name,
        entry.nik,
        entry.birth_place,
        _birth_cell(entry.birth, entry.style),
        SEX[entry.sex],
        FAITHS[entry.style % len(FAITHS)],
        entry.address,
        OFFENCES[entry.style % len(OFFENCES)][0],
        custody.entry,
        custody.release,
        custody.block,
    )


def _together(number: int, entry: RegisterRow) -> Sequence[Cell]:
    custody = entry.custody
    words = entry.style % 2 == 0
    return (
        number,
        entry.name,
        custody.number,
        _birth_text(entry, in_words if words else _dashed, "tahun"),
        SEX[entry.sex],
        capitalized(FAITHS[entry.style % len(FAITHS)]),
        capitalized(entry.address),
        entry.nik,
        OFFENCES[entry.style % len(OFFENCES)][1],
        f"{custody.entry:%d/%m/%Y}",
        f"{custody.release:%d/%m/%Y}",
        custody.block,
    )


def _in_cells(number: int, entry: RegisterRow) -> Sequence[Cell]:
    custody = entry.custody
    birth = f"{entry.birth.age} tahun" if entry.birth.age else _birth_text(entry, _dashed, "tahun")
    address, unit = capitalized(entry.address), capitalized(custody.unit)
    return number, entry.name, birth, address, entry.nik, unit, custody.entry, custody.release, ""


def _dashed(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _birth_cell(birth: Birth, style: int) -> Cell:
    """Return a true date mostly, sometimes a text; an age or a year as text; "" when nothing is known."""
    if birth.day:
        if style < 4:
            return in_words(birth.day).upper()
        return f"{birth.day:%d-%m-%Y}" if style < 8 else birth.day
    if birth.age:
        return f"{birth.age} {'TH' if style % 2 else 'TAHUN'}"
    return str(birth.year) if birth.year else ""


def _birth_text(entry: RegisterRow, as_text: Callable[[date], str], years: str) -> str:
    """Return "Blora, 05-09-1990", with whatever is known of either part."""
    birth = entry.birth
    known = as_text(birth.day) if birth.day else f"{birth.age} {years}" if birth.age else str(birth.year or "")
    return ", ".join(part for part in (capitalized(entry.birth_place), known) if part)
