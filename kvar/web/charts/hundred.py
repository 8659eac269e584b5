"""A hundred coins: what became of every hundred, near to far. Pure geometry."""

from dataclasses import dataclass

from kvar.core.money import split
from kvar.spending.figure import LEVELS, Level
from kvar.spending.rows import PARTS, Parts
from kvar.web.charts.palette import LEVEL_COLOURS
from kvar.web.charts.stacked import amount_of

COINS, ACROSS, STEP = 100, 20, 24


@dataclass(frozen=True, slots=True)
class Coin:
    """A coin's middle and colour."""

    x: int
    y: int
    colour: str


@dataclass(frozen=True, slots=True)
class Hundred:
    """A picture ready to draw, and how many coins of each part, near to far."""

    width: int
    height: int
    radius: int
    coins: tuple[Coin, ...]
    counts: tuple[tuple[str, int], ...]


def hundred(parts: Parts, told: int, level: Level) -> Hundred:
    """`told` coins (the number in the title) for what stayed at `level` or nearer, the rest by largest remainder."""
    near = LEVELS[: LEVELS.index(level) + 1]
    amounts = {part: max(amount_of(parts, part), 0) for part in PARTS}
    counts = _shared(told, {part: n for part, n in amounts.items() if part in near})
    counts |= _shared(COINS - told, {part: n for part, n in amounts.items() if part not in near})
    order = [part for part in PARTS for _ in range(counts.get(part, 0))]
    coins = tuple(
        Coin(STEP * (n % ACROSS) + STEP // 2, STEP * (n // ACROSS) + STEP // 2, LEVEL_COLOURS[part])
        for n, part in enumerate(order)
    )
    shown = tuple((part, counts[part]) for part in PARTS if counts.get(part))
    return Hundred(STEP * ACROSS, STEP * COINS // ACROSS, STEP // 2 - 2, coins, shown)


def _shared(coins: int, amounts: dict[str, int]) -> dict[str, int]:
    if not coins or not any(amounts.values()):
        return {}
    return dict(zip(amounts, split(coins, list(amounts.values())), strict=True))
