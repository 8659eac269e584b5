"""Where values stand among known ones: the shorter of the two is hashed."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.suppliers.side import NONE, Codes, Ints


def positions(mine: pa.Array, known: pa.Array) -> Codes:
    """The place of each value of `mine` in `known` (distinct values), NONE for null and what is not there."""
    encoded = mine.dictionary_encode()
    found = np.full(len(encoded.dictionary) + 1, NONE, np.int32)
    if len(known) <= len(encoded.dictionary):
        found[:-1] = codes(pc.index_in(encoded.dictionary, known))
    else:
        at = codes(pc.index_in(known, encoded.dictionary))
        rows = np.flatnonzero(at != NONE)
        found[at[rows]] = rows
    return found[codes(encoded.indices)]


def codes(indices: pa.Array) -> Codes:
    """Numbers of an array, NONE for null."""
    found: Codes = pc.fill_null(indices, NONE).to_numpy(zero_copy_only=False).astype(np.int32)
    return found


def ordered(numbers: Ints) -> Ints:
    """The different numbers in order (sorting is some ten times faster here than `np.unique`)."""
    numbers = np.sort(numbers)
    return numbers[np.r_[True, numbers[1:] != numbers[:-1]]] if len(numbers) else numbers
