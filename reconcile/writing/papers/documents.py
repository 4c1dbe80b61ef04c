"""What each PDF says, as data for its template: texts, tables and signatures, all from one version."""

from collections.abc import Mapping, Sequence
from typing import Any

from reconcile.records import Outcome
from reconcile.versions import VersionRow, in_groups
from reconcile.writing.papers import fields as f
from reconcile.writing.papers.changes import KINDS, is_told, line
from reconcile.writing.papers.counts import SexCount, ballot_needs, by_sex, tasks, undetermined
from reconcile.writing.papers.matter import Matter
from reconcile.writing.papers.offices import kpu, of_the_list, of_the_meeting
from reconcile.writing.papers.sheets import Signature
from reconcile.writing.papers.words import (
    ACTIONS,
    ACTORS,
    COPIES,
    NOT_OFFICIAL,
    OUTCOMES,
    REMARKS,
    WORKING_PAPER,
    clock,
    day_in_digits,
    day_in_words,
    number,
)

Data = dict[str, Any]
_GROUPS_IN_A_LINE = 8
_SEXES = ("L", "P", "Tidak tercatat", "Jumlah")


def frame(matter: Matter, title: str, model: str = "") -> Data:
    """Return what every paper has: its marks, the version at its foot, the place and the election."""
    version = matter.version
    approval = (
        f"yang disetujui tanggal {day_in_words(matter.moment)} pukul {clock(matter.moment)}"
        if version.approved
        else "yang masih berupa rancangan dan belum disetujui"
    )
    return {
        "title": f"{title}: {version.place}, versi {version.number}",
        "author": f"KPU {matter.regency}",
        "model": model,
        "marks": {"working": WORKING_PAPER, "official": NOT_OFFICIAL, "copy": COPIES[matter.audience]},
        "foot": {"edition": matter.edition, "mark": _lines(matter.mark)},
        "place": version.place.upper(),
        "place-name": version.place,
        "tps": f.tps_name(version.tps),
        "election": matter.election.name["id"].upper(),
        "election-name": matter.election.name["id"],
        "number": version.number,
        "as-of": day_in_words(version.as_of),
        "approval": approval,
    }


def _lines(mark: str) -> list[str]:
    groups = mark.split()
    return [" ".join(groups[at : at + _GROUPS_IN_A_LINE]) for at in range(0, len(groups), _GROUPS_IN_A_LINE)]


def mark_lines(mark: str) -> list[str]:
    """Return a fingerprint as papers print it: groups of four, eight in a line."""
    return _lines(in_groups(mark))


def signed_by(blocks: Sequence[Signature]) -> list[Mapping[str, str]]:
    return [{"office": one.office, "role": one.role} for one in blocks]


def _of_sexes(label: str, count: SexCount) -> list[str]:
    return [label, *(number(n) for n in (count.men, count.women, count.unstated, count.whole))]


def outcome_counts(matter: Matter) -> Data:
    """Return everybody by outcome and sex; the last line is the sum of those above and of the version."""
    rows = [
        _of_sexes(OUTCOMES[outcome], by_sex(matter, some))
        for outcome in Outcome
        if (some := matter.version.with_outcome(outcome))
    ]
    rows.append(_of_sexes("Jumlah", by_sex(matter, matter.version.rows)))
    return {"head": ["Hasil", *_SEXES], "rows": rows}


def meeting(matter: Matter) -> Data:
    """Minutes of the meeting."""
    left = [
        [ACTORS[one.actor], ACTIONS[one.action], number(one.people), day_in_digits(one.due) if one.due else "-"]
        for one in tasks(matter)
    ]
    return frame(matter, "Berita acara rapat") | {
        "counts": outcome_counts(matter),
        "ballots": _ballots(matter),
        "tasks": {"head": ["Pelaksana", "Yang dikerjakan", "Orang", "Paling lambat"], "rows": left},
        "signatures": signed_by(of_the_meeting(matter)),
    }


def _ballots(matter: Matter) -> Data:
    rows = [
        [
            one.ballot.name["id"], number(one.fixed + one.moved), number(one.expected), number(one.needed),
            "belum diketahui" if one.lacking is None else number(one.lacking),
        ]
        for one in ballot_needs(matter)
    ]  # fmt: skip
    unknown = len(undetermined(matter))
    note = f"Tidak termasuk {number(unknown)} pemilih yang surat suaranya belum dapat ditentukan." if unknown else ""
    head = ["Jenis surat suara", "Pemilih pasti", "Masih diurus", "Kebutuhan", "Kekurangan"]
    return {"head": head, "rows": rows, "note": note}


_ANNEX = ((f.NIK, 5), (f.NAME, 8), (f.SEX_OF, 1.4))


def list_minutes(matter: Matter) -> Data:
    """Minutes of the list, with everybody of the version in the annex."""
    recap = []
    for category, label in matter.election.categories.items():
        some = [row for row in matter.version.rows if row.category == category]
        recap.append(_of_sexes(f"{label.name['id']} ({label.short})", by_sex(matter, some)))
    rest = [row for row in matter.version.rows if not row.category]
    recap.append(_of_sexes("Tidak memilih di TPS ini atau belum dapat dipastikan", by_sex(matter, rest)))
    recap.append(_of_sexes("Jumlah", by_sex(matter, matter.version.rows)))
    shown = [(field, width) for field, width in _ANNEX if matter.audience not in field.hidden_from]
    people = [
        [str(n), *(field.text(row, matter) for field, _ in shown), _kind(row, matter), REMARKS[row.outcome] or "-"]
        for n, row in enumerate(matter.version.rows, start=1)
    ]
    return frame(matter, "Berita acara daftar pemilih") | {
        "recap": {"head": ["Jenis daftar", *_SEXES], "rows": recap},
        "counts": outcome_counts(matter),
        "people": {
            "head": ["No", "NIK", "Nama", "L/P", "Daftar", "Keterangan"],
            "columns": [1.4, *(width for _, width in shown), 2.6, 4.4],
            "rows": people,
            "legend": [f"{short}: {_inside(OUTCOMES[one])}" for one, short in REMARKS.items() if short],
        },
        "signatures": signed_by(of_the_list(matter)),
    }


def _inside(sentence: str) -> str:
    """Return a sentence as a part of another: abbreviations keep their capitals."""
    return sentence[0].lower() + sentence[1:]


def _kind(row: VersionRow, matter: Matter) -> str:
    return matter.election.categories[row.category].short if row.category else "-"


def change_minutes(matter: Matter) -> Data:
    """Minutes of change between the earlier version and this one. Raises ValueError where there is none."""
    before = matter.previous
    if before is None:
        raise ValueError("no earlier version")
    found = [one for one in matter.changes if is_told(one)]
    counts = [
        [f"Pemilih dan tahanan pada versi {before.number}", number(len(before.rows))],
        *([name.capitalize(), number(sum(one.kind == kind for one in found))] for kind, name in KINDS.items()),
        [f"Pemilih dan tahanan pada versi {matter.version.number}", number(len(matter.version.rows))],
    ]
    rows = [[str(n), *line(one, matter.election)] for n, one in enumerate(found, start=1)]
    return frame(matter, "Berita acara perubahan") | {
        "before": before.number,
        "mark-before": in_groups(before.mark),
        "counts": {"head": ["Uraian", "Orang"], "rows": counts},
        "changes": {"head": ["No", "Nama", "Perubahan", "Semula", "Menjadi", "Diputus oleh"], "rows": rows},
        "signatures": signed_by(of_the_list(matter)),
    }


def contents(matter: Matter, files: Sequence[Data]) -> Data:
    """The first page of a pack: its files with pages, rows and fingerprints."""
    return frame(matter, "Daftar isi paket rapat") | {
        "head": ["No", "Dokumen dan sidik jari", "Halaman", "Baris"],
        "files": [*files],
        "signatures": signed_by((kpu(matter),)),
    }
