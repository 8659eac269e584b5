"""What speaks for and against a pair, line by line; the bits sum to its weight."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from kvar.suppliers import judge
from kvar.suppliers.compare import COMPARISONS, Pairs
from kvar.suppliers.names import FORM_CODES
from kvar.suppliers.side import NONE, Codes

NAMED = ("words", "spelling", "rest", "form")


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
    one = pairs.take(np.array([row]))
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
    left, right = _values(name, one)
    return Evidence(name, left, right, level, float(np.round(compared.bits[0], 3)))


def _values(name: str, one: Pairs) -> tuple[str | None, str | None]:
    """The two values; of the name's comparisons the words they speak of."""
    if name == "form":
        codes = one.left.payees.names.form[one.l[0]], one.right.payees.names.form[one.r[0]]
        return FORM_CODES[codes[0]], FORM_CODES[codes[1]]
    if name not in NAMED:
        left, right = (_written(texts) for texts in _columns(name, one))
        return left, right
    a, b, aligned = one.left.words[one.l[0]], one.right.words[one.r[0]], one.aligned
    if name == "words":
        shared = _text(one, a[aligned.shared[0]])
        return shared, shared
    if name == "spelling":
        near = (b != NONE) & ~aligned.right_rest[0] & ~np.isin(b, a[aligned.shared[0]])
        return _text(one, a[aligned.near[0]]), _text(one, b[near])
    return _text(one, a[aligned.left_rest[0]]), _text(one, b[aligned.right_rest[0]])


def _columns(name: str, one: Pairs) -> list[list[str | None]]:
    columns = [one.texts(column) for column in (("postcode", "city") if name == "place" else (name,))]
    return [[column[side][0].as_py() for column in columns] for side in (0, 1)]


def _written(texts: list[str | None]) -> str | None:
    return " ".join(text for text in texts if text) or None


def _text(one: Pairs, words: Codes) -> str:
    return " ".join(one.lexicon.texts.take(pa.array(words)).to_pylist())
