"""What is evaluated: a bid's price and what it was given for each criterion."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Scale = Literal["level/5", "(level-1)/4", "points"]
LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A quality criterion with its weight (points of the whole) and how what was given becomes a part 0–1.

    `level/5` and `(level-1)/4` read levels 1–5: which of them is used is a visible choice; `points` reads 0–100.
    """

    id: str
    weight: Fraction
    scale: Scale = "level/5"


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid: price in minor units (> 0) and what it was given by criterion id."""

    id: str
    price: int
    given: Mapping[str, int]


def part(criterion: Criterion, given: int) -> Fraction:
    """The part 0–1 of a criterion's weight; ValueError outside its scale."""
    limits = (0, 100) if criterion.scale == "points" else (LEVELS[0], LEVELS[-1])
    if not limits[0] <= given <= limits[1]:
        raise ValueError(f"{criterion.id}: {given} is outside {limits}")
    if criterion.scale == "points":
        return Fraction(given, 100)
    return Fraction(given, 5) if criterion.scale == "level/5" else Fraction(given - 1, 4)
