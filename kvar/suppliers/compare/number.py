"""Identity numbers of one register: equal, one sign wrong, or two different valid ones, which keeps a pair apart."""

import numpy as np

from kvar.suppliers.compare.pairs import Compared, Pairs, both, levelled
from kvar.suppliers.compare.text import one_apart
from kvar.suppliers.side import NONE, Bools


def number(pairs: Pairs) -> Compared:
    """Levels `equal`, `near`, `invalid` (a check digit is wrong) and `different`; leading zeros are no difference."""
    there, equal = both(pairs, "number")
    schemes = pairs.codes("scheme")
    there &= (schemes[0] == schemes[1]) | (schemes[0] == NONE) | (schemes[1] == NONE)
    valid = pairs.left.valid[pairs.l] & pairs.right.valid[pairs.r]
    near = one_apart(pairs, "number", there & ~equal)
    return levelled("number", {"equal": equal & there, "near": near, "invalid": there & ~valid, "different": there})


def conflict(pairs: Pairs, compared: Compared) -> Bools:
    """Pairs that two different valid numbers keep apart: only a person may join them."""
    valid = pairs.left.valid[pairs.l] & pairs.right.valid[pairs.r]
    return valid & np.isin(compared.level, [compared.levels.index("near"), compared.levels.index("different")])
