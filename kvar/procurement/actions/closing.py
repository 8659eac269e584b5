"""A lot ends without an award: nobody can win it, or it is cancelled by itself while the other lots go on."""

from django.contrib.auth.models import User
from django.db import transaction

from kvar.core.errors import KvarError
from kvar.procurement import mails
from kvar.procurement.actions.interests import disinterested
from kvar.procurement.models import Award, Bid, Lot, Procurement
from kvar.procurement.record import record


@transaction.atomic
def close(*, lot: Lot, by: User, reason: str) -> None:
    """End a lot; its bidders are told the reason at once (LOU 12:12, 19:21), everyone when the rest is decided.

    Where bids could still win, the leaf says that the lot was `cancelled`: the same decision as cancelling the whole,
    which is too late once another lot's contract is signed. When it is the last one the whole is cancelled instead:
    `procurement.lot.last`.
    """
    held = Procurement.objects.select_for_update().get(pk=lot.procurement_id)
    if held.phase != "evaluation" or decided(lot):
        raise KvarError("procurement.score.not_now")
    disinterested(by, held)
    if not reason.strip():
        raise KvarError("procurement.score.reason")
    could_win = Bid.objects.filter(lot=lot, state="opened").exists()
    if could_win and not held.lots.exclude(pk=lot.pk).filter(closed="").exists():
        raise KvarError("procurement.lot.last")
    lot.closed = reason.strip()
    lot.save(update_fields=["closed"])
    values = {"lot": lot.number, "reason": lot.closed, "cancelled": could_win, "signed_by": by.pk}
    record(procurement=held, kind="close", by="officer", values=values)
    mails.closed(lot)
    ended(held)


def decided(lot: Lot) -> bool:
    """Is the lot awarded, or closed without an award, as its row stands now?"""
    return Lot.objects.filter(pk=lot.pk).exclude(closed="").exists() or Award.objects.filter(lot=lot).exists()


def ended(held: Procurement) -> None:
    """Awarded once every lot is decided and one of them awarded, contracted when those are signed already.

    Cancelled (LOU 12:12) is said by its own act.
    """
    awarded = held.lots.filter(award__isnull=False)
    if held.lots.filter(closed="", award__isnull=True).exists() or not awarded.exists():
        return
    held.phase = "awarded" if awarded.filter(award__contract__isnull=True).exists() else "contracted"
    held.save(update_fields=["phase"])
