"""The upload wizard walked by an officer: what the screens say and what then stands in the database."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import PASSWORD
from office_files import PEOPLE, roll_text, rutan_book
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

from browser.wizard import Wizard
from reconcile.models import AuditEntry, HeldEntry, SourceList, Upload, UploadStatus, Voter

pytestmark = pytest.mark.django_db(transaction=True)

N = len(PEOPLE)
RUTAN = "Register Rutan"


@pytest.fixture
def admin(open_page: Any, work: Any, officers: Any) -> Wizard:
    return Wizard(open_page("admin"), work)


def faulty_book() -> bytes:
    """Return a register in which the third person has no name and the fourth a NIK too short."""
    book = load_workbook(io.BytesIO(rutan_book()))
    sheet = book.active
    assert isinstance(sheet, type(Workbook().active))
    sheet["C8"], sheet["D9"] = None, "33160909"
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def mend(path: Path) -> tuple[int, bytes]:
    """Fill in what the correction workbook asks for, as its officer does; return its rows and the file."""
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    at = next(place for place, row in enumerate(rows) if any(cell.value == "NAMA" for cell in row))
    columns = {cell.value: place for place, cell in enumerate(rows[at])}
    first, second = rows[at + 1 :]
    first[columns["NAMA"]].value = PEOPLE[2][0]
    second[columns["NIK"]].value = "3316090901889004"
    return len(rows) - at - 1, saved(book)


def test_a_good_file_in_five_steps_and_its_undoing(
    open_page: Any, work: Any, put: Any, rutan: Any, assert_accessible: Any
) -> None:
    page = open_page()
    page.goto("/")
    assert_accessible(page)
    page.get_by_label("Akun").fill("admin")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    walk = Wizard(page, work, assert_accessible)

    walk.to_the_check(put("rutan.xlsx", rutan_book()), kind=RUTAN, place="Rutan Percobaan", expected=str(N))
    walk.headed(f"{N} orang siap diterapkan")
    walk.shows(f"{N} + 0 + 0 + 0 + 5 = {N + 5} baris dibaca", f"{N} orang, sesuai perkiraan")
    assert not SourceList.objects.current()  # nothing counts yet

    walk.apply(f"Terapkan {N} baru, 0 berubah, 0 tidak tercantum lagi")
    walk.headed(f"{N} orang berlaku")
    assert [one.file_name for one in SourceList.objects.current()] == ["rutan.xlsx"]
    assert HeldEntry.objects.count() == N

    page.get_by_role("link", name="Batalkan unggahan ini …").click()
    walk.shows(f"{N} orang tidak dihitung lagi")
    assert_accessible(page)
    walk.press(f"Batalkan: {N} orang tidak dihitung lagi")
    walk.headed("Unggahan ini sudah dibatalkan; tidak dihitung")
    assert_accessible(page)
    assert not SourceList.objects.current()
    assert HeldEntry.objects.count() == N  # kept as history
    steps = ["begin_upload", "send_files", "recognise_upload", "confirm_recognition", "check_upload", "apply"]
    told = [each.rpartition(".")[2] for each in AuditEntry.objects.order_by("pk").values_list("what", flat=True)]
    assert [each for each in told if each in {*steps, "apply_upload", "undo_upload"}] == [
        *steps, "apply_upload", "undo_upload",
    ]  # fmt: skip


def test_a_faulty_file_comes_back_corrected(
    admin: Wizard, put: Any, rutan: Any, tmp_path: Path, assert_accessible: Any
) -> None:
    admin.to_the_check(put("rutan.xlsx", faulty_book()), kind=RUTAN)
    assert_accessible(admin.page)
    admin.shows(f"{N - 1} + 0 + 0 + 1 + 5 = {N + 5} baris dibaca", "name_missing", "baris 8", "nik_short", "baris 9")
    book = admin.download("Unduh berkas perbaikan (2 baris)", tmp_path)
    rows, corrected = mend(book)
    assert rows == 2
    admin.apply(f"Terapkan {N - 1} baru, 0 berubah, 0 tidak tercantum lagi")
    admin.headed(f"{N - 1} orang berlaku, 1 baris masih kurang")
    assert_accessible(admin.page)

    admin.page.get_by_role("link", name="Unggah hasil perbaikan").click()
    assert_accessible(admin.page)
    admin.press("Lanjut ke berkas")
    admin.give(put("perbaikan.xlsx", corrected))
    admin.send()
    admin.shows("rutan.xlsx")
    admin.confirm()
    admin.shows(f"1 + 1 + {N - 2} + 0 + 5 = {N + 5} baris dibaca")
    admin.apply("Terapkan 1 baru, 1 berubah, 0 tidak tercantum lagi")
    admin.headed(f"{N} orang berlaku")
    whole = SourceList.objects.current()
    assert [(one.records, one.rejected, one.to_correct) for one in whole] == [(N, 0, 0)]
    assert HeldEntry.objects.get(source_list=whole[0], row=9).nik == "3316090901889004"
    admin.page.goto(f"/uploads/{admin.upload.pk}/changes/?kind=changed")
    admin.shows(PEOPLE[3][0])
    assert_accessible(admin.page)


def test_a_file_that_was_chosen_before_the_script_came_is_sent(admin: Wizard, put: Any) -> None:
    held: list[Any] = []
    admin.page.route("**/upload*.js", lambda route: route.continue_() if held else held.append(route))
    admin.begin()
    admin.choose(put("DPT_KUNDEN.txt", roll_text()))
    held[0].continue_()
    admin.send()
    admin.headed("Apakah ini benar?")


def test_the_same_file_twice_answers_with_the_first_upload(admin: Wizard, put: Any) -> None:
    path = put("DPT_KUNDEN.txt", roll_text())
    admin.to_the_check(path)
    admin.apply(f"Terapkan {N} baru, 0 berubah, 0 tidak tercantum lagi")
    first = admin.upload
    before = Voter.objects.count(), SourceList.objects.count()

    admin.begin()
    admin.give(path)
    admin.shows("DPT_KUNDEN.txt sudah diunggah", "Tidak ada yang berubah")
    admin.headed("Pilih berkas")
    assert (Voter.objects.count(), SourceList.objects.count()) == before
    admin.page.get_by_role("link", name="Buka unggahan itu").click()
    admin.headed(f"{N} orang berlaku")
    assert admin.upload == first


def test_every_step_can_be_left_and_resumed(admin: Wizard, open_page: Any, work: Any, put: Any) -> None:
    admin.begin(expected="9")
    admin.give(put("DPT_KUNDEN.txt", roll_text()))
    path = f"/uploads/{admin.upload.pk}/"

    def left_and_found(text: str) -> Wizard:
        """Close the browser, sign in anew, and find the upload under Uploads, where it was left."""
        again = Wizard(open_page("admin"), work)
        again.page.goto("/lists/")
        again.page.locator(f"#history a[href='{path}']").click()
        again.headed(text)
        return again

    again = left_and_found("1 berkas sudah diterima")
    again.press("Lanjut: kenali isi berkas")
    again.headed("Menunggu giliran")
    again.page.context.close()
    work()
    left_and_found("Apakah ini benar?").confirm()
    again = left_and_found("1 hal harus diselesaikan sebelum dapat diterapkan")
    again.shows(f"Anda menyebut 9 orang, berkas berisi {N}")
    expect(again.page.get_by_role("button", name="Terapkan (kurang: 1 hal di atas)")).to_be_disabled()
    again.page.get_by_label("Peringatan tetap diterima, karena").fill("surat pengantar salah hitung")
    again.press("Terima dengan alasan ini")
    again.shows("surat pengantar salah hitung")
    again.apply(f"Terapkan {N} baru, 0 berubah, 0 tidak tercantum lagi")
    assert Upload.objects.get().status == UploadStatus.APPLIED
    assert Voter.objects.count() == N


DROP = """async ([form, files]) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) carried.items.add(new File([content], name));
  form.dispatchEvent(new DragEvent("dragover", { dataTransfer: carried, bubbles: true, cancelable: true }));
  form.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


def test_files_are_dropped_and_a_zip_holds_several(admin: Wizard, put: Any) -> None:
    admin.begin()
    form = admin.page.locator("form.drop").element_handle()
    dropped = [[f"DPT_{tps}.txt", roll_text(tps=tps).decode()] for tps in ("001", "002")]
    with admin.page.expect_event("load"):
        admin.page.evaluate(DROP, [form, dropped])
    admin.headed("2 berkas sudah diterima")

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for tps in ("003", "004"):
            archive.writestr(f"KECAMATAN/DPT_{tps}.txt", roll_text(tps=tps))
    admin.give(put("kecamatan.zip", packed.getvalue()))
    admin.headed("3 berkas sudah diterima")
    admin.page.get_by_role("button", name="Keluarkan DPT_002.txt").click()
    admin.headed("2 berkas sudah diterima")
    admin.send()
    admin.shows("DPT_001.txt", "DPT_003.txt", "DPT_004.txt")
    assert sorted(admin.upload.lists.values_list("file_name", flat=True)) == [
        "DPT_001.txt", "DPT_003.txt", "DPT_004.txt",
    ]  # fmt: skip
    admin.confirm()
    admin.shows(f"{3 * N} + 0 + 0 + 0 + 3 = {3 * N + 3} baris dibaca")


def test_one_file_too_large_does_not_hold_back_the_others(open_page: Any, work: Any, put: Any, rutan: Any) -> None:
    walk = Wizard(open_page("institution"), work)
    walk.begin()
    large, small = put("foto.xlsx", bytes((20 << 20) + 1)), put("rutan.xlsx", rutan_book())
    walk.page.get_by_label(re.compile("Seret berkas")).set_input_files([large, small])
    walk.page.get_by_role("link", name="Tampilkan berkas yang sudah diterima").wait_for()
    walk.shows("lebih besar dari 20 MB")
    walk.page.get_by_role("link", name="Tampilkan berkas yang sudah diterima").click()
    walk.headed("1 berkas sudah diterima")
    assert [one.file_name for one in walk.upload.lists.all()] == ["rutan.xlsx"]


def test_a_file_without_script_and_by_an_institution(open_page: Any, work: Any, put: Any, rutan: Any) -> None:
    page = open_page("institution", java_script_enabled=False)
    walk = Wizard(page, work)
    walk.begin(expected=str(N))
    page.get_by_label(re.compile("Seret berkas")).set_input_files(put("rutan.xlsx", rutan_book()))
    walk.press("Unggah")
    walk.headed("1 berkas sudah diterima")
    for button, heading in (
        ("Lanjut: kenali isi berkas", "Apakah ini benar?"),
        ("Benar, periksa setiap baris", f"{N} orang siap diterapkan"),
        (f"Terapkan {N} baru, 0 berubah, 0 tidak tercantum lagi", f"{N} orang berlaku"),
    ):
        walk.press(button)
        walk.headed("Menunggu giliran")
        work()
        page.reload()
        walk.headed(heading)
    assert HeldEntry.objects.filter(source_list__place=rutan).count() == N
