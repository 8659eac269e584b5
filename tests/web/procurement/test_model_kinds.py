"""Deductions and points for the money, from the plan to the public record: the same order everywhere, and told."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.organisations.models import Organisation
from kvar.procurement import verifier
from kvar.procurement.actions import drafting, evaluation, planning
from kvar.procurement.award_report import report_pdf
from kvar.procurement.models import Award, Bid, Procurement
from kvar.procurement.offers import form_of
from kvar.procurement.sealing.form import blank
from tests.web.procurement.conftest import Play

GIVEN = {900_000_00: (90, 5), 700_000_00: (40, 2)}  # price -> points for quality, level of each measure
KINDS = {
    "deduction": ({"kind": "deduction", "base": 1_000_000_00}, 4000, "340\u00a0000\u00a0kr"),
    "quotient": ({"kind": "quotient"}, 0, "102,22"),
}


@pytest.fixture(autouse=True)
def known_place(buyer: Organisation) -> None:
    Organisation.objects.filter(pk=buyer.pk).update(place="1480")


def publish(made: Procurement, price: dict[str, Any], weight: int) -> None:
    """The cleaning procurement, judged by another kind of model."""
    rows = [
        {"slug": "price", "kind": "price", "title": "Pris", "weight": weight},
        {"slug": "quality", "kind": "quality", "title": "Kvalitet", "weight": 8000 - weight, "scale": "points"},
    ]
    planning.choose_criteria(procurement=made, rows=rows)
    drafting.choose_price(procurement=made, price=price)
    deadline = timezone.now() + timedelta(days=30)
    planning.publish(procurement=made, route="advertised", deadline=deadline)


def judge(play: Play) -> None:
    ann, bo = (User.objects.get(username=name) for name in ("ann", "bo"))
    for bid in Bid.objects.filter(lot__procurement=play.made):
        points, level = GIVEN[bid.price or 0]
        for one in play.made.criteria.exclude(kind="price"):
            words = {
                "bid": bid,
                "criterion": one,
                "given": points if one.scale == "points" else level,
                "reason": "Skäl",
            }
            for person in (ann, bo):
                evaluation.score(by=person, **words)
            evaluation.agree(by=ann, **words)


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_ranks_is_told_and_can_be_recomputed(
    planned: Callable[..., Procurement], client: Client, settings: Any, tmp_path: Path, officer: User, kind: str
) -> None:
    settings.DATA, (price, weight, value) = tmp_path, KINDS[kind]
    play = Play(planned())
    publish(play.made, price, weight)
    page = client.get(reverse("notice", args=["sv", "1480", play.made.pk])).content.decode()
    assert {"deduction": "mervärdesavdrag", "quotient": "delar poängen"}[kind] in page
    form = blank(form_of(play.made.lots.get(), play.firm(0), "sv"), "sv").replace("\N{NO-BREAK SPACE}", " ")
    assert {"deduction": "Drar av högst 400 000 kr från priset.", "quotient": "Väger 80 procent."}[kind] in form
    for n, amount in enumerate(GIVEN):
        play.bid(n, amount)
    play.open()
    judge(play)
    lot = play.made.lots.get()
    made = evaluation.award(lot=lot, by=officer, reasons="Bäst enligt modellen")
    assert made.bid.price == 900_000_00
    page = client.get(reverse("notice", args=["sv", "1480", play.made.pk])).content.decode()
    assert value in page
    assert report_pdf(Award.objects.get(), "en").startswith(b"%PDF")
    record = json.loads(json.dumps(evaluation.public_record(lot)))
    assert verifier.faults(record, []) == []
    record["bids"][0]["given"]["quality"] = 100 - record["bids"][0]["given"]["quality"]
    assert verifier.faults(record, []) != []


def test_the_officer_chooses_the_kind_and_tries_it(planned: Callable[..., Procurement], officer: User) -> None:
    made, browser = planned(), Client()
    browser.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    criteria, simulate = (reverse(name, args=[made.pk]) for name in ("plan-criteria", "plan-simulate"))
    rows = {"title": ["Kvalitet"], "question": ["Hur?"], "weight": ["40"], "scale": ["(level-1)/4"]}
    words = {"price_weight": "40", "price_kind": "deduction", "base": "", **rows}
    assert "Skriv det belopp som avdragen räknas av" in browser.post(criteria, words).content.decode()
    assert browser.post(criteria, words | {"base": "1 000 000"}).status_code == 302
    text = browser.get(simulate).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "−100 000 kr" in text, "level 2 of the question at 40 %: a quarter of 400,000"
    assert "ett lägre pris lönar sig alltid" in text
    assert browser.get(simulate + "?pA=800000&A-q1-kvalitet=60").status_code == 422, "points kept from another scale"
    assert browser.post(criteria, words | {"price_kind": "quotient"}).status_code == 302
    assert "har priset ingen egen vikt" in browser.get(simulate).content.decode()
    browser.post(criteria, words | {"price_kind": "quotient", "price_weight": "", "weight": ["80"]})
    assert "Poäng per miljon" in browser.get(simulate).content.decode()
    publishing = browser.get(reverse("plan-publish", args=[made.pk])).content.decode()
    assert "delas med priset" in publishing


def test_lots_of_unlike_size_get_a_word_when_amounts_judge_them(
    planned: Callable[..., Procurement], officer: User
) -> None:
    made, browser = planned(), Client()
    browser.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    planning.divide(procurement=made, lots=[("A", 900_000_00), ("B", 100_000_00)], reason="")
    page, told = reverse("plan-criteria", args=[made.pk]), "Delarna är olika stora"
    for price, warned in (({"kind": "deduction", "base": 900_000_00}, True), ({"kind": "relative"}, False)):
        drafting.choose_price(procurement=made, price=price)
        assert (told in browser.get(page).content.decode()) is warned
