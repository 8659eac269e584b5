"""What a firm reads of a procurement whose quotes are not sealed, and of lots it has not bid for."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.organisations.models import Organisation
from kvar.procurement.actions import planning
from kvar.procurement.actions.opening import answered
from kvar.procurement.models import Bid, Procurement
from kvar.procurement.rules.need import Need
from tests.web.procurement.conftest import person


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


def small(buyer: Organisation, officer: User) -> Procurement:
    """A direct procurement that is planned."""
    need = Need("SE", "subcentral", "services", timezone.localdate(), 300_000_00, "90910000")
    made = planning.plan(organisation=buyer, by=officer, title="Liten", text="x", need=need)
    planning.choose_criteria(procurement=made, rows=[
        {"slug": "price", "kind": "price", "title": "Pris", "weight": 10_000},
    ])  # fmt: skip
    return made


SAID = {
    "sv": ("Ingen behöver utses", "förseglas", "behövs inte"),
    "en": ("Nobody has to be appointed", "are sealed", "not needed"),
}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_step_that_asks_for_nothing_says_so(buyer: Organisation, officer: User, client: Client, lang: str) -> None:
    said, never, state = SAID[lang]
    made = small(buyer, officer)
    client.force_login(officer)
    address = reverse("plan-openers", args=[made.pk]).replace("/sv/", f"/{lang}/", 1)
    page = client.get(address).content.decode()
    assert said in page
    assert state in page
    assert never not in page
    assert 'name="person"' not in page
    planning.appoint(procurement=made, person=officer)
    assert 'name="dismiss"' in client.get(address).content.decode(), "whoever was appointed for another route"
    for name in ("plan", "procurements"):
        page = client.get(reverse(name, args=[made.pk] if name == "plan" else [])).content.decode()
        assert reverse("plan-key", args=[made.pk]) not in page, "no key is waited for"
    Procurement.objects.filter(pk=made.pk).update(route="advertised")
    page = client.get(address).content.decode()
    assert never in page
    assert said not in page


def test_a_quote_has_no_form_to_seal_and_a_cancelled_one_no_seals(
    buyer: Organisation, officer: User, client: Client
) -> None:
    made = small(buyer, officer)
    planning.publish(procurement=made, deadline=timezone.now() + timedelta(days=9))
    firm = Organisation.objects.create(slug="firm-0", name="F", country="SE", place="1480", kind="firm")
    client.force_login(person(firm, "boss", "supplier"))
    lot = {"slug": "firm-0", "pk": made.pk, "number": 1}
    for end in ("yml", "json"):
        answer = client.get(reverse(f"bid-form-{end}", kwargs=lot))
        assert (answer.status_code, answer["Location"]) == (302, reverse("bid-lot", kwargs=lot))
    client.force_login(officer)
    page = client.get(reverse("plan-cancel", args=[made.pk])).content.decode()
    assert "Offerter som har kommit in öppnas inte" in page
    assert "örseglade" not in page
