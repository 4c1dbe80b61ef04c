"""A paper is known again by its bytes, and by the fingerprint it carries; nobody learns more than that."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from approved import approved
from django.core.management import CommandError, call_command
from openpyxl import Workbook
from views.office import Office, make_office

from reconcile.actions.papers import Made, record_paper
from reconcile.actions.printing import print_pack
from reconcile.models import PaperKind, StoredRow, StoredVersion
from reconcile.queries.verifying import Finding, by_file, by_groups, groups_of
from reconcile.reading.marks import marks_in, marks_in_text
from reconcile.versions import in_groups
from reconcile.writing.papers import Audience

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(election: Any, rutan: Any, polres: Any, officers: Any) -> Office:
    return make_office(election, rutan, polres, officers["admin"])


@pytest.fixture
def stored(office: Office, officers: Any) -> StoredVersion:
    return approved(office.run, office.rutan, officers)


def workbook(mark: str, name: str = "SITI") -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = name
    sheet.oddFooter.center.text = f"versi 1 - {in_groups(mark)}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(mark: str) -> bytes:
    """Return the smallest PDF that shows a fingerprint in two lines."""
    first, second = in_groups(mark)[:39], in_groups(mark)[40:]
    text = f"BT /F1 11 Tf 40 60 Td ({first}) Tj 0 -14 Td ({second}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table, len(out),
    )  # fmt: skip


def made(stored: StoredVersion, content: bytes, by: Any, name: str = "daftar.xlsx") -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    record_paper(stored=stored, made=Made(PaperKind.WORKBOOK, name, sha256, len(content), 6), by=by)


@pytest.fixture
def laid(tmp_path: Path) -> Any:
    def lay(content: bytes, name: str = "daftar.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return lay


class TestFiles:
    @pytest.mark.parametrize("write", [workbook, pdf])
    def test_ours_to_the_last_byte(self, write: Any, stored: StoredVersion, laid: Any, officers: Any) -> None:
        content = write(stored.mark)
        made(stored, content, officers["kpps"])
        (verdict,) = by_file(laid(content), "x")
        assert (verdict.finding, verdict.version, verdict.holds) == (Finding.OURS, stored, True)

    @pytest.mark.parametrize("write", [workbook, pdf])
    def test_changed_since(self, write: Any, stored: StoredVersion, laid: Any) -> None:
        path = laid(write(stored.mark))
        assert marks_in(path) == {stored.mark}
        (verdict,) = by_file(path, "x")
        assert (verdict.finding, verdict.version, verdict.holds) == (Finding.CHANGED, stored, False)

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.4 broken", b"PK\x03\x04 broken", workbook("ab" * 32)])
    def test_belongs_to_none(self, content: bytes, stored: StoredVersion, laid: Any) -> None:
        (verdict,) = by_file(laid(content), "x")
        assert (verdict.finding, verdict.version, verdict.holds) == (Finding.NONE, None, False)

    def test_a_zip_is_looked_into(self, stored: StoredVersion, laid: Any, officers: Any) -> None:
        mine, changed = workbook(stored.mark), workbook(stored.mark, "BUDI")
        made(stored, mine, officers["kpps"])
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in (("a.xlsx", mine), ("b.xlsx", changed), ("c.txt", b"x")):
                archive.writestr(name, content)
        found = [(one.name, one.finding) for one in by_file(laid(out.getvalue(), "paket.zip"), "paket.zip")]
        assert found == [("a.xlsx", Finding.OURS), ("b.xlsx", Finding.CHANGED), ("c.txt", Finding.NONE)]
        made(stored, out.getvalue(), officers["kpps"], "paket.zip")
        (whole,) = by_file(laid(out.getvalue(), "paket.zip"), "paket.zip")
        assert whole.finding == Finding.OURS

    def test_what_holds_no_more_says_so(self, stored: StoredVersion, laid: Any, officers: Any) -> None:
        made(stored, workbook(stored.mark), officers["kpps"])
        StoredVersion.objects.update(status="superseded")
        (verdict,) = by_file(laid(workbook(stored.mark)), "x")
        assert (verdict.status, verdict.holds) == ("superseded", False)

    def test_rows_altered_in_the_database_are_told(self, stored: StoredVersion, laid: Any, officers: Any) -> None:
        made(stored, workbook(stored.mark), officers["kpps"])
        StoredRow.objects.filter(version=stored, number=1).update(nik="9916090101909009")
        (verdict,) = by_file(laid(workbook(stored.mark)), "x")
        assert (verdict.altered, verdict.holds) == (True, False)


def test_every_paper_that_is_made_is_known_again(stored: StoredVersion, laid: Any, officers: Any) -> None:
    pack = print_pack(stored=stored, audience=Audience.KPU, by=officers["commissioner"])
    assert len(pack.papers) > 5
    for one in pack.papers:
        (verdict,) = by_file(laid(one.content, one.name), one.name)
        assert (verdict.finding, verdict.holds) == (Finding.OURS, True), one.name
        (verdict,) = by_file(laid(one.content + b"\n", one.name), one.name)
        assert (verdict.finding, verdict.version) == (Finding.CHANGED, stored), one.name
    (verdict,) = by_file(laid(pack.content, pack.name), pack.name)
    assert verdict.finding == Finding.OURS


class TestGroups:
    def test_two_groups_in_their_order(self, stored: StoredVersion) -> None:
        groups = in_groups(stored.mark).split()
        for asked in (f"{groups[0]} {groups[1]}", f"{groups[3]}-{groups[12]}".upper(), stored.mark):
            assert [one.version for one in by_groups(asked)] == [stored]
        assert by_groups(f"{groups[12]} {groups[3]}")[0].finding == Finding.NONE
        assert by_groups("0000 0000")[0].finding == Finding.NONE

    @pytest.mark.parametrize("text", ["", "c27e", "c27e 11", "c27e 119g", "' OR 1=1 --"])
    def test_too_little_says_nothing(self, text: str, stored: StoredVersion) -> None:
        assert groups_of(text) == [] and by_groups(text)[0].finding == Finding.NONE

    def test_what_was_never_approved_is_nothing(self, stored: StoredVersion) -> None:
        StoredVersion.objects.update(status="superseded", approval=None, approved_at=None)
        assert by_groups(stored.mark)[0].finding == Finding.NONE

    def test_a_longer_number_is_no_fingerprint(self) -> None:
        assert marks_in_text("ab" * 33) == set() and marks_in_text("x " + "ab" * 32) == {"ab" * 32}


class TestCommand:
    def run(self, *args: Any, **options: Any) -> tuple[int, str]:
        out = io.StringIO()
        try:
            call_command("verify", *args, stdout=out, **options)
        except SystemExit as end:
            return int(str(end.code)), out.getvalue()
        return 0, out.getvalue()

    def test_says_what_the_page_says(self, stored: StoredVersion, laid: Any, officers: Any) -> None:
        content = workbook(stored.mark)
        path = laid(content)
        assert self.run(path)[0] == 1
        made(stored, content, officers["kpps"])
        code, said = self.run(path)
        assert code == 0 and "Rutan Percobaan" in said and "1" in said
        assert "SITI" not in said and "WAGIYO" not in said
        assert self.run(groups=in_groups(stored.mark)[:9])[0] == 0
        assert self.run(groups="0000 0000")[0] == 1

    @pytest.mark.parametrize("given", [{}, {"groups": "x"}])
    def test_what_cannot_be_read(self, given: Any, db: None, tmp_path: Path) -> None:
        with pytest.raises(CommandError):
            self.run(**given)
        with pytest.raises(CommandError):
            self.run(tmp_path / "none.pdf")
