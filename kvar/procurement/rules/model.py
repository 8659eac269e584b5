"""The evaluation model of a procurement as it is frozen: criteria and price as plain data, and its soundness.

Three kinds: `weighted` points, `deduction` (mervärdesavdrag: what each level of a criterion takes off the price) and
`quotient` (quality points by the krona). The draft's price part tells which: linear and relative are weighted.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from kvar.core.dated import value_at
from kvar.core.errors import KvarError
from kvar.procurement.evaluation.bid import LEVELS, Bid, Criterion, part
from kvar.procurement.evaluation.models import Deduction, Linear, Model, PricePart, Quotient, Relative, Weighted
from kvar.procurement.evaluation.policy import WHOLE
from kvar.procurement.evaluation.soundness import flats

Row = Mapping[str, Any]
UNIT = 100  # deductions are whole kronor or pounds, rounded down
MIDDLE = {"points": 50, "level/5": 3, "(level-1)/4": 3}
LOWEST = {"points": 0, "level/5": 1, "(level-1)/4": 1}


def frozen(criteria: Sequence[Row], price: Row, *, worth: int, day: date) -> dict[str, Any]:
    """The model as it is published: `drafted`, and refused when some price gains nothing by being lower.

    `worth` is what a bid is expected to come to (minor units), `day` the day whose limits hold.
    """
    model = drafted(criteria, price)
    sound(model, worth=worth, day=day)
    return model


def drafted(criteria: Sequence[Row], price: Row) -> dict[str, Any]:
    """The model of criteria (slug, kind, weight in hundredths of a per cent, scale) and a price part.

    `price` is {kind: relative}, {kind: linear, full_at, zero_at, floored}, {kind: deduction, base} or
    {kind: quotient}, minor units. Refused when weights do not sum to a whole, when there is not exactly one price, or
    when it has a weight in a quotient or none elsewhere.
    """
    weights = sum(row["weight"] for row in criteria)
    if weights != WHOLE:
        raise KvarError("procurement.model.weights", total=f"{weights / 100:g}")
    prices = [row["weight"] for row in criteria if row["kind"] == "price"]
    if price["kind"] == "quotient" and prices != [0]:
        raise KvarError("procurement.model.divides")
    if len(prices) != 1 or (price["kind"] != "quotient" and prices == [0]):
        raise KvarError("procurement.model.price")
    asked = [_asked(row) for row in criteria if row["kind"] != "price"]
    if price["kind"] == "quotient":
        return {"kind": "quotient", "criteria": asked}
    if price["kind"] == "deduction":
        worth = {row["id"]: deductions(row, price["base"]) for row in asked}
        return {"kind": "deduction", "base": price["base"], "worth": worth, "criteria": asked}
    return {"kind": "weighted", "price_weight": _hundredth(prices[0]), "price": dict(price), "criteria": asked}


def _asked(row: Row) -> dict[str, str]:
    return {"id": row["slug"], "kind": row["kind"], "weight": _hundredth(row["weight"]), "scale": row["scale"]}


def _hundredth(weight: int) -> str:
    return str(Fraction(weight, 100))


def deductions(criterion: Row, base: int) -> dict[str, int]:
    """What each level takes off the price, minor units: the weight's share of `base` at the top, rounded down."""
    read = _criterion(criterion)
    given = range(101) if read.scale == "points" else LEVELS
    shares = {level: read.weight / 100 * part(read, level) for level in given}
    return {str(level): int(share * base / UNIT) * UNIT for level, share in shares.items()}


def read_model(model: Row) -> Model:
    """The model to evaluate with."""
    criteria = criteria_of(model)
    if model["kind"] == "quotient":
        return Quotient(criteria)
    if model["kind"] == "deduction":
        worth = {name: {int(level): off for level, off in levels.items()} for name, levels in model["worth"].items()}
        return Deduction({item.id: worth[item.id] for item in criteria})
    return Weighted(Fraction(model["price_weight"]), _price(model["price"]), criteria)


def criteria_of(model: Row) -> tuple[Criterion, ...]:
    """What is given points or deductions, in the model's order."""
    return tuple(_criterion(row) for row in model["criteria"])


def _criterion(row: Row) -> Criterion:
    return Criterion(row["id"], Fraction(row["weight"]), row["scale"])


def _price(price: Row) -> PricePart:
    if price["kind"] == "relative":
        return Relative()
    if not 0 <= price["full_at"] < price["zero_at"]:
        raise KvarError("procurement.model.range")
    return Linear(price["full_at"], price["zero_at"], price["floored"])


def sound(model: Row, *, worth: int, day: date) -> None:
    """`procurement.model.flat` where a price gains nothing by being lower, up to twice the highest the model names;
    `procurement.model.wide` and `.base` where what it gains is next to nothing beside the rest, `.low` where the rest
    is beside the price; `.zero` where the
    lowest levels give a quotient of zero at any price.

    HFD 2022 ref. 41: no flat part anywhere. How far is too far is Kvar's own judgement (`procurement/price_range`).
    """
    price = model.get("price", {})
    times = value_at("procurement/price_range", day).value
    _near_enough(price.get("zero_at", 0), "wide", worth, times)
    _near_enough(model.get("base", 0), "base", worth, times)
    if model["kind"] == "deduction" and model["base"] * times < worth:
        raise KvarError("procurement.model.low", least=worth // times // 100, times=times)
    found = read_model(model)
    if model["kind"] == "quotient" and not found.value(_given(model, LOWEST, 1), ()):
        raise KvarError("procurement.model.zero")
    top = 2 * (price.get("zero_at") or model.get("base") or 10_000_000_00)
    marks = [price[name] for name in ("full_at", "zero_at") if name in price]
    if spans := flats(found, 1, top, _given(model, MIDDLE, 1).given, marks):
        low, high = spans[0].low // 100, spans[0].high // 100
        raise KvarError("procurement.model.flat", low=low, high=high)


def _given(model: Row, level: Mapping[str, int], price: int) -> Bid:
    """A bid that is given the same everywhere."""
    return Bid("tried", price, {row["id"]: level[row["scale"]] for row in model["criteria"]})


def _near_enough(amount: int, code: str, worth: int, times: int) -> None:
    if worth and amount > times * worth:
        raise KvarError(f"procurement.model.{code}", most=times * worth // 100, times=times)


def light_price(criteria: Sequence[Row], day: date) -> int | None:
    """The per cent below which the price weighs so little that it hardly counts, where it does; None otherwise."""
    least = value_at("procurement/price_weight", day).value
    weight = sum(row["weight"] for row in criteria if row["kind"] == "price")
    return least if 0 < weight < 100 * least else None
