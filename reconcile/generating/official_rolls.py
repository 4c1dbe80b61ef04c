"""The roll as KPU prints it: a workbook a village, a sheet a TPS, titles above and signatures below."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from reconcile import regions
from reconcile.generating import places
from reconcile.generating.cases import GeneratedCase
from reconcile.generating.people import Person
from reconcile.generating.rolls import Key, RollSheet
from reconcile.records import Marital, Sex
from reconcile.workbooks import Cell, StillWorkbook, heading

EKTP = {True: "S", False: "B"}  # recorded for the electronic card
SEX = {Sex.MALE: "L", Sex.FEMALE: "P"}
MARITAL = {Marital.SINGLE: "B", Marital.MARRIED: "S", Marital.WIDOWED: "P"}
Stands = dict[Key, str]  # where an entry is found: "file|sheet|row"

_WIDTH = 14
_HEADER_ROW = 10
_HEADER = heading(
    "NO|NKK|NIK|NAMA|TEMPAT LAHIR|TANGGAL LAHIR|STATUS PERKAWINAN\nB/S/P|JENIS KELAMIN\nL/P|ALAMAT|||"
    "DISABILITAS|STATUS PEREKAMAN KTP-el|KETERANGAN"
)
_FIRST_ROW = _HEADER_ROW + 3


def piped(day: date) -> str:
    """Return a date as Sidalih exports it: "05|09|1990"."""
    return f"{day:%d|%m|%Y}"


def write_official_rolls(case: GeneratedCase, folder: Path) -> tuple[tuple[Path, ...], Stands]:
    """Write one workbook a village; return the files by village code, and where everybody stands."""
    by_village: dict[str, list[RollSheet]] = defaultdict(list)
    for sheet in case.sheets:
        by_village[sheet.village].append(sheet)
    paths, stands = [], Stands()
    for village, sheets in by_village.items():
        district = regions.fold(places.short_name(village[:6]))
        path = folder / f"DPT_{district}_{regions.fold(places.short_name(village))}.xlsx"
        book = StillWorkbook()
        for sheet in sheets:
            title = f"TPS {sheet.tps}"
            book.add_sheet(title, _rows(case, sheet), _merged())
            for row, voter in enumerate(sheet.voters, _FIRST_ROW):
                stands[voter.pid, sheet.village, sheet.tps] = f"{path.name}|{title}|{row}"
        paths.append(book.save(path))
    return tuple(paths), stands


def _merged() -> list[str]:
    """Return the merged spans of the heading: the address over three columns, all others over two rows."""
    top, below = _HEADER_ROW, _HEADER_ROW + 1
    return [f"I{top}:K{top}", *(f"{letter}{top}:{letter}{below}" for letter in "ABCDEFGHLMN")]


def _rows(case: GeneratedCase, sheet: RollSheet) -> Iterator[Sequence[Cell]]:
    yield ("DAFTAR PEMILIH TETAP", *("",) * 12, "MODEL A-KabKo DAFTAR PEMILIH")
    yield (case.title,)
    yield ()
    yield from _identity(sheet)
    yield ()
    yield _HEADER
    yield (*("",) * 8, "JALAN/DUKUH", "RT", "RW")
    yield tuple(range(1, _WIDTH + 1))
    for number, voter in enumerate(sheet.voters, 1):
        yield _voter(number, voter)
    yield from _foot(sheet)


def _identity(sheet: RollSheet) -> Iterator[Sequence[Cell]]:
    """The block that alone says where the TPS lies; offices put the colon in one cell or another."""
    yield "PROVINSI", "", regions.name_of(sheet.village[:2])
    yield "KABUPATEN/KOTA", "", f": {places.short_name(sheet.village[:4])}"
    yield "KECAMATAN", "", places.short_name(sheet.village[:6])
    yield "DESA/KELURAHAN", "", f": {places.short_name(sheet.village)}"
    yield "TPS", "", sheet.tps


def _voter(number: int, voter: Person) -> Sequence[Cell]:
    home = voter.home
    return (
        number,
        voter.nkk,
        voter.nik,
        voter.name,
        voter.birth_place,
        piped(voter.birth),
        MARITAL[voter.marital],
        SEX[voter.sex],
        home.street,
        f"{home.rt:03}",
        f"{home.rw:03}",
        voter.disability,
        EKTP[voter.recorded],
    )


def _foot(sheet: RollSheet) -> Iterator[Sequence[Cell]]:
    men = sum(voter.sex is Sex.MALE for voter in sheet.voters)
    women = len(sheet.voters) - men
    regency = regions.name_of(sheet.village[:4]).upper()
    yield ()
    yield "JUMLAH", "", "", f"L: {men}  P: {women}  L+P: {men + women}"
    yield ()
    legend = "Keterangan: B = belum kawin, S = sudah kawin, P = pernah kawin"
    yield (legend, *("",) * 8, f"Ditetapkan di {places.short_name(sheet.village[:4]).title()}")
    yield (*("",) * 9, f"KETUA KPU {regency}")
    yield from ((), (), ())
    yield (*("",) * 9, "." * 27)
