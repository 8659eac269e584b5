"""Legal form as the name states it: `AB` beside `HB` is a conflict, none beside any says nothing."""

import numpy as np

from kvar.suppliers.compare.pairs import Compared, Pairs, levelled
from kvar.suppliers.names import FORM_CODES


def form(pairs: Pairs) -> Compared:
    """Levels `equal` (a rare form says more) and `conflict`."""
    a, b = pairs.left.payees.names.form[pairs.l], pairs.right.payees.names.form[pairs.r]
    there = (a > 0) & (b > 0)
    count = np.bincount(pairs.right.payees.names.form, minlength=len(FORM_CODES))
    bits = np.log2(max(1, count[1:].sum()) / np.maximum(count, 1)).astype(np.float32)
    return levelled("form", {"equal": there & (a == b), "conflict": there}, bits[b])
