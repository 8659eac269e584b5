"""Who may not judge or decide: whoever belongs to a bidder, or has said that they have an interest in one."""

from django.contrib.auth.models import User

from kvar.core.errors import KvarError
from kvar.procurement.models import Bid, Declaration, Procurement


def disinterested(person: User, procurement: Procurement) -> None:
    """`procurement.score.conflict` for whoever belongs to a bidder or has an interest in one."""
    if conflicted(person, procurement):
        raise KvarError("procurement.score.conflict")


def conflicted(person: User, procurement: Procurement) -> bool:
    """Does the person belong to any of the bidders, or have they said that they have an interest in one of them?

    Whoever belongs to one bidder may not judge its competitors either.
    """
    said = Declaration.objects.filter(procurement=procurement, person=person, free=False)
    return bool(own_bidders(person, procurement)) or said.exists()


def own_bidders(person: User, procurement: Procurement) -> list[str]:
    """The names of the bidders that a person belongs to."""
    bids = Bid.objects.filter(lot__procurement=procurement, bidder__membership__person=person)
    return sorted(set(bids.values_list("bidder__name", flat=True)))
