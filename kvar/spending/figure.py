"""What a figure carries: value, interval, base, what is not in it, and the definition's version."""

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["district", "municipality", "region", "country", "abroad", "unresolved"]
LEVELS: tuple[Level, ...] = ("district", "municipality", "region", "country", "abroad")  # near to far
Missing = Literal["-", ".", ".."]  # missing, not applicable, withheld


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: home place, months (yyyymm, inclusive), and optional narrowing.

    Empty `anchors` means every anchor among the batches. `district` (a code) parts the home municipality: the
    district asked for, the rest of it, and what is in it but not known where.
    """

    place: str
    first: int
    last: int
    anchors: tuple[str, ...] = ()
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number.

    `low` … `high` is the interval the unresolved part leaves open; for a share 0 <= low <= high <= 1.
    `base` is the denominator in minor units. `excluded` maps a payment class to minor units.
    `value` is None exactly when `missing` says why.
    """

    indicator: str
    version: str
    value: float | int | None
    low: float | int | None
    high: float | int | None
    unit: str  # share, minor, count
    question: Question
    panel: tuple[str, ...]  # anchors that have lines in the period
    base: int = 0
    unresolved: int = 0
    excluded: dict[str, int] = field(default_factory=dict)
    missing: Missing | None = None
    reason: str | None = None  # code in core/texts when missing or doubtful
    evidence: dict[str, object] = field(default_factory=dict)
