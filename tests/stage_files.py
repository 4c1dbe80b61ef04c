"""Stages of a roll as flat sheets, with the remarks of the door-to-door check, of made-up people."""

from office_files import a_book

HEAD = "NO#KECAMATAN#DESA/KELURAHAN#TPS#NKK#NIK#NAMA LENGKAP#L/P#TEMPAT LAHIR#TANGGAL LAHIR#STS KAWIN#ALAMAT#RT#RW#KET"
FILLER = 30  # voters beside those that something happens to


def line(number: int, tps: str = "001", remark: str = "", name: str = "", sex: str = "L", day: str = "") -> str:
    day = day or f"{1 + number % 28:02}-03-1980"
    nik = f"331609{int(day[:2]) + (40 if sex == 'P' else 0):02}{day[3:5]}{day[8:]}{9001 + number}"
    name = name or f"{['SUWARTO', 'SLAMET', 'PARNO', 'WIBOWO', 'JUMADI'][number % 5]} {chr(65 + number % 26)}ARDI"
    card = f"331609010110{9001 + number}"
    return f"{number}#BLORA#KUNDEN#{tps}#{card}#{nik}#{name}#{sex}#BLORA#{day}#B#DK KRAJAN#1#2#{remark}"


def book(stage: str, *lines: str) -> bytes:
    title = {"DP4": "DAFTAR POTENSIAL PEMILIH (DP4)", "DPHP": "DAFTAR PEMILIH HASIL PEMUTAKHIRAN (DPHP)"}[stage]
    rows = [
        (f"{title} KABUPATEN BLORA TAHUN 2024",),
        (),
        tuple(HEAD.split("#")),
        *(tuple(one.split("#")) for one in lines),
    ]
    return a_book(stage, rows)


def two_stages() -> tuple[bytes, bytes]:
    """Return DP4 and DPHP: one struck, one moved with and one without a new entry, one changed, one gone, one new."""
    same = [line(number) for number in range(10, 10 + FILLER)]
    first = [line(1), line(2), line(3), line(4), line(5), *same]
    second = [
        line(1, remark="1"), line(2, remark="8"), line(2, tps="002", remark="B"), line(3, remark="8"),
        line(4, remark="U").replace("DK KRAJAN", "JL MAWAR 5"), line(6, remark="B", sex="P"), *same,
    ]  # fmt: skip
    return book("DP4", *first), book("DPHP", *second)
