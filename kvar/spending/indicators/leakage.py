"""Leakage by kind: of what was bought of each kind, how much went to suppliers seated outside the home region.

Purchases only, as in local share. Kinds are accounts or expense types as published, largest known leakage first.
Interval: what is known to be seated outside the region … that plus what may be (in the country but not known where,
or not known at all). The share of a kind whose purchases are not positive is missing (`-`).
Source: CLES spend analysis, leakage by category (domain research A1); interval by Kvar.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kvar.spending.figure import Figure, Question
from kvar.spending.rows import Row

INDICATOR = "leakage"
VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Leak:
    """One kind: minor units known to leave the region, and the share of the kind with its interval."""

    category: str | None
    amount: int
    figure: Figure


def leaks(rows: Iterable[Row], question: Question, panel: tuple[str, ...]) -> tuple[Leak, ...]:
    """Every kind of purchase, the largest known leakage first."""
    found = [_leak(row, question, panel) for row in rows]
    return tuple(sorted(found, key=lambda leak: (-leak.amount, leak.category or "")))


def _leak(row: Row, question: Question, panel: tuple[str, ...]) -> Leak:
    parts = row.parts
    known = sum(parts.levels.get(name, 0) for name in ("country", "abroad"))
    unknown = parts.home_country + parts.unresolved
    value = known / parts.base if parts.base > 0 else None
    low, high = sorted((known / parts.base, (known + unknown) / parts.base)) if parts.base > 0 else (None, None)
    figure = Figure(
        INDICATOR, VERSION, value, low, high, "share", question, panel, base=parts.base, unresolved=unknown,
        missing="-" if value is None else None, reason="spending.base_not_positive" if value is None else None,
    )  # fmt: skip
    return Leak(row.label, known, figure)
