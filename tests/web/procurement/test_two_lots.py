"""Lots are decided one by one: what is awarded stands, what nobody can win is closed, and none ends the others."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement import verifier
from kvar.procurement.actions import cancelling, drafting, evaluation, follow_up, judging, opening, planning
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
    evaluation.close(lot=lots.made.lots.get(number=2), by=officer, reason="Inget anbud kom in")
    assert phase(lots) == "contracted", "the other lot was signed before: nothing is left to sign"
    assert Client().get(record).status_code == 200
    assert Client().get(reverse("notice-record", args=["sv", "1480", lots.made.pk, 2])).status_code == 404


def test_a_lot_that_nobody_can_win_is_closed_with_its_reason(lots: Any, officer: User) -> None:
    one, two = lots.made.lots.get(number=1), lots.made.lots.get(number=2)
    refused("procurement.lot.bids", evaluation.close, lot=one, by=officer, reason="x")
    refused("procurement.score.reason", evaluation.close, lot=two, by=officer, reason=" ")
    office = Client()
    office.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("bid-award", args=[lots.made.pk])
    assert "Avsluta delen utan tilldelning" in office.get(page).content.decode()
    assert office.post(page, {"act": "close", "lot": "2", "reason": "Inget anbud kom in"}).status_code == 302
    two.refresh_from_db()
    refused("procurement.score.not_now", evaluation.close, lot=two, by=officer, reason="igen")
    assert phase(lots) == "evaluation"
    made = awarded(lots, officer)
    assert phase(lots) == "awarded"
    follow_up.sign(award=made, by=officer, **DAYS)
    assert phase(lots) == "contracted"
    public = Client().get(reverse("notice", args=["sv", "1480", lots.made.pk])).content.decode()
    assert "Avslutad utan tilldelning" in public
    assert "Inget anbud kom in" in public
    assert verifier.faults(evaluation.public_record(one)) == []


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
    refused(conflict, evaluation.close, lot=lots.made.lots.get(number=2), by=officer, reason="x")
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
    evaluation.close(lot=lots.made.lots.get(number=2), by=officer, reason="Inget anbud kom in")
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
