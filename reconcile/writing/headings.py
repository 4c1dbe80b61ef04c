"""How our fields are headed in the workbooks we write, so that a file of ours can be read again."""

from collections.abc import Mapping

HEADINGS: Mapping[str, str] = {
    "name": "NAMA", "alias": "ALIAS", "father": "BIN/BINTI", "nik": "NIK", "nkk": "NKK",
    "birth_place": "TEMPAT LAHIR", "birth_date": "TANGGAL LAHIR", "sex": "JENIS KELAMIN",
    "marital": "STATUS PERKAWINAN", "nationality": "KEWARGANEGARAAN", "occupation": "PEKERJAAN",
    "address": "ALAMAT", "rt": "RT", "rw": "RW", "registration_number": "NO REGISTRASI",
    "register_class": "GOLONGAN", "entry_date": "TANGGAL MASUK", "release_date": "TANGGAL EKSPIRASI",
    "block": "BLOK", "unit": "SATUAN", "tps": "TPS", "to_tps": "TPS TUJUAN", "disability": "DISABILITAS",
    "ektp": "STATUS KTP EL", "remark": "KETERANGAN",
}  # fmt: skip
