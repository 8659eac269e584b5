"""A procurement is cancelled with reasons told to all; sealed bids stay sealed; after the award it is too late."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from kvar.core.errors import KvarError
from kvar.procurement.actions import bidding, opening
from kvar.procurement.actions.cancelling import cancel
from kvar.procurement.models import Bid, LogLeaf, Procurement


@pytest.fixture
def browser(officer: User) -> Client:
    found = Client()
    found.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def test_reasons_are_needed_and_told(browser: Client, play: Any) -> None:
    made = play.made
    address = reverse("plan-cancel", kwargs={"pk": made.pk})
    assert browser.post(address, {"reason": " "}).status_code == 422
    assert browser.post(address, {"reason": "Behovet har ändrats."}).status_code == 302
    Procurement.objects.get(pk=made.pk, phase="cancelled")
    kinds = [json.loads(text)["kind"] for text in LogLeaf.objects.values_list("text", flat=True)]
    assert kinds[-1] == "cancel"
    assert "Behovet har ändrats." in browser.get(reverse("plan", kwargs={"pk": made.pk})).content.decode()


def test_sealed_bids_stay_sealed(officer: User, play: Any) -> None:
    play.bid(0, 900_000_00)
    cancel(procurement=play.made, by=officer, reason="Fel i underlaget.")
    with pytest.raises(KvarError):
        bidding.withdraw(lot=play.made.lots.get(), bidder=play.firm(0))
    play.over()
    ann = User.objects.get(username="ann")
    for act in (lambda: play.parts("ann"), lambda: opening.contribute(procurement=play.made, person=ann, parts={})):
        with pytest.raises(KvarError) as caught:
            act()
        assert caught.value.code == "procurement.box.closed", "not even how many there are is told"
    assert not Bid.objects.exists()


def test_a_firm_still_finds_its_own_receipt(officer: User, supplier: User, play: Any) -> None:
    play.bid(0, 900_000_00)
    cancel(procurement=play.made, by=officer, reason="Fel i underlaget.")
    firm = Client()
    firm.force_login(supplier, backend="allauth.account.auth_backends.AuthenticationBackend")
    lot = {"slug": "firm-0", "pk": play.made.pk, "number": 1}
    page = firm.get(reverse("bid-procurement", args=["firm-0", play.made.pk])).content.decode()
    assert "Upphandlingen är avbruten" in page
    assert "Fel i underlaget." in page
    assert "Se kvittot" in page
    assert "Tiden gick ut" not in firm.get(reverse("bid-lot", kwargs=lot)).content.decode()
    assert reverse("bid-lot", kwargs=lot) in page
    assert firm.get(reverse("bid-receipt", kwargs=lot)).json()["receipt"]["lot"] == 1
    assert play.made.title in firm.get(reverse("bid-chances", args=["firm-0"])).content.decode()


@pytest.mark.parametrize("phase", ["awarded", "contracted", "cancelled"])
def test_too_late(officer: User, published: Procurement, phase: str) -> None:
    Procurement.objects.filter(pk=published.pk).update(phase=phase)
    with pytest.raises(KvarError) as caught:
        cancel(procurement=published, by=officer, reason="x")
    assert caught.value.code == "procurement.cancel.too_late"
