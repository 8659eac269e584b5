"""What the simulator shows of a model: bars and their table, pairs that turn, what a step is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kvar.core.messages import Language, say
from kvar.core.writing import format_amount
from kvar.procurement import model_words
from kvar.procurement.evaluation.bid import Bid, Criterion
from kvar.procurement.evaluation.models import Model
from kvar.procurement.evaluation.simulate import Tried, step, tried, worth
from kvar.procurement.evaluation.soundness import reversals
from kvar.procurement.rules.model import criteria_of, read_model

Row = Mapping[str, Any]
Titles = Mapping[str, tuple[str, str]]  # criterion -> its title and kind


@dataclass(frozen=True, slots=True)
class Tongue:
    """How numbers are written."""

    currency: str
    language: Language

    def say(self, code: str) -> str:
        """A sentence."""
        return say(code, {}, self.language)


def told(plain: Row, bids: Sequence[Bid], titles: Titles, tongue: Tongue) -> dict[str, Any]:
    """The bids as the model ranks them, what turns when one is away, and what one step of each criterion is worth."""
    model = read_model(plain)
    rows = tried(model, bids) if bids else []
    turned = reversals(model, bids) if len(bids) > 2 else []
    dearest = max((bid.price for bid in bids), default=0)
    bars = [_bar(plain, row, titles, tongue, dearest) for row in rows]
    return {"rows": bars, "turned": [(one.first, one.second, ", ".join(one.without)) for one in turned],
            "steps_worth": [_step(plain, model, one, titles, tongue) for one in criteria_of(plain)],
            "first": _first(plain, tongue), "head": model_words.head(plain, tongue.language),
            "table": _table([row["bars"] for row in bars])}  # fmt: skip


def _table(bars: Sequence[Sequence[Sequence[str]]]) -> list[tuple[str, list[str]]]:
    """The bars as a table: a line a part, a column a bid."""
    return [(column[0][0], [cell[2] for cell in column]) for column in zip(*bars, strict=True)]


def _first(plain: Row, tongue: Tongue) -> str:
    """What the dark part of a bar is; a quotient has none."""
    codes = {"weighted": "plan.criteria.price", "deduction": "model.value.deduction"}
    return tongue.say(codes[plain["kind"]]) if plain["kind"] in codes else ""


def _bar(plain: Row, row: Tried, titles: Titles, tongue: Tongue, dearest: int) -> dict[str, Any]:
    """A bid with its bar: segments as (title, kind, text, start, width) of 100 points, or of the dearest price."""
    whole, parts = Fraction(100), list(row.parts)
    if plain["kind"] == "deduction":
        parts = [("price", row.value), *parts]
        whole = max(Fraction(dearest), sum((part for _, part in row.parts), Fraction(0)))
    at, bars = Fraction(0), []
    for name, part in parts:
        title, kind = titles.get(name, (_first(plain, tongue), "price"))
        width = max(part, Fraction(0)) * 100 / whole
        bars.append((title, kind, _text(plain, name, part, tongue), f"{float(at):.2f}", f"{float(width):.2f}"))
        at += width
    value = model_words.valued(plain, row.value, tongue.currency, tongue.language)
    return {"place": row.place, "id": row.bid.id, "price": row.bid.price, "value": value, "bars": bars}


def _text(plain: Row, name: str, part: Fraction, tongue: Tongue) -> str:
    if name == "price":
        return model_words.valued(plain, part, tongue.currency, tongue.language)
    return model_words.part_told(plain, part, tongue.currency, tongue.language)


def _step(plain: Row, model: Model, one: Criterion, titles: Titles, tongue: Tongue) -> tuple[str, str, str]:
    """A criterion, the points of a step where points count, and what it is worth in money."""
    kronor = worth(model, one)
    points = "" if plain["kind"] == "deduction" else f"{model_words.points(step(one), tongue.language)} "
    depends = "model.depends" if plain["kind"] == "quotient" else "plan.simulate.depends"
    text = tongue.say(depends) if kronor is None else format_amount(kronor, tongue.currency, tongue.language)
    return titles[one.id][0], points and points + tongue.say("plan.simulate.points"), text
