"""Words that both names have: each counts by its rarity, so that `bygg` says little and an unusual word much."""

import numpy as np

from kvar.suppliers.compare.pairs import Compared, Pairs
from kvar.suppliers.side import Bools, Codes, Floats
from kvar.suppliers.weights import weights


def words(pairs: Pairs) -> Compared:
    """Levels `none`, `some` and `all`; `order` when all are shared but stand in another order."""
    aligned, known = pairs.aligned, weights("words", pairs.lexicon.source)
    mine, shared = pairs.left.words[pairs.l], aligned.shared
    whole = ~(aligned.left_rest | aligned.right_rest | aligned.near).any(axis=1)
    order = whole & (mine != pairs.right.words[pairs.r]).any(axis=1)
    same = whole & ~order
    bits = (_rarity(pairs, mine, same) * known["together"]).astype(np.float32)
    bits += np.float32(known["each"]) * shared.sum(axis=1)
    bits[shared.any(axis=1)] += known["any"]
    bits[order] += known["order"]
    bits[same] = np.maximum(bits[same], np.float32(known["same"]))
    level: Codes = np.select([~shared.any(axis=1), ~whole, order], [1, 2, 3], 4).astype(np.int32)
    return Compared(("missing", "none", "some", "order", "all"), level, bits)


def _rarity(pairs: Pairs, mine: Codes, one_name: Bools) -> Floats:
    """The bits of the shared words, less where the word before is shared too."""
    shared = pairs.aligned.shared
    after = np.zeros(mine.shape, bool)
    after[:, 1:] = shared[:, :-1]
    one, two = (
        np.where(after, pairs.lexicon.following[own][pairs.l], pairs.lexicon.bits[own][mine]) for own in (0, 1)
    )
    found: Floats = np.where(shared, np.where(one_name[:, None], one, two), 0).sum(axis=1, dtype=np.float32)
    return found


def spelling(pairs: Pairs) -> Compared:
    """Level `near` where a word of one is a word of the other with one letter wrong: its rarity less the cost."""
    aligned, known = pairs.aligned, weights("spelling", pairs.lexicon.source)
    bits = aligned.near_bits * np.float32(known["counted"]) + np.float32(known["each"]) * aligned.near.sum(axis=1)
    return Compared(("missing", "near"), np.asarray(aligned.near.any(axis=1), np.int8), bits)


def summed(bits: Floats, matrix: Codes, chosen: Bools) -> Floats:
    """The bits of the chosen words of each row."""
    found: Floats = np.where(chosen, bits[matrix], 0).sum(axis=1, dtype=np.float32)
    return found
