"""A published procurement as others read it: OCDS values, eForms fields, the ranking after the award.

Nothing here reads the bid box, opening parts or bids before the award: what the public sees cannot depend on them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from kvar.core.messages import Language, say
from kvar.core.numbers import read_number
from kvar.organisations.models import Organisation
from kvar.procurement.actions.evaluation import ranked
from kvar.procurement.evaluation.policy import version_of
from kvar.procurement.model_words import explained
from kvar.procurement.models import Award, Bid, Lot, Procurement
from kvar.procurement.ocds import Notice, Party
from kvar.procurement.rules.cpv import name_of

GOALS = {  # of terms of performance, in the codelist of the OCDS sustainability extension
    "labour": "social.laborRightsPromotion",
    "employment": "economic.formalEmploymentPromotion",
    "social": "social",
}
DECIDED = ("awarded", "contracted")


@dataclass(frozen=True, slots=True)
class Place:
    """A bid in the ranking of a lot: place, who, price in minor units, value by the model, whether awarded."""

    place: int
    name: str
    price: int
    value: Fraction
    won: bool


def notice_of(item: Procurement, language: Language | None = None) -> Notice:
    """The procurement as OCDS wants it, measures in a language (else the buyer's); it must be published."""
    if item.published is None or item.deadline is None:
        raise ValueError(item.pk)
    own: Language = "sv" if item.organisation.country == "SE" else "en"
    cpv_name = name_of(item.cpv, own) if item.cpv else ""
    return Notice(
        str(item.pk), item.title, item.need, party(item.organisation, "buyer", "procuringEntity"), item.kind,
        item.cpv, cpv_name, item.route, item.value, item.currency, item.published, item.deadline,
        [(lot.number, lot.title, lot.value) for lot in item.lots.all()],
        [(row.kind, row.titled(language) if language else row.title, row.weight) for row in item.criteria.all()],
        list(goals(item)), [_awarded(award) for award in awards(item)], moves(item), _cancelled_at(item),
        own, " ".join(_judged(item, language or own)),
    )  # fmt: skip


def _judged(item: Procurement, language: Language) -> list[str]:
    return explained(item.model or {}, item.titles(language), item.currency, language)


def goals(item: Procurement) -> Iterator[tuple[str, str]]:
    """Sustainability goals with the strategy: a measure's by its theme in the policy, a term's by its kind."""
    if item.policy:
        policy = version_of(item.policy, item.policy_version)
        for row in item.criteria.filter(kind="social"):
            found = policy.by_slug(row.slug)
            if found:
                yield found[0].goal, "awardCriteria"
    for term in item.terms.all():
        yield GOALS[term.kind], "contractPerformanceConditions"


def moves(item: Procurement) -> list[tuple[datetime, datetime, datetime]]:
    """Every time the deadline was moved: when, from, to."""
    leaves = (json.loads(text) for text in item.leaves.values_list("text", flat=True))
    rows = [
        (leaf["at"], leaf["values"]["from"], leaf["values"]["to"]) for leaf in leaves if leaf["kind"] == "deadline"
    ]
    return [(_time(at), _time(old), _time(new)) for at, old, new in rows]


def cancelled(item: Procurement) -> str:
    """The reasons for which a procurement was cancelled; empty when it was not."""
    leaf = _cancel_leaf(item)
    return str(leaf["values"]["reason"]) if leaf else ""


def _cancelled_at(item: Procurement) -> datetime | None:
    leaf = _cancel_leaf(item)
    return _time(leaf["at"]) if leaf else None


def _cancel_leaf(item: Procurement) -> dict[str, Any] | None:
    leaves = (json.loads(text) for text in item.leaves.values_list("text", flat=True))
    return next((leaf for leaf in leaves if leaf["kind"] == "cancel"), None)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def awards(item: Procurement) -> list[Award]:
    """The awards, once every lot has been decided."""
    if item.phase not in DECIDED:
        return []
    found = Award.objects.filter(lot__procurement=item).select_related("lot", "bid__bidder")
    return list(found.order_by("lot__number"))


def places(lot: Lot, award: Award) -> list[Place]:
    """The ranking of an awarded lot as the model gave it."""
    bids = {str(bid.pk): bid for bid in Bid.objects.filter(lot=lot, state="opened").select_related("bidder")}
    return [
        Place(row.place, shown(bids[row.id].bidder), bids[row.id].price or 0, row.value, row.id == str(award.bid_id))
        for row in ranked(lot)
    ]


def shown(firm: Organisation) -> str:
    """A bidder's name; a sole trader is a person and is not named (empty)."""
    return "" if _person(firm) else firm.name


def party(organisation: Organisation, *roles: str) -> Party:
    """An organisation as OCDS names it; a person's number never leaves."""
    read = read_number(organisation.org_number, organisation.country) if organisation.org_number else None
    known = f"{read.scheme}-{read.number}" if read and not read.is_person else f"KVAR-{organisation.pk}"
    return Party(known, shown(organisation) or "-", roles)


def _person(firm: Organisation) -> bool:
    read = read_number(firm.org_number, firm.country) if firm.org_number else None
    return bool(read and read.is_person)


def _awarded(award: Award) -> dict[str, Any]:
    return {"supplier": party(award.bid.bidder, "supplier"), "value": award.bid.price or 0, "date": award.at,
            "lot": award.lot.number}  # fmt: skip


def fields(item: Procurement, language: Language) -> list[dict[str, str]]:
    """The notice as eForms names it: `{field, name, value}`, business terms of Implementing Regulation 2019/1780."""
    notice = notice_of(item, language)
    rows = [
        ("BT-05", notice.published.isoformat()), ("BT-500-Organization", notice.buyer.name),
        ("BT-501-Organization", notice.buyer.id), ("BT-21-Procedure", notice.title),
        ("BT-24-Procedure", notice.description), ("BT-23-Procedure", notice.kind),
        ("BT-262-Procedure", notice.cpv or "-"), ("BT-27-Procedure", _money(notice.value, notice.currency)),
        ("BT-105-Procedure", notice.route), ("BT-131-Lot", notice.deadline.isoformat()),
    ]  # fmt: skip
    for number, title, value in notice.lots:
        rows += [("BT-137-Lot", f"LOT-{number:04}"), ("BT-21-Lot", title)]
        rows += [("BT-27-Lot", _money(value, notice.currency))] if value else []
    for kind, title, weight in notice.criteria:
        rows += [("BT-539-Lot", "price" if kind == "price" else "quality"), ("BT-734-Lot", title)]
        rows += [("BT-541-Lot-WeightNumber", f"{weight / 100:g} %")] if weight else []
    rows += [("BT-06-Lot", _strategic(goal)) for goal in dict.fromkeys(goal for goal, _ in notice.goals)]
    for award in notice.awards:
        rows += [("BT-720-Tender", _money(award["value"], notice.currency)), ("BT-142-LotResult", "selec-w"),
                 ("BT-1451-Contract", award["date"].isoformat())]  # fmt: skip
    return [{"field": code, "name": _name(code, language), "value": value} for code, value in rows]


def _strategic(goal: str) -> str:
    """The eForms code of strategic procurement for a goal."""
    return "env-imp" if goal.startswith("environmental") else "inn-pur" if goal == "innovation" else "soc-obj"


def _name(code: str, language: Language) -> str:
    return say("plan.bt." + code.split("-")[1], {}, language)


def _money(minor: int, currency: str) -> str:
    return f"{minor // 100}.{minor % 100:02} {currency}"
