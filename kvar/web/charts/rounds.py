"""The rounds of a multiplier, each a bar of what is left of a hundred, with its interval. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, TOP, BOTTOM, THICK = 680, 360, 26, 68, 130
NARROW, ROW, BAR, HEAD = 360, 108, 30, 42
HERE, AWAY, UNKNOWN, WAGES, FLOW = "#369a89", "#dcd6c9", "#f0ece3", "#113b35", "#e8f0ea"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a round's bar: its size of a hundred, its colour, and its text."""

    size: float
    colour: str
    text: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round: what it is, its parts (from the bottom or left up), and its interval when it has one."""

    text: str
    parts: tuple[Part, ...]
    low: float | None = None
    high: float | None = None

    @property
    def size(self) -> float:
        """What is left of a hundred."""
        return sum(part.size for part in self.parts)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle and the ink of a text on it (`text` empty where there is no room)."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    text: str = ""
    ink: str = "#1a2421"


@dataclass(frozen=True, slots=True)
class Told:
    """A round's texts: its number and name at x, y, what is left of a hundred, and the interval below."""

    x: float
    y: float
    text: str
    amount: int
    low: int | None
    high: int | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready to draw; `whiskers` are paths of the intervals."""

    width: int
    height: int
    flows: tuple[Box, ...]
    boxes: tuple[Box, ...]
    whiskers: tuple[str, ...]
    told: tuple[Told, ...]


def wide(rounds: Sequence[Round]) -> Drawing:
    """Upright bars on one floor, what flows on between them."""
    floor, scale = HEIGHT - BOTTOM, (HEIGHT - TOP - BOTTOM) / 100
    step = (WIDTH - THICK - 40) / max(len(rounds) - 1, 1)
    flows, boxes, whiskers, told = [], [], [], []
    for n, item in enumerate(rounds):
        x, y = round(n * step, 1), float(floor)
        for part in item.parts:
            height = part.size * scale
            y -= height
            boxes.append(_box(x, y, THICK, height, part, fits=height >= 15))
        if n:
            height = item.size * scale
            flows.append(Box(round(x - step + THICK, 1), round(floor - height, 1), round(step - THICK, 1),
                             round(height, 1), FLOW))  # fmt: skip
        if item.low is not None and item.high is not None:
            top, bottom = round(floor - item.high * scale, 1), round(floor - item.low * scale, 1)
            at = x + THICK + 14
            whiskers.append(f"M{at - 6:g} {top}h12M{at:g} {top}V{bottom}M{at - 6:g} {bottom}h12")
        told.append(_told(item, x, floor + 22.0))
    return Drawing(WIDTH, HEIGHT, tuple(flows), tuple(boxes), tuple(whiskers), tuple(told))


def narrow(rounds: Sequence[Round]) -> Drawing:
    """Lying bars from the top down."""
    scale = NARROW / 100
    boxes, whiskers, told = [], [], []
    for n, item in enumerate(rounds):
        x, y = 0.0, n * ROW + HEAD
        for part in item.parts:
            width = part.size * scale
            boxes.append(_box(x, y, width, BAR, part, fits=width >= 8 * len(part.text)))
            x += width
        if item.low is not None and item.high is not None:
            left, right, at = round(item.low * scale, 1), round(item.high * scale, 1), y + BAR + 12
            whiskers.append(f"M{left} {at - 6}v12M{left} {at}H{right}M{right} {at - 6}v12")
        told.append(_told(item, 0, y - 26.0))
    return Drawing(NARROW, len(rounds) * ROW, (), tuple(boxes), tuple(whiskers), tuple(told))


def _box(x: float, y: float, width: float, height: float, part: Part, *, fits: bool) -> Box:
    ink = "#ffffff" if part.colour == WAGES else "#1a2421"
    sides = (round(x, 1), round(y, 1), round(width, 1), round(height, 1))
    return Box(*sides, part.colour, part.text if fits else "", ink)


def _told(item: Round, x: float, y: float) -> Told:
    low, high = (None if value is None else round(value) * 100 for value in (item.low, item.high))
    return Told(x, y, item.text, round(item.size) * 100, low, high, "start")
