"""The commissioner makes the pack of an approved version and takes it away; every role's page holds on a phone."""

import hashlib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from approved import approved
from playwright.sync_api import expect
from views.office import make_office

from browser.conftest import PHONE
from reconcile.models import AuditEntry, Paper, PaperKind, StoredVersion

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored(election: Any, rutan: Any, polres: Any, officers: Any) -> StoredVersion:
    office = make_office(election, rutan, polres, officers["admin"])
    return approved(office.run, office.rutan, officers)


@pytest.mark.parametrize("script", [True, False])
def test_one_button_one_zip_the_same_bytes_again(
    script: bool, stored: StoredVersion, open_page: Any, tmp_path: Path
) -> None:
    page = open_page("commissioner", java_script_enabled=script)
    page.goto(f"/versions/{stored.pk}/")
    page.get_by_role("link", name="Dokumen versi ini").click()
    page.get_by_role("button", name="Buat paket rapat").click()
    expect(page.get_by_text("Paket rapat siap")).to_be_visible()
    made = Paper.objects.get(kind=PaperKind.PACK)
    for n in (1, 2):
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Unduh paket rapat").click()
        path = tmp_path / f"{n}.zip"
        waiting.value.save_as(path)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == made.sha256
        assert waiting.value.suggested_filename == made.name
    with ZipFile(tmp_path / "1.zip") as archive:
        assert archive.testzip() is None
    assert AuditEntry.objects.filter(what="printing.take_pack").count() == 2


@pytest.mark.parametrize("role", ["commissioner", "kpps", "observer"])
@pytest.mark.parametrize("size", [None, PHONE])
def test_the_page_of_papers_is_accessible_and_fits(
    role: str, size: Any, stored: StoredVersion, open_page: Any, assert_accessible: Any
) -> None:
    page = open_page(role, **({"viewport": size} if size else {}))
    page.goto(f"/versions/{stored.pk}/papers/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("dokumen versi 1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
