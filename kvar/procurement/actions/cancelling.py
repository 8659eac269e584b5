"""Cancelling: with reasons that are told to all (LOU 12:12, 19:21); sealed bids then stay sealed.

Who may not: after the opening whoever belongs to a bidder or has said that they have an interest in one. Before it
bids are sealed, and whether there are any is secret (OSL 19:3), so the answer may not depend on them: whoever belongs
to any firm that could bid is refused, and a colleague cancels. While it is only planned nobody can have bid.
"""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from kvar.core.errors import KvarError
from kvar.organisations.models import Membership
from kvar.procurement import mails
from kvar.procurement.actions.interests import disinterested
from kvar.procurement.models import Contract, Procurement
from kvar.procurement.record import record

PHASES = ("planning", "published", "opening", "evaluation")  # until the award
UNREAD = ("published", "opening")  # bids may lie in the box


@transaction.atomic
def cancel(*, procurement: Procurement, by: User, reason: str) -> None:
    """End a procurement before its award; `procurement.cancel.reason`, `procurement.cancel.too_late` after it,
    `procurement.cancel.firm` or `procurement.score.conflict` for who may not.
    """
    held = Procurement.objects.select_for_update().get(pk=procurement.pk)
    if held.phase not in PHASES or Contract.objects.filter(award__lot__procurement=held).exists():
        raise KvarError("procurement.cancel.too_late")
    if not reason.strip():
        raise KvarError("procurement.cancel.reason")
    if could_bid(by, held):
        raise KvarError("procurement.cancel.firm")
    disinterested(by, held)
    published = held.published is not None
    held.phase = procurement.phase = "cancelled"
    held.save(update_fields=["phase"])
    record(procurement=held, kind="cancel", by="officer", values={"reason": reason.strip(), "signed_by": by.pk})
    if published:
        mails.ended(held, reason.strip())


def could_bid(person: User, procurement: Procurement) -> bool:
    """Are bids still unread, and does the person belong to a firm, or bid for any organisation, on this site?

    Read from memberships alone: the same whether nobody, one or five have bid.
    """
    if procurement.phase not in UNREAD:
        return False
    suppliers = Q(organisation__kind="firm") | Q(role="supplier")
    return Membership.objects.filter(suppliers, person_id=person.pk).exists()
