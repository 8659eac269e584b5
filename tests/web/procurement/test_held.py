"""Acts judge what the rows hold when the procurement is locked, and who has an interest acts on nothing."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement.actions import answers, drafting, evaluation, judging, keys, planning
from kvar.procurement.actions.cancelling import cancel
from kvar.procurement.example.made import part_of
from kvar.procurement.models import Bid, LogLeaf, Meeting, Opener, Procurement, Question, Term
from kvar.procurement.sealing.seal import new_opener
from tests.web.procurement.conftest import person
from tests.web.procurement.test_silence import TOKEN, signed_in


def refused(code: str, act: Any, **words: Any) -> None:
    with pytest.raises(KvarError) as caught:
        act(**words)
    assert caught.value.code == code
    assert caught.value.say("sv") != caught.value.say("en")


def leaves(made: Procurement, kind: str) -> list[dict[str, Any]]:
    rows = [json.loads(text) for text in LogLeaf.objects.filter(procurement=made).values_list("text", flat=True)]
    return [row["values"] for row in rows if row["kind"] == kind]


def test_an_explanation_is_noted_until_the_lot_is_decided(play: Any, officer: User) -> None:
    for n, price in enumerate((400_000_00, 900_000_00)):
        play.bid(n, price)
    play.open()
    low = Bid.objects.get(price=400_000_00)
    judging.ask_about_price(by=officer, bid=low)
    play.score_all()
    judging.explained(by=officer, bid=low, text="Vi har en egen maskin")
    digest = hashlib.sha256(b"Vi har en egen maskin").hexdigest()
    assert [row.get("answer") for row in leaves(play.made, "explain")] == [None, digest]
    evaluation.award(lot=play.made.lots.get(), by=officer, reasons="Flest poäng")
    refused("procurement.score.not_now", judging.explained, by=officer, bid=low, text="Efteråt")
    assert Bid.objects.get(pk=low.pk).explanation == "Vi har en egen maskin"
    assert len(leaves(play.made, "explain")) == 2


def test_a_bid_that_was_set_aside_meanwhile_is_not_explained(play: Any, officer: User) -> None:
    play.bid(0, 400_000_00)
    play.open()
    judging.ask_about_price(by=officer, bid=Bid.objects.get())
    stale = Bid.objects.get()
    judging.reject(by=officer, bid=Bid.objects.get(), reason="Uppfyller inte kraven")
    refused("procurement.score.not_now", judging.explained, by=officer, bid=stale, text="Efteråt")


def test_an_interest_is_declared_in_the_phase_that_the_row_holds(play: Any, officer: User) -> None:
    play.bid(0, 400_000_00)
    stale = play.open()
    play.score_all()
    evaluation.award(lot=stale.lots.get(), by=officer, reasons="Flest poäng")
    assert stale.phase == "evaluation"
    ann = User.objects.get(username="ann")
    refused("procurement.score.not_now", judging.declare, procurement=stale, by=ann, free=True)


def test_a_bid_that_was_set_aside_meanwhile_gets_no_score(play: Any, officer: User) -> None:
    for n in range(2):
        play.bid(n, 900_000_00 + n)
    made, ann = play.open(), User.objects.get(username="ann")
    stale = Bid.objects.get(price=900_000_00)
    judging.reject(by=officer, bid=Bid.objects.get(pk=stale.pk), reason="Uppfyller inte kraven")
    words = {"criterion": made.criteria.get(slug="quality"), "by": ann, "given": 50, "reason": "x"}
    refused("procurement.score.not_now", evaluation.score, bid=stale, **words)


def test_a_question_is_answered_once(published: Procurement) -> None:
    asked = answers.ask(procurement=published, asker=None, text="Får man dela?")
    stale = Question.objects.get(pk=asked.pk)
    answers.reply(question=asked, text="Ja")
    refused("procurement.question.answered", answers.reply, question=stale, text="Nej")
    assert [row["answer"] for row in leaves(published, "answer")] == ["Ja"]


def test_who_belongs_to_a_firm_does_not_cancel_before_the_opening(play: Any, officer: User) -> None:
    add_member(organisation=play.firm(0), person=officer, role="supplier")
    page, seen = reverse("plan-cancel", args=[play.made.pk]), []
    office = signed_in(officer)
    for n in range(3):  # nobody has bid, the officer's own firm has, another has too
        refused("procurement.cancel.firm", cancel, procurement=play.made, by=officer, reason="Ingen lust")
        answer = office.post(page, {"reason": "Ingen lust"})
        seen.append((answer.status_code, TOKEN.sub(b"", answer.content), TOKEN.sub(b"", office.get(page).content)))
        play.bid(n, 900_000_00)
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == 422
    assert "<textarea" not in seen[0][2].decode()
    assert leaves(play.made, "cancel") == []
    play.over()
    refused("procurement.cancel.firm", cancel, procurement=play.made, by=officer, reason="Ingen lust")
    cancel(procurement=play.made, by=person(play.made.organisation, "kollega", "officer"), reason="Fel i underlaget")


def test_nor_whoever_bids_for_the_town_s_own_company_or_leads_a_firm(play: Any, officer: User) -> None:
    own = Organisation.objects.create(slug="bolaget", name="Bolaget", country="SE", place="9901")
    add_member(organisation=own, person=officer, role="supplier")
    refused("procurement.cancel.firm", cancel, procurement=play.made, by=officer, reason="x")
    chief = person(play.made.organisation, "chef", "administrator")
    add_member(organisation=play.firm(7), person=chief, role="administrator")
    refused("procurement.cancel.firm", cancel, procurement=play.made, by=chief, reason="x")


def test_after_the_opening_only_whoever_belongs_to_a_bidder(play: Any, officer: User) -> None:
    add_member(organisation=play.firm(7), person=officer, role="supplier")
    play.bid(0, 900_000_00)
    cancel(procurement=play.open(), by=officer, reason="Fel i underlaget")
    assert Procurement.objects.get().phase == "cancelled"


def test_a_plan_is_dropped_also_by_whoever_belongs_to_a_firm(planned: Any, officer: User) -> None:
    firm = Organisation.objects.create(slug="f", name="F", country="SE", place="9901", kind="firm")
    add_member(organisation=firm, person=officer, role="supplier")
    cancel(procurement=planned(), by=officer, reason="Behövs inte")


def test_a_drill_is_of_the_key_that_is_registered(planned: Any) -> None:
    made = planned()
    opener = Opener.objects.get(person__username="ann")
    secret, recipient = new_opener()
    keys.register_key(procurement=made, person=opener.person, recipient=recipient)
    stale = Opener.objects.get(pk=opener.pk)
    answer = part_of(keys.challenge(stale), secret).decode()
    keys.register_key(procurement=made, person=opener.person, recipient=new_opener()[1])
    refused("procurement.opener.drill", keys.drill, opener=stale, answer=answer)
    assert Opener.objects.get(pk=opener.pk).drilled is None


def test_what_somebody_took_away_meanwhile_is_told(planned: Any) -> None:
    made = planned()
    term = planning.add_term(procurement=made, kind="social", clause="Två praktikplatser")
    invited = timezone.now() + timedelta(days=3)
    meeting = drafting.invite(procurement=made, at=invited, where="Rådhuset", invitation="Välkomna")
    opener = Opener.objects.get(person__username="bo")
    for model in (Term, Meeting, Opener):
        model.objects.all().delete()  # type: ignore[attr-defined]
    gone = "procurement.plan.gone"
    refused(gone, drafting.remove_term, term=term)
    refused(gone, drafting.write_notes, meeting=meeting, notes="Vi sa")
    refused(gone, keys.drill, opener=opener, answer="x")
    refused(gone, keys.dismiss, opener=opener)


def test_a_page_publishes_the_plan_as_it_was_last_written(
    planned: Any, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Price and route are changed by another between the page's reading and the lock."""
    made = planned()
    Procurement.objects.filter(pk=made.pk).update(value=500_000_00)
    planning.choose_measures(procurement=made, policy="lou", chosen=["jobs_target"], weight=2000)
    drafting.choose_route(procurement=made, route="direct")
    drafting.choose_price(procurement=made, price={"kind": "relative"})
    linear = {"kind": "linear", "full_at": 0, "zero_at": 1_000_000_00, "floored": False}
    locked = planning.still_planned

    def meanwhile(procurement: Procurement) -> None:
        Procurement.objects.filter(pk=procurement.pk).update(price_part=linear, route="advertised")
        locked(procurement)

    monkeypatch.setattr(planning, "still_planned", meanwhile)
    office = Client()
    office.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    answer = office.post(reverse("plan-publish", args=[made.pk]), {"day": day, "time": "12:00"})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.model is not None
    assert (made.phase, made.route, made.model["price"]) == ("published", "advertised", linear)
