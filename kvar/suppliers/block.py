"""Which pairs are worth comparing: rows that share a number, or a rare word, two words, or all words but one.

A block key is a 64-bit number. Words are hashed by position in the vocabulary's text, so that a sum of hashes stands
for a set of words in any order.
"""

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kvar.suppliers.relations import CANDIDATES
from kvar.suppliers.side import NONE, Ints, Side, Vocabulary

Keys = npt.NDArray[np.uint64]
CAP = 60  # names in a block; a larger block says too little
MOST = 6  # words of a name that blocks are made of


def candidates(left: Side, right: Side, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """Pairs of rows (left, right) that share a block, ordered; a side against itself gives each pair once."""
    hashes = _hashed(len(vocabulary.texts))
    with duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}) as link:
        link.register("left_keys", keys(left, hashes))
        link.register("right_keys", keys(right, hashes))
        found = link.sql(CANDIDATES, params={"cap": CAP}).to_arrow_table()
    l, r = found["l"].to_numpy(), found["r"].to_numpy()  # noqa: E741 - as in the literature
    if left is right:
        l, r = l[l < r], r[l < r]  # noqa: E741
    order = np.lexsort((r, l))
    return l[order], r[order]


def keys(side: Side, hashes: Keys) -> pa.Table:
    """The block keys of every row: (key, row)."""
    words = np.sort(np.where(side.words == NONE, len(hashes), side.words), axis=1)[:, :MOST]
    hashed = np.concatenate([hashes, np.zeros(1, np.uint64)])[words]
    there = words < len(hashes)
    count = there.sum(axis=1)
    whole = hashed.sum(axis=1, dtype=np.uint64)
    parts = [(whole[count > 0], np.flatnonzero(count > 0)), _numbers(side)]
    for i in range(MOST):
        for j in range(i, MOST):
            rows = np.flatnonzero(there[:, j])
            parts.append((hashed[rows, i] + (hashed[rows, j] if j > i else np.uint64(0)), rows))
        rows = np.flatnonzero(there[:, i] & (count > 2))
        parts.append((whole[rows] - hashed[rows, i], rows))
    return pa.table(
        {
            "key": np.concatenate([key for key, _ in parts]),
            "row": np.concatenate([row for _, row in parts]).astype(np.int32),
        }
    )


def _hashed(n: int) -> Keys:
    """A fixed 64-bit number for each word (splitmix64)."""
    x = (np.arange(1, n + 1, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _numbers(side: Side) -> tuple[Keys, Ints]:
    """Rows with a number, by the number's own digits and letters."""
    texts = side.column("number")
    rows = np.flatnonzero(texts.is_valid().to_numpy(zero_copy_only=False))
    known = pc.utf8_ltrim(texts.take(pa.array(rows)), characters="0").to_pylist()
    digits = np.array([int(text, 36) % 2**63 for text in known], np.uint64)
    return digits * np.uint64(0xD6E8FEB86659FD93) + np.uint64(1), rows
