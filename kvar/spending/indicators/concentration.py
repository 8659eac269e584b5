"""Concentration and what is worth a look ("att granska"): never an accusation, always with its evidence.

HHI = Σ s_i² · 10⁴ over suppliers' shares of net purchases (suppliers with net credits left out).
Dependency: what part of a supplier's money from all anchors comes from one of them.
S1: the year's purchases of one kind by one anchor at the direct-award limit L or above. S2: the same supplier again
within W days with the sum at L or above. S3: more purchases in [0.9 L, L) than in [0.8 L, 0.9 L), one-sided binomial.
Purchases under an advertised contract are left out: lots with advertisement are never flagged.
Source: science research D; LOU 5 kap., 19 a kap.; limits are the dated parameter `procurement/direct_award`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import comb

INDICATOR = "concentration"
VERSION = "1.0"
WINDOW_DAYS = 90


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase: anchor, kind (CPV or category), supplier, day, minor units, and whether it was advertised."""

    anchor: str
    kind: str
    supplier: str
    day: date
    amount: int
    advertised: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """Something worth a look: the test, whom and what it concerns, the sum, and how many purchases."""

    test: str  # S1, S2
    anchor: str
    kind: str
    supplier: str | None
    first: date
    last: date
    amount: int
    n: int


@dataclass(frozen=True, slots=True)
class Bunching:
    """S3: purchases just under the limit, those beside, and how likely so many are by chance alone."""

    under: int
    beside: int
    p: float


def hhi(amounts: Iterable[int]) -> Fraction | None:
    """Herfindahl–Hirschman index, 0–10,000; None where nothing was bought."""
    bought = [amount for amount in amounts if amount > 0]
    whole = sum(bought)
    return Fraction(10_000 * sum(amount * amount for amount in bought), whole * whole) if whole else None


def dependency(by_anchor: Sequence[int]) -> Fraction | None:
    """The largest anchor's part of what a supplier was paid; None where nothing net."""
    paid = [amount for amount in by_anchor if amount > 0]
    return Fraction(max(paid), sum(paid)) if paid else None


def cumulative(purchases: Iterable[Purchase], limit: int) -> list[Sign]:
    """S1: one anchor's unadvertised purchases of one kind in one year that sum to the limit or more."""

    def key(item: Purchase) -> tuple[str, str, int]:
        return item.anchor, item.kind, item.day.year

    groups = groupby(sorted(_looked_at(purchases), key=key), key)
    signs = (_sign("S1", list(items), None) for _, items in groups)
    return [sign for sign in signs if sign.amount >= limit and sign.n > 1]


def sequences(purchases: Iterable[Purchase], limit: int, days: int = WINDOW_DAYS) -> list[Sign]:
    """S2: purchases below the limit from one supplier, each within `days` of the last, together at it or more."""

    def key(item: Purchase) -> tuple[str, str, str]:
        return item.anchor, item.kind, item.supplier

    small = [item for item in _looked_at(purchases) if item.amount < limit]
    chains = [c for _, items in groupby(sorted(small, key=key), key) for c in _chains(list(items), days)]
    signs = (_sign("S2", chain, chain[0].supplier) for chain in chains)
    return [sign for sign in signs if sign.amount >= limit and sign.n > 1]


def bunching(amounts: Iterable[int], limit: int) -> Bunching:
    """S3: how many amounts lie in [0.9 L, L) against [0.8 L, 0.9 L); p of at least so many were the two alike."""
    tenths = [10 * amount // limit for amount in amounts if amount > 0]
    under, beside = tenths.count(9), tenths.count(8)
    n = under + beside
    ways = sum(comb(n, k) for k in range(under, n + 1))
    return Bunching(under, beside, float(Fraction(ways, 2**n)))


def _looked_at(purchases: Iterable[Purchase]) -> list[Purchase]:
    return [item for item in purchases if not item.advertised and item.amount > 0]


def _chains(items: list[Purchase], days: int) -> list[list[Purchase]]:
    chains: list[list[Purchase]] = []
    for item in sorted(items, key=lambda purchase: purchase.day):
        if chains and (item.day - chains[-1][-1].day).days <= days:
            chains[-1].append(item)
        else:
            chains.append([item])
    return chains


def _sign(test: str, items: list[Purchase], supplier: str | None) -> Sign:
    days = [item.day for item in items]
    amount = sum(item.amount for item in items)
    return Sign(test, items[0].anchor, items[0].kind, supplier, min(days), max(days), amount, len(items))
