"""The workbooks of ballots and visits: how many of each kind, from whom, where to and when."""

from collections import Counter
from datetime import time

from reconcile.versions import VersionRow
from reconcile.writing.papers import fields as f
from reconcile.writing.papers.counts import BallotNeed, ballot_needs, undetermined
from reconcile.writing.papers.fields import tps_name
from reconcile.writing.papers.lists import columns, identity, sexes, table
from reconcile.writing.papers.matter import Audience, Matter, VisitSheet
from reconcile.writing.papers.offices import kpu, of_the_list
from reconcile.writing.papers.sheets import Column, Sheet, Value
from reconcile.writing.papers.words import COLOURS, clock, day_in_digits

_UNKNOWN = "belum diketahui"


def ballot_sheets(matter: Matter) -> list[Sheet]:
    """What the TPS needs of each ballot, is given and lacks; who lends; and of whom nothing can be said."""
    found = ballot_needs(matter)
    sheets = [_needs(matter, found)]
    if any(one.loans for one in found):
        sheets.append(_loans(matter, found))
    if matter.audience is not Audience.PUBLIC:
        sheets.append(_undetermined(matter))
    return sheets


def _needs(matter: Matter, found: tuple[BallotNeed, ...]) -> Sheet:
    names = matter.election.categories
    cells = (
        Column("Jenis surat suara", 34), Column("Warna", 10), Column(names["fixed"].short, 10, "Pemilih pasti"),
        Column(names["moved"].short, 10, "Pemilih pasti"), Column("Masih diurus", 12), Column("Kebutuhan", 12),
        Column("Dicetak", 14), Column("Kekurangan", 14),
    )  # fmt: skip
    lines = [
        (
            n, one.ballot.name["id"], COLOURS.get(one.ballot.colour, ""), one.fixed, one.moved, one.expected,
            one.needed, *(_UNKNOWN if value is None else value for value in (one.given, one.lacking)),
        )
        for n, one in enumerate(found, start=1)
    ]  # fmt: skip
    rule = matter.election.reserve
    return Sheet(
        tab="KEBUTUHAN",
        model="",
        titles=(f"KEBUTUHAN SURAT SUARA: {matter.version.place.upper()}", matter.election.name["id"].upper()),
        identity=identity(matter),
        columns=(Column("No", 6), *cells),
        rows=tuple(lines),
        totals=(("PEMILIH BELUM DAPAT DITENTUKAN", len(undetermined(matter))),),
        notes=(
            "Kebutuhan = pemilih pasti + masih diurus (surat belum terbit atau catatan ganda belum dicoret).",
            f"Dicetak = pemilih tetap TPS + cadangan {rule.numerator}/{rule.denominator} dibulatkan ke atas"
            + (" + pemilih pindahan." if rule.counts_moved else "; tidak dicetak untuk pemilih pindahan."),
            "Usulan pinjaman bukan keputusan: KPU yang menetapkan, dengan berita acara.",
        ),
        signatures=of_the_list(matter)[:2],
    )


def _loans(matter: Matter, found: tuple[BallotNeed, ...]) -> Sheet:
    lines = [
        (one.ballot.name["id"], tps_name(str(loan.lender)), loan.from_reserve, loan.own, loan.count)
        for one in found
        for loan in one.loans
    ]
    names = (
        ("Jenis surat suara", 34), ("TPS pemberi", 44), ("Dari cadangan", 12), ("Dari jatah pemilihnya", 14),
        ("Jumlah", 10),
    )  # fmt: skip
    return Sheet(
        tab="USULAN PINJAMAN",
        model="",
        titles=("USULAN PEMINJAMAN SURAT SUARA DARI TPS PENYANGGA", matter.election.name["id"].upper()),
        identity=identity(matter),
        columns=(Column("No", 6), *(Column(name, width) for name, width in names)),
        rows=tuple((n, *line) for n, line in enumerate(lines, start=1)),
        signatures=(kpu(matter),),
    )


def _undetermined(matter: Matter) -> Sheet:
    rows = undetermined(matter)
    shown = (f.NAME, f.NIK, f.SEX_OF, f.STREET, f.VILLAGE, f.DISTRICT, f.REGENCY, f.REMARK)
    return Sheet(
        tab="BELUM DITENTUKAN",
        model="",
        titles=("PEMILIH YANG SURAT SUARANYA BELUM DAPAT DITENTUKAN", matter.election.name["id"].upper()),
        identity=identity(matter),
        columns=columns(matter, shown),
        rows=tuple(table(matter, shown, rows)),
        totals=sexes(matter, rows),
        notes=("Alamat KTP-el belum diketahui sampai daerah pemilihannya; surat suara tidak ditebak.",),
    )


def carried(matter: Matter, visit: VisitSheet) -> Counter[str]:
    """Return how many ballots of each code a visit needs."""
    return Counter(code for number in visit.people for code in matter.by_number[number].ballots or ())


def visitors(matter: Matter, visit: VisitSheet) -> tuple[VersionRow, ...]:
    """Return the people of a visit by block and name. Raises KeyError for a number the version has not."""
    return tuple(sorted((matter.by_number[n] for n in visit.people), key=lambda row: (row.block, row.name, row.number)))


def visit_list(matter: Matter) -> list[Sheet]:
    """The visits of ballot boxes in the order of their times, then one sheet a visit with its people."""
    return [_schedule(matter), *(_visit(matter, one) for one in in_time(matter))]


def in_time(matter: Matter) -> list[VisitSheet]:
    """Return the visits in the order of their times; what has no time yet comes last."""
    return sorted(matter.visits, key=lambda one: (one.day, one.begins is None, one.begins or time.max, one.number))


def window(visit: VisitSheet) -> str:
    """Return "11.00 sampai 13.00", "" where the hours are not planned yet."""
    if visit.begins is None or visit.ends is None:
        return ""
    return f"{clock(visit.begins)} sampai {clock(visit.ends)}"


def _schedule(matter: Matter) -> Sheet:
    types = matter.election.ballots
    lines: list[tuple[Value, ...]] = []
    for n, one in enumerate(in_time(matter), start=1):
        count = carried(matter, one)
        officers = "; ".join(f"{task}: {name or '........'}" for task, name in one.officers)
        head = (n, one.number, tps_name(one.tps), day_in_digits(one.day), window(one), officers, one.permission)
        lines.append((*head, len(one.people), *(count[ballot.code] for ballot in types)))
    names = (
        ("Kunjungan", 11), ("TPS asal kotak suara", 40), ("Tanggal", 13), ("Pukul", 20), ("Petugas", 50),
        ("Surat izin", 26), ("Orang", 9),
    )  # fmt: skip
    ballots = tuple(Column(one.name["id"], 13, "Surat suara") for one in types)
    return Sheet(
        tab="JADWAL",
        model="",
        titles=(f"JADWAL KUNJUNGAN KOTAK SUARA: {matter.version.place.upper()}", matter.election.name["id"].upper()),
        identity=identity(matter),
        columns=(Column("No", 6), *(Column(name, width) for name, width in names), *ballots),
        rows=tuple(lines),
        signatures=of_the_list(matter)[:2],
    )


def _visit(matter: Matter, visit: VisitSheet) -> Sheet:
    rows = visitors(matter, visit)
    shown = (f.BLOCK, f.NAME, f.SEX_OF, f.NIK, *f.ballot_fields(matter), f.REMARK)
    ticks = (Column("Hadir", 8, ticked=True), Column("Catatan", 20))
    return Sheet(
        tab=f"KUNJUNGAN {visit.number}",
        model="",
        titles=(f"KUNJUNGAN {visit.number}: {matter.version.place.upper()}", matter.election.name["id"].upper()),
        identity=(("TPS ASAL", tps_name(visit.tps)), ("TANGGAL", day_in_digits(visit.day))),
        columns=columns(matter, shown, *ticks),
        rows=tuple((*line, *("",) * len(ticks)) for line in table(matter, shown, rows)),
        totals=sexes(matter, rows),
    )
