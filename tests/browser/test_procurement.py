"""Planning and public pages of the example's procurements in chromium: axe clean, no sideways scroll, no script."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from looks import looks_right, opens_right
from playwright.sync_api import Browser, Page

from kvar.organisations.models import Organisation
from kvar.procurement.example import procurements
from kvar.procurement.models import Procurement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "en lagom lång mening"
STEPS = ("", "behov/", "dialog/", "delar/", "funktion/", "kriterier/", "samhallsnytta/", "prova/", "villkor/",
         "forslag/", "oppnare/", "publicera/")  # fmt: skip


@pytest.fixture(autouse=True)
def town_of_procurements(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    Organisation.objects.create(slug="kommunen", name="Älvhamns kommun", country="SE", place="1480")
    procurements(PASSWORD, tmp_path / "keys")


def sign_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/sv/konto/login/")
    page.fill("#id_login", f"{name}@alvhamn.example")
    page.fill("#id_password", PASSWORD)
    page.click("form.card button")


@pytest.mark.parametrize(("lang", "widths"), [("sv", (1280, 320)), ("en", (390,))])
def test_the_officer_s_pages(live_server: Any, browser: Browser, lang: str, widths: tuple[int, ...]) -> None:
    page = browser.new_context(reduced_motion="reduce").new_page()
    sign_in(page, live_server.url, "upphandlare")
    base = f"{live_server.url}/{lang}/arbetsbord/upphandling/"
    plan = Procurement.objects.get(title__startswith="Frukt")
    opened = Procurement.objects.get(phase="published")
    addresses = [
        "",
        "ny/kommunen/",
        *(f"{plan.pk}/{step}" for step in STEPS),
        f"{opened.pk}/",
        f"{opened.pk}/fragor/",
    ]
    for address in addresses:
        opens_right(page, base + address, widths)
    page.close()


@pytest.mark.parametrize(("lang", "widths"), [("en", (1280, 320)), ("sv", (390,))])
def test_the_public_pages(live_server: Any, browser: Browser, lang: str, widths: tuple[int, ...]) -> None:
    page = browser.new_context(reduced_motion="reduce").new_page()
    base = f"{live_server.url}/{lang}/1480/upphandling/"
    shown = Procurement.objects.exclude(title__startswith="Frukt")
    for address in ("", "annat-hall/", *(f"{item.pk}/" for item in shown)):
        opens_right(page, base + address, widths)
    page.close()


def test_an_opener_registers_a_key_and_sees_what_to_do(live_server: Any, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=True, reduced_motion="reduce").new_page()
    plan = Procurement.objects.get(title__startswith="Frukt")
    plan.openers.create(person=User.objects.get(username="bedomare@alvhamn.example"), recipient="")
    sign_in(page, live_server.url, "bedomare")
    address = f"{live_server.url}/sv/arbetsbord/upphandling/{plan.pk}/min-nyckel/"
    opens_right(page, address)
    page.fill("#recipient", "inte en nyckel")
    page.click("form.card button")
    assert "Den börjar med age1" in page.content()
    looks_right(page)
    page.close()
