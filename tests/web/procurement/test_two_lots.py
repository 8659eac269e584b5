"""Lots are decided one by one: what is awarded stands, what nobody can win is closed, and none ends the others."""

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement import judged, verifier
from kvar.procurement.actions import cancelling, closing, drafting, evaluation, follow_up, judging, opening, planning
from kvar.procurement.ahead import ahead
from kvar.procurement.models import Award, Bid, Declaration, Lot, Procurement
from kvar.procurement.sealing.parts import read_parts

LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}
DAYS = {"starts": date(2026, 1, 1), "ends": date(2027, 12, 31)}


@pytest.fixture
def lots(play: Any, officer: User) -> Any:
    """Two lots, opened: bids of firms 0 and 1 for the first, of nobody for the second; all judged."""
    Lot.objects.create(procurement=play.made, number=2, title="Fönster", value=100_000_00)
    Organisation.objects.filter(slug="ours").update(place="1480")
    for n, price in ((0, 900_000_00), (1, 950_000_00)):
        play.bid(n, price, lot=play.made.lots.get(number=1))
    play.open()
    play.score_all()
    return play


def refused(code: str, act: Any, **words: Any) -> None:
    with pytest.raises(KvarError) as caught:
        act(**words)
    assert caught.value.code == code
    assert caught.value.say("sv") != caught.value.say("en")


def phase(play: Any) -> str:
    play.made.refresh_from_db()
    return str(play.made.phase)


def awarded(play: Any, officer: User) -> Award:
    made = evaluation.award(lot=play.made.lots.get(number=1), by=officer, reasons="Flest poäng")
    Award.objects.update(may_sign=timezone.now())
    made.refresh_from_db()
    return made


def test_signing_one_lot_ends_no_other(lots: Any, officer: User) -> None:
    made = awarded(lots, officer)
    follow_up.sign(award=made, by=officer, **DAYS)
    assert phase(lots) == "evaluation"
    record = reverse("notice-record", args=["sv", "1480", lots.made.pk, 1])
    assert Client().get(record).status_code == 404
    closing.close(lot=lots.made.lots.get(number=2), by=officer, reason="Inget anbud kom in")
    assert phase(lots) == "contracted", "the other lot was signed before: nothing is left to sign"
    assert Client().get(record).status_code == 200
    closed = Client().get(reverse("notice-record", args=["sv", "1480", lots.made.pk, 2])).json()
    assert (closed["closed"], closed["bids"]) == ("Inget anbud kom in", [])
    assert verifier.faults(closed) == []


def test_a_lot_that_nobody_can_win_is_closed_with_its_reason(lots: Any, officer: User) -> None:
    one, two = lots.made.lots.get(number=1), lots.made.lots.get(number=2)
    refused("procurement.score.reason", closing.close, lot=two, by=officer, reason=" ")
    office = Client()
    office.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("bid-award", args=[lots.made.pk])
    assert "Avsluta delen utan tilldelning" in office.get(page).content.decode()
    assert office.post(page, {"act": "close", "lot": "2", "reason": "Inget anbud kom in"}).status_code == 302
    two.refresh_from_db()
    refused("procurement.score.not_now", closing.close, lot=two, by=officer, reason="igen")
    assert phase(lots) == "evaluation"
    made = awarded(lots, officer)
    assert phase(lots) == "awarded"
    follow_up.sign(award=made, by=officer, **DAYS)
    assert phase(lots) == "contracted"
    told = office.get(page).content.decode()
    assert "1 av 2 delar är tilldelade, en avslutades utan tilldelning" in told
    assert "Avtalet är tecknat och gäller från" in told
    assert "tecknas tidigast" not in told
    public = Client().get(reverse("notice", args=["sv", "1480", lots.made.pk])).content.decode()
    assert "Avslutad utan tilldelning" in public
    assert "Inget anbud kom in" in public
    assert verifier.faults(evaluation.public_record(one)) == []


def test_a_lot_with_bids_is_cancelled_by_itself_also_after_another_was_signed(
    lots: Any, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    """The whole cannot be cancelled any more; the other lot's bidders are told why, and its record is whole."""
    third = Lot.objects.create(procurement=lots.made, number=3, title="Trappor", value=100_000_00)
    closing.close(lot=lots.made.lots.get(number=2), by=officer, reason="Inget anbud kom in")
    boss = User.objects.create_user("boss1", "boss1@example.org", "x")
    add_member(organisation=Organisation.objects.get(slug="firm-1"), person=boss, role="supplier")
    firm = Organisation.objects.get(slug="firm-1")
    bid = Bid.objects.create(lot=third, bidder=firm, sha256="0" * 64, submitted=timezone.now(), price=80_000_00)
    follow_up.sign(award=awarded(lots, officer), by=officer, **DAYS)
    refused("procurement.cancel.too_late", cancelling.cancel, procurement=lots.made, by=officer, reason="Pengarna")
    refused("procurement.score.reason", closing.close, lot=third, by=officer, reason=" ")
    stale = Lot.objects.get(pk=third.pk)
    office = Client()
    office.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("bid-award", args=[lots.made.pk])
    assert "Avbryt den här delen" in office.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(page, {"act": "close", "lot": "3", "reason": "Pengarna räcker inte"}).status_code == 302
    refused("procurement.score.not_now", closing.close, lot=stale, by=officer, reason="igen")
    assert str(bid.pk) not in office.get(page).content.decode(), "nothing more is asked of it"
    assert phase(lots) == "contracted"
    told = [item.to for item in mail.outbox if "Pengarna räcker inte" in item.body]
    assert told == [["boss1@example.org"]]
    firm_page = Client()
    firm_page.force_login(boss, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = firm_page.get(reverse("bid-procurement", args=["firm-1", lots.made.pk])).content.decode()
    assert "Pengarna räcker inte" in page
    [leaf] = [row for row in map(json.loads, lots.made.leaves.values_list("text", flat=True))
              if row["kind"] == "close" and row["values"]["lot"] == 3]  # fmt: skip
    assert leaf["values"]["cancelled"] is True
    assert evaluation.public_record(Lot.objects.get(pk=third.pk))["bids"][0]["id"] == str(bid.pk)


def test_a_closed_lot_asks_for_no_scores(lots: Any, officer: User) -> None:
    two = lots.made.lots.get(number=2)
    firm = Organisation.objects.get(slug="firm-0")
    bid = Bid.objects.create(lot=two, bidder=firm, sha256="0" * 64, submitted=timezone.now(), price=80_000_00)
    ann, criterion = User.objects.get(username="ann"), lots.made.criteria.get(slug="quality")
    Declaration.objects.create(procurement=lots.made, person=ann, free=True)
    judge = Client()
    judge.force_login(ann, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("bid-question", args=[lots.made.pk, bid.pk, criterion.slug])
    assert judge.get(page).status_code == 200
    assert bid in {row.bid for row in judged.questions(lots.made, ann)}
    closing.close(lot=two, by=officer, reason="Pengarna räcker inte")
    assert judge.get(page).status_code == 404
    assert bid not in {row.bid for row in judged.questions(lots.made, ann)}
    awarded(lots, officer)
    assert ahead(Procurement.objects.get(pk=lots.made.pk), timezone.now()) == "sign"


def test_the_last_lot_that_could_be_won_is_cancelled_with_the_whole(lots: Any, officer: User) -> None:
    closing.close(lot=lots.made.lots.get(number=2), by=officer, reason="Inget anbud kom in")
    one = lots.made.lots.get(number=1)
    refused("procurement.lot.last", closing.close, lot=one, by=officer, reason="Pengarna räcker inte")
    cancelling.cancel(procurement=lots.made, by=officer, reason="Pengarna räcker inte")


def test_nothing_of_an_awarded_lot_changes(lots: Any, officer: User) -> None:
    made, ann = awarded(lots, officer), User.objects.get(username="ann")
    loser = Bid.objects.get(price=950_000_00)
    words = {"criterion": lots.made.criteria.get(slug="quality"), "by": ann, "given": 100, "reason": "Ångrar"}
    for bid in (made.bid, loser):
        refused("procurement.score.not_now", evaluation.agree, bid=bid, **words)
        refused("procurement.score.not_now", judging.reject, bid=bid, by=officer, reason="Ångrar")
    assert [row.place for row in evaluation.ranked(made.lot)] == [1, 2]


def test_a_contract_is_signed_once(lots: Any, officer: User) -> None:
    made = awarded(lots, officer)
    follow_up.sign(award=made, by=officer, **DAYS)
    refused("procurement.sign.twice", follow_up.sign, award=made, by=officer, **DAYS)
    refused("procurement.cancel.too_late", cancelling.cancel, procurement=lots.made, by=officer, reason="Ångrar")


def test_what_was_cancelled_does_not_come_back(lots: Any, officer: User) -> None:
    made, ann = awarded(lots, officer), User.objects.get(username="ann")
    cancelling.cancel(procurement=lots.made, by=officer, reason="Pengarna räcker inte")
    refused("procurement.sign.not_now", follow_up.sign, award=made, by=officer, **DAYS)
    assert phase(lots) == "cancelled"
    refused("procurement.box.closed", opening.parts_for, procurement=lots.made, person=ann)


def test_who_belongs_to_a_bidder_decides_nothing(lots: Any, officer: User) -> None:
    add_member(organisation=Organisation.objects.get(slug="firm-1"), person=officer, role="supplier")
    one, bid = lots.made.lots.get(number=1), Bid.objects.get(price=900_000_00)
    conflict = "procurement.score.conflict"
    refused(conflict, evaluation.award, lot=one, by=officer, reasons="Flest poäng")
    refused(conflict, closing.close, lot=lots.made.lots.get(number=2), by=officer, reason="x")
    refused(conflict, judging.reject, bid=bid, by=officer, reason="x")
    refused(conflict, judging.ask_about_price, bid=bid, by=officer)
    refused(conflict, cancelling.cancel, procurement=lots.made, by=officer, reason="x")


def test_the_score_of_one_with_an_interest_does_not_count(lots: Any, officer: User) -> None:
    bo, ann = (User.objects.get(username=name) for name in ("bo", "ann"))
    bid, criterion = Bid.objects.get(price=900_000_00), lots.made.criteria.get(slug="quality")
    words = {"bid": bid, "criterion": criterion, "given": 70, "reason": "Vi är ense"}
    refused("procurement.score.two_first", evaluation.agree, by=officer, **words)
    Declaration.objects.create(procurement=lots.made, person=bo, free=False, text="Min bror")
    refused("procurement.score.two_first", evaluation.agree, by=ann, **words)
    assert timezone.now() - timedelta(days=1) < bid.submitted


def test_a_plan_read_before_publication_does_not_unpublish(planned: Any) -> None:
    made = planned()
    stale = Procurement.objects.get(pk=made.pk)
    deadline = timezone.now() + timedelta(days=30)
    planning.publish(procurement=made, route="advertised", deadline=deadline, price=LINEAR)
    words = {"title": "Annat", "text": "Annat", "need": stale.as_need()}
    refused("procurement.frozen", drafting.rewrite, procurement=stale, **words)
    stale.refresh_from_db()
    assert (stale.phase, stale.title) == ("published", "Städning")


def test_a_plan_is_published_as_it_was_written_last(planned: Any) -> None:
    made = planned()
    stale = Procurement.objects.get(pk=made.pk)
    drafting.rewrite(procurement=made, title="Fönsterputs", text="Rena fönster", need=made.as_need())
    deadline = timezone.now() + timedelta(days=30)
    planning.publish(procurement=stale, route="advertised", deadline=deadline, price=LINEAR)
    made.refresh_from_db()
    assert (made.phase, made.title, made.need) == ("published", "Fönsterputs", "Rena fönster")


def test_the_reason_of_a_closed_lot_is_told_when_the_rest_is_cancelled(lots: Any, officer: User) -> None:
    closing.close(lot=lots.made.lots.get(number=2), by=officer, reason="Inget anbud kom in")
    address = reverse("notice", args=["sv", "1480", lots.made.pk])
    assert "Inget anbud kom in" not in Client().get(address).content.decode()
    cancelling.cancel(procurement=lots.made, by=officer, reason="Pengarna räcker inte")
    assert "Inget anbud kom in" in Client().get(address).content.decode()


@pytest.mark.parametrize(
    "sent", [b"", b"[]", b"{", b'{"a": 1}', b'{"a": {"b": 1}}', b'{"a": {"b": "\xc3\xa5"}}', b"[" * 100_000]
)
def test_a_file_that_holds_no_parts_is_refused(sent: bytes) -> None:
    with pytest.raises(KvarError, match="file of parts"):
        read_parts(io.BytesIO(sent), 10**6)
