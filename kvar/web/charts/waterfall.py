"""From one sum to another by what moved it: a waterfall. Pure geometry, numbers to rounded coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, TOP, BOTTOM = 680, 380, 30, 64
NARROW, ROW, BAR, HEAD = 360, 62, 26, 24
WHOLE, MORE, LESS = "#0f4c43", "#369a89", "#934511"
LINE_LENGTH = 14


@dataclass(frozen=True, slots=True)
class Step:
    """A sum (`whole`) or an effect on it, in minor units."""

    text: str
    amount: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its text in lines and where its amount stands; an effect shows its sign."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    lines: tuple[tuple[float, str], ...]
    text_x: float
    amount: int
    signed: bool
    amount_x: float
    amount_y: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A chart ready to draw; `links` (x1, y1, x2, y2) join each bar's end to the next one's beginning.

    `like` is the largest amount: all are written in its unit.
    """

    width: int
    height: int
    bars: tuple[Bar, ...]
    links: tuple[tuple[float, float, float, float], ...]
    zero: tuple[float, float, float, float]
    anchor: str
    amount_anchor: str
    like: int


def wide(steps: Sequence[Step]) -> Waterfall:
    """Upright bars from left to right, each text below in lines, each amount above."""
    ends = _ends(steps)
    scale, lowest = _scale(ends, HEIGHT - TOP - BOTTOM)
    column = WIDTH / max(len(steps), 1)
    thick = round(column * 0.62, 1)

    def y(amount: int) -> float:
        return round(HEIGHT - BOTTOM - (amount - lowest) * scale, 1)

    bars, links = [], []
    for n, (step, (start, end)) in enumerate(zip(steps, ends, strict=True)):
        x, top = round(n * column + (column - thick) / 2, 1), y(max(start, end))
        middle = round(x + thick / 2, 1)
        lines = tuple((HEIGHT - BOTTOM + 20.0 + 17 * i, line) for i, line in enumerate(_lines(step.text)))
        height = round(max(y(min(start, end)) - top, 1.5), 1)
        bars.append(Bar(x, top, thick, height, _colour(step), lines, middle, step.amount, not step.whole, middle,
                        top - 8))  # fmt: skip
        if n:
            links.append((round(bars[n - 1].x + thick, 1), y(ends[n - 1][1]), x, y(ends[n - 1][1])))
    return Waterfall(
        WIDTH, HEIGHT, tuple(bars), tuple(links), (0, y(0), WIDTH, y(0)), "middle", "middle", _like(steps)
    )


def narrow(steps: Sequence[Step]) -> Waterfall:
    """Lying bars from the top down, text and amount above each."""
    ends = _ends(steps)
    scale, lowest = _scale(ends, NARROW)

    def x(amount: int) -> float:
        return round((amount - lowest) * scale, 1)

    bars, links = [], []
    for n, (step, (start, end)) in enumerate(zip(steps, ends, strict=True)):
        left, y = x(min(start, end)), n * ROW + HEAD
        width = round(max(x(max(start, end)) - left, 1.5), 1)
        bars.append(Bar(left, y, width, BAR, _colour(step), ((y - 7.0, step.text),), 0, step.amount, not step.whole,
                        NARROW, y - 7))  # fmt: skip
        if n:
            links.append((x(ends[n - 1][1]), y - ROW + BAR, x(ends[n - 1][1]), y))
    height = len(steps) * ROW
    return Waterfall(NARROW, height, tuple(bars), tuple(links), (x(0), 0, x(0), height), "start", "end", _like(steps))


def _like(steps: Sequence[Step]) -> int:
    return max((abs(step.amount) for step in steps), default=0)


def _ends(steps: Sequence[Step]) -> list[tuple[int, int]]:
    """Where each bar begins and ends: a sum from zero, an effect from where the last one ended."""
    ends: list[tuple[int, int]] = []
    for step in steps:
        start = 0 if step.whole or not ends else ends[-1][1]
        ends.append((start, start + step.amount))
    return ends


def _scale(ends: Sequence[tuple[int, int]], room: float) -> tuple[float, int]:
    reached = [0, *(end for pair in ends for end in pair)]
    return room / max(max(reached) - min(reached), 1), min(reached)


def _colour(step: Step) -> str:
    return WHOLE if step.whole else MORE if step.amount >= 0 else LESS


def _lines(text: str) -> list[str]:
    """Words on lines of about LINE_LENGTH signs."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(longer) > LINE_LENGTH:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
