"""What a firm reads of a procurement whose quotes are not sealed, and of lots it has not bid for."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from kvar.organisations.models import Organisation
from kvar.procurement.actions.opening import answered
from kvar.procurement.models import Bid, Procurement


@pytest.fixture(autouse=True)
def known_place(buyer: Organisation) -> None:
    Organisation.objects.filter(pk=buyer.pk).update(place="1480")


def test_quotes_are_not_called_encrypted_or_sealed(play: Any, officer: User) -> None:
    Procurement.objects.filter(pk=play.made.pk).update(route="direct")
    public = Client().get(reverse("notice", args=["sv", "1480", play.made.pk])).content.decode()
    assert "men krypteras inte" in public
    assert "Anbudet krypteras" not in public
    office = Client()
    office.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = office.get(reverse("bid-opening", args=[play.made.pk])).content.decode()
    assert "Offerterna hålls stängda till" in page
    assert "förseglade" not in page


def test_sealed_bids_are_called_so(play: Any) -> None:
    public = Client().get(reverse("notice", args=["sv", "1480", play.made.pk])).content.decode()
    assert "Anbudet krypteras" in public
    assert "men krypteras inte" not in public


def test_bids_open_after_the_server_s_key_was_changed(play: Any, settings: Any) -> None:
    play.bid(0, 900_000_00)
    settings.SECRET_KEY = "another key of the same server"
    made = play.open()
    assert [bid.price for bid in Bid.objects.filter(lot__procurement=made)] == [900_000_00]


def test_a_target_written_as_text_is_a_number() -> None:
    found = answered({"jobs": {"target": " 1 4 ", "text": "14"}, "odd": {"target": "många"}})
    assert found == {"jobs": {"target": 14, "text": "14"}, "odd": {"target": "många"}}
