"""Words one letter apart: changed, lost, added or swapped, found by the words that each gives when a letter is lost.

å, ä and ö count as a, a and o here: ledgers lose them. (Symmetric deletes: Garbe's SymSpell.)
"""

import numpy as np
import pyarrow as pa
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kvar.suppliers.blocks import Blocks, sorted_blocks
from kvar.suppliers.side import NONE, Codes, Ints
from kvar.suppliers.spelt import spellings

MOST = 3  # neighbours kept of a word
CAP = 200


def neighbours(folded: pa.Array, unsure: Ints, count: Ints, spelled: Blocks | None) -> Codes:
    """For each word in `unsure` the numbers of at most MOST words one letter away; a last row of NONE.

    `folded`: words in plain letters. `count`: in how many names of the other side each word stands; words of
    none are no neighbours. `spelled`: the spellings of the other side's words, where they are kept.
    """
    found = np.full((len(folded) + 1, MOST), NONE, np.int32)
    theirs = spelled or sorted_blocks(spellings(folded, np.flatnonzero(count > 0)))
    a, b = theirs.pairs(spellings(folded, unsure), CAP)
    a, b = a[a != b], b[a != b]
    if not len(a):
        return found
    words = (folded.take(pa.array(side)).to_pylist() for side in (a, b))
    distance = np.asarray(process.cpdist(*words, scorer=OSA.distance))
    order = np.lexsort((b, -count[b], distance, a))
    order = order[distance[order] <= 1]
    place = _place(a[order])
    kept = place < MOST
    found[a[order][kept], place[kept]] = b[order][kept]
    return found


def _place(groups: Ints) -> Ints:
    """0, 1, 2 … within each run of equal numbers."""
    if not len(groups):
        return groups
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    return np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))
