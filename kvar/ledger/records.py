"""Rows of one width as columns of text, each row with the lines it came from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_SHOWN = "[!-~]"  # a cell with a printable ASCII sign is not blank, whatever else is


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its cells and the physical lines (or sheet rows) it came from, from 1."""

    cells: list[str]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Records:
    """`columns`: text cells as written, all of length n; `first`, `last`: int32 lines (or sheet rows), from 1."""

    columns: Sequence[pa.StringArray]
    first: np.ndarray
    last: np.ndarray

    def __len__(self) -> int:
        return len(self.first)

    @classmethod
    def of(cls, rows: Sequence[Row], width: int) -> "Records":
        """Rows that all have `width` cells."""
        cells = zip(*(row.cells for row in rows), strict=True) if rows else [()] * width
        return cls(
            [pa.array(column, pa.string()) for column in cells],
            np.array([row.first for row in rows], np.int32),
            np.array([row.last for row in rows], np.int32),
        )

    @classmethod
    def together(cls, parts: Sequence["Records"]) -> "Records":
        """The rows of all parts (of one width) in the order of their lines."""
        parts = [part for part in parts if len(part)] or parts[:1]
        if len(parts) == 1:
            return parts[0]
        first, last = (np.concatenate([getattr(part, name) for part in parts]) for name in ("first", "last"))
        columns = [pa.concat_arrays(column) for column in zip(*(part.columns for part in parts), strict=True)]
        return cls(columns, first, last).take(np.argsort(first, kind="stable"))

    def take(self, index: np.ndarray) -> "Records":
        """The rows at `index`."""
        return Records([column.take(pa.array(index)) for column in self.columns], self.first[index], self.last[index])

    def only(self, keep: np.ndarray) -> "Records":
        """The rows where `keep` (bool) says so; neighbours are not copied."""
        index = np.flatnonzero(keep)
        if len(index) and index[-1] - index[0] + 1 == len(index):
            run = slice(int(index[0]), int(index[-1]) + 1)
            return Records([column[run] for column in self.columns], self.first[run], self.last[run])
        return self.take(index)

    def cut(self, width: int) -> "Records":
        """The first `width` columns."""
        return self if len(self.columns) == width else Records(self.columns[:width], self.first, self.last)

    def rows(self, index: np.ndarray | None = None) -> list[Row]:
        """Single rows, all or those at `index`, for judging one by one."""
        taken = self if index is None else self.take(index)
        cells = zip(*(column.to_pylist() for column in taken.columns), strict=True)
        lines = zip(taken.first.tolist(), taken.last.tolist(), strict=True)
        return [Row(list(row), first, last) for row, (first, last) in zip(cells, lines, strict=True)]

    def sample(self, most: int) -> list[list[str]]:
        """The cells of the first rows."""
        return [row.cells for row in self.rows(np.arange(min(len(self), most)))]

    def empty(self) -> np.ndarray:
        """Rows with no sign in any column, bool."""
        used = np.zeros(len(self), bool)
        for column in self.columns:
            used |= filled(column)
        return ~used

    def surely_used(self, fewest: int) -> np.ndarray:
        """Rows that have at least `fewest` cells with something to see in them; some such rows may be left out."""
        used = np.zeros(len(self), np.int32)
        for column in self.columns:
            used += pc.match_substring_regex(column, _SHOWN).to_numpy(zero_copy_only=False)
            if len(self) == 0 or used.min() >= fewest:
                break
        sure: np.ndarray = used >= fewest
        return sure


def filled(column: pa.StringArray) -> np.ndarray:
    """Cells that hold at least one sign, a blank too; bool."""
    lengths: np.ndarray = pc.binary_length(column).to_numpy(zero_copy_only=False)
    return lengths > 0
