"""What voters hold and sign: the moved-voter letters and the attendance lists, as data for their templates."""

from collections.abc import Sequence

from reconcile.records import Outcome, VoterCategory
from reconcile.versions import VersionRow
from reconcile.writing.papers import fields as f
from reconcile.writing.papers.documents import Data, frame, signed_by
from reconcile.writing.papers.lists import identity, sexes
from reconcile.writing.papers.matter import Matter
from reconcile.writing.papers.people import attending
from reconcile.writing.papers.sheets import Signature

_BLANK_LINES = 10  # of the attendance list of people whom no list names beforehand
_UNDETERMINED = "Belum dapat ditentukan: alamat KTP-el belum diketahui. Jangan diserahkan sebelum diisi KPU."
_LETTER_PLACES = ("TPS", "Desa/Kelurahan", "Kecamatan", "Kabupaten/Kota", "Provinsi")


def letters(matter: Matter, rows: Sequence[VersionRow]) -> Data:
    """Moved-voter letters of these people, a page each, in the field order of KPU's form (domain 4.2 (e))."""
    rules = matter.election
    reason = next(one for one in rules.reasons if one.code == rules.detainee_reason)
    return frame(matter, "Surat pindah memilih", rules.letter_form) | {
        "office": f"KOMISI PEMILIHAN UMUM {matter.regency.upper()}",
        "signing": f"KPU {matter.regency}/PPS",
        "regency": matter.regency.removeprefix("Kabupaten "),
        "opening": f"KPU {matter.regency} mengeluarkan surat pindah memilih dalam {rules.name['id']} bagi:",
        "roll": rules.categories[VoterCategory.FIXED].short,
        "reason": f"{reason.name['id']} ({reason.code})",
        "undetermined": _UNDETERMINED,
        "letters": [_letter(row, matter) for row in rows],
    }


def _letter(row: VersionRow, matter: Matter) -> Data:
    names = ("No. KK", "NIK", "Nama Lengkap", "Alamat Lengkap")
    person = (f.NKK.text(row, matter), f.NIK.text(row, matter), row.name, f.home(row))
    due = row.ballots
    return {
        "person": [*zip(names, person, strict=True)],
        "origin": [*zip(_LETTER_PLACES, f.origin(row, matter), strict=True)],
        "target": [*zip(_LETTER_PLACES, f.target(row, matter), strict=True)],
        "ballots": [(one.name["id"], None if due is None else one.code in due) for one in matter.election.ballots],
        "undetermined": due is None,
    }


_ATTENDANCE = ("No", "NIK", "Nama", "L/P", "Keterangan", "Tanda tangan")
_ATTENDANCE_WIDTHS = [1.2, 4.2, 7, 1.2, 2.8, 4.4]


def attendance(matter: Matter) -> Data:
    """C.Daftar Hadir, one for each kind of voter. Who left stands on it and has nowhere to sign."""
    parts = []
    for category, rows in attending(matter):
        label = matter.election.categories[category]
        lines = [
            {
                "cells": [str(n), f.NIK.text(row, matter), row.name, f.SEX_OF.text(row, matter), f.remark(row, matter)],
                "signs": row.outcome != Outcome.LEFT,
                "why": "tidak lagi ditahan",
            }
            for n, row in enumerate(rows, start=1)
        ]
        unregistered = category is VoterCategory.UNREGISTERED
        parts.append(
            {
                "title": f"C.DAFTAR HADIR {label.short.upper()}: {label.name['id'].upper()}",
                "head": _ATTENDANCE,
                "columns": _ATTENDANCE_WIDTHS,
                "rows": lines,
                "blank": _BLANK_LINES if unregistered else 0,
                "totals": [
                    *((name.replace("JUMLAH", "Tercetak"), str(n)) for name, n in sexes(matter, rows)),
                    ("Hadir dan menerima surat suara", ""),
                ],
            }
        )
    return frame(matter, "Daftar hadir pemilih", "C.DAFTAR HADIR") | {
        "identity": [(name.title().replace("Tps", "TPS"), value) for name, value in identity(matter)],
        "parts": parts,
        "signatures": signed_by((Signature("KPPS", "Ketua"), Signature("Pengawas TPS", ""))),
    }
