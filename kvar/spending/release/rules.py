"""The rules of the gate, and where they come from.

- Fewest contributors: three anchors and three suppliers behind a figure (research notes, trust D9; issue B point 9).
  With two, each of them could take its own part away and read the other's.
- p %-rule with p = 15: the second largest contributor must not come within 15 % of the largest by taking its own part
  away, `whole - first - second >= 15 % of first` (Hundepool et al., Handbook on Statistical Disclosure Control,
  ESSnet 2010, ch. 4; sdcTable `primarySuppression(type = "p")`; the 15 % is trust T21).
- Protection interval: nobody, not even an anchor that knows all its own figures, may be able to place a withheld
  figure, or another anchor's part, nearer than 15 % below and 15 % above what it is (trust T21).
"""

from collections.abc import Iterable

FEWEST_ANCHORS, FEWEST_SUPPLIERS, PERCENT = 3, 3, 15
RULES = {"anchors": FEWEST_ANCHORS, "suppliers": FEWEST_SUPPLIERS, "percent": PERCENT}


def dominated(parts: Iterable[int]) -> bool:
    """Does one of the contributors' parts (minor units, by size whatever the sign) dominate? The p %-rule."""
    sizes = sorted((abs(part) for part in parts), reverse=True)
    return dominates(sum(sizes), *[*sizes[:2], 0, 0][:2])


def dominates(whole: int, first: int, second: int) -> bool:
    """The p %-rule on the sum of sizes and the two largest, minor units >= 0."""
    return 100 * (whole - first - second) < PERCENT * first


def needed(amount: int) -> int:
    """How far from a protected amount each end of what an attacker can infer must be, minor units."""
    return -(-abs(amount) * PERCENT // 100)
