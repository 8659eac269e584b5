"""Purchases by deprivation: do the most deprived districts get as much of the purchases as they have residents?

Purchases from suppliers seated in each district of the municipality, most deprived district first. There is no
standard formula (science research D), so every weight is shown: a district weighs as many as live there.
  curve  the part of the residents against the part of the purchases, cumulated from the most deprived district
  index  2 · the area under the curve − 1: above 0 the deprived districts get more than they have people, below less
  group  the most deprived districts that together hold at most half of the residents (never fewer than one)
Interval of the group: its known purchases … those plus all in the municipality whose district is not known, of all
purchases in the municipality. Districts without residents or index in the table are left out and named.
Skipped (`-`) where no table is loaded or nothing was bought in a known district. A seat is not a place of work,
and money to a firm is not money to those who live beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

INDICATOR = "deprivation"
VERSION = "1.0"
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Weighed:
    """A district: its code, residents, deprivation (higher is more) and known purchases in minor units."""

    code: str
    residents: int
    deprivation: float
    amount: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """Districts most deprived first, the curve from (0, 0) to (1, 1), its index, and the most deprived group."""

    districts: tuple[Weighed, ...]
    curve: tuple[tuple[float, float], ...]
    index: float
    group: tuple[Weighed, ...]
    residents: float  # the group's part of the residents
    low: float  # the group's part of the purchases in the municipality, at least
    high: float  # at most


def concentration(districts: Sequence[Weighed], unknown: int) -> Concentration | None:
    """`unknown`: purchases in the municipality of no known district, minor units; None where it cannot be told.

    A district with net credits counts as nothing bought.
    """
    ranked = tuple(sorted(districts, key=lambda d: (-d.deprivation, d.code)))
    amounts = [max(d.amount, 0) for d in ranked]
    people, bought = sum(d.residents for d in ranked), sum(amounts)
    if not people or not bought:
        return None
    curve = [(0.0, 0.0)]
    lived = spent = 0
    for district, amount in zip(ranked, amounts, strict=True):
        lived, spent = lived + district.residents, spent + amount
        curve.append((lived / people, spent / bought))
    size = max(1, sum(x <= HALF for x, _ in curve[1:]))
    known, whole = sum(amounts[:size]), bought + max(unknown, 0)
    area = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(curve))
    return Concentration(
        ranked, tuple(curve), 2 * area - 1, ranked[:size], curve[size][0], known / whole,
        (known + max(unknown, 0)) / whole,
    )  # fmt: skip
