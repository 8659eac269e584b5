"""What bids are judged by: the price and up to six quality questions, and how a price becomes points."""

import re
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.organisations.access import language_of
from kvar.procurement.actions import drafting, planning
from kvar.procurement.evaluation.policy import WHOLE
from kvar.procurement.forms import as_written
from kvar.procurement.models import Procurement
from kvar.procurement.plan_forms import Percent, PriceForm
from kvar.procurement.readiness import bid_value
from kvar.procurement.rules.model import light_price
from kvar.procurement.rules.wording import local_words
from kvar.procurement.views.planning_page import plan_of, step_page

MOST = 6
UNEVEN = 2  # times: lots that differ more than so get a word of warning; Kvar's own
SCALES = ("(level-1)/4", "level/5", "points")


@login_required
def criteria(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Weights of price and questions; the policy's measures have their share from their own step."""
    item, language = plan_of(request, pk), language_of(request)
    form = PriceForm(request.POST or None, initial=_price(item), language=language)
    rows, weight, wrong = _rows(item), _shown(_price_weight(item)), ""
    if request.method == "POST":
        rows, weight = _posted(request.POST), request.POST.get("price_weight", "")
        try:
            read = _read(rows, weight, language)
            if form.is_valid():
                planning.choose_criteria(procurement=item, rows=read)
                drafting.choose_price(procurement=item, price=form.part())
                return redirect("plan-criteria", pk=pk)
        except KvarError as error:
            wrong = error.say(language)
    social = sum(item.criteria.filter(kind="social").values_list("weight", flat=True))
    total = sum(item.criteria.values_list("weight", flat=True))
    empty = {"title": "", "question": "", "weight": "", "scale": SCALES[0]}
    more = [*rows, *[empty] * (1 if rows else 2)][:MOST]
    local = local_words(" ".join(f"{row['title']} {row['question']}" for row in rows))
    words = {"form": form, "rows": more, "price_weight": weight, "wrong": wrong, "social": _shown(social),
             "uneven": _uneven(item), "total": _shown(total), "whole": total == WHOLE, "scales": SCALES,
             "local": local,
             "light": light_price(list(item.criteria.values("kind", "weight")), item.as_need().day)}  # fmt: skip
    return step_page(request, item, "criteria", **words)


def _rows(item: Procurement) -> list[dict[str, str]]:
    return [
        {"title": row.title, "question": row.question, "weight": _shown(row.weight), "scale": row.scale}
        for row in item.criteria.filter(kind="quality")
    ]


def _uneven(item: Procurement) -> tuple[int, int] | None:
    """The smallest and the largest lot's value, where the same amounts in kronor judge lots of unlike size."""
    values = sorted(item.lots.filter(value__gt=0).values_list("value", flat=True))
    by_amount = item.price_part.get("kind") in ("linear", "deduction")
    return (values[0], values[-1]) if by_amount and values and values[-1] > UNEVEN * values[0] else None


def _price_weight(item: Procurement) -> int:
    row = item.criteria.filter(kind="price").first()
    return row.weight if row else 0


def _posted(data: QueryDict) -> list[dict[str, str]]:
    lists = [data.getlist(name)[:MOST] for name in ("title", "question", "weight", "scale")]
    rows = [
        dict(zip(("title", "question", "weight", "scale"), row, strict=True)) for row in zip(*lists, strict=False)
    ]
    return [row for row in rows if row["title"].strip() or row["weight"].strip()]


def _read(rows: list[dict[str, str]], weight: str, language: Language) -> list[dict[str, Any]]:
    """The criteria as the action takes them; each problem names its row."""
    price = {"slug": "price", "kind": "price", "title": say("plan.criteria.price", {}, language),
             "weight": _weight(weight, say("plan.criteria.price", {}, language))}  # fmt: skip
    found: list[dict[str, Any]] = [price]
    for n, row in enumerate(rows, 1):
        if not row["title"].strip():
            raise KvarError("plan.wrong.criterion", n=n)
        if row["scale"] not in SCALES:
            raise KvarError("plan.wrong.scale", title=row["title"])
        found.append({"slug": _slug(row["title"], n), "kind": "quality", "title": row["title"].strip()[:200],
                      "question": row["question"].strip(), "weight": _weight(row["weight"], row["title"]),
                      "scale": row["scale"]})  # fmt: skip
    return found


def _weight(text: str, title: str) -> int:
    try:
        found: int = Percent("sv", "").clean(text)
    except ValidationError as error:
        raise KvarError("plan.wrong.weight", title=title, value=text) from error
    return found


def _slug(title: str, n: int) -> str:
    plain = title.lower().translate(str.maketrans("åäöé", "aaoe"))
    return f"q{n}-{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')}"[:40].strip("-")


def _shown(weight: int) -> str:
    return f"{weight / 100:g}".replace(".", ",") if weight else ""


def _price(item: Procurement) -> dict[str, Any]:
    """The price part as the form shows it; the suggestion: from nothing to twice a bid's value."""
    part = item.price_part or {"kind": "linear", "full_at": 0, "zero_at": 2 * bid_value(item)}
    amounts = {name: as_written(part[name]) for name in PriceForm.helped if name in part}
    return {"base": as_written(bid_value(item)), "price_kind": part["kind"], **amounts}
