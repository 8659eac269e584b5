"""Money flow from anchors by place level to legal forms: bands whose thickness is money. Pure geometry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kvar.web.charts.palette import LEVEL_COLOURS

WIDTH, HEIGHT, NODE, PAD, TOP = 800, 410, 12, 16, 24
LEFT, RIGHT, LABEL = 160, 225, 33
INK = "#1a2421"
Pairs = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Node:
    """A column's part: its bar and where its text begins."""

    key: str
    text: str
    x: float
    y: float
    height: float
    amount: int
    colour: str
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Band:
    """A flow between two nodes: the path of its middle and its thickness."""

    path: str
    thickness: float
    colour: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A chart ready to draw."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]


def flow(left: Pairs, right: Pairs, levels: Sequence[str], texts: Mapping[str, str]) -> Flow:
    """`left` (anchor, level) and `right` (level, form) in minor units; parts that are not positive are left out."""
    left = {pair: amount for pair, amount in left.items() if amount > 0}
    right = {pair: amount for pair, amount in right.items() if amount > 0}
    columns = (_sums(left, 0), {n: _sums(left, 1).get(n, 0) for n in levels if n in _sums(left, 1)}, _sums(right, 1))
    whole = max((sum(column.values()) for column in columns), default=0)
    if not whole:
        return Flow(WIDTH, HEIGHT, (), ())
    room = HEIGHT - TOP - PAD * (max(len(column) for column in columns) - 1)
    scale = room / whole
    nodes = [_column(n, column, scale, texts) for n, column in enumerate(columns)]
    bands = _bands(left, nodes[0], nodes[1], scale, 1) + _bands(right, nodes[1], nodes[2], scale, 0)
    return Flow(WIDTH, HEIGHT, tuple(node for column in nodes for node in column.values()), tuple(bands))


def _sums(pairs: Pairs, side: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for pair, amount in pairs.items():
        found[pair[side]] = found.get(pair[side], 0) + amount
    return found


def _column(number: int, parts: Mapping[str, int], scale: float, texts: Mapping[str, str]) -> dict[str, Node]:
    x = (LEFT, (WIDTH + LEFT - RIGHT - NODE) / 2, WIDTH - RIGHT - NODE)[number]
    height = sum(parts.values()) * scale + PAD * (len(parts) - 1)
    y = TOP + max(0.0, (HEIGHT - TOP - height) / 2)
    beside = (x - 8, x + NODE + 8, x + NODE + 8)[number]
    nodes: dict[str, Node] = {}
    middles, tops = [], []
    for amount in parts.values():
        tops.append(y)
        middles.append(y + amount * scale / 2)
        y += amount * scale + PAD
    lines = _apart(middles)
    for (key, amount), top, line in zip(parts.items(), tops, lines, strict=True):
        nodes[key] = Node(
            text=texts.get(key, key), key=key, x=x, y=round(top, 1), height=round(max(amount * scale, 0.5), 1),
            amount=amount, colour=LEVEL_COLOURS.get(key, INK) if number == 1 else INK,
            text_x=beside, text_y=round(line, 1), anchor="end" if number == 0 else "start",
        )  # fmt: skip
    return nodes


def _apart(middles: Sequence[float]) -> list[float]:
    """Where texts stand: beside their bars, never closer than two lines, and inside the frame."""
    lines: list[float] = []
    for middle in middles:
        lines.append(max(middle, lines[-1] + LABEL if lines else 0.0))
    floor = HEIGHT - 18.0
    for n in reversed(range(len(lines))):
        lines[n] = min(lines[n], floor)
        floor = lines[n] - LABEL
    return lines


def _bands(pairs: Pairs, left: Mapping[str, Node], right: Mapping[str, Node], scale: float, level: int) -> list[Band]:
    used: dict[tuple[int, str], float] = {}
    bands = []
    for one, two in ((one, two) for one in left for two in right if (one, two) in pairs):
        thick = pairs[one, two] * scale
        ends = []
        for side, node in ((0, left[one]), (1, right[two])):
            start = used.get((side, node.key), 0.0)
            used[side, node.key] = start + thick
            ends.append(round(node.y + start + thick / 2, 1))
        x1, x2 = left[one].x + NODE, right[two].x
        middle = round((x1 + x2) / 2, 1)
        path = f"M{x1:g} {ends[0]}C{middle} {ends[0]} {middle} {ends[1]} {x2:g} {ends[1]}"
        bands.append(Band(path, round(max(thick, 0.6), 1), LEVEL_COLOURS.get((one, two)[level], "#8a9691")))
    return bands
