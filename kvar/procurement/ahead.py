"""What a published procurement waits for, so that nobody has to know which page comes next."""

from datetime import datetime

from kvar.core.errors import KvarError
from kvar.procurement.actions.evaluation import ranked
from kvar.procurement.models import Procurement

ADDRESSES = {
    "bids": "plan-questions", "opening": "bid-opening", "scoring": "bid-scoring", "award": "bid-award",
    "sign": "follow-up", "follow": "follow-up",
}  # fmt: skip


def ahead(item: Procurement, now: datetime) -> str | None:
    """One of ADDRESSES: bids are taken, the opening, scores, the award, the contract, its follow-up; None when it is
    planned or cancelled.
    """
    if item.phase == "published":
        return "bids" if item.deadline and now < item.deadline else "opening"
    if item.phase == "evaluation":
        return "award" if _ranked(item) else "scoring"
    return {"awarded": "sign", "contracted": "follow"}.get(item.phase)


def _ranked(item: Procurement) -> bool:
    """Are all scores there of some lot that is not decided?"""
    for lot in item.lots.filter(award__isnull=True, closed=""):
        try:
            ranked(lot)
        except KvarError:
            continue
        return True
    return False
