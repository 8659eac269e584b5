"""Local share: of every 100 kronor bought for, how many went to suppliers seated within a place level.

Purchases only (tax, pensions, transfers, grants, salaries, finance and payments to persons are classified away).
The seat is the register's; registered seat is not place of work. Cumulative: `region` holds the municipality.
With a district asked for, those seated in the municipality whose district is not known are unresolved for it.
Interval: what is known local … that plus what cannot be placed. Skipped (`-`) where the base is not positive.
Source: CLES spend analysis as done in Preston (domain research A1); interval by Kvar.
"""

from collections.abc import Iterable
from typing import Protocol

from kvar.spending.figure import Figure, Level, Question
from kvar.spending.rows import Parts

INDICATOR = "local_share"
VERSION = "1.1"
SHOWN: tuple[Level, ...] = ("municipality", "region", "country")
NEAREST: tuple[Level, ...] = ("district",)


class _Excluded(Protocol):
    @property
    def payment_class(self) -> str: ...
    @property
    def amount(self) -> int: ...


def figures(
    parts: Parts, question: Question, panel: tuple[str, ...], excluded: Iterable[_Excluded]
) -> dict[Level, Figure]:
    """The share of each level in SHOWN, and of the district when one is asked for."""
    out: dict[str, int] = {}
    for row in excluded:
        out[row.payment_class] = out.get(row.payment_class, 0) + row.amount
    return {
        level: _figure(level, parts, question, panel, out) for level in (NEAREST if question.district else ()) + SHOWN
    }


def _figure(level: Level, parts: Parts, question: Question, panel: tuple[str, ...], out: dict[str, int]) -> Figure:
    common = {"unit": "share", "question": question, "panel": panel, "base": parts.base, "excluded": out}
    if parts.base <= 0:
        return Figure(
            INDICATOR,
            VERSION,
            None,
            None,
            None,
            missing="-",
            reason="spending.base_not_positive",
            **common,  # type: ignore[arg-type]
        )
    known, unknown = parts.up_to(level), parts.unknown_at(level)
    low, high = sorted((known / parts.base, (known + unknown) / parts.base))
    return Figure(INDICATOR, VERSION, known / parts.base, low, high, unresolved=unknown, **common)  # type: ignore[arg-type]
