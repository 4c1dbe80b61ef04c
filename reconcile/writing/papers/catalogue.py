"""Every paper that can be made of a version: its file, who may read it, and how it is made."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from reconcile.versions import VersionRow
from reconcile.writing.papers import custody, documents, lists, needs, polling
from reconcile.writing.papers.documents import Data
from reconcile.writing.papers.matter import Audience, Matter
from reconcile.writing.papers.people import needing_letters
from reconcile.writing.papers.sheets import Sheet, write_sheets
from reconcile.writing.papers.typesetting import pages, typeset

_OFFICES = frozenset({Audience.KPU, Audience.OFFICE})
_EVERYBODY = frozenset(Audience)
_KPU = frozenset({Audience.KPU})


@dataclass(frozen=True)
class MadePaper:
    """One file. `pages`: of a PDF pages, of a workbook sheets; `rows`: people or counts in it."""

    code: str
    name: str
    title: str
    content: bytes
    pages: int
    rows: int

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LONGEST_PLACE = 60  # in a file's name
_COPIES = {Audience.KPU: "", Audience.OFFICE: "-disamarkan", Audience.PUBLIC: "-umum"}


def copy_name(matter: Matter) -> str:
    """Return how file names say which version of whose list a copy is of, and how much of it is hidden.

    The place is named, not the TPS alone: a Rutan and police cells may vote at one TPS.
    """
    place = _NO_LETTER.sub("-", matter.version.place.lower()).strip("-")[:_LONGEST_PLACE].strip("-")
    return f"{place}-tps-{matter.tps.number}-versi-{matter.version.number}{_COPIES[matter.audience]}"


@dataclass(frozen=True)
class Paper:
    """A paper: `code` in addresses and in the log, `file` what the office sees, `rows` of how many things it speaks."""

    code: str
    file: str
    title: str
    audiences: frozenset[Audience]
    write: Callable[[Matter], tuple[bytes, int, int]]  # content, pages, rows
    has: Callable[[Matter], bool] = lambda matter: True

    def make(self, matter: Matter) -> MadePaper:
        """Return the file. Raises ValueError for a reader who may not have it or where there is nothing to write."""
        if matter.audience not in self.audiences or not self.has(matter):
            raise ValueError(f"no {self.code} for {matter.audience}")
        return MadePaper(self.code, self.file_name(matter), self.title, *self.write(matter))

    def file_name(self, matter: Matter) -> str:
        """Return "daftar-pemilih-rutan-kelas-iib-blora-tps-901-versi-3.xlsx"; nothing in it names a person."""
        stem, _, ending = self.file.rpartition(".")
        return f"{stem}-{copy_name(matter)}.{ending}"


def _workbook(sheets: Callable[[Matter], list[Sheet]]) -> Callable[[Matter], tuple[bytes, int, int]]:
    def write(matter: Matter) -> tuple[bytes, int, int]:
        target, made = BytesIO(), sheets(matter)
        rows = write_sheets(target, made, matter)
        return target.getvalue(), len(made), rows

    return write


def _pdf(
    template: str, data: Callable[[Matter], Data], rows: Callable[[Matter], int]
) -> Callable[[Matter], tuple[bytes, int, int]]:
    def write(matter: Matter) -> tuple[bytes, int, int]:
        content = typeset(template, data(matter), matter.moment)
        return content, pages(content), rows(matter)

    return write


def _everybody(matter: Matter) -> int:
    return len(matter.version.rows)


def _attending(matter: Matter) -> int:
    return sum(len(part["rows"]) for part in polling.attendance(matter)["parts"])


def _visited(matter: Matter) -> int:
    return sum(len(one.people) for one in matter.visits)


def _all_letters(matter: Matter) -> Data:
    return polling.letters(matter, needing_letters(matter))


# In the order of the pack: what is signed first, what is carried along last.
PAPERS: tuple[Paper, ...] = (
    Paper("meeting", "berita-acara-rapat.pdf", "Berita acara rapat koordinasi", _EVERYBODY,
          _pdf("meeting", documents.meeting, lambda m: 0)),
    Paper("list_minutes", "berita-acara-daftar.pdf", "Berita acara rekapitulasi daftar pemilih", _OFFICES,
          _pdf("list", documents.list_minutes, _everybody)),
    Paper("change", "berita-acara-perubahan.pdf", "Berita acara perubahan daftar", _OFFICES,
          _pdf("change", documents.change_minutes, lambda m: len(documents.change_minutes(m)["changes"]["rows"])),
          lambda m: m.previous is not None),
    Paper("voters", "daftar-pemilih.xlsx", "Daftar pemilih TPS", _EVERYBODY, _workbook(lists.voter_list)),
    Paper("moved", "daftar-pindah-memilih.xlsx", "Daftar pemilih pindah memilih dengan asal", _OFFICES,
          _workbook(lists.moved_list)),
    Paper("letters", "surat-pindah-memilih.pdf", "Surat pindah memilih", _KPU,
          _pdf("letter", _all_letters, lambda m: len(needing_letters(m))), lambda m: bool(needing_letters(m))),
    Paper("registry", "permintaan-disdukcapil.xlsx", "Daftar untuk Disdukcapil: NIK dan perekaman KTP-el", _OFFICES,
          _workbook(lists.registry_list)),
    Paper("requests", "permintaan-kpu-lain.xlsx", "Permintaan kepada KPU kabupaten/kota lain", _KPU,
          _workbook(lists.requests)),
    Paper("ballots", "kebutuhan-surat-suara.xlsx", "Kebutuhan surat suara", _EVERYBODY, _workbook(needs.ballot_sheets)),
    Paper("attendance", "daftar-hadir.pdf", "C.Daftar Hadir", _OFFICES,
          _pdf("attendance", polling.attendance, _attending)),
    Paper("roll_call", "daftar-panggil.xlsx", "Daftar panggil per blok", _OFFICES, _workbook(lists.roll_call)),
    Paper("visits", "kunjungan.xlsx", "Jadwal kunjungan kotak suara", _OFFICES, _workbook(needs.visit_list),
          lambda m: bool(m.visits)),
    Paper("visit_sheets", "lembar-kunjungan.pdf", "Lembar kunjungan kotak suara", _OFFICES,
          _pdf("visit", custody.visits, _visited), lambda m: bool(m.visits)),
    Paper("hand_overs", "serah-terima-surat-suara.pdf", "Berita acara serah terima surat suara", _OFFICES,
          _pdf("hand-over", custody.hand_overs, lambda m: len(m.hand_overs)), lambda m: bool(m.hand_overs)),
)  # fmt: skip
BY_CODE = {one.code: one for one in PAPERS}


def papers_of(matter: Matter) -> Iterator[Paper]:
    """Yield the papers there are for this version and reader, in the order of the pack."""
    return (one for one in PAPERS if matter.audience in one.audiences and one.has(matter))


def letter_of(matter: Matter, row: VersionRow) -> MadePaper:
    """Return the moved-voter letter of one person. Raises ValueError for somebody who gets none."""
    if matter.audience is not Audience.KPU or row not in needing_letters(matter):
        raise ValueError("no letter")
    name = f"surat-pindah-memilih-{row.number}-{copy_name(matter)}.pdf"
    content = typeset("letter", polling.letters(matter, (row,)), matter.moment)
    return MadePaper("letter", name, BY_CODE["letters"].title, content, pages(content), 1)
