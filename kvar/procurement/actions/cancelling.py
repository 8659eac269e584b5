"""Cancelling: with reasons that are told to all (LOU 12:12, 19:21); sealed bids then stay sealed."""

from django.contrib.auth.models import User
from django.db import transaction

from kvar.core.errors import KvarError
from kvar.procurement import mails
from kvar.procurement.actions.evaluation import disinterested
from kvar.procurement.models import Contract, Procurement
from kvar.procurement.record import record

PHASES = ("planning", "published", "opening", "evaluation")  # until the award


@transaction.atomic
def cancel(*, procurement: Procurement, by: User, reason: str) -> None:
    """End a procurement before its award; `procurement.cancel.reason`, `procurement.cancel.too_late` after it."""
    held = Procurement.objects.select_for_update().get(pk=procurement.pk)
    if held.phase not in PHASES or Contract.objects.filter(award__lot__procurement=held).exists():
        raise KvarError("procurement.cancel.too_late")
    if not reason.strip():
        raise KvarError("procurement.cancel.reason")
    disinterested(by, held)
    published = held.published is not None
    held.phase = procurement.phase = "cancelled"
    held.save(update_fields=["phase"])
    record(procurement=held, kind="cancel", by="officer", values={"reason": reason.strip(), "signed_by": by.pk})
    if published:
        mails.ended(held, reason.strip())
