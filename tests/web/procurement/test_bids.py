"""From sealed bids to the award: nothing shows before, two open, two score, the ranking is anyone's to recompute."""

import base64
import io
import json
from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.core.management import call_command
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement import box, verifier
from kvar.procurement.actions import bidding, evaluation, opening, planning
from kvar.procurement.models import Bid, Lot, Opener, Procurement
from kvar.procurement.sealing.envelope import new_header, pack
from kvar.procurement.sealing.seal import new_opener, part_of, seal, written

LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}
CANARY = "Kanariebageriet"
PRICES = (900_000_00, 950_000_00, 990_000_00, 880_000_00, 970_000_00)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def secrets_of(planned: Callable[..., Procurement]) -> tuple[Procurement, dict[str, str]]:
    """A published procurement and the openers' secret keys by opener number."""
    made, keys = planned(), {}
    for opener in Opener.objects.filter(procurement=made):
        secret, opener.recipient = new_opener()
        opener.save()
        keys[str(opener.pk)] = secret
    planning.publish(procurement=made, route="advertised", deadline=timezone.now() + timedelta(days=30), price=LINEAR)
    return made, keys


def firm(n: int) -> Organisation:
    words = {"name": f"{CANARY} {n}", "country": "SE", "place": "9901", "kind": "firm"}
    return Organisation.objects.get_or_create(slug=f"firm-{n}", defaults=words)[0]


def bid(lot: Lot, n: int) -> tuple[dict[str, Any], str]:
    """What a bidder's own machine does, then upload and submit."""
    content = json.dumps({"price": PRICES[n], "answers": {"quality": {"text": f"{CANARY} {n}"}}}).encode()
    plain = pack(new_header(str(lot.procurement_id), str(lot.number), f"firm-{n}", content), content)
    sealed = seal(plain, bidding.recipients(lot.procurement))
    sha256 = bidding.upload(lot=lot, bidder=firm(n), body=io.BytesIO(sealed.body))
    assert sha256 == sealed.sha256
    return bidding.submit(lot=lot, bidder=firm(n), sha256=sha256, parts=written(sealed))


def over(made: Procurement) -> Procurement:
    """Let the deadline pass."""
    then = timezone.now()
    Procurement.objects.filter(pk=made.pk).update(published=then - timedelta(days=40), deadline=then)
    return Procurement.objects.get(pk=made.pk)


def contribute(made: Procurement, keys: dict[str, str], username: str) -> bool:
    opener = Opener.objects.get(procurement=made, person__username=username)
    sealed = opening.parts_for(made, opener.person)
    parts = {
        name: {pair: base64.b64encode(part_of(base64.b64decode(text), keys[str(opener.pk)])).decode()
               for pair, text in pairs.items()}
        for name, pairs in sealed.items()
    }  # fmt: skip
    return opening.contribute(procurement=made, person=opener.person, parts=parts)


def dump() -> str:
    out = io.StringIO()
    call_command("dumpdata", "--natural-foreign", stdout=out)
    return out.getvalue()


def test_the_database_is_the_same_with_none_one_and_five_bids(secrets_of: tuple[Procurement, dict[str, str]]) -> None:
    made, _ = secrets_of
    lot = made.lots.get()
    for n in range(5):
        firm(n)
    dumps = [dump()]
    bid(lot, 0)
    dumps.append(dump())
    for n in range(1, 5):
        bid(lot, n)
    dumps.append(dump())
    assert dumps[0] == dumps[1] == dumps[2]


def test_nothing_readable_lies_in_the_box_and_nobody_reads_it_early(
    secrets_of: tuple[Procurement, dict[str, str]], tmp_path: Path
) -> None:
    made, keys = secrets_of
    receipt, signed = bid(made.lots.get(), 0)
    files = [path for path in (tmp_path / "box").rglob("*") if path.is_file()]
    assert len(files) == 2
    assert all(CANARY.encode() not in path.read_bytes() for path in files)
    assert all("firm" not in str(path) for path in files)
    assert signing.loads(signed, salt=bidding.SALT) == receipt
    assert set(receipt) == {"procurement", "lot", "seal", "sha256", "at"}
    with pytest.raises(KvarError, match="sealed until the deadline"):
        list(box.everything(made.lots.get()))
    with pytest.raises(KvarError, match="sealed until the deadline"):
        contribute(made, keys, "ann")


def test_two_open_and_one_alone_sees_nothing(secrets_of: tuple[Procurement, dict[str, str]]) -> None:
    made, keys = secrets_of
    for n in range(3):
        bid(made.lots.get(), n)
    made = over(made)
    assert contribute(made, keys, "ann") is False
    assert Bid.objects.count() == 0
    assert contribute(made, keys, "bo") is True
    assert sorted(Bid.objects.values_list("price", flat=True)) == sorted(PRICES[:3])
    assert made.phase == "evaluation"


def test_replaced_withdrawn_late_and_unuploaded(secrets_of: tuple[Procurement, dict[str, str]]) -> None:
    made, keys = secrets_of
    lot = made.lots.get()
    bid(lot, 0)
    second, _ = bid(lot, 0)
    found = box.own(lot, firm(0))
    assert found is not None
    assert found.seal == second["seal"]
    bid(lot, 1)
    bidding.withdraw(lot=lot, bidder=firm(1))
    assert box.own(lot, firm(1)) is None
    parts: dict[str, dict[str, str]] = {pair: {} for pair in bidding.pairs(made)}
    with pytest.raises(KvarError, match="Upload the sealed file first"):
        bidding.submit(lot=lot, bidder=firm(2), sha256="0" * 64, parts=parts)
    with pytest.raises(KvarError, match="current keys"):
        bidding.submit(lot=lot, bidder=firm(2), sha256="0" * 64, parts={})
    made = over(made)
    with pytest.raises(KvarError, match="Time is up"):
        bid(made.lots.get(), 3)
    with pytest.raises(KvarError, match="Time is up"):
        bidding.withdraw(lot=made.lots.get(), bidder=firm(0))
    contribute(made, keys, "ann")
    contribute(made, keys, "bo")
    assert Bid.objects.count() == 1


def test_a_tampered_or_copied_envelope_is_set_aside_and_the_others_open(
    secrets_of: tuple[Procurement, dict[str, str]], tmp_path: Path
) -> None:
    made, keys = secrets_of
    lot = made.lots.get()
    bid(lot, 0)
    bid(lot, 1)
    own = box.own(lot, firm(1))
    assert own is not None
    target = next((tmp_path / "box").rglob(f"{own.sha256}.age"))
    raw = bytearray(target.read_bytes())
    raw[-5] ^= 1
    target.write_bytes(bytes(raw))
    copied = box.own(lot, firm(0))
    assert copied is not None
    bidding.upload(lot=lot, bidder=firm(2), body=io.BytesIO(box.body(lot, copied)))
    bidding.submit(lot=lot, bidder=firm(2), sha256=copied.sha256, parts=copied.parts)
    made = over(made)
    contribute(made, keys, "ann")
    contribute(made, keys, "bo")
    states = dict(Bid.objects.values_list("bidder__slug", "state"))
    assert states == {"firm-0": "opened", "firm-1": "unreadable", "firm-2": "unreadable"}


@pytest.fixture
def opened(secrets_of: tuple[Procurement, dict[str, str]]) -> Procurement:
    made, keys = secrets_of
    for n in range(3):
        bid(made.lots.get(), n)
    made = over(made)
    contribute(made, keys, "ann")
    contribute(made, keys, "bo")
    return Procurement.objects.get(pk=made.pk)


def score_all(made: Procurement) -> None:
    ann, bo = (User.objects.get(username=name) for name in ("ann", "bo"))
    for found in Bid.objects.filter(lot__procurement=made):
        for criterion in made.criteria.exclude(kind="price"):
            given = 80 if criterion.scale == "points" else 4
            given -= (found.price or 0) == PRICES[1]
            for person in (ann, bo):
                evaluation.score(bid=found, criterion=criterion, by=person, given=given, reason="Tydlig plan")
            evaluation.agree(bid=found, criterion=criterion, by=ann, given=given, reason="Vi är ense")


def test_two_score_apart_then_together_and_the_award_is_anyone_s_to_check(opened: Procurement) -> None:
    lot, officer = opened.lots.get(), User.objects.get(username="officer")
    found, criterion = Bid.objects.filter(lot=lot)[0], opened.criteria.get(slug="quality")
    ann = User.objects.get(username="ann")
    with pytest.raises(KvarError, match="Two must have scored"):
        evaluation.agree(bid=found, criterion=criterion, by=ann, given=50, reason="x")
    with pytest.raises(KvarError, match="joint score"):
        evaluation.award(lot=lot, by=officer, reasons="Bäst")
    score_all(opened)
    made = evaluation.award(lot=lot, by=officer, reasons="Högst poäng enligt modellen")
    assert made.bid.price == PRICES[0]
    assert timedelta(days=10) < made.may_sign - made.at <= timedelta(days=11, hours=1)  # an autumn night is longer
    assert timezone.localtime(made.may_sign).time() == time(0)
    record = evaluation.public_record(lot)
    assert verifier.faults(record) == []
    assert record["ranking"][0] == str(made.bid_id)
    record["bids"][0]["price"] //= 2
    assert verifier.faults(record) != []
    with pytest.raises(KvarError, match="after the opening and before the award"):
        evaluation.score(bid=found, criterion=criterion, by=ann, given=1, reason="x")


@pytest.mark.parametrize(
    ("given", "reason", "match"), [(101, "x", "outside the scale"), (50, " ", "Write the reasons")]
)
def test_scores_need_a_reason_and_keep_to_the_scale(opened: Procurement, given: int, reason: str, match: str) -> None:
    criterion, found = opened.criteria.get(slug="quality"), Bid.objects.all()[0]
    with pytest.raises(KvarError, match=match):
        evaluation.score(
            bid=found, criterion=criterion, by=User.objects.get(username="ann"), given=given, reason=reason
        )


def test_whoever_belongs_to_the_bidder_may_not_score(opened: Procurement) -> None:
    ann, found = User.objects.get(username="ann"), Bid.objects.all()[0]
    add_member(organisation=found.bidder, person=ann, role="supplier")
    with pytest.raises(KvarError, match="conflict"):
        evaluation.score(bid=found, criterion=opened.criteria.get(slug="quality"), by=ann, given=50, reason="x")


def test_a_missing_file_for_one_lot_does_not_stop_the_other(planned: Callable[..., Procurement]) -> None:
    made = planned()
    planning.divide(procurement=made, lots=[("norr", 500_000_00), ("söder", 500_000_00)], reason="")
    keys = {}
    for opener in Opener.objects.filter(procurement=made):
        secret, opener.recipient = new_opener()
        opener.save()
        keys[str(opener.pk)] = secret
    planning.publish(procurement=made, route="advertised", deadline=timezone.now() + timedelta(days=30), price=LINEAR)
    north, south = made.lots.all()
    with pytest.raises(KvarError):
        bidding.submit(lot=north, bidder=firm(0), sha256="0" * 64, parts={p: {} for p in bidding.pairs(made)})
    bid(south, 0)
    made = over(made)
    contribute(made, keys, "ann")
    contribute(made, keys, "bo")
    assert [found.lot.title for found in Bid.objects.all()] == ["söder"]
