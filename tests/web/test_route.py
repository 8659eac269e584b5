"""The page "Which way?": the law's answer in both languages, errors that say what to mend, what cannot be told."""

import pytest
from django.conf import LazySettings
from django.test import Client

from kvar.ledger.store import Store

WAY = "/{lang}/9901/upphandling/vag/"


@pytest.fixture
def client(town: Store, settings: LazySettings) -> Client:
    settings.DATA = town.root.parent
    return Client()


def text(client: Client, query: str = "", lang: str = "sv", status: int = 200) -> str:
    answer = client.get(WAY.format(lang=lang) + query)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_empty_page_asks_and_teaches(client: Client) -> None:
    assert "Vilken väg är öppen i upphandlingslagen?" in text(client)
    assert "Which way does the procurement act leave open?" in text(client, lang="en")


def test_splitting_is_warned_of_with_its_paragraphs(client: Client) -> None:
    query = "?kind=services&buyer=subcentral&day=2025-03-01&value=650+000&similar=200000&cpv=90910000"
    page = text(client, query)
    assert "Annonsera enligt 19 kap." in page
    assert "5 kap. 7, 7 a, 11 § LOU" in page
    assert "Kräv inte och poängsätt inte att leverantören eller varan är lokal." in page
    assert "850\N{NO-BREAK SPACE}000" in page
    assert "LOU 5:7, 7a, 11" in text(client, query, "en")


def test_a_limit_nobody_verified_says_so_in_the_page_s_language(client: Client) -> None:
    query = "?kind=goods&buyer=subcentral&day=2026-03-01&value=2400000"
    assert "Det kan inte avgöras" in text(client, query)
    assert "har inte setts" in text(client, query)
    assert "has not been seen" in text(client, query, "en")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?kind=goods&buyer=subcentral&value=mycket", "mycket är inget belopp"),
        ("?kind=goods&buyer=subcentral", "Värdet saknas"),
        ("?kind=goods&buyer=subcentral&value=1&cpv=99999999", "finns inte"),
        ("?kind=goods&buyer=subcentral&value=1&day=2019-01-01", "gäller från 2022-02-01"),
        ("?kind=goods&buyer=subcentral&value=1&supplied=5", "byggentreprenad"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(client: Client, query: str, said: str) -> None:
    page = text(client, query, status=422)
    assert said in page
    assert 'value="mycket"' in page or "mycket" not in query


def test_words_find_codes(client: Client) -> None:
    assert "55524000 Skolbespisning" in text(client, "?cpv=skolbespis")


@pytest.mark.django_db
def test_a_place_without_any_ledger_has_the_way_and_no_rooms_of_money(client: Client) -> None:
    answer = client.get("/sv/1480/upphandling/vag/")
    assert answer.status_code == 200
    assert "/sv/1480/upphandling/" in answer.content.decode()
    assert "/sv/1480/pengarna/" not in answer.content.decode()
    assert client.get("/sv/9999/upphandling/vag/").status_code == 404
