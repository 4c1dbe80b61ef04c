"""Uploads: what may be sent, what was understood, where the problems are."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from office_files import PEOPLE, roll_text, rutan_book

from reconcile.actions import lists
from reconcile.models import ListProblem, ListStatus, SourceList
from views.office import a_list
from views.test_home import text

pytestmark = pytest.mark.django_db


def file(content: bytes, name: str = "daftar.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_several_files_at_once(office: Any, as_: Any) -> None:
    given = {
        "rolls": [file(roll_text(), "DPT_1.txt"), file(roll_text(tps="002"), "DPT_2.txt")],
        f"register_{office.rutan.pk}": [file(rutan_book(PEOPLE[:3]), "wbp.xlsx")],
    }
    answer = as_("admin").post("/lists/upload/", given)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/lists/")
    stored = SourceList.objects.filter(status=ListStatus.STORED).order_by("pk")
    assert [(one.file_name, one.kind, one.place) for one in stored] == [
        ("DPT_1.txt", "", None), ("DPT_2.txt", "", None), ("wbp.xlsx", "", office.rutan),
    ]  # fmt: skip


def test_what_was_understood_is_shown_with_sums(office: Any, as_: Any) -> None:
    browser = as_("admin")
    browser.post("/lists/upload/", {f"register_{office.rutan.pk}": [file(rutan_book(PEOPLE[:3]), "wbp.xlsx")]})
    one = lists.accept_list(source_list=SourceList.objects.get(status=ListStatus.STORED))
    assert one.status == ListStatus.ACCEPTED
    shown = text(browser.get(f"/lists/{one.pk}/").content)
    assert f"{one.records} + {one.rejected} + {one.skipped} = {one.rows}" in shown
    assert f"Register Rutan · {office.rutan.name} · keadaan 01-11-2024" in shown


def test_one_refused_file_does_not_hold_back_the_others(office: Any, as_: Any) -> None:
    browser = as_("admin")
    browser.post("/lists/upload/", {"rolls": [file(roll_text(), "pertama.txt")]})
    answer = browser.post(
        "/lists/upload/", {"rolls": [file(roll_text(), "lagi.txt"), file(b"lain", "lain.txt")]}, follow=True
    )
    assert "lagi.txt: Berkas ini sudah diunggah" in text(answer.content)
    assert list(SourceList.objects.filter(status=ListStatus.STORED).values_list("file_name", flat=True)) == [
        "lain.txt", "pertama.txt",
    ]  # fmt: skip


def test_a_refused_list_says_what_to_do(office: Any, as_: Any, officers: Any) -> None:
    refused = {"status": "refused", "refusal": "encrypted", "skipped": 0, "file_name": "kunci.xlsx"}
    a_list(office.election, officers["admin"], **refused)
    a_list(office.election, officers["admin"], **{**refused, "refusal": "place_needed", "file_name": "mana.xlsx"})
    shown = text(as_("admin").get("/lists/").content)
    assert (
        "kunci.xlsx: berkas dikunci kata sandi; buka di Excel, hapus kata sandinya, simpan, lalu unggah lagi." in shown
    )
    assert "mana.xlsx: Belum jelas register ini dari tempat mana." in shown


def test_no_file_is_said_on_the_page(office: Any, as_: Any) -> None:
    answer = as_("admin").post("/lists/upload/", {})
    assert answer.status_code == 422
    assert "Pilih paling sedikit satu berkas." in text(answer.content)


def test_too_many_files(office: Any, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reconcile.forms.MOST_FILES", 1)
    answer = as_("admin").post("/lists/upload/", {"rolls": [file(b"a"), file(b"b")]})
    assert "Paling banyak 1 berkas" in text(answer.content)


def test_an_institution_uploads_its_own_register_only(office: Any, as_: Any) -> None:
    browser = as_("institution")
    form = browser.get("/lists/").context["form"]
    assert list(form.fields) == [f"register_{office.rutan.pk}"]
    given = {"rolls": [file(roll_text())], f"register_{office.polres.pk}": [file(rutan_book())]}
    assert browser.post("/lists/upload/", given).status_code == 422
    assert not SourceList.objects.filter(status=ListStatus.STORED).exists()


def test_the_sums_of_all_lists(office: Any, as_: Any) -> None:
    totals = as_("admin").get("/lists/").context["table"].totals
    assert totals == {"rows": 25, "records": 15, "rejected": 0, "skipped": 10, "problems": 1}
    assert totals["rows"] == totals["records"] + totals["rejected"] + totals["skipped"]


def test_problems_are_paged_and_narrowed(office: Any, as_: Any) -> None:
    register = office.rutan_register
    ListProblem.objects.bulk_create(
        ListProblem(source_list=register, code="nik_missing", sheet="DATA WBP", row=row, column="NIK")
        for row in range(9, 69)
    )
    browser = as_("institution")
    first = browser.get(f"/lists/{register.pk}/").context["account"]
    assert (len(first.page.object_list), first.page.paginator.count, first.list.problems) == (50, 61, 61)
    narrowed = browser.get(f"/lists/{register.pk}/?code=nik_short")
    assert "baris 8" in text(narrowed.content)
    assert narrowed.context["account"].page.paginator.count == 1
    assert browser.get(f"/lists/{register.pk}/?code=nik_missing&page=2").context["account"].page.number == 2


def test_an_observer_sees_sums_and_no_rows(office: Any, as_: Any) -> None:
    shown = text(as_("observer").get(f"/lists/{office.rutan_register.pk}/").content)
    assert "5 + 0 + 3 = 8" in shown
    assert "baris 8" not in shown


def test_the_page_asks_again_while_a_list_is_read(office: Any, as_: Any) -> None:
    browser = as_("admin")
    assert b"hx-trigger" not in browser.get("/lists/").content
    browser.post("/lists/upload/", {"rolls": [file(roll_text())]})
    page = browser.get("/lists/").content
    assert b'hx-trigger="every 2s"' in page
    assert b'<noscript><meta http-equiv="refresh"' in page
    piece = browser.get("/lists/", headers={"HX-Request": "true"}).content
    assert piece.strip().startswith(b"<section")
    assert b"<html" not in piece


@pytest.mark.parametrize("role", ["admin", "institution"])
def test_query_budget(role: str, office: Any, as_: Any, django_assert_max_num_queries: Any) -> None:
    browser = as_(role)
    with django_assert_max_num_queries(10):
        browser.get("/lists/")
    with django_assert_max_num_queries(12):
        browser.get(f"/lists/{office.rutan_register.pk}/")
