"""Is a model sound? A lower price at equal quality must always rank higher; an irrelevant bid must change nothing.

Case law: HFD 2022 ref. 41 (55 points flat below 700,000 kronor: unlawful), HFD 2018 ref. 50 (a floor price as
a requirement: unlawful). Rank reversal: Lunander, En logisk fälla; relative price models suffer it (research E).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from kvar.procurement.evaluation.bid import Bid
from kvar.procurement.evaluation.models import Model, ranking

STEPS = 400
MOST_BIDS = 12


@dataclass(frozen=True, slots=True)
class Flat:
    """A span of prices (minor units) over which a lower price gives no advantage."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """Two bids whose order turns when a third, which wins over neither or loses to both, is away."""

    first: str
    second: str
    without: tuple[str, ...]


def flats(model: Model, low: int, high: int, given: Mapping[str, int], marks: Sequence[int] = ()) -> list[Flat]:
    """Spans within [low, high] where a lower price gains nothing on a rival at `high`; empty: strictly monotone.

    Tried on a grid of STEPS prices, on `marks` (the model's own break points) and one unit either side of each.
    """
    prices = sorted({*_grid(low, high), *(p for m in marks for p in (m - 1, m, m + 1) if low <= p <= high)})
    sign = 1 if model.highest_wins else -1
    rival = Bid("rival", high, given)
    values = [sign * _gain(model, Bid("tried", price, given), rival) for price in prices]
    spans = [Flat(a, b) for (a, one), (b, other) in pairwise(zip(prices, values, strict=True)) if one <= other]
    return _joined(spans)


def _gain(model: Model, bid: Bid, rival: Bid) -> Fraction:
    """How far ahead of the rival a bid is: in a relative model it is the rival that moves."""
    return model.value(bid, (bid, rival)) - model.value(rival, (bid, rival))


def _grid(low: int, high: int) -> list[int]:
    return [low + (high - low) * step // STEPS for step in range(STEPS + 1)]


def _joined(spans: list[Flat]) -> list[Flat]:
    joined: list[Flat] = []
    for span in spans:
        if joined and joined[-1].high == span.low:
            joined[-1] = Flat(joined[-1].low, span.high)
        else:
            joined.append(span)
    return joined


def reversals(model: Model, bids: Sequence[Bid]) -> list[Reversal]:
    """Pairs whose order depends on whether some other bids are there; every subset is tried, ValueError above 12."""
    if len(bids) > MOST_BIDS:
        raise ValueError(f"{len(bids)} bids: too many subsets to try")
    whole = _order(model, bids)
    found: dict[tuple[str, str], Reversal] = {}
    for size in range(2, len(bids)):
        for subset in combinations(bids, size):
            away = tuple(bid.id for bid in bids if bid not in subset)
            for (one, other), sign in _order(model, subset).items():
                if sign != whole[one, other]:
                    found.setdefault((one, other), Reversal(one, other, away))
    return [found[key] for key in sorted(found)]


def _order(model: Model, bids: Sequence[Bid]) -> dict[tuple[str, str], int]:
    """For each pair by id: −1 when the first ranks before, 1 after, 0 equal."""
    place = {row.id: row.place for row in ranking(model, bids)}
    return {
        (one, other): (place[one] > place[other]) - (place[one] < place[other])
        for one, other in combinations(sorted(place), 2)
    }


def margin(model: Model, bids: Sequence[Bid]) -> Fraction | None:
    """How far the winner is from the next; None with fewer than two bids."""
    ranked = ranking(model, bids)
    return abs(ranked[0].value - ranked[1].value) if len(ranked) > 1 else None
