"""Texts of pairs one letter or digit apart."""

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kvar.suppliers.compare.pairs import Pairs
from kvar.suppliers.side import Bools


def one_apart(pairs: Pairs, column: str, where: Bools) -> Bools:
    """Where a value has one sign changed, lost, added, or swapped with its neighbour; only `where` is looked at."""
    found = np.zeros(len(where), bool)
    rows = np.flatnonzero(where)
    if len(rows):
        a, b = (texts.to_pylist() for texts in pairs.take(rows).texts(column))
        found[rows] = np.asarray(process.cpdist(a, b, scorer=OSA.distance, score_cutoff=1)) <= 1
    return found
