"""One anchor's figures of a year: kinds against places, with the sums of each kind, of each place and of all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Key = tuple[str, str]  # row, column; ALL for a sum
ALL = "*"
WHOLE: Key = (ALL, ALL)


@dataclass(frozen=True, slots=True)
class Part:
    """An anchor's amount in a figure, minor units; None: withheld. `sign` -1, 0, 1 is told of withheld ones too."""

    amount: int | None
    suppliers: int
    sign: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of `anchor` (its slug) that have any purchase behind them; cells and sums by their key."""

    anchor: str
    figures: Mapping[Key, Part]

    def cells(self) -> list[Key]:
        """The keys that are no sums."""
        return [key for key in self.figures if ALL not in key]


def behind(key: Key, cells: Iterable[Key]) -> list[Key]:
    """The cells that a figure is the sum of."""
    return [cell for cell in cells if key[0] in (ALL, cell[0]) and key[1] in (ALL, cell[1])]


def keys_of(cells: Iterable[Key]) -> list[Key]:
    """The figures of a table with these cells: cells, sums of rows, sums of columns, the sum of all; each once."""
    found = sorted(set(cells))
    rows, columns = sorted({row for row, _ in found}), sorted({column for _, column in found})
    sums = [(row, ALL) for row in rows] + [(ALL, column) for column in columns]
    return [*found, *sums, WHOLE] if found else []


def where(key: Key) -> dict[str, object]:
    """A key as values of a sentence."""
    return {"row": key[0], "column": key[1]}
