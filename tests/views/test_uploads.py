"""The wizard's screens: every step shows what it must, and every button does what it says."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from office_files import PEOPLE, polres_book, roll_text, rutan_book
from walking import WHY, applied, begun, checked, recognised, the_list

from reconcile.actions import uploads
from reconcile.actions.checking import check_upload
from reconcile.models import ListProblem, ListStatus, SourceList, Upload, UploadStatus
from reconcile.records import ListKind
from views.test_home import text

pytestmark = pytest.mark.django_db

N = len(PEOPLE)


def file(content: bytes, name: str = "daftar.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page_of(browser: Any, made: Upload, query: str = "") -> str:
    answer = browser.get(f"/uploads/{made.pk}/{query}")
    assert answer.status_code == 200
    return text(answer.content)


class TestChoosing:
    def test_what_is_said_is_kept(self, office: Any, as_: Any) -> None:
        given = {"kind": "rutan", "place": office.rutan.pk, "expected": "21", "replaces": office.rutan_register.pk}
        answer = as_("admin").post("/uploads/new/", given)
        made = Upload.objects.latest("pk")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/uploads/{made.pk}/")
        assert (made.kind, made.place, made.expected) == ("rutan", office.rutan, 21)
        assert list(made.replaces.all()) == [office.rutan_register]

    @pytest.mark.parametrize(
        ("kind", "place"), [("roll", "rutan"), ("rutan", "polres"), ("polres", "rutan"), ("nonsense", "rutan")]
    )
    def test_what_does_not_fit_is_said_on_the_page(self, office: Any, as_: Any, kind: str, place: str) -> None:
        answer = as_("admin").post("/uploads/new/", {"kind": kind, "place": getattr(office, place).pk})
        assert answer.status_code == 422
        assert b'class="errorlist"' in answer.content
        assert not Upload.objects.filter(status=UploadStatus.FILES).exists()

    def test_an_institution_uploads_its_own_register_only(self, office: Any, as_: Any) -> None:
        browser = as_("institution")
        form = browser.get("/uploads/new/").context["form"]
        assert [value for value, _ in form.fields["kind"].choices] == ["rutan"]
        assert list(form.fields["place"].queryset) == [office.rutan]
        assert form["kind"].initial == "rutan"  # nothing else can be chosen
        assert browser.post("/uploads/new/", {"kind": "roll"}).status_code == 422
        assert browser.post("/uploads/new/", {"kind": "rutan", "place": office.polres.pk}).status_code == 422
        assert browser.post("/uploads/new/", {"kind": "rutan", "place": office.rutan.pk}).status_code == 302

    def test_only_what_is_in_force_may_be_replaced(self, office: Any, as_: Any, officers: Any) -> None:
        waiting = the_list(begun(office.election, officers["admin"], roll_text()))
        choices = as_("admin").get("/uploads/new/").context["form"].fields["replaces"].queryset
        assert waiting not in choices
        assert office.roll in choices


class TestFiles:
    def test_several_at_once(self, office: Any, as_: Any, officers: Any) -> None:
        made, browser = begun(office.election, officers["admin"]), as_("admin")
        given = {"chosen": [file(roll_text(), "DPT_1.txt"), file(roll_text(tps="002"), "DPT_2.txt")]}
        browser.post(f"/uploads/{made.pk}/files/", given)
        shown = page_of(browser, made)
        assert "2 berkas sudah diterima" in shown
        assert "DPT_1.txt" in shown and "DPT_2.txt" in shown

    def test_one_refused_file_does_not_hold_back_the_others(self, office: Any, as_: Any, officers: Any) -> None:
        first = applied(office.election, officers["admin"], roll_text(), name="pertama.txt")
        made, browser = begun(office.election, officers["admin"]), as_("admin")
        given = {"chosen": [file(roll_text(), "lagi.txt"), file(b"lain", "lain.txt")]}
        answer = browser.post(f"/uploads/{made.pk}/files/", given, follow=True)
        assert "pertama.txt sudah diunggah" in text(answer.content)
        assert f'href="/uploads/{first.pk}/"' in answer.content.decode()
        assert [one.file_name for one in made.lists.all()] == ["lain.txt"]

    def test_a_script_gets_no_page_and_the_next_page_says_what_happened(
        self, office: Any, as_: Any, officers: Any
    ) -> None:
        made, browser = begun(office.election, officers["admin"], roll_text(), name="DPT.txt"), as_("admin")
        given = {"chosen": [file(roll_text(), "lagi.txt")]}
        answer = browser.post(f"/uploads/{made.pk}/files/", given, headers={"X-Requested-With": "XMLHttpRequest"})
        assert (answer.status_code, answer.content) == (204, b"")
        assert "DPT.txt sudah ada dalam unggahan ini." in page_of(browser, made)

    def test_no_file_is_said(self, office: Any, as_: Any, officers: Any) -> None:
        made = begun(office.election, officers["admin"])
        answer = as_("admin").post(f"/uploads/{made.pk}/files/", {}, follow=True)
        assert "Pilih paling sedikit satu berkas." in text(answer.content)

    def test_the_way_to_somebody_elses_upload_is_not_shown(self, office: Any, as_: Any, officers: Any) -> None:
        book = polres_book(PEOPLE[:2])
        applied(office.election, officers["admin"], book, place=office.polres)
        made = begun(office.election, officers["institution"], place=office.rutan)
        given = {"chosen": [file(book)]}
        answer = as_("institution").post(f"/uploads/{made.pk}/files/", given, follow=True)
        assert "sudah diunggah" in text(answer.content)
        assert "Buka unggahan itu" not in text(answer.content)

    def test_a_file_is_taken_out(self, office: Any, as_: Any, officers: Any) -> None:
        made = begun(office.election, officers["admin"], roll_text())
        as_("admin").post(f"/lists/{the_list(made).pk}/remove/")
        assert not made.lists.exists()


class TestWaiting:
    def test_the_page_tells_how_far_it_is(self, office: Any, as_: Any, officers: Any) -> None:
        made, browser = begun(office.election, officers["admin"], roll_text()), as_("admin")
        browser.post(f"/uploads/{made.pk}/send/")
        assert "Menunggu giliran" in page_of(browser, made)
        Upload.objects.filter(pk=made.pk).update(status="checking", step="reading", done=300, total=1000)
        shown = page_of(browser, made)
        assert "300 dari 1.000" in shown
        piece = browser.get(f"/uploads/{made.pk}/", headers={"HX-Request": "true"})
        assert piece.content.strip().startswith(b"<section")

    def test_a_worker_that_fell_silent_is_told_of(self, office: Any, as_: Any, officers: Any) -> None:
        made, browser = begun(office.election, officers["admin"], roll_text()), as_("admin")
        given = {"status": "checking", "step": "reading", "done": 300, "total": 1000, "since": timezone.now()}
        Upload.objects.filter(pk=made.pk).update(heartbeat=timezone.now() - timedelta(seconds=30), **given)
        assert "tidak memberi tanda" not in page_of(browser, made)
        Upload.objects.filter(pk=made.pk).update(heartbeat=timezone.now() - timedelta(seconds=70))
        shown = page_of(browser, made)
        assert "tidak memberi tanda" in shown
        assert "300 dari 1.000" in shown

    def test_the_page_comes_anew_when_the_worker_is_through(self, office: Any, as_: Any, officers: Any) -> None:
        made = recognised(office.election, officers["admin"], roll_text())
        answer = as_("admin").get(f"/uploads/{made.pk}/", headers={"HX-Request": "true"})
        assert answer.headers["HX-Refresh"] == "true"


class TestRecognising:
    def test_columns_are_shown_with_samples_and_no_whole_number(self, office: Any, as_: Any, officers: Any) -> None:
        made = recognised(office.election, officers["admin"], rutan_book(), place=office.rutan)
        shown = page_of(as_("admin"), made)
        assert "Tampaknya: Register Rutan" in shown
        assert PEOPLE[0][0] in shown
        assert "331609••••••••••" in shown
        assert "3316091403809001" not in shown

    def test_another_kind_than_said_is_asked_about(self, office: Any, as_: Any, officers: Any) -> None:
        made = recognised(office.election, officers["admin"], rutan_book(), kind=ListKind.POLRES, place=office.polres)
        shown = page_of(as_("admin"), made)
        assert "Anda menyebut Register Polres , tetapi tampaknya Register Rutan" in shown

    def test_a_yes_has_every_row_checked(self, office: Any, as_: Any, officers: Any) -> None:
        made = recognised(office.election, officers["admin"], roll_text())
        as_("admin").post(f"/uploads/{made.pk}/confirm/")
        made.refresh_from_db()
        assert made.status == UploadStatus.TO_CHECK

    def test_a_missing_place_blocks_and_what_was_typed_stays(
        self, office: Any, as_: Any, officers: Any, other_place: Any
    ) -> None:
        made = recognised(office.election, officers["admin"], polres_book(PEOPLE))
        one, browser = the_list(made), as_("admin")
        assert "Belum jelas" in page_of(browser, made) or "belum jelas" in page_of(browser, made)
        answer = browser.post(f"/uploads/{made.pk}/confirm/", {f"column_{one.pk}_2": "remark"})
        assert answer.status_code == 422
        assert b'<option value="remark" selected>' in answer.content
        browser.post(f"/uploads/{made.pk}/confirm/", {f"place_{one.pk}": other_place.pk})
        assert the_list(made).place == other_place

    def test_a_file_that_was_not_open_stays_as_it_was(
        self, office: Any, as_: Any, officers: Any, other_place: Any
    ) -> None:
        made, browser = recognised(office.election, officers["admin"], polres_book(PEOPLE), rutan_book()), as_("admin")
        doubtful, clear = made.lists.order_by("pk")
        answer = browser.post(f"/uploads/{made.pk}/confirm/", {f"column_{doubtful.pk}_2": "remark"})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert f'name="kind_{doubtful.pk}"' in page and f'name="kind_{clear.pk}"' not in page
        assert "Nomor registrasi" in text(answer.content)  # what the column of the closed file was taken for

    def test_a_refused_file_can_be_taken_out(self, office: Any, as_: Any, officers: Any) -> None:
        made, browser = recognised(office.election, officers["admin"], b"hanya surat", roll_text()), as_("admin")
        bad = made.lists.get(status=ListStatus.REFUSED)
        assert f"/lists/{bad.pk}/remove/" in browser.get(f"/uploads/{made.pk}/").content.decode()
        browser.post(f"/lists/{bad.pk}/remove/")
        browser.post(f"/uploads/{made.pk}/confirm/")
        made.refresh_from_db()
        assert made.status == UploadStatus.TO_CHECK


class TestChecking:
    def test_five_numbers_add_up_and_stand_on_the_button(self, office: Any, as_: Any, officers: Any) -> None:
        made = checked(office.election, officers["admin"], roll_text(tps="009"))
        shown = page_of(as_("admin"), made)
        assert f"{N} + 0 + 0 + 0 + 1 = {N + 1} baris dibaca" in shown
        assert f"Terapkan {N} baru, 0 berubah, 0 tidak tercantum lagi" in shown

    def test_the_number_expected_can_be_mended_on_the_page(self, office: Any, as_: Any, officers: Any) -> None:
        made, browser = checked(office.election, officers["admin"], roll_text(tps="009"), expected=99), as_("admin")
        assert "Terapkan (kurang: 1 hal di atas)" in page_of(browser, made)
        browser.post(f"/uploads/{made.pk}/expected/", {"expected": str(N)})
        assert "sesuai perkiraan" in page_of(browser, made)

    def test_an_institution_waits_for_an_administrator(self, office: Any, as_: Any, officers: Any) -> None:
        made = checked(
            office.election,
            officers["institution"],
            rutan_book(PEOPLE, "9 NOVEMBER 2024"),
            place=office.rutan,
            expected=99,
        )
        browser = as_("institution")
        assert "Hanya admin yang boleh menerima peringatan" in page_of(browser, made)
        assert browser.post(f"/uploads/{made.pk}/accept/", {"reason": WHY}).status_code == 403
        as_("admin").post(f"/uploads/{made.pk}/accept/", {"reason": WHY})
        assert WHY in page_of(browser, made)

    def test_an_empty_reason_is_refused(self, office: Any, as_: Any, officers: Any) -> None:
        made = checked(office.election, officers["admin"], roll_text(tps="009"), expected=99)
        answer = as_("admin").post(f"/uploads/{made.pk}/accept/", {"reason": ""}, follow=True)
        assert "Tulis alasannya" in text(answer.content)

    def test_people_counted_twice_are_asked_about(self, office: Any, as_: Any, officers: Any) -> None:
        first = the_list(applied(office.election, officers["admin"], roll_text(), name="lama.txt"))
        made, browser = checked(office.election, officers["admin"], roll_text(PEOPLE[1:])), as_("admin")
        assert "lama.txt" in page_of(browser, made)
        browser.post(f"/uploads/{made.pk}/doubles/", {"choice": "replace"})
        check_upload(upload=made)
        assert list(made.replaces.all()) == [first]

    def test_the_button_applies_what_was_shown(self, office: Any, as_: Any, officers: Any) -> None:
        made, browser = checked(office.election, officers["admin"], roll_text(tps="009")), as_("admin")
        browser.post(f"/uploads/{made.pk}/apply/", {"fingerprint": "x"})
        made.refresh_from_db()
        assert made.status == UploadStatus.CHECKED
        browser.post(f"/uploads/{made.pk}/apply/", {"fingerprint": made.fingerprint})
        made.refresh_from_db()
        assert made.status == UploadStatus.TO_APPLY

    def test_steps_back(self, office: Any, as_: Any, officers: Any) -> None:
        made, browser = checked(office.election, officers["admin"], roll_text(tps="009")), as_("admin")
        browser.post(f"/uploads/{made.pk}/back/", {"to": "recognise"})
        made.refresh_from_db()
        assert made.status == UploadStatus.RECOGNISED
        browser.post(f"/uploads/{made.pk}/back/", {"to": "files"})
        made.refresh_from_db()
        assert made.status == UploadStatus.FILES

    def test_cancelling(self, office: Any, as_: Any, officers: Any) -> None:
        made, browser = checked(office.election, officers["admin"], roll_text(tps="009")), as_("admin")
        browser.post(f"/uploads/{made.pk}/cancel/")
        assert "Unggahan ini dihentikan" in page_of(browser, made)


class TestAfterwards:
    def test_the_result_says_what_is_in_force_and_what_is_next(self, office: Any, as_: Any, officers: Any) -> None:
        made = applied(office.election, officers["admin"], roll_text(tps="009"))
        shown = page_of(as_("admin"), made)
        assert f"{N} orang berlaku" in shown
        assert "Batalkan unggahan ini" in shown

    def test_who_comes_who_goes_who_has_changed(self, office: Any, as_: Any, officers: Any) -> None:
        by = officers["admin"]
        applied(office.election, by, rutan_book(register="AIII", stands="8 NOVEMBER 2024"), other=officers["admin2"])
        made = applied(office.election, by, rutan_book(PEOPLE[1:], "9 NOVEMBER 2024"), other=officers["admin2"])
        browser = as_("kpps")
        shown = text(browser.get(f"/uploads/{made.pk}/changes/?kind=changed").content)
        assert "AIII 2/2024 → BIIa 2/2024" in shown
        shown = text(browser.get(f"/uploads/{made.pk}/changes/?kind=gone").content)
        assert PEOPLE[0][0] in shown
        shown = text(as_("admin").get(f"/uploads/{made.pk}/changes/?kind=changed").content)
        assert "Nomor registrasi: berubah" in shown  # who uploads has no business with what is written there
        assert "BIIa 2/2024" not in shown

    def test_a_doubtful_person_is_decided_by_a_kpps_officer(self, office: Any, as_: Any) -> None:
        path = f"/uploads/{office.rutan_register.upload_id}/changes/"
        shown = text(as_("kpps").get(path).content)
        assert "SUTRIMO ANDAYANI" in shown and "MUKLIS HIDAYATULLAH" in shown
        assert f"/links/{office.link.pk}/" not in as_("admin").get(path).content.decode()
        as_("kpps").post(f"/links/{office.link.pk}/", {"verdict": "different"})
        office.link.refresh_from_db()
        assert office.link.verdict == "different"
        assert "dua orang" in text(as_("admin").get(path).content).lower()

    def test_a_snapshot_stands_before_the_older_one_until_it_is_undone(
        self, office: Any, as_: Any, officers: Any
    ) -> None:
        older = office.rutan_register
        book = rutan_book(PEOPLE, "9 NOVEMBER 2024")
        made = applied(office.election, officers["admin"], book, place=office.rutan, other=officers["admin2"])
        rows = {row.pk: row for row in as_("admin").get("/lists/").context["history"].rows}
        assert (rows[made.pk].counts, rows[made.pk].is_past) == (True, False)
        assert (rows[older.upload_id].counts, rows[older.upload_id].is_past) == (False, True)
        assert rows[made.pk].numbers.records == N
        history = as_("admin").get("/lists/").context["history"]
        assert history.in_force.rows == sum(row.numbers.rows for row in history.rows)
        shown = text(as_("admin").get(f"/uploads/{made.pk}/undo/").content)
        assert f"{older.file_name} : {older.records} orang dihitung kembali" in shown

    def test_undoing_shows_first_what_it_does(self, office: Any, as_: Any, officers: Any) -> None:
        made, browser = applied(office.election, officers["admin"], roll_text(tps="009")), as_("admin")
        shown = text(browser.get(f"/uploads/{made.pk}/undo/").content)
        assert f"{N} orang tidak dihitung lagi" in shown
        assert "tidak ada yang dihapus" in shown
        browser.post(f"/uploads/{made.pk}/undo/")
        assert "Unggahan ini sudah dibatalkan" in page_of(browser, made)
        assert "tidak dapat dibatalkan" in text(browser.get(f"/uploads/{made.pk}/undo/").content)


class TestBudgets:
    @pytest.mark.parametrize("role", ["admin", "institution"])
    def test_queries(self, role: str, office: Any, as_: Any, officers: Any, django_assert_max_num_queries: Any) -> None:
        book = rutan_book(PEOPLE, "9 NOVEMBER 2024")
        made, browser = checked(office.election, officers["admin"], book, place=office.rutan), as_(role)
        with django_assert_max_num_queries(14):
            browser.get(f"/uploads/{made.pk}/")
        uploads.look_again(upload=made, by=officers["admin"])
        with django_assert_max_num_queries(14):
            browser.get(f"/uploads/{made.pk}/")

    def test_no_page_grows_with_the_problems(self, office: Any, as_: Any, django_assert_max_num_queries: Any) -> None:
        one = office.rutan_register
        Upload.objects.filter(pk=one.upload_id).update(status=UploadStatus.CHECKED)
        ListProblem.objects.bulk_create(
            ListProblem(source_list=one, code="nik_short", sheet="DATA WBP", row=row, column="NIK", value="331609")
            for row in range(10, 5_010)
        )
        SourceList.objects.filter(pk=one.pk).update(problem_counts={"nik_short": 5_001})
        browser = as_("admin")
        with django_assert_max_num_queries(14):
            answer = browser.get(f"/uploads/{one.upload_id}/?page=100")
        assert answer.context["problems"].page.number == 100
        assert len(answer.content) < 60_000
