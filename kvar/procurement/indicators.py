"""What became of promises, added up: by kind, theme, contract, buyer or district. Reported and verified kept apart.

A light tells where an obligation stands, always with its word: kept (verified >= target), on the way (verified >= the
whole units that the part of the time gone asks of the target: a single thing is never late before its day), behind,
or broken (past its day and below). Where less is better it is broken once verified > target, and kept when its day
has passed below. Nothing reported is not zero: `-`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

Light = Literal["kept", "on_the_way", "behind", "broken", "not_reported"]


@dataclass(frozen=True, slots=True)
class Kept:
    """One obligation as it stands: target, verified and merely reported sums in its unit, and its days.

    `less`: less is better. A measurement has no target (0), but `of`, the whole that the verified is a part of, and
    perhaps a `baseline` from before. `level`: the unit's numbers are levels, never added over contracts.
    """

    label: str
    unit: str
    target: int
    verified: int
    reported: int
    reports: int
    starts: date
    due: date
    kind: str = ""
    less: bool = False
    level: bool = False
    of: int = 0
    baseline: int = 0


@dataclass(frozen=True, slots=True)
class Sum:
    """A label, kind and unit added up; `verified` is None where nothing has been reported at all.

    `addable` is False for levels of several contracts: then no sum means anything.
    """

    label: str
    unit: str
    obligations: int
    target: int
    verified: int | None
    reported: int
    kind: str = ""
    of: int = 0
    baseline: int = 0
    addable: bool = True

    @property
    def share(self) -> int | None:
        """Whole per cent of `of` that are verified, rounded down; None where there is nothing to be a part of."""
        return 100 * self.verified // self.of if self.of and self.verified is not None else None


def light(item: Kept, today: date) -> Light:
    """Where an obligation stands on a day."""
    if item.less:
        return _below(item, today)
    if item.verified >= item.target:
        return "kept"
    if today > item.due:
        return "broken"
    if item.reports == 0:
        return "not_reported"
    whole = max((item.due - item.starts).days, 1)
    gone = Fraction(min(max((today - item.starts).days, 0), whole), whole)
    return "on_the_way" if item.verified >= item.target * gone // 1 else "behind"


def _below(item: Kept, today: date) -> Light:
    """The light where less is better: what is not verified by its day has not been shown."""
    over = today > item.due
    if item.verified > item.target or (over and item.reports == 0):
        return "broken"
    if item.reports == 0:
        return "not_reported"
    if over:
        return "kept" if item.verified else "behind"
    return "on_the_way"


def silent(starts: date, ends: date, months: Iterable[int], today: date) -> int | None:
    """The quarter before this one, as yyyyq, when all of it lies in the contract and no month (yyyymm) of it was
    reported; else None.
    """
    year, quarter = (today.year, (today.month - 1) // 3) if today.month > 3 else (today.year - 1, 4)
    first, after = date(year, 3 * quarter - 2, 1), date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    if first < starts or after > ends:
        return None
    told = {(month // 100, (month % 100 + 2) // 3) for month in months}
    return None if (year, quarter) in told else year * 10 + quarter


def added_up(items: Iterable[Kept]) -> list[Sum]:
    """Sums by label, kind and unit: unlike things are never added together."""
    groups: dict[tuple[str, str, str], list[Kept]] = {}
    for item in items:
        groups.setdefault((item.label, item.kind, item.unit), []).append(item)
    return [_sum(found) for _, found in sorted(groups.items())]


def _sum(found: list[Kept]) -> Sum:
    reported = any(item.reports for item in found)
    verified = sum(item.verified for item in found) if reported else None
    first = found[0]
    return Sum(
        first.label, first.unit, len(found), sum(i.target for i in found), verified, sum(i.reported for i in found),
        first.kind, sum(i.of for i in found), sum(i.baseline for i in found), not first.level or len(found) == 1,
    )  # fmt: skip
