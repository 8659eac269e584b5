"""Numbers as lying bars, name and number above each. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, NARROW, ROW, BAR, HEAD = 500, 360, 52, 18, 24
PAST = 1.1  # so that the line itself is inside


@dataclass(frozen=True, slots=True)
class Lying:
    """A bar with its name, its number and its colour."""

    y: int
    width: float
    text: str
    number: float
    colour: str


@dataclass(frozen=True, slots=True)
class LyingBars:
    """A chart ready to draw; `mark` is where a line of reference stands, if any."""

    width: int
    height: int
    bar: int
    rows: tuple[Lying, ...]
    mark: float | None = None


def lying(rows: Sequence[tuple[str, float, str]], width: int = WIDTH, *, mark: float | None = None) -> LyingBars:
    """One bar a row of (name, number >= 0, colour), from nought; always past `mark`, the line of reference."""
    most = max((*(number for _, number, _ in rows), PAST * (mark or 0))) or 1
    bars = tuple(
        Lying(n * ROW + HEAD, round(number / most * width, 1), text, number, colour)
        for n, (text, number, colour) in enumerate(rows)
    )
    return LyingBars(width, len(rows) * ROW, BAR, bars, None if mark is None else round(mark / most * width, 1))
