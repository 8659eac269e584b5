"""Opening a ledger from the workbench: what is seen first, that one must read it, and that both deeds are logged."""

from collections.abc import Callable
from pathlib import Path

from django.test import Client

from kvar.ledger.importing import Options, import_files
from kvar.organisations.models import Organisation
from kvar.organisations.uploads import store
from kvar.spending.open_data.published import log, opened

LEDGER = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext
Bageriet AB;559900-0014;400,00;2024-01-05;6440;Livsmedel
Test Testsson;811228-9874;60,00;2024-01-12;6440;Livsmedel
Bageriet AB;559900-0014;11,00;2023-12-31;6440;Livsmedel
"""
ADDRESS = "/sv/arbetsbord/ours/oppna-data/"


def ledger(anchors: dict[str, Organisation], folder: Path) -> None:
    path = folder / "reskontra.csv"
    path.write_text(LEDGER, encoding="utf-8")
    list(import_files([path], store=store(), anchor=anchors["ours"].anchor(), options=Options()))


def test_what_would_be_open_is_seen_and_adds_up(
    anchors: dict[str, Organisation], signed_in: Callable[[str], Client], tmp_path: Path
) -> None:
    ledger(anchors, tmp_path)
    page = signed_in("analyst").get(f"{ADDRESS}?year=2024")
    text = page.content.decode().replace("\xa0", " ")
    assert "400,00 kr öppet + 60,00 kr innehållet = 460,00 kr" in text
    assert "Bageriet AB" in text
    assert "Testsson" not in text
    file = b"".join(signed_in("analyst").get(f"{ADDRESS}2024.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Testsson" not in file
    assert "60.00" in file
    assert signed_in("analyst").get(f"{ADDRESS}2021.csv").status_code == 404
    assert signed_in("analyst").get(f"{ADDRESS}?year=2021").status_code == 404


def test_open_and_take_back_are_the_command_s_own_and_logged(
    anchors: dict[str, Organisation], signed_in: Callable[[str], Client], tmp_path: Path
) -> None:
    ledger(anchors, tmp_path)
    browser = signed_in("analyst")
    assert browser.get("/sv/1480/oppna-data/ours-2024.csv").status_code == 404
    assert browser.post(ADDRESS, {"year": "2024"}).status_code == 422
    assert browser.post(ADDRESS, {"year": "2024", "read": "1", "contact": "inte en adress"}).status_code == 422
    assert opened(store()) == []
    assert browser.post(ADDRESS, {"year": "2024", "read": "1", "contact": "data@example.org"}).status_code == 302
    assert [(one.anchor, one.year, one.by) for one in opened(store())] == [("ours", 2024, "analyst@example.org")]
    assert browser.get("/sv/1480/oppna-data/ours-2024.csv").status_code == 200
    assert browser.post(ADDRESS, {"year": "2024", "close": "1"}).status_code == 302
    assert browser.get("/sv/1480/oppna-data/ours-2024.csv").status_code == 404
    assert [(told.what, told.year) for told in log(store(), "ours")] == [("close", 2024), ("open", 2024)]
    page = browser.get(ADDRESS).content.decode()
    assert "analyst@example.org tog tillbaka 2024" in page


def test_a_year_or_an_anchor_of_another_is_not_there(
    anchors: dict[str, Organisation], signed_in: Callable[[str], Client], tmp_path: Path
) -> None:
    ledger(anchors, tmp_path)
    assert signed_in("analyst").post(ADDRESS, {"year": "2021", "read": "1"}).status_code == 404
    assert signed_in("stranger").post(ADDRESS, {"year": "2024", "read": "1"}).status_code == 404
    assert signed_in("steering").post(ADDRESS, {"year": "2024", "read": "1"}).status_code == 404
    assert opened(store()) == []
