"""The page of papers and what is taken from it, role by role."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from approved import approved

from reconcile.models import Paper, PaperKind, StoredVersion, VersionStatus
from reconcile.writing.papers import PAPERS, Audience

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(office: Any, officers: Any) -> StoredVersion:
    return approved(office.run, office.rutan, officers)


def page_of(stored: StoredVersion, browser: Any) -> str:
    answer = browser.get(f"/versions/{stored.pk}/papers/")
    assert answer.status_code == 200
    return answer.content.decode()


OFFERED = {
    "commissioner": Audience.KPU, "admin": Audience.OFFICE, "kpps": Audience.OFFICE, "second": Audience.OFFICE,
    "institution": Audience.OFFICE, "observer": Audience.PUBLIC,
}  # fmt: skip


@pytest.mark.parametrize(("role", "audience"), OFFERED.items())
def test_each_role_is_offered_its_papers_and_each_offered_one_comes(
    role: str, audience: Audience, stored: StoredVersion, as_: Any
) -> None:
    browser = as_(role)
    found = re.findall(rf"/versions/{stored.pk}/papers/(\w+)/", page_of(stored, browser))
    offered = list(dict.fromkeys(code for code in found if code != "letters" or audience is Audience.KPU))
    expected = [one.code for one in PAPERS if audience in one.audiences]
    assert offered == [code for code in expected if code not in ("change", "visits", "visit_sheets", "hand_overs")]
    for code in offered:
        answer = browser.get(f"/versions/{stored.pk}/papers/{code}/")
        assert answer.status_code == 200
        assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


@pytest.mark.parametrize("role", ["kpps", "institution", "observer"])
def test_no_letter_and_no_pack_but_for_the_commissioner(role: str, stored: StoredVersion, as_: Any) -> None:
    browser, base = as_(role), f"/versions/{stored.pk}"
    assert browser.get(f"{base}/papers/letters/").status_code == 404
    assert browser.get(f"{base}/papers/letters/1/").status_code == 403
    assert browser.get(f"{base}/pack/").status_code == 403
    assert browser.post(f"{base}/pack/make/").status_code == 403
    assert not Paper.objects.exists()


def test_one_button_makes_the_pack_and_then_it_can_be_taken(stored: StoredVersion, as_: Any) -> None:
    browser, base = as_("commissioner"), f"/versions/{stored.pk}"
    assert '/pack/"' not in page_of(stored, browser)
    answer = browser.post(f"{base}/pack/make/", follow=True)
    page = answer.content.decode()
    whole = Paper.objects.get(kind=PaperKind.PACK)
    assert whole.sha256[:4] in page and f'href="{base}/pack/"' in page
    taken = browser.get(f"{base}/pack/")
    assert taken.headers["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(taken.content)) as archive:
        assert len(archive.namelist()) == whole.rows + 1  # and the checksums


def test_the_letter_of_one_person_is_reached_from_the_page(stored: StoredVersion, as_: Any) -> None:
    browser = as_("commissioner")
    link, *_ = re.findall(rf'href="(/versions/{stored.pk}/papers/letters/\d+/)"', page_of(stored, browser))
    answer = browser.get(link)
    assert answer.content.startswith(b"%PDF")
    assert not re.search(r"[A-Z]{4}", answer.headers["Content-Disposition"])
    assert browser.get(re.sub(r"\d+/$", "999/", link)).status_code == 404


@pytest.mark.parametrize("role", ["commissioner", "kpps"])
def test_a_version_that_is_not_approved_says_so_and_offers_nothing(role: str, stored: StoredVersion, as_: Any) -> None:
    StoredVersion.objects.filter(pk=stored.pk).update(status=VersionStatus.SUPERSEDED)
    page = page_of(stored, as_(role))
    assert "notice stop" in page and "pack/make" not in page
    answer = as_(role).get(f"/versions/{stored.pk}/papers/voters/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/versions/{stored.pk}/papers/")


def test_another_places_papers_are_not_found(stored: StoredVersion, stranger: Any) -> None:
    for path in ("papers/", "papers/voters/"):
        assert stranger.get(f"/versions/{stored.pk}/{path}").status_code == 404


def test_masked_for_who_is_not_kpu(stored: StoredVersion, as_: Any) -> None:
    nik = stored.rows.filter(nik__isnull=False).exclude(nik="").values_list("nik", flat=True)[0]
    paths = f"/versions/{stored.pk}/papers/moved/"
    texts = {}
    for role in ("commissioner", "kpps"):
        with ZipFile(BytesIO(as_(role).get(paths).content)) as archive:
            texts[role] = archive.read("xl/worksheets/sheet1.xml").decode()
    assert nik[:6] in texts["kpps"]
    niks = set(stored.rows.exclude(nik="").values_list("nik", flat=True))
    assert not any(one in texts["kpps"] for one in niks)
    assert any(one in texts["commissioner"] for one in niks)
