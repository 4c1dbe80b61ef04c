"""Two versions of one list -> who came, who went, and what of whom is different."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reconcile.deciding.election_parts import Election
from reconcile.versions import ListVersion, VersionRow
from reconcile.writing.papers.words import OUTCOMES, day_in_digits

# What minutes of change name, and how; identity numbers are told as different, never with their digits.
_FIELDS: Mapping[str, str] = {
    "outcome": "hasil", "name": "nama", "nik": "NIK", "nkk": "No. KK", "sex": "jenis kelamin",
    "birth_date": "tanggal lahir", "marital": "status perkawinan", "address": "alamat", "rt": "RT",
    "rw": "RW", "village": "desa/kelurahan", "district": "kecamatan", "regency": "kabupaten/kota",
    "ballots": "surat suara", "roll_tps": "TPS terdaftar", "roll_region": "wilayah TPS terdaftar",
    "disability": "disabilitas", "ektp": "status KTP-el",
}  # fmt: skip
_HIDDEN = frozenset({"nik", "nkk"})


class Kind(StrEnum):
    ADDED = "bertambah"
    STRUCK = "berkurang"
    CHANGED = "berubah"


@dataclass(frozen=True)
class Change:
    """One person who differs. `was` and `now` in words; the same person has the same key in both versions."""

    kind: Kind
    row: VersionRow
    was: str
    now: str


def changes(before: ListVersion, now: ListVersion, election: Election) -> tuple[Change, ...]:
    """Return the people who differ, in the order of the later version, those who are gone last."""
    names = {one.code: one.name["id"] for one in election.ballots}

    def say(row: VersionRow, fields: list[str], which: str) -> str:
        return "; ".join(f"{_FIELDS[field]}: {_value(row, field, which, names)}" for field in fields)

    old = {_key(row): row for row in before.rows}
    new = {_key(row): row for row in now.rows}
    found = []
    for key, row in new.items():
        if key not in old:
            found.append(Change(Kind.ADDED, row, "", OUTCOMES[row.outcome]))
        elif differing := [name for name in _FIELDS if getattr(old[key], name) != getattr(row, name)]:
            found.append(Change(Kind.CHANGED, row, say(old[key], differing, "lama"), say(row, differing, "baru")))
    gone = (row for key, row in old.items() if key not in new)
    return (*found, *(Change(Kind.STRUCK, row, OUTCOMES[row.outcome], "") for row in gone))


def _key(row: VersionRow) -> tuple[str, ...]:
    """A held person is known by number; a voter whom no register shows, by what the roll says."""
    if row.person is not None:
        return (str(row.person),)
    return ("", row.nik, row.name, row.nkk, row.roll_region, row.roll_tps)


def _value(row: VersionRow, name: str, which: str, ballots: Mapping[str, str]) -> str:
    value = getattr(row, name)
    if name in _HIDDEN:
        return which if value else "tidak ada"
    if name == "outcome":
        return OUTCOMES[value]
    if name == "ballots":
        return "belum dapat ditentukan" if value is None else ", ".join(ballots[code] for code in value) or "tidak ada"
    return day_in_digits(value) if isinstance(value, date) else str(value or "-")
