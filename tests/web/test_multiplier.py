"""The multiplier's page: rounds, interval, what it is not; twins; and no single answer anywhere."""

import csv
import json

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from kvar.ledger.store import Store
from kvar.spending.surveys import survey_of


@pytest.fixture
def client(town: Store, settings: LazySettings) -> Client:
    settings.DATA = town.root.parent
    cache.clear()
    return Client()


def test_rounds_add_up_to_the_figure(client: Client) -> None:
    data = client.get("/sv/9901/diagram/rundor.json?year=2024").json()
    first, second, third = (row[1] for row in data["rows"])
    assert data["lm3"]["value"] == pytest.approx((first + second + third) / first, abs=1e-4)
    assert data["lm3"]["low"] <= data["lm3"]["value"] <= data["lm3"]["high"]
    assert (data["indicator"], data["version"], data["convention"]) == ("multiplier", "1.1", "budget")
    assert first == client.get("/sv/9901/?year=2024").context["report"].base


def test_the_page_says_what_it_is_not_and_what_it_rests_on(client: Client) -> None:
    text = client.get("/sv/9901/multiplikator/?year=2022").content.decode()
    assert "Vad siffran inte är" in text
    assert "svarade om 2021" in text
    assert "Älvhamnsbostäder AB" in text
    assert "påhittad för exemplet" in text


def test_the_cross_check_is_shown_over_its_assumption(client: Client) -> None:
    data = client.get("/en/9901/diagram/kanslighet.json?year=2024").json()
    assert data["invented"] is True
    assert len(data["rows"]) == 7
    sv = client.get("/sv/9901/diagram/kanslighet.csv").content.decode().splitlines()
    assert len(list(csv.reader(sv, delimiter=";"))) == 8


def test_no_single_answer_is_anywhere(client: Client, town: Store) -> None:
    told = "".join(
        client.get(f"/en/9901/{path}?year=2024").content.decode()
        for path in ("multiplikator/", "diagram/rundor.json", "diagram/rundor.csv", "diagram/kanslighet.json")
    )
    replies = survey_of(town, "9901").of(2024)
    assert len(replies) > 20
    assert not any(reply.number in told for reply in replies)
    share = json.loads(client.get("/en/9901/diagram/rundor.json?year=2024").content)["rows"][2]
    known = client.get("/en/9901/diagram/rundor.json?year=2024").json()["rows"][1][1]
    assert round(share[1] / known * 100, 6) == round(share[1] / known * 100)  # whole per cent


def test_methods_have_their_published_cases(client: Client) -> None:
    text = (
        client.get("/sv/9901/metod/multiplier/").content.decode()
        + client.get("/sv/9901/metod/input_output/").content.decode()
    )
    for printed in ("2,44", "1,24", "45,4", "1,76", "0,36", "1,5182", "1,4521"):
        assert printed in text
    assert "stämmer inte" not in text
