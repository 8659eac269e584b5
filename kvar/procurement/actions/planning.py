"""Planning: a procurement is made, filled in and published; what is published is frozen."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.messages import LANGUAGES, say
from kvar.organisations.models import Membership, Organisation
from kvar.procurement.evaluation.policy import policy_on, slug_of, weights
from kvar.procurement.models import Criterion, Lot, Opener, Procurement, Term
from kvar.procurement.readiness import bid_value, first_deadline, missing, over_policy
from kvar.procurement.record import record
from kvar.procurement.residents import as_logged
from kvar.procurement.rules.clock import check_deadline
from kvar.procurement.rules.engine import answer
from kvar.procurement.rules.model import frozen
from kvar.procurement.rules.need import Need
from kvar.procurement.rules.value import estimate

LONGEST_TITLE = 200


@transaction.atomic
def plan(*, organisation: Organisation, by: User, title: str, text: str, need: Need) -> Procurement:
    """A new procurement with one lot, from a need the route engine has been asked about."""
    if not title.strip() or not text.strip():
        raise KvarError("procurement.plan.words")
    found = answer(need)
    route = found.open[0].route.id if found.open else ""
    made = Procurement.objects.create(
        organisation=organisation, by=by, title=title.strip(), need=text.strip(), cpv=need.cpv or "", kind=need.kind,
        buyer=need.buyer, value=own_value(need), options=need.options,
        extensions=need.extensions, similar=need.similar, facts=sorted(need.facts), route=route,
    )  # fmt: skip
    Lot.objects.create(procurement=made, number=1, title=made.title, value=made.value)
    return made


def own_value(need: Need) -> int:
    """What the purchase itself comes to, minor units, as the law counts it (LOU 5:3, 5:10, 5:13)."""
    return estimate(need).main


@transaction.atomic
def divide(*, procurement: Procurement, lots: Sequence[tuple[str, int]], reason: str) -> None:
    """The lots anew (title, minor units); the reason is needed where there is only one and the law asks for it."""
    still_planned(procurement)
    if not lots or any(not title.strip() or value < 0 for title, value in lots):
        raise KvarError("procurement.plan.lots")
    if any(len(title) > LONGEST_TITLE for title, _ in lots):
        raise KvarError("procurement.plan.lot_title", most=LONGEST_TITLE)
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
    still_planned(procurement)
    procurement.criteria.exclude(kind="social").delete()
    Criterion.objects.bulk_create([Criterion(procurement=procurement, **_both(row)) for row in rows])


def _both(row: Mapping[str, Any]) -> dict[str, Any]:
    """The price has a name in both languages; a question stands as the officer wrote it."""
    if row["kind"] != "price":
        return dict(row)
    return {**row, "titles": {lang: say("plan.criteria.price", {}, lang) for lang in LANGUAGES}}


@transaction.atomic
def choose_measures(*, procurement: Procurement, policy: str, chosen: Sequence[str], weight: int) -> None:
    """The policy's measures that count, the social weight split evenly over them (hundredths of a per cent)."""
    still_planned(procurement)
    found = policy_on(policy, timezone.localdate())
    split = weights(found, chosen, weight, procurement.value)
    procurement.criteria.filter(kind="social").delete()
    characters = found.effort(procurement.value).characters
    rows = [
        Criterion(
            procurement=procurement, slug=slug_of(name), kind="social",
            title=found.measure(name).title["sv" if found.jurisdiction == "SE" else "en"], weight=part,
            titles=dict(found.measure(name).title),
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
    still_planned(procurement)
    if not term.get("clause", "").strip():
        raise KvarError("procurement.term.clause")
    if term["kind"] == "labour" and not (term.get("risk", "").strip() and term.get("follow_up")):
        raise KvarError("procurement.term.labour")
    if term["kind"] == "employment" and not (term.get("number") and term.get("target_group", "").strip()):
        raise KvarError("procurement.term.employment")
    return Term.objects.create(procurement=procurement, **term)


@transaction.atomic
def appoint(*, procurement: Procurement, person: User, recipient: str = "") -> Opener:
    """Appoint a member of the organisation to open; the public half of the key may come from them later."""
    still_planned(procurement)
    if not Membership.objects.filter(organisation=procurement.organisation, person=person).exists():
        raise KvarError("procurement.opener.member")
    if recipient and not recipient.startswith("age1"):
        raise KvarError("procurement.opener.key")
    found, _ = Opener.objects.update_or_create(
        procurement=procurement, person=person, defaults={"recipient": recipient, "drilled": None}
    )
    return found


@transaction.atomic
def publish(
    *, procurement: Procurement, deadline: datetime, route: str = "", price: Mapping[str, Any] | None = None
) -> None:
    """Publish: the route is open, the time long enough, the model sound, the openers drilled; then all is frozen.

    The row is locked and read anew, so that two clicks publish once; `route` and `price` are those of the plan as it
    was last written unless given.
    """
    still_planned(procurement)
    route = route or procurement.route
    price = price or procurement.priced
    now, country = timezone.now(), procurement.organisation.country
    procurement.published = now
    found = answer(procurement.as_need(), route)
    if lacking := [*missing(procurement, found, route), *over_policy(procurement)]:
        raise lacking[0].error
    check_deadline(deadline, now=now, earliest=first_deadline(found, route, found.need.day), country=country)
    rows = list(procurement.criteria.values("slug", "kind", "weight", "scale"))
    procurement.model = frozen(rows, price, worth=bid_value(procurement), day=found.need.day)
    procurement.route, procurement.deadline, procurement.phase = route, deadline, "published"
    procurement.save()
    values = {
        "route": route,
        "deadline": deadline.isoformat(),
        "model": procurement.model,
        "title": procurement.title,
        "lots": list(procurement.lots.values_list("number", flat=True)),
    }
    values |= {"policy": procurement.policy, "policy_version": procurement.policy_version}
    record(procurement=procurement, kind="publish", by="officer", values=values)
    if told := as_logged(procurement):
        record(procurement=procurement, kind="proposals", by="officer", values={"proposals": told})


def still_planned(procurement: Procurement) -> None:
    """`procurement.frozen` once it is published; the row is locked and read anew, within the caller's transaction.

    `procurement` then holds what the row holds: an act never judges or saves what somebody has changed since.
    """
    phases = Procurement.objects.select_for_update().filter(pk=procurement.pk).values_list("phase", flat=True)
    if list(phases) != ["planning"]:
        raise KvarError("procurement.frozen")
    procurement.refresh_from_db()


def anew(row: Model) -> None:
    """Read a row of the plan anew once the plan is locked; `procurement.plan.gone` when somebody took it away."""
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist as error:
        raise KvarError("procurement.plan.gone") from error
