"""Before scores count: evaluators say which interests they have; low prices are asked about; bids are set aside."""

import hashlib

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.procurement.actions.closing import decided
from kvar.procurement.actions.interests import disinterested, own_bidders
from kvar.procurement.models import Bid, Declaration, Procurement
from kvar.procurement.record import record


@transaction.atomic
def declare(*, procurement: Procurement, by: User, free: bool, text: str = "") -> Declaration:
    """An evaluator's word on interests in the bidders; one that is described keeps the person from scoring."""
    held = Procurement.objects.select_for_update().get(pk=procurement.pk)
    if held.phase != "evaluation":
        raise KvarError("procurement.score.not_now")
    if not free and not text.strip():
        raise KvarError("procurement.declare.text")
    if free and (firms := own_bidders(by, procurement)):
        raise KvarError("procurement.declare.own_firm", firms=", ".join(firms))
    found, _ = Declaration.objects.update_or_create(
        procurement=procurement, person=by, defaults={"free": free, "text": text.strip()}
    )
    values = {"free": free, "signed_by": by.pk}
    record(procurement=procurement, kind="declare", by="evaluator", values=values)
    return found


@transaction.atomic
def ask_about_price(*, bid: Bid, by: User) -> None:
    """The bidder is asked to explain a price that seems abnormally low (LOU 16:7, 19:18)."""
    _unscored(bid, by)
    bid.asked = timezone.now()
    bid.save(update_fields=["asked"])
    record(procurement=bid.lot.procurement, kind="explain", by="officer",
           values={"bid": str(bid.pk), "signed_by": by.pk})  # fmt: skip


@transaction.atomic
def explained(*, bid: Bid, by: User, text: str) -> None:
    """What the bidder answered, until the lot is decided. The log has its SHA-256: the words may be secret."""
    _undecided(bid, by)
    if bid.asked is None or not text.strip():
        raise KvarError("procurement.price.not_asked")
    bid.explanation = text.strip()
    bid.save(update_fields=["explanation"])
    values = {"bid": str(bid.pk), "answer": hashlib.sha256(bid.explanation.encode()).hexdigest(), "signed_by": by.pk}
    record(procurement=bid.lot.procurement, kind="explain", by="officer", values=values)


@transaction.atomic
def reject(*, bid: Bid, by: User, reason: str, low_price: bool = False) -> None:
    """Set a bid aside with its reason; for a low price only after it was asked about (LOU 16:7, 19:18)."""
    _unscored(bid, by)
    if not reason.strip():
        raise KvarError("procurement.score.reason")
    if low_price and bid.asked is None:
        raise KvarError("procurement.price.ask_first")
    bid.state, bid.reason = "rejected", reason.strip()
    bid.save(update_fields=["state", "reason"])
    values = {"bid": str(bid.pk), "reason": reason.strip(), "low_price": low_price, "signed_by": by.pk}
    record(procurement=bid.lot.procurement, kind="reject", by="officer", values=values)


def _unscored(bid: Bid, by: User) -> None:
    """Not decided, and without a joint score: what stands in the log as a score stays in the ranking."""
    _undecided(bid, by)
    if bid.scores.filter(joint=True).exists():
        raise KvarError("procurement.reject.scored")


def _undecided(bid: Bid, by: User) -> None:
    """Opened and before the lot's decision, by someone without an interest; the row is locked, the bid read anew."""
    held = Procurement.objects.select_for_update().get(pk=bid.lot.procurement_id)
    bid.refresh_from_db()
    if held.phase != "evaluation" or bid.state != "opened" or decided(bid.lot):
        raise KvarError("procurement.score.not_now")
    disinterested(by, held)
