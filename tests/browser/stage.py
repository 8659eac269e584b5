"""A stage for a play in the browser: roles with a page each, and a clock that the whole server follows.

`KVAR_LOOK=/tmp/somewhere pytest …` keeps a picture of every step at 1280 and 390 px, in Swedish and in English.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

HERE = ZoneInfo("Europe/Stockholm")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


class Stage:
    """Who plays, where and when. `clock` moves time for the live server's thread too: it is the process's clock."""

    def __init__(self, browser: Browser, site: str, folder: Path, clock: Any) -> None:
        self.browser, self.site, self.folder, self.clock = browser, site, folder, clock
        self.contexts: dict[str, BrowserContext] = {}
        self.pages: dict[str, Page] = {}
        self.shown = os.environ.get("KVAR_LOOK", "")
        self.number = 0

    def at(self, day: str, time: str = "09:00") -> None:
        """It is this day and time in Sweden; whoever was signed in is so anew (a session lasts twelve hours)."""
        self.clock.move_to(datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=HERE))
        for name in self.contexts:
            self._sign_in(name)

    def role(self, name: str, *, phone: bool = False) -> Page:
        """The page of a person, `person_phone` on another machine; `public` is not signed in."""
        if name not in self.pages:
            words: dict[str, Any] = {"is_mobile": True, "has_touch": True} if phone else {}
            found = self.browser.new_context(viewport=PHONE if phone else DESK, reduced_motion="reduce", **words)
            self.contexts[name] = found
            self._sign_in(name)
            self.pages[name] = found.new_page()
            self.pages[name].set_default_timeout(15_000)
        return self.pages[name]

    def _sign_in(self, name: str) -> None:
        if name == "public":
            return
        client = Client()
        client.force_login(User.objects.get(username=name.partition("_")[0]), backend=BACKEND)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.site}
        self.contexts[name].add_cookies([cookie])

    def go(self, name: str, path: str) -> Page:
        """The role's page at a path below the site; it must be there."""
        page = self.role(name)
        answer = page.goto(self.site + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        return page

    def keep(self, page: Page, selector: str, name: str) -> Path:
        """What a link hands out, kept in the test's folder."""
        with page.expect_download() as download:
            page.click(selector)
        path = self.folder / name
        download.value.save_as(path)
        return path

    def look(self, page: Page, name: str) -> None:
        """A picture of the page as it stands, where pictures are asked for."""
        if not self.shown:
            return
        self.number += 1
        base, size, address = Path(self.shown), page.viewport_size, page.url
        for lang in ("sv", "en"):
            if lang == "en":
                other = page.context.new_page()
                other.goto(address.replace("/sv/", "/en/"))
            else:
                other = page
            for width in (1280, 390):
                other.set_viewport_size({"width": width, "height": 900})
                other.screenshot(path=base / f"{self.number:02}-{name}-{width}-{lang}.png", full_page=True)
            if other is not page:
                other.close()
        page.set_viewport_size(size or DESK)

    def close(self) -> None:
        """Everyone leaves."""
        for context in self.contexts.values():
            context.close()


def access(page: Page, key: str) -> None:
    """Alt and a key, as Chromium on Linux takes an access key; playwright's own keyboard sends no text with Alt."""
    code = f"Digit{key}" if key.isdigit() else f"Key{key.upper()}"
    words = {"modifiers": 1, "key": key, "code": code, "windowsVirtualKeyCode": ord(key.upper()),
             "text": key, "unmodifiedText": key}  # fmt: skip
    driver = page.context.new_cdp_session(page)
    driver.send("Input.dispatchKeyEvent", {"type": "keyDown"} | words)
    driver.send("Input.dispatchKeyEvent", {"type": "keyUp"} | words)
    driver.detach()


def press(page: Page, selector: str) -> None:
    """Press the first such link or button and wait for the page that comes."""
    with page.expect_navigation():
        page.locator(selector).first.click()


@contextmanager
def stage(browser: Browser, site: str, folder: Path) -> Iterator[Stage]:
    """A stage whose clock begins on the first working day of 2026."""
    with time_machine.travel(datetime(2026, 1, 7, 9, tzinfo=HERE), tick=True) as clock:
        made = Stage(browser, site, folder, clock)
        try:
            yield made
        finally:
            made.close()
