"""What speaks for and against a pair, line by line; the bits sum to its weight."""

from dataclasses import dataclass

import numpy as np

from kvar.suppliers import judge
from kvar.suppliers.compare import COMPARISONS, Pairs

SHOWN = {"words": "key", "rest": "key"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison: what, the two values, at which level they agree, and its weight in bits."""

    what: str
    left: str | None
    right: str | None
    level: str
    bits: float


def of_pair(pairs: Pairs, kind: str, row: int, rivals: float) -> tuple[Evidence, ...]:
    """The evidence of one row of `pairs`: every comparison that had something to compare, choices and rivals."""
    one = Pairs(pairs.left, pairs.right, pairs.vocabulary, pairs.l[row : row + 1], pairs.r[row : row + 1])
    lines = [_line(name, one) for name in COMPARISONS]
    total = len(pairs.right)
    lines.append(Evidence("choices", None, str(total), kind, judge.choices(total, kind)))
    if rivals < -0.05:
        lines.append(Evidence("rivals", None, None, kind, rivals))
    return tuple(line for line in lines if line is not None)


def _line(name: str, one: Pairs) -> Evidence | None:
    compared = COMPARISONS[name](one)
    level = compared.levels[int(compared.level[0])]
    if level == "missing":
        return None
    left, right = (texts[0].as_py() for texts in one.texts(SHOWN.get(name, name)))
    return Evidence(name, left, right, level, float(np.round(compared.bits[0], 3)))
