"""What minutes of change say of each person who is not in a version as in the one approved before."""

from collections.abc import Mapping
from datetime import date

from reconcile.deciding.election_parts import Election
from reconcile.versions import PersonChange, PersonChangeKind, VersionRow
from reconcile.writing.papers.words import ANSWERS, OUTCOMES, REASONS, day_in_digits

KINDS: Mapping[str, str] = {
    PersonChangeKind.ADDED: "bertambah",
    PersonChangeKind.STRUCK: "berkurang",
    PersonChangeKind.CHANGED: "berubah",
}
# What is told, and how; identity numbers are told as different, never with their digits. What is not named here follows
# from the outcome, or is custody's own (block, register number) and changes no list.
_FIELDS: Mapping[str, str] = {
    "outcome": "hasil", "name": "nama", "nik": "NIK", "nkk": "No. KK", "sex": "jenis kelamin",
    "birth_date": "tanggal lahir", "marital": "status perkawinan", "address": "alamat", "rt": "RT",
    "rw": "RW", "village": "desa/kelurahan", "district": "kecamatan", "regency": "kabupaten/kota",
    "ballots": "surat suara", "roll_tps": "TPS terdaftar", "roll_region": "wilayah TPS terdaftar",
    "disability": "disabilitas", "ektp": "status KTP-el",
}  # fmt: skip
_HIDDEN = frozenset({"nik", "nkk"})


def is_told(change: PersonChange) -> bool:
    """Say whether a change stands in the minutes: somebody who came or went, or a field that lists show."""
    return change.kind is not PersonChangeKind.CHANGED or any(name in _FIELDS for name in change.fields)


def line(change: PersonChange, election: Election) -> list[str]:
    """Return name, kind, what was, what is, and who decided it and why, as the minutes have them."""
    row = change.row
    names = [name for name in _FIELDS if name in change.fields]
    sides = [
        "; ".join(f"{_FIELDS[name]}: {_value(side, name, which, election)}" for name in names)
        if names and side
        else OUTCOMES[side.outcome]
        if side
        else "-"
        for side, which in ((change.before, "lama"), (change.after, "baru"))
    ]
    return [row.name or row.held_name, KINDS[change.kind], *sides, _decided(change)]


def _decided(change: PersonChange) -> str:
    if not change.officer:
        return "data daftar"
    words = (ANSWERS.get(change.answer, ""), REASONS.get(change.reason, ""), change.note)
    said = ", ".join(word for word in words if word)
    return f"{change.officer}: {said}" if said else change.officer


def _value(row: VersionRow, name: str, which: str, election: Election) -> str:
    value = getattr(row, name)
    if name in _HIDDEN:
        return which if value else "tidak ada"
    if name == "outcome":
        return OUTCOMES[value]
    if name == "ballots":
        types = (one.name["id"] for one in election.ballots if value and one.code in value)
        return "belum dapat ditentukan" if value is None else ", ".join(types) or "tidak ada"
    return day_in_digits(value) if isinstance(value, date) else str(value or "-")
