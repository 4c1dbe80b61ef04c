"""All papers of a version in one zip, or none: a contents page first, then the files, then their checksums."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from reconcile.workbooks import StillZip
from reconcile.writing.papers.catalogue import MadePaper, copy_name, papers_of
from reconcile.writing.papers.documents import contents, mark_lines
from reconcile.writing.papers.matter import Matter
from reconcile.writing.papers.typesetting import pages, typeset
from reconcile.writing.papers.words import number

CONTENTS = "00-daftar-isi.pdf"
CHECKSUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Pack:
    """A zip with all papers, and each of them: the contents page first."""

    name: str
    content: bytes
    papers: tuple[MadePaper, ...]

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def make_pack(matter: Matter) -> Pack:
    """Make every paper there is of this matter. The same matter gives the same bytes; a fault in one leaves none."""
    made = [one.make(matter) for one in papers_of(matter)]
    first = _contents(matter, made)
    target = BytesIO()
    with StillZip(target, "w") as archive:
        archive.writestr(CONTENTS, first.content)
        for n, one in enumerate(made, start=1):
            archive.writestr(_name(n, one), one.content)
        sums = "".join(f"{one.sha256}  {_name(n, one)}\n" for n, one in enumerate(made, start=1))
        archive.writestr(CHECKSUMS, f"{first.sha256}  {CONTENTS}\n{sums}")
    return Pack(pack_name(matter), target.getvalue(), (first, *made))


def pack_name(matter: Matter) -> str:
    return f"paket-rapat-{copy_name(matter)}.zip"


def contents_name(matter: Matter) -> str:
    """Return how the contents page is called where it does not lie in its pack."""
    return f"daftar-isi-{copy_name(matter)}.pdf"


def _name(n: int, one: MadePaper) -> str:
    return f"{n:02}-{one.name}"


def _contents(matter: Matter, made: list[MadePaper]) -> MadePaper:
    files = [
        {
            "number": str(n),
            "title": one.title,
            "name": _name(n, one),
            "pages": number(one.pages) + (" lembar" if one.name.endswith(".xlsx") else ""),
            "rows": number(one.rows) if one.rows else "-",
            "mark": mark_lines(one.sha256),
        }
        for n, one in enumerate(made, start=1)
    ]
    content = typeset("contents", contents(matter, files), matter.moment)
    return MadePaper("contents", contents_name(matter), "Daftar isi paket rapat", content, pages(content), len(made))
