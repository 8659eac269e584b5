"""Planning: a procurement is made, filled in and published; what is published is frozen."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.models import Membership, Organisation
from kvar.procurement.evaluation.policy import policy_on, weights
from kvar.procurement.models import Criterion, Lot, Opener, Procurement, Term
from kvar.procurement.record import record
from kvar.procurement.rules.clock import check_deadline
from kvar.procurement.rules.engine import Answer, answer, last_day
from kvar.procurement.rules.model import frozen
from kvar.procurement.rules.need import Need

FEWEST_OPENERS = 2
PLAIN = ("direct", "framework", "internal", "cooperation")  # routes without sealed bids


@transaction.atomic
def plan(*, organisation: Organisation, by: User, title: str, text: str, need: Need) -> Procurement:
    """A new procurement with one lot, from a need the route engine has been asked about."""
    if not title.strip() or not text.strip():
        raise KvarError("procurement.plan.words")
    answer(need)
    made = Procurement.objects.create(
        organisation=organisation, by=by, title=title.strip(), need=text.strip(), cpv=need.cpv or "", kind=need.kind,
        value=need.value or (need.monthly or 0) * min(need.months or 48, 48), options=need.options,
        extensions=need.extensions, similar=need.similar, facts=sorted(need.facts),
    )  # fmt: skip
    Lot.objects.create(procurement=made, number=1, title=made.title, value=made.value)
    return made


@transaction.atomic
def divide(*, procurement: Procurement, lots: Sequence[tuple[str, int]], reason: str) -> None:
    """The lots anew (title, minor units); the reason is needed where there is only one and the law asks for it."""
    _planning(procurement)
    if not lots or any(not title.strip() or value < 0 for title, value in lots):
        raise KvarError("procurement.plan.lots")
    procurement.lots.all().delete()
    rows = [
        Lot(procurement=procurement, number=n, title=title, value=value) for n, (title, value) in enumerate(lots, 1)
    ]
    Lot.objects.bulk_create(rows)
    procurement.undivided_reason = "" if len(lots) > 1 else reason.strip()
    procurement.save(update_fields=["undivided_reason"])


@transaction.atomic
def choose_criteria(*, procurement: Procurement, rows: Sequence[Mapping[str, Any]]) -> None:
    """Price and quality criteria anew (slug, kind, title, question, weight, scale); the policy's measures stay."""
    _planning(procurement)
    procurement.criteria.exclude(kind="social").delete()
    Criterion.objects.bulk_create([Criterion(procurement=procurement, **row) for row in rows])


@transaction.atomic
def choose_measures(*, procurement: Procurement, policy: str, chosen: Sequence[str], weight: int) -> None:
    """The policy's measures that count, the social weight split evenly over them (hundredths of a per cent)."""
    _planning(procurement)
    found = policy_on(policy, timezone.localdate())
    split = weights(found, chosen, weight, procurement.value)
    procurement.criteria.filter(kind="social").delete()
    characters = found.effort(procurement.value).characters
    rows = [
        Criterion(
            procurement=procurement, slug=f"m-{name}".replace(".", "-").replace("_", "-"), kind="social",
            title=found.measure(name).title["sv" if found.jurisdiction == "SE" else "en"], weight=part,
            unit=found.measure(name).unit, characters=characters,
        )
        for name, part in split.items()
    ]  # fmt: skip
    Criterion.objects.bulk_create(rows)
    procurement.policy, procurement.policy_version = found.id, found.version
    procurement.save(update_fields=["policy", "policy_version"])


@transaction.atomic
def add_term(*, procurement: Procurement, **term: Any) -> Term:
    """A term of performance; labour terms need a risk and a day, employment terms a number and a target group."""
    _planning(procurement)
    if not term.get("clause", "").strip():
        raise KvarError("procurement.term.clause")
    if term["kind"] == "labour" and not (term.get("risk", "").strip() and term.get("follow_up")):
        raise KvarError("procurement.term.labour")
    if term["kind"] == "employment" and not (term.get("number") and term.get("target_group", "").strip()):
        raise KvarError("procurement.term.employment")
    return Term.objects.create(procurement=procurement, **term)


@transaction.atomic
def appoint(*, procurement: Procurement, person: User, recipient: str) -> Opener:
    """Appoint a member of the organisation to open, with the public half of their key."""
    _planning(procurement)
    if not Membership.objects.filter(organisation=procurement.organisation, person=person).exists():
        raise KvarError("procurement.opener.member")
    if not recipient.startswith("age1"):
        raise KvarError("procurement.opener.key")
    found, _ = Opener.objects.update_or_create(
        procurement=procurement, person=person, defaults={"recipient": recipient, "drilled": None}
    )
    return found


@transaction.atomic
def publish(*, procurement: Procurement, route: str, deadline: datetime, price: Mapping[str, Any]) -> None:
    """Publish: the route is open, the time long enough, the model sound, the openers drilled; then all is frozen."""
    _planning(procurement)
    now, country = timezone.now(), procurement.organisation.country
    procurement.published = now
    found = answer(procurement.as_need())
    way = next((item for item in found.open if item.route.id == route), None)
    if way is None:
        raise KvarError("procurement.publish.route", route=route)
    check_deadline(deadline, now=now, earliest=last_day(way, now.date()), country=country)
    _ready(procurement, found, route)
    rows = list(procurement.criteria.values("slug", "kind", "weight", "scale"))
    procurement.model = frozen(rows, price)
    procurement.route, procurement.deadline, procurement.phase = route, deadline, "published"
    procurement.save()
    values = {
        "route": route,
        "deadline": deadline.isoformat(),
        "model": procurement.model,
        "title": procurement.title,
    }
    values |= {"policy": procurement.policy, "policy_version": procurement.policy_version}
    record(procurement=procurement, kind="publish", by="officer", values=values)


def _ready(procurement: Procurement, found: Answer, route: str) -> None:
    """What the law and the seal ask for before publication."""
    asks = {duty.id for duty in found.duties}
    if "lots_explained" in asks and procurement.lots.count() == 1 and not procurement.undivided_reason:
        raise KvarError("procurement.publish.lots")
    if "labour_terms" in asks and not procurement.terms.filter(kind="labour").exists():
        raise KvarError("procurement.publish.labour")
    if route not in PLAIN and procurement.openers.filter(drilled__isnull=False).count() < FEWEST_OPENERS:
        raise KvarError("procurement.publish.openers")


def _planning(procurement: Procurement) -> None:
    if procurement.phase != "planning":
        raise KvarError("procurement.frozen")
