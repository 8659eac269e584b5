"""A concentration curve: part of the residents against part of the purchases. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

SIZE, LEFT, TOP, BOTTOM = 300, 40, 26, 44
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A district's point on the curve and its name; `anchor` keeps the name inside the frame."""

    x: float
    y: float
    text: str
    anchor: str
    dx: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A chart ready to draw; ticks are (position along x, position along y, per cent)."""

    width: int
    height: int
    left: int
    floor: int
    path: str
    even: str
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, float, int], ...]


def curve(points: Sequence[tuple[float, float]], names: Sequence[str]) -> Curve:
    """`points` from (0, 0) to (1, 1) and the name of each but the first."""
    floor = TOP + SIZE
    placed = [(round(LEFT + x * SIZE, 1), round(floor - y * SIZE, 1)) for x, y in points]
    marks = tuple(
        Mark(x, y, name, *(("end", -9) if x > LEFT + SIZE / 2 else ("start", 9)))
        for (x, y), name in zip(placed[1:], names, strict=True)
    )
    ticks = tuple((LEFT + t * SIZE, floor - t * SIZE, round(100 * t)) for t in TICKS)
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in placed)
    even = f"M{LEFT} {floor}L{LEFT + SIZE} {TOP}"
    return Curve(LEFT + SIZE + 12, floor + BOTTOM, LEFT, floor, path, even, marks, ticks)
