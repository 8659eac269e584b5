"""What became of promises, added up: by theme, contract, buyer or district. Reported and verified are kept apart.

A light tells where an obligation stands, always with its word: kept (verified >= target), on the way (verified >= the
whole units that the part of the time gone asks of the target: a single thing is never late before its day), behind,
or broken (past its day and below). Nothing reported is not zero: `-`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

Light = Literal["kept", "on_the_way", "behind", "broken", "not_reported"]


@dataclass(frozen=True, slots=True)
class Kept:
    """One obligation as it stands: target, verified and merely reported sums in its unit, and its days."""

    label: str
    unit: str
    target: int
    verified: int
    reported: int
    reports: int
    starts: date
    due: date


@dataclass(frozen=True, slots=True)
class Sum:
    """A label and unit added up; `verified` is None where nothing has been reported at all."""

    label: str
    unit: str
    obligations: int
    target: int
    verified: int | None
    reported: int


def light(item: Kept, today: date) -> Light:
    """Where an obligation stands on a day."""
    if item.verified >= item.target:
        return "kept"
    if today > item.due:
        return "broken"
    if item.reports == 0:
        return "not_reported"
    whole = max((item.due - item.starts).days, 1)
    gone = Fraction(min(max((today - item.starts).days, 0), whole), whole)
    return "on_the_way" if item.verified >= item.target * gone // 1 else "behind"


def added_up(items: Iterable[Kept]) -> list[Sum]:
    """Sums by label and unit: unlike units are never added together."""
    groups: dict[tuple[str, str], list[Kept]] = {}
    for item in items:
        groups.setdefault((item.label, item.unit), []).append(item)
    return [_sum(label, unit, found) for (label, unit), found in sorted(groups.items())]


def _sum(label: str, unit: str, found: list[Kept]) -> Sum:
    reported = any(item.reports for item in found)
    verified = sum(item.verified for item in found) if reported else None
    return Sum(label, unit, len(found), sum(i.target for i in found), verified, sum(i.reported for i in found))
