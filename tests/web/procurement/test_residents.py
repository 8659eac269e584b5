"""Residents' proposals: the door, the officer's answers, what the public and the log keep of them."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.procurement import residents
from kvar.procurement.actions import drafting, planning, proposals
from kvar.procurement.models import Procurement, Proposal
from tests.web.procurement.test_silence import signed_in

LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}


@pytest.fixture
def buyer(db: None, settings: Any, tmp_path: Path) -> Organisation:
    settings.DATA = tmp_path
    return Organisation.objects.create(slug="ours", name="Göteborgs stad", country="SE", place="1480")


@pytest.fixture
def plan(planned: Callable[..., Procurement]) -> Procurement:
    made = planned()
    drafting.write_function(procurement=made, rows=[("Rena golv", "Stickprov")])
    planning.add_term(procurement=made, kind="social", clause="De boende bjuds in till en rond")
    return made


def deliver(plan: Procurement, text: str = "Städa med bara lokala firmor", **more: Any) -> Proposal:
    words = {"source": "jury", "who": "medborgarjuryn i Bergsjön", "received": timezone.localdate(), "text": text}
    return proposals.deliver(procurement=plan, **(words | more))


def publish(plan: Procurement) -> None:
    deadline = timezone.now() + timedelta(days=30)
    planning.publish(procurement=plan, route="advertised", deadline=deadline, price=LINEAR)


def refused(code: str, act: Callable[..., object], **words: Any) -> None:
    with pytest.raises(KvarError) as caught:
        act(**words)
    assert caught.value.code == code
    assert caught.value.say("sv") != caught.value.say("en")


def test_a_proposal_is_delivered_without_persons(plan: Procurement) -> None:
    made = deliver(plan, text="Ring mig: 811228-9874", reference="Möte 3")
    assert "811228" not in made.text
    refused("procurement.proposal.source", deliver, plan=plan, source="phone")
    refused("procurement.proposal.words", deliver, plan=plan, text=" ")
    refused("procurement.proposal.words", deliver, plan=plan, who="")
    refused("procurement.proposal.day", deliver, plan=plan, received=timezone.localdate() + timedelta(days=1))


def test_publication_waits_until_all_are_answered_and_then_the_door_is_shut(plan: Procurement, officer: User) -> None:
    first, second = deliver(plan), deliver(plan, text="Be oss om råd varje månad")
    refused("procurement.publish.proposals", publish, plan=plan)
    term = plan.terms.get()
    proposals.answer(proposal=second, by=officer, target=f"term:{term.pk}")
    refused("procurement.proposal.reason", proposals.answer, proposal=first, by=officer, target="no")
    refused("procurement.proposal.target", proposals.answer, proposal=first, by=officer, target="criterion:nope")
    proposals.answer(proposal=first, by=officer, target="no", ground="local")
    publish(plan)
    refused("procurement.frozen", deliver, plan=plan)
    refused("procurement.frozen", proposals.answer, proposal=first, by=officer, target="no", reason="Nej")
    kinds = [json.loads(leaf.text)["kind"] for leaf in plan.leaves.all()]
    assert kinds == ["publish", "proposals"]
    rows = json.loads(plan.leaves.last().text)["values"]["proposals"]
    assert [(row["became"], row["ground"]) for row in rows] == [("no", "local"), ("term", "")]
    assert "lokala firmor" not in plan.leaves.last().text


def test_without_proposals_nothing_is_asked_and_nothing_logged(plan: Procurement) -> None:
    publish(plan)
    assert plan.leaves.count() == 1


@pytest.mark.parametrize("lose", ["function", "term"])
def test_an_answer_whose_target_is_gone_waits_again(plan: Procurement, officer: User, lose: str) -> None:
    made = deliver(plan)
    key = next(
        one.key
        for one in residents.targets(plan, "sv")
        if one.became == ("term" if lose == "term" else "requirement")
    )
    proposals.answer(proposal=made, by=officer, target=key, reason="Ja")
    assert not residents.unanswered(plan)
    if lose == "term":
        drafting.remove_term(term=plan.terms.get())
    else:
        drafting.write_function(procurement=plan, rows=[("Rena väggar", "Stickprov")])
    assert residents.unanswered(plan) == [made]


def test_every_kind_of_target_is_offered(plan: Procurement) -> None:
    found = {one.became for one in residents.targets(plan, "en")}
    assert found == {"requirement", "criterion", "measure", "term"}
    assert "Internships in the contract" in {one.title for one in residents.targets(plan, "en")}


def test_the_table_holds_what_the_action_holds(plan: Procurement) -> None:
    made = deliver(plan)
    for change in ({"became": "no"}, {"became": "term"}, {"became": "x"}, {"source": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=made.pk).update(**change)


def test_the_officer_enters_and_answers_by_the_page_and_residents_read_it(plan: Procurement, officer: User) -> None:
    browser, address = signed_in(officer), reverse("plan-residents", kwargs={"pk": plan.pk})
    assert "Inga förslag" in browser.get(address).content.decode()
    words = {"add": "1", "source": "letter", "who": "föräldrar", "received": "2026-01-05", "reference": "",
             "proposal_text": "Köp från närodlade gårdar"}  # fmt: skip
    assert browser.post(address, words | {"who": ""}).status_code == 422
    assert browser.post(address, words).status_code == 302
    text = browser.get(address).content.decode()
    assert "ord som pekar på lokalt: närodlade" in text
    assert "19 kap. 2 §" in text.replace("\N{NO-BREAK SPACE}", " ")
    made = Proposal.objects.get()
    wrong = browser.post(address, {"proposal": made.pk, "target": "no", "reason": ""})
    assert wrong.status_code == 422
    assert "ska få skäl" in wrong.content.decode()
    said = "Vi mäter efteråt varifrån maten kom."
    done = browser.post(address, {"proposal": made.pk, "target": "no", "ground": "local", "reason": said})
    assert done.status_code == 302
    publish(plan)
    for lang, word in (("sv", "Togs inte med"), ("en", "Was not taken")):
        page = Client().get(f"/{lang}/1480/upphandling/{plan.pk}/").content.decode()
        assert word in page
        assert said in page
        assert "närodlade" in page
        assert officer.email not in page
    assert browser.post(address, {"proposal": made.pk + 99, "target": "no"}).status_code == 404
