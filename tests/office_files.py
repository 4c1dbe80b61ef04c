"""Small files as offices make them, of made-up people. Every full NIK carries a serial from 9001 on."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from openpyxl import Workbook

ROLL_HEADING = "KEC_ID#KEL_ID#TPS_ID#DPID#NKK#NIK#NAMA#JK#TMPT_LHR#TGL_LHR#STS#ALAMAT#RT#RW#DIS#KTPel#SUMBER#KET"
RUTAN_HEADING = (
    "NO", "NO. REGISTRASI", "NAMA", "NIK", "TEMPAT LAHIR", "TGL LAHIR", "JK", "AGAMA", "ALAMAT",
    "PASAL / PERKARA", "TGL MASUK", "TGL EKSPIRASI", "BLOK",
)  # fmt: skip
POLRES_HEADING = ("NO", "NAMA", "TTL / UMUR", "ALAMAT", "NIK", "SATUAN", "TGL MASUK", "S.D. TANGGAL", "KET")

# name, birth date, serial of the NIK; all born in Blora and living in Kunden
PEOPLE = (
    ("WAGIYO LEGAWA", date(1980, 3, 14), 9001),
    ("SUTRIMO ANDAYANI", date(1975, 7, 2), 9002),
    ("KADARISMAN", date(1991, 11, 30), 9003),
    ("MUKLIS HIDAYATULLAH", date(1988, 1, 9), 9004),
    ("TEGUH PRASTYA NUGRAHA", date(1969, 5, 21), 9005),
    ("BAGAS ADI WIBAWA", date(2001, 9, 17), 9006),
)


def nik(born: date, serial: int) -> str:
    return f"331609{born:%d%m%y}{serial}"


def roll_text(people: Iterable[tuple[str, date, int]] = PEOPLE, tps: str = "001") -> bytes:
    """Return a roll as `#`-separated text, one line a person."""
    lines = [ROLL_HEADING]
    for number, (name, born, serial) in enumerate(people, start=1):
        where = f"331609#3316091015#{tps}#33-{number}#331609010100{serial}"
        lines.append(f"{where}#{nik(born, serial)}#{name}#L#BLORA#{born:%d|%m|%Y}#S#DK SUMBERJO#1#2#0#S#DP4#0")
    return "\n".join(lines).encode()


def rutan_book(
    people: Iterable[tuple[str, date, int]] = PEOPLE, stands: str = "1 NOVEMBER 2024", register: str = "BIIa"
) -> bytes:
    """Return the Rutan's register as a workbook."""
    rows: list[Sequence[object]] = [
        ("DAFTAR WARGA BINAAN PEMASYARAKATAN",),
        ("RUMAH TAHANAN NEGARA KELAS IIB BLORA",),
        (f"KEADAAN TANGGAL {stands}",),
        (),
        RUTAN_HEADING,
    ]
    for number, (name, born, serial) in enumerate(people, start=1):
        home = "DK SUMBERJO RT 1 RW 2 DS KUNDEN KEC BLORA KAB BLORA"
        number_of_register = f"{register} {serial - 9000}/2024"
        rows.append(
            (number, number_of_register, name, nik(born, serial), "BLORA", born, "L", "ISLAM", home,
             "362 KUHP", date(2024, 2, 1), date(2027, 2, 1), "A1")
        )  # fmt: skip
    return a_book("DATA WBP", rows)


def polres_book(people: Iterable[tuple[str, date, int]]) -> bytes:
    """Return the Polres's register as a workbook."""
    rows: list[Sequence[object]] = [("DAFTAR TAHANAN POLRES BLORA",), ("SAT TAHTI",), POLRES_HEADING]
    for number, (name, born, serial) in enumerate(people, start=1):
        home = "Dukuh Sumberjo Rt 1/2 Kunden Blora"
        rows.append(
            (number, name.title(), f"Blora, {born:%d-%m-%Y}", home, nik(born, serial), "Reskrim",
             date(2024, 10, 20), date(2024, 12, 18), None)
        )  # fmt: skip
    return a_book("TAHANAN", rows)


def a_book(title: str, rows: Iterable[Sequence[object]]) -> bytes:
    """Return a workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def upload(content: bytes) -> ContentFile:
    """Return the bytes as a view receives them."""
    return ContentFile(content)
