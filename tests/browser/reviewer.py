"""An officer's hand on the keyboard of the review screen."""

import re
from typing import Any

from django.test import Client
from playwright.sync_api import Page, expect

from reconcile.models import Officer


def page_for(open_page: Any, live_server: Any, officer: Officer, **options: Any) -> Page:
    """Return a page in which this officer, of whatever login, is signed in."""
    page: Page = open_page(**options)
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return page


class Reviewer:
    """Nothing but keys, as they are printed on the buttons. `presses` counts the decisions that were sent."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def begin(self, query: str = "") -> None:
        self.page.goto(f"/review/{query}")

    def key_of_form(self) -> str:
        """Return the key of the case on the screen, "" where there is nothing to decide."""
        field = self.page.locator("#decide input[name=key]")
        return field.input_value() if field.count() else ""

    def has_case(self) -> bool:
        return bool(self.key_of_form())

    def _sent(self, press: Any) -> None:
        before = self.key_of_form()
        press()
        self.page.wait_for_function(
            "key => document.querySelector('#decide input[name=key]')?.value !== key", arg=before
        )
        self.presses += 1

    def same(self) -> None:
        self._sent(lambda: self.page.keyboard.press("1"))

    def no(self, digit: str) -> None:
        """Say no with the second reason of the list."""
        self.page.keyboard.press(digit)
        self.page.keyboard.press("ArrowDown")
        self._sent(lambda: self.page.keyboard.press(digit))

    def unsure(self, note: str) -> None:
        self.page.keyboard.press("4")
        self.page.keyboard.type(note)  # digits in it must decide nothing
        self.page.keyboard.press("Escape")
        self._sent(lambda: self.page.keyboard.press("4"))

    def tab_to(self, selector: str) -> None:
        """Walk with Tab until the focus is on such an element."""
        for _step in range(80):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {selector}")

    def settle_difference(self) -> None:
        """Uphold the first answer that can be upheld; where both officers are unsure, begin the case anew."""
        expect(self.page.get_by_text(re.compile("1. Jawaban mana yang benar"))).to_be_visible()
        right = "input[name=upheld]:not([value=neither]):not([disabled])"
        neither = not self.page.locator(right).count()
        self.tab_to("input[name=upheld]" if neither else right)
        self.page.keyboard.press("Space")
        self.tab_to("input[name=wrong_one]")
        self.page.keyboard.press("Space")
        if neither:
            self.tab_to("#note")
            self.page.keyboard.type("keduanya ragu")
        self.tab_to("#settle button.primary")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.presses += 1
