"""The public pages in both languages, on the invented town."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from kvar.core.numbers import has_person_number
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.figure import Question
from kvar.spending.report import report

PAGES = (
    "definitioner/", "foretagen/", "diagram/definitioner/", "diagram/agare/ram/",
    "", "pengarna/", "metod/local_share/", "metod/coverage/", "metod/leakage/", "metod/purchases/",
    "metod/top_suppliers/", "diagram/andel/", "diagram/floden/",
    "mojligheter/", "diagram/paverkbart/", "metod/opportunities/",
    "diagram/karta/ram/", "sida/om/", "sida/tillganglighet/", "ordlista/",
    "?district=9901-2", "pengarna/?district=9901-2",
    "stadsdelar/", "metod/deprivation/", "diagram/koncentration/", "diagram/stadsdelar/",
    "diagram/stadsdelskarta/ram/",
    "forandring/", "metod/change/", "diagram/forandring/", "diagram/forandring-ankare/ram/",
    "tillsammans/", "metod/together/", "oppna-data/",
    "koncentration/", "diagram/marknader/", "diagram/beroende/ram/",
    "natverk/", "metod/network/", "metod/concentration/", "diagram/natverk/", "diagram/gemensamt/ram/",
    "multiplikator/", "metod/multiplier/", "metod/input_output/", "diagram/rundor/", "diagram/kanslighet/ram/",
)  # fmt: skip


@pytest.fixture
def client(town: Store, settings: LazySettings) -> Client:
    settings.DATA = town.root.parent
    cache.clear()
    return Client()


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_and_says_it_is_invented(client: Client, lang: str, page: str) -> None:
    answer = client.get(f"/{lang}/9901/{page}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert ("Påhittat exempel" if lang == "sv" else "Invented example") in text
    assert f'<html lang="{lang}">' in text
    assert "style=" not in text
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_title_says_the_finding(client: Client) -> None:
    text = client.get("/sv/9901/").content.decode()
    assert re.search(r"<h1>\d+ av 100 kronor stannade kvar i Älvhamn</h1>", text)


def test_seen_from_a_district(client: Client) -> None:
    text = client.get("/sv/9901/?district=9901-2").content.decode()
    assert re.search(r"<h1>(\d+|Mindre än 1) av 100 kronor stannade kvar i Högbacken</h1>", text)
    assert "Stannade i stadsdelen" in text
    money = client.get("/sv/9901/pengarna/?district=9901-2").content.decode()
    assert re.search(r"<h1[^>]*>Älvhamn köpte för [\d,]+\xa0mkr: minst [^<]+ av det gick till Högbacken</h1>", money)
    assert "Övriga kommunen" in text
    assert "Högbacken" in client.get("/sv/9901/diagram/karta.csv?district=9901-2").content.decode()
    assert client.get("/sv/9901/kvar.pdf?district=9901-2").content.startswith(b"%PDF")


def test_districts_side_by_side(client: Client) -> None:
    text = client.get("/sv/9901/stadsdelar/").content.decode()
    assert re.search(
        r"<h1[^>]*>De mest utsatta stadsdelarna har 42 av 100 invånare och får minst \d+ av 100 kronor</h1>", text
    )
    assert "Det finns ingen vedertagen formel" in text
    table = client.get("/sv/9901/diagram/stadsdelar.csv").content.decode().splitlines()
    assert table[1].startswith("Högbacken;")
    assert len(table) == 6
    assert client.get("/sv/9901/diagram/koncentration.svg").status_code == 200


def test_the_coins_agree_with_the_title(client: Client) -> None:
    text = client.get("/sv/9901/").content.decode()
    told = re.search(r"<h1>(\d+) av 100", text)
    near = re.search(r'part-municipality"><b>(\d+)</b>', text)
    assert told is not None
    assert near is not None
    assert told[1] == near[1]
    assert text.count("<circle") == 100


def test_the_first_year_is_compared_with_nothing(client: Client) -> None:
    years = [client.get(f"/sv/9901/?year={year}").content.decode() for year in (2019, 2024)]
    assert ["procentenheter sedan 2019</span>" in text for text in years] == [False, True]


def test_no_person_number_on_any_page(client: Client) -> None:
    for page in (*PAGES, "diagram/andel.csv", "diagram/andel.svg"):
        text = client.get(f"/sv/9901/{page}").content.decode()
        assert not has_person_number(text)


@pytest.mark.parametrize(
    "path",
    [
        "/sv/1480/",
        "/fi/9901/",
        "/sv/9901/?year=1999",
        "/sv/9901/?anchor=x",
        "/sv/9901/?district=9902",
        "/sv/9901/metod/x/",
    ],
)
def test_what_is_not_there_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_start_leads_to_the_only_place(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/sv/9901/"


def test_csv_for_each_language(client: Client) -> None:
    sv = client.get("/sv/9901/diagram/andel.csv").content.decode()
    en = client.get("/en/9901/diagram/andel.csv").content.decode()
    assert sv.startswith("\ufeff")
    assert len(sv.splitlines()) == len(en.splitlines()) == 7
    assert sv.splitlines()[1].replace(",", ".").replace(";", ",") == en.splitlines()[1]


def test_library_command_and_page_give_the_same_ore(client: Client, town: Store) -> None:
    batches = [ref for ref, _ in town.batches()]
    library = report(town, batches, Question("9901", 202401, 202412), gazetteer=Gazetteer.load(town.root / "places"))
    command = subprocess.run(
        [Path(sys.executable).parent / "kvar", "report", "--period", "2024", "--json"],
        env={"KVAR_DATA": str(town.root.parent), "PATH": ""},
        capture_output=True,
        check=True,
    )
    page = client.get("/sv/9901/?year=2024").context["report"]
    assert json.loads(command.stdout) == json.loads(json.dumps(library.to_json()))
    assert page == library


def test_a_page_kept_for_one_host_is_not_shown_to_another(client: Client, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "other.example"]
    address = "/sv/9901/diagram/floden/"
    assert "http://one.example/" in client.get(address, headers={"host": "one.example"}).content.decode()
    other = client.get(address, headers={"host": "other.example"}).content.decode()
    assert "http://other.example/" in other
    assert "one.example" not in other
