"""What speaks for and against a pair, line by line; the bits sum to its weight."""

from dataclasses import dataclass

import numpy as np

from kvar.suppliers.compare import COMPARISONS, Pairs
from kvar.suppliers.compare.rest import rest_texts
from kvar.suppliers.names import FORM_CODES
from kvar.suppliers.side import NONE, Bools, Codes, Floats

Texts = list[str | None]
NAMED = ("words", "spelling", "rest", "form")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison: what, the two values, at which level they agree, and its weight in bits."""

    what: str
    left: str | None
    right: str | None
    level: str
    bits: float


def of_pairs(pairs: Pairs, kind: str, rivals: Floats, chance: float) -> list[tuple[Evidence, ...]]:
    """The evidence of each of `pairs`: every comparison that had something to compare, choices and rivals."""
    found = [
        [line for line in lines if line] for lines in zip(*(_lines(name, pairs) for name in COMPARISONS), strict=True)
    ]
    among = Evidence("choices", None, str(len(pairs.right)), kind, chance)
    for lines, others in zip(found, rivals.tolist(), strict=True):
        lines.append(among)
        if others < -0.05:
            lines.append(Evidence("rivals", None, None, kind, others))
    return [tuple(lines) for lines in found]


def _lines(name: str, pairs: Pairs) -> list[Evidence | None]:
    """One comparison of each pair; None where there was nothing to compare."""
    compared = COMPARISONS[name](pairs)
    levels = [compared.levels[number] for number in compared.level.tolist()]
    rows = zip(*_values(name, pairs), levels, np.round(compared.bits.astype(float), 3).tolist(), strict=True)
    return [Evidence(name, *row) if row[2] != "missing" else None for row in rows]


def _values(name: str, pairs: Pairs) -> tuple[Texts, Texts]:
    """The two values of each pair; of the name's comparisons the words they speak of."""
    if name == "form":
        codes = pairs.left.payees.names.form[pairs.l], pairs.right.payees.names.form[pairs.r]
        left, right = ([FORM_CODES[code] for code in side.tolist()] for side in codes)
        return left, right
    if name not in NAMED:
        left, right = (_written(pairs, name, side) for side in (0, 1))
        return left, right
    a, b, aligned = pairs.left.words[pairs.l], pairs.right.words[pairs.r], pairs.aligned
    if name == "words":
        shared = _texts(pairs, a, aligned.shared)
        return shared, shared
    if name == "spelling":
        also = (b[:, :, None] == np.where(aligned.shared, a, NONE)[:, None, :]).any(axis=2)
        return _texts(pairs, a, aligned.near), _texts(pairs, b, (b != NONE) & ~aligned.right_rest & ~also)
    return _texts(pairs, a, aligned.left_rest), _texts(pairs, b, aligned.right_rest)


def _written(pairs: Pairs, name: str, side: int) -> Texts:
    """The value of a column; of the place postcode and city."""
    wanted = ("postcode", "city") if name == "place" else (name,)
    columns = [pairs.texts(column)[side].to_pylist() for column in wanted]
    return [" ".join(text for text in texts if text) or None for texts in zip(*columns, strict=True)]


def _texts(pairs: Pairs, words: Codes, chosen: Bools) -> Texts:
    """The chosen words of each pair."""
    found: Texts = rest_texts(pairs.lexicon.texts, words, chosen).to_pylist()
    return found
