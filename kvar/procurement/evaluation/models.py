"""Evaluation models: weighted score, monetary deduction and quality per krona; each gives a number to rank bids by.

Weighted: Σ weight · part + price weight · price part. Price parts: `Linear` between two fixed prices (absolute: other
bids do not matter), `Relative` = lowest price / price (depends on the other bids: rank reversal is possible).
Deduction (mervärdesavdrag): price − Σ deductions, lowest wins. Quotient: quality points / price, highest wins.
Sources: Upphandlingsmyndigheten and Lunander (science research E). Fractions throughout, never floats.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from kvar.procurement.evaluation.bid import Bid, Criterion, part


class PricePart(Protocol):
    """How a price becomes a part of the price weight, given all bids."""

    def of(self, price: int, prices: Sequence[int]) -> Fraction:
        """The part; 0–1 inside the model's range."""


@dataclass(frozen=True, slots=True)
class Linear:
    """1 at `full_at` or below, 0 at `zero_at`; below 0 above it unless `floored`. Minor units, full_at < zero_at."""

    full_at: int
    zero_at: int
    floored: bool = True

    def of(self, price: int, prices: Sequence[int]) -> Fraction:  # noqa: ARG002
        """The part by two fixed prices."""
        share = Fraction(self.zero_at - price, self.zero_at - self.full_at)
        return min(Fraction(1), max(Fraction(0), share) if self.floored else share)


@dataclass(frozen=True, slots=True)
class Relative:
    """Lowest price / price."""

    def of(self, price: int, prices: Sequence[int]) -> Fraction:
        """The part by the lowest of all prices."""
        return Fraction(min(prices), price)


Part = tuple[str, Fraction]  # what gave it (`price` or a criterion's id), and how much


class Model(Protocol):
    """An evaluation model: a value for each bid, what it is made of, and whether the highest wins."""

    @property
    def highest_wins(self) -> bool:
        """Does the highest value win?"""

    def value(self, bid: Bid, bids: Sequence[Bid]) -> Fraction:
        """The number the bid is ranked by."""

    def parts(self, bid: Bid, bids: Sequence[Bid]) -> tuple[Part, ...]:
        """What the price (where it has a part of its own) and each criterion give, in that order."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """Points: price weight and criteria weights, which together are 100."""

    price_weight: Fraction
    price: PricePart
    criteria: tuple[Criterion, ...]
    highest_wins: bool = True

    def value(self, bid: Bid, bids: Sequence[Bid]) -> Fraction:
        """Points of 100."""
        return _sum(self.parts(bid, bids))

    def parts(self, bid: Bid, bids: Sequence[Bid]) -> tuple[Part, ...]:
        """Points."""
        price = self.price_weight * self.price.of(bid.price, [other.price for other in bids])
        return (("price", price), *qualities(bid, self.criteria))


@dataclass(frozen=True, slots=True)
class Deduction:
    """Comparison sum: price minus what each criterion's level is worth (minor units by criterion and level)."""

    worth: Mapping[str, Mapping[int, int]]
    highest_wins: bool = False

    def value(self, bid: Bid, bids: Sequence[Bid]) -> Fraction:
        """Minor units."""
        return bid.price - _sum(self.parts(bid, bids))

    def parts(self, bid: Bid, bids: Sequence[Bid]) -> tuple[Part, ...]:  # noqa: ARG002
        """Deductions, minor units; ValueError for a level that has none."""
        if wrong := [name for name, levels in self.worth.items() if bid.given[name] not in levels]:
            raise ValueError(f"{wrong[0]}: {bid.given[wrong[0]]} is no level")
        return tuple((name, Fraction(levels[bid.given[name]])) for name, levels in self.worth.items())


@dataclass(frozen=True, slots=True)
class Quotient:
    """Quality points per krona."""

    criteria: tuple[Criterion, ...]
    highest_wins: bool = True

    def value(self, bid: Bid, bids: Sequence[Bid]) -> Fraction:
        """Points a minor unit."""
        return _sum(self.parts(bid, bids)) / bid.price

    def parts(self, bid: Bid, bids: Sequence[Bid]) -> tuple[Part, ...]:  # noqa: ARG002
        """Quality points."""
        return qualities(bid, self.criteria)


def qualities(bid: Bid, criteria: Sequence[Criterion]) -> tuple[Part, ...]:
    """Weight · part of each criterion."""
    return tuple((item.id, item.weight * part(item, bid.given[item.id])) for item in criteria)


def _sum(parts: Sequence[Part]) -> Fraction:
    return sum((amount for _, amount in parts), Fraction(0))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A bid's place (ties share it), its id and its value."""

    place: int
    id: str
    value: Fraction


def ranking(model: Model, bids: Sequence[Bid]) -> list[Ranked]:
    """All bids, best first; equal values share a place and are listed by id."""
    sign = -1 if model.highest_wins else 1
    valued = sorted((sign * model.value(bid, bids), bid.id) for bid in bids)
    keys = [key for key, _ in valued]
    return [Ranked(keys.index(key) + 1, name, sign * key) for key, name in valued]
