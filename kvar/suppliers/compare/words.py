"""Words that both names have: each counts by its rarity, so that `bygg` says little and an unusual word much."""

import numpy as np
import numpy.typing as npt

from kvar.suppliers.compare.pairs import Compared, Pairs
from kvar.suppliers.side import NONE, Floats
from kvar.suppliers.weights import weights

Bools = npt.NDArray[np.bool_]
CHUNK = 200_000


def words(pairs: Pairs) -> Compared:
    """Levels `none`, `some` and `all`; `order` when all are shared but stand in another order."""
    shared, rest = np.zeros(len(pairs), np.float32), np.zeros(len(pairs), bool)
    known = weights("words")
    for start in range(0, len(pairs), CHUNK):
        here = slice(start, start + CHUNK)
        left, right = unmatched(pairs, here)
        a = pairs.left.words[pairs.l[here]]
        both = (a != NONE) & ~left
        shared[here] = _bits(pairs.vocabulary.bits, a, both) + both.sum(axis=1) * known["shared"].bits
        rest[here] = left.any(axis=1) | right.any(axis=1)
    keys = pairs.texts("key")
    order = ~rest & (np.asarray(keys[0]) != np.asarray(keys[1]))
    shared[order] += known["order"].bits
    level = np.select([shared == 0, rest, order], [1, 2, 3], 4).astype(np.int8)
    return Compared(("missing", "none", "some", "order", "all"), level, shared)


def unmatched(pairs: Pairs, here: slice) -> tuple[Bools, Bools]:
    """Which words of each side the other side lacks: two boolean arrays, pairs x WIDTH."""
    a, b = pairs.left.words[pairs.l[here]], pairs.right.words[pairs.r[here]]
    equal = a[:, :, None] == b[:, None, :]
    return (a != NONE) & ~equal.any(axis=2), (b != NONE) & ~equal.any(axis=1)


def _bits(bits: Floats, a: npt.NDArray[np.int32], chosen: Bools) -> Floats:
    found: Floats = np.where(chosen, bits[np.where(chosen, a, 0)], 0).sum(axis=1, dtype=np.float32)
    return found
