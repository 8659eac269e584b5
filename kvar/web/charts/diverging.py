"""Parts of a change for each row: what adds to the right of nought, what takes away to the left. Pure geometry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COLOURS = {"share": "#369a89", "volume": "#b29123", "panel": "#6f4a95", "definition": "#934511", "quality": "#8a9691",
           "more": "#369a89", "less": "#934511"}  # fmt: skip
WIDTH, NARROW, ROW, BAR, KEY, SIGN = 500, 360, 62, 24, 26, 7.4
Line = tuple[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Box:
    """A coloured part of a row's bar."""

    x: float
    y: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Text:
    """A row's name, or a key's text with its colour."""

    x: float
    y: float
    text: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A row's whole change at the right."""

    x: float
    y: float
    amount: int


@dataclass(frozen=True, slots=True)
class Diverging:
    """A chart ready to draw; `zero` is the x of nought; amounts are in the unit of `like`."""

    width: int
    height: float
    bar: int
    zero: float
    boxes: tuple[Box, ...]
    names: tuple[Text, ...]
    keys: tuple[Text, ...]
    amounts: tuple[Amount, ...]
    like: int


def diverging(rows: Sequence[Line], texts: Mapping[str, str], width: int = WIDTH) -> Diverging:
    """One bar a row of (name, part -> minor units), name and whole change above it.

    Parts that are nothing everywhere, or have no text, get no key.
    """
    used = [name for name in texts if any(parts.get(name) for _, parts in rows)]
    keys, top = _keys([texts[name] for name in used], used, width)
    least, most = _reach(rows)
    scale = width / max(most - least, 1)
    zero = -least * scale
    boxes, names, amounts = [], [], []
    for n, (name, parts) in enumerate(rows):
        y = round(top + n * ROW + 24, 1)
        boxes += _boxes(parts, zero, scale, y)
        names.append(Text(0, y - 7, name))
        amounts.append(Amount(width, y - 7, sum(parts.values())))
    height = round(top + len(rows) * ROW, 1)
    like = max((abs(row.amount) for row in amounts), default=0)
    return Diverging(width, height, BAR, round(zero, 1), tuple(boxes), tuple(names), keys, tuple(amounts), like)


def _reach(rows: Sequence[Line]) -> tuple[int, int]:
    """How far the bars go to the left and right of nought."""
    least = min((sum(min(a, 0) for a in parts.values()) for _, parts in rows), default=0)
    most = max((sum(max(a, 0) for a in parts.values()) for _, parts in rows), default=0)
    return min(least, 0), max(most, 0)


def _boxes(parts: Mapping[str, int], zero: float, scale: float, y: float) -> list[Box]:
    found, right, left = [], zero, zero
    for name, colour in COLOURS.items():
        size = abs(parts.get(name, 0)) * scale
        if not size:
            continue
        if parts[name] < 0:
            left -= size
        found.append(Box(round(right if parts[name] > 0 else left, 1), y, round(size, 1), colour))
        right += size if parts[name] > 0 else 0
    return found


def _keys(texts: Sequence[str], used: Sequence[str], width: int) -> tuple[tuple[Text, ...], float]:
    """Keys on as many lines as they need, and where the rows begin."""
    keys: list[Text] = []
    x, y = 0.0, 14.0
    for text, name in zip(texts, used, strict=True):
        long = 20 + len(text) * SIGN + 18
        if x and x + long > width:
            x, y = 0.0, y + KEY
        keys.append(Text(round(x, 1), y, text, COLOURS[name]))
        x += long
    return tuple(keys), y + 20 if keys else 0.0
