"""Sign in and load a ledger in the browser: four steps, each axe clean and without sideways scroll, then undo."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from looks import looks_right, opens_right
from playwright.sync_api import Browser

from kvar.organisations import actions
from kvar.organisations.models import Organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "en lagom lång mening"
LEDGER = """Kund;Pengar till;Bokfört;Kostnad i kr
Skola;Bageri Exempel AB;2024-03-01;12 500,50
Skola;X AB;2024-02-30;1,00
"""


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    person = User.objects.create_user("a", "a@example.org", PASSWORD)
    home = Organisation.objects.create(slug="ours", name="Älvhamns kommun", country="SE", place="1480")
    actions.add_member(organisation=home, person=person, role="administrator")


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_ledger_from_sign_in_to_undo(live_server: Any, browser: Browser, tmp_path: Path, lang: str) -> None:
    page = browser.new_context(java_script_enabled=True, reduced_motion="reduce").new_page()
    page.goto(f"{live_server.url}/{lang}/arbetsbord/")
    page.fill("#id_login", "a@example.org")
    page.fill("#id_password", PASSWORD)
    page.click("form.card button")
    looks_right(page)
    for address in ("manniskor", "regler"):
        opens_right(page, f"{live_server.url}/{lang}/arbetsbord/ours/{address}/")
    (tmp_path / "mars.csv").write_text(LEDGER, encoding="utf-8")
    opens_right(page, f"{live_server.url}/{lang}/arbetsbord/ours/import/")
    page.set_input_files("#id_file", tmp_path / "mars.csv")
    page.click("form.card button")
    page.wait_for_selector("table.match")
    page.select_option("#id_c1", "supplier_name")
    page.select_option("#id_c2", "date")
    page.select_option("#id_c0", "")
    page.select_option("#id_c3", "amount")
    looks_right(page)
    page.click("p.actions button")
    page.wait_for_selector("#id_control_total")
    looks_right(page)
    page.fill("#id_control_total", "12 500,50")
    page.click("form.card button")
    page.wait_for_selector("p.actions a.button")
    looks_right(page)
    assert "fel.csv" in page.content()
    page.click("button.quiet")
    page.wait_for_selector("p.lead")
    looks_right(page)
    page.close()
