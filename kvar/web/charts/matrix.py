"""Who buys what: rows against columns, a circle's area is money. Pure geometry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

WIDTH, NARROW, ROW, ROW_NARROW, LABEL, AMOUNT = 680, 360, 40, 66, 230, 92
HEAD, LARGEST = 104, 17.0
Line = tuple[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Circle:
    """Money from one column to one row."""

    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Text:
    """A row's name with its whole amount at `x2`, or a column's name."""

    x: float
    y: float
    text: str
    amount: int = 0
    x2: float = 0.0


@dataclass(frozen=True, slots=True)
class Matrix:
    """A chart ready to draw; `rules` are the y of the thin lines under rows."""

    width: int
    height: int
    columns: tuple[Text, ...]
    rows: tuple[Text, ...]
    circles: tuple[Circle, ...]
    rules: tuple[int, ...]


def matrix(lines: Sequence[Line], columns: Sequence[tuple[str, str]], *, narrow: bool = False) -> Matrix:
    """Rows of (name, column -> minor units) against columns (key, name); a row's name stands above it if narrow."""
    width, row, left = (NARROW, ROW_NARROW, 0) if narrow else (WIDTH, ROW, LABEL)
    step = (width - left - (70 if narrow else AMOUNT + 50)) / max(len(columns), 1)  # slanted names need room
    most = max((amount for _, amounts in lines for amount in amounts.values()), default=0) or 1
    at = {key: round(left + (n + 0.5) * step, 1) for n, (key, _) in enumerate(columns)}
    heads = tuple(Text(at[key], HEAD - 12, name) for key, name in columns)
    texts, circles, rules = [], [], []
    for n, (name, amounts) in enumerate(lines):
        top = HEAD + n * row
        y = top + (45 if narrow else row / 2)
        line = top + 19 if narrow else y + 5
        texts.append(Text(0, line, _cut(name, 30 if narrow else 31), sum(amounts.values()), width))
        circles += [Circle(at[key], y, _radius(amount, most, step)) for key, amount in amounts.items() if key in at]
        rules.append(top + row)
    return Matrix(width, HEAD + len(lines) * row + 2, heads, tuple(texts), tuple(circles), tuple(rules))


def _radius(amount: int, most: int, step: float) -> float:
    largest = min(LARGEST, step / 2)
    return round(max(largest * sqrt(max(amount, 0) / most), 1.5), 1)


def _cut(text: str, signs: int) -> str:
    return text if len(text) <= signs else text[: signs - 1].rstrip() + "…"
