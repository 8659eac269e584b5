"""From evidence to a decision: joined, asked or apart.

A register has one entry a payee, so that entries compete: the weight of one is set against all the others and against
not being there at all. Spellings in ledgers may be many of one payee and do not compete.
"""

import numpy as np
import numpy.typing as npt

from kvar.suppliers.side import Floats, Ints
from kvar.suppliers.weights import Thresholds, prior

ROUNDS = 30
JOINED, ASKED, APART = "joined", "asked", "apart"


def choices(total: int, kind: str, share: float) -> float:
    """What chance alone must be outweighed by, in bits (negative): how many names the right one is among.

    `share`: of the payees, those that the register holds (`in_register`); of no other kind is it asked.
    """
    if kind == "register":
        return -float(np.log2(max(2, total) * (1 - share) / share))
    return -float(np.log2(max(2, total) / prior("spellings")))


def in_register(l: Ints, bits: Floats, names: int, total: int) -> float:  # noqa: E741 - as in the literature
    """The share of `names` that a register of `total` entries holds, from what speaks for their candidates.

    By expectation and maximisation (Dempster, Laird and Rubin 1977): a name is there as surely as its candidates
    together say, set against the share; the share is the mean of that. It begins at the prior `in_register`, which
    counts as `in_register_worth` names, and is never above it. `l` must be sorted.
    """
    most, worth = prior("in_register"), prior("in_register_worth")
    starts = np.flatnonzero(np.r_[l[:1] == l[:1], l[1:] != l[:-1]])
    power = np.exp2(np.minimum(bits, 300).astype(np.float64))
    ratio = np.add.reduceat(power, starts) / max(2, total) if len(l) else power
    share = most
    for _ in range(ROUNDS):
        there = float((share * ratio / (share * ratio + 1 - share)).sum())
        share = (there + worth * most) / (names + worth)
    return min(most, share)


def rivals(l: Ints, bits: Floats, chance: float) -> Floats:  # noqa: E741 - as in the literature
    """What the other entries of the same payee take away, in bits (zero or below); `l` must be sorted.

    `chance`: the `choices` of the register.
    """
    if not len(l):
        return np.zeros(0, np.float32)
    power = np.exp2(np.minimum(bits, 300).astype(np.float64))
    start = np.flatnonzero(np.r_[True, l[1:] != l[:-1]])
    sums = np.repeat(np.add.reduceat(power, start), np.diff(np.r_[start, len(l)]))
    others = np.maximum(sums - power, 0)
    found: Floats = (-chance - np.log2(others + 2.0**-chance)).astype(np.float32)
    return found


def decide(weight: Floats, kept_apart: npt.NDArray[np.bool_], limits: Thresholds) -> npt.NDArray[np.str_]:
    """JOINED, ASKED or APART a pair; what numbers keep apart is at most asked."""
    wanted = np.where(weight >= limits.upper, JOINED, np.where(weight >= limits.lower, ASKED, APART))
    return np.where(kept_apart & (wanted == JOINED), ASKED, wanted)
