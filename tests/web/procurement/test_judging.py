"""Interests, low prices, bids set aside, attached files, and quotes where the route asks for no seal."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.procurement import box, kept, verifier
from kvar.procurement.actions import bidding, evaluation, judging, opening, planning
from kvar.procurement.law import followed
from kvar.procurement.models import Bid, LogLeaf, Lot, Procurement
from kvar.procurement.rules.low_price import below_others, worth_asking
from kvar.procurement.sealing.filled import Filled

LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}


def refused(code: str, act: Callable[..., object], **words: Any) -> None:
    with pytest.raises(KvarError) as caught:
        act(**words)
    assert caught.value.code == code
    assert caught.value.say("sv") != caught.value.say("en")


def test_whoever_has_an_interest_says_so_and_may_not_score(play: Any) -> None:
    play.bid(0, 900_000_00)
    made, ann = play.open(), User.objects.get(username="ann")
    refused("procurement.declare.text", judging.declare, procurement=made, by=ann, free=False)
    judging.declare(procurement=made, by=ann, free=False, text="Min syster äger firman")
    words = {"bid": Bid.objects.get(), "criterion": made.criteria.get(slug="quality"), "given": 50, "reason": "x"}
    refused("procurement.score.conflict", evaluation.score, by=ann, **words)
    judging.declare(procurement=made, by=ann, free=True)
    assert evaluation.score(by=ann, **words).given == 50
    assert "syster" not in "".join(LogLeaf.objects.values_list("text", flat=True))


def test_a_low_price_is_asked_about_before_it_may_be_rejected(play: Any) -> None:
    for n, price in enumerate((400_000_00, 900_000_00, 950_000_00)):
        play.bid(n, price)
    play.open()
    low, officer = Bid.objects.get(price=400_000_00), User.objects.get(username="officer")
    refused("procurement.price.ask_first", judging.reject, by=officer, bid=low, reason="För lågt", low_price=True)
    refused("procurement.price.not_asked", judging.explained, by=officer, bid=low, text="Egen maskin")
    judging.ask_about_price(by=officer, bid=low)
    judging.explained(by=officer, bid=low, text="Vi har en egen maskin")
    refused("procurement.score.reason", judging.reject, by=officer, bid=low, reason=" ", low_price=True)
    judging.reject(by=officer, bid=low, reason="Förklaringen räcker inte", low_price=True)
    play.score_all()
    assert len(evaluation.ranked(play.made.lots.get())) == 2
    other = Bid.objects.get(price=900_000_00)
    refused("procurement.reject.scored", judging.reject, by=officer, bid=other, reason="Ångrar oss")
    criterion = play.made.criteria.get(slug="quality")
    ann = User.objects.get(username="ann")
    refused("procurement.score.not_now", evaluation.score, bid=low, criterion=criterion, by=ann, given=1, reason="x")


def test_what_is_far_below_the_others_is_worth_asking_about() -> None:
    prices = {"a": 60, "b": 100, "c": 110, "d": 71}
    assert worth_asking(prices) == ["a"]
    assert below_others({"a": 5}) == {"a": None}
    assert worth_asking({"a": 70, "b": 100}) == ["a"]
    assert worth_asking({"a": 71, "b": 100}) == []


def test_attached_files_are_kept_by_their_digest(play: Any, tmp_path: Path) -> None:
    play.bid(0, 900_000_00, files={"../../intyg.pdf": b"%PDF 1", "tom": b""})
    assert b"%PDF 1" not in b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    play.open()
    [found] = Bid.objects.get().files
    assert (found["name"], found["size"]) == ("intyg.pdf", 6)
    path = kept.path(found["sha256"])
    assert path is not None
    assert path.read_bytes() == b"%PDF 1"
    assert kept.path("../" + found["sha256"][3:]) is None


@pytest.fixture
def direct(planned: Callable[..., Procurement]) -> Procurement:
    """A direct procurement, open for quotes."""
    made = planned()
    Procurement.objects.filter(pk=made.pk).update(value=300_000_00)
    planning.choose_measures(procurement=made, policy="lou", chosen=["jobs_target"], weight=2000)
    planning.publish(procurement=made, route="direct", deadline=timezone.now() + timedelta(days=9), price=LINEAR)
    return made


def test_plain_quotes_only_where_the_route_asks_for_no_seal(direct: Procurement, play: Any, officer: User) -> None:
    made = direct
    content = Filled(str(made.pk), 1, "firm-0", {}, 250_000_00, {"quality": {"text": "Rent"}}).content()
    receipt, _ = bidding.quote(lot=made.lots.get(), bidder=play.firm(0), content=content)
    assert receipt["lot"] == 1
    assert Bid.objects.count() == 0
    sealed_lot = play.made.lots.get()
    refused("procurement.quote.sealed", bidding.quote, lot=sealed_lot, bidder=play.firm(0), content=content)
    refused("procurement.box.closed", opening.open_quotes, procurement=made, by=officer)
    then = timezone.now()
    Procurement.objects.update(published=then - timedelta(days=40), deadline=then)
    opening.open_quotes(procurement=made, by=officer)
    assert Bid.objects.get().price == 250_000_00
    refused("procurement.quote.sealed", opening.open_quotes, procurement=play.made, by=officer)


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"price": 1.5, "answers": {}}', b'{"price": -1, "answers": {}}'])
def test_content_that_is_no_bid_is_set_aside(direct: Procurement, play: Any, officer: User, content: bytes) -> None:
    made = direct
    bidding.quote(lot=made.lots.get(), bidder=play.firm(0), content=content)
    assert box.kept(made.lots.get(), play.firm(0)) is not None
    then = timezone.now()
    Procurement.objects.update(published=then - timedelta(days=40), deadline=then)
    opening.open_quotes(procurement=made, by=officer)
    assert (Bid.objects.get().state, Bid.objects.get().reason) == ("unreadable", "procurement.bid.content")
    assert json.loads(LogLeaf.objects.filter(procurement=made).last().text)["kind"] == "open"  # type: ignore[union-attr]


def test_each_lot_of_several_has_a_record_of_its_own_that_is_whole(play: Any) -> None:
    first = play.made.lots.get()
    second = Lot.objects.create(procurement=play.made, number=2, title="Fönster", value=1)
    play.bid(0, 100_000_00)
    play.bid(1, 90_000_00)
    play.bid(1, 20_000_00, lot=second)
    play.open()
    play.score_all()
    officer = User.objects.get(username="officer")
    for lot in (first, second):
        evaluation.award(lot=lot, by=officer, reasons="Bäst enligt modellen")
    for lot, bids in ((first, 2), (second, 1)):
        record = evaluation.public_record(lot)
        assert len(record["bids"]) == bids
        assert verifier.faults(record) == []
        record["lot"] = 3 - lot.number
        assert verifier.faults(record)


def test_who_advertises_by_chapter_19_is_bound_by_its_rule_on_low_prices(published: Procurement) -> None:
    assert published.route == "advertised"
    Procurement.objects.filter(pk=published.pk).update(value=100_000_00)
    assert followed(Procurement.objects.get(pk=published.pk)) == "national"
    Procurement.objects.filter(pk=published.pk).update(value=100_000_00, route="direct")
    assert followed(Procurement.objects.get(pk=published.pk)) == "direct"


def test_a_lot_is_awarded_once_also_while_another_waits(play: Any, officer: User) -> None:
    play.bid(0, 900_000_00)
    play.open()
    play.score_all()
    lot = play.made.lots.get()
    play.made.lots.create(number=2, title="Den andra")
    evaluation.award(lot=lot, by=officer, reasons="Bäst")
    with pytest.raises(KvarError) as caught:
        evaluation.award(lot=lot, by=officer, reasons="Bäst igen")
    assert caught.value.code == "procurement.score.not_now"
