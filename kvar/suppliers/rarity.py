"""How much shared words say: the rarer among payees, the more, and less where one follows from another.

`school` after `primary` is no news. The counts are of distinct names; those of the pair itself (`own`: 1 where both
sides have one name or the other side is a register, else 2) are left out.
"""

import numpy as np

from kvar.suppliers.side import NONE, Codes, Floats, Ints

KAPPA = 1.0  # names' worth of belief in a word's own rarity against what follows what


def word_bits(count: Ints, total: int, own: int, unseen: float) -> Floats:
    """How unlikely it is that another payee has a word: log2 of names over names with it; a last 0 for NONE.

    `unseen`: of how many names a word is taken to be that no other name has.
    """
    bits = np.log2(total / (np.maximum(count - own, 0) + unseen))
    found: Floats = np.append(np.maximum(bits, 0), 0).astype(np.float32)
    return found


def following_bits(words: Codes, followed: Ints, count: Ints, bits: Floats, own: int) -> Floats:
    """The bits of each word of each row when the word before it is shared too: never more than its own.

    `followed`: in how many names the word stands after the one before it, rows x WIDTH.
    """
    before = np.concatenate([np.full((len(words), 1), NONE, np.int32), words[:, :-1]], axis=1)
    share = np.exp2(-bits[words].astype(np.float64))
    seen = np.append(np.maximum(count - own, 0), 0)[before]
    given = (np.maximum(followed - own, 0) + KAPPA * share) / (seen + KAPPA)
    found: Floats = np.minimum(bits[words], -np.log2(np.minimum(given, 1))).astype(np.float32)
    return found


def name_ends(words: Codes) -> Floats:
    """ends[k]: of the names of at least k words, the share of exactly k (between 0.02 and 0.98)."""
    count = np.bincount((words != NONE).sum(axis=1), minlength=words.shape[1] + 1)
    at_least = np.cumsum(count[::-1])[::-1]
    found: Floats = np.clip((count + 1) / (at_least + 2), 0.02, 0.98).astype(np.float32)
    return found
