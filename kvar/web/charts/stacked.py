"""Share per year stacked by place level: pure geometry, numbers to rounded coordinates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kvar.spending.rows import PARTS, Parts, Row
from kvar.web.charts.palette import INK, LEVEL_COLOURS

WIDTH, HEIGHT, TOP, BOTTOM, LABELS = 690, 490, 22, 36, 224
NARROW, ROW, BAR = 360, 52, 30
SHOWN_FROM = 0.045
GAP = 40


@dataclass(frozen=True, slots=True)
class Box:
    """A filled part of a bar, with its whole per cent where there is room for it."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    ink: str
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place; a line of `colour` leads to it from `mark`; `change` in share since the first year."""

    x: float
    y: float
    text: str
    share: float = 0.0
    colour: str = ""
    mark: float = 0.0
    change: float | None = None


@dataclass(frozen=True, slots=True)
class Stacked:
    """A chart ready to draw."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    years: tuple[Label, ...]
    labels: tuple[Label, ...]
    edge: float = 0.0


def amount_of(parts: Parts, name: str) -> int:
    """The minor units of one part."""
    apart = {"home_municipality": parts.home_municipality, "home_country": parts.home_country}
    return parts.levels.get(name, 0) if name in parts.levels else (apart | {"unresolved": parts.unresolved})[name]


def shares(parts: Parts) -> dict[str, float]:
    """Part -> share of the base; empty where the base is not positive."""
    if parts.base <= 0:
        return {}
    return {name: max(amount_of(parts, name), 0) / parts.base for name in PARTS}


def wide(rows: Sequence[Row]) -> Stacked:
    """Upright bars, a label for each level at the right of the last year, none closer than GAP apart."""
    step = (WIDTH - LABELS) / max(len(rows), 1)
    floor = HEIGHT - BOTTOM
    boxes: list[Box] = []
    ends: list[tuple[str, float, float]] = []
    for number, row in enumerate(rows):
        y = float(floor)
        for name, share in shares(row.parts).items():
            height = share * (floor - TOP)
            y -= height
            if height > 0.5:
                boxes.append(_box(number * step, y, step - 8, max(height - 1.5, 0.5), name, share))
            if number == len(rows) - 1 and share > 0.002:
                ends.append((name, y + height / 2, share))
    years = tuple(Label(round(n * step + (step - 8) / 2, 1), HEIGHT - 12, r.label or "") for n, r in enumerate(rows))
    before = shares(rows[0].parts) if len(rows) > 1 else {}
    return Stacked(WIDTH, HEIGHT, tuple(boxes), years, _apart(ends, before), WIDTH - LABELS - 8.0)


def narrow(rows: Sequence[Row], names: Sequence[str] | None = None) -> Stacked:
    """Lying bars, the row's label (or `names`) above each."""
    boxes: list[Box] = []
    for number, row in enumerate(rows):
        x = 0.0
        for name, share in shares(row.parts).items():
            width = share * NARROW
            if width > 0.5:
                boxes.append(_box(x, number * ROW + 20, max(width - 1.5, 0.5), BAR, name, share, 0.07))
            x += width
    shown = names or [row.label or "" for row in rows]
    years = tuple(Label(0, n * ROW + 15, name) for n, name in enumerate(shown))
    return Stacked(NARROW, max(len(rows), 1) * ROW + 4, tuple(boxes), years, ())


def _box(x: float, y: float, width: float, height: float, name: str, share: float, least: float = SHOWN_FROM) -> Box:  # noqa: PLR0913, PLR0917 - four coordinates
    text = f"{100 * share:.0f}" if share >= least else ""
    sides = (round(x, 1), round(y, 1), round(width, 1), round(height, 1))
    return Box(*sides, LEVEL_COLOURS[name], INK[name], text)


def _apart(ends: Sequence[tuple[str, float, float]], before: Mapping[str, float]) -> tuple[Label, ...]:
    """Labels from the bottom up, pushed apart upwards, then down again where they left the frame."""
    heights: list[float] = []
    for _, middle, _ in ends:
        heights.append(min(middle, heights[-1] - GAP if heights else HEIGHT - BOTTOM))
    for n in reversed(range(len(heights))):
        heights[n] = max(heights[n], TOP + GAP * (len(heights) - 1 - n))
    return tuple(
        Label(
            WIDTH - LABELS + 26, round(y, 1), name, share, LEVEL_COLOURS[name], round(middle, 1),
            share - before[name] if before else None,
        )
        for (name, middle, share), y in zip(ends, heights, strict=True)
    )  # fmt: skip
