"""The headings offices write -> our fields. The only file that knows them.

Headings are compared without case, spaces, marks and anything after a line break that only lists codes.
"""

import re
from collections.abc import Sequence

# Our field -> headings as seen (domain 4.2, 5.2). Fields are columns of `records`, plus four that reading
# itself takes apart: number, birth_place_date, rt_rw, register_note.
_HEADINGS: dict[str, str] = {
    "number": "NO|NOMOR|NO URUT|NOMOR URUT|NO.|URUT|NR",
    "voter_id": "DPID|ID",
    "nkk": "NKK|NO KK|NOMOR KK|NO. KK|KK|NOMOR KARTU KELUARGA|NO KARTU KELUARGA",
    "nik": "NIK|N I K|NO NIK|NOMOR NIK|NOMOR INDUK KEPENDUDUKAN|NO KTP|NO. KTP|NOMOR KTP|NIK KTP|NO KTP/NIK|NIK/NO KTP|NO IDENTITAS",
    "name": """NAMA|NAMA LENGKAP|NAMA PEMILIH|NAMA WBP|NAMA TAHANAN|NAMA NARAPIDANA|NAMA TAHANAN/NARAPIDANA|NAMA LENGKAP WBP
        |NAMA LENGKAP / ALIAS / BIN|NAMA / ALIAS|NAMA DAN ALIAS|NAMA / ALIAS / BIN|NAMA WARGA BINAAN|NAMA PENGHUNI|NAMA TERSANGKA""",
    "alias": "ALIAS|NAMA ALIAS|NAMA PANGGILAN|NAMA KECIL",
    "father": "BIN|BIN/BINTI|BINTI|NAMA AYAH|NAMA ORANG TUA|NAMA BAPAK",
    "sex": "JK|J K|KELAMIN|JENIS KELAMIN|JENIS_KELAMIN|L/P|LP|JENIS KELAMIN L/P|SEX|GENDER|JNS KELAMIN|JENIS KEL",
    "birth_place": "TEMPAT LAHIR|TMPT LHR|TMPT_LHR|TMP LAHIR|TEMPAT_LAHIR|TPT LAHIR|TEMPAT",
    "birth_date": "TANGGAL LAHIR|TGL LAHIR|TGL_LHR|TGL. LAHIR|TANGGAL_LAHIR|TGLLAHIR|TGL LHR|TGL",
    "birth_place_date": """TTL|TEMPAT, TANGGAL LAHIR|TEMPAT TANGGAL LAHIR|TEMPAT/TANGGAL LAHIR|TEMPAT/TGL LAHIR|TEMPAT, TGL LAHIR
        |TEMPAT TGL LAHIR|TTL / UMUR|TTL/UMUR|TTL/USIA|TEMPAT DAN TANGGAL LAHIR|TMPT/TGL LAHIR|TEMPAT LAHIR / TANGGAL LAHIR
        |TEMPAT & TANGGAL LAHIR|TEMPAT/TANGGAL LAHIR/UMUR""",
    "age": "UMUR|USIA|UMUR (TAHUN)|USIA (TH)|UMUR/TH",
    "marital": "STATUS PERKAWINAN|STS|STS_KAWIN|STATUS KAWIN|KAWIN|STATUS NIKAH|STATUS PERKAWINAN B/S/P|STATUS",
    "nationality": "KEWARGANEGARAAN|WN|WARGA NEGARA|KEBANGSAAN|WNI/WNA",
    "occupation": "PEKERJAAN|PROFESI|JABATAN",
    "address": "ALAMAT|ALAMAT ASAL|ALAMAT LENGKAP|JALAN/DUKUH|JALAN|KAMPUNG|ALAMAT RUMAH|ALAMAT TINGGAL|ALAMAT KTP|TEMPAT TINGGAL|DUKUH|JALAN / DUKUH|ALAMAT JALAN/DUKUH",
    "rt": "RT|ALAMAT RT",
    "rw": "RW|ALAMAT RW",
    "rt_rw": "RT/RW|RTRW|RT RW",
    "disability": "DISABILITAS|DIS|DIFABEL|JENIS DISABILITAS|RAGAM DISABILITAS",
    "ektp": "STATUS PEREKAMAN KTP-EL|STATUS PEREKAMAN KTP EL|EKTP|KTPEL|KTP-EL|STATUS KTP-EL|STATUS KTPEL|E-KTP|PEREKAMAN KTP-EL|REKAM KTP-EL",
    "source_of_data": "SUMBER|SUMBERDATA|SUMBER DATA",
    "remark": "KETERANGAN|KET|KET.",
    "tps": "TPS|NO TPS|NOMOR TPS|NO. TPS|TPS_ID|TPSID|ID TPS",
    "village": "DESA/KELURAHAN|KELURAHAN/DESA|DESA/KEL|KEL/DESA|KELURAHAN|DESA|NAMA KELURAHAN|NAMA DESA|DESA / KELURAHAN|KEL",
    "village_code": "KEL_ID|KELURAHAN_ID|DESA_ID|KODE KELURAHAN|KODE DESA|KODE KEL|KODE WILAYAH|ID KEL",
    "district": "KECAMATAN|KEC|NAMA KECAMATAN",
    "district_code": "KEC_ID|KECAMATAN_ID|KODE KECAMATAN|KODE KEC|ID KEC",
    "regency": "KABUPATEN/KOTA|KAB/KOTA|KABUPATEN|KOTA|KAB|KABKO|NAMA KABUPATEN",
    "province": "PROVINSI|PROPINSI|PROV",
    "stage_code": "TAHAPAN_ID|TAHAPAN",
    "updated": "UPDATED_AT|UPDATED AT|LATITUDE|LONGITUDE",
    # moved-voter list
    "from_tps": "TPS ASAL|ASAL TPS|NO TPS ASAL|TPS TERDAFTAR",
    "from_village": "KELURAHAN ASAL|DESA ASAL|DESA/KELURAHAN ASAL|KEL/DESA ASAL|DESA/KEL ASAL|ASAL DESA/KELURAHAN|ASAL DESA/KEL|ASAL KELURAHAN|ASAL DESA|ASAL KEL/DESA",
    "from_district": "KECAMATAN ASAL|ASAL KECAMATAN|KEC ASAL|ASAL KEC",
    "from_regency": "KABUPATEN ASAL|KABUPATEN/KOTA ASAL|KAB/KOTA ASAL|KAB ASAL|ASAL KABUPATEN/KOTA|ASAL KAB/KOTA|ASAL KABUPATEN|KOTA ASAL",
    "from_province": "PROVINSI ASAL|ASAL PROVINSI|PROV ASAL",
    "to_tps": "TPS TUJUAN|TUJUAN TPS|NO TPS TUJUAN",
    "to_village": "KELURAHAN TUJUAN|DESA TUJUAN|DESA/KELURAHAN TUJUAN|KEL/DESA TUJUAN|TUJUAN DESA/KELURAHAN|TUJUAN DESA/KEL|TUJUAN KELURAHAN|DESA/KEL TUJUAN",
    "to_district": "KECAMATAN TUJUAN|TUJUAN KECAMATAN|KEC TUJUAN",
    "to_regency": "KABUPATEN TUJUAN|KABUPATEN/KOTA TUJUAN|KAB/KOTA TUJUAN|TUJUAN KABUPATEN/KOTA|TUJUAN KAB/KOTA",
    "to_province": "PROVINSI TUJUAN|TUJUAN PROVINSI",
    "move_reason": "ALASAN|ALASAN PINDAH|ALASAN PINDAH MEMILIH",
    # registers
    "registration_number": "NO. REGISTRASI|NO REGISTRASI|NOMOR REGISTRASI|NO REG|NO REG.|NO. REG|NOREG|NO REGISTER|NOMOR REGISTER|REGISTRASI|NO. REGISTER|REG",
    "register_class": "GOLONGAN|GOL|GOLONGAN REGISTRASI|JENIS REGISTRASI",
    "entry_date": "TGL MASUK|TANGGAL MASUK|TANGGAL DITAHAN|TGL DITAHAN|TGL PENAHANAN|TANGGAL PENAHANAN|TGL. MASUK|TGL MULAI DITAHAN",
    "release_date": "TGL EKSPIRASI|TANGGAL EKSPIRASI|EKSPIRASI|TGL. EKSPIRASI|EXPIRASI|TGL BEBAS|TANGGAL BEBAS|S.D. TANGGAL|S/D TANGGAL|SD TANGGAL|SAMPAI DENGAN|S.D.|MASA PENAHANAN S.D.|MASA PENAHANAN|TGL BERAKHIR|BERAKHIR",
    "block": "BLOK|KAMAR|BLOK/KAMAR|BLOK KAMAR|SEL|KAMAR/BLOK",
    "unit": "SATUAN|SATKER|FUNGSI|UNIT|PENYIDIK|SATUAN KERJA|SATFUNG",
    "detention_order": "NO SP HAN|SP HAN|SP.HAN|NO SPHAN|NOMOR SP HAN",
    # never stored (domain 9: an offence is criminal-record data; religion is not needed)
    "ignored": """PASAL / PERKARA|PASAL|PERKARA|JENIS KEJAHATAN|JENIS PERKARA|TINDAK PIDANA|KEJAHATAN|KASUS|PASAL YANG DISANGKAKAN
        |AGAMA|PENDIDIKAN|SUKU|LAMA PIDANA|PIDANA|VONIS|HUKUMAN|UANG DENDA|DENDA|SUBSIDER|FOTO|SIDIK JARI|PERKARA/PASAL|PASAL/PERKARA|GOL DARAH
        |NO HP|HP|EMAIL|E-MAIL|PERPANJANGAN|TGL KELUAR|TANGGAL KELUAR|TUJUAN|JENIS BEBAS|PENAHANAN""",
}  # fmt: skip


def fold_heading(heading: str) -> str:
    """Return a heading as compared: capitals and digits only."""
    return re.sub(r"[^A-Z0-9]", "", heading.upper())


_FIELD_BY_HEADING = {
    fold_heading(spelling): field for field, spellings in _HEADINGS.items() for spelling in spellings.split("|")
}
_LABELS = {  # left-hand words of the identity block above a printed roll
    "PROVINSI": "province", "PROPINSI": "province", "KABUPATEN": "regency", "KABUPATENKOTA": "regency", "KABKOTA": "regency",
    "KOTA": "regency", "KECAMATAN": "district", "DESAKELURAHAN": "village", "KELURAHANDESA": "village", "KELURAHAN": "village",
    "DESA": "village", "DESAKEL": "village", "TPS": "tps", "NOTPS": "tps", "NOMORTPS": "tps",
}  # fmt: skip


def field_of(heading: str) -> str:
    """Return our field of one heading, "" when nobody knows it."""
    first_line, _, rest = heading.strip().partition("\n")
    for text in (heading, first_line, f"{first_line} {rest}".split("(")[0]):
        field = _FIELD_BY_HEADING.get(fold_heading(text))
        if field:
            return field
    return ""


def identity_label(text: str) -> tuple[str, str]:
    """Read one cell of the identity block: ("TPS : 001" -> ("tps", "001")), ("", "") when it is none."""
    label, _, value = text.partition(":")
    level = _LABELS.get(fold_heading(label), "")
    return (level, value.strip()) if level else ("", "")


def fields_of(headings: Sequence[str], below: Sequence[str] | None = None) -> list[str]:
    """Return our field for each column of a heading row, "" for unknown ones.

    `below`: a second heading row, under merged cells of the first ("ALAMAT" over "JALAN/DUKUH", "RT", "RW").
    A field is given to its first column only; a later column of the same heading stays unknown.
    """
    fields, over = [], ""
    for place, heading in enumerate(headings):
        over = heading or over
        under = below[place] if below else ""
        if under:
            found = field_of(f"{over} {under}") or field_of(f"{under} {over}") or field_of(under)
        else:
            found = field_of(heading)
        fields.append(found)
    seen: set[str] = set()
    for place, found in enumerate(fields):
        if found and found != "ignored" and found in seen:
            fields[place] = ""
        seen.add(found)
    return fields
