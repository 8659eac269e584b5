"""What the weights do, tried on invented bids before publication: ranking, points by part, what one step is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kvar.procurement.evaluation.bid import Bid, Criterion, part
from kvar.procurement.evaluation.models import Linear, Weighted, ranking

POINT_STEP = Fraction(1, 10)  # ten points of a hundred count as a step


@dataclass(frozen=True, slots=True)
class Tried:
    """An invented bid in its place: points in all, and of them for the price and each criterion (by id)."""

    place: int
    bid: Bid
    value: Fraction
    price: Fraction
    parts: tuple[tuple[str, Fraction], ...]


def tried(model: Weighted, bids: Sequence[Bid]) -> list[Tried]:
    """The bids as the model ranks them."""
    by_id = {bid.id: bid for bid in bids}
    return [_tried(model, row.place, by_id[row.id], bids) for row in ranking(model, bids)]


def _tried(model: Weighted, place: int, bid: Bid, bids: Sequence[Bid]) -> Tried:
    price = model.price_weight * model.price.of(bid.price, [other.price for other in bids])
    parts = tuple((item.id, item.weight * part(item, bid.given[item.id])) for item in model.criteria)
    return Tried(place, bid, price + sum((points for _, points in parts), Fraction(0)), price, parts)


def step(criterion: Criterion) -> Fraction:
    """The points of one step up: a level, or ten points of a hundred."""
    sizes = {"level/5": Fraction(1, 5), "(level-1)/4": Fraction(1, 4), "points": POINT_STEP}
    return criterion.weight * sizes[criterion.scale]


def worth(model: Weighted, criterion: Criterion) -> int | None:
    """How much dearer a bid may be and break even by one step up, minor units; None where other bids decide it."""
    if not isinstance(model.price, Linear) or not model.price_weight:
        return None
    a_unit = model.price_weight / (model.price.zero_at - model.price.full_at)
    return round(step(criterion) / a_unit)
