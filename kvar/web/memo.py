"""The decision memo of one opportunity: question, facts, lawful options, effects, what is not known, next step."""

from collections.abc import Mapping
from typing import Any

from kvar.spending.capacity import most_carried
from kvar.spending.opportunities import Buyer, Opportunity
from kvar.spending.routes import Route
from kvar.web.opportunity_words import STEPS, Words, cites, of_role

BUYERS = 4


def memo_words(words: Words, row: Opportunity, names: Mapping[str, str], place: str) -> dict[str, Any]:
    """Plain data for the page and the PDF."""
    return {
        "title": words.say("memo.title", category=row.category),
        "law": words.say("opportunity.law" if words.country == "SE" else "opportunity.law.other"),
        "question": words.say("memo.question", category=row.category, place=place),
        "not_yet": words.say("memo.not_yet", why=words.say(f"opportunity.why.{row.why}")) if row.why else "",
        "facts": _facts(words, row, place),
        "buyers": [_buyer(words, buyer, names) for buyer in row.buyers[:BUYERS]],
        "levers": _options(words, row, "lever"),
        "forbidden": _options(words, row, "forbidden"),
        "effects": [words.effect(row, percent) for percent in STEPS],
        "effect_notes": _effect_notes(words),
        "unknown": _unknown(words, row),
        "step": _step(words, row),
        "fields": [words.say(f"memo.field.{name}") for name in ("who", "when", "decision")],
        "heads": {name: words.say(f"memo.head.{name}") for name in _HEADS} | _of_period(words),
    }


def _of_period(words: Words) -> dict[str, str]:
    """The heading of sums: of a year, or of as many months as there are."""
    return {} if words.months == 12 else {"money": words.say("memo.head.money_months", n=words.months)}


_HEADS = ("question", "facts", "options", "levers", "forbidden", "effects", "unknown", "step", "percent", "money",
          "share", "jobs", "unresolved")  # fmt: skip


def _facts(words: Words, row: Opportunity, place: str) -> list[list[str]]:
    amounts = row.amounts
    found = [
        ["memo.fact.bought" if words.months == 12 else "memo.fact.bought_months", words.money(amounts.base)],
        ["memo.fact.near", words.between(amounts.near, amounts.near + amounts.unknown)],
        ["memo.fact.leaves", words.between(amounts.away, amounts.away + amounts.unknown)],
        [
            "memo.fact.open",
            words.between(amounts.away_open, amounts.away_open + amounts.away_unclear + amounts.unknown_movable),
        ],
        ["memo.fact.when", words.when(row)],
        ["memo.fact.typical", words.money(row.typical) if row.typical else "-"],
        ["memo.fact.suppliers", str(row.suppliers_away) if row.suppliers_away or not amounts.unknown else "-"],
        ["memo.fact.firms", words.firms(row)],
        ["memo.fact.sizes", words.sizes(row)],
        ["memo.fact.owners", words.owners(row)],
        ["memo.fact.social", str(row.capacity.social) if row.capacity else "-"],
    ]
    return [[words.say(code, place=place, n=words.months), value] for code, value in found]


def _buyer(words: Words, buyer: Buyer, names: Mapping[str, str]) -> dict[str, Any]:
    ways = of_role(buyer.routes, "way")
    free = [way for way in ways if not way.asks]
    first = free[0] if free else None
    return {
        "name": names.get(buyer.anchor, buyer.anchor),
        "amount": words.say("memo.buyer", amount=words.money(buyer.amount), open=words.money(buyer.open)),
        "ways": [_option(words, way) for way in ways],
        "limit": words.limit(first.limit) if first and first.limit else words.say("opportunity.act.none"),
        "near": words.say("memo.near") if first and first.near else "",
    }


def _option(words: Words, route: Route) -> dict[str, str]:
    days = words.say("memo.days", n=route.days) if route.days else ""
    asked = words.say("memo.asks") if route.asks else ""
    how = " ".join(text for text in (route.how[words.lang], days, asked) if text)
    return {"title": route.title[words.lang], "how": how, "cites": cites(route, words.lang)}


def _options(words: Words, row: Opportunity, role: str) -> list[dict[str, str]]:
    """Once each over the buyers, with the paragraphs of each one's regime."""
    found: dict[str, dict[str, str]] = {}
    for buyer in row.buyers:
        for route in of_role(buyer.routes, role):
            made = _option(words, route)
            known = found.setdefault(route.id, made)
            if made["cites"] not in known["cites"]:
                known["cites"] += f"; {made['cites']}"
    return list(found.values())


def _effect_notes(words: Words) -> list[str]:
    notes = [words.say("opportunity.effect.note")]
    if words.country == "SE":
        notes.append(words.say("opportunity.jobs.source"))
    return notes


def _unknown(words: Words, row: Opportunity) -> list[str]:
    amounts = row.amounts
    notes = [words.say("memo.unknown.months", n=words.months)] if words.months < 12 else []
    if amounts.unknown > 0:
        notes.append(words.say("memo.unknown.place", amount=words.money(amounts.unknown)))
    if amounts.away_unclear > 0:
        notes.append(words.say("memo.unknown.unclear", amount=words.money(amounts.away_unclear)))
    if row.market is None:
        notes.append(words.say("memo.unknown.market"))
    elif not row.market.verified:
        notes.append(words.say("memo.unknown.pairing"))
    if measured := words.measured(row):
        notes.append(measured)
    micro = most_carried("micro", words.found.influence.day) if words.country == "SE" else None
    if micro and row.typical:
        notes.append(words.say("memo.unknown.lots", amount=words.money(micro)))
    return [*notes, *(words.say(f"memo.unknown.{name}") for name in ("seat", "will", "price", "vat"))]


def _step(words: Words, row: Opportunity) -> str:
    day = row.ends[0][0].isoformat() if row.ends else ""
    return words.say("memo.step.from", day=day) if day and row.open_now <= 0 else words.say("memo.step.now")
