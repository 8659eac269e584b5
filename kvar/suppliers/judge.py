"""From evidence to a decision: joined, asked or apart.

A register has one entry a payee, so that entries compete: the weight of one is set against all the others and against
not being there at all. Spellings in ledgers may be many of one payee and do not compete.
"""

import numpy as np
import numpy.typing as npt

from kvar.suppliers.side import Floats, Ints
from kvar.suppliers.weights import Thresholds, prior

JOINED, ASKED, APART = "joined", "asked", "apart"


def choices(total: int, kind: str) -> float:
    """What chance alone must be outweighed by, in bits (negative): how many names the right one is among."""
    if kind == "register":
        known = prior("in_register")
        return -float(np.log2(max(2, total) * (1 - known) / known))
    return -float(np.log2(max(2, total) / prior("spellings")))


def rivals(l: Ints, bits: Floats, total: int) -> Floats:  # noqa: E741 - as in the literature
    """What the other entries of the same payee take away, in bits (zero or below); `l` must be sorted."""
    if not len(l):
        return np.zeros(0, np.float32)
    none = -choices(total, "register")
    power = np.exp2(np.minimum(bits, 300).astype(np.float64))
    start = np.flatnonzero(np.r_[True, l[1:] != l[:-1]])
    sums = np.repeat(np.add.reduceat(power, start), np.diff(np.r_[start, len(l)]))
    others = np.maximum(sums - power, 0)
    found: Floats = (none - np.log2(others + 2.0**none)).astype(np.float32)
    return found


def decide(weight: Floats, kept_apart: npt.NDArray[np.bool_], limits: Thresholds) -> npt.NDArray[np.str_]:
    """JOINED, ASKED or APART a pair; what numbers keep apart is at most asked."""
    wanted = np.where(weight >= limits.upper, JOINED, np.where(weight >= limits.lower, ASKED, APART))
    return np.where(kept_apart & (wanted == JOINED), ASKED, wanted)
