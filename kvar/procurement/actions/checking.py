"""The officer's check of what a supplier reported: a month of a promise, or of a measured outcome."""

from django.contrib.auth.models import User
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.models import Membership, Organisation
from kvar.procurement.models import Measurement, Report


def check(row: Report | Measurement, *, buyer: Organisation, by: User, kept: bool, why: str) -> None:
    """Verify or refuse, once, within the caller's transaction; a refusal tells the supplier why.

    `procurement.report.checked`, `.buyer`; `procurement.score.reason` for a refusal without one.
    """
    type(row)._default_manager.select_for_update().get(pk=row.pk)
    row.refresh_from_db()
    if row.state != "reported":
        raise KvarError("procurement.report.checked")
    if not Membership.objects.filter(organisation=buyer, person=by).exists():
        raise KvarError("procurement.report.buyer")
    if not kept and not why.strip():
        raise KvarError("procurement.score.reason")
    row.state, row.why = ("verified" if kept else "refused"), why.strip()
    row.checked_by, row.checked = by, timezone.now()
    row.save(update_fields=["state", "why", "checked_by", "checked"])
