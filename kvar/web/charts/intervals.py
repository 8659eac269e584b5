"""Shares as intervals, one lying bar each: known, and hatched what may be or not. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

ROW, BAR, TOP = 58, 24, 26
WIDE, NARROW = 760, 360


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, known and doubtful part of the width, and what is written beside; no bar where missing."""

    y: float
    name: str
    known: float
    doubt: float
    text: str
    headline: bool


@dataclass(frozen=True, slots=True)
class Intervals:
    """A chart ready to draw; `grid` are the x of 0, 25, 50, 75 and 100."""

    width: int
    height: int
    bar: int
    grid: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]


Line = tuple[str, float | None, float | None, str]  # name, low, high (0–1), what is written


def intervals(lines: Sequence[Line], width: int = WIDE) -> Intervals:
    """The bars below each other, the first as the headline."""
    bars = []
    for number, (name, low, high, text) in enumerate(lines):
        known = round((low or 0.0) * width, 1)
        doubt = round(((high or 0.0) - (low or 0.0)) * width, 1)
        bars.append(Bar(TOP + number * ROW, name, known, doubt, text, number == 0))
    grid = tuple((round(part * width / 4, 1), str(25 * part)) for part in range(5))
    return Intervals(width, TOP + len(lines) * ROW + 18, BAR, grid, tuple(bars))
