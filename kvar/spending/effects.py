"""What would change if x per cent moved: kronor, share and jobs, each an interval; exact in minor units.

Moved at least: x % of what is known to leave and can be influenced now or from a date. At most: also of what cannot
be told to be influenceable, and of what cannot be placed and may leave. Share after, at least: known local + moved at
least; at most: that, all that cannot be placed, and x % of the untold. Every bound grows with x. Jobs follow the
money: at least those at the suppliers, if as much work goes into a krona there as along the chain (jobs / output
multiplier); at most the whole chain, anywhere in Sweden; prices made equal by the consumer price index. They are not
new jobs: as many may be gone elsewhere. Source: Lindberg (2016), Nordregio for LRF, input–output of 2013 (SCB).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kvar.core.dated import value_at
from kvar.core.errors import KvarError

INDICATOR = "effects"
VERSION = "1.0"
Interval = tuple[int, int]
HUNDRED_MILLION = 10_000_000_000  # SEK 100 million in öre


@dataclass(frozen=True, slots=True)
class Amounts:
    """Purchases in minor units, split for moving: near; away by influence; not placed, fixed or not."""

    near: int = 0
    away_open: int = 0  # away, influenceable now or from a date
    away_unclear: int = 0
    away_fixed: int = 0
    unknown_movable: int = 0  # cannot be placed, not fixed
    unknown_fixed: int = 0

    @property
    def base(self) -> int:
        """All of it."""
        return self.near + self.away + self.unknown

    @property
    def away(self) -> int:
        """Known to leave the place."""
        return self.away_open + self.away_unclear + self.away_fixed

    @property
    def unknown(self) -> int:
        """Cannot be placed."""
        return self.unknown_movable + self.unknown_fixed


@dataclass(frozen=True, slots=True)
class Moved:
    """The effect of moving `percent`: minor units, share of all purchases before and after, and jobs, low and high.

    `unresolved` is the part of the upper bound that comes from what cannot be placed. `jobs` None: no source for the
    country. Shares None: the base is not positive.
    """

    percent: int
    minor: Interval
    unresolved: int
    before: tuple[Fraction, Fraction] | None
    after: tuple[Fraction, Fraction] | None
    jobs: tuple[Fraction, Fraction] | None


def move(part: Amounts, whole: Amounts, percent: int, *, country: str, year: int) -> Moved:
    """Move `percent` (0–100) of one part of `whole`; `effects.percent` outside."""
    if not 0 <= percent <= 100:
        raise KvarError("effects.percent", value=percent)
    least = _share_of(part.away_open, percent)
    untold = _share_of(part.away_unclear, percent)
    unresolved = _share_of(part.unknown_movable, percent)
    minor = (least, least + untold + unresolved)
    before = after = None
    if whole.base > 0:
        low, high = whole.near, whole.near + max(whole.unknown, 0)
        before = (Fraction(low, whole.base), Fraction(high, whole.base))
        after = (Fraction(low + least, whole.base), Fraction(high + least + untold, whole.base))
    return Moved(percent, minor, unresolved, before, after, jobs(minor, country, year))


def _share_of(amount: int, percent: int) -> int:
    """Whole minor units, rounded down; nothing of a net credit."""
    return max(amount, 0) * percent // 100


def jobs(minor: Interval, country: str, year: int) -> tuple[Fraction, Fraction] | None:
    """Jobs that follow the money of `year`; None for a country without a source."""
    if country != "SE":
        return None
    day = date(max(year, 2013), 12, 31)
    rate = Fraction(value_at("effects/jobs_per_100_msek", day).value, HUNDRED_MILLION)
    prices = Fraction(value_at("effects/cpi", date(2013, 12, 31)).value, value_at("effects/cpi", day).value)
    chain = Fraction(value_at("effects/output_multiplier", day).value, 100)
    return minor[0] * rate * prices / chain, minor[1] * rate * prices
