"""The words of the papers: Indonesian, as an election office writes them. Papers are never translated."""

from collections.abc import Mapping
from datetime import date, datetime, time

from reconcile.deciding.codes import Action, Actor
from reconcile.records import Outcome, Sex

WORKING_PAPER = "KERTAS KERJA"
NOT_OFFICIAL = "bukan dokumen resmi KPU"
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ZONES: Mapping[str, str] = {
    "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT",
}  # fmt: skip
_ONES = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip

SEX: Mapping[str, str] = {Sex.MALE: "L", Sex.FEMALE: "P"}

# What a paper says of a copy in which something is hidden.
COPIES: Mapping[str, str] = {
    "kpu": "",
    "office": "Salinan dengan NIK dan NKK disamarkan",
    "public": "Salinan untuk umum tanpa NIK, NKK dan tanggal lahir",
}

# The outcomes as lines of minutes, in the order of `Outcome`.
OUTCOMES: Mapping[str, str] = {
    Outcome.NEEDS_REVIEW: "Belum dapat dipastikan, masih diperiksa",
    Outcome.INELIGIBLE: "Tidak memenuhi syarat",
    Outcome.DUPLICATE: "Tercatat ganda, satu catatan harus dicoret",
    Outcome.LEAVING: "Bebas sebelum hari pemungutan suara, memilih di tempat asal",
    Outcome.LEFT: "Tercatat di TPS ini tetapi tidak lagi ditahan",
    Outcome.FIXED_HERE: "Terdaftar sebagai pemilih tetap di TPS ini",
    Outcome.MOVED_HERE: "Sudah terdaftar pindah memilih ke TPS ini",
    Outcome.NEEDS_TRANSFER: "Terdaftar di TPS lain, perlu surat pindah memilih",
    Outcome.TOO_LATE: "Terdaftar di TPS lain, tenggat pindah memilih sudah lewat",
    Outcome.NEEDS_IDENTITY: "Belum ditemukan, NIK atau perekaman KTP-el belum ada",
    Outcome.OTHER_REGENCY: "Belum ditemukan, alamat di kabupaten/kota lain",
    Outcome.NOT_ON_ROLL: "Tidak ditemukan dalam daftar pemilih",
}

# The same in one or two words, for the remarks of a list.
REMARKS: Mapping[str, str] = {
    Outcome.NEEDS_REVIEW: "diperiksa",
    Outcome.INELIGIBLE: "TMS",
    Outcome.DUPLICATE: "ganda",
    Outcome.LEAVING: "akan bebas",
    Outcome.LEFT: "keluar",
    Outcome.FIXED_HERE: "",
    Outcome.MOVED_HERE: "sudah pindah memilih",
    Outcome.NEEDS_TRANSFER: "surat belum terbit",
    Outcome.TOO_LATE: "lewat tenggat",
    Outcome.NEEDS_IDENTITY: "identitas",
    Outcome.OTHER_REGENCY: "luar daerah",
    Outcome.NOT_ON_ROLL: "belum terdaftar",
}
REMARKS_EXPLAINED = (
    "keluar: tercatat di TPS ini tetapi tidak lagi ditahan; namanya tidak boleh dipakai orang lain",
    "akan bebas: bebas sebelum hari pemungutan suara",
    "ganda: tercatat lebih dari satu kali, satu catatan harus dicoret KPU",
    "TMS: tidak memenuhi syarat",
)

ACTIONS: Mapping[str, str] = {
    Action.SETTLE_REVIEW: "Memastikan sumber data yang benar",
    Action.SEND_EVIDENCE: "Mengirim bukti tidak memenuhi syarat kepada KPU",
    Action.STRIKE_ONE: "Mencoret catatan ganda",
    Action.MOVE_BACK: "Mengurus pindah memilih kembali ke TPS asal",
    Action.MOVE_ALONG: "Mengurus pindah memilih ke TPS yang melayani tempatnya pada hari pemungutan suara",
    Action.ASK_KPU: "Menentukan tempat memilih bagi yang bebas setelah tenggat",
    Action.VOTE_AT_HOME: "Memberitahukan agar memilih di TPS asal",
    Action.MARK_COPY: "Menandai nama yang keluar pada salinan daftar di TPS",
    Action.COUNT_BALLOTS: "Menghitung surat suara",
    Action.ISSUE_TRANSFER_LETTER: "Menerbitkan surat pindah memilih",
    Action.EXPLAIN_NO_BALLOT: "Menjelaskan bahwa tidak ada surat suara bagi alamat di luar provinsi",
    Action.RECORD_LOSS: "Mencatat hak pilih yang hilang dan memberitahukan Bawaslu",
    Action.FIND_NIK: "Mencari NIK",
    Action.RECORD_EKTP: "Melakukan perekaman KTP-el",
    Action.ASK_OTHER_KPU: "Meminta pencarian kepada KPU kabupaten/kota alamat asal",
    Action.SEARCH_SIDALIH: "Mencari dalam Sidalih",
}
ACTORS: Mapping[str, str] = {
    Actor.KPPS: "KPPS",
    Actor.KPU: "KPU",
    Actor.INSTITUTION: "Rutan/Polres",
    Actor.DISDUKCAPIL: "Disdukcapil",
}

# What officers answered and why, as minutes of change have it.
ANSWERS: Mapping[str, str] = {
    "same": "orang yang sama",
    "not_this": "bukan orang ini",
    "no_list": "tidak ada di daftar",
    "unsure": "tidak yakin",
    "neither": "bukan keduanya",
}
REASONS: Mapping[str, str] = {
    "relative": "kerabat atau kembar",
    "namesake": "nama sama, orang lain",
    "nik": "NIK milik orang lain",
    "birth": "tanggal lahir milik orang lain",
    "home": "alamat lain",
    "paper": "dilihat pada KTP-el atau KK",
    "searched": "sudah dicari di daftar, tidak ada",
    "other": "alasan lain",
}

COLOURS: Mapping[str, str] = {"yellow": "kuning", "red": "merah", "grey": "abu-abu", "blue": "biru", "green": "hijau"}


def day_in_digits(day: date) -> str:
    """Return "05-09-1990", as offices write a date in a table."""
    return day.strftime("%d-%m-%Y")


def day_in_words(day: date) -> str:
    """Return "5 September 1990"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    return DAYS[day.weekday()]


def clock(moment: datetime | time) -> str:
    """Return "14.05"."""
    return moment.strftime("%H.%M")


def number(count: int) -> str:
    """Return a count with dots between thousands: "1.234"."""
    return f"{count:,}".replace(",", ".")


def spelt(count: int) -> str:
    """Return a count in words, for minutes that are signed: 116 -> "seratus enam belas". 0 to 999,999."""
    if count < 12:
        return _ONES[count]
    if count < 20:
        return f"{_ONES[count - 10]} belas"
    for size, word, once in ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", "")):
        if count >= size:
            head, rest = divmod(count, size)
            text = once if once and head == 1 else f"{spelt(head)} {word}"
            return f"{text} {spelt(rest)}" if rest else text
    raise ValueError("no count")
