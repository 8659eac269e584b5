"""The shared shapes of comparing: candidate pairs in, a level and bits a pair out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kvar.suppliers.index import Values
from kvar.suppliers.side import NONE, Bools, Codes, Floats, Ints, Side
from kvar.suppliers.weights import by_rarity, weights


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word of both sides: its text, also in plain letters, and its bits (rarity).

    `bits` and `following` (bits of each word of each left row when the word before it is shared too) are two: for
    pairs of one name, and of two names.

    `near`: what it may be a misspelling of (`unsure`: of anything); `parts`: two words it may be made of. `bits`,
    `near`, `unsure` and `parts` have a last row for NONE. `ends[k]`: the share of names of at least k words that have
    no more. `source`: `register` or `ledger`, where the counts are from.
    """

    texts: pa.Array
    folded: pa.Array
    bits: tuple[Floats, Floats]
    following: tuple[Floats, Floats]
    near: Codes
    unsure: Bools
    parts: Codes
    ends: Floats
    source: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """Which words of a pair's names (pairs x WIDTH) are shared, are near a word of the other, or stand alone.

    `near_bits`: the rarity of the near words, by the commoner of the two.
    """

    shared: Bools
    near: Bools
    left_rest: Bools
    right_rest: Bools
    near_bits: Floats

    @staticmethod
    def joined(parts: Sequence["Aligned"]) -> "Aligned":
        """Several one after the other."""
        columns = ([getattr(part, field.name) for part in parts] for field in fields(Aligned))
        return Aligned(*(np.concatenate(column) for column in columns))

    def take(self, rows: Ints) -> "Aligned":
        """Some of them."""
        return Aligned(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True)
class Pairs:
    """Candidates: row `l[i]` of `left` beside row `r[i]` of `right`; `values` says how common the values are."""

    left: Side
    right: Side
    lexicon: Lexicon
    values: Mapping[str, Values]
    l: Ints  # noqa: E741 - as in the literature
    r: Ints

    def __len__(self) -> int:
        return len(self.l)

    def take(self, rows: Ints) -> "Pairs":
        """Some of the pairs, set beside each other already where these are."""
        some = Pairs(self.left, self.right, self.lexicon, self.values, self.l[rows], self.r[rows])
        if "aligned" in self.__dict__:
            some.__dict__["aligned"] = self.aligned.take(rows)
        return some

    def set_beside(self, parts: Sequence[Aligned]) -> None:
        """Keep what was found for the pairs part by part."""
        self.__dict__["aligned"] = Aligned.joined(parts)

    def texts(self, column: str) -> tuple[pa.Array, pa.Array]:
        """The two values of every pair, as compared."""
        left, right = self.left.payees.column(column), self.right.payees.column(column)
        return left.take(pa.array(self.l)), right.take(pa.array(self.r))

    def codes(self, column: str) -> tuple[Codes, Codes]:
        """The two values as numbers; equal numbers are equal values."""
        return self.left.codes[column][self.l], self.right.codes[column][self.r]

    @cached_property
    def aligned(self) -> Aligned:
        """The words of every pair set beside each other."""
        return align(self.left.words[self.l], self.right.words[self.r], self.lexicon)


def align(a: Codes, b: Codes, lexicon: Lexicon) -> Aligned:
    """Words of `a` beside words of `b` (pairs x WIDTH each): equal first, then what may be a misspelling."""
    a, b = np.asfortranarray(a), np.asfortranarray(b)  # read a column at a time
    shared, rest = np.zeros(a.shape, bool, order="F"), np.asfortranarray(b != NONE)
    for i in range(_width(a)):
        mine = np.flatnonzero(a[:, i] != NONE)
        word = a[mine, i]
        for j in range(_width(b)):
            equal = mine[word == b[mine, j]]
            shared[equal, i] = True
            rest[equal, j] = False
    left = (a != NONE) & ~shared
    near, bits = _alike(a, b, left, rest, lexicon)
    return Aligned(shared, near, left, rest, bits)


def _alike(a: Codes, b: Codes, left: Bools, right: Bools, lexicon: Lexicon) -> tuple[Bools, Floats]:
    """Words of `left` that may be a misspelling of one of `right`, taken out of both; and their bits a pair."""
    alike, bits = np.zeros(a.shape, bool), np.zeros(len(a), np.float32)
    rows = np.flatnonzero(left.any(axis=1) & right.any(axis=1))
    rows = rows[(lexicon.unsure[a[rows]] | lexicon.unsure[b[rows]]).any(axis=1)]
    for i in range(_width(a[rows])):
        for j in range(_width(b[rows])):
            here = rows[left[rows, i] & right[rows, j]]
            found = here[_near(lexicon.near, a[here, i], b[here, j])]
            left[found, i] = right[found, j] = False
            alike[found, i] = True
            bits[found] += np.minimum(lexicon.bits[1][a[found, i]], lexicon.bits[1][b[found, j]])
    return alike, bits


def _width(words: Codes) -> int:
    """How many words the longest name has."""
    return int((words != NONE).any(axis=0).sum())


def _near(near: Codes, one: Codes, two: Codes) -> Bools:
    """Is one word a possible misspelling of the other?"""
    alike = (near[one] == two[:, None]) | (near[two] == one[:, None])
    found: Bools = alike.any(axis=1) & (one != NONE) & (two != NONE)
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """`level` indexes `levels` (0 is always `missing`: no evidence); `bits` the weight; one of each a pair."""

    levels: tuple[str, ...]
    level: npt.NDArray[Any]
    bits: Floats


Comparison = Callable[[Pairs], Compared]


def levelled(name: str, found: Mapping[str, Bools], rarity: Floats | None = None) -> Compared:
    """The first level of `found` that holds for each pair; `rarity` in bits is added where u is a rarity."""
    known, names, rare = weights(name), ("missing", *found), by_rarity(name)
    size = len(next(iter(found.values())))
    level, bits = np.zeros(size, np.int8), np.zeros(size, np.float32)
    for number in range(len(found), 0, -1):
        here = found[names[number]]
        level[here] = number
        bits[here] = known[names[number]]
        if rarity is not None and names[number] in rare:
            bits[here] += rarity[here]
    return Compared(names, level, bits)


def rarity(pairs: Pairs, column: str) -> Floats:
    """Bits of each pair's right value."""
    bits = pairs.values[column].bits
    if not len(bits):
        return np.zeros(len(pairs), np.float32)
    found: Floats = bits[np.maximum(pairs.codes(column)[1], 0)]
    return found


def both(pairs: Pairs, column: str) -> tuple[Bools, Bools]:
    """Whether both values are there, and whether they are equal."""
    a, b = pairs.codes(column)
    there = (a != NONE) & (b != NONE)
    return there, there & (a == b)
