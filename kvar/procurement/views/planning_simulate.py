"""The simulator: invented prices and levels go through the draft model before the weights bind."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict

from kvar.core.errors import KvarError
from kvar.core.money import format_number
from kvar.ledger.amounts import AmountError, decide_decimal, parse_amount
from kvar.organisations.access import language_of
from kvar.procurement.evaluation.bid import Bid
from kvar.procurement.models import Criterion, Procurement
from kvar.procurement.readiness import bid_value
from kvar.procurement.rules.model import drafted, sound
from kvar.procurement.views import tried_shown as shown
from kvar.procurement.views.planning_page import plan_of, step_page

NAMES = ("A", "B", "C", "D")
# The bids one starts with: price in per cent of the value, level of five for every criterion.
START = {"A": (80, 2), "B": (95, 3), "C": (110, 5)}


@login_required
def simulate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`?pA=…&A-<criterion>=…`: the address keeps what was tried."""
    item, language = plan_of(request, pk), language_of(request)
    asked = list(item.criteria.exclude(kind="price"))
    tries = [_row(name, item, asked, request.GET) for name in NAMES]
    given = [(row, most, [(one["name"], one["given"][n][1]) for one in tries], int(row.scale != "points"))
             for n, (row, _, most) in enumerate(tries[0]["given"])]  # fmt: skip
    words: dict[str, Any] = {"given": given, "tries": tries, "wrong": "", "model_wrong": "", "rows": []}
    try:
        rows = list(item.criteria.values("slug", "kind", "weight", "scale"))
        plain = drafted(rows, item.priced)
        bids = [bid for row in tries if (bid := _bid(row, asked))]
        words |= shown.told(plain, bids, {row.slug: (row.titled(language), row.kind) for row in asked},
                            shown.Tongue(item.currency, language))  # fmt: skip
        sound(plain, worth=bid_value(item), day=item.as_need().day)
    except KvarError as error:
        words["model_wrong"] = error.say(language)
    except (AmountError, ValueError):
        words["wrong"] = KvarError("plan.wrong.try").say(language)
    return step_page(request, item, "simulate", **words)


def _row(name: str, item: Procurement, asked: list[Criterion], data: QueryDict) -> dict[str, Any]:
    """What stands in the form for one invented bid; the first time a suggestion."""
    fresh = not any(key.startswith("p") for key in data)
    share, level = START.get(name, (0, 0)) if fresh else (0, 0)
    price = format_number(bid_value(item) * share // 10_000, "sv") if share else data.get(f"p{name}", "")
    given = [
        (
            row,
            data.get(f"{name}-{row.slug}", "") or _level(level or 3, row.scale),
            100 if row.scale == "points" else 5,
        )
        for row in asked
    ]
    return {"name": name, "price": price, "given": given}


def _level(level: int, scale: str) -> str:
    return str(level * 20 if scale == "points" else level)


def _bid(row: dict[str, Any], asked: list[Criterion]) -> Bid | None:
    text = str(row["price"]).strip()
    if not text:
        return None
    price = parse_amount(text, decide_decimal([text]) or ".")
    if price <= 0:
        raise ValueError(text)
    return Bid(row["name"], price, {item.slug: int(value) for item, value, _ in row["given"] if item in asked})
