"""The officer's hands in the upload wizard: every step by what is written on the screen."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect

from reconcile.models import Upload

FINISHED = re.compile(r"^(?!Menunggu giliran|Isi berkas sedang|Setiap baris sedang|Unggahan sedang)")


class Wizard:
    """One page in the wizard. `check` is called on every screen that comes up."""

    def __init__(self, page: Page, work: Callable[[], None], check: Callable[[Page], None] = lambda page: None) -> None:
        self.page, self.work, self.check = page, work, check

    def begin(self, kind: str = "", place: str = "", expected: str = "") -> None:
        self.page.goto("/lists/")
        self.check(self.page)
        self.page.get_by_role("link", name=re.compile("^Unggah daftar")).first.click()
        if kind:
            self.page.get_by_role("radio", name=kind, exact=True).check()
        if place:
            self.page.get_by_label("Tempat tahanan").select_option(place)
        if expected:
            self.page.get_by_label("Berapa orang seharusnya ada di dalamnya?").fill(expected)
        self.check(self.page)
        self.press("Lanjut ke berkas")
        self.headed("Pilih berkas")

    def give(self, *paths: Path) -> None:
        """Choose files; the script sends them and loads the page again when it is through."""
        self.page.wait_for_load_state("load")  # or the load that is waited for would be this one
        with self.page.expect_event("load"):
            self.choose(*paths)
        self.check(self.page)

    def choose(self, *paths: Path) -> None:
        self.page.get_by_label(re.compile("Seret berkas ke sini|Tambah berkas")).set_input_files(paths)

    def send(self) -> None:
        self.press("Lanjut: kenali isi berkas")
        self.wait_for_the_worker()

    def confirm(self) -> None:
        self.press("Benar, periksa setiap baris")
        self.wait_for_the_worker()

    def wait_for_the_worker(self) -> None:
        """See that the page waits, let the worker work, and see that the page goes on by itself."""
        self.headed("Menunggu giliran")
        self.check(self.page)
        self.work()
        expect(self.heading).to_have_text(FINISHED)
        self.check(self.page)

    def apply(self, button: str) -> None:
        self.press(button)
        self.wait_for_the_worker()

    def to_the_check(self, *paths: Path, kind: str = "", place: str = "", expected: str = "") -> None:
        """Walk as far as the numbers, with files that are recognised without a question."""
        self.begin(kind, place, expected)
        self.give(*paths)
        self.send()
        self.headed("Apakah ini benar?")
        self.confirm()

    def download(self, name: str | re.Pattern[str], to: Path) -> Path:
        with self.page.expect_download() as found:
            self.page.get_by_role("link", name=name).first.click()
        download: Download = found.value
        path = to / download.suggested_filename
        download.save_as(path)
        return path

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def headed(self, text: str) -> None:
        expect(self.heading).to_have_text(text)

    def shows(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("#content")).to_contain_text(text)

    @property
    def upload(self) -> Upload:
        """The upload the page is about, as the database has it."""
        found = re.search(r"/uploads/(\d+)/", self.page.url)
        assert found, self.page.url
        return Upload.objects.get(pk=found[1])
