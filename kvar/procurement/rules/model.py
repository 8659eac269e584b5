"""The evaluation model of a procurement as it is frozen: criteria and price part as plain data, and its soundness."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from kvar.core.dated import value_at
from kvar.core.errors import KvarError
from kvar.procurement.evaluation.bid import Criterion
from kvar.procurement.evaluation.models import Linear, PricePart, Relative, Weighted
from kvar.procurement.evaluation.policy import WHOLE
from kvar.procurement.evaluation.soundness import flats

Row = Mapping[str, Any]


def frozen(criteria: Sequence[Row], price: Row, *, worth: int, day: date) -> dict[str, Any]:
    """The model as it is published: `drafted`, and refused when some price gains nothing by being lower.

    `worth` is what a bid is expected to come to (minor units), `day` the day whose limits hold.
    """
    model = drafted(criteria, price)
    sound(model, worth=worth, day=day)
    return model


def drafted(criteria: Sequence[Row], price: Row) -> dict[str, Any]:
    """The model of criteria (slug, kind, weight in hundredths of a per cent, scale) and a price part.

    `price` is {kind: relative} or {kind: linear, full_at, zero_at, floored} in minor units. Refused when weights do
    not sum to a whole or when there is not exactly one price.
    """
    weights = sum(row["weight"] for row in criteria)
    if weights != WHOLE:
        raise KvarError("procurement.model.weights", total=f"{weights / 100:g}")
    prices = [row for row in criteria if row["kind"] == "price"]
    if len(prices) != 1 or prices[0]["weight"] == 0:
        raise KvarError("procurement.model.price")
    return {
        "kind": "weighted",
        "price_weight": str(Fraction(prices[0]["weight"], 100)),
        "price": dict(price),
        "criteria": [
            {
                "id": row["slug"],
                "kind": row["kind"],
                "weight": str(Fraction(row["weight"], 100)),
                "scale": row["scale"],
            }
            for row in criteria
            if row["kind"] != "price"
        ],
    }


def read_model(model: Row) -> Weighted:
    """The model to evaluate with."""
    criteria = tuple(Criterion(row["id"], Fraction(row["weight"]), row["scale"]) for row in model["criteria"])
    return Weighted(Fraction(model["price_weight"]), _price(model["price"]), criteria)


def _price(price: Row) -> PricePart:
    if price["kind"] == "relative":
        return Relative()
    if not 0 <= price["full_at"] < price["zero_at"]:
        raise KvarError("procurement.model.range")
    return Linear(price["full_at"], price["zero_at"], price["floored"])


def sound(model: Row, *, worth: int, day: date) -> None:
    """`procurement.model.flat` where a price gains nothing by being lower, up to twice the highest the model names;
    `procurement.model.wide` where it gains next to nothing because no points come only far above what bids are.

    HFD 2022 ref. 41: no flat part anywhere. How far is too far is Kvar's own judgement (`procurement/price_range`).
    """
    _near_enough(model["price"], worth, value_at("procurement/price_range", day).value)
    found = read_model(model)
    price = model["price"]
    top = 2 * price.get("zero_at", 10_000_000_00)
    given = {item.id: 50 if item.scale == "points" else 3 for item in found.criteria}
    marks = [price[name] for name in ("full_at", "zero_at") if name in price]
    if spans := flats(found, 1, top, given, marks):
        low, high = spans[0].low // 100, spans[0].high // 100
        raise KvarError("procurement.model.flat", low=low, high=high)


def _near_enough(price: Row, worth: int, times: int) -> None:
    if worth and price.get("zero_at", 0) > times * worth:
        raise KvarError("procurement.model.wide", most=times * worth // 100, times=times)


def light_price(criteria: Sequence[Row], day: date) -> int | None:
    """The per cent below which the price weighs so little that it hardly counts, where it does; None otherwise."""
    least = value_at("procurement/price_weight", day).value
    weight = sum(row["weight"] for row in criteria if row["kind"] == "price")
    return least if 0 < weight < 100 * least else None
