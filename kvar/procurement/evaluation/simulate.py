"""What the model does, tried on invented bids before publication: ranking, what gave it, what one step is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kvar.procurement.evaluation.bid import LEVELS, Bid, Criterion
from kvar.procurement.evaluation.models import Deduction, Linear, Model, Part, Weighted, ranking

POINT_STEP = Fraction(1, 10)  # ten points of a hundred count as a step


@dataclass(frozen=True, slots=True)
class Tried:
    """An invented bid in its place: its value and what gave it, in the model's own unit."""

    place: int
    bid: Bid
    value: Fraction
    parts: tuple[Part, ...]


def tried(model: Model, bids: Sequence[Bid]) -> list[Tried]:
    """The bids as the model ranks them."""
    by_id = {bid.id: bid for bid in bids}
    return [
        Tried(row.place, by_id[row.id], row.value, model.parts(by_id[row.id], bids)) for row in ranking(model, bids)
    ]


def step(criterion: Criterion) -> Fraction:
    """The points of one step up: a level, or ten points of a hundred."""
    sizes = {"level/5": Fraction(1, 5), "(level-1)/4": Fraction(1, 4), "points": POINT_STEP}
    return criterion.weight * sizes[criterion.scale]


def worth(model: Model, criterion: Criterion) -> int | None:
    """How much dearer a bid may be and break even by the last step up, minor units; None where more decides it."""
    if isinstance(model, Deduction):
        top, below = (100, 90) if criterion.scale == "points" else LEVELS[:-3:-1]
        levels = model.worth[criterion.id]
        return levels[top] - levels[below]
    if isinstance(model, Weighted) and isinstance(model.price, Linear) and model.price_weight:
        a_unit = model.price_weight / (model.price.zero_at - model.price.full_at)
        return round(step(criterion) / a_unit)
    return None
