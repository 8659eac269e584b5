"""Why it changed: the page, its charts' twins, and what it says when it cannot tell."""

import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from typer.testing import CliRunner

from kvar.cli.main import app
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store

ONE_YEAR = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext
Bageriet AB;559900-0014;300,00;2023-01-05;6440;Livsmedel
"""


@pytest.fixture
def client(town: Store, settings: LazySettings) -> Client:
    settings.DATA = town.root.parent
    cache.clear()
    return Client()


@pytest.mark.parametrize("query", ["", "?from=2020&to=2023", "?from=2019&to=2024&local_to=region", "?anchor=polisen"])
def test_the_table_sums_to_the_ore(client: Client, query: str) -> None:
    data = client.get(f"/sv/9901/diagram/forandring.json{query}").json()
    first, *effects, last = (row[1] for row in data["rows"])
    assert first + sum(effects) == last
    anchors = client.get(f"/sv/9901/diagram/forandring-ankare.json{query}").json()["rows"]
    assert sum(row[-1] for row in anchors) == last - first
    assert data["indicator"] == "change"
    assert data["low_minor"] <= last - first <= data["high_minor"]


def test_the_years_agree_with_the_report(client: Client) -> None:
    rows = client.get("/en/9901/diagram/forandring.json?from=2019&to=2024").json()["rows"]
    for year, row in (("2019", rows[0]), ("2024", rows[-1])):
        figure = client.get(f"/sv/9901/?year={year}").context["figure"]
        assert row[1] == round(figure.value * figure.base)


def test_twins(client: Client) -> None:
    csv = client.get("/sv/9901/diagram/forandring.csv").content.decode().splitlines()
    assert len(csv) == 8
    svg = client.get("/en/9901/diagram/forandring.svg").content.decode()
    assert svg.startswith("<svg")
    assert "Other choices" in svg
    page = client.get("/sv/9901/diagram/forandring-slag/?from=2020&to=2024").content.decode()
    assert 'name="from"' in page
    assert "2020–2024" in page


def test_the_command_gives_the_same_ore(client: Client, town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KVAR_DATA", str(town.root.parent))
    said = json.loads(CliRunner().invoke(app, ["change", "2019", "2024", "--json"]).stdout)
    rows = client.get("/sv/9901/diagram/forandring.json?from=2019&to=2024").json()["rows"]
    assert list(said["effects"].values()) == [row[1] for row in rows[1:-1]]
    assert CliRunner().invoke(app, ["change", "2024", "2019"]).exit_code == 1


@pytest.mark.parametrize("query", ["from=1999", "to=x", "local=hela-landet", "anchor=x"])
def test_what_is_not_there_is_404(client: Client, query: str) -> None:
    assert client.get(f"/sv/9901/forandring/?{query}").status_code == 404


def test_the_method_shows_the_published_cases(client: Client) -> None:
    text = client.get("/sv/9901/metod/change/").content.decode()
    assert "−15,4" in text
    assert "stämmer inte" not in text


def test_one_year_teaches_what_is_needed(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA = tmp_path
    cache.clear()
    path = tmp_path / "ett.csv"
    path.write_text(ONE_YEAR, encoding="utf-8")
    anchor = Anchor("staden", "Staden", "SE", "1480")
    list(import_files([path], store=Store(tmp_path / "store"), anchor=anchor, options=Options()))
    text = Client().get("/sv/1480/forandring/").content.decode()
    assert "Två år behövs" in text
    assert Client().get("/sv/1480/diagram/forandring/").status_code == 404
