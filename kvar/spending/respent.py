"""What suppliers spend locally of their income, as the public may see it: never a single answer.

Only aggregates of at least FEWEST answers leave, none of which weighs more than DOMINANT, rounded to whole per cent:
with what each supplier was paid being public, sharper figures would tell single answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kvar.spending.figure import LEVELS, Missing
from kvar.spending.surveys import FEWEST, WHOLE, Reply, Survey

DOMINANT = Fraction(4, 5)
LOCAL = LEVELS[:2]
AWAY = LEVELS[2:]


@dataclass(frozen=True, slots=True)
class Paid:
    """A supplier's purchases of a year, minor units."""

    number: str | None
    level: str
    industry: str | None
    amount: int


@dataclass(frozen=True, slots=True)
class Respent:
    """What suppliers of one group spend locally of their income, whole per cent; None where `missing` says why.

    `answers` of `suppliers`; `coverage` is the answerers' part of what the group was paid.
    """

    year: int
    answers: int
    suppliers: int
    share: Fraction | None
    wages: Fraction | None
    coverage: Fraction
    missing: Missing | None = None


def respent(survey: Survey, year: int, paid: Sequence[Paid], *, local: bool) -> Respent:
    """Of the suppliers here, or of those known to be elsewhere."""
    group = [row for row in paid if row.amount > 0 and row.level in (LOCAL if local else AWAY)]
    received: dict[str | None, int] = {}
    for row in group:
        received[row.number] = received.get(row.number, 0) + row.amount
    heard = [(reply, received[reply.number]) for reply in survey.of(year) if reply.number in received]
    whole, known = sum(received.values()), sum(amount for _, amount in heard)
    coverage = _percent(Fraction(known, whole)) if whole else Fraction()
    if len(heard) < FEWEST or max(amount for _, amount in heard) > DOMINANT * known:
        missing: Missing = ".." if heard else "-"
        return Respent(year, len(heard), len(group), None, None, coverage, missing)
    share, wages = _weighted(heard, known)
    return Respent(year, len(heard), len(group), share, wages, coverage)


def _weighted(heard: Sequence[tuple[Reply, int]], known: int) -> tuple[Fraction, Fraction]:
    """Shares of income weighted by what each was paid: all that is respent here, and the wages among it."""
    share = sum((amount * reply.respent for reply, amount in heard), Fraction()) / known
    wages = sum((Fraction(amount * reply.wages, WHOLE) for reply, amount in heard), Fraction()) / known
    return _percent(share), _percent(wages)


def _percent(share: Fraction) -> Fraction:
    return Fraction(round(100 * share), 100)
