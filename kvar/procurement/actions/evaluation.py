"""Evaluation: two score apart with reasons, then together; the ranking follows; the award with its standstill."""

from fractions import Fraction
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.procurement import mails
from kvar.procurement.actions.closing import decided, ended
from kvar.procurement.actions.interests import conflicted, disinterested
from kvar.procurement.evaluation.bid import Bid as Judged
from kvar.procurement.evaluation.bid import Criterion as Measure
from kvar.procurement.evaluation.bid import part
from kvar.procurement.evaluation.models import Ranked, ranking
from kvar.procurement.log.merkle import root
from kvar.procurement.models import Award, Bid, Criterion, Lot, Procurement, Score
from kvar.procurement.record import hashes, record
from kvar.procurement.rules.model import read_model
from kvar.procurement.standstill import may_sign

APART = 2


@transaction.atomic
def score(*, bid: Bid, criterion: Criterion, by: User, given: int, reason: str) -> Score:
    """One evaluator's score apart from the others; changed freely until a joint score stands."""
    _may_score(bid, criterion, by, given, reason)
    if bid.scores.filter(criterion=criterion, joint=True).exists():
        raise KvarError("procurement.score.joint_stands")
    found, _ = Score.objects.update_or_create(
        bid=bid, criterion=criterion, evaluator=by, joint=False, defaults={"given": given, "reason": reason.strip()}
    )
    return found


@transaction.atomic
def agree(*, bid: Bid, criterion: Criterion, by: User, given: int, reason: str) -> Score:
    """The score the evaluators agree on, once two have scored apart; it is what counts, and a leaf of the log."""
    _may_score(bid, criterion, by, given, reason)
    apart = bid.scores.filter(criterion=criterion, joint=False).select_related("evaluator")
    judges = [row.evaluator for row in apart if not conflicted(row.evaluator, bid.lot.procurement)]
    if len(judges) < APART or by not in judges:
        raise KvarError("procurement.score.two_first")
    found, _ = Score.objects.update_or_create(
        bid=bid, criterion=criterion, joint=True, defaults={"evaluator": by, "given": given, "reason": reason.strip()}
    )
    values = {"bid": str(bid.pk), "criterion": criterion.slug, "given": given, "reason": reason.strip()}
    record(procurement=bid.lot.procurement, kind="score", by="evaluator", values=values)
    return found


def _may_score(bid: Bid, criterion: Criterion, by: User, given: int, reason: str) -> None:
    procurement = Procurement.objects.select_for_update().get(pk=bid.lot.procurement_id)
    bid.refresh_from_db()
    if procurement.phase != "evaluation" or criterion.procurement_id != procurement.pk or criterion.kind == "price":
        raise KvarError("procurement.score.not_now")
    if bid.state != "opened" or decided(bid.lot):
        raise KvarError("procurement.score.not_now")
    disinterested(by, procurement)
    if not reason.strip():
        raise KvarError("procurement.score.reason")
    try:
        part(Measure(criterion.slug, Fraction(1), criterion.scale), given)  # type: ignore[arg-type]
    except ValueError as error:
        raise KvarError("procurement.score.scale", given=given, scale=criterion.scale) from error


def ranked(lot: Lot) -> list[Ranked]:
    """The lot's readable bids by the frozen model and the joint scores; `procurement.award.scores` when some lack."""
    bids = [_judged(bid) for bid in _opened(lot)]
    wanted = set(lot.procurement.criteria.exclude(kind="price").values_list("slug", flat=True))
    if not bids or any(set(bid.given) != wanted for bid in bids):
        raise KvarError("procurement.award.scores")
    return ranking(read_model(lot.procurement.model or {}), bids)


def _opened(lot: Lot) -> QuerySet[Bid]:
    return Bid.objects.filter(lot=lot, state="opened").order_by("pk")


def _judged(bid: Bid) -> Judged:
    given = dict(bid.scores.filter(joint=True).values_list("criterion__slug", "given"))
    return Judged(str(bid.pk), bid.price or 0, given)


@transaction.atomic
def award(*, lot: Lot, by: User, reasons: str, drawn: Bid | None = None) -> Award:
    """Award the lot to the first in the ranking; refused without reasons or when scores are missing.

    On a tie `drawn` names the one of the first that the procurement documents' own way of deciding gave.
    """
    held = Procurement.objects.select_for_update().get(pk=lot.procurement_id)
    if held.phase != "evaluation":
        raise KvarError("procurement.score.not_now")
    if not reasons.strip():
        raise KvarError("procurement.score.reason")
    if decided(lot):
        raise KvarError("procurement.score.not_now")
    disinterested(by, held)
    order = ranked(lot)
    first = [row.id for row in order if row.place == 1]
    if len(first) > 1 and (drawn is None or str(drawn.pk) not in first):
        raise KvarError("procurement.award.tie")
    winner = str(drawn.pk) if drawn and len(first) > 1 else first[0]
    now = timezone.now()
    made = Award.objects.create(
        lot=lot, bid_id=winner, by=by, at=now, reasons=reasons.strip(), may_sign=may_sign(held, now)
    )
    values = {"lot": lot.number, "bid": winner, "reasons": reasons.strip(), "ranking": [row.id for row in order]}
    values["signed_by"] = by.pk
    record(procurement=held, kind="award", by="officer", values=values)
    mails.decided(made)
    ended(held)
    return made


def public_record(lot: Lot) -> dict[str, Any]:
    """What anyone may check with `kvar.procurement.verifier` once the lot is decided: leaves, root, model, bids, and
    the ranking, or the reason for which the lot was `closed` without an award.
    """
    procurement = lot.procurement
    bids = [_judged(bid) for bid in _opened(lot)]
    made = {
        "leaves": list(procurement.leaves.values_list("text", flat=True)),
        "root": root(hashes(procurement)).hex(),
        "lot": lot.number,
        "model": procurement.model,
        "bids": [{"id": bid.id, "price": bid.price, "given": dict(bid.given)} for bid in bids],
    }
    return made | ({"closed": lot.closed} if lot.closed else {"ranking": [row.id for row in ranked(lot)]})
