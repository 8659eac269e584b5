"""Postcode and city: equal says more where few share it; another place speaks a little against (firms move)."""

import numpy as np
import pyarrow as pa
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kvar.suppliers.compare.pairs import Compared, Pairs, both, levelled, rarity


def postcode(pairs: Pairs) -> Compared:
    """Levels `equal`, `area` (the first three digits, or the outward code) and `different`."""
    _, _, there, equal = both(pairs, "postcode")
    _, _, _, area = both(pairs, "area")
    rare = rarity(pairs.right.column("postcode"), pairs.r)
    return levelled("postcode", pairs, {"equal": equal, "area": area, "different": there}, rare)


def city(pairs: Pairs) -> Compared:
    """Levels `equal`, `near` (one letter off) and `different`."""
    a, b, there, equal = both(pairs, "city")
    near = np.zeros(len(pairs), bool)
    rows = np.flatnonzero(there & ~equal)
    if len(rows):
        chosen = pa.array(rows)
        near[rows] = process.cpdist(a.take(chosen).to_pylist(), b.take(chosen).to_pylist(), scorer=OSA.distance) <= 1
    rare = rarity(pairs.right.column("city"), pairs.r)
    return levelled("city", pairs, {"equal": equal, "near": near, "different": there}, rare)
