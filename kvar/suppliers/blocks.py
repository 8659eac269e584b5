"""Block keys of the rows looked up in, sorted once: which rows share a block (in SQL: `bench/blocks_relation.py`)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kvar.suppliers.positions import ordered
from kvar.suppliers.side import Codes, Ints

Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Blocks:
    """`keys` in order, and the row that has each."""

    keys: Keys
    rows: Codes

    def pairs(self, wanted: pa.Table, cap: int) -> tuple[Ints, Ints]:
        """Rows of `wanted` (key, row) beside rows here in blocks of at most `cap`: distinct, ordered by both."""
        key, row = wanted["key"].to_numpy(), wanted["row"].to_numpy()
        order = np.argsort(key)
        key, row = key[order], row[order].astype(np.int64)
        first = np.searchsorted(self.keys, key)
        there = (
            np.flatnonzero(self.keys[np.minimum(first, len(self.keys) - 1)] == key) if len(self.keys) else first[:0]
        )
        first, row = first[there], row[there]
        size = np.searchsorted(self.keys, key[there], side="right") - first
        few = size <= cap
        first, row, size = first[few], row[few], size[few]
        place = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size) + np.repeat(first, size)
        other = self.rows[place].astype(np.int64)
        span = int(other.max(initial=0)) + 1
        left, right = np.divmod(ordered(np.repeat(row, size) * span + other), span)
        return left, right


def sorted_blocks(table: pa.Table) -> Blocks:
    """The blocks of (key, row)."""
    key, row = table["key"].to_numpy(), table["row"].to_numpy()
    order = np.argsort(key, kind="stable")
    return Blocks(key[order], row[order])
