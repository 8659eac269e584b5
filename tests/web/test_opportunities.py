"""Möjligheter and the memo: the law first, intervals, no persons, and a PDF that is the same memo."""

import json

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from typer.testing import CliRunner

from kvar.cli.main import app
from kvar.core.numbers import has_person_number
from kvar.ledger.store import Store
from kvar.spending.opportunities import slug_of

MEMO = f"mojligheter/{slug_of('Lokalvård')}"


@pytest.fixture
def client(town: Store, settings: LazySettings) -> Client:
    settings.DATA = town.root.parent
    cache.clear()
    return Client()


@pytest.mark.parametrize(("lang", "law"), [("sv", "aldrig vara ett krav"), ("en", "may never be a requirement")])
def test_the_law_stands_before_the_list(client: Client, lang: str, law: str) -> None:
    text = client.get(f"/{lang}/9901/mojligheter/").content.decode()
    assert text.index(law) < text.index('class="card opportunity"')
    assert "Polisen i Älvsland (påhittad)" in text.split("<dl")[0], "an anchor without a register is named as such"


def test_more_moved_is_more(client: Client) -> None:
    less, more = (client.get(f"/sv/9901/mojligheter/?x={x}").context["all"] for x in (5, 50))
    assert less != more
    assert client.get("/sv/9901/mojligheter/?x=101").status_code == 404
    assert client.get("/sv/9901/mojligheter/?x=tio").status_code == 404


def test_the_parts_are_the_whole(client: Client) -> None:
    found = client.get("/sv/9901/mojligheter/").context
    assert found["whole"].base == found["report"].base
    assert sum(found["influence"].by_verdict().values()) == found["report"].base


def test_no_contract_and_no_supplier_is_named_in_public(client: Client, town: Store) -> None:
    text = client.get("/sv/9901/mojligheter/").content.decode() + client.get(f"/sv/9901/{MEMO}/").content.decode()
    assert "A-6130" not in text
    assert ", del 1" not in text
    assert not has_person_number(text)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_memo_says_what_is_lawful_and_what_is_not_known(client: Client, lang: str) -> None:
    answer = client.get(f"/{lang}/9901/{MEMO}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    for head in answer.context["memo"]["heads"].values():
        assert head in text
    assert "LOU" in text
    assert "2013" in text
    assert len(answer.context["memo"]["fields"]) == 3


def test_the_memo_as_pdf(client: Client) -> None:
    answer = client.get(f"/sv/9901/{MEMO}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in answer.content


def test_an_unknown_category_is_404(client: Client) -> None:
    assert client.get("/sv/9901/mojligheter/finns-inte/").status_code == 404
    assert client.get("/sv/9901/mojligheter/finns-inte.pdf").status_code == 404


def test_a_district_is_a_home_of_its_own(client: Client) -> None:
    town = client.get("/sv/9901/mojligheter/").context
    code = town["scene"].districts[1].code
    seen = client.get(f"/sv/9901/mojligheter/?district={code}").context
    report = seen["report"].local_share["district"]
    assert seen["whole"].base == town["whole"].base
    assert seen["whole"].near == round(report.low * report.base)
    assert seen["whole"].near < town["whole"].near
    assert seen["whole"].away > town["whole"].away


def test_library_command_and_page_give_the_same_ore(client: Client, town: Store) -> None:
    environment = {"KVAR_DATA": str(town.root.parent)}
    words = ["opportunities", "--place", "9901", "--period", "2024", "--json"]
    said = json.loads(CliRunner().invoke(app, words, env=environment).stdout)
    found = client.get("/sv/9901/mojligheter/?year=2024").context
    assert said["whole"]["away_open"] == found["whole"].away_open
    assert said["whole"]["base"] == found["report"].base
    owners = said["rows"][0]["capacity"]["by_ownership"]
    assert sum(owners.values()) == said["rows"][0]["capacity"]["firms"]
