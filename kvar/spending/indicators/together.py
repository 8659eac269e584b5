"""What stays, of several anchors together: the part of what they bought from suppliers seated in the municipality.

Made only of figures that passed the release gate: at least three anchors and three suppliers behind each, none of
them dominating, and no withheld figure or single anchor's part within reach of an attacker. The share is an interval:
the least is what is known to have stayed, the most is what is not known to have gone elsewhere. What is withheld,
what went abroad and what cannot be placed lies between. Source: issue B point 9; research notes, trust D9 and T21.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kvar.spending.release.reading import OTHER
from kvar.spending.release.sheet import ALL, Key

INDICATOR = "together"
VERSION = "1.0"
LOCAL, NOT_LOCAL = "municipality", ("region", "country")


@dataclass(frozen=True, slots=True)
class Stayed:
    """Of one row of a release, minor units: all, least and most that stayed."""

    row: str
    whole: int
    low: int
    high: int

    @property
    def shares(self) -> tuple[Fraction, Fraction] | None:
        """Least and most as parts of all; None without purchases."""
        if self.whole <= 0:
            return None
        low, high = (Fraction(min(max(amount, 0), self.whole), self.whole) for amount in (self.low, self.high))
        return low, max(low, high)


def stayed(figures: Mapping[Key, int | None]) -> list[Stayed]:
    """All, then the rows whose sum is told, largest first and others last; `figures` None: withheld."""
    rows = sorted({row for row, _ in figures if row != ALL})
    found = [one for row in (ALL, *rows) if (one := _stayed(figures, row))]
    return sorted(found, key=lambda one: (one.row != ALL, one.row == OTHER, -one.whole))


def _stayed(figures: Mapping[Key, int | None], row: str) -> Stayed | None:
    whole = figures.get((row, ALL))
    if whole is None:
        return None
    gone = sum(figures.get((row, column)) or 0 for column in NOT_LOCAL)
    return Stayed(row, whole, figures.get((row, LOCAL)) or 0, whole - gone)
