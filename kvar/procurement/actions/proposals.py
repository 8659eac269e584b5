"""Residents' proposals: delivered while the procurement is planned, each answered by the officer before publication.

`deliver` is the door for the participation leg: forums and juries hand over their proposals by it. An officer enters
what came by letter through the same door.
"""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.numbers import mask
from kvar.procurement.actions.planning import still_planned
from kvar.procurement.models import Procurement
from kvar.procurement.models.proposals import SOURCES, Proposal
from kvar.procurement.residents import grounds, targets

LONGEST = 8000
NO = "no"


@transaction.atomic
def deliver(
    *, procurement: Procurement, source: str, who: str, received: date, text: str, reference: str = ""
) -> Proposal:
    """A proposal to a procurement that is being planned; `procurement.proposal.*` when something is wrong.

    `source` is one of SOURCES; `who` a role, never a name; `reference` tells which forum, jury or letter. Personal
    numbers in the texts are masked. What is published takes no more: `procurement.frozen`.
    """
    still_planned(Procurement.objects.select_for_update().get(pk=procurement.pk))
    if source not in SOURCES:
        raise KvarError("procurement.proposal.source", source=source, known=", ".join(SOURCES))
    if not text.strip() or not who.strip() or len(text) > LONGEST:
        raise KvarError("procurement.proposal.words", most=LONGEST)
    if received > timezone.localdate():
        raise KvarError("procurement.proposal.day", day=received.isoformat())
    words = {"who": mask(who.strip())[:200], "reference": mask(reference.strip())[:200], "text": mask(text.strip())}
    return Proposal.objects.create(procurement=procurement, source=source, received=received, **words)


@transaction.atomic
def answer(*, proposal: Proposal, by: User, target: str, reason: str = "", ground: str = "") -> None:
    """What a proposal became: the key of a requirement, criterion, measure or term, or `no` with the reason.

    A ground of the law is itself a reason. Answers can be changed until the procurement is published.
    """
    procurement = Procurement.objects.select_for_update().get(pk=proposal.procurement_id)
    still_planned(procurement)
    found = {item.key: item.became for item in targets(procurement, "sv")}
    if target != NO and target not in found:
        raise KvarError("procurement.proposal.target")
    known = {item.id: item.text["sv"] for item in grounds(procurement)}
    if target == NO and not (reason.strip() or ground in known):
        raise KvarError("procurement.proposal.reason")
    proposal.became = found.get(target, NO)
    proposal.target = "" if target == NO else target
    proposal.ground = ground if target == NO and ground in known else ""
    proposal.reason = reason.strip() or (known[ground] if proposal.ground else "")
    proposal.answered, proposal.answered_by = timezone.now(), by
    proposal.save()
