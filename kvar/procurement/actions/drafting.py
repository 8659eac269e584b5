"""Drafting: what an officer writes and rewrites until the procurement is published."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kvar.core.errors import KvarError
from kvar.procurement.actions.planning import anew, own_value, still_planned
from kvar.procurement.models import Meeting, Procurement, Term
from kvar.procurement.readiness import way_of
from kvar.procurement.rules.engine import answer
from kvar.procurement.rules.need import Need

NEED = ("title", "need", "kind", "buyer", "cpv", "value", "options", "extensions", "similar", "facts", "route")


@transaction.atomic
def rewrite(*, procurement: Procurement, title: str, text: str, need: Need) -> None:
    """The need anew; a single lot follows, and a route that is no longer open is replaced by the first that is."""
    still_planned(procurement)
    if not title.strip() or not text.strip():
        raise KvarError("procurement.plan.words")
    found = answer(need)
    procurement.title, procurement.need, procurement.kind = title.strip(), text.strip(), need.kind
    procurement.buyer = need.buyer
    procurement.cpv, procurement.value, procurement.options = need.cpv or "", own_value(need), need.options
    procurement.extensions, procurement.similar, procurement.facts = need.extensions, need.similar, sorted(need.facts)
    if way_of(found, procurement.route) is None:
        procurement.route = found.open[0].route.id if found.open else ""
    procurement.save(update_fields=NEED)
    if procurement.lots.count() == 1:
        procurement.lots.update(title=procurement.title, value=procurement.value)


@transaction.atomic
def choose_route(*, procurement: Procurement, route: str) -> None:
    """Take an open route; `procurement.publish.route` for a closed one."""
    still_planned(procurement)
    if way_of(answer(procurement.as_need()), route) is None:
        raise KvarError("procurement.publish.route", route=route)
    procurement.route = route
    procurement.save(update_fields=["route"])


@transaction.atomic
def invite(*, procurement: Procurement, at: datetime, where: str, invitation: str) -> Meeting:
    """Invite everyone to a market dialogue; from now on the plan is in the public calendar."""
    still_planned(procurement)
    if not where.strip() or not invitation.strip():
        raise KvarError("procurement.dialogue.words")
    return Meeting.objects.create(procurement=procurement, at=at, where=where.strip(), invitation=invitation.strip())


@transaction.atomic
def write_notes(*, meeting: Meeting, notes: str) -> None:
    """What was said, to all: those who came and those who did not get the same (LOU 4:8)."""
    still_planned(meeting.procurement)
    anew(meeting)
    if not notes.strip():
        raise KvarError("procurement.dialogue.notes")
    meeting.notes = notes.strip()
    meeting.save(update_fields=["notes"])


@transaction.atomic
def write_function(*, procurement: Procurement, rows: Sequence[tuple[str, str]]) -> None:
    """The functional requirements: what is to be achieved, and how it is shown. One a line, parted by a tab."""
    still_planned(procurement)
    kept = [(what.strip(), proof.strip()) for what, proof in rows if what.strip()]
    if any(not proof for _, proof in kept):
        raise KvarError("procurement.function.proof")
    procurement.functional = "\n".join("\t".join(_one_line(part) for part in row) for row in kept)
    procurement.save(update_fields=["functional"])


def _one_line(text: str) -> str:
    return " ".join(text.split())


@transaction.atomic
def choose_price(*, procurement: Procurement, price: Mapping[str, Any]) -> None:
    """How the price becomes points: `{kind: relative}` or `{kind: linear, full_at, zero_at, floored}`."""
    still_planned(procurement)
    procurement.price_part = dict(price)
    procurement.save(update_fields=["price_part"])


@transaction.atomic
def note_measures(*, procurement: Procurement, chosen_by: str, reason: str) -> None:
    """Which elected body chose the measures, and the manager's reasons for none or for going outside the policy."""
    still_planned(procurement)
    procurement.measures_by, procurement.measures_reason = chosen_by.strip(), reason.strip()
    procurement.save(update_fields=["measures_by", "measures_reason"])


@transaction.atomic
def without_measures(*, procurement: Procurement, reason: str) -> None:
    """No social measures, with the manager's reasons."""
    still_planned(procurement)
    if not reason.strip():
        raise KvarError("procurement.measures.reason")
    procurement.criteria.filter(kind="social").delete()
    procurement.policy = procurement.policy_version = ""
    procurement.save(update_fields=["policy", "policy_version"])
    note_measures(procurement=procurement, chosen_by="", reason=reason)


@transaction.atomic
def remove_term(*, term: Term) -> None:
    """Take a term back."""
    still_planned(term.procurement)
    anew(term)
    term.delete()
