"""Money flow from anchors by place level to legal forms: bands whose thickness is money. Pure geometry.

Wide: three columns side by side. Narrow (a phone): anchors to levels, and below it levels to forms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kvar.web.charts.palette import LEVEL_COLOURS

WIDTH, HEIGHT, NODE, TOP = 720, 440, 12, 38
LETTER, SLOT, PAD, FOOT = 7.4, 23.0, 11.0, 8.0  # a letter's width; a node never takes less than SLOT and PAD
NARROW, PANEL_TOP, PANEL_ROW = 340, 34, 52.0
LEAST = 13  # letters of an amount or of a column's heading
INK = "#1a2421"
Pairs = Mapping[tuple[str, str], int]
Parts = Mapping[str, int]


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
class Head:
    """What stands above a column: a code in core/texts."""

    x: float
    y: float
    code: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A chart ready to draw."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]
    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column stands: its bars' x, its texts' x and anchor, and the frame from top to floor."""

    x: float
    text_x: float
    anchor: str
    top: float
    floor: float


def flow(left: Pairs, right: Pairs, levels: Sequence[str], texts: Mapping[str, str]) -> Flow:
    """`left` (anchor, level) and `right` (level, form) in minor units; parts that are not positive are left out."""
    left, right = _positive(left), _positive(right)
    columns = (_sums(left, 0), _in_order(_sums(left, 1), levels), _sums(right, 1))
    if not all(columns):
        return Flow(WIDTH, HEIGHT, (), ())
    height = max(HEIGHT, round(TOP + FOOT + (SLOT + PAD) * 1.5 * max(len(column) for column in columns)))
    first, last = round(_room(columns[0], texts)), round(WIDTH - _room(columns[2], texts) - NODE)
    middle = (first + last) / 2
    frame = (TOP, height - FOOT)
    places = (
        Column(first, first - 8, "end", *frame),
        Column(middle, middle + NODE + 8, "start", *frame),
        Column(last, last + NODE + 8, "start", *frame),
    )
    scale = _scale(columns, height - TOP - FOOT)
    nodes = [_column(place, parts, scale, texts) for place, parts in zip(places, columns, strict=True)]
    bands = _bands(left, nodes[0], nodes[1], scale, 1) + _bands(right, nodes[1], nodes[2], scale, 0)
    heads = (
        Head(first + NODE, 16, "web.flow.buys", "end"),
        Head(middle + NODE / 2, 16, "web.flow.from", "middle"),
        Head(last, 16, "web.flow.being", "start"),
    )
    return Flow(WIDTH, height, tuple(n for column in nodes for n in column.values()), tuple(bands), heads)


def narrow_flow(left: Pairs, right: Pairs, levels: Sequence[str], texts: Mapping[str, str]) -> Flow:
    """The same as two drawings below each other, each with its texts over its bands."""
    left, right = _positive(left), _positive(right)
    first = (_sums(left, 0), _in_order(_sums(left, 1), levels))
    second = (_in_order(_sums(right, 0), levels), _sums(right, 1))
    nodes: list[Node] = []
    bands: list[Band] = []
    heads: list[Head] = []
    top = 0.0
    for code, columns, pairs, level in (("buys", first, left, 1), ("being", second, right, 0)):
        room = PANEL_ROW * max((len(column) for column in columns), default=0)
        scale = _scale(columns, room)
        frame = (top + PANEL_TOP, top + PANEL_TOP + room)
        places = (Column(0, NODE + 6, "start", *frame), Column(NARROW - NODE, NARROW - NODE - 6, "end", *frame))
        drawn = [_column(place, parts, scale, texts) for place, parts in zip(places, columns, strict=True)]
        nodes += [node for column in drawn for node in column.values()]
        bands += _bands(pairs, drawn[0], drawn[1], scale, level)
        heads.append(Head(0, top + 16, f"web.flow.{code}.narrow", "start"))
        top = frame[1] + 30
    return Flow(NARROW, round(top - 30 + FOOT), tuple(nodes), tuple(bands), tuple(heads))


def _positive(pairs: Pairs) -> Pairs:
    return {pair: amount for pair, amount in pairs.items() if amount > 0}


def _sums(pairs: Pairs, side: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for pair, amount in pairs.items():
        found[pair[side]] = found.get(pair[side], 0) + amount
    return found


def _in_order(parts: Parts, levels: Sequence[str]) -> dict[str, int]:
    return {name: parts[name] for name in levels if name in parts}


def _scale(columns: Sequence[Parts], room: float) -> float:
    """Pixels for a minor unit, the most with which every column's slots fit in `room`; found by halving."""
    low, high = 0.0, room / max(1, *(sum(column.values()) for column in columns))
    for _ in range(40):
        middle = (low + high) / 2
        fits = all(_height(column, middle) <= room for column in columns)
        low, high = (middle, high) if fits else (low, middle)
    return low


def _height(column: Parts, scale: float) -> float:
    return sum(_slot(amount, scale) for amount in column.values()) + PAD * (len(column) - 1)


def _slot(amount: int, scale: float) -> float:
    """What a node takes: its bar, but never less than its text."""
    return max(amount * scale, SLOT)


def _room(names: Iterable[str], texts: Mapping[str, str]) -> float:
    """What the longest text of a column takes, amounts and heading too, at most a third of the width."""
    letters = max(LEAST, *(len(texts.get(name, name)) for name in names))
    return min(LETTER * letters + 10, WIDTH / 3)


def _column(place: Column, parts: Parts, scale: float, texts: Mapping[str, str]) -> dict[str, Node]:
    """Nodes below each other, each bar and its text in the middle of its slot."""
    y = place.top + max(0.0, (place.floor - place.top - _height(parts, scale)) / 2)
    nodes = {}
    for key, amount in parts.items():
        slot, height = _slot(amount, scale), max(amount * scale, 0.5)
        top = round(y + (slot - height) / 2, 1)
        nodes[key] = Node(
            text=texts.get(key, key), key=key, x=place.x, y=top, height=round(height, 1),
            amount=amount, colour=LEVEL_COLOURS.get(key, INK), text_x=place.text_x, text_y=round(y + slot / 2, 1),
            anchor=place.anchor,
        )  # fmt: skip
        y += slot + PAD
    return nodes


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
