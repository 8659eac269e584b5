"""What every page must hold at every width: no violation that axe finds, no sideways scroll."""

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (1280, 390, 320)
AXE = Axe().axe_script
RUN = "axe.run({resultTypes: ['violations']}).then(({violations}) => ({violations}))"


def looks_right(page: Page, widths: tuple[int, ...] = WIDTHS) -> None:
    """The page as it stands, at each width; the half megabyte of axe is read by the page once."""
    page.evaluate(AXE)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found = AxeResults(page.evaluate(RUN))
        assert found.violations_count == 0, f"{page.url} {width}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)


def opens_right(page: Page, address: str, widths: tuple[int, ...] = WIDTHS) -> None:
    """The page at an address, loaded once."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    looks_right(page, widths)
