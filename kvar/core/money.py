"""Money as integer minor units (öre, pence) with its currency; no float ever carries money."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kvar.core.errors import KvarError
from kvar.core.writing import NBSP, SYMBOLS, format_amount, format_minor, format_number

__all__ = ["NBSP", "SYMBOLS", "Money", "format_amount", "format_minor", "format_number", "split", "total"]


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units of one currency (ISO 4217, two decimals)."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + _same(self, other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - _same(self, other).minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)


def _same(one: Money, other: Money) -> Money:
    if one.currency != other.currency:
        raise KvarError("core.money.currencies", one=one.currency, other=other.currency)
    return other


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of `amounts`; `core.money.currencies` if one is in another currency."""
    result = Money(0, currency)
    for amount in amounts:
        result += amount
    return result


def split(minor: int, weights: Sequence[int]) -> list[int]:
    """Divide `minor` in proportion to `weights` by largest remainder; the parts sum exactly.

    Ties go to the earlier weight. Raises `core.money.weights` when no weight is positive or one is negative.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise KvarError("core.money.weights")
    sign, size = (-1, -minor) if minor < 0 else (1, minor)
    parts = [size * weight // whole for weight in weights]
    remainders = [size * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-remainders[i], i))
    for i in order[: size - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]
