"""The headings offices write -> our fields. The only file that knows them.

Headings are compared by their letters and digits only, without a tail that merely lists codes.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

# Our field -> headings as seen (domain 4.2, 5.2). Fields are columns of `records`, and a few more that
# reading itself takes apart: number, birth_place_date, rt_rw, from_... and to_...
_HEADINGS: dict[str, str] = {
    "number": "NO|NOMOR|NO URUT|NOMOR URUT|URUT|NR",
    "voter_id": "DPID|ID|ID PEMILIH",
    "nkk": "NKK|NO KK|NOMOR KK|KK|NOMOR KARTU KELUARGA|NO KARTU KELUARGA|NOMOR INDUK KARTU KELUARGA",
    "nik": """NIK|NO NIK|NOMOR NIK|NOMOR INDUK KEPENDUDUKAN|NO INDUK KEPENDUDUKAN|NO KTP|NOMOR KTP|NIK KTP
        |NO KTP/NIK|NIK/NO KTP|NO IDENTITAS|NOMOR IDENTITAS|NIK/KTP|NO KTP EL|NIK SESUAI KTP""",
    "name": """NAMA|NAMA LENGKAP|NAMA PEMILIH|NAMA WBP|NAMA TAHANAN|NAMA NARAPIDANA|NAMA TAHANAN/NARAPIDANA
        |NAMA NARAPIDANA/TAHANAN|NAMA LENGKAP WBP|NAMA LENGKAP/ALIAS/BIN|NAMA LENGKAP/ALIAS|NAMA/ALIAS
        |NAMA DAN ALIAS|NAMA/ALIAS/BIN|NAMA LENGKAP DAN ALIAS|NAMA WARGA BINAAN
        |NAMA WARGA BINAAN PEMASYARAKATAN|NAMA PENGHUNI|NAMA TERSANGKA|NAMA NAPI|NAMA NAPI/TAHANAN
        |NAMA TAHANAN/NAPI|NAMA BIN/BINTI|NAMA LENGKAP BIN/BINTI""",
    "alias": "ALIAS|NAMA ALIAS|NAMA PANGGILAN|NAMA KECIL",
    "father": "BIN|BIN/BINTI|BINTI|NAMA AYAH|NAMA ORANG TUA|NAMA BAPAK|NAMA AYAH KANDUNG",
    "sex": "JK|KELAMIN|JENIS KELAMIN|L/P|JENIS KELAMIN L/P|SEX|GENDER|JNS KELAMIN|JENIS KEL|JNS KEL",
    "birth_place": "TEMPAT LAHIR|TMPT LHR|TMP LAHIR|TMPT LAHIR|TPT LAHIR|TEMPAT|KOTA LAHIR",
    "birth_date": "TANGGAL LAHIR|TGL LAHIR|TGL LHR|TANGGAL LHR|TGL",
    "birth_place_date": """TTL|TEMPAT TANGGAL LAHIR|TEMPAT/TANGGAL LAHIR|TEMPAT/TGL LAHIR|TTL/UMUR|TTL/USIA
        |TEMPAT DAN TANGGAL LAHIR|TEMPAT & TGL LAHIR|TMPT/TGL LAHIR|TEMPAT LAHIR/TANGGAL LAHIR
        |TEMPAT DAN TGL LAHIR|TEMPAT/TANGGAL LAHIR/UMUR|TEMPAT TGL LAHIR/UMUR|TEMPAT TANGGAL LAHIR/UMUR
        |TMPT TGL LAHIR|KELAHIRAN|UMUR/TTL""",
    "age": "UMUR|USIA|UMUR TAHUN|USIA TH|UMUR/TH|USIA TAHUN|UMUR TH",
    "marital": """STATUS PERKAWINAN|STS|STS KAWIN|STATUS KAWIN|KAWIN|STATUS NIKAH|STATUS PERNIKAHAN|STATUS
        |STATUS PERKAWINAN B/S/P""",
    "nationality": "KEWARGANEGARAAN|WN|WARGA NEGARA|KEBANGSAAN|WNI/WNA",
    "occupation": "PEKERJAAN|PROFESI|JABATAN",
    "address": """ALAMAT|ALAMAT ASAL|ALAMAT LENGKAP|JALAN/DUKUH|JALAN|KAMPUNG|ALAMAT RUMAH|ALAMAT TINGGAL
        |ALAMAT KTP|TEMPAT TINGGAL|DUKUH|ALAMAT JALAN/DUKUH|ALAMAT SESUAI KTP|ALAMAT TEMPAT TINGGAL
        |DUSUN|ALAMAT DOMISILI""",
    "rt": "RT|ALAMAT RT",
    "rw": "RW|ALAMAT RW",
    "rt_rw": "RT/RW|ALAMAT RT/RW",
    "disability": "DISABILITAS|DIS|DIFABEL|JENIS DISABILITAS|RAGAM DISABILITAS",
    "ektp": """STATUS PEREKAMAN KTP EL|EKTP|KTPEL|STATUS KTP EL|PEREKAMAN KTP EL|REKAM KTP EL|STATUS EKTP
        |STATUS PEREKAMAN|STATUS REKAM""",
    "source_of_data": "SUMBER|SUMBER DATA",
    "remark": "KETERANGAN|KET",
    "tps": "TPS|NO TPS|NOMOR TPS|TPS ID|ID TPS",
    "village": """DESA/KELURAHAN|KELURAHAN/DESA|DESA/KEL|KEL/DESA|KELURAHAN|DESA|NAMA KELURAHAN|NAMA DESA|KEL
        |ALAMAT DESA/KELURAHAN|ALAMAT DESA|ALAMAT KELURAHAN|DESA/KELURAHAN DOMISILI""",
    "village_code": "KEL ID|KELURAHAN ID|DESA ID|KODE KELURAHAN|KODE DESA|KODE KEL|KODE WILAYAH|ID KEL",
    "district": "KECAMATAN|KEC|NAMA KECAMATAN|ALAMAT KECAMATAN|ALAMAT KEC",
    "district_code": "KEC ID|KECAMATAN ID|KODE KECAMATAN|KODE KEC|ID KEC",
    "regency": """KABUPATEN/KOTA|KAB/KOTA|KABUPATEN|KOTA|KAB|KABKO|NAMA KABUPATEN|KOTA/KABUPATEN
        |ALAMAT KABUPATEN|ALAMAT KAB""",
    "province": "PROVINSI|PROPINSI|PROV|ALAMAT PROVINSI",
    "stage_code": "TAHAPAN ID|TAHAPAN",
    "updated": "UPDATED AT|LATITUDE|LONGITUDE",
    # moved-voter list
    "from_tps": "TPS ASAL|ASAL TPS|NO TPS ASAL|TPS TERDAFTAR|NOMOR TPS ASAL",
    "from_village": """KELURAHAN ASAL|DESA ASAL|DESA/KELURAHAN ASAL|KEL/DESA ASAL|DESA/KEL ASAL
        |ASAL DESA/KELURAHAN
        |ASAL DESA/KEL|ASAL KELURAHAN|ASAL DESA|ASAL KEL/DESA|KELURAHAN/DESA ASAL|ASAL KELURAHAN/DESA""",
    "from_district": "KECAMATAN ASAL|ASAL KECAMATAN|KEC ASAL|ASAL KEC",
    "from_regency": """KABUPATEN ASAL|KABUPATEN/KOTA ASAL|KAB/KOTA ASAL|KAB ASAL|ASAL KABUPATEN/KOTA
        |ASAL KAB/KOTA
        |ASAL KABUPATEN|KOTA ASAL|ASAL KAB|ASAL KOTA""",
    "from_province": "PROVINSI ASAL|ASAL PROVINSI|PROV ASAL|ASAL PROV",
    "to_tps": "TPS TUJUAN|TUJUAN TPS|NO TPS TUJUAN|NOMOR TPS TUJUAN",
    "to_village": """KELURAHAN TUJUAN|DESA TUJUAN|DESA/KELURAHAN TUJUAN|KEL/DESA TUJUAN|TUJUAN DESA/KELURAHAN
        |TUJUAN DESA/KEL|TUJUAN KELURAHAN|DESA/KEL TUJUAN|TUJUAN DESA|TUJUAN KEL/DESA
        |KELURAHAN/DESA TUJUAN""",
    "to_district": "KECAMATAN TUJUAN|TUJUAN KECAMATAN|KEC TUJUAN|TUJUAN KEC",
    "to_regency": """KABUPATEN TUJUAN|KABUPATEN/KOTA TUJUAN|KAB/KOTA TUJUAN|TUJUAN KABUPATEN/KOTA
        |TUJUAN KAB/KOTA
        |TUJUAN KABUPATEN""",
    "to_province": "PROVINSI TUJUAN|TUJUAN PROVINSI|PROV TUJUAN|TUJUAN PROV",
    "move_reason": "ALASAN|ALASAN PINDAH|ALASAN PINDAH MEMILIH",
    # registers
    "registration_number": """NO REGISTRASI|NOMOR REGISTRASI|NO REG|NOREG|NO REGISTER|NOMOR REGISTER
        |REGISTRASI|REG
        |NOMOR REG|REGISTER|NO REG INSTANSI""",
    "register_class": "GOLONGAN|GOL|GOLONGAN REGISTRASI|JENIS REGISTRASI|GOL REG",
    "entry_date": """TGL MASUK|TANGGAL MASUK|TANGGAL DITAHAN|TGL DITAHAN|TGL PENAHANAN|TANGGAL PENAHANAN
        |TGL MULAI DITAHAN|TANGGAL MULAI DITAHAN|TMT PENAHANAN|TGL TAHAN|TANGGAL TAHAN""",
    "release_date": """TGL EKSPIRASI|TANGGAL EKSPIRASI|EKSPIRASI|EXPIRASI|TGL EXPIRASI|TANGGAL EXPIRASI
        |TGL BEBAS
        |TANGGAL BEBAS|SD TANGGAL|S/D TANGGAL|S.D.|SAMPAI DENGAN|MASA PENAHANAN SD|TGL BERAKHIR
        |BERAKHIR|PENAHANAN SD|SD TGL|AKHIR PENAHANAN|TGL AKHIR PENAHANAN|TANGGAL BERAKHIR""",
    "block": "BLOK|KAMAR|BLOK/KAMAR|BLOK KAMAR|SEL|KAMAR/BLOK|BLOK DAN KAMAR|BLOK/SEL",
    "unit": "SATUAN|SATKER|FUNGSI|UNIT|PENYIDIK|SATUAN KERJA|SATFUNG",
    "detention_order": "NO SP HAN|SP HAN|NOMOR SP HAN|SPRIN HAN|NO SPRIN HAN",
    # correction workbooks: which row of which list a row corrects (`writing.corrections`)
    "corrects_file": "RUTANVOTE BERKAS",
    "corrects_sheet": "RUTANVOTE LEMBAR",
    "corrects_row": "RUTANVOTE BARIS",
    # never stored (domain 9: an offence is criminal-record data; religion is not needed)
    "ignored": """RUTANVOTE YANG SALAH|RUTANVOTE CARA MEMPERBAIKI
        |PASAL|PERKARA|PASAL/PERKARA|PERKARA/PASAL|JENIS KEJAHATAN|JENIS PERKARA|TINDAK PIDANA
        |KEJAHATAN|KASUS|PASAL YANG DISANGKAKAN|PASAL YANG DILANGGAR|JENIS TINDAK PIDANA|AGAMA
        |PENDIDIKAN|SUKU|LAMA PIDANA|PIDANA|VONIS|HUKUMAN|UANG DENDA|DENDA|SUBSIDER|FOTO|SIDIK JARI
        |GOL DARAH|NO HP|HP|EMAIL|PERPANJANGAN|TGL KELUAR|TANGGAL KELUAR|TUJUAN|JENIS BEBAS|PENAHANAN
        |MASA PENAHANAN|PUTUSAN|LAMA HUKUMAN""",
}  # fmt: skip
IGNORED = "ignored"
# What a heading says below its name: "(L/P)", "B/S/P", "S/B", "(sesuai KTP)", "(TAHUN)"
_CODES_BELOW = re.compile(r"[\s(\[]*(?:\(.*|\[.*|(?:\w{1,2}(?:\s*[/,;|-]\s*|\s*$))+)", re.DOTALL)


def fold_heading(heading: str) -> str:
    """Return a heading as compared: capitals and digits only."""
    return re.sub(r"[^A-Z0-9]", "", heading.upper())


_FIELD_BY_HEADING = {
    fold_heading(spelling): field
    for field, spellings in _HEADINGS.items()
    for spelling in spellings.split("|")
    if spelling.strip()
}
_LONGEST = 80  # no heading is longer; a cell that is one never needs looking up


@lru_cache(maxsize=8192)  # a workbook repeats its headings on every sheet
def field_of(heading: str) -> str:
    """Return our field of one heading, "" when nobody knows it."""
    if len(heading) > _LONGEST:
        return ""
    field = _FIELD_BY_HEADING.get(fold_heading(heading), "")
    if field or not ("\n" in heading or "(" in heading):
        return field
    cuts = [place for mark in "\n(" if (place := heading.find(mark)) > 0]
    for cut in sorted(cuts, reverse=True):
        if _CODES_BELOW.fullmatch(heading[cut:].strip()):
            field = field or field_of(heading[:cut].strip())
    return field


def fields_of(headings: Sequence[str], below: Sequence[str] | None = None, taken: Iterable[str] = ()) -> list[str]:
    """Return our field for each column of a heading row, "" for unknown ones and for those already `taken`.

    `below`: a second heading row, under merged cells of the first ("ALAMAT" over "JALAN/DUKUH", "RT", "RW").
    A field is given to its first column only; a later column of the same heading stays unknown.
    """
    if below is None:
        return first_of_each([field_of(heading) for heading in headings], taken)
    both = zip(headings, fields_under(headings, below), below, strict=True)
    return first_of_each([found if under else field_of(heading) for heading, found, under in both], taken)


def fields_under(headings: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return our field for each cell of a second heading row, read with the merged cell over it.

    "LAHIR" over "TEMPAT" and "TANGGAL" is birth place and birth date; "ASAL" over "TPS" the TPS left.
    """
    fields, over = [], ""
    for heading, under in zip(headings, below, strict=True):
        over = heading or over
        found = field_of(f"{over} {under}") or field_of(f"{under} {over}") or field_of(under)
        fields.append(found if under else "")
    return fields


def first_of_each(fields: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """Return "" for every field that was there before; what is ignored may stand in many columns."""
    seen = set(taken) - {IGNORED}
    kept = []
    for field in fields:
        kept.append("" if field in seen else field)
        if field != IGNORED:
            seen.add(field)
    return kept
