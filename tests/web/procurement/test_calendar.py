"""The public calendar: dialogue, open, closed and decided; a plan that nobody was invited to is not there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from kvar.ledger.store import Store
from kvar.organisations.models import Organisation
from kvar.procurement.models import Meeting, Procurement

ADDRESS = "/sv/9901/upphandling/"


@pytest.fixture
def client(town: Store, settings: LazySettings) -> Client:
    settings.DATA = town.root.parent
    return Client()


def text(client: Client, query: str = "") -> str:
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_empty_calendar_teaches(client: Client, db: None) -> None:
    assert "Ingen upphandling är öppen för anbud i Älvhamn" in text(client)
    assert "bjudit in till dialog" in text(client)


def test_a_plan_shows_once_a_dialogue_is_invited_to(client: Client, planned: Callable[..., Procurement]) -> None:
    made = planned()
    assert "Städning" not in text(client)
    Meeting.objects.create(
        procurement=made, at=timezone.now() + timedelta(days=3), where="Biblioteket", invitation="x"
    )
    page = text(client)
    assert "Planeras: marknadsdialog" in page
    assert "Städning" in page


def test_an_open_one_shows_its_last_day_and_is_found_by_words(client: Client, published: Procurement) -> None:
    assert published.deadline is not None
    page = text(client)
    assert "En upphandling är öppen för anbud i Älvhamn" in page
    assert f"{timezone.localtime(published.deadline):%Y-%m-%d}" in page
    assert "Städning" in text(client, "?q=rena+städ")
    assert "Ingen upphandling innehåller ”tunnel”" in text(client, "?q=tunnel")


@pytest.mark.parametrize(("phase", "said"), [("evaluation", "Anbudstiden är slut: bedöms"), ("awarded", "Avgjorda")])
def test_later_phases(client: Client, published: Procurement, phase: str, said: str) -> None:
    Procurement.objects.filter(pk=published.pk).update(phase=phase)
    assert said in text(client)


def test_a_cancelled_plan_and_another_place_are_not_there(
    client: Client, planned: Callable[..., Procurement]
) -> None:
    made = planned()
    Procurement.objects.filter(pk=made.pk).update(phase="cancelled")
    assert "Städning" not in text(client)
    Organisation.objects.update(place="1480")
    Procurement.objects.filter(pk=made.pk).update(phase="published", published=timezone.now(),
                                                  deadline=timezone.now() + timedelta(days=1))  # fmt: skip
    assert "Städning" not in text(client)
