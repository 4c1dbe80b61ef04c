"""The history of uploads and the account of one list: sums that tie, problems by page, nothing hidden shown."""

from typing import Any

import pytest
from office_files import PEOPLE, roll_text, rutan_book
from walking import applied, begun, the_list

from reconcile.actions import uploads
from reconcile.models import SourceList
from views.office import a_list, give_problems
from views.test_home import text

pytestmark = pytest.mark.django_db


def test_the_history_tells_what_counts_with_sums(office: Any, as_: Any) -> None:
    history = as_("admin").get("/lists/").context["history"]
    counted = history.in_force
    assert (counted.rows, counted.records, counted.rejected, counted.skipped) == (25, 15, 0, 10)
    assert counted.rows == counted.new + counted.changed + counted.same + counted.rejected + counted.skipped


def test_an_upload_that_waits_is_named(office: Any, as_: Any, officers: Any) -> None:
    begun(office.election, officers["admin"], roll_text(), name="belum.txt")
    shown = text(as_("admin").get("/lists/").content)
    assert "1 unggahan menunggu" in shown
    assert "belum.txt menunggu berkas" in shown


def test_a_refused_file_says_what_to_do(office: Any, as_: Any, officers: Any) -> None:
    refused = {"status": "refused", "refusal": "encrypted", "skipped": 0, "file_name": "kunci.xlsx"}
    a_list(office.election, officers["admin"], **refused)
    shown = text(as_("admin").get("/lists/").content)
    assert (
        "kunci.xlsx: berkas dikunci kata sandi; buka di Excel, hapus kata sandinya, simpan, lalu unggah lagi." in shown
    )


def test_nothing_uploaded_yet(election: Any, rutan: Any, as_: Any) -> None:
    assert "Unggah daftar pertama" in text(as_("admin").get("/lists/").content)
    assert "Unggah daftar pertama" not in text(as_("observer").get("/lists/").content)


def test_one_list_is_accounted_for(office: Any, as_: Any, officers: Any) -> None:
    one = the_list(applied(office.election, officers["admin"], rutan_book(PEOPLE[:3]), place=office.rutan))
    shown = text(as_("admin").get(f"/lists/{one.pk}/").content)
    assert f"{one.records} + {one.rejected} + {one.skipped} = {one.rows}" in shown
    assert f"Register Rutan · {office.rutan.name} · keadaan 01-11-2024" in shown


def test_problems_are_paged_and_narrowed(office: Any, as_: Any) -> None:
    register = office.rutan_register
    give_problems(register, [("nik_missing", row) for row in range(9, 69)])
    browser = as_("institution")
    first = browser.get(f"/lists/{register.pk}/").context["account"].problems
    assert (len(first.rows), first.page.paginator.count, first.total) == (50, 61, 61)
    narrowed = browser.get(f"/lists/{register.pk}/?code=nik_short")
    assert "baris 8" in text(narrowed.content)
    assert narrowed.context["account"].problems.page.paginator.count == 1
    second = browser.get(f"/lists/{register.pk}/?code=nik_missing&page=2").context["account"].problems
    assert (second.page.number, len(second.rows)) == (2, 10)


def test_who_may_see_what_stands_in_the_cell(office: Any, as_: Any) -> None:
    path = f"/lists/{office.rutan_register.pk}/"
    for role in ("admin", "institution"):
        shown = text(as_(role).get(path).content)
        assert "331609•••••" in shown
        assert "33160914039" not in shown
    for role in ("commissioner", "kpps"):
        assert "331609" not in text(as_(role).get(path).content)


def test_an_observer_sees_sums_and_no_rows(office: Any, as_: Any) -> None:
    shown = text(as_("observer").get(f"/lists/{office.rutan_register.pk}/").content)
    assert "5 + 0 + 3 = 8" in shown
    assert "baris 8" not in shown


def test_the_page_asks_again_while_a_worker_is_at_it(office: Any, as_: Any, officers: Any) -> None:
    browser = as_("admin")
    assert b"hx-trigger" not in browser.get("/lists/").content
    uploads.send_files(upload=begun(office.election, officers["admin"], roll_text()), by=officers["admin"])
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
    assert SourceList.objects.count() == 3
