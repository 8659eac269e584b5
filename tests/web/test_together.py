"""The page of several anchors and the page of open data, over a small town with releases made for it."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from kvar.cli.demo import load_town
from kvar.ledger.store import Store
from kvar.spending.release.contribution import Contribution
from kvar.spending.release.publish import of_contributions, publish
from kvar.spending.release.sheet import Part, Sheet, behind, keys_of

CELLS = tuple((row, column) for row in ("F", "G", "Q") for column in ("municipality", "region", "elsewhere"))


def _given(slug: str, size: int, year: int) -> Contribution:
    cells = {cell: 100 * (size + 7 * n) for n, cell in enumerate(CELLS) if not (size < 6000 and cell == CELLS[4])}
    figures = {key: Part(sum(cells[c] for c in behind(key, cells)), 5, 1) for key in keys_of(cells)}
    return Contribution(Sheet(slug, figures), slug.title(), "9901", year, "SEK")


@pytest.fixture(scope="module")
def town_told(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("told") / "store")
    load_town(store, 0.01)
    given = [
        _given(slug, size, 2022)
        for slug, size in (("ena", 9000), ("andra", 7000), ("tredje", 5000), ("fjarde", 4000))
    ]
    publish(store, of_contributions(store, given))
    return store


@pytest.fixture
def client(town_told: Store, settings: LazySettings) -> Iterator[Client]:
    settings.DATA = town_told.root.parent
    cache.clear()
    yield Client()
    cache.clear()


def test_the_title_says_what_stays_and_withheld_cells_are_two_dots(client: Client) -> None:
    page = client.get("/sv/9901/tillsammans/?year=2022").content.decode()
    assert "4 ankare tillsammans:" in page
    assert "av 100 kronor stannade i Älvhamn</h1>" in page
    assert "Ena, Andra, Tredje, Fjarde" in page
    rows = list(
        csv.reader(
            client.get("/sv/9901/diagram/tillsammans.csv?year=2022").content.decode().splitlines(), delimiter=";"
        )
    )
    told = {row[0]: row[1:] for row in rows[1:]}
    assert told["handel"][1] == ".."
    assert any(cell == ".." for cell in told["bygg"] + told["vård och omsorg"])
    assert told["bygg"][2] == "."


def test_a_year_without_a_release_teaches(client: Client) -> None:
    page = client.get("/en/9901/tillsammans/?year=2019").content.decode()
    assert "without opening their books" in page
    assert "kvar aggregate make" in page
    assert client.get("/sv/9901/diagram/tillsammans/?year=2019").status_code == 404


def test_open_files_only_of_open_years(client: Client) -> None:
    page = client.get("/sv/9901/oppna-data/").content.decode()
    assert "av 100 kronor går att följa rad för rad</h1>" in page
    answer = client.get("/sv/9901/oppna-data/kommunen-2024.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].endswith('leverantorsreskontra-kommunen-2024.csv"')
    assert text.startswith("kopare_id,kopare,")
    assert "Skyddade uppgifter (" in text
    for address in ("kommunen-2023.csv", "polisen-2024.csv", "katalog.exe"):
        assert client.get(f"/sv/9901/oppna-data/{address}").status_code == 404
    assert client.get("/fi/9901/oppna-data/kommunen-2024.csv").status_code == 404


@pytest.mark.parametrize(("form", "kind"), [("rdf", "application/rdf+xml"), ("ttl", "text/turtle")])
def test_the_catalogue_is_the_same_in_both_languages(client: Client, form: str, kind: str) -> None:
    swedish, english = (client.get(f"/{lang}/9901/oppna-data/katalog.{form}") for lang in ("sv", "en"))
    assert swedish["Content-Type"].startswith(kind)
    assert "http://testserver/sv/9901/oppna-data/kommunen-2024.csv" in swedish.content.decode()
    assert len(swedish.content) == len(english.content)


def test_no_sheet_of_one_anchor_is_public(town_told: Store) -> None:
    received = town_told.root / "aggregates" / "received"
    assert received.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in Path(received).iterdir())
