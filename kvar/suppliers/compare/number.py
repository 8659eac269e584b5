"""Identity numbers of one register: equal, one sign wrong, or two different valid ones, which keeps a pair apart."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kvar.suppliers.compare.pairs import Compared, Pairs, both, levelled, rarity

Bools = npt.NDArray[np.bool_]


def number(pairs: Pairs) -> Compared:
    """Levels `equal`, `zeros` (leading zeros lost), `near`, `invalid` (a check digit is wrong) and `different`."""
    a, b, there, equal = both(pairs, "number")
    _, _, schemes, same = both(pairs, "scheme")
    there &= same | ~schemes
    valid = pairs.left.valid[pairs.l] & pairs.right.valid[pairs.r]
    found = {
        "equal": equal & there,
        "zeros": there & _stripped_equal(a, b),
        "near": _near(a, b, there & ~equal),
        "invalid": there & ~valid,
        "different": there,
    }
    return levelled("number", pairs, found, rarity(pairs.right.column("number"), pairs.r))


def conflict(compared: Compared) -> Bools:
    """Pairs that two different valid numbers keep apart, also those one sign apart: only a person may join them."""
    return np.isin(compared.level, [compared.levels.index("near"), compared.levels.index("different")])


def _stripped_equal(a: pa.Array, b: pa.Array) -> Bools:
    left, right = (pc.utf8_ltrim(text, characters="0") for text in (a, b))
    found: Bools = pc.fill_null(pc.equal(left, right), False).to_numpy(zero_copy_only=False)
    return found


def _near(a: pa.Array, b: pa.Array, where: Bools) -> Bools:
    """One sign changed, lost, added, or swapped with its neighbour."""
    near = np.zeros(len(where), bool)
    rows = np.flatnonzero(where)
    if len(rows):
        chosen = pa.array(rows)
        near[rows] = process.cpdist(a.take(chosen).to_pylist(), b.take(chosen).to_pylist(), scorer=OSA.distance) == 1
    return near
