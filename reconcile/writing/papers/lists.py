"""The workbooks: which people, which columns, which sums and signatures. One function a workbook."""

from collections import Counter
from collections.abc import Iterable, Sequence

from reconcile import regions
from reconcile.records import VoterCategory
from reconcile.versions import VersionRow
from reconcile.writing.papers import fields as f
from reconcile.writing.papers.counts import by_sex
from reconcile.writing.papers.fields import Field
from reconcile.writing.papers.matter import Audience, Matter
from reconcile.writing.papers.offices import keeper, kpu, of_the_list
from reconcile.writing.papers.people import by_block, by_other_regency, for_registry, moved, on_roll, voting
from reconcile.writing.papers.sheets import Column, Sheet, Signature, Value
from reconcile.writing.papers.words import REMARKS_EXPLAINED

_NUMBER = Column("No", 6)
_DASH = "tidak diketahui"


def table(matter: Matter, fields: Sequence[Field], rows: Iterable[VersionRow]) -> list[tuple[Value, ...]]:
    """Return people as rows of a sheet: a running number, then the columns this reader may have."""
    shown = f.fields_for(fields, matter.audience)
    return [(n, *(field.text(row, matter) for field in shown)) for n, row in enumerate(rows, start=1)]


def columns(matter: Matter, fields: Sequence[Field], *blank: Column) -> tuple[Column, ...]:
    """Return the headings that go with `table`; `blank`: columns to be filled in by hand."""
    shown = f.fields_for(fields, matter.audience)
    return (_NUMBER, *(Column(field.heading, field.width, field.group) for field in shown), *blank)


def filled(rows: Iterable[tuple[Value, ...]], blanks: int) -> tuple[tuple[Value, ...], ...]:
    return tuple((*row, *("",) * blanks) for row in rows)


def identity(matter: Matter) -> tuple[tuple[str, str], ...]:
    """Return the block that says where the TPS lies: province, regency, district, village, TPS."""
    number, village, district, regency, province = f.place(matter.tps.region, matter.tps.number)
    labels = ("PROVINSI", "KABUPATEN/KOTA", "KECAMATAN", "DESA/KELURAHAN", "TPS")
    return tuple(zip(labels, (province, regency, district, village, number), strict=True))


def sexes(matter: Matter, rows: Sequence[VersionRow]) -> tuple[tuple[str, Value], ...]:
    """Return the totals below a list: L, P, whose sex is not stated if there is anybody, and the sum."""
    count = by_sex(matter, rows)
    unstated: tuple[tuple[str, Value], ...] = (("JUMLAH tidak tercatat", count.unstated),) if count.unstated else ()
    return (("JUMLAH L", count.men), ("JUMLAH P", count.women), *unstated, ("JUMLAH L+P", count.whole))


def _title(matter: Matter, *lines: str) -> tuple[str, ...]:
    return (*lines, matter.election.name["id"].upper())


_ROLL = (
    f.NKK, f.NIK, f.NAME, f.BIRTH_PLACE, f.BIRTH, f.MARITAL, f.SEX_OF, f.AGE, f.STREET, f.RT, f.RW, f.DISABILITY,
    f.EKTP, f.REMARK,
)  # fmt: skip


def voter_list(matter: Matter) -> list[Sheet]:
    """The roll of the TPS in the layout of Model A-KabKo Daftar Pemilih (domain 4.2 (a); for the public (g))."""
    rows = on_roll(matter)
    label = matter.election.categories[VoterCategory.FIXED].name["id"].upper()
    special = "TPS LOKASI KHUSUS" if matter.election.is_special_tps(matter.tps.number) else "TPS"
    return [
        Sheet(
            tab=f"TPS {matter.tps.number}",
            model="MODEL A-KabKo DAFTAR PEMILIH",
            titles=_title(matter, label, f"{special}: {matter.version.place.upper()}"),
            identity=identity(matter),
            columns=columns(matter, _ROLL),
            rows=tuple(table(matter, _ROLL, rows)),
            totals=sexes(matter, rows),
            notes=_legend(matter),
            signatures=(kpu(matter), keeper(matter)),
        )
    ]


def _legend(matter: Matter) -> tuple[str, ...]:
    if matter.audience is Audience.PUBLIC:
        return ("Keterangan:", *REMARKS_EXPLAINED)
    rules = matter.election
    meanings = (
        ("Status perkawinan", rules.marital), ("Disabilitas", rules.disabilities), ("Status KTP-el", rules.ektp),
    )  # fmt: skip
    said = (f"{name}: " + ", ".join(f"{one.code} = {one.name['id']}" for one in some) for name, some in meanings)
    return ("Keterangan:", *said, *REMARKS_EXPLAINED)


def moved_list(matter: Matter) -> list[Sheet]:
    """The moved voters with where they come from (domain 4.2 (d)) and which ballots they get."""
    rows = moved(matter)
    shown = (
        f.NKK, f.NIK, f.NAME, f.SEX_OF, f.BIRTH_PLACE, f.BIRTH, f.AGE, f.STREET, f.RT, f.RW, *f.ORIGIN, *f.TARGET,
        Field("Alasan", lambda row, m: m.election.detainee_reason, 8), *f.ballot_fields(matter), f.DISABILITY, f.REMARK,
    )  # fmt: skip
    category = matter.election.categories[VoterCategory.MOVED]
    reason = next(one for one in matter.election.reasons if one.code == matter.election.detainee_reason)
    return [
        Sheet(
            tab=f"{category.short} TPS {matter.tps.number}",
            model=f"A-DAFTAR {category.short.upper()}",
            titles=_title(matter, f"{category.name['id'].upper()} ({category.short})", matter.version.place.upper()),
            identity=identity(matter),
            columns=columns(matter, shown),
            rows=tuple(table(matter, shown, rows)),
            totals=sexes(matter, rows),
            notes=(
                f"Alasan {reason.code} = {reason.name['id']}",
                f"Surat suara: {f.TICK} = diberikan, {f.NONE} = tidak, {f.UNKNOWN} = belum dapat ditentukan",
            ),
            signatures=(kpu(matter), keeper(matter)),
        )
    ]


_PERSON = (f.NAME, f.ALIAS, f.FATHER, f.NIK, f.BIRTH_PLACE, f.BIRTH, f.SEX_OF)
_HOME = (f.STREET, f.RT, f.RW, f.VILLAGE, f.DISTRICT, f.REGENCY)


def registry_list(matter: Matter) -> list[Sheet]:
    """Whom Disdukcapil is to find or record, with room for the answer, which is keyed back in."""
    rows = for_registry(matter)
    shown = (*_PERSON, *_HOME, Field("Yang diminta", _asked_of_registry, 26))
    answer = tuple(Column(name, width, "Jawaban Disdukcapil") for name, width in _REGISTRY_ANSWER)
    return [
        Sheet(
            tab="DISDUKCAPIL",
            model="",
            titles=_title(matter, "DAFTAR WARGA BINAAN/TAHANAN YANG MEMERLUKAN NIK ATAU PEREKAMAN KTP-el"),
            identity=(("TEMPAT", matter.version.place), ("KABUPATEN/KOTA", matter.regency)),
            columns=columns(matter, shown, *answer),
            rows=filled(table(matter, shown, rows), len(answer)),
            totals=sexes(matter, rows),
            signatures=(
                kpu(matter),
                Signature(f"Dinas Kependudukan dan Pencatatan Sipil {matter.regency}", "yang menerima"),
            ),
        )
    ]


_REGISTRY_ANSWER = (("NIK ditemukan", 20), ("No. KK ditemukan", 20), ("Tanggal perekaman", 16), ("Catatan", 22))


def _asked_of_registry(row: VersionRow, matter: Matter) -> str:
    wanted = ["cari NIK"] if not row.nik else []
    wanted += ["rekam KTP-el"] if row.ektp == "unrecorded" or row.action == "record_ektp" else []
    return ", ".join(wanted) or "periksa NIK"


def requests(matter: Matter) -> list[Sheet]:
    """What each other regency's KPU is asked, one sheet a regency; one empty sheet says that there is nothing."""
    shown = (*_PERSON[:3], f.NKK, *_PERSON[3:], *_HOME[:5], Field("Yang diminta", _asked_of_kpu, 34))
    names = (("TPS", 7), ("Desa/Kelurahan", 18), ("Kecamatan", 18), ("Catatan", 22))
    answer = tuple(Column(name, width, "Jawaban: terdaftar di") for name, width in names)
    found = by_other_regency(matter) or (("", ()),)
    return [
        Sheet(
            tab=f"{regions.dotted(code)} {regions.name_of(code)}" if code else "KABUPATEN BELUM DIKETAHUI",
            model="",
            titles=_title(matter, "PERMINTAAN PENCARIAN DATA PEMILIH"),
            identity=(("KEPADA", f"KPU {regions.name_of(code).title() or _DASH}"), ("DARI", f"KPU {matter.regency}")),
            columns=columns(matter, shown, *answer),
            rows=filled(table(matter, shown, rows), len(answer)),
            totals=sexes(matter, rows),
            signatures=(kpu(matter), Signature(f"KPU {regions.name_of(code).title() or _DASH}", "yang menjawab")),
        )
        for code, rows in found
    ]


def _asked_of_kpu(row: VersionRow, matter: Matter) -> str:
    return "cari dalam daftar pemilih" if row.action == "ask_other_kpu" else "tandai pindah memilih di TPS asal"


def roll_call(matter: Matter) -> list[Sheet]:
    """Who votes, block by block, with ballots and cells to tick: works on paper and without a network."""
    sheets = [_block(matter, block, rows) for block, rows in by_block(voting(matter))]
    return [_blocks(matter), *sheets]


def _category(row: VersionRow, matter: Matter) -> str:
    return matter.election.categories[VoterCategory(row.category)].short


_PLACE_IN = "BLOK BELUM DIKETAHUI"


def _block(matter: Matter, block: str, rows: Sequence[VersionRow]) -> Sheet:
    ballots = f.ballot_fields(matter)
    shown = (f.NAME, f.SEX_OF, f.NIK, f.REGISTRATION, Field("Daftar", _category, 11), *ballots, f.REMARK)
    ticks = (Column("Hadir", 8, ticked=True), Column("Menerima surat suara", 11, ticked=True), Column("Catatan", 20))
    return Sheet(
        tab=f"BLOK {block}" if block else _PLACE_IN,
        model="",
        titles=_title(matter, f"DAFTAR PANGGIL PEMILIH: BLOK {block}" if block else f"DAFTAR PANGGIL: {_PLACE_IN}"),
        identity=(("TEMPAT", matter.version.place), ("TPS", matter.tps.number)),
        columns=columns(matter, shown, *ticks),
        rows=filled(table(matter, shown, rows), len(ticks)),
        totals=(*sexes(matter, rows), *_ballot_sums(matter, rows)),
        notes=(f"Surat suara: {f.TICK} = diberikan, {f.NONE} = tidak, {f.UNKNOWN} = tanyakan kepada KPU",),
    )


def _ballot_sums(matter: Matter, rows: Iterable[VersionRow]) -> tuple[tuple[str, Value], ...]:
    count = Counter(code for row in rows for code in row.ballots or ())
    return tuple((f"SURAT SUARA {one.name['id']}", count[one.code]) for one in matter.election.ballots)


def _blocks(matter: Matter) -> Sheet:
    """Return the first sheet: how many people and ballots in each block, which add up to the whole."""
    found = by_block(voting(matter))
    types = matter.election.ballots
    lines: list[tuple[Value, ...]] = []
    for n, (block, rows) in enumerate(found, start=1):
        count = Counter(code for row in rows for code in row.ballots or ())
        unknown = sum(row.ballots is None for row in rows)
        lines.append((n, block or _PLACE_IN, len(rows), *(count[one.code] for one in types), unknown))
    names = tuple(Column(one.name["id"], 13, "Surat suara") for one in types)
    people = voting(matter)
    return Sheet(
        tab="REKAP",
        model="",
        titles=_title(matter, "DAFTAR PANGGIL PEMILIH: REKAPITULASI PER BLOK"),
        identity=identity(matter),
        columns=(_NUMBER, Column("Blok", 24), Column("Orang", 9), *names, Column("Belum dapat ditentukan", 14)),
        rows=tuple(lines),
        totals=(*sexes(matter, people), *_ballot_sums(matter, people)),
        signatures=of_the_list(matter)[:2],
    )
