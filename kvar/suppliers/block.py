"""Which pairs are worth comparing: rows that share a number, a rare word, two words, or all words but one.

A block key is a 64-bit number: the sum of the hashes of some words stands for them in any order. A word that the
other side lacks is also tried as each of the words it may be a misspelling of. A whole name is a block of its own.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kvar.suppliers.blocks import sorted_blocks
from kvar.suppliers.compare.pairs import Lexicon
from kvar.suppliers.index import Index
from kvar.suppliers.positions import ordered
from kvar.suppliers.respell import respelt
from kvar.suppliers.side import NONE, Codes, Ints, Side

Keys = npt.NDArray[np.uint64]
Part = tuple[Keys, Ints]
CAP = 60  # rows in a block; a larger block says too little
MOST = 5  # words of a name that blocks are made of
BITS = 25  # of a key, looked at before it is sorted


def candidates(left: Side, index: Index, lexicon: Lexicon) -> tuple[Ints, Ints]:
    """Pairs of rows (left, of the index) that share a block, ordered; a side against itself gives each pair once."""
    wanted = keys(left, lexicon)
    blocks = index.blocks or sorted_blocks(_perhaps(keys(index.side, None), wanted))
    l, r = blocks.pairs(wanted, CAP)  # noqa: E741
    if left is not index.side:
        return l, r
    coded = ordered((np.minimum(l, r) * len(left) + np.maximum(l, r))[l != r])
    one, other = np.divmod(coded, len(left))
    rank = _shorter_first(left)
    swapped = rank[one] > rank[other]
    return np.where(swapped, other, one), np.where(swapped, one, other)


def _perhaps(theirs: pa.Table, wanted: pa.Table) -> pa.Table:
    """Block keys that may be among the wanted ones, by some bits of each: few are sorted in vain (Bloom 1970)."""
    there = np.zeros(1 << BITS, bool)
    there[wanted["key"].to_numpy() >> np.uint64(64 - BITS)] = True
    return theirs.filter(pa.array(there[theirs["key"].to_numpy() >> np.uint64(64 - BITS)]))


def _shorter_first(side: Side) -> Ints:
    """A rank that does not depend on the order of rows: shorter names first, then by id."""
    ids = side.payees.column("record_id").dictionary_encode()
    place = pc.rank(ids.dictionary).to_numpy()[ids.indices.to_numpy()]
    rank = np.empty(len(side), np.int64)
    rank[np.lexsort((place, (side.words != NONE).sum(axis=1)))] = np.arange(len(side))
    return rank


def keys(side: Side, lexicon: Lexicon | None) -> pa.Table:
    """The block keys of every row: (key, row); with a lexicon also those of what the names may have been meant as."""
    words, rows = side.words[:, :MOST], np.arange(len(side))
    parts = [_numbers(side), *_of_words(words, rows)]
    if lexicon is not None:
        parts += _of_words(*respelt(words, lexicon))
    key, row = (np.concatenate(column) for column in zip(*parts, strict=True))
    return pa.table({"key": key, "row": row.astype(np.int32)})


def _of_words(words: Codes, rows: Ints) -> list[Part]:
    """Every word, every two, all but each, and all."""
    there = words != NONE
    hashed = np.where(there, hashes(words), np.uint64(0))
    count = there.sum(axis=1)
    whole = hashed.sum(axis=1, dtype=np.uint64)
    parts = [(hashes(whole[count > 0].view(np.int64)), rows[count > 0])]
    for i in range(words.shape[1]):
        for j in range(i, words.shape[1]):
            here = there[:, j]
            parts.append((hashed[here, i] + (hashed[here, j] if j > i else np.uint64(0)), rows[here]))
        here = there[:, i] & (count > 3)
        parts.append((whole[here] - hashed[here, i], rows[here]))
    return parts


def _numbers(side: Side) -> Part:
    rows = np.flatnonzero(side.codes["number"] != NONE)
    return hashes(side.codes["number"][rows].astype(np.int64) + 2**40), rows


def hashes(numbers: npt.NDArray[np.integer]) -> Keys:
    """A fixed 64-bit number for each number (splitmix64)."""
    x = (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
