"""Which candidates are worth the costly comparisons: those whose best case reaches the lower threshold."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from kvar.suppliers.compare.form import form
from kvar.suppliers.compare.pairs import Pairs
from kvar.suppliers.compare.place import place
from kvar.suppliers.compare.ref import ref
from kvar.suppliers.compare.words import spelling, summed, words
from kvar.suppliers.side import Floats
from kvar.suppliers.weights import weights

CHUNK = 250_000
MOST = 8  # candidates of a row that are compared to the end
CHEAP = (words, spelling, form, place, ref)


def shortlist(pairs: Pairs, needed: float) -> Pairs:
    """The candidates that may reach `needed` bits, at most the MOST best of each left row."""
    parts = [pairs.take(np.arange(at, min(at + CHUNK, len(pairs)))) for at in range(0, len(pairs), CHUNK)]
    if not parts:
        return pairs
    with ThreadPoolExecutor(2) as pool:
        scores = list(pool.map(_score, parts))
    known, best = (np.concatenate(column) for column in zip(*scores, strict=True))
    pairs.set_beside([part.aligned for part in parts])
    hopeful = np.flatnonzero(best >= needed)
    order = np.lexsort((pairs.r[hopeful], -known[hopeful], pairs.l[hopeful]))
    chosen = hopeful[order]
    left = pairs.l[chosen]
    starts = np.flatnonzero(np.r_[True, left[1:] != left[:-1]]) if len(left) else np.zeros(0, np.int64)
    place = np.arange(len(left)) - np.repeat(starts, np.diff(np.r_[starts, len(left)]))
    return pairs.take(np.sort(chosen[place < MOST]))


def _score(pairs: Pairs) -> tuple[Floats, Floats]:
    """The bits that are known without the costly comparisons, and the most that those may add."""
    known = np.sum([compare(pairs).bits for compare in CHEAP], axis=0, dtype=np.float32)
    a, b = pairs.codes("number")
    known += np.where((a == b) & (a >= 0), np.float32(weights("number")["equal"]), 0)
    left, right = pairs.aligned.left_rest, pairs.aligned.right_rest
    one = summed(pairs.lexicon.bits[1], pairs.left.words[pairs.l], left)
    two = summed(pairs.lexicon.bits[1], pairs.right.words[pairs.r], right)
    return known, known + np.minimum(one, two)
