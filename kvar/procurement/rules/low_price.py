"""Prices that may look abnormally low: the act gives no figure, so a bid far below the others is worth asking about.

`worth_asking` uses Kvar's own mark, 30 per cent below the median of the other bids; it decides nothing. What must and
may be done then differs by regime: above the threshold LOU 16:7 (shall ask, shall reject when unexplained), below it
19:18 (may reject, only after asking); chapter 19 a has no such rule.
"""

from collections.abc import Mapping
from fractions import Fraction
from statistics import median_low

MARK = Fraction(30, 100)
PARAGRAPH = {"eu": "16:7", "national": "19:18"}


def below_others(prices: Mapping[str, int]) -> dict[str, Fraction | None]:
    """By bid, how far its price lies below the median of the others (negative: above); None when it is alone."""
    return {name: _below(price, [p for n, p in prices.items() if n != name]) for name, price in prices.items()}


def worth_asking(prices: Mapping[str, int]) -> list[str]:
    """The bids whose price lies at least MARK below the median of the others."""
    return [name for name, share in below_others(prices).items() if share is not None and share >= MARK]


def _below(price: int, others: list[int]) -> Fraction | None:
    return Fraction(median_low(others) - price, median_low(others)) if others else None
