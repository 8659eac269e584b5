"""The simulator: invented prices and levels go through the draft model before the weights bind."""

from fractions import Fraction
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.core.money import format_number
from kvar.ledger.amounts import AmountError, decide_decimal, parse_amount
from kvar.organisations.access import language_of
from kvar.procurement.evaluation.bid import Bid
from kvar.procurement.evaluation.models import Weighted
from kvar.procurement.evaluation.simulate import Tried, step, tried, worth
from kvar.procurement.evaluation.soundness import reversals
from kvar.procurement.models import Criterion, Procurement
from kvar.procurement.readiness import bid_value
from kvar.procurement.rules.model import drafted, read_model, sound
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
        plain = drafted(rows, item.price_part or {"kind": "relative"})
        model = read_model(plain)
        words |= _told(model, [bid for row in tries if (bid := _bid(row, asked))], asked, language)
        sound(plain, worth=bid_value(item), day=item.as_need().day)
    except KvarError as error:
        words["model_wrong"] = error.say(language)
    except (AmountError, ValueError):
        words["wrong"] = KvarError("plan.wrong.try").say(language)
    return step_page(request, item, "simulate", **words)


def _told(model: Weighted, bids: list[Bid], asked: list[Criterion], language: Language) -> dict[str, Any]:
    weights = {item.id: item for item in model.criteria}
    turned = reversals(model, bids) if len(bids) > 2 else []
    steps = [(row.titled(language), step(weights[row.slug]), worth(model, weights[row.slug])) for row in asked]
    titles = {row.slug: (row.titled(language), row.kind) for row in asked}
    return {"rows": [_shown(row, titles) for row in tried(model, bids)] if bids else [],
            "turned": [(one.first, one.second, ", ".join(one.without)) for one in turned],
            "steps_worth": [(title, _points(points), kronor) for title, points, kronor in steps],
            "table": _table([_shown(row, titles) for row in tried(model, bids)])}  # fmt: skip


def _table(rows: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """The bars as a table: a line a part (an empty title is the price), a column a bid."""
    if not rows:
        return []
    return [(part[0], [row["bars"][n][2] for row in rows]) for n, part in enumerate(rows[0]["bars"])]


def _shown(row: Tried, titles: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """A bid with its bar: segments as (title, kind, points, start, width) of 100."""
    parts = [("", "price", row.price)] + [(*titles[name], p) for name, p in row.parts]
    at, bars = Fraction(0), []
    for title, kind, points in parts:
        width = max(points, Fraction(0))
        bars.append((title, kind, _points(points), f"{float(at):.2f}", f"{float(width):.2f}"))
        at += width
    return {"place": row.place, "id": row.bid.id, "price": row.bid.price, "value": _points(row.value), "bars": bars}


def _points(value: Fraction) -> str:
    return f"{float(value):.2f}"


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
