"""The pages in chromium: axe clean, no sideways scroll, first Tab skips to the content."""

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from looks import opens_right
from playwright.sync_api import Browser, ConsoleMessage, Page

from kvar.ledger.store import Store
from kvar.spending.opportunities import slug_of
from kvar.web.wsgi import application

pytestmark = pytest.mark.browser
ROUTE = "upphandling/vag/?kind=services&buyer=subcentral&value=650000&similar=200000&cpv=90910000"
PAGES = (
    "/sv/9901/definitioner/",
    "/en/9901/foretagen/",
    "/sv/9901/",
    "/en/9901/",
    "/sv/9901/pengarna/",
    "/sv/9901/mojligheter/",
    f"/en/9901/mojligheter/{slug_of('Livsmedel')}/",
    "/en/9901/metod/local_share/",
    "/sv/9901/diagram/floden/",
    "/en/9901/diagram/karta/",
    "/sv/9901/sida/tillganglighet/",
    "/en/9901/ordlista/",
    "/sv/konto/login/",
    "/sv/9901/?district=9901-2",
    "/en/9901/pengarna/?district=9901-2",
    "/sv/9901/forandring/",
    "/en/9901/metod/change/",
    "/sv/9901/multiplikator/",
    "/en/9901/diagram/kanslighet/",
    "/sv/9901/tillsammans/",
    "/en/9901/tillsammans/",
    "/sv/9901/oppna-data/",
    "/en/9901/oppna-data/",
    "/sv/9901/natverk/",
    "/en/9901/natverk/?district=9901-2",
    "/sv/9901/koncentration/",
    "/en/9901/koncentration/?district=9901-2",
    "/en/9901/definitioner/?district=9901-2",
    "/sv/9901/foretagen/?district=9901-2",
    "/en/9901/forandring/?district=9901-2&local=any_workplace",
    "/sv/9901/multiplikator/?district=9901-2",
    "/sv/9901/stadsdelar/",
    f"/sv/9901/{ROUTE}",
    f"/en/9901/{ROUTE}",
    "/sv/9901/leverantor/",
)


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(town: Store) -> Iterator[str]:
    before, settings.DATA = settings.DATA, town.root.parent
    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    settings.DATA = before


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One window, as a reader has: what pages share is fetched once."""
    page = browser.new_page(reduced_motion="reduce")
    yield page
    page.close()


@pytest.mark.parametrize("address", PAGES)
def test_axe_and_reflow(site: str, window: Page, address: str) -> None:
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        said.append(message.text)

    window.on("console", listen)
    if address.endswith("/leverantor/"):  # the largest supplier, by its link
        window.goto(site + address.replace("leverantor", "pengarna"))
        address = window.get_attribute("main a[href*='/leverantor/']", "href") or ""
    opens_right(window, site + address)
    window.remove_listener("console", listen)
    assert said == []


def test_the_first_tab_skips_to_the_content(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(site + PAGES[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.close()


def test_works_without_scripts(site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(site + PAGES[0])
    page.select_option("#year", "2019")
    page.click("button")
    assert "year=2019" in page.url
    page.close()
