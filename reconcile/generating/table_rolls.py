"""The roll as one table: `#`-separated text as Sidalih exports it, or one sheet; and the moved-voter list."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reconcile import regions
from reconcile.generating import places
from reconcile.generating.cases import GeneratedCase
from reconcile.generating.official_rolls import EKTP, MARITAL, SEX, Stands, piped
from reconcile.generating.people import Person
from reconcile.generating.rolls import MovedVoter, RollSheet
from reconcile.workbooks import Cell, StillWorkbook, heading

TEXT_HEADER = "KEC_ID#KEL_ID#TPS_ID#DPID#NKK#NIK#NAMA#JK#TMPT_LHR#TGL_LHR#STS#ALAMAT#RT#RW#DIS#KTPel#SUMBER#KET"
_FLAT_HEADER = heading(
    "NO|KECAMATAN|DESA/KELURAHAN|TPS|NKK|NIK|NAMA LENGKAP|L/P|TEMPAT LAHIR|TANGGAL LAHIR|STS KAWIN|ALAMAT|"
    "RT|RW|DISABILITAS|KTP-EL|KET"
)
FlatEntry = tuple[str, str, Person, str]  # village, TPS, voter, remark
FIRST_FLAT_ROW = 4
_MOVED_HEADER = heading(
    "No|NKK|NIK|Nama|Jenis Kelamin|Tempat Lahir|Tanggal Lahir|Alamat|TPS Asal|Kelurahan Asal|"
    "Kecamatan Asal|Kabupaten Asal|Alasan"
)


def text_line(sheet: RollSheet, voter: Person) -> str:
    """Return one voter of the text roll, without a line end."""
    home = voter.home
    return (
        f"{sheet.village[:6]}#{sheet.village}#{sheet.tps}#{sheet.village[:2]}-{voter.pid}#{voter.nkk}#{voter.nik}"
        f"#{voter.name}#{SEX[voter.sex]}#{voter.birth_place}#{piped(voter.birth)}#{MARITAL[voter.marital]}"
        f"#{home.street}#{home.rt}#{home.rw}#{voter.disability}#{EKTP[voter.recorded]}#DP4#0"
    )


def case_lines(case: GeneratedCase) -> Iterator[str]:
    """Yield the lines of a case's people in the order of its sheets."""
    for sheet in case.sheets:
        for voter in sheet.voters:
            yield text_line(sheet, voter)


def text_stands(case: GeneratedCase, file: str, first_line: int = 2) -> Stands:
    """Return where everybody of a case stands in a text roll that lists them from `first_line` on."""
    entries = ((voter.pid, sheet.village, sheet.tps) for sheet in case.sheets for voter in sheet.voters)
    return {entry: f"{file}||{line}" for line, entry in enumerate(entries, first_line)}


def write_flat_roll(case: GeneratedCase, folder: Path) -> tuple[Path, Stands]:
    """Write one sheet with the places in columns and true dates, as offices make for themselves."""
    path = folder / f"DPT_{regions.fold(places.short_name(case.regency))}.xlsx"
    entries = [(sheet.village, sheet.tps, voter, "") for sheet in case.sheets for voter in sheet.voters]
    stands = Stands(
        ((voter.pid, village, tps), f"{path.name}|DPT|{row}")
        for row, (village, tps, voter, _) in enumerate(entries, start=FIRST_FLAT_ROW)
    )
    write_flat_stage(path, "DPT", f"DAFTAR PEMILIH TETAP {regency_and_year(case)}", entries)
    return path, stands


def regency_and_year(case: GeneratedCase) -> str:
    return f"{regions.name_of(case.regency).upper()} TAHUN {case.voting_day.year}"


def write_flat_stage(path: Path, sheet: str, title: str, entries: Iterable[FlatEntry]) -> Path:
    """Write any stage of a roll as one sheet; the first voter stands in FIRST_FLAT_ROW."""
    rows: list[Sequence[Cell]] = [(title,), (), _FLAT_HEADER]
    for number, (village, tps, voter, remark) in enumerate(entries, start=1):
        where = places.short_name(village[:6]), places.short_name(village), tps
        rows.append((number, *where, *_flat_voter(voter), remark))
    book = StillWorkbook()
    book.add_sheet(sheet, rows)
    return book.save(path)


def _flat_voter(voter: Person) -> Sequence[Cell]:
    home = voter.home
    return (
        voter.nkk,
        voter.nik,
        voter.name,
        SEX[voter.sex],
        voter.birth_place,
        voter.birth,
        MARITAL[voter.marital],
        home.street,
        f"{home.rt:03}",
        f"{home.rw:03}",
        voter.disability,
        EKTP[voter.recorded],
    )


def write_moved(case: GeneratedCase, folder: Path) -> tuple[Path, dict[int, str]]:
    """Write the moved-voter list of the special TPS; return where each person (by pid) stands on it."""
    village, tps = case.tps
    path = folder / f"DPTb_TPS{tps}.xlsx"
    kind = "KELURAHAN" if places.is_town(village) else "DESA"
    place = f"TPS {tps} {kind} {places.short_name(village)} KECAMATAN {places.short_name(village[:6])}"
    rows: list[Sequence[Cell]] = [("DAFTAR PEMILIH TAMBAHAN (DPTb) MASUK",), (place,), (), _MOVED_HEADER]
    stands: dict[int, str] = {}
    for number, moved in enumerate(case.moved, 1):
        rows.append((number, *_moved_voter(moved)))
        stands[moved.person.pid] = f"{path.name}|DPTb|{len(rows)}"
    book = StillWorkbook()
    book.add_sheet("DPTb", rows)
    return book.save(path), stands


def _moved_voter(moved: MovedVoter) -> Sequence[Cell]:
    voter = moved.person
    return (
        voter.nkk,
        voter.nik,
        voter.name,
        SEX[voter.sex],
        voter.birth_place,
        f"{voter.birth:%d-%m-%Y}",
        voter.home.street,
        moved.tps,
        places.short_name(moved.village),
        places.short_name(moved.village[:6]),
        regions.name_of(moved.village[:4]).upper(),
        moved.reason,
    )
