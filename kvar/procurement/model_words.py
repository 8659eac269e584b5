"""A frozen or drafted model in words: how it counts, and its numbers as people write them."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from kvar.core.messages import Language, say
from kvar.core.writing import format_amount

Row = Mapping[str, Any]
MILLION = 1_000_000_00  # quotients are told by the million kronor or pounds
FEW = 5  # levels that are all told


def points(value: Fraction, lang: Language) -> str:
    """Two decimals."""
    text = f"{float(value):.2f}".replace("-", "−")
    return text.replace(".", ",") if lang == "sv" else text


def valued(model: Row, value: Fraction, currency: str, lang: Language) -> str:
    """What a bid is ranked by: points, an amount, or points by the million."""
    if model["kind"] == "deduction":
        return format_amount(int(value), currency, lang)
    return points(value * MILLION if model["kind"] == "quotient" else value, lang)


def part_told(model: Row, part: Fraction, currency: str, lang: Language) -> str:
    """What the price or a criterion gave: points, or an amount taken off."""
    return _off(int(part), currency, lang) if model["kind"] == "deduction" else points(part, lang)


def _off(minor: int, currency: str, lang: Language) -> str:
    return ("−" if minor else "") + format_amount(minor, currency, lang)


def head(model: Row, lang: Language) -> str:
    """What the values are called."""
    return say(f"model.value.{model['kind']}", {}, lang)


def part_heads(model: Row, titles: Mapping[str, str], lang: Language) -> list[str]:
    """What the parts are called, as `Model.parts` orders them."""
    names = [titles.get(row["id"], row["id"]) for row in model["criteria"]]
    return [say("procurement.report.head.of_price", {}, lang), *names] if model["kind"] == "weighted" else names


def weighs(model: Row, currency: str, lang: Language) -> dict[str, str]:
    """What each criterion is worth to a bidder, by its slug: its weight, or the most it takes off the price."""
    if model["kind"] == "deduction":
        most = {name: format_amount(max(off.values()), currency, lang) for name, off in model["worth"].items()}
        return {name: say("model.takes_off", {"most": amount}, lang) for name, amount in most.items()}
    weights = {row["id"]: f"{float(Fraction(row['weight'])):g}" for row in model["criteria"]}
    shown = {name: weight.replace(".", ",") if lang == "sv" else weight for name, weight in weights.items()}
    return {name: say("model.weighs", {"weight": weight}, lang) for name, weight in shown.items()}


def explained(model: Row, titles: Mapping[str, str], currency: str, lang: Language) -> list[str]:
    """How the model counts, for whoever is to be judged by it: a sentence, and what each level takes off."""
    if model["kind"] == "quotient":
        return [say("model.told.quotient", {}, lang)]
    if model["kind"] == "deduction":
        first = say("model.told.deduction", {"base": format_amount(model["base"], currency, lang)}, lang)
        return [
            first,
            *(_levels(titles.get(name, name), off, currency, lang) for name, off in model["worth"].items()),
        ]
    price = model["price"]
    amounts = {name: format_amount(price[name], currency, lang) for name in ("full_at", "zero_at") if name in price}
    code = "floored" if price.get("floored") else price["kind"] if price.get("full_at", 1) else "from_zero"
    return [say(f"model.told.{code}", amounts, lang)]


def _levels(title: str, off: Mapping[str, int], currency: str, lang: Language) -> str:
    """`Title: level 1: 0 kr · … level 5: −80 000 kr`; of points of a hundred every fourth part."""
    shown = [level for level in off if len(off) <= FEW or int(level) % 25 == 0]
    values = [{"level": level, "off": _off(off[level], currency, lang)} for level in shown]
    return f"{title}: {' · '.join(say('model.told.level', value, lang) for value in values)}"
