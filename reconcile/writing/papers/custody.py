"""What the papers of visits and loans say: who carried which ballots where, and who signs for them."""

from reconcile.versions import VersionRow
from reconcile.writing.papers import fields as f
from reconcile.writing.papers.documents import Data, frame, signed_by
from reconcile.writing.papers.matter import HandOver, Matter, VisitSheet
from reconcile.writing.papers.needs import carried, in_time, visitors, window
from reconcile.writing.papers.offices import keeper
from reconcile.writing.papers.sheets import Signature
from reconcile.writing.papers.words import clock, day_in_words, number, spelt, weekday

_PEOPLE = ["No", "Blok", "Nama", "L/P", "Surat suara nomor", "Tanda tangan"]
_WITH_THE_BOX = (Signature("KPPS", "Ketua"), Signature("Pengawas TPS", ""), Signature("Pengamanan", ""))
_PEOPLE_WIDTHS = [1.3, 2.4, 7, 1.3, 3.4, 5]


def visits(matter: Matter) -> Data:
    """Sheets for visits of a ballot box, in the order of their times."""
    return frame(matter, "Lembar kunjungan kotak suara") | {
        "officers-head": ["Tugas", "Nama", "Tanda tangan"],
        "ballots-head": ["No", "Jenis surat suara", "Dibawa", "Dipakai", "Rusak", "Kembali"],
        "people-head": _PEOPLE,
        "people-columns": _PEOPLE_WIDTHS,
        "visits": [_visit(matter, one) for one in in_time(matter)],
        "signatures": signed_by(_WITH_THE_BOX[:1] + (keeper(matter),) + _WITH_THE_BOX[1:]),
    }


def _visit(matter: Matter, visit: VisitSheet) -> Data:
    count = carried(matter, visit)
    people = visitors(matter, visit)
    return {
        "number": visit.number,
        "facts": [
            ("TPS asal kotak suara", f.tps_name(visit.tps)),
            ("Tempat yang dikunjungi", matter.version.place),
            ("Hari dan tanggal", f"{weekday(visit.day)}, {day_in_words(visit.day)}"),
            ("Pukul", window(visit)),
            ("Surat izin", visit.permission),
            ("Jumlah pemilih", f"{number(len(people))} orang"),
        ],
        "officers": [(task, name, "") for task, name in visit.officers],
        "ballots": [
            (str(n), one.name["id"], number(count[one.code]), "", "", "")
            for n, one in enumerate(matter.election.ballots, start=1)
        ],
        "people": [
            (str(n), row.block, row.name, f.SEX_OF.text(row, matter), _ballots(row, matter), "")
            for n, row in enumerate(people, start=1)
        ],
    }


def _ballots(row: VersionRow, matter: Matter) -> str:
    """Return the numbers of the ballots that somebody gets, as the table above the people counts them."""
    if row.ballots is None:
        return "tanyakan kepada KPU"
    types = enumerate(matter.election.ballots, start=1)
    return ", ".join(str(n) for n, one in types if one.code in row.ballots) or "tidak ada"


def hand_overs(matter: Matter) -> Data:
    """Minutes of ballots handed from one TPS to another, one a page."""
    return frame(matter, "Berita acara serah terima surat suara") | {
        "head": ["No", "Jenis surat suara", "Jumlah", "Dengan huruf"],
        "hand-overs": [_hand_over(matter, one) for one in matter.hand_overs],
    }


_BLANK_OPENING = "Pada hari ................ tanggal ............................ pukul ............"


def _hand_over(matter: Matter, one: HandOver) -> Data:
    opening = _BLANK_OPENING
    if one.day:
        hour = clock(one.at) if one.at else "............"
        opening = f"Pada hari {weekday(one.day)} tanggal {day_in_words(one.day)} pukul {hour}"
    types = (ballot for ballot in matter.election.ballots if ballot.code in one.ballots)
    count = [(ballot.name["id"], one.ballots[ballot.code]) for ballot in types]
    whole = sum(n for _, n in count)
    lines = [(str(at), name, number(n), spelt(n)) for at, (name, n) in enumerate(count, start=1)]
    counted = f.tps_name(one.counted_at) if one.counted_at else ""
    custody = (
        ("Dibawa oleh", one.carrier), ("Diterima oleh", one.receiver), ("Dikawal oleh", one.escort),
        ("Nomor segel", one.seal), ("Dihitung sesudah pemungutan di", counted),
    )  # fmt: skip
    blocks = (
        Signature(f"KPPS {f.tps_name(one.giver)}", "yang menyerahkan"),
        Signature(f"KPPS {f.tps_name(one.taker)}", "yang menerima"),
        Signature("Pengawas TPS", "saksi"),
        Signature("Pengamanan", "saksi"),
    )
    return {
        "number": one.number,
        "opening": opening,
        "giver": f.tps_name(one.giver),
        "taker": f.tps_name(one.taker),
        "ballots": [*lines, ("", "Jumlah", number(whole), spelt(whole))],
        "custody": custody,
        "signatures": signed_by(blocks),
    }
