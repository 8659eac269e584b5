"""The twins of a view say the same as the page: CSV, JSON, workbook, brief, embed; and a supplier's own page."""

from io import BytesIO

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from python_calamine import CalamineWorkbook

from kvar.core.money import NBSP
from kvar.ledger.store import Store

CHARTS = ("andel", "lackage", "floden", "karta", "ankare", "former")


@pytest.fixture
def client(town: Store, settings: LazySettings) -> Client:
    settings.DATA = town.root.parent
    cache.clear()
    return Client()


@pytest.mark.parametrize("name", CHARTS)
def test_json_csv_and_workbook_hold_the_same_rows(client: Client, name: str) -> None:
    data = client.get(f"/sv/9901/diagram/{name}.json?year=2024").json()
    csv = client.get(f"/en/9901/diagram/{name}.csv?year=2024").content.decode().splitlines()
    sheet = client.get("/sv/9901/kvar.xlsx?year=2024").content
    book = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_name(name).to_python()
    assert len(csv) - 1 == len(data["rows"]) == len(book) - 2
    assert data["place"]["invented"] is True
    money = data["kinds"].index("money")
    for row, line in zip(data["rows"], book[2:], strict=True):
        assert round(float(line[money]) * 100) == row[money]


def test_shares_of_the_map_and_the_flow_add_up_to_the_base(client: Client) -> None:
    report = client.get("/sv/9901/?year=2024").context["report"]
    rows = client.get("/sv/9901/diagram/ankare.json?year=2024").json()["rows"]
    assert sum(row[-1] for row in rows) == report.base
    anchors = {row[0] for row in rows}
    flow = client.get("/sv/9901/diagram/floden.json?year=2024").json()["rows"]
    assert sum(row[2] for row in flow if row[0] in anchors) == report.base


def test_the_brief_is_two_tagged_pages(client: Client) -> None:
    pdf = client.get("/sv/9901/kvar.pdf?year=2024").content
    assert pdf.startswith(b"%PDF-")
    assert b"/MarkInfo" in pdf
    assert b"/Count 2" in pdf


def test_a_supplier_has_a_page_and_a_person_has_none(client: Client) -> None:
    report = client.get("/sv/9901/?year=2024").context["report"]
    first = report.top_suppliers[0]
    text = client.get(f"/sv/9901/leverantor/{first.slug}/").content.decode()
    assert f"<h1>{first.name}</h1>" in text
    assert f"{NBSP}" in text
    assert client.get("/sv/9901/leverantor/x-000000/").status_code == 404


def test_only_the_embed_may_be_framed(client: Client) -> None:
    page, embed = (client.get(f"/sv/9901/diagram/andel/{last}") for last in ("", "ram/"))
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed


@pytest.mark.parametrize("path", ["diagram/nej/", "diagram/lackage.svg", "diagram/nej.csv", "sida/nej/"])
def test_what_is_not_there_is_404(client: Client, path: str) -> None:
    assert client.get(f"/sv/9901/{path}").status_code == 404


def test_the_place_is_remembered(client: Client) -> None:
    client.get("/en/9901/")
    assert client.get("/").headers["Location"] == "/sv/9901/"
