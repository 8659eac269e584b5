"""Several anchors, one picture: the page, its twins, and one anchor alone."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store

ONE = "Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext\nBageriet AB;559900-0014;300,00;2023-01-05;6440;Livsmedel\n"


@pytest.fixture
def client(town: Store, settings: LazySettings) -> Client:
    settings.DATA = town.root.parent
    cache.clear()
    return Client()


@pytest.mark.parametrize("name", ["natverk", "gemensamt"])
def test_rows_sum_over_anchors(client: Client, name: str) -> None:
    data = client.get(f"/sv/9901/diagram/{name}.json?year=2024").json()
    first = 5 if name == "gemensamt" else 2
    assert data["rows"]
    for row in data["rows"]:
        assert row[1] == sum(amount or 0 for amount in row[first:])
        assert sum(amount is not None for amount in row[first:]) >= 2
    csv = client.get(f"/en/9901/diagram/{name}.csv?year=2024").content.decode().splitlines()
    assert len(csv) == len(data["rows"]) + 1
    assert client.get(f"/en/9901/diagram/{name}.svg").content.startswith(b"<svg")


def test_what_is_shared_and_withheld_is_no_more_than_the_purchases(client: Client) -> None:
    data = client.get("/sv/9901/diagram/natverk.json?year=2024").json()
    assert 0 < data["shared_minor"] <= data["all_minor"]


def test_both_sides_and_the_law_are_told(client: Client) -> None:
    text = client.get("/sv/9901/natverk/").content.decode()
    for told in ("Det talar för", "Det talar emot", "7 kap. 10–12 §§", "4 kap. 13 §"):
        assert told in text


def test_one_anchor_teaches_what_is_needed(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA = tmp_path
    cache.clear()
    (tmp_path / "ett.csv").write_text(ONE, encoding="utf-8")
    anchor = Anchor("staden", "Staden", "SE", "1480")
    list(import_files([tmp_path / "ett.csv"], store=Store(tmp_path / "store"), anchor=anchor, options=Options()))
    assert "Två ankarinstitutioner behövs" in Client().get("/sv/1480/natverk/").content.decode()
    assert Client().get("/sv/1480/diagram/natverk/").status_code == 404
