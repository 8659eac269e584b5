"""The shared shapes of comparing: candidate pairs in, a level and bits a pair out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kvar.suppliers.side import Floats, Ints, Side, Vocabulary
from kvar.suppliers.weights import weights


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidates: row `l[i]` of `left` beside row `r[i]` of `right`. `total`: how many names the right side has."""

    left: Side
    right: Side
    vocabulary: Vocabulary
    l: Ints  # noqa: E741 - as in the literature
    r: Ints

    def __len__(self) -> int:
        return len(self.l)

    def texts(self, column: str) -> tuple[pa.Array, pa.Array]:
        """The two values of every pair."""
        return self.left.column(column).take(pa.array(self.l)), self.right.column(column).take(pa.array(self.r))


@dataclass(frozen=True, slots=True)
class Compared:
    """`level` indexes `levels` (0 is always `missing`: no evidence); `bits` the weight; one of each a pair."""

    levels: tuple[str, ...]
    level: npt.NDArray[np.int8]
    bits: Floats


Comparison = Callable[[Pairs], Compared]


def levelled(
    name: str, pairs: Pairs, found: dict[str, npt.NDArray[np.bool_]], rarity: Floats | None = None
) -> Compared:
    """The first level of `found` that holds for each pair; `rarity` in bits is added where u is a rarity."""
    known, names = weights(name), ("missing", *found)
    level = np.zeros(len(pairs), np.int8)
    bits = np.zeros(len(pairs), np.float32)
    for number in range(len(found), 0, -1):
        here, weight = found[names[number]], known[names[number]]
        level[here] = number
        bits[here] = weight.bits
        if weight.u is None and rarity is not None:
            bits[here] += rarity[here]
    return Compared(names, level, bits)


def rarity(right: pa.Array, chosen: Ints) -> Floats:
    """Bits of each chosen row's value: log2 of rows with a value over rows with this one."""
    encoded = right.dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    count = np.bincount(codes[codes >= 0], minlength=max(1, len(encoded.dictionary)))
    total = max(2, int(count.sum()))
    found: Floats = np.log2(total / np.maximum(count[codes[chosen]], 1)).astype(np.float32)
    return found


def both(pairs: Pairs, column: str) -> tuple[pa.Array, pa.Array, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The two values, whether both are there, and whether they are equal."""
    a, b = pairs.texts(column)
    there = pc.and_(a.is_valid(), b.is_valid()).to_numpy(zero_copy_only=False)
    equal = pc.fill_null(pc.equal(a, b), False).to_numpy(zero_copy_only=False)
    return a, b, there, equal
