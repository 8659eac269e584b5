"""What stands between a plan and its publication, each with the step of the plan that mends it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.procurement.evaluation.policy import policy_on, weights
from kvar.procurement.models import Procurement
from kvar.procurement.residents import unanswered
from kvar.procurement.rules.engine import Answer, Open, last_day
from kvar.procurement.rules.model import frozen

FEWEST_OPENERS = 2
PLAIN = ("direct", "framework", "internal", "cooperation")  # routes without sealed bids


@dataclass(frozen=True, slots=True)
class Missing:
    """A step of the plan and what it lacks."""

    step: str
    error: KvarError


def way_of(found: Answer, route: str) -> Open | None:
    """The open route by its id."""
    return next((item for item in found.open if item.route.id == route), None)


def first_deadline(found: Answer, route: str, day: date) -> date | None:
    """The first day bids may be due when published on a day; None where the law has no fixed time."""
    way = way_of(found, route)
    return last_day(way, day) if way else None


def bid_value(procurement: Procurement) -> int:
    """What one bid is worth about: the largest lot's value, since a price is given a lot; else the whole."""
    return max(procurement.lots.values_list("value", flat=True), default=0) or procurement.value


def missing(procurement: Procurement, found: Answer, route: str) -> list[Missing]:
    """What the law and the seal ask for before publication, in the order of the steps."""
    return [Missing(step, error) for step, error in _lacking(procurement, found, route)]


def unsound(procurement: Procurement) -> list[Missing]:
    """What the evaluation model and the policy lack; the model is checked by being frozen."""
    found: list[Missing] = []
    rows = list(procurement.criteria.values("slug", "kind", "weight", "scale"))
    try:
        frozen(rows, procurement.priced, worth=bid_value(procurement), day=procurement.as_need().day)
    except KvarError as error:
        found.append(Missing("criteria", error))
    return found + over_policy(procurement)


def over_policy(procurement: Procurement) -> list[Missing]:
    """The measures no longer fit the policy of today: a value changed or a new version may have changed its cap."""
    try:
        _by_policy(procurement)
    except KvarError as error:
        return [Missing("measures", error)]
    return []


def _by_policy(procurement: Procurement) -> None:
    if not procurement.policy:
        return
    policy = policy_on(procurement.policy, timezone.localdate())
    rows = [(row, policy.by_slug(row.slug)) for row in procurement.criteria.filter(kind="social")]
    weights(policy, [pair[1].id for _, pair in rows if pair], sum(row.weight for row, _ in rows), procurement.value)


def _lacking(procurement: Procurement, found: Answer, route: str) -> Iterator[tuple[str, KvarError]]:
    asks = {duty.id for duty in found.duties}
    if way_of(found, route) is None:
        yield "need", KvarError("procurement.publish.route", route=route or "-")
    if "lots_explained" in asks and procurement.lots.count() == 1 and not procurement.undivided_reason:
        yield "lots", KvarError("procurement.publish.lots")
    if "labour_terms" in asks and not procurement.terms.filter(kind="labour").exists():
        yield "terms", KvarError("procurement.publish.labour")
    if "community_benefit" in asks and not (procurement.policy or procurement.measures_reason):
        yield "measures", KvarError("procurement.publish.community_benefit")
    if waiting := len(unanswered(procurement)):
        yield "residents", KvarError("procurement.publish.proposals", n=waiting)
    if route not in PLAIN:
        yield from _openers(procurement)


def _openers(procurement: Procurement) -> Iterator[tuple[str, KvarError]]:
    """Every opener that is appointed must be able to open: bids are sealed to all of them."""
    drilled = procurement.openers.filter(drilled__isnull=False).count()
    if drilled < FEWEST_OPENERS or procurement.openers.filter(drilled__isnull=True).exists():
        yield "openers", KvarError("procurement.publish.openers")
